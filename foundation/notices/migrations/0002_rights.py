"""The Administration may look into the outbox and have letters sent again."""

from django.db import migrations

from foundation.people.roles import Role, grant, withdraw

RIGHTS = ["view_mail", "change_mail"]


def give(apps, schema_editor):
    grant(apps, Role.ADMINISTRATOR, "notices", "mail", RIGHTS)


def take_back(apps, schema_editor):
    withdraw(apps, Role.ADMINISTRATOR, "notices", "mail", RIGHTS)


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_outbox"),
        ("people", "0002_role_groups"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, take_back)]
