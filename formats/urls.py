"""Addresses of the room: German paths, English names."""

from django.urls import path, register_converter
from django.views.decorators.http import require_safe

from formats import views
from formats.feeds import FormatFeed
from formats.models import Kind


class CatalogueConverter:
    """`formate` ↔ Kind.FORMAT, `methoden` ↔ Kind.METHOD."""

    regex = "formate|methoden"

    def to_python(self, value):
        return Kind.METHOD if value == "methoden" else Kind.FORMAT

    def to_url(self, value):
        return "methoden" if value == Kind.METHOD else "formate"


register_converter(CatalogueConverter, "catalogue")

app_name = "formats"
urlpatterns = [
    path("<catalogue:kind>/", views.format_list, name="format_list"),
    path("<catalogue:kind>/tabelle/", views.format_table, name="format_table"),
    path("<catalogue:kind>/tabelle.csv", views.format_csv, name="format_csv"),
    path("formate.json", views.format_json, name="format_json"),
    path("formate/neues/", require_safe(FormatFeed()), name="format_feed"),
    path("formate/daten/", views.format_data, name="format_data"),
    path("formate/vergleich/", views.format_compare, name="format_compare"),
    path("formate/auswahl.pdf", views.selection_pdf, name="selection_pdf"),
    path("formate/merkliste/", views.bookmark_list, name="bookmark_list"),
    path("entwurf/<str:token>/", views.draft_detail, name="draft_detail"),
    path("entwurf/<str:token>/dateien/<path:path>", views.draft_file, name="draft_file"),
    path("<catalogue:kind>/<slug:slug>/", views.format_detail, name="format_detail"),
    path("<catalogue:kind>/<slug:slug>.json", views.sheet_json, name="sheet_json"),
    path("<catalogue:kind>/<slug:slug>.pdf", views.sheet_pdf, name="sheet_pdf"),
    path("<catalogue:kind>/<slug:slug>/druck/", views.sheet_print, name="sheet_print"),
    path("<catalogue:kind>/<slug:slug>/merken/", views.bookmark_add, name="bookmark_add"),
    path("<catalogue:kind>/<slug:slug>/vergessen/", views.bookmark_remove, name="bookmark_remove"),
    path("<catalogue:kind>/<slug:slug>/rueckmeldung/", views.sheet_feedback, name="sheet_feedback"),
    path("wegweiser/", views.guide_list, name="guide_list"),
    path("wegweiser/<slug:slug>/", views.guide_step, name="guide_step"),
    path("wegweiser/<slug:slug>.pdf", views.guide_pdf, name="guide_pdf"),
    path("wegweiser/<slug:slug>/passt-nicht/", views.guide_note, name="guide_note"),
]
