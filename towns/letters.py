"""The letters of the room: who hears what. All leave through the outbox; none names an e-mail address."""

from __future__ import annotations

from django.db.models import Q

from foundation.notices.actions import post
from foundation.people.models import User
from foundation.people.roles import Role
from towns.models import Actor, ActorInvitation, ContactMessage, Seat


def seat_asked(seat: Seat) -> None:
    """To the staff who confirm seats, and to those who speak for the place in their own right."""
    beside = Seat.objects.principals().on_the_same(seat).values("user")
    staff = Q(is_staff=True, groups__name__in=[Role.EDITOR, Role.ADMINISTRATOR])
    heard = User.objects.active().filter(staff | Q(pk__in=beside)).exclude(pk=seat.user_id)
    for person in heard.distinct().order_by("pk"):
        _post(person.email, "seat_asked", f"seat-{seat.pk}-asked-{person.pk}", {"seat": seat})


def seat_confirmed(seat: Seat) -> None:
    _post_to(seat.user, "seat_confirmed", f"seat-{seat.pk}-confirmed", {"seat": seat})


def seat_refused(seat: Seat) -> None:
    _post_to(seat.user, "seat_refused", f"seat-{seat.pk}-refused", {"seat": seat})


def seat_ended(seat: Seat) -> None:
    _post_to(seat.user, "seat_ended", f"seat-{seat.pk}-ended", {"seat": seat})


def actor_approved(actor: Actor) -> None:
    """Nothing is sent for a profile that nobody has claimed, nor a second time."""
    _post_to(actor.account, "actor_approved", f"actor-{actor.pk}-approved", {"actor": actor})


def invitation(invitation: ActorInvitation, token: str) -> None:
    """The only place where the token is ever written in full."""
    context = {"invitation": invitation, "actor": invitation.actor, "token": token}
    _post(invitation.email, "invitation", f"invitation-{invitation.pk}", context)


def contact(message: ContactMessage) -> None:
    context = {"message": message, "sender_name": name_of(message.sender)}
    _post_to(message.recipient.account, "contact", f"contact-{message.key}", context)


def contact_answer(message: ContactMessage) -> None:
    _post_to(message.sender, "contact_answer", f"contact-{message.key}-answer", {"message": message})


def name_of(user: User | None) -> str:
    """The name a person gave, for pages and letters; never their address."""
    return (user.name if user else "") or "Person ohne Namen"


def _post_to(user: User | None, template: str, key: str, context: dict) -> None:
    if user is not None and user.is_active:
        _post(user.email, template, key, context)


def _post(to: str, template: str, key: str, context: dict) -> None:
    post(to=to, template=f"towns/mail/{template}", context=context, key=key)
