"""Entries of the index, title beginnings, words, synonyms and queries in vain."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="MissedQuery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=200, unique=True, verbose_name="Gesucht")),
                ("times", models.PositiveIntegerField(default=1, verbose_name="wie oft")),
                ("hits", models.PositiveSmallIntegerField(verbose_name="Treffer zuletzt")),
                ("last_on", models.DateField(verbose_name="zuletzt am")),
            ],
            options={
                "verbose_name": "Suche ohne oder mit wenig Treffern",
                "verbose_name_plural": "Suchen ohne oder mit wenig Treffern",
                "ordering": ["-times", "text"],
            },
        ),
        migrations.CreateModel(
            name="Synonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        help_text="Ein Ausdruck je Zeile, mindestens zwei. Wer nach einem sucht, findet auch die anderen. Beispiel: „ISEK“ und darunter „Integriertes städtebauliches Entwicklungskonzept“.",
                        max_length=600,
                        verbose_name="Wörter",
                    ),
                ),
            ],
            options={
                "verbose_name": "Synonym",
                "verbose_name_plural": "Synonyme",
                "ordering": ["words", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=40, verbose_name="Art")),
                ("object_id", models.PositiveBigIntegerField(verbose_name="Schlüssel")),
                ("title", models.CharField(max_length=250, verbose_name="Titel")),
                ("url", models.CharField(max_length=250, verbose_name="Adresse")),
                ("lead", models.TextField(blank=True, verbose_name="Kurztext")),
                ("text", models.TextField(blank=True, verbose_name="Text")),
                (
                    "topics",
                    models.TextField(
                        blank=True, help_text="Kurznamen, durch Leerzeichen getrennt", verbose_name="Themen"
                    ),
                ),
                ("changed_at", models.DateTimeField(null=True, verbose_name="Stand")),
                ("title_terms", models.TextField(blank=True)),
                ("key_terms", models.TextField(blank=True)),
                ("body_terms", models.TextField(blank=True)),
                ("part_terms", models.TextField(blank=True)),
                ("facet_terms", models.TextField(blank=True)),
                ("digest", models.CharField(max_length=32)),
                ("split_at", models.DateTimeField(null=True, verbose_name="Wörter zerlegt")),
            ],
            options={
                "verbose_name": "Eintrag im Suchverzeichnis",
                "verbose_name_plural": "Einträge im Suchverzeichnis",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("split_at__isnull", True)),
                        fields=["id"],
                        name="search_entry_to_split",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "object_id"), name="search_entry_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=60, unique=True, verbose_name="Wort")),
                ("length", models.PositiveSmallIntegerField()),
                ("stem", models.CharField(db_index=True, max_length=60)),
                ("sound", models.CharField(db_index=True, max_length=60)),
                ("spelling", models.CharField(max_length=60)),
                ("parts", models.CharField(blank=True, max_length=120, verbose_name="Teile")),
                ("split_at", models.DateTimeField(null=True, verbose_name="zerlegt")),
            ],
            options={
                "verbose_name": "Wort",
                "verbose_name_plural": "Wörter",
                "indexes": [
                    models.Index(
                        condition=models.Q(("split_at__isnull", True)),
                        fields=["id"],
                        name="search_word_to_split",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TitleStart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=40)),
                ("text", models.CharField(max_length=60)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="title_starts",
                        to="search.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "Titelanfang",
                "verbose_name_plural": "Titelanfänge",
                "indexes": [
                    models.Index(
                        fields=["source", "text"],
                        name="search_title_start",
                        opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
                    )
                ],
            },
        ),
    ]
