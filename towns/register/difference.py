"""The difference between a register and what the database holds, before anything is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from towns.models import RegisterImport, SizeClass, Town
from towns.register.changes import SAME, Change
from towns.register.naming import distinctions_of
from towns.register.problems import BrokenFile, Problem
from towns.register.records import NO_ASSOCIATION, Register, TownRecord
from towns.register.units import UnitDifference, compare_units
from towns.register.values import split_name

# More than this share of all municipalities never goes between two vintages: the file is cut.
MOST_GONE = 0.05
# Of an unchanged municipality under a new key, the area stays the same within this share.
SAME_AREA = 0.02
# GV100AD cuts names here; a longer one that begins so is the same.
CUT_NAME = 50

# What a form does not carry or does not know stays as an earlier one said.
KEPT_IF_UNKNOWN = [
    ("inhabitants", "inhabitants_as_of"),
    ("latitude", "longitude"),
    ("area_km2",),
    ("size_class",),
]


@dataclass
class Difference:
    """What a register would change. Lists hold (old row, new record) where both exist."""

    register: Register
    distinctions: dict[str, str]
    created: list[TownRecord] = field(default_factory=list)
    returned: list[tuple[Town, TownRecord]] = field(default_factory=list)
    rekeyed: list[tuple[Town, TownRecord]] = field(default_factory=list)
    kept: list[tuple[Town, TownRecord]] = field(default_factory=list)
    renamed: list[tuple[Town, TownRecord]] = field(default_factory=list)
    moved: list[tuple[Town, TownRecord]] = field(default_factory=list)
    revised: list[tuple[Town, TownRecord]] = field(default_factory=list)
    dissolved: list[Town] = field(default_factory=list)
    merged: list[tuple[Town, Change]] = field(default_factory=list)
    hints: dict[str, str] = field(default_factory=dict)
    units: UnitDifference = field(default_factory=UnitDifference)

    @property
    def pairs(self) -> list[tuple[Town, TownRecord]]:
        """Every row that stays, under the old key or a new one."""
        return self.kept + self.rekeyed + self.returned

    @property
    def counts(self) -> dict[str, int]:
        return {
            "gemeinden": len(self.register.towns),
            "neu": len(self.created),
            "wieder da": len(self.returned),
            "neuer Schlüssel": len(self.rekeyed),
            "umbenannt": len(self.renamed),
            "anderer Verband oder Kreis": len(self.moved),
            "aufgelöst": len(self.dissolved),
            "aufgegangen": len(self.merged),
            "andere Angaben": len(self.revised),
            "Kreise und Verbände": self.units.count,
        }

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the municipalities, Kreise and Gemeindeverbände would change."""
        return not any(count for name, count in self.counts.items() if name != "gemeinden")


def compare(register: Register, changes: list[Change] = (), *, many_may_go: bool = False) -> Difference:
    """The difference to the current rows; reads, never writes (five queries).

    Raises `BrokenFile` if the register is older than the newest one read, if more municipalities
    would go than ever do, or if a change does not fit the register.
    """
    _refuse_older(register)
    rows = Town.objects.of_the_register().select_related("district", "association")
    current = {town.ags: town for town in rows.filter(valid_until__isnull=True)}
    difference = Difference(register, distinctions_of(register), units=compare_units(register))
    created = {ags: record for ags, record in register.towns.items() if ags not in current}
    gone = {ags: town for ags, town in current.items() if ags not in register.towns}
    if not register.complete:
        gone = {}
    _take_changes(difference, changes, created, gone)
    _find_new_keys(difference, created, gone)
    _find_returned(difference, created)
    difference.created = list(created.values())
    for ags, town in gone.items():
        if all(town != other for other, _ in difference.merged):
            difference.dissolved.append(current[ags])
    left = len(difference.dissolved) + len(difference.merged)
    if left > max(20, MOST_GONE * len(current)) and not many_may_go:
        raise BrokenFile(
            f"{left} von {len(current)} Gemeinden würden verschwinden. Ist die Datei abgeschnitten? "
            "Wenn das so sein soll: --many-may-go"
        )
    difference.kept = [(current[ags], record) for ags, record in register.towns.items() if ags in current]
    for town, record in difference.pairs:
        if named(town, record) != town.official_name:
            difference.renamed.append((town, record))
        if association_key(record, register) != (town.association.key if town.association else None) or (
            record.ags[:5] != (town.district.key if town.district else record.ags[:5])
        ):
            difference.moved.append((town, record))
        values = values_of(record, difference, town)
        if any(getattr(town, name) != value for name, value in values.items()):
            difference.revised.append((town, record))
    difference.hints = _likely_successors(difference)
    return difference


def association_key(record: TownRecord, register: Register) -> str | None:
    """The key of the Gemeindeverband that administers it, None for an Einheitsgemeinde."""
    key = record.ars[:9]
    return None if register.associations[key].kind == NO_ASSOCIATION else key


def named(town: Town | None, record: TownRecord) -> str:
    """The official name, not the one that the fixed-width form has cut."""
    new = record.official_name
    if town and len(new) >= CUT_NAME - 1 and town.official_name.startswith(new):
        return town.official_name
    return new


