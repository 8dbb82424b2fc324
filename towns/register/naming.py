"""What tells namesakes apart: the words behind a name, and a slug for each new town."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from foundation.kit.text import german_slug
from towns.models import Association, AssociationKind, District, DistrictKind
from towns.models.town import RESERVED_SLUGS
from towns.register.records import AssociationRecord, DistrictRecord, Register, TownRecord
from towns.register.values import association_name, split_name

NO_TOWN = "gemeindefreies Gebiet"


def distinctions_of(register: Register) -> dict[str, str]:
    """AGS → what stands behind the name: empty for names that occur once among municipalities.

    The Kreis; where two are in one Kreis, with the Verband; else with the addition or the AGS.
    Areas without a municipality say so, and make nobody a namesake.
    """
    found = {town.ags: NO_TOWN for town in register.towns.values() if not town.is_municipality}
    groups: dict[str, list[TownRecord]] = defaultdict(list)
    for town in register.towns.values():
        if town.is_municipality:
            groups[split_name(town.official_name)[0].casefold()].append(town)
    for towns in groups.values():
        if len(towns) == 1:
            found[towns[0].ags] = ""
            continue
        for town in towns:
            beside = [other for other in towns if other.ags[:5] == town.ags[:5]]
            found[town.ags] = _words(town, beside, register)
    return found


def _words(town: TownRecord, beside: list[TownRecord], register: Register) -> str:
    district = district_words(register.districts.get(town.ags[:5]), town)
    if len(beside) == 1:
        return district
    verbaende = {other.ars[:9] for other in beside}
    record = register.associations[town.ars[:9]]
    if len(verbaende) == len(beside) and record.kind in AssociationKind:
        return f"{district}, {association_words(record)}"
    additions = [split_name(other.official_name)[1] for other in beside]
    own = split_name(town.official_name)[1]
    if additions.count(own) == 1:
        return f"{district}, {own}" if own else district
    return f"{district}, AGS {town.ags}"


def district_words(record: DistrictRecord | None, town: TownRecord) -> str:
    """`Landkreis Prignitz`; of a city that is its own Kreis, the kind."""
    if record is None:
        return f"AGS {town.ags}"
    name = split_name(record.official_name)[0]
    district = District(name=name, kind=record.kind)
    if district.is_city:
        return "Stadtkreis" if record.kind == DistrictKind.CITY_BW else "kreisfreie Stadt"
    return district.label


def association_words(record: AssociationRecord) -> str:
    return Association(name=association_name(record.official_name), kind=record.kind).label


def slugs_for(
    towns: Iterable[TownRecord], distinctions: dict[str, str], taken: Collection[str]
) -> dict[str, str]:
    """AGS → a slug that nobody has: the name, for namesakes with their distinction, else with the AGS."""
    taken = set(taken) | RESERVED_SLUGS
    found = {}
    for town in towns:
        name = german_slug(split_name(town.official_name)[0])[:58].strip("-") or "gemeinde"
        more = german_slug(distinctions.get(town.ags, ""))[:60].strip("-")
        wanted = [town.slug] if town.slug else []
        wanted += [f"{name}-{more}" if more else name, f"{name}-{town.ags}", f"{name}-{town.ars}"]
        slug = next(slug for slug in wanted if slug not in taken)
        taken.add(slug)
        found[town.ags] = slug
    return found
