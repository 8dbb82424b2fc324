"""The sign of the roof; after each migration it sees to the table of the shared cache."""

from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db.models.signals import post_migrate


def make_cache_table(verbosity, **kwargs):
    """Make the cache table if the cache lives in the database and the table is missing."""
    call_command("createcachetable", verbosity=max(0, verbosity - 1))


class AkademieConfig(AppConfig):
    name = "akademie"
    verbose_name = "Kleinstadtakademie"

    def ready(self):
        # Django signals only for apps with models; the accounts are the first that need limits.
        post_migrate.connect(make_cache_table, sender=apps.get_app_config("people"))
