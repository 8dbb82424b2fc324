"""The Administration may see what runs when."""

from django.db import migrations

from foundation.people.roles import Role, grant, withdraw

RIGHTS = ["view_job"]


def give(apps, schema_editor):
    grant(apps, Role.ADMINISTRATOR, "schedule", "job", RIGHTS)


def take_back(apps, schema_editor):
    withdraw(apps, Role.ADMINISTRATOR, "schedule", "job", RIGHTS)


class Migration(migrations.Migration):
    dependencies = [
        ("schedule", "0001_job"),
        ("people", "0002_role_groups"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, take_back)]
