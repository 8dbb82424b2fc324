"""Tags of the room: what the rooms above hang on the pages of one's account."""

from django import template
from django.apps import apps
from django.urls import reverse

register = template.Library()


@register.simple_tag
def account_pages() -> list[tuple[str, str]]:
    """(address, label) of each page, from the `account_pages` name plates of all rooms."""
    plates = [getattr(config, "account_pages", {}) for config in apps.get_app_configs()]
    return [(reverse(name), label) for plate in plates for name, label in plate.items()]
