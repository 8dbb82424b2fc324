"""What the pages of the guide show: where somebody stands, the way there, and the result in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from urllib.parse import quote

from django.conf import settings

from formats.editions import Edition
from formats.guide import counting
from formats.guide.editions import TreeEdition, find_revision
from formats.guide.plan import Link, Outcome
from formats.guide.scoring import Rated, Reason, equals, in_front, missed_by, rate
from formats.guide.walk import (
    State,
    Step,
    Trouble,
    answers_after,
    answers_without,
    query_of,
    read_address,
    walk,
)

TIE_RULE = "Unter Gleichen steht vorn, was weniger Vorbereitung braucht."
_UNKNOWN = Decimal(100_000)  # behind everything that is known


@dataclass(frozen=True)
class Choice:
    """An answer on the page, with the address it leads to."""

    text: str
    hint: str
    unsure: bool
    url: str


@dataclass(frozen=True)
class Given:
    """An answer given before, with the address where it can be changed."""

    label: str
    question: str
    answer: str
    change_url: str


class Place:
    """Where somebody stands in a tree, and every address that leads on from here.

    `newer` is set where somebody finishes on a revision that has been replaced meanwhile.
    """

    def __init__(self, edition: TreeEdition, state: State, *, newer: TreeEdition | None = None, trouble=()):
        self.edition, self.state, self.newer = edition, state, newer
        self.plan, self.question, self.outcome = edition.plan, state.question, state.outcome
        self.trouble = [str(one) for one in dict.fromkeys((*trouble, *state.trouble))]

    @property
    def is_start(self) -> bool:
        return not self.state.steps and not self.state.later

    def url(self, answers: dict[str, str]) -> str:
        number = None if self.edition.is_draft else self.edition.number
        return self.edition.url + query_of(answers, number)

    @property
    def here(self) -> str:
        """The address of this place, in the order of the way."""
        return self.url(self.state.answers | self.state.later)

    @property
    def query(self) -> str:
        return self.here.partition("?")[2]

    @property
    def newer_url(self) -> str:
        return self.newer.url + query_of(self.state.answers | self.state.later, self.newer.number)

    @property
    def back_url(self) -> str:
        """One question back: the last answer is taken away, whatever was planned for later stays."""
        return self.url(answers_without(self.state, -1)) if self.state.steps else ""

    @property
    def choices(self) -> list[Choice]:
        return [
            Choice(
                option.text,
                option.hint,
                option.unsure,
                self.url(answers_after(self.plan, self.state, option)),
            )
            for option in self.question.options
        ]

    @property
    def given(self) -> list[Given]:
        return [
            Given(
                step.question.label,
                step.question.text,
                step.option.text,
                self.url(answers_without(self.state, index)),
            )
            for index, step in enumerate(self.state.steps)
        ]

    @property
    def houses(self) -> list[str]:
        """One house per question that can come: `done`, `here` or `ahead`."""
        done = len(self.state.steps)
        return ["done"] * done + ["here"] + ["ahead"] * (self.state.left - 1)

    @property
    def pdf_url(self) -> str:
        return self.edition.url.removesuffix("/") + ".pdf?" + self.query

    @property
    def note_url(self) -> str:
        return f"{self.edition.url}passt-nicht/?{self.query}"

    @property
    def mail_url(self) -> str:
        """Opens a letter with this result in the visitor's own mail programme; the house sends nothing."""
        subject = f"{self.plan.title} Unser Ergebnis"
        body = f"{self.outcome.title}\r\n\r\n{settings.SITE_URL}{self.here}\r\n"
        return f"mailto:?subject={quote(subject)}&body={quote(body)}"

    def count(self, response) -> None:
        """Let the page count its step each time it is sent. A draft counts nothing."""
        steps = counting.steps_of(self.state)
        if steps and not self.edition.is_draft:
            response.when_sent = partial(counting.note, self.edition.pk, steps)


def place_in(live: TreeEdition, query: str) -> Place:
    """Where an address leads: on the revision it names, if one may finish on it, else on the live one."""
    address = read_address(query)
    trouble = list(address.trouble)
    edition = find_revision(live, address.revision)
    if edition is None:
        is_old = address.revision < live.number
        trouble.append(Trouble.OTHER_REVISION if is_old else Trouble.NO_REVISION)
        edition = live
    state = walk(edition.plan, address.answers)
    newer = live if edition is not live and state.steps else None
    return Place(edition, state, newer=newer, trouble=trouble)


