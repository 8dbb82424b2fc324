"""What can be wrong with an official file, said so that a person finds the place."""

from __future__ import annotations

from dataclasses import dataclass

# So many places are named; a file with more is not the one that was meant.
MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Problem:
    """One place and a German sentence; line 0 stands for the file as a whole."""

    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        if not self.line:
            return self.sentence
        place = f"Zeile {self.line}" + (f", {self.field}" if self.field else "")
        return f"{place}: {self.sentence}"


class BrokenFile(Exception):
    """A file that cannot be read as it should; nothing was changed. `problems` names each place."""

    def __init__(self, *problems: Problem | str):
        self.problems = [Problem(0, "", each) if isinstance(each, str) else each for each in problems]
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ProblemList:
    """Collects problems while a file is read; raises `BrokenFile` when there are too many, or at the end."""

    def __init__(self):
        self.found: list[Problem] = []

    def add(self, line: int, field: str, sentence: str) -> None:
        self.found.append(Problem(line, field, sentence))
        if len(self.found) >= MOST_PROBLEMS:
            raise BrokenFile(*self.found, "Hier wurde abgebrochen: zu viele Fehler.")

    def raise_if_any(self) -> None:
        if self.found:
            raise BrokenFile(*self.found)
