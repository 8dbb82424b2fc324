"""The sign of the room `foundation.schedule`."""

from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "foundation.schedule"
    label = "schedule"
    verbose_name = "Zeitplan"
