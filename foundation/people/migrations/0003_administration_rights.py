"""The Administration keeps the accounts."""

from django.db import migrations

from foundation.people.roles import Role, grant, withdraw

RIGHTS = ["add_user", "change_user", "view_user"]


def give(apps, schema_editor):
    grant(apps, Role.ADMINISTRATOR, "people", "user", RIGHTS)


def take(apps, schema_editor):
    withdraw(apps, Role.ADMINISTRATOR, "people", "user", RIGHTS)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_role_groups"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, take)]
