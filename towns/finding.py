"""Finding a place by what people type: towns by name, AGS or postcode, Gemeindeverbände by name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Case, Q, Value, When

from foundation.kit.text import german_slug
from towns.models import Association, Town

SHOWN = 25


@dataclass(frozen=True)
class Found:
    """What fits; `more` says that there are further ones."""

    towns: list[Town]
    associations: list[Association]
    more: bool

    def __bool__(self) -> bool:
        return bool(self.towns or self.associations)


def find_places(text: str) -> Found:
    """Current towns and Gemeindeverbände with all these words in their names (two queries).

    Compared by slugs, so that umlauts and capitals are alike on both databases: the best first.
    """
    words = [word for word in german_slug(text).split("-") if word]
    if not words:
        return Found([], [], False)
    towns = list(_towns(words, text)[: SHOWN + 1])
    # Some 1,200 rows of two short texts: compared here, because they have no slug.
    slugs = ((german_slug(each.label), each) for each in Association.objects.current().with_list_details())
    associations = [each for slug, each in sorted(slugs, key=_by_slug) if all(word in slug for word in words)]
    more = len(towns) > SHOWN or len(associations) > SHOWN
    return Found(towns[:SHOWN], associations[:SHOWN], more)


def town_named(text: str) -> tuple[Town | None, list[Town]]:
    """The one town that bears this name, label or AGS; or None and those that could be meant."""
    found = find_places(text).towns
    wanted = german_slug(text)
    exact = [town for town in found if wanted in (german_slug(town.label), town.slug, town.ags)]
    if len(exact) != 1:
        exact = [town for town in found if german_slug(town.name) == wanted]
    if len(exact) == 1:
        return exact[0], []
    return None, exact or found


def _towns(words: list[str], text: str):
    named = Q()
    for word in words:
        named &= Q(slug__contains=word)
    digits = re.sub(r"\s", "", text)
    if digits.isascii() and digits.isdigit():
        named |= Q(ags=digits) | Q(postcode=digits)
    slug = "-".join(words)
    nearness = Case(
        When(slug=slug, then=Value(0)),
        When(slug__startswith=f"{slug}-", then=Value(1)),
        When(slug__startswith=slug, then=Value(2)),
        default=Value(3),
    )
    towns = Town.objects.current().filter(named).with_list_details()
    return towns.order_by(nearness, "name", "distinction", "pk")


def _by_slug(pair: tuple[str, Association]) -> tuple[str, int]:
    return pair[0], pair[1].pk
