"""Schema: a tree as plain data (file, draft, revision) read into a Plan and back.

Here is only the shape: types, lengths, keys. Whether a tree makes sense is asked in `checks`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from formats.guide.plan import WEIGHT_LIMIT, Entry, Link, Option, Outcome, Plan, Question
from formats.guide.walk import REVISION
from formats.models.fields import CONTROL
from formats.snapshots import Problem

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KEY_LENGTH = 30
SLUG_LENGTH = 60
MOST = {"questions": 600, "options": 12, "outcomes": 600, "entries": 20, "links": 20}
_URL = re.compile(r"https?://[^\s<>\"]+")

Path = tuple[str | int, ...]


class _Reader:
    """Collects problems while reading; every method returns something usable even when it found one."""

    def __init__(self):
        self.problems: list[Problem] = []

    def complain(self, path: Path, sentence: str) -> None:
        self.problems.append(Problem(path, sentence))

    def mapping(self, value: Any, path: Path, known: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.complain(path, "Erwartet werden benannte Angaben.")
            return {}
        for key in value.keys() - set(known):
            self.complain((*path, key), f"Die Angabe „{str(key)[:40]}“ ist unbekannt.")
        return value

    def items(self, value: Any, path: Path, most: int, read: Callable) -> list:
        if value in (None, ""):
            return []
        if not isinstance(value, list):
            self.complain(path, "Erwartet wird eine Liste.")
            return []
        if len(value) > most:
            self.complain(path, f"Höchstens {most} Einträge.")
        return [read(item, (*path, index)) for index, item in enumerate(value[:most])]

    def text(self, data: dict, key: str, path: Path, most: int, *, needed: bool = False) -> str:
        value = data.get(key)
        if value in (None, ""):
            if needed:
                self.complain((*path, key), "Diese Angabe fehlt.")
            return ""
        if not isinstance(value, str):
            self.complain((*path, key), "Hier wird ein Text erwartet.")
            return ""
        value = value.strip()
        if len(value) > most:
            self.complain((*path, key), f"Der Text ist länger als {most} Zeichen.")
        if CONTROL.search(value):
            self.complain((*path, key), "Der Text enthält unlesbare Zeichen (Steuerzeichen).")
        return value

    def key(self, data: dict, key: str, path: Path, *, needed: bool = False, most: int = KEY_LENGTH) -> str:
        value = self.text(data, key, path, most, needed=needed)
        if value and not KEY.fullmatch(value):
            self.complain((*path, key), f"„{value[:40]}“: erlaubt sind a–z, 0–9 und einzelne Bindestriche.")
        return value

    def flag(self, data: dict, key: str, path: Path) -> bool:
        value = data.get(key)
        if value not in (None, "", "ja", "nein", True, False):
            self.complain((*path, key), "Möglich sind „ja“ und „nein“.")
        return value in ("ja", True)

    def day(self, data: dict, key: str, path: Path, *, needed: bool = False) -> date | None:
        value = self.text(data, key, path, 10, needed=needed)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.complain((*path, key), f"„{value}“ ist kein Datum der Form JJJJ-MM-TT.")
            return None

    def position(self, data: dict, path: Path) -> int:
        value = data.get("position")
        if value in (None, ""):
            return 100
        if not re.fullmatch(r"[0-9]{1,4}", str(value)):
            self.complain((*path, "position"), "Hier wird eine Zahl von 0 bis 9999 erwartet.")
            return 100
        return int(value)

    def slug_list(self, value: Any, path: Path) -> tuple[str, ...]:
        def one(item, place):
            return self.key({"": item}, "", place, most=SLUG_LENGTH)

        return tuple(filter(None, self.items(value, path, MOST["entries"], one)))

    def weights(self, value: Any, path: Path) -> dict[str, int]:
        if value in (None, ""):
            return {}
        if not isinstance(value, dict):
            self.complain(path, "Erwartet werden Gewichte der Form „webinar: 2“.")
            return {}
        found = {}
        for slug, weight in value.items():
            if not isinstance(slug, str) or not KEY.fullmatch(slug):
                self.complain((*path, slug), f"„{str(slug)[:40]}“ ist kein Kurzname.")
            elif not re.fullmatch(rf"-?[1-{WEIGHT_LIMIT}]", str(weight)):
                self.complain(
                    (*path, slug),
                    f"Ein Gewicht ist eine Zahl von -{WEIGHT_LIMIT} bis {WEIGHT_LIMIT}, ohne 0.",
                )
            else:
                found[slug] = int(weight)
        return found

    def option(self, value: Any, path: Path) -> Option:
        data = self.mapping(
            value,
            path,
            ("key", "text", "hint", "unsure", "next", "outcome", "pro", "contra", "weights"),
        )
        option = Option(
            key=self.key(data, "key", path, needed=True),
            text=self.text(data, "text", path, 140, needed=True),
            hint=self.text(data, "hint", path, 200),
            unsure=self.flag(data, "unsure", path),
            next=self.key(data, "next", path),
            outcome=self.key(data, "outcome", path),
            pro=self.text(data, "pro", path, 160),
            contra=self.text(data, "contra", path, 160),
            weights=self.weights(data.get("weights"), (*path, "weights")),
        )
        if option.next and option.outcome:
            self.complain((*path, "outcome"), "Eine Antwort führt zu einer Frage oder zu einem Ergebnis.")
        if option.unsure and option.weights:
            self.complain((*path, "weights"), "Wer „Weiß ich nicht“ antwortet, gibt keinem Format Gewicht.")
        return option

    def question(self, value: Any, path: Path) -> Question:
        data = self.mapping(value, path, ("key", "label", "text", "why", "options"))
        question = Question(
            key=self.key(data, "key", path, needed=True),
            label=self.text(data, "label", path, 40, needed=True),
            text=self.text(data, "text", path, 200, needed=True),
            why=self.text(data, "why", path, 400),
            options=tuple(self.items(data.get("options"), (*path, "options"), MOST["options"], self.option)),
        )
        if question.key == REVISION:
            self.complain((*path, "key"), f"„{REVISION}“ steht in der Adresse schon für die Fassung.")
        self.once([option.key for option in question.options], (*path, "options"))
        return question

    def entry(self, name: str) -> Callable:
        def read(value, path):
            data = self.mapping(value, path, (name, "reason"))
            return Entry(
                self.key(data, name, path, needed=True, most=SLUG_LENGTH),
                self.text(data, "reason", path, 300, needed=True),
            )

        return read

    def link(self, value: Any, path: Path) -> Link:
        data = self.mapping(value, path, ("title", "url", "note", "checked"))
        url = self.text(data, "url", path, 400, needed=True)
        if url and not _URL.fullmatch(url):
            self.complain((*path, "url"), "Eine Adresse beginnt mit https:// und hat keine Leerzeichen.")
        return Link(
            self.text(data, "title", path, 160, needed=True),
            url,
            self.text(data, "note", path, 300),
            self.day(data, "checked", path),
        )

    def outcome(self, value: Any, path: Path) -> Outcome:
        names = ("key", "title", "text", "ranking", "entries", "against", "links", "trees", "next_step")
        data = self.mapping(value, path, names)

        def part(name, read, most="entries"):
            return tuple(self.items(data.get(name), (*path, name), MOST[most], read))

        return Outcome(
            key=self.key(data, "key", path, needed=True),
            title=self.text(data, "title", path, 160, needed=True),
            text=self.text(data, "text", path, 2000),
            ranking=self.flag(data, "ranking", path),
            entries=part("entries", self.entry("format")),
            against=part("against", self.entry("format")),
            links=part("links", self.link, "links"),
            trees=part("trees", self.entry("tree")),
            next_step=self.text(data, "next_step", path, 600),
        )

    def once(self, keys: list[str], path: Path) -> None:
        for index, key in enumerate(keys):
            if key and key in keys[:index]:
                self.complain((*path, index, "key"), f"Der Kurzname „{key}“ steht schon weiter oben.")

    def plan(self, value: Any) -> Plan:
        names = ("position", "title", "summary", "note", "responsible", "as_of", "review_due", "shown_in")
        data = self.mapping(value, (), (*names, "questions", "outcomes"))
        questions = self.items(data.get("questions"), ("questions",), MOST["questions"], self.question)
        outcomes = self.items(data.get("outcomes"), ("outcomes",), MOST["outcomes"], self.outcome)
        self.once([question.key for question in questions], ("questions",))
        self.once([outcome.key for outcome in outcomes], ("outcomes",))
        return Plan(
            position=self.position(data, ()),
            title=self.text(data, "title", (), 120, needed=True),
            summary=self.text(data, "summary", (), 400, needed=True),
            note=self.text(data, "note", (), 600),
            responsible=self.text(data, "responsible", (), 160, needed=True),
            as_of=self.day(data, "as_of", (), needed=True) or date.min,
            review_due=self.day(data, "review_due", ()),
            shown_in=self.slug_list(data.get("shown_in"), ("shown_in",)),
            questions={question.key: question for question in questions},
            outcomes={outcome.key: outcome for outcome in outcomes},
        )


def read(data: Any) -> tuple[Plan, list[Problem]]:
    """The plan as far as it can be read, and all that is wrong with the shape of the data."""
    reader = _Reader()
    plan = reader.plan(data)
    return plan, reader.problems


def plan_from(data: Any) -> Plan:
    """The plan of data that is known to be sound: a draft or a revision."""
    plan, problems = read(data)
    if problems:
        raise ValueError(f"Tree is not sound: {problems[0]}")
    return plan


def data_of(plan: Plan) -> dict[str, Any]:
    """The plan as plain data in the order of the schema; what is empty is left out."""
    return _dense(
        {
            "position": str(plan.position),
            "title": plan.title,
            "summary": plan.summary,
            "note": plan.note,
            "responsible": plan.responsible,
            "as_of": plan.as_of.isoformat(),
            "review_due": plan.review_due.isoformat() if plan.review_due else "",
            "shown_in": list(plan.shown_in),
            "questions": [question_data(question) for question in plan.questions.values()],
            "outcomes": [outcome_data(outcome) for outcome in plan.outcomes.values()],
        }
    )


def question_data(question: Question) -> dict[str, Any]:
    options = [
        _dense(
            {
                "key": option.key,
                "text": option.text,
                "hint": option.hint,
                "unsure": "ja" if option.unsure else "",
                "next": option.next,
                "outcome": option.outcome,
                "pro": option.pro,
                "contra": option.contra,
                "weights": _weights_data(option.weights),
            }
        )
        for option in question.options
    ]
    named = {"key": question.key, "label": question.label, "text": question.text, "why": question.why}
    return _dense(named | {"options": options})


def _weights_data(weights: dict[str, int]) -> dict[str, str]:
    """The strongest first: databases do not keep the order of keys, so there must be one of our own."""
    return {slug: str(weights[slug]) for slug in sorted(weights, key=lambda slug: (-weights[slug], slug))}


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    links = [
        _dense(
            {
                "title": link.title,
                "url": link.url,
                "note": link.note,
                "checked": link.checked.isoformat() if link.checked else "",
            }
        )
        for link in outcome.links
    ]
    return _dense(
        {
            "key": outcome.key,
            "title": outcome.title,
            "text": outcome.text,
            "ranking": "ja" if outcome.ranking else "",
            "entries": [{"format": entry.slug, "reason": entry.reason} for entry in outcome.entries],
            "against": [{"format": entry.slug, "reason": entry.reason} for entry in outcome.against],
            "links": links,
            "trees": [{"tree": entry.slug, "reason": entry.reason} for entry in outcome.trees],
            "next_step": outcome.next_step,
        }
    )


def _dense(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in ("", [], {}, None)}
