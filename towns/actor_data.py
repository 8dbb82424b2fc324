"""Profiles as data: what CSV, JSON and feed tell of them; never an address, never an account."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed

from towns.models import Actor

HEAD = ["Name", "Profil", "Art", "Funktion", "Stadt", "Land", "Fachthemen", "Bietet", "Website", "Seite"]


def public_data(actor: Actor, topics: list[tuple[str, str]]) -> dict:
    """One profile that the reader may see, with German keys, unknown as null."""
    return {
        "name": actor.name,
        "profil": actor.form,
        "art": actor.kind,
        "funktion": actor.role or None,
        "stadt": actor.town.label if actor.town else None,
        "land": actor.town.land.name if actor.town else None,
        "fachthemen": [name for _, name in topics],
        "bietet": actor.offers or None,
        "website": actor.website or None,
        "seite": settings.SITE_URL + actor.get_absolute_url(),
    }


def csv_row(actor: Actor, topics: list[tuple[str, str]]) -> list[str]:
    data = public_data(actor, topics)
    data |= {"profil": actor.get_form_display(), "art": actor.get_kind_display()}
    data["fachthemen"] = ", ".join(data["fachthemen"])
    return [value or "" for value in data.values()]


class ActorFeed(Feed):
    """The twenty profiles that were admitted last, of those the reader may see."""

    feed_type = Atom1Feed
    title = "Kleinstadtakademie: neue Akteur:innen"
    subtitle = "Personen und Organisationen, die Kleinstädte voranbringen"
    link = reverse_lazy("towns:actor_list")

    def get_object(self, request):
        return request.user

    def items(self, user):
        return Actor.objects.visible_to(user).newest_first().with_list_details()[:20]

    def item_title(self, item):
        return item.name

    def item_description(self, item):
        return ", ".join(part for part in (item.get_kind_display(), item.role, str(item.town or "")) if part)

    def item_pubdate(self, item):
        return item.approved_at or item.created_at


class ActorSitemap(Sitemap):
    """Public profiles only: nobody is signed in here."""

    def items(self):
        return Actor.objects.visible_to(AnonymousUser()).order_by("slug")
