"""Scoring: which Steckbrief fits the answers, why, and what speaks against the rest. Pure functions.

The points of a Steckbrief are the sum of its weights over the answers given. A sum keeps two
promises: an answer that speaks for a Steckbrief never takes points from it, and „Weiß ich nicht“
changes nothing. Equal points share a place; only the order on the page then follows `tie_order`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from formats.guide.walk import Step

SHOWN = 3  # how many Steckbriefe a result puts in front


@dataclass(frozen=True)
class Reason:
    """One answer that decided, with its weight and the sentence about it."""

    step: Step
    weight: int

    @property
    def sentence(self) -> str:
        said = self.step.option.pro if self.weight > 0 else self.step.option.contra
        return said or ("passt zu dieser Antwort" if self.weight > 0 else "passt nicht zu dieser Antwort")


@dataclass(frozen=True)
class Rated:
    """A Steckbrief with its points. `place` is shared by equals: 1, 2, 2, 4 …"""

    slug: str
    points: int
    place: int
    pros: tuple[Reason, ...]
    cons: tuple[Reason, ...]


def rate(steps: Iterable[Step], candidates: Iterable[str], tie_order: dict[str, Any]) -> list[Rated]:
    """All candidates, best first. `tie_order` gives each slug what equals are sorted by."""
    steps = list(steps)
    reasons = {slug: reasons_for(slug, steps) for slug in candidates}
    points = {slug: sum(reason.weight for reason in found) for slug, found in reasons.items()}
    ordered = sorted(points, key=lambda slug: (-points[slug], tie_order[slug]))
    rated: list[Rated] = []
    for position, slug in enumerate(ordered, start=1):
        is_equal = rated and rated[-1].points == points[slug]
        place = rated[-1].place if is_equal else position
        pros = tuple(reason for reason in reasons[slug] if reason.weight > 0)
        cons = tuple(reason for reason in reasons[slug] if reason.weight < 0)
        rated.append(Rated(slug, points[slug], place, pros, cons))
    return rated


def reasons_for(slug: str, steps: Iterable[Step]) -> list[Reason]:
    """The answers that weigh this Steckbrief, the weightiest first; equals in the order of the questions."""
    found = [Reason(step, step.option.weights[slug]) for step in steps if step.option.weights.get(slug)]
    return sorted(found, key=lambda reason: -abs(reason.weight))


def in_front(rated: list[Rated]) -> list[Rated]:
    """What a result puts in front: at most `SHOWN`, each with at least half the points of the first.

    Where nothing has any points the order of equals alone decides.
    """
    best = rated[0].points if rated else 0
    return [one for one in rated[:SHOWN] if best <= 0 or 2 * one.points >= best]


def missed_by(rated: Rated, best: Rated) -> list[Step]:
    """The answers that gave the best more than this one, largest difference first."""
    own = {reason.step.question.key: reason.weight for reason in (*rated.pros, *rated.cons)}
    lead = [(reason.weight - own.get(reason.step.question.key, 0), reason.step) for reason in best.pros]
    return [step for gap, step in sorted(lead, key=lambda pair: -pair[0]) if gap > 0]


def equals(rated: list[Rated]) -> list[list[Rated]]:
    """Groups that share a place and touch the first `SHOWN`: what only the order of equals decided."""
    groups: dict[int, list[Rated]] = {}
    for one in rated:
        groups.setdefault(one.place, []).append(one)
    return [group for place, group in groups.items() if place <= SHOWN and len(group) > 1]
