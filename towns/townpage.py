"""What the pages of towns and Gemeindeverbände show, and in how many queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from towns.directory import shelf
from towns.figures import MOST_HOUSES, PER_HOUSE, figures_of, roofline_of
from towns.likeness import Likeness, nearest, structure_of
from towns.models import Actor, Association, Offer, Project, RegisterImport, Seat, Town, TownLink, TownPicture
from towns.permissions import can_edit_town
from towns.svg import outlines, points_of

LIKE_ON_PAGE, LIKE_ON_OWN_PAGE = 5, 20


@dataclass(frozen=True)
class LikeTown:
    """A town like this one, as the row says it."""

    town: Town
    takes_part: bool
    likeness: Likeness


def town_page(town: Town, user) -> dict[str, Any]:
    """Everything the template of a town shows. Parts are asked for of teilnehmende Städte only."""
    kept = shelf()
    structure = structure_of(kept)
    here = points_of([town])
    context: dict[str, Any] = {
        "town": town,
        "figures": figures_of(town, structure),
        "small_towns": structure.count,
        "per_house": PER_HOUSE,
        "most_houses": MOST_HOUSES,
        "roofline": roofline_of(town) if town.is_current else None,
        "outlines": outlines(),
        "here": here[0] if here else None,
        "source": town.register or RegisterImport.objects.source_of_register(),
        "may_edit": can_edit_town(user, town),
        "actors": Actor.objects.visible_to(user).in_town(town).alphabetical(),
        "seats": Seat.objects.visible_to(user).current().speaking_for(town).by_rank().with_list_details(),
        "successions": town.succeeded_by.with_towns().newest_first(),
        "merged": town.follows.with_towns().newest_first(),
    }
    if not user.is_authenticated:
        context["seats"] = ()
    if town.is_current:
        context["like"] = _rows(nearest(kept, town.pk, count=LIKE_ON_PAGE), user)
    if town.is_participating:
        offers = list(Offer.objects.visible_to(user).of_town(town).select_related("topic").in_order())
        context |= {
            "offers": [offer for offer in offers if offer.is_offering],
            "seeks": [offer for offer in offers if not offer.is_offering],
            "topics": town.topics.order_by("slug"),
            "projects": Project.objects.visible_to(user).of_town(town).in_order(),
            "links": TownLink.objects.visible_to(user).of_town(town).in_order(),
            "pictures": TownPicture.objects.visible_to(user).of_town(town).in_order(),
        }
    return context


def likeness_page(town: Town, user, weights: Mapping[str, int], only_participants: bool) -> dict[str, Any]:
    kept = shelf()
    only = set(Town.objects.participating().values_list("pk", flat=True)) if only_participants else None
    found = nearest(kept, town.pk, count=LIKE_ON_OWN_PAGE, weights=weights, only=only)
    return {
        "town": town,
        "like": _rows(found, user),
        "small_towns": structure_of(kept).count,
        "known": structure_of(kept).scores.get(town.pk, {}),
    }


def _rows(found: list[Likeness], user) -> list[LikeTown]:
    keys = [likeness.entry.pk for likeness in found]
    towns = Town.objects.visible_to(user).with_list_details().in_bulk(keys)
    return [
        LikeTown(towns[likeness.entry.pk], towns[likeness.entry.pk].is_participating, likeness)
        for likeness in found
        if likeness.entry.pk in towns
    ]


def association_page(association: Association, user) -> dict[str, Any]:
    towns = Town.objects.visible_to(user).current().in_association(association)
    towns = list(towns.with_list_details().alphabetical())
    seats = Seat.objects.visible_to(user).current().on_association(association)
    return {
        "association": association,
        "towns": towns,
        "points": points_of(towns),
        "outlines": outlines(),
        "seats": seats.by_rank().with_list_details() if user.is_authenticated else (),
        "source": RegisterImport.objects.source_of_register(),
    }
