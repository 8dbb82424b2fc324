"""The sign of the room `foundation.people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "foundation.people"
    label = "people"
    verbose_name = "Personen"
