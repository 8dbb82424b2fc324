"""Content files: one YAML file per Steckbrief, read with line numbers and written back.

The schema is `docs/steckbrief-dateien.md`. YAML's guessing of types is switched off: every scalar
is read as text, and the schema says what it means (so `no` stays a word and `1e3` no number).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.core.files import File
from django.core.files.storage import default_storage

from formats.sheets import files_of, snapshot_of
from formats.snapshots import Problem, problems_of, sheet_from

CONTENT = Path(__file__).parent / "content"
MAX_BYTES = 200_000
FOLDERS = {"format": "formate", "methode": "methoden"}
FILES = "dateien"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class FileProblem:
    """What is wrong in a content file, and where, as a person would look for it."""

    file: str
    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}, Zeile {self.line}"
        return f"{place}, Feld „{self.field}“: {self.sentence}" if self.field else f"{place}: {self.sentence}"


class BrokenContent(Exception):
    """Content files that cannot be loaded; `problems` names file, line and field of each."""

    def __init__(self, problems: list[FileProblem]):
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def read_folder(folder: Path) -> list[dict[str, Any]]:
    """The snapshots of all content files below `folder`, formats before methods, by file name.

    Raises `BrokenContent` if any file is broken, a number is used twice, or a related slug is
    in none of the files.
    """
    snapshots, problems, lines = [], [], {}
    for kind, name in FOLDERS.items():
        for path in sorted((folder / name).glob("*.yaml")):
            snapshot, found, numbers = _read_file(path, kind, folder)
            problems += found
            snapshots.append(snapshot)
            lines[snapshot["slug"]] = (f"{name}/{path.name}", numbers)
    if not problems:
        problems = _between_files(snapshots, lines)
    if problems:
        raise BrokenContent(problems)
    return snapshots


def write_file(snapshot: dict[str, Any], folder: Path) -> Path:
    """Write one snapshot as a content file and return its path; empty values are left out.

    Keys come in the order of the schema, whatever order the database keeps them in.
    """
    snapshot = snapshot_of(sheet_from(snapshot))
    path = folder / FOLDERS[snapshot["kind"]] / f"{snapshot['slug']}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {key: value for key, value in _without_empty(snapshot).items() if key not in ("slug", "kind")}
    path.write_text(write_yaml(content), encoding="utf-8")
    for _, name in files_of(sheet_from(snapshot)):
        copy = folder / FILES / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        with default_storage.open(name) as stored:
            copy.write_bytes(stored.read())
    return path


def bring_files(snapshots: list[dict[str, Any]], folder: Path) -> None:
    """Put the files that lie beside the content files into the storage, under the same names."""
    for snapshot in snapshots:
        for _, name in files_of(sheet_from(snapshot)):
            if not default_storage.exists(name):
                with (folder / FILES / name).open("rb") as copy:
                    default_storage.save(name, File(copy))


def read_yaml(raw: bytes, name: str) -> tuple[Any, dict[Path_, int], list[FileProblem]]:
    """Plain lists, mappings and texts of a YAML file, the line of every path, and why it is unreadable."""
    lines: dict[Path_, int] = {}
    try:
        if len(raw) > MAX_BYTES:
            return {}, {}, [FileProblem(name, 1, "", "Die Datei ist größer als 200 kB.")]
        node = yaml.compose(raw.decode(), Loader=yaml.SafeLoader)
        content = _value(node, (), lines)
    except UnicodeDecodeError:
        return {}, {}, [FileProblem(name, 1, "", "Die Datei ist nicht in UTF-8 geschrieben.")]
    except (yaml.YAMLError, _Unreadable) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        reason = getattr(error, "problem", None) or "Der Text lässt sich nicht lesen"
        return {}, {}, [FileProblem(name, line, "", f"Kein gültiges YAML ({reason}).")]
    except RecursionError:
        return {}, {}, [FileProblem(name, 1, "", "Die Datei ist zu tief verschachtelt.")]
    if not isinstance(content, dict):
        return {}, {}, [FileProblem(name, 1, "", "Die Datei enthält keine benannten Angaben.")]
    return content, lines, []


def write_yaml(content: dict[str, Any]) -> str:
    """The text of a content file, with a blank line before each block."""
    text = yaml.dump(
        content, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=100, default_flow_style=False
    )
    return re.sub(r"\n(?=[a-z_]+:\n)", "\n\n", text)


def _read_file(path: Path, kind: str, folder: Path) -> tuple[dict, list[FileProblem], dict[Path_, int]]:
    name = path.relative_to(folder).as_posix()
    empty = {"slug": path.stem, "kind": kind}
    content, lines, broken = read_yaml(path.read_bytes(), name)
    if broken:
        return empty, broken, {}
    problems = []
    for key in ("slug", "kind"):
        if key in content:
            problems.append(
                Problem((key,), "Ergibt sich aus Ordner und Dateiname und steht nicht in der Datei.")
            )
    if not _SLUG.fullmatch(path.stem):
        problems.append(Problem((), "Der Dateiname darf nur a–z, 0–9 und Bindestriche enthalten."))
    snapshot = content | empty
    problems = problems or problems_of(
        snapshot, lambda file: default_storage.exists(file) or (folder / FILES / file).is_file()
    )
    return snapshot, [located(problem, name, lines) for problem in problems], lines


class _Unreadable(Exception):
    """A YAML construct that content files do not use."""

    def __init__(self, problem: str, mark):
        super().__init__(problem)
        self.problem, self.problem_mark = problem, mark


def _value(node, path: Path_, lines: dict[Path_, int]) -> Any:
    """Plain lists, dicts and texts of a YAML node; notes the line (from 1) of every path."""
    if node is None:
        return None
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        empty = node.tag.endswith(":null") and node.style is None
        return None if empty else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, index), lines) for index, child in enumerate(node.value)]
    content: dict[str, Any] = {}
    for key, child in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _Unreadable("eine Angabe ohne Namen", key.start_mark)
        if key.value in content:
            raise _Unreadable(f"die Angabe „{key.value}“ steht doppelt", key.start_mark)
        lines[(*path, key.value)] = key.start_mark.line + 1
        content[key.value] = _value(child, (*path, key.value), lines)
    return content


def located(problem: Problem, name: str, lines: dict[Path_, int]) -> FileProblem:
    """The same problem with its file and the nearest line that exists."""
    place = problem.path
    while place and place not in lines:
        place = place[:-1]
    field = ".".join(str(part + 1) if isinstance(part, int) else part for part in problem.path)
    return FileProblem(name, lines.get(place, 1), field, problem.sentence)


def _between_files(snapshots: list[dict], lines: dict) -> list[FileProblem]:
    slugs = {snapshot["slug"] for snapshot in snapshots}
    taken: dict[tuple, str] = {}
    problems = []
    for snapshot in snapshots:
        slug = snapshot["slug"]
        name, numbers = lines[slug]
        for index, other in enumerate(snapshot.get("related") or []):
            if other not in slugs or other == slug:
                problem = Problem(("related", index), f"Einen anderen Steckbrief „{other}“ gibt es nicht.")
                problems.append(located(problem, name, numbers))
        key = (snapshot["kind"], snapshot.get("number"))
        if key[1] is not None and taken.setdefault(key, slug) != slug:
            problem = Problem(("number",), f"Die Nummer {key[1]} trägt schon „{taken[key]}“.")
            problems.append(located(problem, name, numbers))
    return problems


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_empty(item) for key, item in value.items()}
        kept = {key: item for key, item in kept.items() if item not in (None, "", [], {})}
        if set(kept) == {"unit"}:  # the default unit alone says nothing
            return {}
        return kept
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value


class _Writer(yaml.SafeDumper):
    """Writes like a person: lists indented, long texts folded, numbers unquoted where it is safe."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str):
    for kind, pattern in (("timestamp", r"\d{4}-\d\d-\d\d"), ("int", r"[1-9]\d*"), ("float", r"\d+\.\d+")):
        if re.fullmatch(pattern, value):
            # The tag that plain YAML gives this text anyway, so that it needs no quotes.
            return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", value)
    style = ">" if len(value) > 90 and "\n" not in value else "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Writer.add_representer(str, _text)
