"""The Merkliste: in the session without an account, in the database with one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.kit.http import safe_next
from formats.bookmarks import bookmarked, forget_bookmark, keep_bookmark
from formats.pages import card_of, find_published


@require_safe
def bookmark_list(request):
    formats = bookmarked(request)
    context = {"formats": formats, "cards": [card_of(format) for format in formats]}
    return render(request, "formats/bookmark_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bookmark_add(request, kind, slug):
    format = find_published(request.user, kind, slug)
    if request.method == "POST":
        if keep_bookmark(request, format):
            messages.success(request, f"„{format}“ steht auf Ihrer Merkliste.")
        else:
            messages.error(request, "Ihre Merkliste ist voll. Bitte nehmen Sie zuerst etwas herunter.")
        return redirect(safe_next(request, format.get_absolute_url()))
    known = any(other.pk == format.pk for other in bookmarked(request))
    return render(request, "formats/bookmark_add.html", {"format": format, "known": known})


@require_http_methods(["POST"])
def bookmark_remove(request, kind, slug):
    format = find_published(request.user, kind, slug)
    forget_bookmark(request, format)
    messages.success(request, f"„{format}“ steht nicht mehr auf Ihrer Merkliste.")
    return redirect("formats:bookmark_list")
