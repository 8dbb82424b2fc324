"""Decision trees: the row with its draft, immutable revisions, counts per day, notes of readers."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import formats.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("formats", "0009_desk_rights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Tree",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="Nur Kleinbuchstaben, Ziffern und Bindestriche. Bleibt nach dem Anlegen, wie er ist.",
                        max_length=60,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*\\Z", "Nur a–z, 0–9 und einzelne Bindestriche."
                            )
                        ],
                        verbose_name="Kurzname in der Adresse",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="Titel")),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=100, editable=False, verbose_name="Platz"),
                ),
                ("draft", models.JSONField(blank=True, default=dict, editable=False, verbose_name="Entwurf")),
                (
                    "draft_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="Entwurf geändert am"
                    ),
                ),
                (
                    "draft_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Entwurf von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Wegweiser",
                "verbose_name_plural": "Wegweiser",
                "ordering": ["position", "title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TreeRevision",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField(verbose_name="Fassung")),
                ("snapshot", models.JSONField(verbose_name="Inhalt")),
                (
                    "origin",
                    models.CharField(
                        choices=[("datei", "Inhaltsdatei"), ("redaktion", "Redaktion")],
                        max_length=10,
                        verbose_name="Entstanden durch",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=250, verbose_name="Warum")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="veröffentlicht am")),
                (
                    "replaced_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="abgelöst am"),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Von",
                    ),
                ),
                (
                    "tree",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="formats.tree",
                    ),
                ),
            ],
            options={
                "verbose_name": "Fassung eines Wegweisers",
                "verbose_name_plural": "Fassungen der Wegweiser",
                "ordering": ["tree", "-number"],
            },
        ),
        migrations.CreateModel(
            name="TreeNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "hidden_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="ausgeblendet am"
                    ),
                ),
                (
                    "hidden_reason",
                    models.CharField(blank=True, editable=False, max_length=250, verbose_name="Grund"),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("answers", models.CharField(blank=True, max_length=2000, verbose_name="Antworten")),
                (
                    "text",
                    formats.models.fields.BoundedTextField(max_length=2000, verbose_name="Was nicht passt"),
                ),
                (
                    "reply_to",
                    models.EmailField(blank=True, max_length=254, verbose_name="E-Mail für Rückfragen"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="am")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="erledigt am")),
                (
                    "hidden_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ausgeblendet von",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="erledigt von",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="formats.treerevision",
                        verbose_name="Fassung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Hinweis zu einem Wegweiser",
                "verbose_name_plural": "Hinweise zu Wegweisern",
                "ordering": ["-created_at", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TreeCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="Tag")),
                ("step", models.CharField(max_length=100, verbose_name="Schritt")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="Anzahl")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counts",
                        to="formats.treerevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "Zählung",
                "verbose_name_plural": "Zählungen",
            },
        ),
        migrations.AddField(
            model_name="tree",
            name="published",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="live_in",
                to="formats.treerevision",
                verbose_name="veröffentlichte Fassung",
            ),
        ),
        migrations.AddConstraint(
            model_name="treerevision",
            constraint=models.UniqueConstraint(
                fields=("tree", "number"), name="formats_treerevision_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="treenote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hidden_at__isnull", True),
                    models.Q(("hidden_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="formats_treenote_hidden_reason",
                violation_error_message="Wer etwas ausblendet, nennt den Grund.",
            ),
        ),
        migrations.AddConstraint(
            model_name="treecount",
            constraint=models.UniqueConstraint(
                fields=("revision", "day", "step"), name="formats_treecount_once"
            ),
        ),
    ]
