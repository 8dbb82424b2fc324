"""The editors' desk for the clock: what runs when, and whether it did. Nothing here is changed by hand."""

from django.contrib import admin
from django.utils import timezone

from foundation.schedule.models import Job


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):
    list_display = ["label", "rhythm", "state", "succeeded_at", "failed_at", "due_at"]
    fields = [
        "label",
        "name",
        "rhythm",
        "state",
        "due_at",
        "late_at",
        "begun_at",
        "succeeded_at",
        "failed_at",
        "last_error",
        "alarmed_at",
    ]

    @admin.display(description="Rhythmus", ordering="minutes")
    def rhythm(self, job):
        return job.rhythm

    @admin.display(description="Stand")
    def state(self, job):
        if job.late_at <= timezone.now():
            return "überfällig"
        if job.last_error:
            return "zuletzt gescheitert"
        return "in Ordnung" if job.succeeded_at else "noch nicht gelaufen"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
