"""Seats, the history of town pages, and known mail domains."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "__first__"),
        ("towns", "0002_profiles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("buergermeister", "Bürgermeister:in"),
                            ("stellvertretung", "Stellvertretung"),
                            ("verwaltung", "Verwaltung"),
                            ("rat", "Rat"),
                        ],
                        max_length=16,
                        verbose_name="Rolle",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        help_text="Beispiel: Leiterin des Bauamts",
                        max_length=120,
                        verbose_name="Bezeichnung",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="von")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="Leer heißt: Ende offen.", null=True, verbose_name="bis"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="Anmerkung zur Anfrage")),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="angefragt am"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="bestätigt am")),
                ("refused_at", models.DateTimeField(blank=True, null=True, verbose_name="abgelehnt am")),
                (
                    "refusal_reason",
                    models.CharField(blank=True, max_length=250, verbose_name="Grund der Ablehnung"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="beendet am")),
                (
                    "association",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="towns.association",
                        verbose_name="Gemeindeverband",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bestätigt von",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="beendet von",
                    ),
                ),
                (
                    "on_behalf_of",
                    models.ForeignKey(
                        blank=True,
                        help_text="Wer für jemanden handelt, verliert die Rechte mit dessen Sitz.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegates",
                        to="towns.seat",
                        verbose_name="im Auftrag von",
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="abgelehnt von",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="seats",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="towns.town",
                        verbose_name="Stadt",
                    ),
                ),
            ],
            options={
                "verbose_name": "Sitz",
                "verbose_name_plural": "Sitze",
                "ordering": ["-asked_at", "-pk"],
                "permissions": [("confirm_seat", "Darf Sitze bestätigen, ablehnen und beenden")],
            },
        ),
        migrations.CreateModel(
            name="MailDomain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "domain",
                    models.CharField(
                        max_length=120,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9-]+(\\.[a-z0-9-]+)+\\Z",
                                "Bitte nur den Teil nach dem @, klein geschrieben: stadt-beispiel.de",
                            )
                        ],
                        verbose_name="Domain",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=250, verbose_name="Woher bekannt")),
                (
                    "association",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_domains",
                        to="towns.association",
                        verbose_name="Gemeindeverband",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_domains",
                        to="towns.town",
                        verbose_name="Stadt",
                    ),
                ),
            ],
            options={
                "verbose_name": "Mail-Domain",
                "verbose_name_plural": "Mail-Domains",
                "ordering": ["domain", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TownRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="Fassung")),
                ("snapshot", models.JSONField(verbose_name="Inhalt")),
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
                        verbose_name="von",
                    ),
                ),
                (
                    "restores",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="towns.townrevision",
                        verbose_name="stellt her",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="towns.seat",
                        verbose_name="Sitz",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="towns.town",
                        verbose_name="Stadt",
                    ),
                ),
            ],
            options={
                "verbose_name": "Fassung einer Stadtseite",
                "verbose_name_plural": "Fassungen von Stadtseiten",
                "ordering": ["town", "-number"],
            },
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("association__isnull", True), ("town__isnull", False)),
                    models.Q(("association__isnull", False), ("town__isnull", True)),
                    _connector="OR",
                ),
                name="towns_seat_one_place",
                violation_error_message="Ein Sitz gehört zu einer Stadt oder zu einem Gemeindeverband.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("confirmed_at__isnull", False),
                    ("ended_at__isnull", True),
                    ("role", "buergermeister"),
                    ("town__isnull", False),
                ),
                fields=("town",),
                name="towns_seat_one_mayor",
                violation_error_message="Für diese Stadt ist schon ein:e Bürgermeister:in eingetragen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("association__isnull", False),
                    ("confirmed_at__isnull", False),
                    ("ended_at__isnull", True),
                    ("role", "buergermeister"),
                ),
                fields=("association",),
                name="towns_seat_one_association_head",
                violation_error_message="Für diesen Verband ist schon ein:e Bürgermeister:in eingetragen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("refused_at__isnull", True)),
                fields=("user", "town", "role"),
                name="towns_seat_once_in_town",
                violation_error_message="Diese Person hat den Sitz schon, oder er ist angefragt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("refused_at__isnull", True)),
                fields=("user", "association", "role"),
                name="towns_seat_once_in_association",
                violation_error_message="Diese Person hat den Sitz schon, oder er ist angefragt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_at__isnull", True), ("refused_at__isnull", True), _connector="OR"
                ),
                name="towns_seat_one_answer",
                violation_error_message="Ein Sitz ist bestätigt oder abgelehnt, nicht beides.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("refused_at__isnull", True),
                    models.Q(("refusal_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="towns_seat_refusal_reason",
                violation_error_message="Wer einen Sitz ablehnt, nennt den Grund.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="towns_seat_term",
                violation_error_message="Das Ende der Amtszeit liegt vor dem Anfang.",
            ),
        ),
        migrations.AddConstraint(
            model_name="maildomain",
            constraint=models.UniqueConstraint(fields=("domain", "town"), name="towns_domain_once_in_town"),
        ),
        migrations.AddConstraint(
            model_name="maildomain",
            constraint=models.UniqueConstraint(
                fields=("domain", "association"), name="towns_domain_once_in_association"
            ),
        ),
        migrations.AddConstraint(
            model_name="maildomain",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("association__isnull", True), ("town__isnull", False)),
                    models.Q(("association__isnull", False), ("town__isnull", True)),
                    _connector="OR",
                ),
                name="towns_domain_one_place",
                violation_error_message="Eine Domain gehört zu einer Stadt oder zu einem Gemeindeverband.",
            ),
        ),
        migrations.AddConstraint(
            model_name="townrevision",
            constraint=models.UniqueConstraint(fields=("town", "number"), name="towns_revision_number_once"),
        ),
    ]
