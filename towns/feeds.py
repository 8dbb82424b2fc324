"""The feed of news from the towns, and the place of their pages in the sitemap."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed

from towns.models import Offer, Town

NEWEST = 30


@dataclass(frozen=True)
class News:
    """One thing that happened: a town joined, or it offers or seeks something."""

    key: str
    title: str
    text: str
    url: str
    at: datetime


class TownFeed(Feed):
    """What came last: teilnehmende Städte, their offers and what they seek."""

    feed_type = Atom1Feed
    title = "Kleinstadtakademie: Neues aus den Städten"
    subtitle = "Neue teilnehmende Städte, Angebote und Gesuche"
    link = reverse_lazy("towns:town_list")

    def get_object(self, request):
        return request.user

    def items(self, user):
        towns = Town.objects.visible_to(user).participating().select_related("land")
        offers = Offer.objects.visible_to(user).of_participants().newest_first()[:NEWEST]
        news = [_joined(town) for town in towns.newest_participants()[:NEWEST]]
        news += [_offered(offer) for offer in offers]
        return sorted(news, key=lambda item: (item.at, item.key), reverse=True)[:NEWEST]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.text

    def item_link(self, item):
        return item.url

    def item_guid(self, item):
        return f"{settings.SITE_URL}{item.url}#{item.key}"

    def item_pubdate(self, item):
        return item.at

    def item_updateddate(self, item):
        return item.at


def _joined(town: Town) -> News:
    text = f"{town.label} ({town.land}) ist teilnehmende Stadt."
    return News(
        f"dabei-{town.pk}", f"{town.label} macht mit", text, town.get_absolute_url(), town.participating_since
    )


def _offered(offer: Offer) -> News:
    title = f"{offer.town.label} {offer.get_direction_display()}: {offer.text}"
    text = f"{offer.text} ({offer.town.label}, {offer.town.land})"
    return News(f"{offer.direction}-{offer.pk}", title, text, offer.town.get_absolute_url(), offer.created_at)


class TownSitemap(Sitemap):
    """Teilnehmende Städte, with the moment of their newest revision."""

    def items(self):
        return Town.objects.participating().with_last_revision().by_slug()

    def lastmod(self, town):
        return town.revised_at or town.participating_since
