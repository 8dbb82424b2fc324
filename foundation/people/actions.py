"""Verbs about people: make an account that can log in at once, forget sessions that are over."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from foundation.people.models import User
from foundation.people.roles import Role


@transaction.atomic
def make_confirmed_user(
    email: str, password: str | None, *, name: str, roles: Iterable[Role] = (), **fields
) -> User:
    """An account whose address counts as confirmed. With a role it may enter the Redaktionsbereich."""
    roles = list(roles)
    user = User.objects.create_user(email, password, name=name, is_staff=bool(roles), **fields)
    user.groups.set(Group.objects.filter(name__in=roles))
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def clear_sessions() -> None:
    """Delete the sessions that have run out; a scheduled job."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
