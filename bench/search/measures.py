"""How good a list of hits is: recall, precision at 5, reciprocal rank and discounted gain at 10."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

LOOKED_AT = 20  # hits a patient reader looks through; recall is counted among them
NAMES = ("recall@20", "P@5", "MRR@10", "nDCG@10")


def measure(hits: Sequence[str], grades: Mapping[str, int]) -> tuple[float, float, float, float]:
    """`grades` names what is relevant (1 to 3); all four lie between 0 and 1.

    Where fewer than 5 (or 20) texts are relevant, finding all of them is full marks.
    """
    relevant = [hit for hit in hits[:LOOKED_AT] if hit in grades]
    recall = len(relevant) / min(len(grades), LOOKED_AT)
    precision = sum(hit in grades for hit in hits[:5]) / min(5, len(grades))
    first = next((place for place, hit in enumerate(hits[:10], start=1) if hit in grades), 0)
    ideal = _gain(sorted(grades.values(), reverse=True)[:10])
    gain = _gain([grades.get(hit, 0) for hit in hits[:10]]) / ideal
    return recall, precision, 1 / first if first else 0.0, gain


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))
