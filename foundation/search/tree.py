"""What is looked for, as a small tree of stems; each database writes it in its own language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A stem, only a–z and 0–9, anywhere or only in the named columns."""

    stem: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Phrase:
    """Stems right behind each other."""

    stems: tuple[str, ...]


@dataclass(frozen=True)
class All:
    parts: tuple[Tree, ...]


@dataclass(frozen=True)
class OneOf:
    parts: tuple[Tree, ...]


@dataclass(frozen=True)
class Without:
    """What the first finds and the second does not."""

    wanted: Tree
    unwanted: Tree


Tree = Term | Phrase | All | OneOf | Without
