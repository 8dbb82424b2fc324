"""Verbs of a town's page: save one part of it, and bring back an earlier state."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from foundation.people.models import User
from towns.acting import acting_seats
from towns.models import Seat, Town, TownRevision
from towns.snapshots import COLUMNS, PARTS, Snapshot, part_of, snapshot_of, stamp_of, write_part

BEFORE = "Stand vor der ersten Änderung auf dieser Seite"
ELSEWHERE = "außerhalb dieser Seite geändert, zum Beispiel im Redaktionsbereich"


class ChangedMeanwhile(Exception):
    """Somebody saved this part after the form was opened; `current` is what it says now."""

    def __init__(self, current: Any):
        super().__init__("The part was changed since it was read")
        self.current = current


@transaction.atomic
def save_part(town: Town, *, part: str, value: Any, author: User, stamp: str) -> TownRevision | None:
    """Write one part of the page and keep a revision; None where it says already so.

    `stamp` is the state the author saw; raises `ChangedMeanwhile` if it is no longer the state.
    """
    locked = Town.objects.lock(town.pk)
    current = part_of(locked, part)
    if value == current:
        return None
    if stamp_of(current) != stamp:
        raise ChangedMeanwhile(current)
    _record_what_was(locked)
    write_part(locked, part, value)
    locked.save(update_fields=COLUMNS)
    return _record(locked, author=author)


@transaction.atomic
def restore_page(revision: TownRevision, *, author: User) -> TownRevision | None:
    """Make the page say again what this revision says, as a new revision; None where it does already."""
    locked = Town.objects.lock(revision.town_id)
    current = snapshot_of(locked)
    wanted = {name: revision.snapshot[name] for name in PARTS if name in revision.snapshot}
    changed = [name for name, value in wanted.items() if value != current[name]]
    if not changed:
        return None
    _record_what_was(locked)
    for name in changed:
        write_part(locked, name, wanted[name])
    locked.save(update_fields=COLUMNS)
    return _record(locked, author=author, restores=revision)


def seat_for(author: User, town: Town) -> Seat | None:
    """The seat in which this person writes for the town, the highest first; None for staff."""
    return acting_seats(author).speaking_for(town).first()


def _record_what_was(town: Town) -> None:
    """Keep what no revision holds yet: the state before the first change, and changes from the desk."""
    last = TownRevision.objects.of_town(town).newest_first().first()
    before = snapshot_of(town)
    if last is None or last.snapshot != before:
        _make(town, before, last, author=None, seat=None, reason=ELSEWHERE if last else BEFORE)


def _record(town: Town, *, author: User, restores: TownRevision | None = None) -> TownRevision:
    last = TownRevision.objects.of_town(town).newest_first().first()
    seat = seat_for(author, town)
    return _make(town, snapshot_of(town), last, author=author, seat=seat, restores=restores)


def _make(town: Town, snapshot: Snapshot, last: TownRevision | None, **fields) -> TownRevision:
    number = last.number + 1 if last else 1
    return TownRevision.objects.create(town=town, number=number, snapshot=snapshot, **fields)
