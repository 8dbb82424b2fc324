"""The sign of the room `formats`, with its name plates."""

from django.apps import AppConfig


class FormatsConfig(AppConfig):
    name = "formats"
    verbose_name = "Formate und Methoden"

    # Name plate for foundation.kit.files: where stored files live, and who decides on reading.
    served_files = {
        "materialien": ("formats.RevisionFile", "name"),
        "formatbilder": ("formats.RevisionFile", "name"),
    }

    # Name plate for foundation.topics: what of this room carries topics.
    topic_things = ["formats.Format"]

    # Name plate for foundation.search: what of this room can be found.
    searchable = ["formats.searchable.FormatSource", "formats.searchable.MethodSource"]

    # Name plate for foundation.schedule: name → function, minutes between runs, German label.
    scheduled_jobs = {
        "formats_publish_due": (
            "formats.actions.publish_due",
            1,
            "Geplante Veröffentlichungen von Steckbriefen",
        ),
        "formats_open_forms": ("formats.desk.rescue.clear_forgotten", 1440, "Vergessene Eingaben löschen"),
        "formats_reviews": (
            "formats.reviews.remind_of_reviews",
            1440,
            "An fällige Prüfungen von Steckbriefen erinnern",
        ),
    }

    # Name plate for the start page „Heute“: what waits here, for whom.
    desk_tasks = "formats.today.tasks"

    def ready(self):
        from formats import receivers  # noqa: F401
