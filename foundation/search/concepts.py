"""From what somebody typed to what is looked for: a concept for each word, with all that may stand for it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from foundation.kit.german.query import Query, parse_query
from foundation.kit.german.words import Word as TextWord
from foundation.kit.german.words import is_stop_word, stem
from foundation.search.database import WORD_COLUMNS, title_term
from foundation.search.indexing import SHORTEST_COMPOUND
from foundation.search.models import Synonym, Word
from foundation.search.tree import All, OneOf, Term, Tree, Without
from foundation.search.tree import Phrase as PhraseTree

# How much another expression is worth beside the word itself.
SAME, APART, SYNONYM, PART = 1.0, 0.9, 0.85, 0.5
MOST_SETS = 40  # of words that are enough to be shown
SYNONYMS_LAST = 5.0  # seconds
LONG_PART = 4  # letters a part needs to stand for the whole when little else is found


@dataclass(frozen=True)
class Way:
    """Stems that together stand for a concept, and how well."""

    stems: tuple[str, ...]
    worth: float


@dataclass(frozen=True)
class Concept:
    """What one word of the query means: any of these ways will do.

    `spare` are lesser ways, taken only when there is hardly anything else to show.
    """

    ways: tuple[Way, ...]
    spare: tuple[Way, ...] = ()

    def tree(self, *, spare: bool = False, in_title: bool = False) -> Tree:
        ways = [*self.ways, *self.spare] if spare else self.ways
        term = title_term if in_title else Term
        found = [All(tuple(map(term, way.stems))) for way in ways]
        return OneOf(tuple(found))


def concepts_of(query: Query) -> list[Concept]:
    """One concept for each word. Two small queries: known words, and synonyms."""
    words = list(query.words)
    if not words:
        return []
    parts = _parts_of(words)
    groups = synonyms.current()
    found = []
    for place, word in enumerate(words):
        ways = [*_ways_of(word, parts), *_with_neighbours(words, place)]
        ways += _synonym_ways(words, place, groups)
        spare = [Way((part,), PART) for part in parts.get(word.joined, ())[:1] if len(part) >= LONG_PART]
        found.append(Concept(_best(ways), tuple(spare)))
    return found


def strict_tree(concepts: Sequence[Concept], query: Query, *, in_title: bool = False) -> Tree:
    """All words and phrases, nothing of what is to be left out."""
    wanted = [concept.tree(in_title=in_title) for concept in concepts] + phrase_trees(query)
    return without(All(tuple(wanted)), query)


def relaxed_tree(concepts: Sequence[Concept], weights: Sequence[float], least: float, query: Query) -> Tree:
    """Enough of the words, by their weights, and all phrases.

    Only sets of words that together reach the share `least`: a common word alone would bring in
    half the index, to be thrown away afterwards.
    """
    total = sum(weights) or 1.0
    enough: list[tuple[int, ...]] = []
    for size in (1, 2, 3):
        for some in combinations(range(len(concepts)), size):
            is_new = not any(set(smaller) <= set(some) for smaller in enough)
            if is_new and sum(weights[place] for place in some) / total >= least:
                enough.append(some)
    trees = [concept.tree(spare=True) for concept in concepts]
    sets = [All(tuple(trees[place] for place in some)) for some in enough] or trees
    return without(All((OneOf(tuple(sets[:MOST_SETS])), *phrase_trees(query))), query)


def phrase_trees(query: Query) -> list[Tree]:
    """Phrases as the index can tell: without stop words, as stems; the text itself is looked at later."""
    stems = [tuple(stem(word) for word in phrase if not is_stop_word(word)) for phrase in query.phrases]
    return [PhraseTree(some) for some in stems]


def without(tree: Tree, query: Query) -> Tree:
    """Leave out what carries the words themselves; a part of a compound is no reason."""
    unwanted: list[Tree] = []
    for words in query.minus:
        stems = tuple(stem(word) for word in words if not is_stop_word(word))
        joined = stem("".join(words))
        one = Term(stems[0], WORD_COLUMNS) if len(stems) == 1 else PhraseTree(stems)
        unwanted.append(OneOf((one, Term(joined, WORD_COLUMNS))))
    return Without(tree, OneOf(tuple(unwanted))) if unwanted else tree


def _ways_of(word: TextWord, parts: dict[str, tuple[str, ...]]) -> list[Way]:
    joined = stem(word.joined)
    ways = [Way((joined,), SAME)]
    if len(word.segments) > 1:
        ways.append(Way(tuple(stem(s) for s in word.segments if not is_stop_word(s)) or (joined,), SAME))
    inside = parts.get(word.joined, ())
    if len(inside) > 1:
        ways.append(Way(inside[:2] if len(inside) < 4 else inside, APART))
    return ways


def _with_neighbours(words: list[TextWord], place: int) -> list[Way]:
    """`Bürger Rat`, typed apart, also means `Bürgerrat`."""
    pairs = [words[place - 1 : place + 1] if place else [], words[place : place + 2]]
    joined = (one.joined + other.joined for pair in pairs if len(pair) == 2 for one, other in [pair])
    return [Way((stem(word),), SAME) for word in joined if len(word) <= 40]


def _parts_of(words: Iterable[TextWord]) -> dict[str, tuple[str, ...]]:
    """Compounds → stems of their parts: as some indexed text has them, or by what is known of words."""
    joined = {word.joined for word in words if len(word.joined) >= SHORTEST_COMPOUND}
    if not joined:
        return {}
    known = Word.objects.filter(word__in=joined, split_at__isnull=False).values_list("word", "parts")
    found = {word: tuple(parts.split()) for word, parts in known}
    for word in sorted(joined - found.keys()):
        found[word] = _split_by_vocabulary(word)
    return found


def _split_by_vocabulary(word: str) -> tuple[str, ...]:
    """Two parts, both of which are words somebody has used; the longest first part wins.

    If only the first one is known, it alone.
    """
    cuts = []
    for cut in range(4, len(word) - 3):
        head, tail = word[:cut], word[cut:]
        for link in ("", "s", "es", "n", "en"):
            if head.endswith(link) and len(head) - len(link) >= 4:
                cuts.append((stem(head.removesuffix(link) if link else head), stem(tail)))
    stems = {part for pair in cuts for part in pair}
    known = set(Word.objects.filter(stem__in=stems).values_list("stem", flat=True))
    for head, tail in reversed(cuts):
        if head in known and tail in known:
            return head, tail
    return next(((head,) for head, _ in reversed(cuts) if head in known), ())


class _Synonyms:
    """The groups of synonyms as stems, read anew every few seconds in each process."""

    def __init__(self):
        self.groups: list[list[tuple[str, ...]]] = []
        self.until = 0.0

    def current(self) -> list[list[tuple[str, ...]]]:
        if time.monotonic() >= self.until:
            self.groups = [[_stems(line) for line in lines] for lines in Synonym.objects.groups()]
            self.until = time.monotonic() + SYNONYMS_LAST
        return self.groups

    def forget(self, **_signal) -> None:
        """After a change in this process; the others follow within `SYNONYMS_LAST` seconds."""
        self.until = 0.0


synonyms = _Synonyms()


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word.joined) for word in parse_query(text).words)


def _synonym_ways(words: list[TextWord], place: int, groups: list[list[tuple[str, ...]]]) -> list[Way]:
    """What stands for the word, or for the expression of several words it belongs to."""
    typed = [stem(word.joined) for word in words]
    ways = []
    for group in groups:
        for line in group:
            starts = range(max(0, place - len(line) + 1), place + 1)
            if line and any(tuple(typed[start : start + len(line)]) == line for start in starts):
                ways += [Way(other, SYNONYM) for other in group if other and other != line]
    return ways


def _best(ways: list[Way]) -> tuple[Way, ...]:
    """Each set of stems once, with its best worth; not more than a query can bear."""
    worth: dict[tuple[str, ...], float] = {}
    for way in ways:
        if way.stems:
            worth[way.stems] = max(way.worth, worth.get(way.stems, 0))
    return tuple(Way(stems, value) for stems, value in worth.items())[:16]
