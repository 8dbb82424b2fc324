"""Profiles of people and organisations, and what a town says about itself."""

import uuid

import django.db.models.deletion
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import foundation.kit.fields
import towns.models.actor
import towns.models.parts


class Migration(migrations.Migration):
    dependencies = [
        ("people", "__first__"),
        ("topics", "0001_topic"),
        ("towns", "0001_register"),
    ]

    operations = [
        migrations.CreateModel(
            name="Actor",
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
                (
                    "form",
                    models.CharField(
                        choices=[("person", "Person"), ("organisation", "Organisation")],
                        default="person",
                        max_length=12,
                        verbose_name="Profil einer",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(max_length=120, unique=True, verbose_name="Kurzname in der Adresse"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                (
                    "sort_name",
                    models.CharField(
                        blank=True,
                        help_text="Leer heißt: wie der Name.",
                        max_length=120,
                        verbose_name="Name zum Sortieren",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("buergermeister", "Bürgermeister:in"),
                            ("rat", "Rat, Politik"),
                            ("stadtplanung", "Stadtplanung, Bauamt"),
                            ("wirtschaftsfoerderung", "Wirtschaftsförderung, Citymanagement"),
                            ("verwaltung", "Klima, Digitales, Soziales in der Verwaltung"),
                            ("verein", "Verein, Initiative"),
                            ("unternehmen", "Unternehmen, Handel"),
                            ("wohnungswirtschaft", "Wohnungswirtschaft"),
                            ("wissenschaft", "Wissenschaft, Hochschule"),
                            ("buero", "Planungs- und Moderationsbüro"),
                            ("verband", "Verband, Stiftung"),
                            ("land-bund", "Land, Bund"),
                            ("jugend", "Jugendvertretung"),
                        ],
                        max_length=24,
                        verbose_name="Art",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        help_text="Beispiel: Leiterin des Bauamts",
                        max_length=160,
                        verbose_name="Funktion",
                    ),
                ),
                (
                    "about",
                    foundation.kit.fields.BoundedTextField(
                        blank=True, max_length=3000, verbose_name="Über mich, über uns"
                    ),
                ),
                (
                    "offers",
                    foundation.kit.fields.BoundedTextField(
                        blank=True,
                        help_text="Wobei darf man Sie um Rat fragen?",
                        max_length=1500,
                        verbose_name="Ich biete, wir bieten",
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=300, verbose_name="Website")),
                (
                    "portrait",
                    models.ImageField(
                        blank=True, upload_to=towns.models.actor._portrait_name, verbose_name="Bild"
                    ),
                ),
                (
                    "portrait_small",
                    models.ImageField(
                        blank=True, editable=False, upload_to=towns.models.actor._small_portrait_name
                    ),
                ),
                (
                    "portrait_alt",
                    models.CharField(blank=True, max_length=250, verbose_name="Bildbeschreibung"),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("oeffentlich", "öffentlich"),
                            ("netzwerk", "Netzwerk"),
                            ("verborgen", "verborgen"),
                        ],
                        default="verborgen",
                        max_length=12,
                        verbose_name="Sichtbar für",
                    ),
                ),
                (
                    "contact_closed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Leer heißt: nimmt welche an.",
                        null=True,
                        verbose_name="nimmt keine Nachrichten an seit",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt am")),
                (
                    "claimed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="übernommen am"),
                ),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="zugelassen am"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="erfundenes Profil"),
                ),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="actor",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Konto",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="zugelassen von",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="angelegt von",
                    ),
                ),
                (
                    "expertise",
                    taggit.managers.TaggableManager(
                        blank=True,
                        help_text="A comma-separated list of tags.",
                        through="topics.TaggedItem",
                        to="topics.Topic",
                        verbose_name="Fachthemen",
                    ),
                ),
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
                    "town",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="actors",
                        to="towns.town",
                        verbose_name="Stadt",
                    ),
                ),
            ],
            options={
                "verbose_name": "Akteur:in",
                "verbose_name_plural": "Akteur:innen",
                "ordering": ["sort_name", "pk"],
                "permissions": [("approve_actor", "Darf Profile zulassen")],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ActorInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="E-Mail-Adresse")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="eingeladen am")),
                ("expires_at", models.DateTimeField(verbose_name="gültig bis")),
                (
                    "used_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="angenommen am"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="zurückgezogen am"
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="towns.actor",
                        verbose_name="Profil",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="eingeladen von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Einladung",
                "verbose_name_plural": "Einladungen",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Platz")),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                (
                    "summary",
                    foundation.kit.fields.BoundedTextField(
                        blank=True, max_length=1500, verbose_name="Kurz gesagt"
                    ),
                ),
                (
                    "year_from",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="von Jahr"),
                ),
                ("year_to", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="bis Jahr")),
                ("url", models.URLField(blank=True, max_length=300, verbose_name="Adresse")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="Quelle")),
                ("source_as_of", models.DateField(blank=True, null=True, verbose_name="Quelle vom")),
                (
                    "town",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="projects",
                        to="towns.town",
                        verbose_name="Stadt",
                    ),
                ),
            ],
            options={
                "verbose_name": "Projekt",
                "verbose_name_plural": "Projekte",
                "ordering": ["town", "position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Platz")),
                (
                    "direction",
                    models.CharField(
                        choices=[("bietet", "bietet"), ("sucht", "sucht")],
                        max_length=6,
                        verbose_name="Richtung",
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        help_text="Beispiel: Erfahrung mit einem Leerstandsmelder",
                        max_length=200,
                        verbose_name="Was",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="topics.topic",
                        verbose_name="Thema",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="towns.town",
                        verbose_name="Stadt",
                    ),
                ),
            ],
            options={
                "verbose_name": "Angebot oder Gesuch",
                "verbose_name_plural": "Angebote und Gesuche",
                "ordering": ["town", "position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TownLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Platz")),
                ("title", models.CharField(max_length=160, verbose_name="Titel")),
                ("url", models.URLField(max_length=300, verbose_name="Adresse")),
                (
                    "town",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="towns.town",
                        verbose_name="Stadt",
                    ),
                ),
            ],
            options={
                "verbose_name": "Link",
                "verbose_name_plural": "Links",
                "ordering": ["town", "position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TownPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Platz")),
                (
                    "large",
                    models.ImageField(
                        height_field="height",
                        upload_to=towns.models.parts._large_name,
                        verbose_name="Bild",
                        width_field="width",
                    ),
                ),
                (
                    "medium",
                    models.ImageField(blank=True, editable=False, upload_to=towns.models.parts._medium_name),
                ),
                (
                    "small",
                    models.ImageField(blank=True, editable=False, upload_to=towns.models.parts._small_name),
                ),
                ("width", models.PositiveIntegerField(default=0, editable=False)),
                ("height", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "alt",
                    models.CharField(
                        help_text="Für alle, die es nicht sehen.",
                        max_length=250,
                        verbose_name="Bildbeschreibung",
                    ),
                ),
                ("credit", models.CharField(max_length=160, verbose_name="Bildnachweis")),
                (
                    "town",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="towns.town",
                        verbose_name="Stadt",
                    ),
                ),
            ],
            options={
                "verbose_name": "Bild",
                "verbose_name_plural": "Bilder",
                "ordering": ["town", "position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Affiliation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=120, verbose_name="Funktion")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Platz")),
                (
                    "organisation",
                    models.ForeignKey(
                        limit_choices_to={"form": "organisation"},
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="towns.actor",
                        verbose_name="Organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        limit_choices_to={"form": "person"},
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="organisations",
                        to="towns.actor",
                        verbose_name="Person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Zugehörigkeit",
                "verbose_name_plural": "Zugehörigkeiten",
                "ordering": ["organisation", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "person"),
                        name="towns_affiliation_once",
                        violation_error_message="Diese Person gehört schon dazu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("organisation", models.F("person")), _negated=True),
                        name="towns_affiliation_of_another",
                        violation_error_message="Ein Profil kann nicht zu sich selbst gehören.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("subject", models.CharField(max_length=160, verbose_name="Betreff")),
                ("text", foundation.kit.fields.BoundedTextField(max_length=4000, verbose_name="Nachricht")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="am")),
                (
                    "answer",
                    foundation.kit.fields.BoundedTextField(
                        blank=True, max_length=4000, verbose_name="Antwort"
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="beantwortet am")),
                ("refused_at", models.DateTimeField(blank=True, null=True, verbose_name="abgewiesen am")),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="towns.actor",
                        verbose_name="an",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Nachricht",
                "verbose_name_plural": "Nachrichten",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="towns_message_answer",
                        violation_error_message="Eine Antwort braucht einen Text.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("year_to__isnull", True),
                    models.Q(("year_from__isnull", False), ("year_to__gte", models.F("year_from"))),
                    _connector="OR",
                ),
                name="towns_project_years",
                violation_error_message="„bis“ braucht ein „von“ und darf nicht davor liegen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hidden_at__isnull", True),
                    models.Q(("hidden_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="towns_actor_hidden_reason",
                violation_error_message="Wer etwas ausblendet, nennt den Grund.",
            ),
        ),
        migrations.AddField(
            model_name="town",
            name="contact",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="towns.actor",
                verbose_name="Ansprechperson",
            ),
        ),
    ]
