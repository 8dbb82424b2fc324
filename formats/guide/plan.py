"""Plan: a whole decision tree as an immutable value, and what follows from its shape alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

MOST_QUESTIONS = 7  # on one way: `domain.md` 2.6
WEIGHT_LIMIT = 3


@dataclass(frozen=True)
class Option:
    """One answer. It leads to a question (`next`) or to an outcome; a draft may still lack both.

    `weights` says how much the answer speaks for a Steckbrief (slug → −3 … 3); `pro` and `contra` are
    the reasons given for positive and for negative weights.
    """

    key: str
    text: str
    hint: str = ""
    unsure: bool = False
    next: str = ""
    outcome: str = ""
    pro: str = ""
    contra: str = ""
    weights: dict[str, int] = field(default_factory=dict)

    @property
    def target(self) -> tuple[str, str]:
        """Kind and key of what comes after: `("question", …)`, `("outcome", …)` or two empty texts."""
        if self.next:
            return "question", self.next
        return ("outcome", self.outcome) if self.outcome else ("", "")


@dataclass(frozen=True)
class Question:
    key: str
    label: str
    text: str
    why: str = ""
    options: tuple[Option, ...] = ()

    def option(self, key: str) -> Option | None:
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True)
class Entry:
    """A Steckbrief or another tree in an outcome, with its reason."""

    slug: str
    reason: str


@dataclass(frozen=True)
class Link:
    """`checked` is the day somebody opened the address; None means: not checked yet."""

    title: str
    url: str
    note: str = ""
    checked: date | None = None


@dataclass(frozen=True)
class Outcome:
    """Where a way ends. With `ranking` the answers choose the formats, otherwise `entries` name them."""

    key: str
    title: str
    text: str = ""
    ranking: bool = False
    entries: tuple[Entry, ...] = ()
    against: tuple[Entry, ...] = ()
    links: tuple[Link, ...] = ()
    trees: tuple[Entry, ...] = ()
    next_step: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.ranking or self.entries or self.links or self.trees)


@dataclass(frozen=True)
class Plan:
    """A tree: questions and outcomes by key, in the order of the file. The first question begins.

    `shown_in` are the Steckbriefe that show a card of this tree.
    """

    position: int
    title: str
    summary: str
    note: str
    responsible: str
    as_of: date
    review_due: date | None
    shown_in: tuple[str, ...]
    questions: dict[str, Question]
    outcomes: dict[str, Outcome]

    @cached_property
    def start(self) -> Question | None:
        return next(iter(self.questions.values()), None)

    @cached_property
    def candidates(self) -> tuple[str, ...]:
        """Every Steckbrief that some answer weighs, in the order of the file."""
        slugs = (slug for question in self.questions.values() for o in question.options for slug in o.weights)
        return tuple(dict.fromkeys(slugs))

    @cached_property
    def is_ranking(self) -> bool:
        return any(outcome.ranking for outcome in self.outcomes.values())

    def following(self, question: Question) -> Iterator[Question]:
        """The questions its answers lead to, each once; targets that do not exist are passed over."""
        keys = dict.fromkeys(option.next for option in question.options if option.next in self.questions)
        return (self.questions[key] for key in keys)

    @cached_property
    def longest(self) -> dict[str, int]:
        """Question key → questions on the longest way from here, this one included.

        A way that runs into a circle counts up to where it closes. Without recursion: an imported
        tree may be deep.
        """
        found: dict[str, int] = {}
        for root in self.questions.values():
            open_keys, stack = set(), [(root, False)]
            while stack:
                question, is_done = stack.pop()
                if is_done:
                    open_keys.discard(question.key)
                    deepest = (found.get(other.key, 0) for other in self.following(question))
                    found[question.key] = 1 + max(deepest, default=0)
                elif question.key not in found and question.key not in open_keys:
                    open_keys.add(question.key)
                    stack.append((question, True))
                    stack += [(other, False) for other in self.following(question)]
        return found

    def reachable_from(self, start: Question | None) -> set[str]:
        """Keys of all questions that can be asked from here on, `start` included."""
        seen: set[str] = set()
        waiting = [start] if start else []
        while waiting:
            question = waiting.pop()
            if question.key not in seen:
                seen.add(question.key)
                waiting += self.following(question)
        return seen
