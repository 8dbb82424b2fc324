"""The pages of the house that are there without any content, for search engines."""

from django.contrib.sitemaps import Sitemap


class PageSitemap(Sitemap):
    def items(self):
        return [
            "/",
            "/formate/",
            "/formate/tabelle/",
            "/formate/vergleich/",
            "/formate/daten/",
            "/methoden/",
            "/themen/",
            "/wegweiser/",
        ]

    def location(self, item):
        return item
