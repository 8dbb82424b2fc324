"""The directory on the shelf: eleven thousand towns in memory, ready to be filtered and counted.

What the register says changes once a quarter, so it is read once per process and kept until the
database holds another register (`Shelf.version`). What towns say of themselves is asked each time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

from foundation.kit.text import german_slug
from foundation.topics.models import TaggedItem
from towns.facets import Facet, bits_of, places_of
from towns.geo import box_around, distance_km, spot_of
from towns.models import SMALL_TOWN_CLASSES, Direction, District, Location, Offer, SizeClass, Town, TownKind

RADII = {"25": "25 km", "50": "50 km", "100": "100 km", "200": "200 km"}
DEFAULT_RADIUS = "100"
ORDERS = {
    "": "Teilnehmende und Kleinstädte zuerst",
    "name": "Name",
    "neu": "neu dabei",
    "-einwohner": "Einwohner:innen, absteigend",
    "einwohner": "Einwohner:innen, aufsteigend",
    "entfernung": "Entfernung",
}
UNKNOWN = "unbekannt"
_COLUMNS = [
    "pk",
    "slug",
    "name",
    "distinction",
    "ags",
    "postcode",
    "kind",
    "land__slug",
    "land__name",
    "district_id",
    "association_id",
    "inhabitants",
    "latitude",
    "longitude",
    "size_class",
    "bbsr_type",
    "location",
    "small_town_decision",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """A current municipality as the directory needs it; `folded` are its words for the text filter."""

    pk: int
    slug: str
    name: str
    label: str
    folded: str
    name_folded: str
    ags: str
    postcode: str
    inhabitants: int | None
    place: tuple[float, float] | None
    comes_first: bool
    answers: Mapping[str, str]


class Haystack:
    """Many short texts in one, so that a word is looked for in all of them at once."""

    def __init__(self, texts: list[str]):
        self.whole = "".join(f"\n{text}" for text in texts) + "\n"
        self.starts = list(accumulate((len(text) + 1 for text in texts), initial=0))

    def holding(self, word: str) -> list[int]:
        """The numbers of the texts that hold the word, upwards."""
        found, at = [], self.whole.find(word)
        while at >= 0:
            number = bisect_right(self.starts, at) - 1
            found.append(number)
            at = self.whole.find(word, self.starts[number + 1])
        return found

    def beginning_with(self, word: str) -> list[int]:
        return self.holding(f"\n{word}")


@dataclass(frozen=True)
class Shelf:
    """All entries, Kleinstädte first and then by alphabet, with a set per value of each facet."""

    version: tuple
    entries: list[Entry]
    laender: dict[str, str]
    districts: dict[str, tuple[str, str]]  # key → label, slug of the Land
    memo: dict[str, Any] = field(default_factory=dict)  # what others work out from the same register

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def everything(self) -> int:
        return (1 << len(self.entries)) - 1

    @cached_property
    def place_of(self) -> dict[int, int]:
        """Key of a town → its place."""
        return {entry.pk: place for place, entry in enumerate(self.entries)}

    @cached_property
    def sets(self) -> dict[str, dict[str, int]]:
        """Facet → value → set of towns."""
        lists: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, entry in enumerate(self.entries):
            for name, value in entry.answers.items():
                lists[name][value].append(place)
        size = len(self.entries)
        return {
            name: {value: bits_of(places, size) for value, places in values.items()}
            for name, values in lists.items()
        }

    @cached_property
    def orders(self) -> dict[str, list[int]]:
        """Name of an order → all places; unknown numbers come last in both directions."""
        size = range(len(self.entries))
        by_name = sorted(size, key=lambda n: (self.entries[n].name_folded, self.entries[n].slug))
        known = [n for n in by_name if self.entries[n].inhabitants is not None]
        unknown = [n for n in by_name if self.entries[n].inhabitants is None]
        upwards = sorted(known, key=lambda n: self.entries[n].inhabitants)
        downwards = sorted(known, key=lambda n: -self.entries[n].inhabitants)
        return {"name": by_name, "einwohner": upwards + unknown, "-einwohner": downwards + unknown}

    @cached_property
    def spots(self) -> list[tuple[int, int] | None]:
        """Where on the map each town lies, in whole kilometres; None is unknown."""
        return [spot_of(*entry.place) if entry.place else None for entry in self.entries]

    @cached_property
    def texts(self) -> tuple[Haystack, Haystack, Haystack]:
        """Names, AGS and postcodes for the text filter."""
        return (
            Haystack([entry.folded for entry in self.entries]),
            Haystack([entry.ags for entry in self.entries]),
            Haystack([entry.postcode for entry in self.entries]),
        )

    def matching(self, text: str) -> int:
        """Whose name holds all words; a number is the beginning of an AGS or a postcode."""
        names, keys, postcodes = self.texts
        found = self.everything
        for word in german_slug(text).split("-"):
            if word:
                places = names.holding(word)
                if word.isdecimal():
                    places += keys.beginning_with(word) + postcodes.beginning_with(word)
                found &= bits_of(places, len(self))
        return found

    def named(self, text: str) -> list[Entry]:
        """Who may be meant by a slug, a name, or name and Kreis: one, or several to choose from."""
        folded = german_slug(text)
        if not folded:
            return []
        exact = [entry for entry in self.entries if entry.slug == folded]
        same = exact or [entry for entry in self.entries if entry.name_folded == folded]
        return same or [self.entries[n] for n in places_of(self.matching(text), len(self))]

    def districts_in(self, laender: list[str], chosen: list[str]) -> tuple[tuple[str, str], ...]:
        """Kreise of the chosen Länder, and the chosen ones themselves, as choices by alphabet."""
        found = [
            (key, label) for key, (label, land) in self.districts.items() if land in laender or key in chosen
        ]
        return tuple(sorted(found, key=lambda choice: (german_slug(choice[1]), choice[0])))


_kept: Shelf | None = None


def forget() -> None:
    """Read the register anew at the next request (tests, whose databases come and go)."""
    global _kept
    _kept = None


def shelf() -> Shelf:
    """The register as this process keeps it, read anew where the database holds another (two queries)."""
    global _kept
    version = Town.objects.register_version()
    if _kept is None or _kept.version != version:
        _kept = _read(version)
    return _kept


def _read(version: tuple) -> Shelf:
    """Two queries more, a tenth of a second for the whole register."""
    districts = {
        district.pk: (district.key, district.label, district.land.slug)
        for district in District.objects.current().select_related("land")
    }
    laender: dict[str, str] = {}
    entries = []
    for row in Town.objects.current().order_by("pk").values(*_COLUMNS):
        laender[row["land__slug"]] = row["land__name"]
        entries.append(_entry(row, districts))
    entries.sort(key=lambda entry: (not entry.comes_first, entry.name_folded, entry.slug))
    by_key = {key: (label, land) for key, label, land in districts.values()}
    return Shelf(version, entries, dict(sorted(laender.items())), by_key)


def _entry(row: dict, districts: dict[int, tuple[str, str, str]]) -> Entry:
    size = row["bbsr_type"] or row["size_class"]
    small = row["small_town_decision"]
    if small is None:
        small = size in SMALL_TOWN_CLASSES
    inhabitants, name = row["inhabitants"], row["name"]
    # Of the many villages of a Verband, its towns come first; the others follow after all Kleinstädte.
    stands_alone = row["association_id"] is None or row["kind"] != TownKind.GEMEINDE
    label = f"{name}, {row['distinction']}" if row["distinction"] else name
    return Entry(
        pk=row["pk"],
        slug=row["slug"],
        name=name,
        label=label,
        folded=german_slug(label),
        name_folded=german_slug(name),
        ags=row["ags"],
        postcode=row["postcode"],
        inhabitants=inhabitants,
        place=None if row["latitude"] is None else (row["latitude"], row["longitude"]),
        comes_first=small and (stands_alone or row["small_town_decision"] is True),
        answers={
            "land": row["land__slug"],
            "kreis": districts[row["district_id"]][0] if row["district_id"] in districts else "",
            "kleinstadt": "ja" if small else "nein",
            "groesse": str(size or UNKNOWN),
            "lage": row["location"] or UNKNOWN,
        },
    )


@dataclass(frozen=True)
class Voices:
    """What towns say of themselves, asked anew for each page (three queries)."""

    since: dict[int, Any]  # key of a teilnehmende Stadt → the moment it began
    topics: dict[int, list[tuple[str, str]]]
    offers: dict[int, dict[str, int]]  # key → direction → how many


def voices() -> Voices:
    since = dict(Town.objects.participating().values_list("pk", "participating_since"))
    topics = {key: found for key, found in TaggedItem.objects.on(Town).by_thing().items() if key in since}
    offers: dict[int, dict[str, int]] = {}
    for key, direction, count in Offer.objects.tally():
        if key in since:
            offers.setdefault(key, {})[direction] = count
    return Voices(since, topics, offers)


def facets_of(shelf: Shelf, voices: Voices, laender: list[str], kreise: list[str]) -> list[Facet]:
    """The facets of the directory; what nobody answers is left out.

    Kreise are offered for the chosen Länder only: four hundred would drown the page.
    """
    size, sets = len(shelf), shelf.sets
    at = {key: shelf.place_of[key] for key in voices.since if key in shelf.place_of}
    part = bits_of(at.values(), size)
    names: dict[str, str] = {}
    by_topic: dict[str, list[int]] = defaultdict(list)
    for key, topics in voices.topics.items():
        for slug, name in topics:
            names[slug] = name
            by_topic[slug] += [at[key]] if key in at else []
    by_direction = {
        direction: bits_of(
            (at[key] for key, said in voices.offers.items() if direction in said and key in at), size
        )
        for direction in Direction.values
    }
    classes = [(str(value), label) for value, label in SizeClass.choices] + [(UNKNOWN, "unbekannt")]
    places = [*Location.choices, (UNKNOWN, "unbekannt")]
    facets = [
        Facet(
            "teilnehmend",
            "Dabei",
            (("ja", "teilnehmende Stadt"), ("nein", "noch nicht dabei")),
            {"ja": part, "nein": shelf.everything & ~part},
        ),
        Facet("angebot", "Sucht oder bietet", tuple(Direction.choices), by_direction),
        Facet(
            "thema",
            "Thema",
            tuple(sorted(names.items())),
            {slug: bits_of(places, size) for slug, places in by_topic.items()},
        ),
        Facet("land", "Land", tuple(shelf.laender.items()), sets.get("land", {})),
        Facet(
            "kreis",
            "Kreis",
            shelf.districts_in(laender, kreise),
            sets.get("kreis", {}),
            several=False,
        ),
        Facet(
            "kleinstadt",
            "Kleinstadt",
            (("ja", "Kleinstadt"), ("nein", "größer oder kleiner")),
            sets.get("kleinstadt", {}),
        ),
        Facet("groesse", "Größenklasse", tuple(_answered(classes, sets, "groesse")), sets.get("groesse", {})),
        Facet("lage", "Lage", tuple(_answered(places, sets, "lage")), sets.get("lage", {})),
    ]
    # Kreise stay without choices, so that an unknown one is refused; one place alone is no question.
    least = {"kreis": 0, "lage": 2}
    return [facet for facet in facets if len(facet.choices) >= least.get(facet.name, 1)]


def _answered(choices: list[tuple[str, str]], sets: dict, name: str) -> list[tuple[str, str]]:
    return [(value, label) for value, label in choices if value in sets.get(name, {})]


def taking_part(shelf: Shelf, voices: Voices) -> int:
    """The teilnehmende Städte as a set."""
    return bits_of((shelf.place_of[key] for key in voices.since if key in shelf.place_of), len(shelf))


def near(shelf: Shelf, origin: Entry, km: float) -> dict[int, float]:
    """Place → kilometres from `origin`, of all within `km` of it (one query for the box)."""
    if origin.place is None:
        return {}
    rows = Town.objects.current().within(*box_around(*origin.place, km))
    away = {}
    for key, latitude, longitude in rows.values_list("pk", "latitude", "longitude"):
        distance = distance_km(*origin.place, latitude, longitude)
        if distance <= km and key in shelf.place_of:
            away[shelf.place_of[key]] = distance
    return away


def in_order(
    shelf: Shelf, voices: Voices, found: int, order: str, text: str, away: dict[int, float]
) -> list[int]:
    """The places found, one after the other as a reader wants them."""
    size = len(shelf)
    if order == "entfernung" and away:
        nearest = sorted(away, key=lambda place: (away[place], place))
        return places_of(found, size, nearest)
    if order == "neu":
        since = {shelf.place_of[key]: at for key, at in voices.since.items() if key in shelf.place_of}
        newest = sorted(since, key=lambda place: (since[place], -place), reverse=True)
        return places_of(found, size, newest) + places_of(found & ~bits_of(newest, size), size)
    if order in shelf.orders:
        return places_of(found, size, shelf.orders[order])
    first = taking_part(shelf, voices)
    groups = [first, ~first]
    wanted = german_slug(text)
    if wanted:  # who is called exactly so, then whose name begins so
        begins = shelf.texts[0].beginning_with(wanted)
        exact = bits_of((n for n in begins if shelf.entries[n].name_folded == wanted), size)
        alike = bits_of(begins, size)
        groups = [rank & group for rank in (exact, alike & ~exact, ~alike) for group in groups]
    return [place for group in groups for place in places_of(found & group, size)]
