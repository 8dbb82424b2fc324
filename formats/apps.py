"""The sign of the room `formats`, with its name plates."""

from django.apps import AppConfig


class FormatsConfig(AppConfig):
    name = "formats"
    verbose_name = "Formate und Methoden"

    # Name plate for foundation.kit.files: where stored files live, and who decides on reading.
    served_files = {
        "materialien": ("formats.Material", "file"),
        "formatbilder": ("formats.Format", "picture"),
    }

    # Name plate for foundation.topics: what of this room carries topics.
    topic_things = ["formats.Format"]

    # Name plate for foundation.search: what of this room can be found.
    searchable = ["formats.searchable.FormatSource", "formats.searchable.MethodSource"]

    def ready(self):
        from formats import receivers  # noqa: F401
