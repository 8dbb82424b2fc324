"""What the search keeps: entries of the index, known words, synonyms, and what was asked in vain."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F, Q

from foundation.kit.german.query import LONGEST_QUERY, parse_query
from foundation.kit.german.spelling import sound_of


class EntryQuerySet(models.QuerySet):
    def of(self, source: str) -> Self:
        return self.filter(source=source)

    def about(self, source: str, keys) -> Self:
        """The entries of these things."""
        return self.filter(source=source, object_id__in=keys)

    def with_words_to_learn(self) -> Self:
        """Indexed by a web worker with words whose parts nobody knew yet."""
        return self.filter(split_at__isnull=True)

    def in_order(self, keys: list[int]) -> list[Entry]:
        """The entries with these keys, in the order of the list."""
        found = self.in_bulk(keys)
        return [found[key] for key in keys if key in found]


class Entry(models.Model):
    """One thing of any room in the index: as it is shown, and as it is found.

    Written only by `foundation.search.indexing`. The database itself keeps the full-text index beside
    it (migration 0002): triggers on SQLite, a generated column on PostgreSQL.
    """

    source = models.CharField("Art", max_length=40)
    object_id = models.PositiveBigIntegerField("Schlüssel")
    title = models.CharField("Titel", max_length=250)
    url = models.CharField("Adresse", max_length=250)
    lead = models.TextField("Kurztext", blank=True)
    text = models.TextField("Text", blank=True)
    topics = models.TextField("Themen", blank=True, help_text="Kurznamen, durch Leerzeichen getrennt")
    changed_at = models.DateTimeField("Stand", null=True)

    # Stems, each between single spaces, also at both ends, so that one can be counted as " stem ".
    title_terms = models.TextField(blank=True)
    key_terms = models.TextField(blank=True)  # lead, keywords, topics
    body_terms = models.TextField(blank=True)
    part_terms = models.TextField(blank=True)  # parts of compounds: of the title, and of the rest, each once
    facet_terms = models.TextField(blank=True)  # source, topics and title stems as words nobody types

    digest = models.CharField(max_length=32)  # of the document and the analyser that made the stems
    split_at = models.DateTimeField("Wörter zerlegt", null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "Eintrag im Suchverzeichnis"
        verbose_name_plural = "Einträge im Suchverzeichnis"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "object_id"], name="search_entry_once"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(split_at__isnull=True), name="search_entry_to_split"),
        ]

    def __str__(self):
        return self.title


class TitleStartQuerySet(models.QuerySet):
    def beginning(self, source: str, text: str) -> Self:
        """In alphabetical order. `text` is folded: a–z, 0–9 and spaces."""
        # SQLite uses its index for comparisons, PostgreSQL for beginnings.
        if connection.vendor == "sqlite":
            found = self.filter(text__gte=text, text__lt=text + "~")
        else:
            found = self.filter(text__startswith=text)
        return found.filter(source=source).order_by("text", "pk")


class TitleStart(models.Model):
    """The folded title from each of its words on: what type-ahead looks up by its beginning."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="title_starts")
    source = models.CharField(max_length=40)
    text = models.CharField(max_length=60)

    objects = TitleStartQuerySet.as_manager()

    class Meta:
        verbose_name = "Titelanfang"
        verbose_name_plural = "Titelanfänge"
        indexes = [
            # With this operator class PostgreSQL uses the index for beginnings whatever its collation.
            models.Index(
                fields=["source", "text"],
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
                name="search_title_start",
            ),
        ]

    def __str__(self):
        return self.text


class WordQuerySet(models.QuerySet):
    def to_split(self) -> Self:
        """Not yet looked at by the word list."""
        return self.filter(split_at__isnull=True)

    def resembling(self, word: str) -> Self:
        """Words that might be meant by a misspelt one: same sound, or the same beginning and length."""
        swapped = word[1::-1] + word[2:3]
        near = Q(word__startswith=word[:2]) | Q(word__startswith=swapped)
        near &= Q(length__range=(len(word) - 2, len(word) + 2))
        return self.filter(near | Q(sound=sound_of(word)))


class Word(models.Model):
    """A word of some indexed text, with its parts if it is a compound.

    It may come from a text that a reader may not see: it steers what is looked for, and is shown
    only after a readable text was found that holds it.
    """

    word = models.CharField("Wort", max_length=60, unique=True)  # folded
    length = models.PositiveSmallIntegerField()
    stem = models.CharField(max_length=60, db_index=True)
    sound = models.CharField(max_length=60, db_index=True)
    spelling = models.CharField(max_length=60)  # lower case with umlauts, as the word list wants it
    parts = models.CharField("Teile", max_length=120, blank=True)  # their stems
    split_at = models.DateTimeField("zerlegt", null=True)

    objects = WordQuerySet.as_manager()

    class Meta:
        verbose_name = "Wort"
        verbose_name_plural = "Wörter"
        indexes = [
            models.Index(fields=["id"], condition=Q(split_at__isnull=True), name="search_word_to_split"),
        ]

    def __str__(self):
        return self.spelling


class SynonymQuerySet(models.QuerySet):
    def groups(self) -> list[list[str]]:
        """The lines of each group."""
        return [words.splitlines() for words in self.values_list("words", flat=True)]


class Synonym(models.Model):
    """Words that mean the same to a reader. Looked up with each query; the index knows nothing of it."""

    words = models.TextField(
        "Wörter",
        max_length=600,
        help_text="Ein Ausdruck je Zeile, mindestens zwei. Wer nach einem sucht, findet auch die anderen. "
        "Beispiel: „ISEK“ und darunter „Integriertes städtebauliches Entwicklungskonzept“.",
    )

    objects = SynonymQuerySet.as_manager()

    class Meta:
        verbose_name = "Synonym"
        verbose_name_plural = "Synonyme"
        ordering = ["words", "pk"]

    def __str__(self):
        return " = ".join(self.words.splitlines())

    def clean(self):
        lines = list(
            dict.fromkeys(" ".join(line.split()) for line in self.words.splitlines() if line.strip())
        )
        if len(lines) < 2 or not all(parse_query(line) for line in lines):
            raise ValidationError(
                {"words": "Nennen Sie mindestens zwei verschiedene Ausdrücke, je Zeile einen."}
            )
        if len(lines) > 12:
            raise ValidationError({"words": "Höchstens zwölf Ausdrücke je Gruppe."})
        self.words = "\n".join(lines)


class MissedQueryQuerySet(models.QuerySet):
    def note(self, text: str, hits: int, today: date) -> None:
        """Count this query once more."""
        row, made = self.get_or_create(text=text, defaults={"hits": hits, "last_on": today})
        if not made:
            self.filter(pk=row.pk).update(times=F("times") + 1, hits=hits, last_on=today)

    def last_asked_before(self, day: date) -> Self:
        return self.filter(last_on__lt=day)


class MissedQuery(models.Model):
    """A query that found nothing or hardly anything, and how often. Nothing says who asked."""

    text = models.CharField("Gesucht", max_length=LONGEST_QUERY, unique=True)
    times = models.PositiveIntegerField("wie oft", default=1)
    hits = models.PositiveSmallIntegerField("Treffer zuletzt")
    last_on = models.DateField("zuletzt am")

    objects = MissedQueryQuerySet.as_manager()

    class Meta:
        verbose_name = "Suche ohne oder mit wenig Treffern"
        verbose_name_plural = "Suchen ohne oder mit wenig Treffern"
        ordering = ["-times", "text"]

    def __str__(self):
        return self.text
