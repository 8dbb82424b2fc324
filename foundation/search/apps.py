"""The sign of the room `foundation.search`, with its name plates."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "foundation.search"
    label = "search"
    verbose_name = "Suche"

    # Name plate for foundation.schedule: what the index needs besides the changes themselves.
    scheduled_jobs = {
        "search_words": ("foundation.search.learning.learn_words", 10, "Suche: neue Wörter zerlegen"),
        "search_check": ("foundation.search.checking.repair", 1440, "Suche: Verzeichnis prüfen"),
        "search_counts": ("foundation.search.counting.forget_old", 1440, "Suche: alte Zählungen löschen"),
    }

    def ready(self):
        from foundation.search.watching import watch

        watch()
