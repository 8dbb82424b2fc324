"""Checks: does a tree make sense? Every problem in German, with its place.

Errors keep a tree from being published, hints do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from formats.guide.plan import MOST_QUESTIONS, Plan, Question
from formats.guide.scoring import SHOWN

MOST_WALKS = 60_000  # above this many ways nobody asks whether every format can win


@dataclass(frozen=True)
class Finding:
    """`path` as in the file, `element` the question or outcome to open: `("question", key)`."""

    path: tuple[str | int, ...]
    sentence: str
    element: tuple[str, str] = ("", "")
    is_error: bool = True


def problems_of(
    plan: Plan, *, formats: set[str] | None = None, trees: set[str] | None = None, today: date | None = None
) -> list[Finding]:
    """All findings, errors first.

    `formats` and `trees` are the slugs that may be named; None asks nothing about them. With `today`
    an overdue review is a hint.
    """
    found = [*_whole(plan), *_questions(plan), *_outcomes(plan), *_circles(plan), *_unreachable(plan)]
    found += _names(plan, formats, trees)
    if not any(finding.is_error for finding in found):
        found += _ranking(plan)
    if today and plan.review_due and plan.review_due < today:
        sentence = f"Dieser Wegweiser sollte am {plan.review_due:%d.%m.%Y} geprüft werden."
        found.append(Finding(("review_due",), sentence, is_error=False))
    return sorted(found, key=lambda finding: not finding.is_error)


def _whole(plan: Plan) -> Iterator[Finding]:
    if not plan.questions:
        yield Finding(("questions",), "Es gibt noch keine Frage.")
    if not plan.outcomes:
        yield Finding(("outcomes",), "Es gibt noch kein Ergebnis.")
    if not plan.review_due:
        yield Finding(("review_due",), "Es fehlt, wann der Wegweiser wieder geprüft wird.", is_error=False)


def _questions(plan: Plan) -> Iterator[Finding]:
    for index, question in enumerate(plan.questions.values()):
        element, path = ("question", question.key), ("questions", index)
        named = f"Frage „{question.label}“"
        if len(question.options) < 2:
            yield Finding((*path, "options"), f"{named}: Es braucht mindestens zwei Antworten.", element)
        if not any(option.unsure for option in question.options):
            sentence = f"{named}: Die Antwort „Weiß ich nicht“ fehlt (unsure: ja)."
            yield Finding((*path, "options"), sentence, element)
        if not question.why:
            yield Finding((*path, "why"), f"{named}: Es fehlt, warum wir fragen.", element, is_error=False)
        is_idle = len({option.target for option in question.options}) == 1
        if len(question.options) > 1 and is_idle and not any(option.weights for option in question.options):
            sentence = f"{named}: Jede Antwort führt zum selben Ziel; die Frage entscheidet nichts."
            yield Finding((*path, "options"), sentence, element, is_error=False)
        texts = [option.text for option in question.options]
        for place, option in enumerate(question.options):
            here = (*path, "options", place)
            answer = f"{named}, Antwort „{option.text}“"
            kind, key = option.target
            if not kind:
                yield Finding(here, f"{answer}: Sie führt nirgendwohin.", element)
            elif kind == "question" and key not in plan.questions:
                yield Finding((*here, "next"), f"{answer}: Die Frage „{key}“ gibt es nicht.", element)
            elif kind == "outcome" and key not in plan.outcomes:
                yield Finding((*here, "outcome"), f"{answer}: Das Ergebnis „{key}“ gibt es nicht.", element)
            if option.text in texts[:place]:
                yield Finding((*here, "text"), f"{answer}: Dieser Wortlaut kommt zweimal vor.", element)
            if any(weight > 0 for weight in option.weights.values()) and not option.pro:
                sentence = f"{answer}: Es fehlt der Grund, der dafür spricht (pro)."
                yield Finding((*here, "pro"), sentence, element)
            if any(weight < 0 for weight in option.weights.values()) and not option.contra:
                sentence = f"{answer}: Es fehlt der Grund, der dagegen spricht (contra)."
                yield Finding((*here, "contra"), sentence, element)
    if plan.start and plan.longest[plan.start.key] > MOST_QUESTIONS:
        way = " → ".join(question.label for question in _longest_way(plan, plan.start))
        sentence = (
            f"Ein Weg hat {plan.longest[plan.start.key]} Fragen; mehr als {MOST_QUESTIONS} hält kaum jemand "
            f"durch: {way}."
        )
        yield Finding(("questions",), sentence)


def _longest_way(plan: Plan, question: Question | None) -> Iterator[Question]:
    seen: set[str] = set()
    while question and question.key not in seen:
        seen.add(question.key)
        yield question
        question = max(plan.following(question), key=lambda other: plan.longest[other.key], default=None)


def _outcomes(plan: Plan) -> Iterator[Finding]:
    for index, outcome in enumerate(plan.outcomes.values()):
        element, path = ("outcome", outcome.key), ("outcomes", index)
        named = f"Ergebnis „{outcome.title}“"
        if outcome.is_empty:
            yield Finding(path, f"{named}: Es steht noch nichts darin.", element)
        if outcome.ranking and not plan.candidates:
            yield Finding((*path, "ranking"), f"{named}: Keine Antwort gibt einem Format Gewicht.", element)
        if outcome.ranking and outcome.entries:
            sentence = f"{named}: Entweder entscheiden die Antworten (ranking) oder feste Einträge (entries)."
            yield Finding((*path, "entries"), sentence, element)
        if not outcome.next_step:
            yield Finding(
                (*path, "next_step"), f"{named}: Der nächste Schritt fehlt.", element, is_error=False
            )


def _circles(plan: Plan) -> Iterator[Finding]:
    """Every answer that leads back to where its way came from, found without recursion."""
    order = {key: index for index, key in enumerate(plan.questions)}
    state: dict[str, int] = {}  # 1 while on the way, 2 when done
    for root in plan.questions.values():
        stack: list[tuple[Question, Iterator]] = []
        if root.key not in state:
            state[root.key] = 1
            stack.append((root, iter(enumerate(root.options))))
        while stack:
            question, options = stack[-1]
            place, option = next(options, (None, None))
            if option is None:
                state[question.key] = 2
                stack.pop()
                continue
            other = plan.questions.get(option.next)
            if other is None:
                continue
            if state.get(other.key) == 1:
                way = [one.label for one, _ in stack]
                start = next(i for i, (one, _) in enumerate(stack) if one.key == other.key)
                ring = " → ".join([*way[start:], other.label])
                path = ("questions", order[question.key], "options", place, "next")
                sentence = (
                    f"Frage „{question.label}“, Antwort „{option.text}“: Der Weg geht im Kreis ({ring})."
                )
                yield Finding(path, sentence, ("question", question.key))
            elif other.key not in state:
                state[other.key] = 1
                stack.append((other, iter(enumerate(other.options))))


def _unreachable(plan: Plan) -> Iterator[Finding]:
    reached = plan.reachable_from(plan.start)
    for index, question in enumerate(plan.questions.values()):
        if question.key not in reached:
            sentence = f"Frage „{question.label}“: Kein Weg führt dorthin."
            yield Finding(("questions", index), sentence, ("question", question.key))
    ends = {option.outcome for key in reached for option in plan.questions[key].options}
    for index, outcome in enumerate(plan.outcomes.values()):
        if outcome.key not in ends:
            sentence = f"Ergebnis „{outcome.title}“: Kein Weg führt dorthin."
            yield Finding(("outcomes", index), sentence, ("outcome", outcome.key))


def _names(plan: Plan, formats: set[str] | None, trees: set[str] | None) -> Iterator[Finding]:
    for path, slug, element in _named_formats(plan):
        if formats is not None and slug not in formats:
            yield Finding(path, f"Den Steckbrief „{slug}“ gibt es nicht.", element)
    for index, outcome in enumerate(plan.outcomes.values()):
        for place, entry in enumerate(outcome.trees):
            if trees is not None and entry.slug not in trees:
                path = ("outcomes", index, "trees", place, "tree")
                sentence = f"Einen anderen Wegweiser „{entry.slug}“ gibt es nicht."
                yield Finding(path, sentence, ("outcome", outcome.key))


def _named_formats(plan: Plan) -> Iterator[tuple]:
    for place, slug in enumerate(plan.shown_in):
        yield ("shown_in", place), slug, ("", "")
    for index, question in enumerate(plan.questions.values()):
        for place, option in enumerate(question.options):
            for slug in option.weights:
                path = ("questions", index, "options", place, "weights", slug)
                yield path, slug, ("question", question.key)
    for index, outcome in enumerate(plan.outcomes.values()):
        for name in ("entries", "against"):
            for place, entry in enumerate(getattr(outcome, name)):
                yield ("outcomes", index, name, place, "format"), entry.slug, ("outcome", outcome.key)


def _ranking(plan: Plan) -> Iterator[Finding]:
    if plan.is_ranking:
        best = best_places(_Fingerprint(plan))
        for slug in plan.candidates:
            if best and best.get(slug, SHOWN + 1) > SHOWN:
                sentence = f"Das Format „{slug}“ kommt auf keinem Weg unter die ersten {SHOWN}."
                yield Finding(("questions",), sentence, is_error=False)


class _Fingerprint:
    """A plan that can be a key of the cache: plans with dicts in them have no hash."""

    def __init__(self, plan: Plan):
        self.plan, self.said = plan, repr(plan)

    def __hash__(self):
        return hash(self.said)

    def __eq__(self, other):
        return self.said == other.said


@lru_cache(maxsize=16)
def best_places(fingerprint: _Fingerprint) -> dict[str, int]:
    """Slug → its best place over all ways to a ranking; empty if there are too many ways to try."""
    plan = fingerprint.plan
    if ways_of(plan) > MOST_WALKS:
        return {}
    best: dict[str, int] = {}
    for points in _all_points(plan, plan.start, dict.fromkeys(plan.candidates, 0)):
        ranks = sorted(points.values(), reverse=True)
        floor = ranks[min(SHOWN, len(ranks)) - 1]
        for slug, got in points.items():
            if got >= floor and 2 * got >= ranks[0] and best.get(slug) != 1:
                best[slug] = min(best.get(slug, len(ranks)), ranks.index(got) + 1)
    return best


def ways_of(plan: Plan) -> int:
    """How many sequences of answers lead to an end. Only for plans without circles."""
    found: dict[str, int] = {}
    for question in sorted(plan.questions.values(), key=lambda one: plan.longest[one.key]):
        nexts = (found.get(option.next, 0) if option.next else 1 for option in question.options)
        found[question.key] = sum(nexts)
    return found[plan.start.key] if plan.start else 0


def _all_points(plan: Plan, question: Question, points: dict[str, int]) -> Iterator[dict[str, int]]:
    for option in question.options:
        now = points
        if option.weights:
            now = {slug: got + option.weights.get(slug, 0) for slug, got in points.items()}
        if option.next:
            yield from _all_points(plan, plan.questions[option.next], now)
        elif plan.outcomes[option.outcome].ranking:
            yield now
