"""Walk: where somebody stands in a tree, worked out from the address alone. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode

from formats.guide.plan import Option, Outcome, Plan, Question

REVISION = "fassung"  # the one name in the address that is no question
LONGEST = 2000  # characters of an address that are read
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


class Trouble(StrEnum):
    """What was wrong with an address, with the sentence the visitor reads."""

    TOO_LONG = "Die Adresse war zu lang. Wir haben nur den Anfang gelesen."
    TWICE = "Eine Frage war doppelt beantwortet. Es gilt die erste Antwort."
    UNKNOWN_QUESTION = "Eine Frage aus dieser Adresse gibt es hier nicht. Wir haben sie weggelassen."
    UNKNOWN_ANSWER = "Eine Antwort aus dieser Adresse gibt es hier nicht. Bitte antworten Sie noch einmal."
    NOT_ON_THE_WAY = "Eine Antwort gehört nicht zu diesem Weg. Wir haben sie weggelassen."
    OTHER_REVISION = (
        "Dieser Wegweiser wurde überarbeitet, seit Ihr Link entstanden ist. Ihre Antworten haben wir "
        "übernommen, soweit es sie noch gibt."
    )
    NO_REVISION = "Die Fassung aus dieser Adresse gibt es nicht. Sie sehen die aktuelle."
    NOT_FINISHED = "Für ein Ergebnis fehlt noch mindestens eine Antwort."


@dataclass(frozen=True)
class Address:
    """What an address says: question key → option key, the revision if named, and what was odd."""

    answers: dict[str, str]
    revision: int | None = None
    trouble: tuple[Trouble, ...] = ()


@dataclass(frozen=True)
class Step:
    """A question with the answer that was given."""

    question: Question
    option: Option


@dataclass(frozen=True)
class State:
    """The steps taken, and what comes now: a question, an outcome, or nothing (only in a draft).

    `later` are answers to questions that may still come on this way; `left` is the number of
    questions on the longest way from here.
    """

    steps: tuple[Step, ...]
    question: Question | None
    outcome: Outcome | None
    later: dict[str, str]
    left: int
    trouble: tuple[Trouble, ...] = ()

    @property
    def answers(self) -> dict[str, str]:
        return {step.question.key: step.option.key for step in self.steps}

    @property
    def number(self) -> int:
        """Which question this is, counted from 1."""
        return len(self.steps) + 1

    @property
    def most(self) -> int:
        """How many questions it can become at most."""
        return len(self.steps) + self.left


def read_address(query: str) -> Address:
    """Read the part behind the question mark. Never raises: what cannot be read is trouble."""
    trouble: dict[Trouble, None] = {}
    if len(query) > LONGEST:
        # Cut at a whole pair, so that half an answer is no other answer.
        query = query[:LONGEST].rpartition("&")[0]
        trouble[Trouble.TOO_LONG] = None
    answers: dict[str, str] = {}
    revision = None
    for key, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
        if key == REVISION:
            if _NUMBER.fullmatch(value):
                revision = int(value)
            else:
                trouble[Trouble.NO_REVISION] = None
        elif key in answers:
            trouble[Trouble.TWICE] = None
        else:
            answers[key] = value
    return Address(answers, revision, tuple(trouble))


def walk(plan: Plan, answers: dict[str, str]) -> State:
    """Follow the answers from the first question to the nearest valid step.

    The order of the answers says nothing. The walk ends at the first question without a valid
    answer, at an outcome, or where a question would come a second time.
    """
    trouble: dict[Trouble, None] = {}
    steps: list[Step] = []
    taken: set[str] = set()
    question, outcome = plan.start, None
    while question and question.key not in taken and question.key in answers:
        option = question.option(answers[question.key])
        if option is None:
            trouble[Trouble.UNKNOWN_ANSWER] = None
            break
        steps.append(Step(question, option))
        taken.add(question.key)
        kind, key = option.target
        question = plan.questions.get(key) if kind == "question" else None
        outcome = plan.outcomes.get(key) if kind == "outcome" else None
    if question and question.key in taken:  # a circle: only a draft has one
        question = None
    reachable = plan.reachable_from(question)
    later = {}
    for key, other in plan.questions.items():
        if key not in answers or key in taken:
            continue
        if other.option(answers[key]) is None:
            trouble[Trouble.UNKNOWN_ANSWER] = None
        elif key not in reachable:
            trouble[Trouble.NOT_ON_THE_WAY] = None
        else:
            later[key] = answers[key]
    if answers.keys() - plan.questions.keys():
        trouble[Trouble.UNKNOWN_QUESTION] = None
    left = plan.longest[question.key] if question else 0
    return State(tuple(steps), question, outcome, later, left, tuple(trouble))


def query_of(answers: dict[str, str], revision: int | None) -> str:
    """The part behind the question mark, with its question mark; empty if there is nothing to say."""
    pairs = [*answers.items(), *([(REVISION, str(revision))] if revision and answers else [])]
    return f"?{urlencode(pairs)}" if pairs else ""


def answers_after(plan: Plan, state: State, option: Option) -> dict[str, str]:
    """The answers once this option of the current question is chosen: what still applies is kept."""
    kind, key = option.target
    reachable = plan.reachable_from(plan.questions.get(key) if kind == "question" else None)
    kept = {other: value for other, value in state.later.items() if other in reachable}
    return state.answers | {state.question.key: option.key} | kept


def answers_without(state: State, index: int) -> dict[str, str]:
    """The answers that lead back to step `index` (from 0): those before it and those after it."""
    given = state.answers | state.later
    del given[state.steps[index].question.key]
    return given
