"""The editors' desk for the vocabulary."""

from django.contrib import admin

from foundation.topics.models import Topic


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    fields = ["name", "slug"]
    readonly_fields = ["slug"]
