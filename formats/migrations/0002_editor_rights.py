"""The Redaktion edits Steckbriefe and settles readers' notes; the Administration may look."""

from django.db import migrations

from foundation.people.roles import Role, grant, withdraw

PARTS = ["step", "variant", "material", "source", "trial", "relation"]
RIGHTS = [
    *(
        (Role.EDITOR, model, [f"{verb}_{model}" for verb in ("add", "change", "delete", "view")])
        for model in PARTS
    ),
    (Role.EDITOR, "format", ["add_format", "change_format", "view_format"]),
    (Role.EDITOR, "revision", ["view_revision"]),
    (Role.EDITOR, "correction", ["change_correction", "view_correction"]),
    (Role.ADMINISTRATOR, "format", ["view_format"]),
    (Role.ADMINISTRATOR, "revision", ["view_revision"]),
]


def give(apps, schema_editor):
    for role, model, codenames in RIGHTS:
        grant(apps, role, "formats", model, codenames)


def take(apps, schema_editor):
    for role, model, codenames in RIGHTS:
        withdraw(apps, role, "formats", model, codenames)


class Migration(migrations.Migration):
    dependencies = [
        ("formats", "0001_steckbrief"),
        ("people", "0002_role_groups"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, take)]
