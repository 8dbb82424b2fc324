"""Reviews: which published Steckbriefe should be looked at again, and the daily reminder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from formats.actions import save_draft
from formats.editions import Edition, editions_of
from formats.letters import tell_of_reviews
from formats.models import Format, Revision
from foundation.people.models import User
from foundation.people.roles import Role

# A review counts as due this long before its date: time to do it calmly.
AHEAD = timedelta(days=14)
# „Bald“: the next quarter.
SOON = timedelta(days=90)


def a_year_after(day: date) -> date:
    """The same day next year; after 29 February comes 28 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def due_reviews(editions: Iterable[Edition], today: date) -> list[Edition]:
    """Those whose published review date is past or near, the most urgent first."""
    due = [e for e in editions if e.format.review_due and e.format.review_due <= today + AHEAD]
    return sorted(due, key=lambda edition: (edition.format.review_due, edition.place))


def unreviewed(editions: Iterable[Edition], today: date) -> list[Edition]:
    """Those that nobody has checked for twelve months and whose review is not due either."""
    limit = a_year_before(today)
    old = [
        e
        for e in editions
        if e.format.as_of < limit and not (e.format.review_due and e.format.review_due <= today + AHEAD)
    ]
    return sorted(old, key=lambda edition: (edition.format.as_of, edition.place))


@transaction.atomic
def remind_of_reviews() -> None:
    """One letter to all editors about reviews that are due and not yet reminded of (scheduled daily).

    Of each review date the editors hear once; without editors nobody is told and nothing is noted.
    """
    if not User.objects.with_role(Role.EDITOR).exists():
        return
    Format.objects.lock_all()
    published = Format.objects.published()
    reminded = dict(published.values_list("pk", "reminded_of"))
    due = due_reviews(editions_of(published.order_by("pk")), timezone.localdate())
    fresh = [edition for edition in due if reminded[edition.pk] != edition.format.review_due]
    if not fresh:
        return
    noted = [Format(pk=edition.pk, reminded_of=edition.format.review_due) for edition in fresh]
    Format.objects.bulk_update(noted, ["reminded_of"])
    tell_of_reviews(fresh)


@transaction.atomic
def mark_reviewed(format: Format, *, by) -> Revision:
    """Say in the working copy: checked today, again in twelve months. Keeps it as a draft.

    A draft that was there before goes on with these dates; a request to release it is cancelled.
    """
    Format.objects.lock_all()
    today = timezone.localdate()
    locked = Format.objects.get(pk=format.pk)
    locked.as_of, locked.review_due = today, a_year_after(today)
    locked.save(update_fields=["as_of", "review_due"])
    reason = f"Geprüft: Stand {today:%d.%m.%Y}, wieder am {a_year_after(today):%d.%m.%Y}"
    return save_draft(locked, author=by, reason=reason)
