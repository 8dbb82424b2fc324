"""The directory of actors: which profiles remain, and how many each further choice would leave.

Only what this reader may see is loaded, so no count betrays a hidden profile.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from foundation.kit.text import german_slug
from foundation.topics.models import TaggedItem
from towns.models import Actor, ActorForm, ActorKind, ActorQuerySet

# From how many answers on a question is folded, and how many then stay open.
LONG, OPEN = 8, 5


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One question of the filter with its counted answers; any chosen one suffices."""

    name: str
    label: str
    options: list[Option]

    @property
    def first(self) -> list[Option]:
        """What stands open: all of a short list, else the most frequent and the chosen ones."""
        if len(self.options) <= LONG:
            return self.options
        frequent = sorted(self.options, key=lambda option: -option.count)[:OPEN]
        return [option for option in self.options if option.chosen or option in frequent]

    @property
    def rest(self) -> list[Option]:
        """What is folded away."""
        first = self.first
        return [option for option in self.options if option not in first]


@dataclass(frozen=True)
class Chip:
    """A chosen value and the query string of the page without it."""

    label: str
    query: str


@dataclass(frozen=True)
class Entry:
    """One profile with the values it answers each facet with, and its text for the search field."""

    pk: int
    answers: dict[str, set[str]]
    text: str

    def has(self, words: list[str]) -> bool:
        """Whether all these words stand in it, whatever the capitals and umlauts."""
        slug = german_slug(self.text)
        return all(word in slug for word in words)


class Directory:
    """All profiles a reader may see, as entries (two queries)."""

    LABELS = {"thema": "Fachthema", "art": "Art", "form": "Profil", "land": "Land", "stadt": "Stadt"}

    def __init__(self, actors: ActorQuerySet):
        self.topics = TaggedItem.objects.on(Actor).by_thing()
        self.names: dict[str, dict[str, str]] = {
            "thema": {},
            "art": dict(ActorKind.choices),
            "form": {"person": "Personen", "organisation": "Organisationen"},
            "land": {},
            "stadt": {},
        }
        self.entries = [self._entry(row) for row in actors.alphabetical().values_list(*self.COLUMNS)]

    COLUMNS = (
        "pk",
        "name",
        "role",
        "form",
        "kind",
        "town__slug",
        "town__name",
        "town__distinction",
        "town__land__slug",
        "town__land__name",
    )

    def _entry(self, row) -> Entry:
        pk, name, role, form, kind, town, town_name, distinction, land, land_name = row
        topics = self.topics.get(pk, [])
        self.names["thema"].update(topics)
        if town:
            self.names["stadt"][town] = f"{town_name}, {distinction}" if distinction else town_name
            self.names["land"][land] = land_name
        answers = {
            "thema": {slug for slug, _ in topics},
            "art": {kind},
            "form": {form},
            "land": {land} if land else set(),
            "stadt": {town} if town else set(),
        }
        return Entry(pk, answers, " ".join([name, role, town_name or "", *(topic for _, topic in topics)]))

    def narrow(self, chosen: dict[str, list[str]], text: str = "") -> tuple[list[int], list[Facet]]:
        """Keys of the profiles that fit, in order, and the facets.

        A count answers: how many would remain if this value alone were chosen in its facet?
        """
        words = [word for word in german_slug(text).split("-") if word]
        readable = [entry for entry in self.entries if entry.has(words)] if words else self.entries
        wanted = {name: set(chosen.get(name, ())) for name in self.LABELS}
        failed = [
            {name for name, values in wanted.items() if values and values.isdisjoint(entry.answers[name])}
            for entry in readable
        ]
        facets = []
        for name, label in self.LABELS.items():
            tally: dict[str, int] = {}
            for entry, names in zip(readable, failed, strict=True):
                if names <= {name}:
                    for value in entry.answers[name]:
                        tally[value] = tally.get(value, 0) + 1
            options = [
                Option(value, text_of, tally.get(value, 0), value in wanted[name])
                for value, text_of in sorted(self.names[name].items(), key=self._place(name))
                if tally.get(value) or value in wanted[name]
            ]
            facets.append(Facet(name, label, options))
        found = [entry.pk for entry, names in zip(readable, failed, strict=True) if not names]
        return found, facets

    def _place(self, name: str):
        """Closed lists keep their order, the others go by alphabet."""
        if name in ("art", "form"):
            order = list(ActorKind.values if name == "art" else ActorForm.values)
            return lambda item: order.index(item[0])
        return lambda item: german_slug(item[1])


def chips_of(facets: list[Facet], text: str, query: QueryDict) -> list[Chip]:
    """One removable chip per chosen value and one for the text."""
    chips = [Chip(f"„{text}“", _without(query, "q", query.get("q", "")))] if text else []
    return chips + [
        Chip(f"{facet.label}: {option.label}", _without(query, facet.name, option.value))
        for facet in facets
        for option in facet.options
        if option.chosen
    ]


def _without(query: QueryDict, name: str, value: str) -> str:
    rest = query.copy()
    rest.pop("seite", None)
    rest.setlist(name, [item for item in rest.getlist(name) if item != value])
    return rest.urlencode()
