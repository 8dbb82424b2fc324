"""Which stored files a revision names: that decides who may fetch them."""

import django.db.models.deletion
from django.db import migrations, models


def note_files(apps, schema_editor):
    """The files that the stored snapshots name."""
    revision_file = apps.get_model("formats", "RevisionFile")
    for revision in apps.get_model("formats", "Revision").objects.all():
        names = {material.get("file") for material in revision.snapshot.get("materials", [])}
        names.add(revision.snapshot.get("picture", {}).get("file"))
        revision_file.objects.bulk_create(
            revision_file(revision=revision, name=name) for name in sorted(filter(None, names))
        )


def forget_files(apps, schema_editor):
    """The table goes with this migration."""


class Migration(migrations.Migration):
    dependencies = [
        ("formats", "0007_live_number_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="RevisionFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(db_index=True, max_length=120)),
            ],
            options={
                "verbose_name": "Datei einer Fassung",
                "verbose_name_plural": "Dateien einer Fassung",
            },
        ),
        migrations.AddField(
            model_name="revisionfile",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="files", to="formats.revision"
            ),
        ),
        migrations.AddConstraint(
            model_name="revisionfile",
            constraint=models.UniqueConstraint(fields=("revision", "name"), name="formats_revisionfile_once"),
        ),
        migrations.RunPython(note_files, forget_files),
    ]
