"""Which match comes first: BM25 over the fields of an entry, in Python and so the same on both databases.

Only a bounded number of matches is ranked, so a common word costs no more than a rare one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from foundation.search.concepts import Concept, Way
from foundation.search.database import Row

# What a stem counts in title, key words, text, and as a part of a compound.
FIELDS = (4.0, 1.5, 1.0, 0.8)
SATURATION, LENGTH = 1.2, 0.4  # k1 and b of BM25
CORPUS = 10_000  # size of an imagined corpus; counting the real one would cost more than it tells
TITLE_BONUS = 0.3
MISSING = 2.0  # exponent on the share of the query that is found
ENOUGH = 0.4  # that share must be reached to be shown at all


@dataclass(frozen=True, slots=True)
class Ranked:
    """A match and its score; `share` is how much of the query (by rarity) it covers, at most 1."""

    row: Row
    score: float
    share: float


def rarity(frequency: int) -> float:
    """The inverse document frequency of BM25, in the imagined corpus."""
    frequency = min(frequency, CORPUS)
    return math.log(1 + (CORPUS - frequency + 0.5) / (frequency + 0.5))


def rank(
    rows: Sequence[Row], concepts: Sequence[Concept], rarities: Sequence[float], *, spare: bool
) -> list[Ranked]:
    """The rows by falling score; on equal scores the newest entry first."""
    if not rows:
        return []
    lengths = [sum(map(len, row.words)) + 60 for row in rows]
    usual = sum(lengths) / len(lengths)
    total = sum(rarities) or 1.0
    found = []
    for row, length in zip(rows, lengths, strict=True):
        damping = SATURATION * (1 - LENGTH + LENGTH * length / usual)
        score = share = 0.0
        titled: set[str] = set()
        for concept, weight in zip(concepts, rarities, strict=True):
            value, worth = _value(concept, row.words, damping, spare, titled)
            score += weight * value
            share += weight * worth
        share /= total
        title = row.words[0].split()
        close = sum(1 for word in title if word in titled) / len(title) if title else 0
        score = (score + TITLE_BONUS * total * close * share) * share**MISSING
        found.append(Ranked(row, score, share))
    found.sort(key=lambda one: (-one.score, -one.row.pk))
    return found


def _value(concept: Concept, words, damping: float, spare: bool, titled: set[str]) -> tuple[float, float]:
    """What an entry is worth for a concept, and how well the concept is met (0 to 1)."""
    best, best_worth = 0.0, 0.0
    ways = (*concept.ways, *concept.spare) if spare else concept.ways
    for way in ways:
        weight = _weight(way, words, titled)
        if weight:
            best = max(best, way.worth * weight * (SATURATION + 1) / (weight + damping))
            best_worth = max(best_worth, way.worth)
    return best, best_worth


def _weight(way: Way, words, titled: set[str]) -> float:
    """How often the rarest of the stems stands there, by field; 0 if one of them does not."""
    least = math.inf
    for stem in way.stems:
        padded = f" {stem} "
        counts = [text.count(padded) for text in words]
        if counts[0]:
            titled.add(stem)
        least = min(least, sum(count * field for count, field in zip(counts, FIELDS, strict=True)))
        if not least:
            return 0.0
    return least
