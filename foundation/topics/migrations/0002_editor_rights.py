"""The Redaktion keeps the vocabulary."""

from django.db import migrations

from foundation.people.roles import Role, grant, withdraw

RIGHTS = ["add_topic", "change_topic", "view_topic"]


def give(apps, schema_editor):
    grant(apps, Role.EDITOR, "topics", "topic", RIGHTS)


def take(apps, schema_editor):
    withdraw(apps, Role.EDITOR, "topics", "topic", RIGHTS)


class Migration(migrations.Migration):
    dependencies = [
        ("topics", "0001_topic"),
        ("people", "0002_role_groups"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, take)]
