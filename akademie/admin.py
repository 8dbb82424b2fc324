"""The editors' desk as a whole: its name, its start page, and no second vocabulary beside the topics."""

from django.contrib import admin
from taggit.models import Tag

from akademie.views.today import today

admin.site.site_header = "Redaktion der Kleinstadtakademie"
admin.site.site_title = "Redaktion"
admin.site.index_title = "Heute"
admin.site.index_template = "admin/today.html"
admin.site.index = today
admin.site.unregister(Tag)
