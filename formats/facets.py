"""Facets of the catalogue: which Steckbriefe remain, and how many each further choice would leave.

Pure functions over the published rows of one catalogue (some dozens, loaded in two queries), so
that every count is exact and costs no query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import QueryDict

from foundation.kit.text import german_slug
from formats.models import Effort, Format, Mode, Provenance, Purpose

# Working time somebody has, in minutes; a Steckbrief fits if its shortest form fits.
TIMES = {
    "30-minuten": ("bis 30 Minuten", 30),
    "2-stunden": ("bis 2 Stunden", 120),
    "halber-tag": ("bis einen halben Tag", 240),
    "ein-tag": ("bis einen Tag", 480),
    "mehrere-tage": ("mehrere Tage oder länger", None),
}
# People who take part, from–to; a Steckbrief fits if the spans meet.
GROUPS = {
    "allein": ("1 Person", 1, 1),
    "klein": ("2 bis 8 Personen", 2, 8),
    "mittel": ("9 bis 25 Personen", 9, 25),
    "gross": ("26 bis 80 Personen", 26, 80),
    "sehr-gross": ("über 80 Personen", 81, None),
}


def _fits_time(format: Format, value: str) -> bool:
    span = format.duration_minutes
    if span is None:
        return False
    available = TIMES[value][1]
    return span[1] > 480 if available is None else span[0] <= available


def _fits_group(format: Format, value: str) -> bool:
    _, start, end = GROUPS[value]
    if format.group_from is None:
        return False
    return (end is None or format.group_from <= end) and (format.group_to is None or format.group_to >= start)


@dataclass(frozen=True)
class Facet:
    """One question of the filter. `fits` says whether a Steckbrief answers it with a value."""

    name: str
    label: str
    fits: Callable[[Format, str], bool]
    choices: tuple[tuple[str, str], ...]
    several: bool = True  # check boxes joined by "or"; otherwise one choice


@dataclass(frozen=True)
class Option:
    """One value of a facet with the number of Steckbriefe it would leave, all else unchanged."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Chip:
    """A chosen value and the query string of the page without it."""

    label: str
    query: str


def facets_for(formats: Iterable[Format]) -> list[Facet]:
    """The facets of a catalogue; topics are those its Steckbriefe carry."""
    topics = {topic.slug: topic.name for format in formats for topic in format.topics.all()}
    return [
        Facet("zweck", "Zweck", lambda format, value: value in format.purposes, tuple(Purpose.choices)),
        Facet("modus", "Modus", lambda format, value: format.mode == value, tuple(Mode.choices)),
        Facet(
            "zeit",
            "Zeit, die Sie haben",
            _fits_time,
            tuple((key, entry[0]) for key, entry in TIMES.items()),
            several=False,
        ),
        Facet(
            "gruppe",
            "Gruppengröße",
            _fits_group,
            tuple((key, entry[0]) for key, entry in GROUPS.items()),
            several=False,
        ),
        Facet("aufwand", "Aufwand", lambda format, value: format.effort == value, tuple(Effort.choices)),
        Facet(
            "thema",
            "Thema",
            lambda format, value: any(topic.slug == value for topic in format.topics.all()),
            tuple(sorted(topics.items())),
        ),
        Facet(
            "herkunft",
            "Herkunft",
            lambda format, value: format.provenance == value,
            tuple(Provenance.choices),
        ),
        Facet("erprobt", "Erprobung", _is_tried, (("ja", "erprobt, mit Beleg"), ("nein", "ohne Beleg"))),
    ]


def _is_tried(format: Format, value: str) -> bool:
    return (format.trial_count > 0) == (value == "ja")


def narrow(formats: list[Format], facets: list[Facet], chosen: dict[str, list[str]], text: str = ""):
    """The Steckbriefe that fit, and each facet with its counted options.

    Within a facet any chosen value suffices, between facets all must hold. A count answers: how
    many would remain if this value alone were chosen in its facet?
    """
    words = german_slug(text).split("-") if text else []
    readable = [format for format in formats if _contains(format, words)]
    fits = {
        facet.name: [
            {value for value, _ in facet.choices if facet.fits(format, value)} for format in readable
        ]
        for facet in facets
    }
    passed = {
        facet.name: [
            not chosen.get(facet.name) or not values.isdisjoint(chosen[facet.name])
            for values in fits[facet.name]
        ]
        for facet in facets
    }
    places = range(len(readable))
    counted = []
    for facet in facets:
        others = [passed[other.name] for other in facets if other is not facet]
        open_places = [place for place in places if all(column[place] for column in others)]
        values = fits[facet.name]
        picked = chosen.get(facet.name, [])
        options = [
            Option(value, label, sum(value in values[place] for place in open_places), value in picked)
            for value, label in facet.choices
        ]
        counted.append((facet, options))
    found = [readable[place] for place in places if all(passed[facet.name][place] for facet in facets)]
    return found, counted


def chips_of(counted, text: str, query: QueryDict) -> list[Chip]:
    """One removable chip per chosen value and one for the text."""
    chips = []
    if text:
        chips.append(Chip(f"„{text}“", _without(query, "q", text)))
    for facet, options in counted:
        chips += [
            Chip(f"{facet.label}: {option.label}", _without(query, facet.name, option.value))
            for option in options
            if option.chosen
        ]
    return chips


def _without(query: QueryDict, name: str, value: str) -> str:
    rest = query.copy()
    rest.pop("seite", None)
    rest.setlist(name, [item for item in rest.getlist(name) if item.strip() != value])
    return rest.urlencode()


def _contains(format: Format, words: list[str]) -> bool:
    if not words:
        return True
    parts = [format.title, format.summary, format.goal, format.result, *format.occasions]
    parts += [*format.target_groups, *format.tools, *(topic.name for topic in format.topics.all())]
    text = german_slug(" ".join(parts))
    return all(word in text for word in words)
