"""The sign of the room `foundation.notices`, with its name plates."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "foundation.notices"
    label = "notices"
    verbose_name = "Post"

    # Name plate for foundation.schedule: job name → function, minutes between runs, German label.
    scheduled_jobs = {
        "mails": ("foundation.notices.actions.enqueue_due_mails", 1, "Wartende Mails versenden"),
    }
