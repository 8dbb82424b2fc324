"""Editors keep the synonyms and see what was searched in vain."""

from django.db import migrations

from foundation.people.roles import Role, grant, withdraw

RIGHTS = {
    "synonym": ["add_synonym", "change_synonym", "delete_synonym", "view_synonym"],
    "missedquery": ["delete_missedquery", "view_missedquery"],
}


def give(apps, schema_editor):
    for model, codenames in RIGHTS.items():
        grant(apps, Role.EDITOR, "search", model, codenames)


def take_back(apps, schema_editor):
    for model, codenames in RIGHTS.items():
        withdraw(apps, Role.EDITOR, "search", model, codenames)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_full_text"),
        ("people", "0002_role_groups"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, take_back)]
