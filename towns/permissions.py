"""Who may act on towns, seats and profiles. Who may read is decided by `visible_to`.

Staff act through the rights of their role groups (migration `0004_rights`).
"""

from __future__ import annotations

from foundation.people.permissions import is_staff_member
from towns.models import Actor, ActorForm, ContactMessage, Seat, Town


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

    Who acts on somebody's behalf lets nobody in; whoever asks to act on somebody's behalf is let in by
    that person or by staff. A known mail domain never confirms anything. `SeatQuerySet.answerable_by`
    asks the same for lists.
    """
    if not user.is_authenticated or not seat.is_requested or seat.user_id == user.pk:
        return False
    if seat.user is None or not seat.user.is_active:
        return False
    if _staff_with(user, "towns.confirm_seat"):
        return True
    own = Seat.objects.principals().of(user).on_the_same(seat)
    return own.filter(pk=seat.on_behalf_of_id).exists() if seat.on_behalf_of_id else own.exists()


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


def can_invite(user) -> bool:
    """Send somebody the link with which they take over a profile that staff made."""
    return _staff_with(user, "towns.add_actorinvitation")


def can_edit_affiliations(user, organisation: Actor) -> bool:
    """Name the people of an organisation: whoever edits its profile."""
    return organisation.form == ActorForm.ORGANISATION and can_edit_actor(user, organisation)


def can_contact(user, actor: Actor) -> bool:
    """Write through the platform: signed in, to a profile one may see, that takes messages, not one's own.

    A recipient who refused somebody's message gets no further one from them.
    """
    if not user.is_authenticated or not user.is_active or actor.account_id == user.pk:
        return False
    if ContactMessage.objects.refused_between(user, actor).exists():
        return False
    return Actor.objects.visible_to(user).reachable().filter(pk=actor.pk).exists()


def can_answer(user, message: ContactMessage) -> bool:
    """The recipient, once, as long as the sender has an account; a refused message is not answered."""
    if message.recipient.account_id is None or message.recipient.account_id != user.pk:
        return False
    sender = message.sender
    waits = message.answered_at is None and message.refused_at is None
    return waits and sender is not None and sender.is_active


def can_refuse_sender(user, message: ContactMessage) -> bool:
    """Turn a sender away, or take them back: the recipient."""
    return message.recipient.account_id is not None and message.recipient.account_id == user.pk
