"""What a town says of itself as plain data: read from its rows, and written back to them.

A snapshot has six parts, each edited on a page of its own: `text`, `offers`, `projects`, `links`,
`pictures`, `arms`. Pictures are named by their stored files, which are never deleted: undoing needs them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import models

from foundation.topics.models import Topic
from towns.models import Actor, Direction, Offer, Project, Town, TownLink, TownPicture

Snapshot = dict[str, Any]
PARTS = {
    "text": "Texte und Themen",
    "offers": "Sucht und bietet",
    "projects": "Projekte",
    "links": "Links",
    "pictures": "Bilder",
    "arms": "Wappen",
}
_PROJECT = ("title", "summary", "year_from", "year_to", "url", "source")
_PICTURE = ("large", "medium", "small", "width", "height", "alt", "credit")


def snapshot_of(town: Town) -> Snapshot:
    """All parts as they stand (seven queries at most)."""
    return {name: part_of(town, name) for name in PARTS}


def part_of(town: Town, name: str) -> Any:
    return _READERS[name](town)


# The columns of the town that parts write; the register's half is nobody's business here.
COLUMNS = ["about", "website", "contact", "paused_until"]
COLUMNS += ["coat_of_arms", "coat_of_arms_alt", "coat_of_arms_credit"]


def stamp_of(part: Any) -> str:
    """A short sign of this state, for forms: whoever saves says which state they saw."""
    text = json.dumps(part, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=9).hexdigest()


def write_part(town: Town, name: str, part: Any) -> None:
    """Make the rows say what this part says. The caller holds the lock of the town and saves it."""
    _WRITERS[name](town, part)


def _read_text(town: Town) -> dict[str, Any]:
    return {
        "about": town.about,
        "website": town.website,
        "topics": sorted(town.topics.values_list("name", flat=True)),
        "contact": town.contact.slug if town.contact else "",
        "paused_until": town.paused_until.isoformat() if town.paused_until else "",
    }


def _write_text(town: Town, part: Mapping[str, Any]) -> None:
    town.about, town.website = part["about"], part["website"]
    town.contact = Actor.objects.filter(slug=part["contact"]).first() if part["contact"] else None
    town.paused_until = date.fromisoformat(part["paused_until"]) if part["paused_until"] else None
    town.topics.set(part["topics"])


def _read_offers(town: Town) -> list[dict[str, str]]:
    rows = Offer.objects.of_town(town).select_related("topic").in_order()
    return [
        {"direction": row.direction, "text": row.text, "topic": row.topic.slug if row.topic else ""}
        for row in rows
    ]


def _write_offers(town: Town, part: list[dict[str, str]]) -> None:
    topics = {topic.slug: topic for topic in Topic.objects.filter(slug__in=[row["topic"] for row in part])}
    _write_rows(Offer, town, [row | {"topic": topics.get(row["topic"])} for row in part])


def _read_projects(town: Town) -> list[dict[str, Any]]:
    return [
        {name: getattr(row, name) for name in _PROJECT}
        | {"source_as_of": row.source_as_of.isoformat() if row.source_as_of else ""}
        for row in Project.objects.of_town(town).in_order()
    ]


def _write_projects(town: Town, part: list[dict[str, Any]]) -> None:
    rows = [
        row | {"source_as_of": date.fromisoformat(row["source_as_of"]) if row["source_as_of"] else None}
        for row in part
    ]
    _write_rows(Project, town, rows)


def _read_links(town: Town) -> list[dict[str, str]]:
    return [{"title": row.title, "url": row.url} for row in TownLink.objects.of_town(town).in_order()]


def _write_links(town: Town, part: list[dict[str, str]]) -> None:
    _write_rows(TownLink, town, part)


def _read_pictures(town: Town) -> list[dict[str, Any]]:
    return [_picture(row) for row in TownPicture.objects.of_town(town).in_order()]


def _picture(row: TownPicture) -> dict[str, Any]:
    files = {name: getattr(row, name).name for name in ("large", "medium", "small")}
    return files | {"width": row.width, "height": row.height, "alt": row.alt, "credit": row.credit}


def _write_pictures(town: Town, part: list[dict[str, Any]]) -> None:
    _write_rows(TownPicture, town, part)


def _read_arms(town: Town) -> dict[str, str]:
    return {
        "file": town.coat_of_arms.name or "",
        "alt": town.coat_of_arms_alt,
        "credit": town.coat_of_arms_credit,
    }


def _write_arms(town: Town, part: Mapping[str, str]) -> None:
    town.coat_of_arms = part["file"]
    town.coat_of_arms_alt, town.coat_of_arms_credit = part["alt"], part["credit"]


def _write_rows(model: type[models.Model], town: Town, wanted: list[dict[str, Any]]) -> None:
    """Rows that say the same stay the same rows, whatever their place; the others are changed or made.

    So an offer keeps its age when another one is put before it.
    """
    left = list(model.objects.of_town(town).in_order())
    names = list(wanted[0]) if wanted else []

    def said(row):
        return [str(getattr(row, name) or "") for name in names]

    kept: list[Any] = []
    for values in wanted:
        same = next((row for row in left if said(row) == [str(values[name] or "") for name in names]), None)
        if same:
            left.remove(same)
        kept.append(same)
    for position, (values, row) in enumerate(zip(wanted, kept, strict=True), start=1):
        if row is None:
            model.objects.create(town=town, position=position, **values)
        elif row.position != position:
            row.position = position
            row.save(update_fields=["position"])
    for row in left:
        row.delete()


_READERS: dict[str, Callable[[Town], Any]] = {
    "text": _read_text,
    "offers": _read_offers,
    "projects": _read_projects,
    "links": _read_links,
    "pictures": _read_pictures,
    "arms": _read_arms,
}
_WRITERS: dict[str, Callable[[Town, Any], None]] = {
    "text": _write_text,
    "offers": _write_offers,
    "projects": _write_projects,
    "links": _write_links,
    "pictures": _write_pictures,
    "arms": _write_arms,
}


def readable(snapshot: Mapping[str, Any], name: str) -> list[str]:
    """The lines of one part as people read them, for history and conflicts."""
    part = snapshot.get(name)
    if not part:
        return []
    return [line for line in _LINES[name](part) if line]


def _text_lines(part) -> list[str]:
    return [
        *part["about"].splitlines(),
        part["website"] and f"Website: {part['website']}",
        part["topics"] and f"Themen: {', '.join(part['topics'])}",
        part["contact"] and f"Ansprechperson: {part['contact']}",
        part["paused_until"] and f"Pause bis {date.fromisoformat(part['paused_until']):%d.%m.%Y}",
    ]


def _offer_lines(part) -> list[str]:
    return [
        f"{Direction(row['direction']).label}: {row['text']}" + (f" ({row['topic']})" if row["topic"] else "")
        for row in part
    ]


def _project_lines(part) -> list[str]:
    return [
        " · ".join(
            str(bit)
            for bit in (
                row["title"],
                "–".join(str(year) for year in (row["year_from"], row["year_to"]) if year),
                row["summary"],
                row["url"],
                row["source"],
            )
            if bit
        )
        for row in part
    ]


_LINES: dict[str, Callable[[Any], list[str]]] = {
    "text": _text_lines,
    "offers": _offer_lines,
    "projects": _project_lines,
    "links": lambda part: [f"{row['title']}: {row['url']}" for row in part],
    "pictures": lambda part: [f"{row['alt']} (Bild: {row['credit']})" for row in part],
    "arms": lambda part: [part["file"] and f"Wappen: {part['alt']} ({part['credit']})"],
}
