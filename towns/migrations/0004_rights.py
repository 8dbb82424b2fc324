"""What the role groups may do with towns, profiles and seats.

Redaktion: pages of towns, profiles, the question of Kleinstadt. Administration: seats, invitations,
mail domains. Moderation hides profiles. Lots:innen look things up.
"""

from django.db import migrations

from foundation.people.roles import Role, grant, withdraw

VERBS = ("add", "change", "delete", "view")
REGISTER = ["land", "district", "association", "registerimport", "figures"]
PARTS = ["offer", "project", "townlink", "townpicture"]
STAFF = [Role.EDITOR, Role.MODERATOR, Role.GUIDE, Role.ADMINISTRATOR]

RIGHTS = [
    # Everybody of the Geschäftsstelle may look things up.
    *((role, model, [f"view_{model}"]) for role in STAFF for model in [*REGISTER, "town", "actor", "seat"]),
    *((Role.EDITOR, model, [f"{verb}_{model}" for verb in VERBS]) for model in PARTS),
    (Role.EDITOR, "town", ["change_town", "classify_town"]),
    (Role.EDITOR, "townrevision", ["view_townrevision"]),
    (Role.EDITOR, "succession", [f"{verb}_succession" for verb in VERBS]),
    (Role.EDITOR, "actor", ["add_actor", "change_actor", "approve_actor"]),
    (Role.EDITOR, "affiliation", [f"{verb}_affiliation" for verb in VERBS]),
    (Role.EDITOR, "actorinvitation", ["add_actorinvitation", "view_actorinvitation"]),
    (Role.EDITOR, "seat", ["confirm_seat"]),
    (Role.MODERATOR, "actor", ["change_actor"]),
    (Role.ADMINISTRATOR, "actor", ["approve_actor"]),
    (Role.ADMINISTRATOR, "actorinvitation", ["add_actorinvitation", "view_actorinvitation"]),
    (Role.ADMINISTRATOR, "seat", ["add_seat", "change_seat", "confirm_seat"]),
    (Role.ADMINISTRATOR, "maildomain", [f"{verb}_maildomain" for verb in VERBS]),
    (Role.ADMINISTRATOR, "contactmessage", ["view_contactmessage"]),
]


def give(apps, schema_editor):
    for role, model, codenames in RIGHTS:
        grant(apps, role, "towns", model, codenames)


def take(apps, schema_editor):
    for role, model, codenames in RIGHTS:
        withdraw(apps, role, "towns", model, codenames)


class Migration(migrations.Migration):
    dependencies = [
        ("towns", "0003_seats"),
        ("people", "0002_role_groups"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, take)]