@dataclass(frozen=True)
class Argument:
    """A sentence for or against a Steckbrief, and the answer it follows from (empty: an editor's reason)."""

    sentence: str
    answer: str = ""


@dataclass(frozen=True)
class Suggestion:
    """A Steckbrief the result puts in front. `place` is shared by equals; 0 where editors set the order."""

    edition: Edition
    place: int
    pros: tuple[Argument, ...]
    cons: tuple[Argument, ...]


@dataclass(frozen=True)
class Rejected:
    """A Steckbrief that is not in front, and what spoke against it."""

    edition: Edition
    sentence: str


@dataclass(frozen=True)
class Onward:
    """Another tree that helps from here."""

    edition: TreeEdition
    reason: str


@dataclass(frozen=True)
class Result:
    """Everything a result page and its PDF say."""

    outcome: Outcome
    suggestions: list[Suggestion]
    rejected: list[Rejected]
    ties: list[str]
    links: tuple[Link, ...]
    onward: list[Onward]
    is_undecided: bool = False

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.outcome.text.split("\n\n") if part.strip()]


def result_of(place: Place, formats: dict[str, Edition], trees: dict[str, TreeEdition]) -> Result:
    """The result in words. What is not public any more (Steckbrief, other tree) is left out."""
    outcome = place.outcome
    onward = [Onward(trees[entry.slug], entry.reason) for entry in outcome.trees if entry.slug in trees]
    if not outcome.ranking:
        suggestions = [
            Suggestion(formats[entry.slug], 0, (Argument(entry.reason),), ())
            for entry in outcome.entries
            if entry.slug in formats
        ]
        rejected = [Rejected(formats[e.slug], e.reason) for e in outcome.against if e.slug in formats]
        return Result(outcome, suggestions, rejected, [], outcome.links, onward)
    candidates = [slug for slug in place.plan.candidates if slug in formats]
    rated = rate(place.state.steps, candidates, {slug: _tie_key(formats[slug]) for slug in candidates})
    is_undecided = not any(one.points > 0 for one in rated)
    front = in_front(rated)
    suggestions = [
        Suggestion(formats[one.slug], one.place, _arguments(one.pros[:4]), _arguments(one.cons[:2]))
        for one in front
    ]
    rejected = [Rejected(formats[one.slug], _against(one, front, formats)) for one in rated[len(front) :]]
    ties = [] if is_undecided else _ties(rated, front, formats)
    return Result(outcome, suggestions, rejected, ties, outcome.links, onward, is_undecided)


def _tie_key(edition: Edition) -> tuple:
    """What equals are sorted by: person-days, then the place in the catalogue."""
    format = edition.format
    days = (format.person_days_to or _UNKNOWN, format.person_days_from or _UNKNOWN)
    return (*days, format.number or 10_000, edition.slug)


def _arguments(reasons: Iterable[Reason]) -> tuple[Argument, ...]:
    return tuple(Argument(reason.sentence, reason.step.option.text) for reason in reasons)


def _against(one: Rated, front: list[Rated], formats: dict[str, Edition]) -> str:
    """One sentence: what spoke against it, or who fits better where."""
    last = front[-1]
    if one.place == last.place:
        return f"Gleichauf mit „{formats[last.slug].title}“, braucht aber nicht weniger Vorbereitung."
    if one.cons:
        said = " und ".join(dict.fromkeys(reason.sentence for reason in one.cons[:2]))
        return said[0].upper() + said[1:] + "."
    missed = missed_by(one, front[0]) or [step for other in front for step in missed_by(one, other)]
    if missed:
        labels = _joined(dict.fromkeys(f"„{step.question.label}“" for step in missed[:2]))
        return f"Nichts spricht dagegen. Bei {labels} passt „{formats[front[0].slug].title}“ besser."
    return "Nichts spricht dagegen, nur weniger dafür."


def _ties(rated: list[Rated], front: list[Rated], formats: dict[str, Edition]) -> list[str]:
    """One sentence per group of equals that the order of the page had to part."""
    sentences = []
    for group in equals(rated):
        if group[0] not in front:
            continue
        names = _joined(f"„{formats[one.slug].title}“" for one in group)
        sentences.append(f"{names} passen nach Ihren Antworten gleich gut. {TIE_RULE}")
    return sentences


def _joined(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} und {last}" if first else last


def steps_in_words(steps: Iterable[Step]) -> list[tuple[str, str]]:
    return [(step.question.text, step.option.text) for step in steps]
