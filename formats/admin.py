"""The editors' desk, put together from the pieces in `formats.desk`."""

from django.contrib import admin, messages
from django.db import transaction

from formats import guide_admin  # noqa: F401
from formats.actions import save_draft, settle_corrections
from formats.desk.coauthors import CoauthorMixin
from formats.desk.forms import FormatForm
from formats.desk.history import HistoryMixin
from formats.desk.lists import ListMixin
from formats.desk.merge import MergeMixin
from formats.desk.parts import (
    FIELDS,
    MaterialInline,
    RelationInline,
    SourceInline,
    StepInline,
    TrialInline,
    VariantInline,
)
from formats.desk.preview import PreviewMixin
from formats.desk.releases import ReleaseMixin
from formats.desk.typing import TypingMixin
from formats.models import Correction, Format


@admin.register(Format)
class FormatAdmin(
    TypingMixin,
    MergeMixin,
    ListMixin,
    ReleaseMixin,
    HistoryMixin,
    PreviewMixin,
    CoauthorMixin,
    admin.ModelAdmin,
):
    form = FormatForm
    formfield_overrides = FIELDS
    inlines = [
        StepInline,
        VariantInline,
        RelationInline,
        MaterialInline,
        SourceInline,
        TrialInline,
    ]

    def get_readonly_fields(self, request, obj=None):
        # The address of a Steckbrief never changes: others link to it.
        return ["kind", "slug"] if obj else []

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        with transaction.atomic():
            if request.method == "POST":
                # Editors save one after the other: numbers, places and revisions stay in order.
                Format.objects.lock_all()
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        before = form.newest
        revision = save_draft(form.instance, author=request.user, reason=form.cleaned_data["reason"])
        if revision == before:
            messages.info(request, "Am Text hat sich nichts geändert; es bleibt bei der bisherigen Fassung.")
        elif revision == form.instance.published:
            messages.info(request, "Ihr Text gleicht wieder dem öffentlichen; der Entwurf ist erledigt.")
        else:
            messages.success(
                request, f"Entwurf gespeichert (Fassung {revision.number}). Öffentlich ist er noch nicht."
            )


@admin.register(Correction)
class CorrectionAdmin(admin.ModelAdmin):
    """Notes of readers, beside the Steckbrief they speak of."""

    list_display = ["text_start", "format_title", "created_at", "reply_to", "settled_at", "hidden_at"]
    list_filter = [("settled_at", admin.EmptyFieldListFilter), ("hidden_at", admin.EmptyFieldListFilter)]
    search_fields = ["text"]
    actions = ["settle_chosen", "hide_chosen"]
    list_select_related = ["revision__format"]
    fields = ["format_title", "revision", "text", "reply_to", "created_at", "settled_at", "settled_by"]
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    @admin.display(description="Hinweis")
    def text_start(self, correction):
        return correction.text[:80]

    @admin.display(description="Steckbrief")
    def format_title(self, correction):
        return correction.revision.format.title

    @admin.action(description="Als erledigt kennzeichnen", permissions=["change"])
    def settle_chosen(self, request, queryset):
        done = settle_corrections(queryset, by=request.user)
        messages.success(request, f"{done} Hinweise erledigt.")

    @admin.action(description="Als unbrauchbar ausblenden", permissions=["change"])
    def hide_chosen(self, request, queryset):
        for correction in queryset.shown():
            correction.hide(by=request.user, reason="unbrauchbar")
        messages.success(request, "Ausgeblendet. Die Hinweise bleiben gespeichert.")
