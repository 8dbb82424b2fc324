"""The rows become the working copy: a draft beside what is published."""

import django.db.models.deletion
import taggit.managers
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("formats", "0004_desk"),
        ("topics", "0002_editor_rights"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="format",
            options={
                "ordering": ["kind", "number", "title", "pk"],
                "permissions": [("release_format", "Can release a Steckbrief")],
                "verbose_name": "Steckbrief",
                "verbose_name_plural": "Steckbriefe",
            },
        ),
        migrations.AddField(
            model_name="format",
            name="draft",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="draft_of",
                to="formats.revision",
                verbose_name="Entwurf",
            ),
        ),
        migrations.AddField(
            model_name="format",
            name="draft_topics",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="topics.topic", verbose_name="Themen"
            ),
        ),
        migrations.AddField(
            model_name="format",
            name="live_number",
            field=models.PositiveSmallIntegerField(
                blank=True, editable=False, null=True, verbose_name="öffentliche Nummer"
            ),
        ),
        migrations.AddField(
            model_name="format",
            name="published_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="veröffentlicht"),
        ),
        migrations.AddField(
            model_name="format",
            name="reminded_of",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="erinnert an"),
        ),
        migrations.AddField(
            model_name="format",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="predecessors",
                to="formats.format",
                verbose_name="Nachfolger",
            ),
        ),
        migrations.AddField(
            model_name="format",
            name="withdrawal_note",
            field=models.CharField(
                blank=True, editable=False, max_length=250, verbose_name="Satz zum Zurückziehen"
            ),
        ),
        migrations.AlterField(
            model_name="format",
            name="topics",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="topics.TaggedItem",
                to="topics.Topic",
                verbose_name="öffentliche Themen",
            ),
        ),
    ]
