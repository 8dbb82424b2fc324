"""The Merkliste: in the session without an account, in the database with one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from formats.bookmarks import bookmarked, forget_bookmark, keep_bookmark
from formats.pages import find_edition
from foundation.kit.http import safe_next


@require_safe
def bookmark_list(request):
    return render(request, "formats/bookmark_list.html", {"editions": bookmarked(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def bookmark_add(request, kind, slug):
    edition = find_edition(request.user, kind, slug)
    if request.method == "POST":
        if keep_bookmark(request, slug):
            messages.success(request, f"„{edition.title}“ steht auf Ihrer Merkliste.")
        else:
            messages.error(request, "Ihre Merkliste ist voll. Bitte nehmen Sie zuerst etwas herunter.")
        return redirect(safe_next(request, edition.url))
    known = any(other.slug == slug for other in bookmarked(request))
    return render(request, "formats/bookmark_add.html", {"edition": edition, "known": known})


@require_http_methods(["POST"])
def bookmark_remove(request, kind, slug):
    edition = find_edition(request.user, kind, slug)
    forget_bookmark(request, slug)
    messages.success(request, f"„{edition.title}“ steht nicht mehr auf Ihrer Merkliste.")
    return redirect("formats:bookmark_list")
