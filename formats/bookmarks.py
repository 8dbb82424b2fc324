"""Where a Merkliste lives: slugs in the session for visitors, rows for people with an account."""

from formats.actions import remember
from formats.editions import Edition, editions_of
from formats.models import Bookmark, Format
from formats.pages import published_editions

SESSION_KEY = "merkliste"
MOST = 50


def bookmarked(request) -> list[Edition]:
    """The published Steckbriefe on this visitor's Merkliste, in the order they were put there."""
    if request.user.is_authenticated:
        return editions_of(Format.objects.visible_to(request.user).bookmarked_by(request.user))
    editions = published_editions(request.user)
    return [editions[slug] for slug in request.session.get(SESSION_KEY, []) if slug in editions]


def keep_bookmark(request, slug: str) -> bool:
    """Put it on the list; False if the list is full. Twice is the same as once."""
    if request.user.is_authenticated:
        kept = Bookmark.objects.of(request.user)
        if kept.count() >= MOST and not kept.on(slug).exists():
            return False
        remember(request.user, [slug])
        return True
    slugs = request.session.get(SESSION_KEY, [])
    if slug not in slugs:
        if len(slugs) >= MOST:
            return False
        request.session[SESSION_KEY] = [*slugs, slug]
    return True


def forget_bookmark(request, slug: str) -> None:
    if request.user.is_authenticated:
        Bookmark.objects.of(request.user).on(slug).delete()
        return
    slugs = request.session.get(SESSION_KEY, [])
    request.session[SESSION_KEY] = [other for other in slugs if other != slug]


def take_along(request, user) -> None:
    """Move the session's Merkliste into the account that has just logged in."""
    slugs = request.session.pop(SESSION_KEY, []) if request else []
    if slugs:
        room = max(0, MOST - Bookmark.objects.of(user).count())
        remember(user, slugs[:room])
