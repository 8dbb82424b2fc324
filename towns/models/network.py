"""Netzwerk and mayors: the one place that decides who belongs to them (product.md 3, „Who reads what“).

Everything that is „nur Netzwerk“ or „nur Bürgermeister:innen“, in this room and above, asks here.
"""

from __future__ import annotations

from django.db.models import Q

from foundation.people.models import User, UserQuerySet
from towns.models.seat import Seat


def network_people() -> UserQuerySet:
    """Active people with a current seat, with an actor profile that staff approved, or of the staff."""
    seated = Seat.objects.current().values("user")
    # Asked from the account's side: the profile's own reading right asks this function.
    approved = User.objects.filter(actor__approved_at__isnull=False, actor__hidden_at__isnull=True)
    return User.objects.active().filter(
        Q(is_staff=True) | Q(pk__in=seated) | Q(pk__in=approved.order_by().values("pk"))
    )


def in_network(user) -> bool:
    """Whether this reader is of the Netzwerk now; one query, and none for strangers and staff."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_staff or network_people().filter(pk=user.pk).exists()


def mayors() -> UserQuerySet:
    """People with a current mayor seat, of a town or a Gemeindeverband; nobody acting on their behalf."""
    return User.objects.active().filter(pk__in=Seat.objects.current().of_mayors().values("user"))


def is_mayor(user) -> bool:
    """Whether this reader is a mayor now. Staff are not, unless they hold a seat."""
    if not user.is_authenticated or not user.is_active:
        return False
    return Seat.objects.current().of_mayors().of(user).exists()
