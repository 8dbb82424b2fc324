"""A register as it was read: districts, associations and municipalities by key, checked as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from towns.models.vocabulary import LAENDER, NO_MUNICIPALITY, AssociationKind, DistrictKind, TownKind
from towns.register.problems import BrokenFile, ProblemList
from towns.register.values import (
    Cell,
    coordinate,
    decimal_number,
    hectares,
    key_of,
    postcode,
    text_of,
    whole_number,
)

# The register writes this for a municipality that administers itself: no association of its own.
NO_ASSOCIATION = "50"
# The levels between the Länder and the Kreise; they are checked and not kept.
REGIONS = ("20", "30")
LEVELS = ("10", *REGIONS, "40", "50", "60")


@dataclass(frozen=True, slots=True)
class DistrictRecord:
    key: str
    official_name: str
    kind: str
    seat: str = ""


@dataclass(frozen=True, slots=True)
class AssociationRecord:
    """`kind` can be `NO_ASSOCIATION`. `inhabitants` is the sum over its municipalities."""

    key: str
    official_name: str
    kind: str
    seat: str = ""
    inhabitants: int | None = None


@dataclass(frozen=True, slots=True)
class TownRecord:
    """Inhabitants unknown are None, never 0. `slug` and `distinction` are given by content files only."""

    ags: str
    ars: str
    official_name: str
    kind: str
    area_km2: Decimal | None = None
    inhabitants: int | None = None
    male: int | None = None
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None
    slug: str = ""
    distinction: str = ""

    @property
    def is_municipality(self) -> bool:
        return self.kind not in NO_MUNICIPALITY


@dataclass
class Register:
    """One vintage. `complete` says whether what is missing in it has been dissolved."""

    kind: str
    source: str
    file_name: str
    digest: str
    as_of: date
    population_as_of: date
    complete: bool = True
    districts: dict[str, DistrictRecord] = field(default_factory=dict)
    associations: dict[str, AssociationRecord] = field(default_factory=dict)
    towns: dict[str, TownRecord] = field(default_factory=dict)


class Collector:
    """Takes the records of a file one by one, checks each and, at the end, all of them together.

    `names` says for each part of a record what its field is called in the file at hand.
    """

    def __init__(self, names: dict[str, str]):
        self.names = names
        self.problems = ProblemList()
        self.lines: dict[tuple[str, str], int] = {}
        self.laender: set[str] = set()
        self.districts: dict[str, DistrictRecord] = {}
        self.associations: dict[str, AssociationRecord] = {}
        self.towns: dict[str, TownRecord] = {}

    def take(self, line: int, level: str, cells: dict[str, Cell]) -> None:
        """One record; what is wrong with it is noted with line and field."""
        before = len(self.problems.found)
        if level not in LEVELS:
            self.problems.add(line, self.names["level"], f"Die Satzart „{level[:20]}“ gibt es nicht.")
            return
        reader = _Reader(line, cells, self)
        land = reader.read("land", key_of, 2)
        if land and land not in LAENDER:
            self.problems.add(line, self.names["land"], f"Ein Land mit dem Schlüssel {land} gibt es nicht.")
        name = reader.read("name", text_of) or ""
        if not name:
            self.problems.add(line, self.names["name"], "Der Name fehlt.")
        if level == "10":
            self.laender.add(land or "")
        if level in ("10", *REGIONS) or not land:
            return
        district = f"{land}{reader.read('rb', key_of, 1)}{reader.read('kreis', key_of, 2)}"
        if len(self.problems.found) > before:
            return
        if level == "40":
            self._take_district(reader, district, name)
        elif level == "50":
            self._take_association(reader, district, name)
        else:
            self._take_town(reader, district, name)

    def _take_district(self, reader: _Reader, key: str, name: str) -> None:
        kind = reader.kind(DistrictKind.values)
        if self._is_new(reader.line, "40", key, "Kreis"):
            self.districts[key] = DistrictRecord(key, name, kind, reader.read("seat", text_of) or "")

    def _take_association(self, reader: _Reader, district: str, name: str) -> None:
        verband = reader.read("verband", key_of, 4)
        kind = reader.kind([NO_ASSOCIATION, *AssociationKind.values])
        key = f"{district}{verband}"
        if verband and self._is_new(reader.line, "50", key, "Gemeindeverband"):
            self.associations[key] = AssociationRecord(key, name, kind, reader.read("seat", text_of) or "")

    def _take_town(self, reader: _Reader, district: str, name: str) -> None:
        verband, gemeinde = reader.read("verband", key_of, 4), reader.read("gemeinde", key_of, 3)
        kind = reader.kind(TownKind.values)
        if not verband or not gemeinde:
            return
        ags = f"{district}{gemeinde}"
        area = reader.read("area", decimal_number) if "area" in reader.cells else reader.read("ha", hectares)
        if area is not None:
            area = area.quantize(Decimal("0.01"))
        inhabitants, male = reader.read("inhabitants", whole_number), reader.read("male", whole_number)
        if inhabitants is not None and male is not None and male > inhabitants:
            self.problems.add(
                reader.line,
                self.names["male"],
                f"{male} von {inhabitants} Einwohner:innen können nicht sein.",
            )
        if inhabitants == 0 and kind not in NO_MUNICIPALITY:
            inhabitants = None  # the register's way to say that it does not know
        latitude, longitude = self._place(reader, kind)
        if self._is_new(reader.line, "60", ags, "Gemeinde"):
            self.towns[ags] = TownRecord(
                ags=ags,
                ars=f"{district}{verband}{gemeinde}",
                official_name=name,
                kind=kind,
                area_km2=area,
                inhabitants=inhabitants,
                male=male if inhabitants is not None else None,
                postcode=reader.read("postcode", postcode) or "",
                latitude=latitude,
                longitude=longitude,
            )

    def _place(self, reader: _Reader, kind: str) -> tuple[float | None, float | None]:
        """Latitude and longitude: both or neither."""
        zeros = [str(reader.cells.get(part)) == "0" for part in ("latitude", "longitude")]
        if all(zeros) and kind in NO_MUNICIPALITY:
            return None, None  # areas on a border: the register has no middle for them
        before = len(self.problems.found)
        latitude = reader.read("latitude", coordinate, "Breitengrad")
        longitude = reader.read("longitude", coordinate, "Längengrad")
        if (latitude is None) != (longitude is None) and len(self.problems.found) == before:
            missing = "latitude" if latitude is None else "longitude"
            self.problems.add(reader.line, self.names[missing], "Eine der beiden Koordinaten fehlt.")
        return latitude, longitude

    def _is_new(self, line: int, level: str, key: str, word: str) -> bool:
        first = self.lines.setdefault((level, key), line)
        if first != line:
            self.problems.add(line, "Schlüssel", f"{word} {key} steht doppelt: schon in Zeile {first}.")
        return first == line

    def finish(self) -> None:
        """Raise `BrokenFile` unless the records make a whole register."""
        self.problems.raise_if_any()
        if not self.towns:
            raise BrokenFile("In der Datei steht keine einzige Gemeinde.")
        missing = sorted(set(LAENDER) - {ags[:2] for ags in self.towns})
        if missing:
            names = ", ".join(LAENDER[key][0] for key in missing)
            raise BrokenFile(f"Die Datei ist unvollständig: Keine Gemeinden aus {names}.")
        for ags, town in self.towns.items():
            line = self.lines["60", ags]
            if ags[:5] not in self.districts and town.is_municipality:
                self.problems.add(line, self.names["kreis"], f"Den Kreis {ags[:5]} nennt die Datei nicht.")
            elif town.ars[:9] not in self.associations:
                self.problems.add(
                    line, self.names["verband"], f"Den Gemeindeverband {town.ars[:9]} nennt die Datei nicht."
                )
        peopled = {town.ars[:9] for town in self.towns.values()}
        for key in self.associations.keys() - peopled:
            self.problems.add(
                self.lines["50", key], "Schlüssel", f"Zum Gemeindeverband {key} fehlen die Gemeinden."
            )
        for key in self.districts.keys() - {ags[:5] for ags in self.towns}:
            self.problems.add(self.lines["40", key], "Schlüssel", f"Zum Kreis {key} fehlen die Gemeinden.")
        self.problems.raise_if_any()
        self._sum_up()

    def _sum_up(self) -> None:
        sums: dict[str, int | None] = dict.fromkeys(self.associations, 0)
        for town in self.towns.values():
            so_far, key = sums[town.ars[:9]], town.ars[:9]
            if town.kind == TownKind.FREE_EMPTY:
                continue
            known = so_far is not None and town.inhabitants is not None
            sums[key] = so_far + town.inhabitants if known else None
        for key, record in self.associations.items():
            self.associations[key] = AssociationRecord(
                key, record.official_name, record.kind, record.seat, sums[key]
            )


class _Reader:
    """One record's cells; reading notes what is wrong instead of raising."""

    def __init__(self, line: int, cells: dict[str, Cell], collector: Collector):
        self.line, self.cells, self.collector = line, cells, collector

    def read(self, part: str, parse, *arguments):
        if part not in self.cells:
            return None
        try:
            return parse(self.cells[part], *arguments)
        except ValueError as error:
            self.collector.problems.add(self.line, self.collector.names[part], str(error))
            return None

    def kind(self, known: list[str]) -> str:
        """The Textkennzeichen; one that this level does not have is a problem."""
        kind = self.read("kind", key_of, 2)
        if kind is not None and kind not in known:
            self.collector.problems.add(
                self.line,
                self.collector.names["kind"],
                f"Das Textkennzeichen {kind} passt nicht zur Satzart.",
            )
        return kind or ""
