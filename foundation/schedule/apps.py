"""The sign of the room `foundation.schedule`, with its name plate."""

from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "foundation.schedule"
    label = "schedule"
    verbose_name = "Zeitplan"

    # Name plate for this room itself: job name → function, minutes between runs, German label.
    scheduled_jobs = {
        "task_results": (
            "foundation.schedule.actions.prune_task_results",
            1440,
            "Erledigte Hintergrundaufgaben löschen",
        ),
    }

    # Name plate for the start page „Heute“: what waits here, for whom.
    desk_tasks = "foundation.schedule.today.tasks"
