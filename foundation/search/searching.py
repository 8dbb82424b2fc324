"""Searching: what one reader finds for a query, and what resembles a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from foundation.kit.german.query import Query, parse_query
from foundation.kit.german.snippets import holds_phrases
from foundation.kit.german.words import is_stop_word, stem, words_of
from foundation.search.concepts import Concept, Way, concepts_of, relaxed_tree, strict_tree
from foundation.search.database import Row, Scope, counts, frequencies, matches
from foundation.search.models import Entry
from foundation.search.ranking import ENOUGH, Ranked, rank, rarity
from foundation.search.sources import sources
from foundation.search.tree import OneOf, Term

CAP = 1000  # matches are counted up to here: „über 1.000“
RANKED = 200  # of each source are put in order
FEW = 10  # below this many, entries that hold only some of the words are shown too
KNOWN_UP_TO = 300  # how far a word's frequency is counted


@dataclass(frozen=True)
class Count:
    """How many matches a source has; `is_capped` means: or more."""

    number: int
    is_capped: bool = False


@dataclass
class Results:
    """What a reader finds. `hits` are keys of entries, best first, at most `RANKED` of each source."""

    query: Query
    concepts: list[Concept] = field(default_factory=list)
    hits: list[tuple[str, int]] = field(default_factory=list)  # (source, key of the entry)
    counts: dict[str, Count] = field(default_factory=dict)
    topics: Counter[str] = field(default_factory=Counter)  # slugs, among the hits
    exact: int = 0  # hits that hold all words; the others come after them

    @property
    def total(self) -> int:
        return sum(count.number for count in self.counts.values())

    @property
    def is_capped(self) -> bool:
        return any(count.is_capped for count in self.counts.values())

    def of(self, source: str) -> list[int]:
        """Keys of the entries of one source, best first."""
        return [pk for name, pk in self.hits if name == source]

    def stems(self) -> set[str]:
        """Everything that may be marked in a text."""
        ways = (way for concept in self.concepts for way in (*concept.ways, *concept.spare))
        return {one for way in ways for one in way.stems}

    def phrase_stems(self) -> list[tuple[str, ...]]:
        """Phrases are marked word by word."""
        return [tuple(map(stem, phrase)) for phrase in self.query.phrases]


def search(text: str, user, *, topic: str = "", since: datetime | None = None) -> Results:
    """What this reader finds; whatever was typed, there is an answer. Ranks a bounded number of matches."""
    query = parse_query(text)
    results = Results(query)
    if not query:
        return results
    scope = Scope(tuple(sources().values()), user, topic, since)
    results.concepts = concepts = concepts_of(query)
    tree = strict_tree(concepts, query)
    rows = _holding(matches(tree, scope, RANKED + 1), query)
    found = _numbers(rows, scope, tree)
    full = {source for source, count in found.items() if count.number > RANKED or count.is_capped}
    if full:
        rows = _titles_first(rows, concepts, query, scope, full)
    few = len(rows) < FEW and (len(concepts) > 1 or any(concept.spare for concept in concepts))
    # Where all words stand in every match anyway, it hardly matters which of them is the rarest.
    rarities = _rarities(concepts, scope) if few else [rarity(1)] * len(concepts)
    ranked = rank(rows, concepts, rarities, spare=False)
    results.exact = len(ranked)
    if few:
        ranked, found = _with_partial(ranked, concepts, rarities, query, scope)
    results.hits = [(one.row.source, one.row.pk) for one in ranked]
    results.counts = found
    results.topics = Counter(slug for one in ranked for slug in one.row.topics.split())
    return results


def similar(text: str, user, *, most: int = 3, leaving_out: tuple[str, int] | None = None) -> list[Entry]:
    """The readable entries most like a piece of text, possibly none; for „Schon beantwortet?“.

    Looks for its most telling words. `leaving_out` is (source, key) of the thing the text comes from.
    """
    told = Counter(stem(s) for w in words_of(text[:5000]) for s in w.segments if not is_stop_word(s))
    telling = [one for one, _ in sorted(told.items(), key=lambda item: (-item[1] * len(item[0]), item[0]))][
        :16
    ]
    if not telling:
        return []
    scope = Scope(tuple(sources().values()), user)
    known = frequencies([Term(one) for one in telling], scope, KNOWN_UP_TO)
    rare = sorted((n, one) for one, n in zip(telling, known, strict=True) if n)[:8]
    concepts = [Concept((Way((one,), 1.0),)) for _, one in rare]
    if not concepts:
        return []
    rows = matches(OneOf(tuple(concept.tree() for concept in concepts)), scope, RANKED)
    ranked = rank(rows, concepts, [rarity(n) for n, _ in rare], spare=False)
    entries = Entry.objects.in_order([one.row.pk for one in ranked if one.share >= 0.3][: most + 1])
    return [one for one in entries if (one.source, one.object_id) != leaving_out][:most]


def _rarities(concepts: Sequence[Concept], scope: Scope) -> list[float]:
    """With one word it does not matter how rare it is."""
    if len(concepts) < 2:
        return [rarity(1)] * len(concepts)
    return [rarity(n) for n in frequencies([concept.tree() for concept in concepts], scope, KNOWN_UP_TO)]


def _numbers(rows: list[Row], scope: Scope, tree) -> dict[str, Count]:
    """Matches of each source: what was fetched, or counted up to the cap where there are more."""
    found = Counter(row.source for row in rows)
    full = [source.key for source in scope.sources if found[source.key] > RANKED]
    numbers = {key: Count(number) for key, number in found.items()}
    if full:
        counted = counts(tree, scope.within(full), CAP + 1)
        numbers |= {key: Count(min(number, CAP), number > CAP) for key, number in counted.items()}
    return numbers


def _titles_first(rows, concepts, query: Query, scope: Scope, full: set[str]) -> list[Row]:
    """Where there are more matches than can be ranked: those with the words in the title, then the newest."""
    tree = strict_tree(concepts, query, in_title=True) if concepts else None
    titled = _holding(matches(tree, scope.within(full), RANKED), query) if tree else []
    kept, places = [], Counter[str]()
    for row in {row.pk: row for row in [*titled, *rows]}.values():
        places[row.source] += 1
        if places[row.source] <= RANKED:
            kept.append(row)
    return kept


def _with_partial(exact: list[Ranked], concepts, rarities, query: Query, scope: Scope):
    """The exact matches, then those that hold enough of the query; and their numbers."""
    rows = _holding(matches(relaxed_tree(concepts, rarities, ENOUGH, query), scope, RANKED), query)
    seen = {one.row.pk for one in exact}
    partial = [one for one in rank(rows, concepts, rarities, spare=True) if one.row.pk not in seen]
    ranked = [*exact, *(one for one in partial if one.share >= ENOUGH)]
    return ranked, {key: Count(n) for key, n in Counter(one.row.source for one in ranked).items()}


def _holding(rows: list[Row], query: Query) -> list[Row]:
    """Those whose text really holds the phrases: the index knows them only without stop words, as stems."""
    if not query.phrases:
        return rows
    texts = Entry.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "title", "lead", "text")
    holding = {pk for pk, *parts in texts if holds_phrases(" . ".join(parts), query.phrases)}
    return [row for row in rows if row.pk in holding]
