"""Hints about who is asking: a mail domain known to belong to the place. Never a proof, never enough."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db.models import Q

from towns.models import MailDomain, Seat


def known_by_domain(seats: Iterable[Seat]) -> set[int]:
    """Keys of the seats whose person confirmed an address in a domain of the place (two queries).

    A town also knows the domains of its Gemeindeverband.
    """
    seats = list(seats)
    confirmed = EmailAddress.objects.filter(verified=True, user__in={seat.user_id for seat in seats})
    domains: dict[int, set[str]] = {}
    for user, email in confirmed.values_list("user", "email"):
        domains.setdefault(user, set()).add(email.rpartition("@")[2].lower())
    towns = {seat.town_id for seat in seats if seat.town_id}
    verbaende = {_association_of(seat) for seat in seats} - {None}
    entries = MailDomain.objects.filter(Q(town__in=towns) | Q(association__in=verbaende))
    known = set(entries.values_list("domain", "town", "association"))
    return {
        seat.pk
        for seat in seats
        for domain in domains.get(seat.user_id, ())
        if (domain, seat.town_id, None) in known or (domain, None, _association_of(seat)) in known
    }


def _association_of(seat: Seat) -> int | None:
    return seat.association_id or (seat.town.association_id if seat.town else None)
