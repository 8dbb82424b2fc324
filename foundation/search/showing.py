"""How a hit is shown: title and passage with the words marked that were meant."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from foundation.kit.german.snippets import Piece, marked, snippet
from foundation.kit.german.words import words_of
from foundation.search.indexing import SHORTEST_COMPOUND
from foundation.search.models import Entry, Word
from foundation.search.searching import Results


@dataclass(frozen=True)
class Shown:
    """An entry as a hit. `passage` comes from the lead if nothing in the text was meant."""

    entry: Entry
    title: list[Piece]
    passage: list[Piece]


def shown(entries: list[Entry], results: Results) -> list[Shown]:
    """The entries as hits of these results; one query for the compounds that may hold a part."""
    stems = results.stems() | {one for phrase in results.phrase_stems() for one in phrase}
    parts = _parts_in(entries, stems)

    def parts_of(word: str) -> Collection[str]:
        return parts.get(word, ())

    found = []
    for entry in entries:
        lead = marked(entry.lead, stems, parts_of)
        passage = snippet(entry.text, stems, parts_of)
        if not passage or any(piece.is_hit for piece in lead):
            passage = lead or passage
        found.append(Shown(entry, marked(entry.title, stems, parts_of), passage))
    return found


def _parts_in(entries: list[Entry], stems: set[str]) -> dict[str, tuple[str, ...]]:
    """Compound → stems of its parts, for the words of these entries that may hold one of the stems."""
    beginnings = {one[:4] for one in stems if len(one) > 2}
    candidates = set()
    for entry in entries:
        for word in words_of(f"{entry.title} {entry.lead} {entry.text}"):
            candidates.update(s for s in word.segments if len(s) >= SHORTEST_COMPOUND)
    near = [
        word for word in candidates if any(beginning in _without_umlauts(word) for beginning in beginnings)
    ]
    if not near:
        return {}
    known = Word.objects.filter(word__in=near).exclude(parts="").values_list("word", "parts")
    return {word: tuple(parts.split()) for word, parts in known}


def _without_umlauts(word: str) -> str:
    """As stems have them: `maerkte` → `markte`."""
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
