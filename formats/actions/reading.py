"""What readers and co-authors do: keep a Merkliste, vote, report, remark."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from formats.models import Bookmark, CoauthorLink, Correction, Format, Remark, Revision, Vote

LINK_LASTS = timedelta(days=14)


@transaction.atomic
def remember(user, slugs: list[str]) -> None:
    """Put published Steckbriefe on somebody's Merkliste; those already on it stay where they are."""
    found = {format.slug: format for format in Format.objects.published().with_slugs(slugs)}
    Bookmark.objects.bulk_create(
        [Bookmark(user=user, format=found[slug]) for slug in slugs if slug in found], ignore_conflicts=True
    )


def record_vote(revision: Revision, *, key: UUID, helpful: bool) -> None:
    """Count one answer to „War das hilfreich?“; the same key twice is one answer."""
    Vote.objects.get_or_create(key=key, defaults={"revision": revision, "helpful": helpful})


def report_correction(revision: Revision, *, key: UUID, text: str, reply_to: str) -> Correction:
    """Lay a reader's note on the editors' desk; the same key twice is one note."""
    values = {"revision": revision, "text": text, "reply_to": reply_to}
    return Correction.objects.get_or_create(key=key, defaults=values)[0]


def settle_corrections(corrections, *, by) -> int:
    """Mark readers' notes as done; returns how many were still open."""
    return corrections.filter(settled_at__isnull=True).update(settled_at=timezone.now(), settled_by=by)


def make_coauthor_link(format: Format, *, name: str, by, days: int = LINK_LASTS.days) -> CoauthorLink:
    """A link to the newest draft for somebody without account; it expires after `days`."""
    expires = timezone.now() + timedelta(days=days)
    return CoauthorLink.objects.create(format=format, name=name, created_by=by, expires_at=expires)


def remark_on(
    revision: Revision, *, key: UUID, name: str, text: str, field: str = "", link=None, author=None
) -> Remark:
    """Lay a remark beside a draft; the same key twice is one remark."""
    values = {
        "revision": revision,
        "name": name,
        "text": text,
        "field": field,
        "link": link,
        "author": author,
    }
    return Remark.objects.get_or_create(key=key, defaults=values)[0]


def settle_remarks(remarks, *, by) -> int:
    """Mark remarks on drafts as done; returns how many were still open."""
    return remarks.filter(settled_at__isnull=True).update(settled_at=timezone.now(), settled_by=by)
