"""The sign of the room `foundation.search`, with its name plates."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


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
        from foundation.search.concepts import synonyms
        from foundation.search.watching import watch

        watch()
        for signal in (post_save, post_delete):
            signal.connect(synonyms.forget, sender=self.get_model("Synonym"), dispatch_uid="search-synonyms")
