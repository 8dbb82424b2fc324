"""Verbs about seats: ask, confirm, refuse, end. Every one locks the place first, then the seat.

A `ValidationError` says in German why a step is not possible; its keys are fields of `Seat`.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from foundation.people.models import User
from towns import letters
from towns.models import Association, Seat, SeatRole, Town
from towns.permissions import can_confirm_seat, can_end_seat

Place = Town | Association


@transaction.atomic
def ask_for_seat(
    *,
    user: User,
    place: Place,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
    title: str = "",
    note: str = "",
    name: str = "",
) -> Seat:
    """Ask to speak for a place; staff and its seat holders get a letter. `name` becomes the person's name.

    Asking twice for the same changes nothing. A seat of one's own whose term is over makes room.
    """
    town, association = _town_and_association(place)
    _lock_place(town, association)
    seat = Seat(
        user=user,
        town=town,
        association=association,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        title=title,
        note=note,
    )
    own = Seat.objects.of(user).on_the_same(seat).filter(role=role)
    for over in own.lapsed():
        _end(over, by=None, with_letter=False)
    waiting = own.requested().first()
    if waiting:
        return waiting
    if own.meeting_the_term_of(seat).exists():
        raise ValidationError({"starts_on": "In dieser Zeit hatten oder haben Sie diesen Sitz schon."})
    if name and name != user.name:
        user.name = name
        user.save(update_fields=["name"])
    seat.full_clean()
    seat.save()
    letters.seat_asked(seat)
    return seat


@transaction.atomic
def confirm_seat(seat: Seat, *, by: User, on_behalf_of: Seat | None = None) -> Seat:
    """Let a person speak for the place; they get a letter.

    With `on_behalf_of` they act „im Auftrag von“ that seat and lose their rights with it. A mayor whose
    term was over, and whom nobody had ended, is ended here. Raises `PermissionDenied` if somebody was
    faster or `by` lost the right meanwhile, `ValidationError` if terms meet.
    """
    _lock_place(seat.town, seat.association)
    seat = _fresh(seat)
    if not can_confirm_seat(by, seat):
        raise PermissionDenied
    if on_behalf_of is not None:
        seat.on_behalf_of = _principal(seat, on_behalf_of, by)
    if seat.role == SeatRole.MAYOR:
        _make_room_for_the_mayor(seat)
    elif Seat.objects.of(seat.user).on_the_same(seat).filter(role=seat.role).meeting_the_term_of(seat):
        raise ValidationError({"starts_on": "In dieser Zeit hatte die Person diesen Sitz schon."})
    seat.confirmed_at, seat.confirmed_by = timezone.now(), by
    seat.full_clean()
    seat.save()
    letters.seat_confirmed(seat)
    return seat


@transaction.atomic
def refuse_seat(seat: Seat, *, by: User, reason: str) -> Seat:
    """Say no, with a reason that the person reads in a letter."""
    _lock_place(seat.town, seat.association)
    seat = _fresh(seat)
    if not can_confirm_seat(by, seat):
        raise PermissionDenied
    seat.refused_at, seat.refused_by, seat.refusal_reason = timezone.now(), by, reason
    seat.full_clean()
    seat.save()
    letters.seat_refused(seat)
    return seat


@transaction.atomic
def end_seat(seat: Seat, *, by: User, last_day: date | None = None) -> Seat:
    """Take the rights away from the next request on; also those of whoever acts on behalf of it.

    `last_day` is the last day in office where that was earlier than today. Those who did not end
    it themselves get a letter. A request is taken back the same way, without a letter.
    """
    _lock_place(seat.town, seat.association)
    seat = _fresh(seat)
    if not can_end_seat(by, seat):
        raise PermissionDenied
    _end(seat, by=by, last_day=last_day)
    return seat


@transaction.atomic
def end_all_seats(user: User) -> int:
    """For somebody who leaves: an open seat without a person would hold the place of the mayor."""
    seats = list(Seat.objects.of(user).open().order_by("pk"))
    for seat in seats:
        _end(seat, by=None, with_letter=False)
    return len(seats)


def _end(seat: Seat, *, by: User | None, last_day: date | None = None, with_letter: bool = True) -> None:
    today = timezone.localdate()
    was_confirmed = seat.confirmed_at is not None
    last = max(min(last_day or today, today), seat.starts_on)
    if last_day and not seat.starts_on <= last_day <= today:
        raise ValidationError(
            {"ends_on": f"Bitte einen Tag zwischen {seat.starts_on:%d.%m.%Y} und heute angeben."}
        )
    seat.ends_on = min(seat.ends_on or last, last)
    seat.ended_at, seat.ended_by = timezone.now(), by
    seat.save(update_fields=["ends_on", "ended_at", "ended_by"])
    for delegate in seat.delegates.open().order_by("pk"):
        _end(delegate, by=by)
    by_themselves = by is not None and by.pk == seat.user_id
    if was_confirmed and with_letter and not by_themselves:
        letters.seat_ended(seat)


def _make_room_for_the_mayor(seat: Seat) -> None:
    mayors = Seat.objects.on_the_same(seat).of_mayors().exclude(pk=seat.pk)
    for over in mayors.lapsed():
        if over.ends_on <= seat.starts_on:
            _end(over, by=None)
    holder = mayors.confirmed().first()
    if holder:
        raise ValidationError(
            {
                "role": "Hier ist schon ein:e Bürgermeister:in eingetragen. "
                "Bitte beenden Sie zuerst jenen Sitz mit dem letzten Tag im Amt."
            }
        )
    if mayors.meeting_the_term_of(seat).exists():
        raise ValidationError(
            {"starts_on": "Die Amtszeit überschneidet sich mit der einer früheren Bürgermeister:in."}
        )


def _principal(seat: Seat, principal: Seat, by: User) -> Seat:
    """The current seat of the same place for which somebody may act, as far as `by` may say so."""
    found = Seat.objects.principals_for(seat, by).filter(pk=principal.pk).first()
    if found is None:
        raise ValidationError({"on_behalf_of": "In diesem Auftrag kann die Person hier nicht handeln."})
    return found


def _fresh(seat: Seat) -> Seat:
    return Seat.objects.lock(seat.pk)


def _town_and_association(place: Place) -> tuple[Town | None, Association | None]:
    return (place, None) if isinstance(place, Town) else (None, place)


def _lock_place(town: Town | None, association: Association | None) -> None:
    """Decisions about one place are taken one after the other."""
    if town:
        Town.objects.lock(town.pk)
    else:
        Association.objects.select_for_update().get(pk=association.pk)
