"""A co-author's page without account: the newest text of one Steckbrief, its files, and a remark form."""

import functools

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from formats.drafts import (
    coauthor_page,
    find_link,
    is_open,
    names_file,
    newest_edition,
    revision_read,
    take_remark,
)
from formats.forms import RemarkForm
from foundation.kit.files import send_stored
from foundation.kit.http import limit


def by_link(view):
    """Open the view with the link of the token; 410 where it is over. Nothing is cached or listed."""

    @functools.wraps(view)
    def wrapped(request, token, **kwargs):
        link = find_link(token)
        if is_open(link, timezone.now()):
            response = view(request, link, **kwargs)
        else:
            response = render(request, "formats/draft_gone.html", {"link": link}, status=410)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


# The token in the address is the key, not a cookie: nobody can be made to send it unknowingly. And a
# page with `no-referrer` sends `Origin: null`, which the check for cookies would refuse.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def draft_detail(request, link):
    context = coauthor_page(link, files_at="dateien/")
    form = RemarkForm(request.POST if request.method == "POST" else None, initial={"name": link.name})
    if request.method == "POST":
        limit(request, "remark", times=20, seconds=3600)
        if form.is_valid():
            if not form.is_trapped:
                take_remark(link, revision_read(link.format, form.cleaned_data["fassung"]), **form.values())
            messages.success(request, "Danke. Ihre Bemerkung ist bei der Redaktion angekommen.")
            return redirect(f"{request.path}#bemerkungen")
    # Said where the remarks are, because that is where the visitor comes back to.
    context |= {"form": form, "messages": (), "said": messages.get_messages(request)}
    return render(request, "formats/draft_detail.html", context, status=422 if form.errors else 200)


@require_safe
@by_link
def draft_file(request, link, path):
    if not names_file(newest_edition(link.format), path):
        raise Http404
    return send_stored(path)
