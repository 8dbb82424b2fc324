"""The four role groups, and how a room's migration gives them rights."""

from django.db import models


class Role(models.TextChoices):
    """Names of the `auth.Group` rows that migration `0002_role_groups` makes."""

    EDITOR = "Redaktion", "Redaktion"
    MODERATOR = "Moderation", "Moderation"
    GUIDE = "Lots:in", "Lots:in"
    ADMINISTRATOR = "Administration", "Administration"


def grant(apps, role: Role, app_label: str, model: str, codenames: list[str]) -> None:
    """Give a role group rights on a model, inside a migration.

    Permissions are rows that Django makes only after all migrations; missing ones are made here
    under the codename Django will look for. Safe to run twice.
    """
    group = apps.get_model("auth", "Group").objects.get(name=role)
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    permission_model = apps.get_model("auth", "Permission")
    for codename in codenames:
        permission, _ = permission_model.objects.get_or_create(
            content_type=content_type,
            codename=codename,
            defaults={"name": f"Can {codename.replace('_', ' ')}"},
        )
        group.permissions.add(permission)


def withdraw(apps, role: Role, app_label: str, model: str, codenames: list[str]) -> None:
    """Take back what `grant` gave: the reverse step of the same migration."""
    group = apps.get_model("auth", "Group").objects.get(name=role)
    rights = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label=app_label, content_type__model=model, codename__in=codenames
    )
    group.permissions.remove(*rights)
