"""The Redaktion releases, links and remarks; the Administration may look, and release for a lonely editor."""

from django.db import migrations

from foundation.people.roles import Role, grant, withdraw

RIGHTS = [
    (Role.EDITOR, "format", ["release_format", "delete_format"]),
    (Role.EDITOR, "release", ["view_release"]),
    (Role.EDITOR, "coauthorlink", ["add_coauthorlink", "change_coauthorlink", "view_coauthorlink"]),
    (Role.EDITOR, "remark", ["add_remark", "change_remark", "view_remark"]),
    (Role.ADMINISTRATOR, "format", ["release_format"]),
    (Role.ADMINISTRATOR, "release", ["view_release"]),
    (Role.ADMINISTRATOR, "remark", ["view_remark"]),
]


def give(apps, schema_editor):
    for role, model, codenames in RIGHTS:
        grant(apps, role, "formats", model, codenames)


def take(apps, schema_editor):
    for role, model, codenames in RIGHTS:
        withdraw(apps, role, "formats", model, codenames)


class Migration(migrations.Migration):
    dependencies = [("formats", "0008_revision_files"), ("people", "0002_role_groups")]

    operations = [migrations.RunPython(give, take)]
