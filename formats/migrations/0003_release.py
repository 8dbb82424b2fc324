"""Four eyes: a revision on its way to the public."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import formats.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("formats", "0002_editor_rights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="erbeten am")),
                (
                    "note",
                    formats.models.fields.BoundedTextField(
                        blank=True, max_length=1000, verbose_name="Bemerkung"
                    ),
                ),
                (
                    "publish_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="veröffentlichen am"),
                ),
                (
                    "comment",
                    formats.models.fields.BoundedTextField(
                        blank=True, max_length=1000, verbose_name="Begründung"
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="freigegeben am")),
                ("returned_at", models.DateTimeField(blank=True, null=True, verbose_name="zurückgegeben am")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="veröffentlicht am"),
                ),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="aufgehoben am")),
                ("failed_at", models.DateTimeField(blank=True, null=True, verbose_name="gescheitert am")),
                (
                    "failure",
                    models.CharField(blank=True, max_length=400, verbose_name="Grund des Scheiterns"),
                ),
            ],
            options={
                "verbose_name": "Freigabe",
                "verbose_name_plural": "Freigaben",
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="release",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="erbeten von",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entschieden von",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="releases",
                to="formats.revision",
                verbose_name="Fassung",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_at__isnull", True),
                        ("cancelled_at__isnull", True),
                        ("returned_at__isnull", True),
                    ),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("cancelled_at__isnull", True),
                        ("failed_at__isnull", True),
                        ("published_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                fields=("revision",),
                name="formats_release_one_under_way",
                violation_error_message="Für diese Fassung läuft schon eine Freigabe.",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_at__isnull", True), ("returned_at__isnull", True), _connector="OR"
                ),
                name="formats_release_one_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_at__isnull", True), models.Q(("comment", ""), _negated=True), _connector="OR"
                ),
                name="formats_release_return_reason",
                violation_error_message="Wer einen Entwurf zurückgibt, sagt warum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at__isnull", True),
                    ("approved_at__lte", models.F("published_at")),
                    _connector="OR",
                ),
                name="formats_release_approved_first",
            ),
        ),
    ]
