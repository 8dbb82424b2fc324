"""Scheduled jobs and when they ran."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="Name")),
                ("label", models.CharField(max_length=120, verbose_name="Aufgabe")),
                ("minutes", models.PositiveIntegerField(verbose_name="alle … Minuten")),
                ("due_at", models.DateTimeField(verbose_name="nächster Lauf")),
                ("late_at", models.DateTimeField(verbose_name="überfällig ab")),
                ("begun_at", models.DateTimeField(blank=True, null=True, verbose_name="zuletzt begonnen")),
                (
                    "succeeded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="zuletzt gelungen"),
                ),
                (
                    "failed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="zuletzt gescheitert"),
                ),
                ("last_error", models.CharField(blank=True, max_length=250, verbose_name="letzter Fehler")),
                ("alarmed_at", models.DateTimeField(blank=True, null=True, verbose_name="Alarm gegeben")),
            ],
            options={
                "verbose_name": "Geplante Aufgabe",
                "verbose_name_plural": "Geplante Aufgaben",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 1)), name="schedule_job_minutes"
                    )
                ],
            },
        ),
    ]
