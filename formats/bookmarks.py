"""Where a Merkliste lives: slugs in the session for visitors, rows for people with an account."""

from formats.actions import remember
from formats.models import Bookmark, Format

SESSION_KEY = "merkliste"
MOST = 50


def bookmarked(request) -> list[Format]:
    """The published Steckbriefe on this visitor's Merkliste, in the order they were put there."""
    visible = Format.objects.visible_to(request.user).with_list_details()
    if request.user.is_authenticated:
        return list(visible.bookmarked_by(request.user))
    slugs = request.session.get(SESSION_KEY, [])
    return visible.with_slugs(slugs).in_order_of(slugs)


def keep_bookmark(request, format: Format) -> bool:
    """Put it on the list; False if the list is full. Twice is the same as once."""
    if request.user.is_authenticated:
        if Bookmark.objects.of(request.user).count() >= MOST:
            return False
        remember(request.user, [format])
        return True
    slugs = request.session.get(SESSION_KEY, [])
    if format.slug not in slugs:
        if len(slugs) >= MOST:
            return False
        request.session[SESSION_KEY] = [*slugs, format.slug]
    return True


def forget_bookmark(request, format: Format) -> None:
    if request.user.is_authenticated:
        Bookmark.objects.of(request.user).on(format).delete()
        return
    slugs = request.session.get(SESSION_KEY, [])
    request.session[SESSION_KEY] = [slug for slug in slugs if slug != format.slug]


def take_along(request, user) -> None:
    """Move the session's Merkliste into the account that has just logged in."""
    slugs = request.session.pop(SESSION_KEY, []) if request else []
    if slugs:
        remember(user, Format.objects.published().with_slugs(slugs).in_order_of(slugs))
