"""Verbs about profiles: make, approve, invite, claim, picture, people of an organisation."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from foundation.kit.text import german_slug
from foundation.people.models import User
from towns import letters
from towns.models import Actor, ActorInvitation, Affiliation, Visibility
from towns.permissions import can_approve_actor
from towns.portraits import portrait_sizes

INVITATION_LASTS = timedelta(days=30)


@transaction.atomic
def start_profile(actor: Actor, *, user: User) -> Actor:
    """Store a new profile of one's own account. It appears once staff approved it or with a current seat.

    Every slug ends in four random digits: a number only where a name is taken would tell that
    a hidden profile exists.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if Actor.objects.of(user).exists():
        raise ValidationError("Sie haben schon ein Profil.")
    actor.account = actor.created_by = user
    actor.slug = free_slug(actor.name)
    actor.full_clean(exclude=["expertise"])
    actor.save()
    return actor


def free_slug(name: str) -> str:
    base = german_slug(name)[:100].strip("-") or "profil"
    while True:
        slug = f"{base}-{secrets.randbelow(9000) + 1000}"
        if not Actor.objects.filter(slug=slug).exists():
            return slug


@transaction.atomic
def approve_actor(actor: Actor, *, by: User) -> Actor:
    """Admit a profile; its owner gets a letter, once. Approving twice changes nothing."""
    actor = Actor.objects.lock(actor.pk)
    if not can_approve_actor(by):
        raise PermissionDenied
    if actor.approved_at is None:
        actor.approved_at, actor.approved_by = timezone.now(), by
        actor.save(update_fields=["approved_at", "approved_by"])
        letters.actor_approved(actor)
    return actor


@transaction.atomic
def withdraw_approval(actor: Actor, *, by: User) -> Actor:
    """Take the approval back; who has no current seat then is out of the Netzwerk at once."""
    actor = Actor.objects.lock(actor.pk)
    if not can_approve_actor(by):
        raise PermissionDenied
    actor.approved_at = actor.approved_by = None
    actor.save(update_fields=["approved_at", "approved_by"])
    return actor


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(actor: Actor, *, email: str, by: User) -> ActorInvitation:
    """Send a link with which the owner of `email` takes over the profile; earlier links are withdrawn."""
    actor = Actor.objects.lock(actor.pk)
    if actor.account_id:
        raise ValidationError("Dieses Profil hat schon ein Konto.")
    now = timezone.now()
    actor.invitations.withdraw()
    token = secrets.token_urlsafe(32)
    invitation = ActorInvitation.objects.create(
        actor=actor,
        email=email.strip().lower(),
        token_hash=hash_of(token),
        created_by=by,
        expires_at=now + INVITATION_LASTS,
    )
    letters.invitation(invitation, token)
    return invitation


@transaction.atomic
def claim(invitation: ActorInvitation, *, user: User) -> Actor:
    """Make the profile that of this account, once. Raises `ValidationError` with what to do instead."""
    actor = Actor.objects.lock(invitation.actor_id)
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    now = timezone.now()
    if not ActorInvitation.objects.usable(now).filter(pk=invitation.pk).exists():
        raise ValidationError("Diese Einladung gilt nicht mehr.", code="gone")
    if not is_invited(invitation, user):
        raise ValidationError(
            "Diese Einladung ging an eine andere E-Mail-Adresse als die Ihres Kontos.", code="other"
        )
    if Actor.objects.of(user).exists():
        raise ValidationError("Ihr Konto hat schon ein Profil.", code="has_profile")
    actor.account, actor.claimed_at = user, now
    actor.save(update_fields=["account", "claimed_at"])
    ActorInvitation.objects.filter(pk=invitation.pk).update(used_at=now)
    return actor


def is_invited(invitation: ActorInvitation, user: User) -> bool:
    """Whether the invitation went to a confirmed address of this account: a forwarded link opens nothing."""
    return EmailAddress.objects.filter(user=user, verified=True, email__iexact=invitation.email).exists()


@transaction.atomic
def save_portrait(actor: Actor, *, upload, alt: str) -> None:
    """Store a picture in its sizes, drawn anew, and delete the one before; without `upload` only the alt.

    With neither upload nor `alt` the picture goes.
    """
    actor = Actor.objects.lock(actor.pk)
    old = [field.name for field in (actor.portrait, actor.portrait_small) if field]
    if upload:
        large, small = portrait_sizes(upload)
        actor.portrait.save("bild.webp", large, save=False)
        actor.portrait_small.save("bild.webp", small, save=False)
    elif not alt:
        actor.portrait = actor.portrait_small = ""
    else:
        old = []
    actor.portrait_alt = alt
    actor.save(update_fields=["portrait", "portrait_small", "portrait_alt"])
    for name in old:
        transaction.on_commit(lambda name=name: default_storage.delete(name), robust=True)


def name_person(organisation: Actor, person: Actor, *, role: str = "") -> Affiliation:
    """Ask to show a person on the profile of an organisation; shown once they agree. Twice is once."""
    affiliation, _ = Affiliation.objects.get_or_create(
        organisation=organisation, person=person, defaults={"role": role}
    )
    return affiliation


def accept_affiliation(affiliation: Affiliation) -> None:
    """The person agrees."""
    Affiliation.objects.filter(pk=affiliation.pk, accepted_at=None).update(accepted_at=timezone.now())


def part(affiliation: Affiliation) -> None:
    """Either side takes the name off the organisation's profile."""
    affiliation.delete()


def unlink_profile(user: User) -> None:
    """For somebody who leaves: without its account the profile is out of sight, until staff decide."""
    Actor.objects.of(user).update(visibility=Visibility.HIDDEN)
