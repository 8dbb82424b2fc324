"""The catalogue of Steckbriefe: filtered list, table, comparison, and the same as data."""

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from foundation.kit.http import csv_response
from foundation.kit.pagecache import public_page
from formats.facets import chips_of, facets_for, narrow
from formats.forms import CatalogueForm, PickForm, TableForm
from formats.models import Format, Kind
from formats.pages import card_of, catalogue_name, comparison_of, public_snapshot
from formats.table import COLUMNS, cells_of, csv_rows, sort_formats

PER_PAGE = 24
COMPARE_FROM, COMPARE_TO = 2, 4


def _published(request, kind):
    return list(Format.objects.visible_to(request.user).of_kind(kind).numbered().with_list_details())


@require_safe
@public_page
def format_list(request, kind):
    formats = _published(request, kind)
    facets = facets_for(formats)
    form = CatalogueForm(request.GET, facets=facets)
    if not form.is_valid():
        raise BadRequest("Unknown filter value")
    chosen, text = form.chosen(), form.cleaned_data["q"]
    found, counted = narrow(formats, facets, chosen, text)
    try:
        page = Paginator(found, PER_PAGE).page(form.cleaned_data["seite"] or 1)
    except EmptyPage as error:
        raise Http404 from error
    context = {
        "kind": kind,
        "name": catalogue_name(kind),
        "text": text,
        "counted": counted,
        "chips": chips_of(counted, text, request.GET),
        "cards": [card_of(format) for format in page],
        "chosen": chosen,
        "page": page,
        "total": len(formats),
    }
    fragment = "#catalogue" if request.htmx and not request.htmx.history_restore_request else ""
    response = render(request, f"formats/format_list.html{fragment}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@public_page
def format_table(request, kind):
    form = TableForm(request.GET)
    if not form.is_valid():
        raise BadRequest("Unknown order")
    order = form.cleaned_data["sortierung"]
    rows = [
        (format, cells_of(format)) for format in sort_formats(_published(request, kind), order)
    ]
    context = {"kind": kind, "name": catalogue_name(kind), "columns": COLUMNS, "rows": rows, "order": order}
    return render(request, "formats/format_table.html", context)


@require_safe
def format_csv(request, kind):
    form = TableForm(request.GET)
    if not form.is_valid():
        raise BadRequest("Unknown order")
    formats = sort_formats(_published(request, kind), form.cleaned_data["sortierung"])
    filename = "methoden.csv" if kind == Kind.METHOD else "formate.csv"
    return csv_response(filename, csv_rows(formats))


@require_safe
@public_page
def format_compare(request):
    formats = list(Format.objects.visible_to(request.user).numbered())
    form = PickForm(request.GET, formats=formats, least=COMPARE_FROM, most=COMPARE_TO)
    picked = set(request.GET.getlist("f"))
    if not picked <= {format.slug for format in formats}:
        raise Http404
    context = {"formats": formats, "picked": picked, "form": form if picked else None}
    if picked and form.is_valid():
        chosen = Format.objects.visible_to(request.user).with_slugs(form.cleaned_data["f"]).in_order_of(
            form.cleaned_data["f"]
        )
        context |= {"compared": chosen, "comparison": comparison_of(chosen)}
    return render(request, "formats/format_compare.html", context)


@require_safe
@public_page
def format_json(request):
    """All published Steckbriefe, formats and methods, in the schema of the content files."""
    formats = Format.objects.visible_to(request.user).numbered().with_revision()
    return JsonResponse(
        {"steckbriefe": [public_snapshot(format) for format in formats]},
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
@public_page
def format_data(request):
    return render(request, "formats/format_data.html")
