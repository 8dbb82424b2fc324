"""The Redaktion edits trees and settles readers' notes; the Administration may look."""

from django.db import migrations

from foundation.people.roles import Role, grant, withdraw

RIGHTS = [
    (Role.EDITOR, "tree", ["add_tree", "change_tree", "view_tree"]),
    (Role.EDITOR, "treenote", ["change_treenote", "view_treenote"]),
    (Role.ADMINISTRATOR, "tree", ["view_tree"]),
]


def give(apps, schema_editor):
    for role, model, codenames in RIGHTS:
        grant(apps, role, "formats", model, codenames)


def take(apps, schema_editor):
    for role, model, codenames in RIGHTS:
        withdraw(apps, role, "formats", model, codenames)


class Migration(migrations.Migration):
    dependencies = [
        ("formats", "0010_tree"),
        ("people", "0002_role_groups"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, take)]
