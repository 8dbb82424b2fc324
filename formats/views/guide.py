"""The guide: the list of trees, one step, the result as PDF, and „passt nicht“."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from formats.guide.actions import take_note
from formats.guide.editions import find_tree, tree_editions
from formats.guide.forms import NoteForm
from formats.guide.pages import place_in, result_of
from formats.guide.pdf import render_result
from formats.pages import published_editions
from foundation.kit.http import limit
from foundation.kit.pagecache import public_page


@require_safe
@public_page
def guide_list(request):
    return render(request, "formats/guide_list.html", {"trees": tree_editions(request.user).values()})


@require_safe
@public_page
def guide_step(request, slug):
    place = place_in(find_tree(request.user, slug), request.META["QUERY_STRING"])
    response = show_place(request, place)
    place.count(response)
    return response


@require_safe
@public_page
def guide_pdf(request, slug):
    place = place_in(find_tree(request.user, slug), request.META["QUERY_STRING"])
    if not place.outcome:
        return redirect(place.here)
    limit(request, "guide-pdf", times=30, seconds=600)
    pdf = render_result(place, _result(request, place))
    headers = {"Content-Disposition": f'inline; filename="{slug}.pdf"', "X-Robots-Tag": "noindex"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def guide_note(request, slug):
    place = place_in(find_tree(request.user, slug), request.META["QUERY_STRING"])
    sent = request.method == "POST"
    form = NoteForm(request.POST if sent else None)
    if sent:
        limit(request, "feedback", times=10, seconds=3600)
        if form.is_valid():
            if not form.is_trapped:
                take_note(place.edition.pk, answers=place.query, **form.values())
            messages.success(request, "Danke. Ihr Hinweis ist bei der Redaktion angekommen.")
            return redirect(place.here)
    context = {"place": place, "form": form}
    return render(request, "formats/guide_note.html", context, status=422 if sent else 200)


def show_place(request, place):
    """The page of a place: a question, or the result. The desk shows drafts with it, too."""
    if not place.outcome:
        return render(request, "formats/guide_step.html", {"place": place})
    context = {"place": place, "result": _result(request, place)}
    return render(request, "formats/guide_result.html", context)


def _result(request, place):
    return result_of(place, published_editions(request.user), tree_editions(request.user))
