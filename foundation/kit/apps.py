"""The sign of the room `foundation.kit`; it listens for changes that public pages show."""

from django.apps import AppConfig
from django.db.models import fields


class KitConfig(AppConfig):
    name = "foundation.kit"
    label = "kit"
    verbose_name = "Werkzeug"

    def ready(self):
        # Django's own words for „nothing chosen yet“ have no German.
        fields.BLANK_CHOICE_LABEL = "Bitte wählen"
        from django.apps import apps
        from django.db.models.signals import post_delete, post_save

        from foundation.kit.pagecache import content_changed

        for model in apps.get_models():
            if getattr(model, "shown_on_public_pages", False):
                post_save.connect(content_changed, sender=model)
                post_delete.connect(content_changed, sender=model)
