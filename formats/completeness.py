"""Completeness: what a good Steckbrief says beyond what it must say, and what of it is still missing.

What every Steckbrief must say (title, goal, mode, effort …) the form demands anyway; it cannot be
missing and is not counted. Not counted either, because leaving it out is no fault:

- materials: a town walk has none to take along;
- the picture: each Steckbrief has the pictogram of its purpose, and stock photos say nothing;
- variants and trials: only where there are some; an invented trial would be a lie;
- the number: methods and guests in the catalogue may go without.

An estimate counts as said: it is shown as an estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# Key of the snapshot → its German name, in the order of the page.
WANTED = {
    "group": "Gruppengröße",
    "duration": "Dauer",
    "person_days": "Vorbereitung in Personentagen",
    "costs": "Kosten",
    "roles": "Rollen",
    "steps": "Ablauf",
    "tools": "Technik und Material",
    "tips": "Tipps",
    "pitfalls": "Was schiefgehen kann",
    "checklist": "Checkliste",
    "related": "Verwandte",
    "topics": "Themen",
    "sources": "Quellen",
    "review_due": "Prüftermin",
}


@dataclass(frozen=True)
class Completeness:
    """How much of what is wanted a snapshot says; `missing` holds German names in the order of the page."""

    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing

    def __str__(self) -> str:
        return f"{len(WANTED) - len(self.missing)} von {len(WANTED)}"


def completeness_of(snapshot: dict[str, Any]) -> Completeness:
    """What a snapshot leaves open; keys it does not have count as open."""
    return Completeness(tuple(name for key, name in WANTED.items() if not _says(snapshot.get(key))))


def _says(value: Any) -> bool:
    """Whether there is anything; a span says something as soon as it begins somewhere."""
    return value.get("from") is not None if isinstance(value, dict) else bool(value)
