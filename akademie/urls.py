"""Addresses of the whole house."""

from functools import partial

from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.decorators.http import require_safe

from akademie import views
from akademie.sitemaps import PageSitemap
from akademie.views.errors import too_many_requests
from formats.feeds import FormatSitemap, GuideSitemap
from foundation.kit.files import stored_file
from towns.actor_data import ActorSitemap
from towns.feeds import TownSitemap

urlpatterns = [
    path("", views.home, name="home"),
    path("suche/", views.search, name="search"),
    path("suche/vorschlaege/", views.search_suggestions, name="search_suggestions"),
    path("gesund/", views.health, name="health"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    path(
        "sitemap.xml",
        require_safe(sitemap),
        {
            "sitemaps": {
                "seiten": PageSitemap,
                "steckbriefe": FormatSitemap,
                "wegweiser": GuideSitemap,
                "staedte": TownSitemap,
                "akteure": ActorSitemap,
            }
        },
        name="sitemap",
    ),
    path("dateien/<path:path>", stored_file, name="stored_file"),
    path("konto/", include("foundation.people.urls")),
    path("redaktion/", admin.site.urls),
    path("themen/", include("foundation.topics.urls")),
    path("", include("formats.urls")),
    path("", include("towns.urls")),
]
if settings.DEBUG:
    urlpatterns += [
        path("entwicklung/post/", views.post_list, name="post_list"),
        path("entwicklung/post/<str:name>/", views.post_detail, name="post_detail"),
    ]

handler400 = "akademie.views.errors.bad_request"
handler403 = "akademie.views.errors.permission_denied"
handler404 = "akademie.views.errors.page_not_found"
handler429 = partial(too_many_requests, retry_after=60)  # allauth's own limits answer through this
handler500 = "akademie.views.errors.server_error"
