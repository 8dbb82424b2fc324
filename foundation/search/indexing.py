"""Writing the index: documents become entries in the transaction that changed them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils import timezone

from foundation.kit.german.spelling import sound_of
from foundation.kit.german.words import LONGEST_TEXT, LONGEST_WORD, fold, is_stop_word, stem, words_of
from foundation.search.database import facet_term, title_term
from foundation.search.models import Entry, TitleStart, Word
from foundation.search.sources import Document, Source

# Goes up whenever the same text gives other stems: then every entry counts as changed.
ANALYSER = 1
AT_ONCE = 200
SHORTEST_COMPOUND = 7  # as in foundation.kit.german.compounds, which web workers must not import
MOST_STARTS = 8  # words of a title that type-ahead finds it by

# Takes words as they are spelt (lower case) and gives their parts; only background work has one.
Splitter = Callable[[str], tuple[str, ...]]


@dataclass
class Vocabulary:
    """What is known about words: their parts, as far as somebody has looked."""

    split: Splitter | None = None
    parts: dict[str, tuple[str, ...] | None] = field(default_factory=dict)  # None: nobody has looked yet

    def learn(self, spellings: dict[str, str]) -> None:
        """Look up words (folded → as spelt), and keep those the table does not know."""
        new = [word for word in spellings if self.parts.get(word) is None]
        for start in range(0, len(new), 5000):
            self._read(new[start : start + 5000])
        missing = [word for word in new if word not in self.parts]
        rows = [_word_row(word, spellings[word], self.split) for word in sorted(missing)]
        Word.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
        for row in rows:
            self.parts[row.word] = tuple(row.parts.split()) if row.split_at else None
        if self.split:
            self._split([word for word in new if self.parts.get(word) is None])

    def _read(self, words: list[str]) -> None:
        known = Word.objects.filter(word__in=words).values_list("word", "parts", "split_at")
        for word, parts, split_at in known:
            self.parts[word] = tuple(parts.split()) if split_at else None

    def _split(self, words: list[str]) -> None:
        """Give parts to words that a web worker has left without."""
        rows = list(Word.objects.filter(word__in=words).order_by("word"))
        for row in rows:
            row.parts, row.split_at = parts_of(row.spelling, self.split), timezone.now()
            self.parts[row.word] = tuple(row.parts.split())
        Word.objects.bulk_update(rows, ["parts", "split_at"], batch_size=500)


def parts_of(spelling: str, split: Splitter) -> str:
    """The stems of the parts of a word, between spaces."""
    found = (stem(fold(part)) for part in split(spelling))
    return " ".join(dict.fromkeys(part for part in found if part))[:120]


def _word_row(word: str, spelling: str, split: Splitter | None) -> Word:
    needs_split = len(word) >= SHORTEST_COMPOUND
    return Word(
        word=word,
        length=len(word),
        stem=stem(word),
        sound=sound_of(word),
        spelling=spelling,
        parts=parts_of(spelling, split) if split and needs_split else "",
        split_at=timezone.now() if split or not needs_split else None,
    )


def reindex(source: Source, keys: Collection[int], vocabulary: Vocabulary | None = None) -> bool:
    """Bring the entries of these things to what the tables say now; gone things lose theirs.

    Whoever changes things another way than by saving them calls this in the same transaction.
    Returns whether words were met that a background task has still to take apart (it is enqueued).
    """
    vocabulary = vocabulary or Vocabulary()
    keys = sorted(set(keys))
    to_learn = False
    for start in range(0, len(keys), AT_ONCE):
        with transaction.atomic():
            to_learn |= _write(source, keys[start : start + AT_ONCE], vocabulary)
    return to_learn


def _write(source: Source, keys: list[int], vocabulary: Vocabulary) -> bool:
    known = _hold(source, keys)
    documents = {document.object_id: document for document in source.documents(keys)}
    topics = source.topics(list(documents))
    gone = [key for key in keys if key not in documents]
    if gone:
        Entry.objects.about(source.key, gone).delete()
    due = []
    for key, document in documents.items():
        digest = digest_of(document, topics.get(key, []))
        old, split_at = known.get(key, ("", None))
        if old != digest or (vocabulary.split and split_at is None):
            due.append((document, topics.get(key, []), digest))
    if not due:
        return False
    vocabulary.learn(_spellings(due))
    entries = [_entry(source, document, own, digest, vocabulary) for document, own, digest in due]
    _store(source, entries)
    return any(entry.split_at is None for entry in entries)


def _hold(source: Source, keys: list[int]) -> dict[int, tuple[str, object]]:
    """Key → (digest, split_at) of the entries, held until the transaction ends.

    Rows first, then documents: of two changes of one thing at once, the second waits here and then
    sees what the first has written. SQLite has one writer at a time anyway.
    """
    entries = Entry.objects.about(source.key, keys)
    if connection.features.has_select_for_update:
        stubs = [Entry(source=source.key, object_id=key, title="", url="", digest="") for key in keys]
        Entry.objects.bulk_create(stubs, ignore_conflicts=True)
        entries = entries.select_for_update()
    rows = entries.order_by("pk").values_list("object_id", "digest", "split_at")
    return {key: (digest, split_at) for key, digest, split_at in rows}


def _store(source: Source, entries: list[Entry]) -> None:
    """Write the entries, new or not, and their title beginnings."""
    names = [f.name for f in Entry._meta.concrete_fields if f.name not in ("id", "source", "object_id")]
    Entry.objects.bulk_create(
        entries,
        batch_size=100,
        update_conflicts=True,
        unique_fields=["source", "object_id"],
        update_fields=names,
    )
    TitleStart.objects.filter(entry__in=entries).delete()
    starts = [
        TitleStart(entry=entry, source=source.key, text=text)
        for entry in entries
        for text in title_starts(entry.title)
    ]
    TitleStart.objects.bulk_create(starts, batch_size=1000)


def digest_of(document: Document, topics: list[tuple[str, str]]) -> str:
    """Changes whenever the entry would."""
    said = repr((ANALYSER, document, topics))
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def title_starts(title: str) -> list[str]:
    """`Kollegiale Beratung` → `kollegiale beratung`, `beratung`."""
    words = [segment for word in words_of(title) for segment in word.segments]
    return list(dict.fromkeys(" ".join(words[place:])[:60] for place in range(min(len(words), MOST_STARTS))))


def _texts(document: Document, topics: list[tuple[str, str]]) -> tuple[str, str, str]:
    """Title, key text and text of a document."""
    names = [name for _, name in topics]
    return document.title, " . ".join([document.lead, *document.keywords, *names]), document.text


def _spellings(due: Iterable) -> dict[str, str]:
    """Folded → as spelt, for all words of these documents."""
    found: dict[str, str] = {}
    for document, topics, _ in due:
        for text in _texts(document, topics):
            for word in words_of(text):
                written = text[word.start : word.end].lower().replace("\u00ad", "")
                for segment in word.segments:
                    if len(segment) > 2 and not segment.isdigit() and segment not in found:
                        # A hyphen or a gender form inside: then the folded segment has to do.
                        spelling = written if fold(written) == segment else segment
                        found[segment] = spelling[:LONGEST_WORD]
    return found


def _terms(text: str, vocabulary: Vocabulary) -> tuple[list[str], dict[str, None], bool]:
    """Stems in order, the stems inside compounds, and whether all compounds were known."""
    stems: list[str] = []
    inner: dict[str, None] = {}
    complete = True
    for word in words_of(text):
        for segment in word.segments:
            if is_stop_word(segment):
                continue
            stems.append(stem(segment))
            parts = vocabulary.parts.get(segment, ())
            complete &= parts is not None
            inner.update(dict.fromkeys(parts or ()))
        inner.update(dict.fromkeys(joins_of(word.segments)))
    return stems, inner, complete


def joins_of(segments: tuple[str, ...]) -> list[str]:
    """`("pop", "up", "labor")` → the stems of `popup`, `uplabor` and `popuplabor`."""
    runs = (
        "".join(segments[start:end])
        for start in range(len(segments))
        for end in range(start + 2, min(len(segments), start + 4) + 1)
    )
    return [stem(run) for run in runs if len(run) <= LONGEST_WORD]


def _entry(source: Source, document: Document, topics, digest: str, vocabulary: Vocabulary) -> Entry:
    title, key, body = (_terms(text, vocabulary) for text in _texts(document, topics))
    slugs = [slug for slug, _ in topics]
    facets = [facet_term("s", source.key), *(facet_term("t", slug) for slug in slugs)]
    facets += [title_term(one).stem for one in dict.fromkeys(title[0])]
    complete = title[2] and key[2] and body[2]
    return Entry(
        source=source.key,
        object_id=document.object_id,
        title=document.title[:250],
        url=document.url,
        lead=document.lead,
        text=document.text[:LONGEST_TEXT],
        topics=" ".join(slugs),
        changed_at=document.changed_at,
        title_terms=_padded(title[0]),
        key_terms=_padded(key[0]),
        body_terms=_padded(body[0]),
        part_terms=_padded([*title[1], *(key[1] | body[1])]),
        facet_terms=_padded(facets),
        digest=digest,
        split_at=timezone.now() if complete else None,
    )


def _padded(terms: Iterable[str]) -> str:
    return f" {' '.join(terms)} "
