"""The sign of the room `foundation.notices`, with its name plates."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "foundation.notices"
    label = "notices"
    verbose_name = "Post"

    # Name plate for foundation.schedule: job name → function, minutes between runs, German label.
    scheduled_jobs = {
        "sent_mails": ("foundation.notices.actions.prune_sent_mails", 1440, "Alte versandte Mails löschen"),
        "mails": ("foundation.notices.actions.enqueue_due_mails", 1, "Wartende Mails versenden"),
    }

    # Name plate for the start page „Heute“: what waits here, for whom.
    desk_tasks = "foundation.notices.today.tasks"
