"""The search: its page, and suggestions while somebody types."""

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.searchpage import SearchForm, search_page
from foundation.kit.http import TooManyRequests, limit
from foundation.search.counting import note
from foundation.search.suggesting import titles_beginning


@require_safe
def search(request):
    form = SearchForm(request.GET)
    if not form.is_valid():
        raise BadRequest("Unknown facet of the search")
    asked = form.cleaned_data
    try:
        found = search_page(request.user, **asked)
    except EmptyPage as error:
        raise Http404 from error
    if not (asked["art"] or asked["thema"] or asked["seit"] or asked["seite"]):
        _count(request, found.results)
    response = render(request, "akademie/search.html", {"found": found, "asked": asked})
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def search_suggestions(request):
    """The list below the field as a fragment; scripts only. At most 30 in ten seconds and visitor."""
    limit(request, "vorschlaege", times=30, seconds=10)
    entries = titles_beginning(request.GET.get("q", ""), request.user)
    response = render(request, "akademie/search_suggestions.html", {"entries": entries})
    response["Cache-Control"] = "private, max-age=60"
    return response


def _count(request, results) -> None:
    """Note what found little; from one visitor only a few in a minute, or it could be flooded."""
    if results.total <= 3 and results.query:
        try:
            limit(request, "suche-gezaehlt", times=5, seconds=60)
        except TooManyRequests:
            return
        note(results.query, results.total)