def values_of(record: TownRecord, difference: Difference, town: Town | None = None) -> dict:
    """Column → value as the register wants it; what it does not know stays as `town` has it."""
    register = difference.register
    official = named(town, record)
    name, addition = split_name(official)
    unit = register.associations[record.ars[:9]].inhabitants
    values = {
        "ags": record.ags,
        "ars": record.ars,
        "name": name,
        "addition": addition[:120],
        "official_name": official,
        "distinction": difference.distinctions[record.ags] if register.complete else record.distinction,
        "kind": record.kind,
        "inhabitants": record.inhabitants,
        "inhabitants_as_of": register.population_as_of if record.inhabitants is not None else None,
        "area_km2": record.area_km2,
        "postcode": record.postcode,
        "latitude": record.latitude,
        "longitude": record.longitude,
        "size_class": SizeClass.of_inhabitants(unit) if unit is not None and record.is_municipality else None,
    }
    if town:
        known = [
            name for name in ("inhabitants", "latitude", "area_km2", "size_class") if values[name] is None
        ]
        beside = {"inhabitants": ["inhabitants_as_of"], "latitude": ["longitude"]}
        for name in known:
            for each in [name, *beside.get(name, [])]:
                values[each] = getattr(town, each)
        values["postcode"] = values["postcode"] or town.postcode
        if not register.complete:
            values["distinction"] = town.distinction  # only a whole register knows all namesakes
    return values


def newest_vintage() -> date | None:
    """The Gebietsstand of the newest register that was read."""
    newest = RegisterImport.objects.of_register().newest_first().first()
    return newest.as_of if newest else None


def _refuse_older(register: Register) -> None:
    newest = newest_vintage()
    if newest and register.as_of < newest:
        raise BrokenFile(
            f"Diese Datei (Stand {register.as_of:%d.%m.%Y}) ist älter als das eingelesene Verzeichnis "
            f"({newest:%d.%m.%Y}). Nur ihre Zahlen lassen sich nachtragen: --only-figures"
        )


def _take_changes(difference: Difference, changes, created, gone) -> None:
    """Successions and new keys as the change file says; takes what it settles out of `created` and `gone`."""
    for change in changes:
        problem = _take_change(difference, change, created, gone)
        if problem:
            raise BrokenFile(Problem(change.line, *problem))


def _take_change(difference: Difference, change: Change, created, gone) -> tuple[str, str] | None:
    """Settle one change, or say which field does not fit and why."""
    register = difference.register
    if change.new not in register.towns:
        return "Feld „neu“", f"Die Gemeinde {change.new} steht nicht im Verzeichnis."
    if change.old in register.towns:
        return "Feld „alt“", f"Die Gemeinde {change.old} steht noch im Verzeichnis."
    if change.kind == SAME:
        if change.new in created and change.old in gone:
            difference.rekeyed.append((gone.pop(change.old), created.pop(change.new)))
        elif change.old in gone:
            return "Feld „art“", f"{change.new} gibt es schon: Hier kann nur „nachfolge“ stehen."
        return None  # done by an earlier run
    rows = Town.objects.of_the_register().dissolved().filter(ags=change.old)
    town = gone.get(change.old) or rows.order_by("-valid_until", "-pk").first()
    if town is None:
        return "Feld „alt“", f"Die Gemeinde {change.old} kennt die Plattform nicht."
    if change.since <= town.valid_from:
        return "Feld „seit“", f"Am {town.valid_from:%d.%m.%Y} stand die Gemeinde noch im Verzeichnis."
    if change.since > register.as_of:
        return "Feld „seit“", f"Der Tag liegt nach dem Gebietsstand {register.as_of:%d.%m.%Y}."
    if change.old in gone or not _is_known(town, change):
        difference.merged.append((town, change))
    return None


def _is_known(town: Town, change: Change) -> bool:
    same = town.succeeded_by.filter(successor__ags=change.new, since=change.since, note=change.note)
    return town.valid_until == change.since and same.exists()


def _find_new_keys(difference: Difference, created, gone) -> None:
    """Pair what goes with what comes where name and area are the same: one town under a new key."""
    merged = {town.pk for town, _ in difference.merged}
    groups: dict[tuple[str, str], tuple[list, list]] = defaultdict(lambda: ([], []))
    for town in gone.values():
        if town.pk not in merged:
            groups[town.ags[:2], town.official_name][0].append(town)
    for record in created.values():
        groups[record.ags[:2], record.official_name][1].append(record)
    for towns, records in groups.values():
        if len(towns) == len(records) == 1 and _same_area(towns[0], records[0]):
            difference.rekeyed.append((towns[0], records[0]))
            del gone[towns[0].ags], created[records[0].ags]


def _same_area(town: Town, record: TownRecord) -> bool:
    old, new = town.area_km2, record.area_km2
    return bool(old and new) and abs(float(old - new)) <= SAME_AREA * float(old)


def _find_returned(difference: Difference, created) -> None:
    """Rows once dissolved that a register names again under the old key and name."""
    if not created:
        return
    rows = Town.objects.of_the_register().dissolved().filter(succeeded_by__isnull=True)
    for town in rows.select_related("district", "association").order_by("valid_until", "pk"):
        record = created.get(town.ags)
        if record and named(town, record) == town.official_name:
            difference.returned.append((town, created.pop(town.ags)))


def _likely_successors(difference: Difference) -> dict[str, str]:
    """AGS of a dissolved municipality → a neighbour in its Kreis that grew by about its area; a hint only."""
    found = {}
    grown = defaultdict(list)
    for town, record in difference.kept:
        if town.area_km2 and record.area_km2 and record.area_km2 > town.area_km2:
            grown[record.ags[:5]].append((float(record.area_km2 - town.area_km2), record))
    for town in difference.dissolved:
        area = float(town.area_km2 or 0)
        fitting = [record for growth, record in grown[town.ags[:5]] if area and growth >= 0.98 * area]
        if len(fitting) == 1:
            found[town.ags] = f"{fitting[0].official_name} ({fitting[0].ags})"
    return found
