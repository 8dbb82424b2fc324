"""The sign of the room `foundation.topics`."""

from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "foundation.topics"
    label = "topics"
    verbose_name = "Themen"
