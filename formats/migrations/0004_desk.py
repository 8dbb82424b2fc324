"""What lies on the desk beside the text: open forms, links for co-authors, remarks."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import formats.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("formats", "0003_release"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CoauthorLink",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Beispiel: Frau Muster, Stadt Auenlinden",
                        max_length=120,
                        verbose_name="Für wen",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt am")),
                ("expires_at", models.DateTimeField(verbose_name="gilt bis")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="widerrufen am")),
            ],
            options={
                "verbose_name": "Link für Mitautor:innen",
                "verbose_name_plural": "Links für Mitautor:innen",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="OpenForm",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("base", models.PositiveIntegerField(blank=True, null=True, verbose_name="Ausgangsfassung")),
                ("typed", models.JSONField(blank=True, null=True, verbose_name="getippt")),
                ("typed_at", models.DateTimeField(blank=True, null=True, verbose_name="getippt am")),
                ("sheet", models.JSONField(blank=True, null=True, verbose_name="lesbarer Stand")),
                ("opened_at", models.DateTimeField(auto_now_add=True, verbose_name="geöffnet")),
                ("seen_at", models.DateTimeField(verbose_name="zuletzt gesehen")),
            ],
            options={
                "verbose_name": "offenes Formular",
                "verbose_name_plural": "offene Formulare",
                "ordering": ["opened_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="Von")),
                ("field", models.CharField(blank=True, max_length=20, verbose_name="Stelle")),
                ("text", formats.models.fields.BoundedTextField(max_length=2000, verbose_name="Bemerkung")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="am")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="erledigt am")),
            ],
            options={
                "verbose_name": "Bemerkung zum Entwurf",
                "verbose_name_plural": "Bemerkungen zu Entwürfen",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="coauthorlink",
            name="created_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="coauthorlink",
            name="format",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="coauthor_links",
                to="formats.format",
                verbose_name="Steckbrief",
            ),
        ),
        migrations.AddField(
            model_name="openform",
            name="format",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="open_forms",
                to="formats.format",
            ),
        ),
        migrations.AddField(
            model_name="openform",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="link",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="remarks",
                to="formats.coauthorlink",
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="remarks",
                to="formats.revision",
                verbose_name="Fassung",
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="openform",
            constraint=models.UniqueConstraint(fields=("user", "format"), name="formats_openform_once"),
        ),
        migrations.AddConstraint(
            model_name="openform",
            constraint=models.UniqueConstraint(
                condition=models.Q(("format__isnull", True)),
                fields=("user",),
                name="formats_openform_new_once",
            ),
        ),
    ]
