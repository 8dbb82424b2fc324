"""Steckbriefe with their parts, revisions, bookmarks and what readers report."""

import uuid

import django.core.validators
import django.db.models.deletion
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import formats.models.fields
import formats.models.format
import formats.models.parts


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("topics", "0002_editor_rights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Format",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("format", "Format"), ("methode", "Methode")],
                        default="format",
                        max_length=8,
                        verbose_name="Art",
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
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Platz im Katalog. Beispiel: 7",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9999),
                        ],
                        verbose_name="Nummer",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="Titel")),
                (
                    "summary",
                    formats.models.fields.BoundedTextField(
                        help_text="Was ist das? Ein bis zwei Sätze, höchstens 400 Zeichen.",
                        max_length=400,
                        verbose_name="Kurztext",
                    ),
                ),
                (
                    "purposes",
                    formats.models.fields.StringListField(
                        default=list,
                        help_text="Wozu dient das Format? Mindestens ein Zweck.",
                        verbose_name="Zweck",
                    ),
                ),
                (
                    "goal",
                    formats.models.fields.BoundedTextField(
                        help_text="Was haben die Beteiligten danach?", max_length=600, verbose_name="Ziel"
                    ),
                ),
                (
                    "occasions",
                    formats.models.fields.StringListField(
                        default=list,
                        help_text="Ein Anlass je Zeile. Beispiel: ein neues Förderprogramm",
                        verbose_name="Anlässe",
                    ),
                ),
                (
                    "target_groups",
                    formats.models.fields.StringListField(
                        default=list,
                        help_text="Eine je Zeile. Beispiel: Kommunalverwaltung",
                        verbose_name="Zielgruppen",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("digital", "digital"), ("hybrid", "hybrid"), ("praesenz", "Präsenz")],
                        max_length=8,
                        verbose_name="Modus",
                    ),
                ),
                (
                    "timing",
                    models.CharField(
                        choices=[("live", "live"), ("zeitversetzt", "zeitversetzt")],
                        default="live",
                        max_length=12,
                        verbose_name="Zeitlich",
                    ),
                ),
                (
                    "group_from",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(30000)],
                        verbose_name="Gruppe von",
                    ),
                ),
                (
                    "group_to",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leer heißt: nach oben offen.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(30000)],
                        verbose_name="Gruppe bis",
                    ),
                ),
                (
                    "duration_from",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="Dauer von"
                    ),
                ),
                (
                    "duration_to",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="Dauer bis"
                    ),
                ),
                (
                    "duration_unit",
                    models.CharField(
                        choices=[
                            ("minuten", "Minuten"),
                            ("stunden", "Stunden"),
                            ("tage", "Tage"),
                            ("wochen", "Wochen"),
                            ("monate", "Monate"),
                        ],
                        default="minuten",
                        max_length=8,
                        verbose_name="Einheit",
                    ),
                ),
                (
                    "duration_per",
                    models.CharField(
                        blank=True,
                        help_text="Leer lassen oder zum Beispiel: je Treffen",
                        max_length=60,
                        verbose_name="Dauer gilt je",
                    ),
                ),
                (
                    "effort",
                    models.CharField(
                        choices=[("gering", "gering"), ("mittel", "mittel"), ("hoch", "hoch")],
                        help_text="Vorbereitung der durchführenden Stelle: gering bis 2, mittel bis 8, darüber hoch.",
                        max_length=6,
                        verbose_name="Aufwand",
                    ),
                ),
                (
                    "person_days_from",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="Personentage von"
                    ),
                ),
                (
                    "person_days_to",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="Personentage bis"
                    ),
                ),
                (
                    "person_days_per",
                    models.CharField(
                        blank=True,
                        help_text="Leer lassen oder zum Beispiel: je Folge",
                        max_length=60,
                        verbose_name="Personentage gelten je",
                    ),
                ),
                (
                    "costs",
                    models.CharField(
                        blank=True,
                        choices=[("gering", "gering"), ("mittel", "mittel"), ("hoch", "hoch")],
                        help_text="Was an andere gezahlt wird, ohne die eigene Arbeitszeit.",
                        max_length=6,
                        verbose_name="Kosten",
                    ),
                ),
                (
                    "roles",
                    formats.models.fields.StringListField(
                        blank=True,
                        default=list,
                        help_text="Eine je Zeile, Aufgabe nach Doppelpunkt. Beispiel: Moderation: führt durch die Stunde",
                        verbose_name="Rollen",
                    ),
                ),
                (
                    "tools",
                    formats.models.fields.StringListField(
                        blank=True,
                        default=list,
                        help_text="Ein Mittel je Zeile.",
                        verbose_name="Technik und Material",
                    ),
                ),
                (
                    "result",
                    formats.models.fields.BoundedTextField(
                        help_text="Was liegt am Ende vor?", max_length=600, verbose_name="Ergebnis"
                    ),
                ),
                (
                    "tips",
                    formats.models.fields.StringListField(
                        blank=True, default=list, help_text="Ein Tipp je Zeile.", verbose_name="Tipps"
                    ),
                ),
                (
                    "pitfalls",
                    formats.models.fields.StringListField(
                        blank=True,
                        default=list,
                        help_text="Ein Stolperstein je Zeile.",
                        verbose_name="Was schiefgehen kann",
                    ),
                ),
                (
                    "checklist",
                    formats.models.fields.StringListField(
                        blank=True,
                        default=list,
                        help_text="Ein Punkt je Zeile, in der Reihenfolge des Abhakens.",
                        verbose_name="Checkliste",
                    ),
                ),
                (
                    "estimated",
                    formats.models.fields.StringListField(
                        blank=True,
                        default=list,
                        help_text="Welche Angaben sind nicht belegt, sondern fachlich geschätzt?",
                        verbose_name="Schätzungen",
                    ),
                ),
                (
                    "picture",
                    models.ImageField(
                        blank=True, upload_to=formats.models.format._picture_name, verbose_name="Bild"
                    ),
                ),
                (
                    "picture_alt",
                    models.CharField(
                        blank=True,
                        help_text="Was zeigt das Bild? Für alle, die es nicht sehen.",
                        max_length=250,
                        verbose_name="Bildbeschreibung",
                    ),
                ),
                ("picture_credit", models.CharField(blank=True, max_length=120, verbose_name="Bildnachweis")),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("dokumentiert", "dokumentiert"),
                            ("kleinstadtakademie", "Kleinstadtakademie"),
                            ("ergaenzt", "ergänzt"),
                        ],
                        max_length=20,
                        verbose_name="Herkunft",
                    ),
                ),
                (
                    "provenance_note",
                    models.CharField(
                        blank=True,
                        help_text="Womit ist die Aufnahme begründet?",
                        max_length=400,
                        verbose_name="Zur Herkunft",
                    ),
                ),
                (
                    "as_of",
                    models.DateField(
                        help_text="Wann wurden die Angaben zuletzt fachlich geprüft?", verbose_name="Stand"
                    ),
                ),
                ("review_due", models.DateField(blank=True, null=True, verbose_name="Wieder prüfen am")),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="zuerst veröffentlicht"
                    ),
                ),
                (
                    "topics",
                    taggit.managers.TaggableManager(
                        blank=True,
                        help_text="Mit Komma getrennt. Beispiel: Innenstadt, Leerstand",
                        through="topics.TaggedItem",
                        to="topics.Topic",
                        verbose_name="Themen",
                    ),
                ),
            ],
            options={
                "verbose_name": "Steckbrief",
                "verbose_name_plural": "Steckbriefe",
                "ordering": ["kind", "number", "title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations",
                        to="formats.format",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_here",
                        to="formats.format",
                        verbose_name="Verwandter Steckbrief",
                    ),
                ),
            ],
            options={
                "verbose_name": "Verwandter Steckbrief",
                "verbose_name_plural": "Verwandte Steckbriefe",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="format",
            name="related",
            field=models.ManyToManyField(
                related_name="related_from",
                through="formats.Relation",
                through_fields=("origin", "target"),
                to="formats.format",
                verbose_name="Verwandt",
            ),
        ),
        migrations.CreateModel(
            name="Revision",
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
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="am")),
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
                    "format",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="formats.format",
                        verbose_name="Steckbrief",
                    ),
                ),
            ],
            options={
                "verbose_name": "Fassung",
                "verbose_name_plural": "Fassungen",
                "ordering": ["format", "-number"],
            },
        ),
        migrations.AddField(
            model_name="format",
            name="published",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="live_in",
                to="formats.revision",
                verbose_name="veröffentlichte Fassung",
            ),
        ),
        migrations.CreateModel(
            name="Correction",
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
                ("text", formats.models.fields.BoundedTextField(max_length=2000, verbose_name="Hinweis")),
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
                        related_name="corrections",
                        to="formats.revision",
                        verbose_name="Fassung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Korrekturhinweis",
                "verbose_name_plural": "Korrekturhinweise",
                "ordering": ["-created_at", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("summary", "Kurztext"),
                            ("goal", "Ziel"),
                            ("occasions", "Anlässe"),
                            ("target_groups", "Zielgruppen"),
                            ("mode", "Modus"),
                            ("group", "Gruppengröße"),
                            ("duration", "Dauer"),
                            ("variants", "Varianten"),
                            ("person_days", "Vorbereitung"),
                            ("costs", "Kosten"),
                            ("roles", "Rollen"),
                            ("steps", "Ablauf"),
                            ("tools", "Technik"),
                            ("result", "Ergebnis"),
                            ("tips", "Tipps"),
                            ("pitfalls", "Was schiefgehen kann"),
                            ("checklist", "Checkliste"),
                        ],
                        max_length=20,
                        verbose_name="Angabe",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="Quelle")),
                ("url", models.URLField(blank=True, max_length=600, verbose_name="Adresse")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="Was dort steht")),
                (
                    "format",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="formats.format",
                    ),
                ),
            ],
            options={
                "verbose_name": "Quelle",
                "verbose_name_plural": "Quellen",
                "ordering": ["position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
                ("title", models.CharField(max_length=160, verbose_name="Schritt")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leer, wenn offen.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(6000),
                        ],
                        verbose_name="Minuten",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=400, verbose_name="Erläuterung")),
                (
                    "format",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="formats.format",
                    ),
                ),
            ],
            options={
                "verbose_name": "Schritt",
                "verbose_name_plural": "Ablauf",
                "ordering": ["position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Trial",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
                ("title", models.CharField(max_length=250, verbose_name="Was")),
                (
                    "period",
                    models.CharField(help_text="Beispiel: ab 11.03.2021", max_length=80, verbose_name="Wann"),
                ),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="Wo")),
                ("by", models.CharField(blank=True, max_length=250, verbose_name="Durch wen")),
                ("url", models.URLField(max_length=600, verbose_name="Beleg")),
                (
                    "format",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="formats.format",
                    ),
                ),
            ],
            options={
                "verbose_name": "Erprobung",
                "verbose_name_plural": "Erprobungen",
                "ordering": ["position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Variant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
                ("title", models.CharField(max_length=120, verbose_name="Variante")),
                (
                    "duration_from",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="Dauer von"
                    ),
                ),
                (
                    "duration_to",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="Dauer bis"
                    ),
                ),
                (
                    "duration_unit",
                    models.CharField(
                        choices=[
                            ("minuten", "Minuten"),
                            ("stunden", "Stunden"),
                            ("tage", "Tage"),
                            ("wochen", "Wochen"),
                            ("monate", "Monate"),
                        ],
                        default="minuten",
                        max_length=8,
                        verbose_name="Einheit",
                    ),
                ),
                ("duration_per", models.CharField(blank=True, max_length=60, verbose_name="Dauer gilt je")),
                (
                    "person_days_from",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="Personentage von"
                    ),
                ),
                (
                    "person_days_to",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="Personentage bis"
                    ),
                ),
                (
                    "person_days_per",
                    models.CharField(blank=True, max_length=60, verbose_name="Personentage gelten je"),
                ),
                (
                    "format",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="formats.format",
                    ),
                ),
            ],
            options={
                "verbose_name": "Variante",
                "verbose_name_plural": "Varianten",
                "ordering": ["position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("helpful", models.BooleanField(verbose_name="hilfreich")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="am")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="formats.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "Rückmeldung",
                "verbose_name_plural": "Rückmeldungen",
            },
        ),
        migrations.CreateModel(
            name="Bookmark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "format",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bookmarks",
                        to="formats.format",
                    ),
                ),
            ],
            options={
                "verbose_name": "Merkzettel",
                "verbose_name_plural": "Merkliste",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "format"), name="formats_bookmark_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
                (
                    "kind",
                    models.CharField(
                        choices=[("datei", "Datei"), ("link", "Link"), ("video", "Video")],
                        default="link",
                        max_length=8,
                        verbose_name="Art",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="Titel")),
                ("url", models.URLField(blank=True, max_length=600, verbose_name="Adresse")),
                (
                    "file",
                    models.FileField(
                        blank=True, upload_to=formats.models.parts._material_name, verbose_name="Datei"
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        blank=True, help_text="Beispiel: CC BY 4.0", max_length=120, verbose_name="Lizenz"
                    ),
                ),
                (
                    "text_alternative",
                    formats.models.fields.BoundedTextField(
                        blank=True,
                        help_text="Bei Videos: Abschrift oder Zusammenfassung.",
                        max_length=4000,
                        verbose_name="Textfassung",
                    ),
                ),
                (
                    "format",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="formats.format",
                    ),
                ),
            ],
            options={
                "verbose_name": "Material",
                "verbose_name_plural": "Materialien",
                "ordering": ["position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("format", "position"), name="formats_material_position_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "datei"), ("url", ""), models.Q(("file", ""), _negated=True)),
                            models.Q(
                                ("file", ""),
                                ("kind__in", ["link", "video"]),
                                models.Q(("url", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="formats_material_one_target",
                        violation_error_message="Zu einer Datei gehört keine Adresse, zu Link und Video nur eine.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.UniqueConstraint(
                fields=("origin", "target"),
                name="formats_relation_once",
                violation_error_message="Dieser Steckbrief ist schon als verwandt eingetragen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin", models.F("target")), _negated=True),
                name="formats_relation_not_self",
                violation_error_message="Ein Steckbrief ist nicht mit sich selbst verwandt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(
                fields=("format", "number"), name="formats_revision_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="format",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published__isnull", False)),
                fields=("kind", "number"),
                name="formats_format_number_once",
                violation_error_message="Diese Nummer trägt schon ein veröffentlichter Steckbrief.",
            ),
        ),
        migrations.AddConstraint(
            model_name="format",
            constraint=models.CheckConstraint(
                condition=models.Q(("group_from__isnull", True), ("group_from__gte", 1), _connector="OR"),
                name="formats_format_group_starts",
                violation_error_message="Eine Gruppe beginnt bei einer Person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="format",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("group_to__isnull", True),
                    models.Q(("group_from__isnull", False), ("group_from__lte", models.F("group_to"))),
                    _connector="OR",
                ),
                name="formats_format_group_span",
                violation_error_message="Gruppe: „von“ darf nicht größer sein als „bis“.",
            ),
        ),
        migrations.AddConstraint(
            model_name="format",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("duration_from__isnull", True), ("duration_to__isnull", True)),
                    models.Q(
                        ("duration_from__isnull", False),
                        ("duration_to__isnull", False),
                        ("duration_from__gt", 0),
                        ("duration_from__lte", models.F("duration_to")),
                    ),
                    _connector="OR",
                ),
                name="formats_format_duration_span",
                violation_error_message="Dauer: „von“ und „bis“ gehören zusammen, „von“ ist größer als 0 und nicht größer als „bis“.",
            ),
        ),
        migrations.AddConstraint(
            model_name="format",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person_days_from__isnull", True), ("person_days_to__isnull", True)),
                    models.Q(
                        ("person_days_from__isnull", False),
                        ("person_days_to__isnull", False),
                        ("person_days_from__gt", 0),
                        ("person_days_from__lte", models.F("person_days_to")),
                    ),
                    _connector="OR",
                ),
                name="formats_format_days_span",
                violation_error_message="Personentage: „von“ und „bis“ gehören zusammen, „von“ ist größer als 0 und nicht größer als „bis“.",
            ),
        ),
        migrations.AddConstraint(
            model_name="format",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("person_days_to__isnull", True),
                    models.Q(("effort", "gering"), ("person_days_to__lte", 2)),
                    models.Q(("effort", "mittel"), ("person_days_to__gt", 2), ("person_days_to__lte", 8)),
                    models.Q(("effort", "hoch"), ("person_days_to__gt", 8)),
                    _connector="OR",
                ),
                name="formats_format_effort_fits",
                violation_error_message="Der Aufwand passt nicht zu den Personentagen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hidden_at__isnull", True),
                    models.Q(("hidden_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="formats_correction_hidden_reason",
                violation_error_message="Wer etwas ausblendet, nennt den Grund.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                fields=("format", "position"), name="formats_source_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(
                fields=("format", "position"), name="formats_step_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__isnull", True), ("minutes__gte", 1), _connector="OR"),
                name="formats_step_minutes_positive",
                violation_error_message="Ein Schritt dauert mindestens eine Minute.",
            ),
        ),
        migrations.AddConstraint(
            model_name="trial",
            constraint=models.UniqueConstraint(
                fields=("format", "position"), name="formats_trial_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.UniqueConstraint(
                fields=("format", "position"), name="formats_variant_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("duration_from__isnull", True), ("duration_to__isnull", True)),
                    models.Q(
                        ("duration_from__isnull", False),
                        ("duration_to__isnull", False),
                        ("duration_from__gt", 0),
                        ("duration_from__lte", models.F("duration_to")),
                    ),
                    _connector="OR",
                ),
                name="formats_variant_duration_span",
                violation_error_message="Dauer: „von“ und „bis“ gehören zusammen, „von“ ist größer als 0 und nicht größer als „bis“.",
            ),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person_days_from__isnull", True), ("person_days_to__isnull", True)),
                    models.Q(
                        ("person_days_from__isnull", False),
                        ("person_days_to__isnull", False),
                        ("person_days_from__gt", 0),
                        ("person_days_from__lte", models.F("person_days_to")),
                    ),
                    _connector="OR",
                ),
                name="formats_variant_days_span",
                violation_error_message="Personentage: „von“ und „bis“ gehören zusammen, „von“ ist größer als 0 und nicht größer als „bis“.",
            ),
        ),
    ]
