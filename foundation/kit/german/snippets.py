"""Snippets: the passage of a text that shows why it was found, with the words marked that were meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from foundation.kit.german.words import Word, fold, is_stop_word, stem, words_of

# Stems of the parts of a folded word; empty if it is no compound.
PartsOf = Callable[[str], Collection[str]]

LONGEST = 240
_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…]+[»“”\"]?|\n|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `is_hit` where it is what somebody looked for."""

    text: str
    is_hit: bool = False


def marked(text: str, stems: Collection[str], parts_of: PartsOf) -> list[Piece]:
    """The whole text in pieces: words with one of these stems are hits, of compounds only the part."""
    pieces: list[Piece] = []
    place = 0
    for start, end in _hits(text, stems, parts_of):
        if start > place:
            pieces.append(Piece(text[place:start]))
        pieces.append(Piece(text[start:end], is_hit=True))
        place = end
    if place < len(text):
        pieces.append(Piece(text[place:]))
    return pieces


def snippet(text: str, stems: Collection[str], parts_of: PartsOf, longest: int = LONGEST) -> list[Piece]:
    """The sentences with most of these stems, in their order; „…“ wherever something was left out.

    Empty if nothing in the text was meant: then there is no honest snippet.
    """
    hits = _hits(text, stems, parts_of)
    if not hits:
        return []
    best, best_worth = None, 0.0
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        inside = [hit for hit in hits if start <= hit[0] and hit[1] <= end]
        kinds = {stem(fold(text[a:b])) for a, b in inside}
        worth = len(kinds) + len(inside) / 10
        if inside and worth > best_worth:
            best, best_worth = (start, end, inside[0][0]), worth
    if best is None:
        best = (max(0, hits[0][0] - longest // 2), len(text), hits[0][0])
    start, end = _window(text, *best, longest)
    pieces = marked(" · ".join(text[start:end].strip().split("\n")), stems, parts_of)
    before = (
        [Piece("… ")] if start and text[start - 1] not in "\n" and not _begins_sentence(text, start) else []
    )
    after = [Piece(" …")] if text[end:].strip() and not _ends_sentence(text, end) else []
    return [*before, *pieces, *after]


def holds_phrases(text: str, phrases: Sequence[tuple[str, ...]]) -> bool:
    """Whether each of these folded phrases stands in the text, word for word."""
    folded = [segment for word in words_of(text) for segment in word.segments]
    line = f" {' '.join(folded)} "
    return all(f" {' '.join(phrase)} " in line for phrase in phrases)


def _hits(text: str, stems: Collection[str], parts_of: PartsOf) -> list[tuple[int, int]]:
    if not stems:
        return []
    found = []
    for word in words_of(text):
        if stem(word.joined) in stems:
            found.append((word.start, word.end))
            continue
        for segment in word.segments:
            if is_stop_word(segment):
                continue
            span = _segment_span(text, word, segment)
            if stem(segment) in stems:
                found.append(span)
                break
            inner = [part for part in parts_of(segment) if part in stems]
            if inner:
                found.append(_part_span(text, *span, inner))
                break
    return found


def _segment_span(text: str, word: Word, segment: str) -> tuple[int, int]:
    if len(word.segments) == 1:
        return word.start, word.end
    place = word.start
    for piece in re.split(r"([-\u2010\u2011])", text[word.start : word.end]):
        if fold(piece).startswith(segment[:4]) and fold(piece):
            return place, place + len(piece)
        place += len(piece)
    return word.start, word.end


def _part_span(text: str, start: int, end: int, parts: Sequence[str]) -> tuple[int, int]:
    """Where in a compound the part stands; the whole word if that cannot be told."""
    spelt = text[start:end]
    for first in range(len(spelt) - 2):
        for last in range(len(spelt), first + 2, -1):
            if stem(fold(spelt[first:last])) in parts and (
                first == 0 or last == len(spelt) or last - first > 3
            ):
                return start + first, start + last
    return start, end


def _window(text: str, start: int, end: int, hit: int, longest: int) -> tuple[int, int]:
    """At most `longest` letters of the sentence around the hit, cut between words; room is filled up."""
    if end - start > longest:
        start = max(start, min(hit - longest // 3, end - longest))
        if start and text[start - 1].isalnum():
            start = _after_space(text, start, hit)
        end = min(end, start + longest)
    else:
        following = text.find("\n", end)
        end = min(len(text) if following < 0 else following, max(end, start + longest))
    if end < len(text) and text[end : end + 1].isalnum():
        cut = text.rfind(" ", start, end)
        end = cut if cut > hit else end
    return start, end


def _after_space(text: str, start: int, latest: int) -> int:
    space = text.find(" ", start, latest)
    return space + 1 if space >= 0 else start


def _begins_sentence(text: str, start: int) -> bool:
    return text[:start].rstrip()[-1:] in (".", "!", "?", "…", "") or "\n" in text[max(0, start - 2) : start]


def _ends_sentence(text: str, end: int) -> bool:
    return text[:end].rstrip()[-1:] in (".", "!", "?", "…") or text[end : end + 1] == "\n"
