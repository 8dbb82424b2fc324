"""The editors' desk for the outbox: envelopes only, what is inside concerns its reader."""

from django.contrib import admin, messages

from foundation.notices.actions import resend
from foundation.notices.models import Mail


class StateFilter(admin.SimpleListFilter):
    title = "Stand"
    parameter_name = "stand"

    def lookups(self, request, model_admin):
        return [("wartend", "wartet"), ("versandt", "versandt"), ("aufgegeben", "aufgegeben")]

    def queryset(self, request, queryset):
        match self.value():
            case "wartend":
                return queryset.waiting()
            case "versandt":
                return queryset.sent()
            case "aufgegeben":
                return queryset.given_up()
        return queryset


@admin.register(Mail)
class MailAdmin(admin.ModelAdmin):
    list_display = ["subject", "recipient", "state", "created_at", "tries", "last_error"]
    list_filter = [StateFilter]
    search_fields = ["subject", "recipient"]
    actions = ["resend"]
    fields = [
        "subject",
        "recipient",
        "state",
        "created_at",
        "due_at",
        "claimed_at",
        "tries",
        "last_error",
        "sent_at",
        "given_up_at",
    ]

    @admin.display(description="Stand")
    def state(self, mail):
        if mail.sent_at:
            return "versandt"
        return "aufgegeben" if mail.given_up_at else "wartet"

    @admin.action(description="Erneut versenden", permissions=["resend"])
    def resend(self, request, queryset):
        count = resend(queryset)
        self.message_user(
            request,
            "Eine Mail wird erneut versandt." if count == 1 else f"{count} Mails werden erneut versandt.",
            messages.SUCCESS if count else messages.WARNING,
        )

    def has_resend_permission(self, request):
        return request.user.has_perm("notices.change_mail")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
