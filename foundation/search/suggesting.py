"""Suggestions while typing, and „Meinten Sie“: made only of what this reader may read."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from foundation.kit.german.query import Query
from foundation.kit.german.spelling import distance, sound_of
from foundation.kit.german.words import stem, words_of
from foundation.search.database import WORD_COLUMNS, Scope, matches
from foundation.search.models import Entry, TitleStart, Word
from foundation.search.sources import sources
from foundation.search.tree import Term
from foundation.topics.models import Topic

MOST_TITLES = 8
LOOKED_AT = 200  # titles of each source with this beginning
MOST_TEXTS = 20  # texts in which a word is looked for as it is spelt
MOST_CANDIDATES = 3_000
MOST_TRIED = 6
SHORT = 7  # below this many letters only nouns and names are offered


def titles_beginning(text: str, user) -> list[Entry]:
    """Readable entries with a title that has these words in a row, the last one perhaps unfinished."""
    beginning = " ".join(segment for word in words_of(text[:60]) for segment in word.segments)[:60]
    if not beginning:
        return []
    found: list[Entry] = []
    for source in sources().values():
        near = TitleStart.objects.beginning(source.key, beginning).values("entry")[:LOOKED_AT]
        rights = source.readable(user).order_by().filter(pk=OuterRef("object_id"))
        readable = Entry.objects.filter(Exists(rights), pk__in=near)
        found += readable.order_by("title", "pk")[:MOST_TITLES]
    return found[: MOST_TITLES * 2]


def did_you_mean(query: Query, user) -> str:
    """The query with its unknown words put right; empty if nothing better is known.

    A word is offered only as it is spelt in a text that this reader may read.
    """
    better = query.text
    for word in query.words:
        if len(word.joined) < 4 or _readable_with(word.joined, user):
            continue
        replacement = _nearest(word.joined, user)
        if not replacement:
            return ""
        typed = next(w for w in words_of(better) if w.joined == word.joined)
        better = better[: typed.start] + replacement + better[typed.end :]
    return better if better != query.text else ""


def _nearest(word: str, user) -> str:
    """The spelling of the word that was probably meant; the closest first, then the one that sounds alike."""
    most = 1 if len(word) < 6 else 2
    near = []
    candidates = Word.objects.resembling(word).values_list("word", "sound", "stem")[:MOST_CANDIDATES]
    for candidate, sound, _ in candidates:
        steps = distance(word, candidate, most)
        if 0 < steps <= most or (sound == sound_of(word) and distance(word, candidate, 3) <= 3):
            near.append((min(steps, most + 1), sound != sound_of(word), candidate))
    for _, _, candidate in sorted(near)[:MOST_TRIED]:
        spelling = _readable_with(candidate, user)
        # Of short words there are too many neighbours: „Markt“ is no slip for „merkt“.
        if spelling and (len(word) >= SHORT or spelling[0].isupper()):
            return spelling
    return ""


def _readable_with(word: str, user) -> str:
    """The word as some readable text spells it; empty if no such text holds it."""
    scope = Scope(tuple(sources().values()), user)
    keys = [row.pk for row in matches(Term(stem(word), WORD_COLUMNS), scope, MOST_TEXTS)]
    for title, lead, text in Entry.objects.filter(pk__in=keys).values_list("title", "lead", "text"):
        for part in (title, lead, text):
            for found in words_of(part):
                if word in found.segments:
                    return part[found.start : found.end] if len(found.segments) == 1 else word
    return ""


def nearest_topics(query: Query, user, *, most: int = 6) -> list[Topic]:
    """Topics with something this reader may see: those that share letters with the query first."""
    asked = [word.joined for word in query.words]

    def nearness(topic: Topic) -> float:
        words = [segment for word in words_of(topic.name) for segment in word.segments]
        return max((shared_beginning(a, b) for a in asked for b in words), default=0)

    topics = list(Topic.objects.with_things_for(user).alphabetical())
    return sorted(topics, key=nearness, reverse=True)[:most]


def shared_beginning(one: str, other: str) -> float:
    """How much of the shorter word both begin with, from four letters on; 0 to 1."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length / min(len(one), len(other)) if length >= 4 else 0
