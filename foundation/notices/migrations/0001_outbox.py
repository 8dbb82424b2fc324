"""The outbox: one row per letter."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(blank=True, editable=False, max_length=200, null=True, unique=True)),
                ("recipient", models.EmailField(max_length=254, verbose_name="An")),
                ("subject", models.CharField(max_length=250, verbose_name="Betreff")),
                ("text", models.TextField(verbose_name="Text")),
                ("html", models.TextField(blank=True, verbose_name="HTML")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="geschrieben"
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="nächster Versuch"),
                ),
                (
                    "enqueued_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="dem Versand übergeben"
                    ),
                ),
                (
                    "claimed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="in Arbeit seit"
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="Versuche")),
                ("last_error", models.CharField(blank=True, max_length=250, verbose_name="letzter Fehler")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="versandt")),
                ("given_up_at", models.DateTimeField(blank=True, null=True, verbose_name="aufgegeben")),
            ],
            options={
                "verbose_name": "Mail",
                "verbose_name_plural": "Postausgang",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("given_up_at__isnull", True), ("sent_at__isnull", True)),
                        fields=["due_at"],
                        name="notices_mail_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at__isnull", True), ("given_up_at__isnull", True), _connector="OR"
                        ),
                        name="notices_mail_one_end",
                        violation_error_message="Eine Mail ist versandt oder aufgegeben, nicht beides.",
                    )
                ],
            },
        ),
    ]
