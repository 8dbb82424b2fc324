"""The editors' desk for the search: synonyms, and what readers did not find."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.http import urlencode

from foundation.search.models import MissedQuery, Synonym


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    list_display = ["__str__"]
    search_fields = ["words"]
    fields = ["words"]


@admin.register(MissedQuery)
class MissedQueryAdmin(admin.ModelAdmin):
    list_display = ["text", "times", "hits", "last_on", "again"]
    list_filter = ["hits"]
    search_fields = ["text"]
    readonly_fields = ["text", "times", "hits", "last_on"]

    @admin.display(description="Ausprobieren")
    def again(self, missed):
        return format_html('<a href="/suche/?{}">suchen</a>', urlencode({"q": missed.text}))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
