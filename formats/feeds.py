"""The feed of new and changed Steckbriefe, and their place in the sitemap."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed

from formats.editions import catalogue_of, editions_of
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
        formats = Format.objects.visible_to(user).recently_changed()[:20]
        first = {format.pk: format.first_published_at for format in formats}
        return [(edition, first[edition.pk]) for edition in editions_of(formats)]

    def item_title(self, item):
        return item[0].title

    def item_description(self, item):
        return item[0].format.summary

    def item_link(self, item):
        return item[0].url

    def item_guid(self, item):
        return f"{settings.SITE_URL}{item[0].url}#{item[0].number}"

    def item_pubdate(self, item):
        return item[1]

    def item_updateddate(self, item):
        return item[0].published_at


class FormatSitemap(Sitemap):
    def items(self):
        return catalogue_of(Format.objects.published())

    def location(self, item):
        return item.url

    def lastmod(self, item):
        return item.published_at


class GuideSitemap(Sitemap):
    """The first page of each tree; the pages behind answers are not for search engines."""

    def items(self):
        return Tree.objects.published().ordered().with_revision()

    def lastmod(self, item):
        return item.published.created_at
