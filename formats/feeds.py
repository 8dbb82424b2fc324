"""The feed of new and changed Steckbriefe, and the places of Steckbriefe and trees in the sitemap."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed

from formats.models import Format, Tree


class FormatFeed(Feed):
    """The twenty Steckbriefe that were published or changed last."""

    feed_type = Atom1Feed
    title = "Kleinstadtakademie: neue und geänderte Steckbriefe"
    subtitle = "Lern- und Austauschformate und Methoden für Kleinstädte"
    link = reverse_lazy("formats:format_list", args=["format"])

    def get_object(self, request):
        return request.user

    def items(self, user):
        return Format.objects.visible_to(user).recently_changed()[:20]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.summary

    def item_guid(self, item):
        return f"{settings.SITE_URL}{item.get_absolute_url()}#{item.published.number}"

    def item_pubdate(self, item):
        return item.first_published_at

    def item_updateddate(self, item):
        return item.published.created_at


class FormatSitemap(Sitemap):
    def items(self):
        return Format.objects.published().numbered().with_revision()

    def lastmod(self, item):
        return item.published.created_at


class GuideSitemap(Sitemap):
    """The first page of each tree; the pages behind answers are not for search engines."""

    def items(self):
        return Tree.objects.published().ordered().with_revision()

    def lastmod(self, item):
        return item.published.created_at
