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

    # Name plate for foundation.schedule: name → function, minutes between runs, German label.
    scheduled_jobs = {
        "formats_publish_due": (
            "formats.actions.publish_due",
            1,
            "Geplante Veröffentlichungen von Steckbriefen",
        ),
    }

    def ready(self):
        from formats import receivers  # noqa: F401
