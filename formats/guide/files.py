"""Files: one readable YAML file per tree, read with line and field of every problem, and written back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formats.content_files import CONTENT, BrokenContent, FileProblem, located, read_yaml, write_yaml
from formats.guide.checks import problems_of
from formats.guide.plan import Plan
from formats.guide.schema import KEY, SLUG_LENGTH, data_of, read

FOLDER = CONTENT / "guide"


@dataclass(frozen=True)
class TreeFile:
    """A tree read from a file: its slug, the plan, and the plan as data."""

    slug: str
    plan: Plan
    lines: dict[tuple, int]

    @property
    def data(self) -> dict[str, Any]:
        return data_of(self.plan)


def read_text(raw: bytes, name: str) -> tuple[Plan, dict[tuple, int]]:
    """The plan in a file's bytes and the lines of its fields; raises `BrokenContent`, changes nothing."""
    content, lines, broken = read_yaml(raw, name)
    if broken:
        raise BrokenContent(broken)
    plan, problems = read(content)
    if problems:
        raise BrokenContent([located(problem, name, lines) for problem in problems])
    return plan, lines


def read_trees(folder: Path = FOLDER, *, formats: set[str] | None = None) -> list[TreeFile]:
    """All trees of a folder by file name, each without errors in shape and sense.

    `formats` are the slugs that outcomes and weights may name; None asks nothing about them. Raises
    `BrokenContent` with the problems of all files.
    """
    found, problems = [], []
    for path in sorted(folder.glob("*.yaml")):
        try:
            plan, lines = read_text(path.read_bytes(), path.name)
            found.append(TreeFile(path.stem, plan, lines))
        except BrokenContent as broken:
            problems += broken.problems
        if not KEY.fullmatch(path.stem) or len(path.stem) > SLUG_LENGTH:
            sentence = "Der Dateiname darf nur a–z, 0–9 und Bindestriche enthalten."
            problems.append(FileProblem(path.name, 1, "", sentence))
    slugs = {tree.slug for tree in found}
    for tree in found:
        for problem in problems_of(tree.plan, formats=formats, trees=slugs - {tree.slug}):
            if problem.is_error:
                problems.append(located(problem, f"{tree.slug}.yaml", tree.lines))
    if problems:
        raise BrokenContent(problems)
    return found


def tree_text(plan: Plan) -> str:
    """The file of a tree."""
    return write_yaml(data_of(plan))


def write_tree(slug: str, plan: Plan, folder: Path = FOLDER) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{slug}.yaml"
    path.write_text(tree_text(plan), encoding="utf-8")
    return path
