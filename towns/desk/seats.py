"""Seats and mail domains at the desk, by the verbs of the site."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect

from towns import letters
from towns.actions.seats import confirm_seat, end_seat
from towns.models import MailDomain, Seat


class WaitingFilter(admin.SimpleListFilter):
    title = "wartet auf Antwort"
    parameter_name = "wartet"

    def lookups(self, request, model_admin):
        return [("ja", "ja")]

    def queryset(self, request, queryset):
        return queryset.requested() if self.value() == "ja" else queryset


@admin.register(Seat)
class SeatAdmin(admin.ModelAdmin):
    """A seat made here is a request like any other; once it is answered, only title and end may change."""

    list_display = [
        "person",
        "role",
        "place",
        "starts_on",
        "ends_on",
        "confirmed_at",
        "refused_at",
        "ended_at",
    ]
    list_filter = [
        WaitingFilter,
        ("confirmed_at", admin.EmptyFieldListFilter),
        ("refused_at", admin.EmptyFieldListFilter),
        ("ended_at", admin.EmptyFieldListFilter),
        "role",
    ]
    list_select_related = ["user", "town", "association"]
    search_fields = ["user__name", "user__email", "town__name", "association__name"]
    autocomplete_fields = ["user", "town", "association", "on_behalf_of"]
    readonly_fields = [
        "asked_at",
        "confirmed_at",
        "confirmed_by",
        "refused_at",
        "refused_by",
        "refusal_reason",
        "ended_at",
        "ended_by",
    ]
    actions = ["confirm", "refuse", "end"]

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if obj is None or obj.is_requested:
            return fields
        fixed = ["user", "town", "association", "role", "on_behalf_of", "starts_on", "note"]
        return [*fields, *fixed, *([] if obj.is_open else ["title", "ends_on"])]

    @admin.display(description="Person")
    def person(self, seat):
        return str(seat.user or "ehemalige Person")

    @admin.display(description="Stadt oder Verband")
    def place(self, seat):
        return seat.place

    def has_delete_permission(self, request, obj=None):
        return False

    def has_answer_permission(self, request):
        return request.user.has_perm("towns.confirm_seat")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            letters.seat_asked(obj)

    @admin.action(description="Bestätigen", permissions=["answer"])
    def confirm(self, request, queryset):
        self._each(request, queryset, confirm_seat, "Bestätigt")

    @admin.action(description="Ablehnen (einzeln, mit Grund)", permissions=["answer"])
    def refuse(self, request, queryset):
        seats = list(queryset.requested()[:2])
        if len(seats) != 1 or queryset.count() != 1:
            self.message_user(request, "Bitte wählen Sie genau eine offene Anfrage aus.", messages.WARNING)
            return None
        return redirect("towns:seat_refuse", pk=seats[0].pk)

    @admin.action(description="Beenden (heute)", permissions=["answer"])
    def end(self, request, queryset):
        self._each(request, queryset, end_seat, "Beendet")

    def _each(self, request, queryset, verb, done: str) -> None:
        """Each seat by itself: what is not possible is said, the others go through."""
        count = 0
        for seat in queryset.with_list_details().order_by("pk"):
            try:
                verb(seat, by=request.user)
            except PermissionDenied:
                self.message_user(request, f"{seat}: nicht möglich.", messages.WARNING)
            except ValidationError as error:
                self.message_user(request, f"{seat}: {' '.join(error.messages)}", messages.WARNING)
            else:
                count += 1
        self.message_user(request, f"{done}: {count}.")


@admin.register(MailDomain)
class MailDomainAdmin(admin.ModelAdmin):
    list_display = ["domain", "town", "association", "source"]
    list_select_related = ["town", "association"]
    search_fields = ["domain", "town__name", "association__name"]
    autocomplete_fields = ["town", "association"]
