"""The catalogue of Steckbriefe: filtered list, table, comparison, and the same as data."""

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from formats.editions import catalogue_of
from formats.facets import catalogue_now, chips_of
from formats.forms import CatalogueForm, PickForm, TableForm
from formats.models import Format, Kind
from formats.pages import cards_of, catalogue_name, comparison_of, published_editions
from formats.table import csv_rows, head_of, row_of, sort_editions
from foundation.kit.http import csv_response, wants_fragment
from foundation.kit.pagecache import public_page

PER_PAGE = 24
COMPARE_FROM, COMPARE_TO = 2, 4


def _editions(request, kind, order):
    return sort_editions(catalogue_of(Format.objects.visible_to(request.user), kind), order)


@require_safe
@public_page
def format_list(request, kind):
    catalogue = catalogue_now(Format.objects.visible_to(request.user), kind)
    form = CatalogueForm(request.GET, facets=catalogue.facets)
    if not form.is_valid():
        raise BadRequest("Unknown filter value")
    text = form.cleaned_data["q"]
    finding = catalogue.narrow(form.chosen(), text)
    try:
        page = Paginator(finding.editions, PER_PAGE).page(form.cleaned_data["seite"] or 1)
    except EmptyPage as error:
        raise Http404 from error
    context = {
        "kind": kind,
        "name": catalogue_name(kind),
        "address": reverse("formats:format_list", args=[kind]),
        "compare_address": reverse("formats:format_compare"),
        "text": text,
        "facets": finding.facets,
        "chips": chips_of(finding.counted, text, request.GET),
        "cards": cards_of(page, to_pick=kind == Kind.FORMAT),
        "page": page,
        "total": len(catalogue.entries),
    }
    context["is_fragment"] = wants_fragment(request)
    fragment = "#catalogue" if context["is_fragment"] else ""
    response = render(request, f"formats/format_list.html{fragment}", context)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


@require_safe
@public_page
def format_table(request, kind):
    form = TableForm(request.GET)
    if not form.is_valid():
        raise BadRequest("Unknown order")
    order = form.cleaned_data["sortierung"]
    editions = _editions(request, kind, order)
    context = {
        "kind": kind,
        "name": catalogue_name(kind),
        "order": order,
        "head": head_of(order),
        "rows": [row_of(edition) for edition in editions],
    }
    return render(request, "formats/format_table.html", context)


@require_safe
def format_csv(request, kind):
    form = TableForm(request.GET)
    if not form.is_valid():
        raise BadRequest("Unknown order")
    editions = _editions(request, kind, form.cleaned_data["sortierung"])
    filename = "methoden.csv" if kind == Kind.METHOD else "formate.csv"
    return csv_response(filename, csv_rows(editions))


@require_safe
@public_page
def format_compare(request):
    editions = published_editions(request.user).values()
    form = PickForm(request.GET, editions=editions, least=COMPARE_FROM, most=COMPARE_TO)
    picked = set(request.GET.getlist("f"))
    if not picked <= {edition.slug for edition in editions}:
        raise Http404
    context = {"editions": editions, "picked": picked, "form": form if picked else None}
    if picked and form.is_valid():
        compared = form.picked()
        context |= {"compared": compared, "comparison": comparison_of(compared)}
    return render(request, "formats/format_compare.html", context)


@require_safe
@public_page
def format_json(request):
    """All published Steckbriefe, formats and methods, in the schema of the content files."""
    editions = published_editions(request.user).values()
    data = {"steckbriefe": [edition.public_data() for edition in editions]}
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


@require_safe
@public_page
def format_data(request):
    return render(request, "formats/format_data.html")
