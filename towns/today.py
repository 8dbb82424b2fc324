"""What seats and profiles lay on „Heute“: requests to answer, profiles to approve."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from foundation.kit.today import SHOWN, Line, Task
from towns.models import Actor, Seat
from towns.permissions import can_approve_actor


def tasks(user, now: datetime) -> Iterator[Task]:
    """The tasks of this member of staff, in a fixed number of queries."""
    if user.has_perm("towns.confirm_seat"):
        yield from seats_to_confirm(user)
    if can_approve_actor(user):
        yield from actors_to_approve()


def seats_to_confirm(user) -> Iterator[Task]:
    """Requests this person may answer; a task or nothing (two queries)."""
    waiting = Seat.objects.answerable_by(user).with_list_details().waiting_longest_first()
    count, first = waiting.count(), list(waiting[:SHOWN])
    if first:
        lines = tuple(
            Line(
                f"{seat.person_name} für {seat.place.label}",
                reverse("towns:seat_confirm", args=[seat.pk]),
                when=f"seit {_day(seat.asked_at)}",
                detail=seat.office,
            )
            for seat in first
        )
        yield Task("Sitze zu bestätigen", count, lines, first[0].asked_at, reverse("towns:seat_list"))


def actors_to_approve() -> Iterator[Task]:
    """Profiles that wait to appear; a task or nothing (two queries)."""
    waiting = Actor.objects.awaiting_approval()
    count, first = waiting.count(), list(waiting[:SHOWN])
    if first:
        lines = tuple(
            Line(
                actor.name,
                reverse("admin:towns_actor_change", args=[actor.pk]),
                when=f"seit {_day(actor.created_at)}",
                detail=actor.get_kind_display(),
            )
            for actor in first
        )
        url = f"{reverse('admin:towns_actor_changelist')}?wartet=ja"
        yield Task("Profile zuzulassen", count, lines, first[0].created_at, url)


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y}"
