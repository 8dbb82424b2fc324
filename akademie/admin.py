"""The editors' desk as a whole: its name, and no second vocabulary beside the topics."""

from django.contrib import admin
from taggit.models import Tag

admin.site.site_header = "Redaktion der Kleinstadtakademie"
admin.site.site_title = "Redaktion"
admin.site.index_title = "Übersicht"
admin.site.unregister(Tag)
