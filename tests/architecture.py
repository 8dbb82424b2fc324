"""The floors of the house as data and pure functions; `test_architecture` walks them."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# From the ground up. Rooms on one floor are strangers to each other.
FLOORS: list[tuple[str, ...]] = [
    ("foundation.kit",),
    ("foundation.people",),
    ("foundation.notices",),
    ("foundation.schedule",),
    ("foundation.topics",),
    ("foundation.search",),
    ("foundation.moderation",),
    ("towns", "formats"),
    ("exchange",),
    ("events",),
    ("akademie",),
]
ROOMS = [room for floor in FLOORS for room in floor]


@dataclass(frozen=True)
class Offence:
    """A room that knows what it must not know."""

    room: str
    knows: str
    place: str

    def __str__(self):
        return f"{self.place}: {self.room} knows {self.knows}"


def floor_of(room: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if room in floor)


def room_of(module: str) -> str | None:
    """`formats.views.sheet` → `formats`; None for what is not ours."""
    return next((room for room in ROOMS if module == room or module.startswith(room + ".")), None)


def may_know(room: str, other: str) -> bool:
    """Down always, itself always; up and sideways never."""
    return room == other or floor_of(other) < floor_of(room)


def imported_modules(source: str) -> Iterable[tuple[str, int]]:
    """Every module a file imports, also inside functions, and dotted names given to `import_module`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            dynamic = name in ("import_module", "import_string", "get_model", "__import__")
            if dynamic and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, node.lineno


def import_offences(room: str, place: str, source: str) -> list[Offence]:
    found = []
    for module, line in imported_modules(source):
        other = room_of(module)
        if other and not may_know(room, other):
            found.append(Offence(room, module, f"{place}:{line}"))
    return found


def relation_offences(relations: Iterable[tuple[str, str, str]]) -> list[Offence]:
    """Foreign keys and many-to-many fields as (room, place, target room)."""
    return [Offence(room, target, place) for room, place, target in relations if not may_know(room, target)]


def accessor_offences(room: str, place: str, source: str, accessors: dict[str, str]) -> list[Offence]:
    """Uses of names that rooms above have put on our models (`town.threads`, `threads__author=…`).

    `accessors` maps such a name to the room that brought it.
    """
    found = []
    for node in ast.walk(ast.parse(source)):
        used = []
        if isinstance(node, ast.Attribute):
            used = [node.attr]
        elif isinstance(node, ast.keyword) and node.arg:
            used = [node.arg.partition("__")[0]]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "__" in node.value:
            used = [node.value.partition("__")[0]]
        for name in used:
            other = accessors.get(name)
            if other and not may_know(room, other):
                found.append(
                    Offence(room, f"{other} through .{name}", f"{place}:{getattr(node, 'lineno', 0)}")
                )
    return found


def source_files() -> Iterable[tuple[str, Path]]:
    """Every Python file of every room that exists."""
    for room in ROOMS:
        folder = ROOT / room.replace(".", "/")
        for path in sorted(folder.rglob("*.py")):
            yield room, path
