"""The sign of the room `foundation.people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "foundation.people"
    label = "people"
    verbose_name = "Personen"

    # Name plate for foundation.schedule: job name → function, minutes between runs, German label.
    scheduled_jobs = {
        "sessions": ("foundation.people.actions.clear_sessions", 1440, "Abgelaufene Sitzungen löschen"),
    }
