"""What lies beside a Steckbrief on the desk: where it stands, what readers say, what can be done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from formats.completeness import completeness_of
from formats.models import Correction, Format, Release, Remark, Vote
from formats.permissions import can_edit
from formats.reviews import AHEAD


def beside(format: Format, user) -> dict[str, Any]:
    """The context of `admin/formats/format/_beside.html` (five queries, and one per missing revision)."""
    live, newest = format.published, format.newest
    # What is public has the review date that was released; an edited one counts only from then on.
    due = (live.snapshot["review_due"] if live else newest.snapshot["review_due"] if newest else None) or ""
    today = timezone.localdate()
    return {
        "format": format,
        "release": Release.objects.of(format).unfinished().with_people().last(),
        "corrections": Correction.objects.open().filter(revision__format=format).select_related("revision"),
        "remarks": Remark.objects.open().filter(revision__format=format).count(),
        "votes": _votes(format),
        "completeness": completeness_of(newest.snapshot) if newest else None,
        "review_due": due and date.fromisoformat(due),
        "is_overdue": bool(due) and due < today.isoformat(),
        "is_due": bool(due) and due <= (today + AHEAD).isoformat(),
        "may_edit": can_edit(user),
        "may_copy": user.has_perm("formats.add_format"),
        "may_delete": user.has_perm("formats.delete_format") and not format.first_published_at,
        "may_settle": user.has_perm("formats.change_correction"),
    }


def _votes(format: Format) -> dict[str, int]:
    """Answers to „War das hilfreich?“ on the public revision and on all before it."""
    live = Q(revision=format.published_id) if format.published_id else Q(pk__in=[])
    return Vote.objects.filter(revision__format=format).aggregate(
        live=Count("pk", filter=live),
        live_helpful=Count("pk", filter=live & Q(helpful=True)),
        earlier=Count("pk", filter=~live),
        earlier_helpful=Count("pk", filter=~live & Q(helpful=True)),
    )
