"""The sign of the room `foundation.moderation`."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "foundation.moderation"
    label = "moderation"
    verbose_name = "Moderation"
