"""The sign of the roof."""

from django.apps import AppConfig


class AkademieConfig(AppConfig):
    name = "akademie"
    verbose_name = "Kleinstadtakademie"
