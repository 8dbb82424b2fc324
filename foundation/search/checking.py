"""Comparing the index with the tables, and putting right what differs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

from foundation.search.database import tidy
from foundation.search.indexing import AT_ONCE, digest_of, reindex
from foundation.search.learning import background_vocabulary
from foundation.search.models import Entry
from foundation.search.sources import Source, sources

log = logging.getLogger(__name__)


@dataclass
class Difference:
    """Keys of one source that the index lacks, has in another state, or has too many."""

    source: Source
    missing: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    extra: list[int] = field(default_factory=list)

    @property
    def keys(self) -> list[int]:
        return [*self.missing, *self.stale, *self.extra]


def differences() -> Iterator[Difference]:
    """One for each source; reads everything, in portions."""
    for source in sources().values():
        found = Difference(source)
        seen: set[int] = set()
        for keys in portions(source.keys()):
            topics = source.topics(keys)
            digests = dict(Entry.objects.about(source.key, keys).values_list("object_id", "digest"))
            for document in source.documents(keys):
                key = document.object_id
                seen.add(key)
                if key not in digests:
                    found.missing.append(key)
                elif digests[key] != digest_of(document, topics.get(key, [])):
                    found.stale.append(key)
        indexed = Entry.objects.of(source.key).values_list("object_id", flat=True).order_by("pk")
        found.extra = [key for key in indexed.iterator() if key not in seen]
        yield found


def repair() -> list[Difference]:
    """Put right what differs, and entries of sources that no longer exist; what differed is logged."""
    found = list(differences())
    for difference in found:
        if difference.keys:
            name, count = difference.source.key, len(difference.keys)
            log.error("The search index differed from the tables: %s entries of %s", count, name)
            reindex(difference.source, difference.keys, background_vocabulary())
    Entry.objects.exclude(source__in=sources()).delete()
    return found


def portions(rows) -> Iterator[list[int]]:
    """The keys of a query set, some at a time, in order."""
    last = None
    while True:
        more = rows.order_by("pk") if last is None else rows.order_by("pk").filter(pk__gt=last)
        keys = list(more.values_list("pk", flat=True)[:AT_ONCE])
        if not keys:
            return
        yield keys
        last = keys[-1]


def rebuild() -> Iterator[int]:
    """Make every entry anew beside running searches; yields how many things are done.

    Each portion is its own transaction; until it is written, the old entries are found.
    """
    vocabulary, done = background_vocabulary(), 0
    for source in sources().values():
        for keys in portions(source.keys()):
            Entry.objects.about(source.key, keys).update(digest="")
            reindex(source, keys, vocabulary)
            done += len(keys)
            yield done
    repair()
    tidy()
