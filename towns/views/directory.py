"""The directory of towns: list with filter, the same as data, and its feed of news."""

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from foundation.kit.http import csv_response, wants_fragment
from foundation.kit.pagecache import public_page
from towns.directory import ORDERS, RADII
from towns.listing import listing_of
from towns.models import RegisterImport
from towns.svg import outlines

PER_PAGE = 24


@require_safe
@public_page
def town_list(request):
    listing = listing_of(request.GET)
    try:
        page = Paginator(listing.places, PER_PAGE).page(request.GET.get("seite") or 1)
    except EmptyPage as error:
        raise Http404 from error
    context = {
        "listing": listing,
        "page": page,
        "rows": listing.rows(page.object_list, request.user),
        "points": listing.points(page.object_list),
        "outlines": outlines(),
        "frame": listing.frame(),
        "orders": ORDERS,
        "radii": RADII,
        "source": RegisterImport.objects.source_of_register(),
        "is_fragment": wants_fragment(request),
    }
    fragment = "#directory" if context["is_fragment"] else ""
    response = render(request, f"towns/town_list.html{fragment}", context)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


@require_safe
def town_csv(request):
    return csv_response("staedte.csv", _table(listing_of(request.GET)))


def _table(listing):
    head = None
    for values in listing.data():
        if head is None:
            head = list(values)
            yield head
        yield [_cell(value) for value in values.values()]


def _cell(value):
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return value.date().isoformat() if hasattr(value, "date") else value


@require_safe
def town_json(request):
    source = RegisterImport.objects.source_of_register()
    data = {
        "quelle": source.words if source else "",
        "staedte": list(listing_of(request.GET).data()),
    }
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


@require_safe
@public_page
def town_data(request):
    source = RegisterImport.objects.source_of_register()
    return render(request, "towns/town_data.html", {"source": source})
