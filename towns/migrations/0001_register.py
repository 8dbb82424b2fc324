"""The official register: Länder, Kreise, Gemeindeverbände, municipalities and their figures."""

import django.core.validators
import django.db.models.deletion
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import foundation.kit.fields
import towns.models.participation


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "__first__"),
        ("topics", "0001_topic"),
    ]

    operations = [
        migrations.CreateModel(
            name="Land",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=2, unique=True, verbose_name="Schlüssel")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="Name")),
                ("short", models.CharField(max_length=2, unique=True, verbose_name="Kurzzeichen")),
                (
                    "slug",
                    models.SlugField(max_length=60, unique=True, verbose_name="Kurzname in der Adresse"),
                ),
            ],
            options={
                "verbose_name": "Land",
                "verbose_name_plural": "Länder",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="District",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=5, verbose_name="Schlüssel")),
                (
                    "name",
                    models.CharField(
                        help_text="Der amtliche Name bis zum ersten Komma.",
                        max_length=120,
                        verbose_name="Name",
                    ),
                ),
                ("official_name", models.CharField(max_length=120, verbose_name="amtlicher Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("41", "Kreisfreie Stadt"),
                            ("42", "Stadtkreis"),
                            ("43", "Kreis"),
                            ("44", "Landkreis"),
                            ("45", "Regionalverband"),
                        ],
                        max_length=2,
                        verbose_name="Art",
                    ),
                ),
                ("seat", models.CharField(blank=True, max_length=120, verbose_name="Sitz der Verwaltung")),
                ("valid_from", models.DateField(verbose_name="im Verzeichnis ab")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="nicht mehr im Verzeichnis ab"),
                ),
                (
                    "land",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="districts",
                        to="towns.land",
                        verbose_name="Land",
                    ),
                ),
            ],
            options={
                "verbose_name": "Kreis",
                "verbose_name_plural": "Kreise",
                "ordering": ["name", "key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RegisterImport",
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
                        choices=[
                            ("xlsx", "Gemeindeverzeichnis, Excel-Auszug"),
                            ("gv100ad", "Gemeindeverzeichnis, Festformat GV100AD"),
                            ("zahlen", "Gemeindeverzeichnis, nur Zahlen"),
                            ("bbsr", "BBSR-Typen"),
                            ("regiostar", "RegioStaR"),
                            ("inhalt", "Inhaltsdatei der Plattform"),
                        ],
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                ("source", models.CharField(max_length=250, verbose_name="Quelle")),
                ("file_name", models.CharField(max_length=200, verbose_name="Datei")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("as_of", models.DateField(verbose_name="Gebietsstand")),
                ("population_as_of", models.DateField(blank=True, null=True, verbose_name="Bevölkerung vom")),
                ("counts", models.JSONField(default=dict, verbose_name="Ergebnis")),
                ("imported_at", models.DateTimeField(auto_now_add=True, verbose_name="eingelesen am")),
            ],
            options={
                "verbose_name": "Einlesen",
                "verbose_name_plural": "Eingelesene Verzeichnisse",
                "ordering": ["-as_of", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="seit")),
                ("note", models.CharField(blank=True, max_length=250, verbose_name="Anmerkung")),
            ],
            options={
                "verbose_name": "Nachfolge",
                "verbose_name_plural": "Nachfolgen",
                "ordering": ["-since", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Association",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=9, verbose_name="Schlüssel")),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                ("official_name", models.CharField(max_length=120, verbose_name="amtlicher Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("51", "Amt"),
                            ("52", "Samtgemeinde"),
                            ("53", "Verbandsgemeinde"),
                            ("54", "Verwaltungsgemeinschaft"),
                            ("55", "Kirchspielslandgemeinde"),
                            ("56", "Verwaltungsverband"),
                            ("57", "VG Trägermodell"),
                            ("58", "Erfüllende Gemeinde"),
                        ],
                        max_length=2,
                        verbose_name="Art",
                    ),
                ),
                ("seat", models.CharField(blank=True, max_length=120, verbose_name="Sitz der Verwaltung")),
                (
                    "inhabitants",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="Einwohner:innen"),
                ),
                ("valid_from", models.DateField(verbose_name="im Verzeichnis ab")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="nicht mehr im Verzeichnis ab"),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="associations",
                        to="towns.district",
                        verbose_name="Kreis",
                    ),
                ),
            ],
            options={
                "verbose_name": "Gemeindeverband",
                "verbose_name_plural": "Gemeindeverbände",
                "ordering": ["name", "key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Town",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "participating_since",
                    models.DateTimeField(
                        blank=True,
                        help_text="Leer heißt: nimmt nicht teil.",
                        null=True,
                        verbose_name="teilnehmende Stadt seit",
                    ),
                ),
                (
                    "paused_until",
                    models.DateField(
                        blank=True,
                        help_text="Bis zu diesem Tag wird die Stadt nicht um Rat gefragt.",
                        null=True,
                        verbose_name="Pause bis",
                    ),
                ),
                (
                    "about",
                    foundation.kit.fields.BoundedTextField(
                        blank=True,
                        help_text="Was beschäftigt Ihre Stadt, worauf sind Sie stolz? Eine Leerzeile beginnt einen Absatz.",
                        max_length=6000,
                        verbose_name="Über uns",
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=300, verbose_name="Website")),
                (
                    "coat_of_arms",
                    models.ImageField(
                        blank=True,
                        upload_to=towns.models.participation._coat_of_arms_name,
                        verbose_name="Wappen",
                    ),
                ),
                (
                    "coat_of_arms_alt",
                    models.CharField(
                        blank=True,
                        help_text="Für alle, die es nicht sehen.",
                        max_length=250,
                        verbose_name="Beschreibung des Wappens",
                    ),
                ),
                (
                    "coat_of_arms_credit",
                    models.CharField(blank=True, max_length=160, verbose_name="Nachweis des Wappens"),
                ),
                (
                    "slug",
                    models.SlugField(max_length=120, unique=True, verbose_name="Kurzname in der Adresse"),
                ),
                (
                    "ags",
                    models.CharField(
                        blank=True,
                        max_length=8,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(0[1-9]|1[0-6])\\d{6}\\Z",
                                "Ein AGS hat acht Ziffern und beginnt mit 01 bis 16.",
                            )
                        ],
                        verbose_name="AGS",
                    ),
                ),
                (
                    "ars",
                    models.CharField(
                        blank=True,
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(0[1-9]|1[0-6])\\d{10}\\Z",
                                "Ein ARS hat zwölf Ziffern und beginnt mit 01 bis 16.",
                            )
                        ],
                        verbose_name="ARS",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Der amtliche Name bis zum ersten Komma.",
                        max_length=120,
                        verbose_name="Name",
                    ),
                ),
                (
                    "addition",
                    models.CharField(
                        blank=True,
                        help_text="Was nach dem Komma steht. Beispiel: Hansestadt",
                        max_length=120,
                        verbose_name="Zusatz",
                    ),
                ),
                ("official_name", models.CharField(max_length=200, verbose_name="amtlicher Name")),
                (
                    "distinction",
                    models.CharField(
                        blank=True,
                        help_text="Steht nur bei Orten, deren Namen es mehrfach gibt. Beispiel: Kreis Dithmarschen",
                        max_length=200,
                        verbose_name="Unterscheidung",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("60", "Markt"),
                            ("61", "Kreisfreie Stadt"),
                            ("62", "Stadtkreis"),
                            ("63", "Stadt"),
                            ("64", "Gemeinde"),
                            ("65", "Gemeindefreies Gebiet, bewohnt"),
                            ("66", "Gemeindefreies Gebiet, unbewohnt"),
                            ("67", "Große Kreisstadt"),
                        ],
                        max_length=2,
                        verbose_name="Art",
                    ),
                ),
                (
                    "inhabitants",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="Einwohner:innen"),
                ),
                (
                    "inhabitants_as_of",
                    models.DateField(blank=True, null=True, verbose_name="Einwohner:innen am"),
                ),
                (
                    "area_km2",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="Fläche in km²"
                    ),
                ),
                ("postcode", models.CharField(blank=True, max_length=5, verbose_name="PLZ der Verwaltung")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="Breitengrad")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="Längengrad")),
                ("valid_from", models.DateField(verbose_name="im Verzeichnis ab")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="nicht mehr im Verzeichnis ab"),
                ),
                (
                    "size_class",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (11, "Große Großstadt"),
                            (12, "Kleinere Großstadt"),
                            (21, "Größere Mittelstadt"),
                            (22, "Kleinere Mittelstadt"),
                            (30, "Größere Kleinstadt"),
                            (40, "Kleine Kleinstadt"),
                            (50, "Landgemeinde"),
                        ],
                        help_text="Nach Einwohner:innen der Einheitsgemeinde oder des ganzen Gemeindeverbands.",
                        null=True,
                        verbose_name="Größenklasse",
                    ),
                ),
                (
                    "bbsr_type",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (11, "Große Großstadt"),
                            (12, "Kleinere Großstadt"),
                            (21, "Größere Mittelstadt"),
                            (22, "Kleinere Mittelstadt"),
                            (30, "Größere Kleinstadt"),
                            (40, "Kleine Kleinstadt"),
                            (50, "Landgemeinde"),
                        ],
                        null=True,
                        verbose_name="BBSR-Stadt- und Gemeindetyp",
                    ),
                ),
                (
                    "location",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sehr-zentral", "sehr zentral"),
                            ("zentral", "zentral"),
                            ("peripher", "peripher"),
                            ("sehr-peripher", "sehr peripher"),
                        ],
                        max_length=14,
                        verbose_name="Lage (BBSR)",
                    ),
                ),
                (
                    "regiostar",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (71, "Stadtregion: Metropole"),
                            (72, "Stadtregion: Regiopole, Großstadt"),
                            (73, "Stadtregion: Mittelstadt, städtischer Raum"),
                            (74, "Stadtregion: kleinstädtischer, dörflicher Raum"),
                            (75, "Ländliche Region: zentrale Stadt"),
                            (76, "Ländliche Region: städtischer Raum"),
                            (77, "Ländliche Region: kleinstädtischer, dörflicher Raum"),
                        ],
                        null=True,
                        verbose_name="RegioStaR 7",
                    ),
                ),
                (
                    "small_town_decision",
                    models.BooleanField(
                        blank=True,
                        help_text="„Unbekannt“ heißt: BBSR-Typ oder Vorauswahl nach Einwohner:innen gilt.",
                        null=True,
                        verbose_name="Kleinstadt (Entscheidung)",
                    ),
                ),
                (
                    "small_town_reason",
                    models.CharField(blank=True, max_length=250, verbose_name="Grund der Entscheidung"),
                ),
                (
                    "small_town_decided_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="entschieden am"
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="erfundene Stadt"),
                ),
                (
                    "association",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="towns",
                        to="towns.association",
                        verbose_name="Gemeindeverband",
                    ),
                ),
                (
                    "bbsr_source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="towns.registerimport",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="towns",
                        to="towns.district",
                        verbose_name="Kreis",
                    ),
                ),
                (
                    "land",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="towns",
                        to="towns.land",
                        verbose_name="Land",
                    ),
                ),
                (
                    "regiostar_source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="towns.registerimport",
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="towns.registerimport",
                        verbose_name="Quelle der amtlichen Angaben",
                    ),
                ),
                (
                    "small_town_decided_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entschieden von",
                    ),
                ),
                (
                    "successors",
                    models.ManyToManyField(
                        related_name="predecessors",
                        through="towns.Succession",
                        through_fields=("predecessor", "successor"),
                        to="towns.town",
                        verbose_name="aufgegangen in",
                    ),
                ),
                (
                    "topics",
                    taggit.managers.TaggableManager(
                        blank=True,
                        help_text="Mit Komma getrennt. Beispiel: Leerstand, Bahnhof",
                        through="topics.TaggedItem",
                        to="topics.Topic",
                        verbose_name="Themen",
                    ),
                ),
            ],
            options={
                "verbose_name": "Stadt oder Gemeinde",
                "verbose_name_plural": "Städte und Gemeinden",
                "ordering": ["name", "distinction", "pk"],
                "permissions": [("classify_town", "Darf entscheiden, ob ein Ort eine Kleinstadt ist")],
            },
        ),
        migrations.AddField(
            model_name="succession",
            name="predecessor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="succeeded_by",
                to="towns.town",
                verbose_name="bisherige Gemeinde",
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="successor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="follows",
                to="towns.town",
                verbose_name="Nachfolgerin",
            ),
        ),
        migrations.CreateModel(
            name="Figures",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="Jahr")),
                ("as_of", models.DateField(verbose_name="Stand")),
                (
                    "inhabitants",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="Einwohner:innen"),
                ),
                ("male", models.PositiveIntegerField(blank=True, null=True, verbose_name="davon männlich")),
                (
                    "area_km2",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="Fläche in km²"
                    ),
                ),
                ("density", models.FloatField(blank=True, null=True, verbose_name="Einwohner:innen je km²")),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="towns.registerimport",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="towns.town"
                    ),
                ),
            ],
            options={
                "verbose_name": "Strukturwerte",
                "verbose_name_plural": "Strukturwerte",
                "ordering": ["town", "-year"],
            },
        ),
        migrations.AddConstraint(
            model_name="association",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_until__isnull", True)),
                fields=("key",),
                name="towns_association_key_once",
                violation_error_message="Diesen Schlüssel trägt schon ein bestehender Gemeindeverband.",
            ),
        ),
        migrations.AddConstraint(
            model_name="district",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_until__isnull", True)),
                fields=("key",),
                name="towns_district_key_once",
                violation_error_message="Diesen Schlüssel trägt schon ein bestehender Kreis.",
            ),
        ),
        migrations.AddIndex(
            model_name="town",
            index=models.Index(fields=["latitude", "longitude"], name="towns_town_place"),
        ),
        migrations.AddIndex(
            model_name="town",
            index=models.Index(
                condition=models.Q(("participating_since__isnull", False)),
                fields=["name", "distinction"],
                name="towns_town_participating",
            ),
        ),
        migrations.AddConstraint(
            model_name="town",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_demo", False), ("valid_until__isnull", True)),
                fields=("ags",),
                name="towns_town_ags_once",
                violation_error_message="Diesen AGS trägt schon eine bestehende Gemeinde.",
            ),
        ),
        migrations.AddConstraint(
            model_name="town",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ags", ""), ("ars", ""), ("is_demo", True)),
                    models.Q(
                        ("is_demo", False),
                        models.Q(("ags", ""), _negated=True),
                        models.Q(("ars", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="towns_town_keys_or_demo",
                violation_error_message="Jede Gemeinde hat AGS und ARS, eine erfundene keines von beiden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="town",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(
                        ("latitude__isnull", False),
                        ("latitude__range", (47.0, 55.2)),
                        ("longitude__isnull", False),
                        ("longitude__range", (5.5, 15.5)),
                    ),
                    _connector="OR",
                ),
                name="towns_town_in_germany",
                violation_error_message="Die Koordinaten liegen nicht in Deutschland.",
            ),
        ),
        migrations.AddConstraint(
            model_name="town",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("small_town_decision__isnull", True),
                    models.Q(("small_town_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="towns_town_decision_reason",
                violation_error_message="Wer über „Kleinstadt“ entscheidet, nennt den Grund.",
            ),
        ),
        migrations.AddConstraint(
            model_name="town",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    ("valid_until__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="towns_town_validity",
                violation_error_message="Das Ende liegt vor dem Anfang.",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(
                fields=("predecessor", "successor"),
                name="towns_succession_once",
                violation_error_message="Diese Nachfolge steht schon da.",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                name="towns_succession_of_another",
                violation_error_message="Eine Gemeinde kann nicht ihre eigene Nachfolgerin sein.",
            ),
        ),
        migrations.AddConstraint(
            model_name="figures",
            constraint=models.UniqueConstraint(fields=("town", "year"), name="towns_figures_year_once"),
        ),
        migrations.AddConstraint(
            model_name="figures",
            constraint=models.CheckConstraint(
                condition=models.Q(("male__isnull", True), ("inhabitants__isnull", False), _connector="OR"),
                name="towns_figures_male_of_all",
                violation_error_message="Ohne Einwohnerzahl keine Teilzahl.",
            ),
        ),
    ]
