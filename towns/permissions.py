"""Who may act on towns, seats and profiles. Who may read is decided by `visible_to`.

Staff act through the rights of their role groups (migration `0004_rights`).
"""

from __future__ import annotations

from foundation.people.permissions import is_staff_member
from towns.models import Actor, Seat, Town


def _staff_with(user, right: str) -> bool:
    return is_staff_member(user) and user.has_perm(right)


def can_edit_town(user, town: Town) -> bool:
    """The page of a current, participating town: its seat holders, and staff who edit towns."""
    if not town.is_participating:
        return False
    return can_speak_for(user, town) or _staff_with(user, "towns.change_town")


def can_speak_for(user, town: Town) -> bool:
    """Whether this person holds a current seat of the town or of its Gemeindeverband."""
    return user.is_authenticated and Seat.objects.current().of(user).speaking_for(town).exists()


def can_classify_town(user) -> bool:
    """Correct by hand whether a town is a Kleinstadt."""
    return _staff_with(user, "towns.classify_town")


def can_confirm_seat(user, seat: Seat) -> bool:
    """Confirm or refuse a request: staff, or a current seat holder of the same place; never one's own.

    Who acts on somebody's behalf lets nobody in. A known mail domain never confirms anything.
    """
    if not user.is_authenticated or not seat.is_requested or seat.user_id == user.pk:
        return False
    if _staff_with(user, "towns.confirm_seat"):
        return True
    return Seat.objects.current().of(user).on_the_same(seat).filter(on_behalf_of__isnull=True).exists()


def can_end_seat(user, seat: Seat) -> bool:
    """End a seat or take back a request: the person, the one they stand in for, and staff."""
    if not user.is_authenticated or seat.refused_at or seat.ended_at:
        return False
    principal = seat.on_behalf_of
    return (
        seat.user_id == user.pk
        or (principal is not None and principal.user_id == user.pk)
        or _staff_with(user, "towns.confirm_seat")
    )


def can_edit_actor(user, actor: Actor) -> bool:
    """The owner of the account, as long as it is not hidden; and staff who edit profiles."""
    if not user.is_authenticated:
        return False
    own = actor.account_id == user.pk and actor.hidden_at is None
    return own or _staff_with(user, "towns.change_actor")


def can_approve_actor(user) -> bool:
    return _staff_with(user, "towns.approve_actor")


def can_contact(user, actor: Actor) -> bool:
    """Write through the platform: signed in, to a profile one may see, that takes messages, not one's own."""
    if not user.is_authenticated or not user.is_active or actor.account_id == user.pk:
        return False
    return Actor.objects.visible_to(user).reachable().filter(pk=actor.pk).exists()
