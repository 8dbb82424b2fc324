"""The editors' desk: one form per Steckbrief; saving makes a revision and publishes it."""

from pathlib import PurePosixPath

from django import forms
from django.contrib import admin, messages
from django.core.validators import FileExtensionValidator
from django.db import models, transaction
from django.db.models import F
from django.forms.models import BaseInlineFormSet

from formats import guide_admin  # noqa: F401 - registers the desk of the guide
from formats.actions import NUMBER_TAKEN, publish_rows, settle_corrections, withdraw
from formats.history import HistoryMixin
from formats.models import Correction, Format, Material, Relation, Source, Step, Trial, Variant
from formats.models.fields import CONTROL, BoundedTextField, GermanDecimalField
from formats.snapshots import TOPIC_LENGTH
from foundation.kit.images import clean_picture

MATERIAL_ENDINGS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "png", "jpg", "jpeg", "webp"]
PICTURES = {".png", ".jpg", ".jpeg", ".webp"}
MATERIAL_MOST = 20 * 1024 * 1024


class PartForm(forms.ModelForm):
    """A part with its place as a number; the formset numbers the parts anew when it saves."""

    position = forms.IntegerField(label="Platz", required=False, min_value=1, max_value=9999)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial["position"] = None

    def clean_position(self):
        return self.cleaned_data["position"] or 0

    def _get_validation_exclusions(self):
        # Two parts may have the same number while they change places.
        return super()._get_validation_exclusions() | {"position"}


class PartFormSet(BaseInlineFormSet):
    """Saves parts in the order of the typed numbers, as 1, 2, 3 …; new ones without a number go last."""

    def save(self, commit=True):
        saved = super().save(commit=False)
        for part in self.deleted_objects:
            part.delete()
        kept = [form for form in self.initial_forms if form not in self.deleted_forms]
        kept += [form for form in self.extra_forms if form.has_changed() and form not in self.deleted_forms]
        kept.sort(key=lambda form: form.cleaned_data.get("position") or 10_000)
        rows = self.queryset.model.objects.filter(**{self.fk.name: self.instance})
        # First out of the way, so that no two rows ever share a place.
        rows.update(position=F("position") + 10_000)
        parts = [form.instance for form in kept]
        # What a colleague added while this form was open stays, behind the parts of this form.
        parts += rows.exclude(pk__in=[part.pk for part in parts if part.pk]).order_by("position")
        for position, part in enumerate(parts, start=1):
            part.position = position
            part.save()
        return saved


# How fields are typed on the desk: short text areas, German numbers.
FIELDS = {
    models.DecimalField: {"form_class": GermanDecimalField},
    BoundedTextField: {"widget": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})},
}


class PartInline(admin.TabularInline):
    form = PartForm
    formset = PartFormSet
    extra = 1


class StepInline(PartInline):
    model = Step
    fields = ["position", "title", "minutes", "text"]


class VariantInline(admin.StackedInline):
    model = Variant
    form = PartForm
    formset = PartFormSet
    formfield_overrides = FIELDS
    extra = 0
    fields = [
        ("position", "title"),
        ("duration_from", "duration_to", "duration_unit", "duration_per"),
        ("person_days_from", "person_days_to", "person_days_per"),
    ]


class MaterialForm(PartForm):
    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            FileExtensionValidator(
                MATERIAL_ENDINGS,
                message="Diese Dateiart nehmen wir nicht an. Möglich sind PDF, Office-Dateien und Bilder.",
            )(file)
            if file.size > MATERIAL_MOST:
                raise forms.ValidationError("Die Datei ist größer als 20 MB.")
            if PurePosixPath(file.name).suffix.lower() in PICTURES:
                return clean_picture(file)
        return file


class MaterialInline(admin.StackedInline):
    model = Material
    form = MaterialForm
    formset = PartFormSet
    formfield_overrides = FIELDS
    extra = 0
    fields = [("position", "kind"), "title", "url", "file", "licence", "text_alternative"]


class SourceInline(PartInline):
    model = Source
    extra = 0
    fields = ["position", "field", "title", "url", "note"]


class TrialInline(PartInline):
    model = Trial
    extra = 0
    fields = ["position", "title", "period", "place", "by", "url"]


class RelationInline(PartInline):
    model = Relation
    fk_name = "origin"
    extra = 0
    fields = ["position", "target"]


class FormatForm(forms.ModelForm):
    reason = forms.CharField(
        label="Was haben Sie geändert und warum?",
        max_length=250,
        required=False,
        help_text="Steht bei der Fassung. Beispiel: Dauer nach Rückmeldung aus zwei Städten angepasst",
    )

    # The revision this form was filled from: whoever saves over a newer one is told first.
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.live = self.instance.published if self.instance.pk else None
        self.initial["revision"] = self.live.number if self.live else None

    def clean_picture(self):
        picture = self.cleaned_data["picture"]
        if picture and "picture" in self.changed_data:
            return clean_picture(picture)
        return picture

    def clean_purposes(self):
        return self._in_old_order("purposes")

    def clean_estimated(self):
        return self._in_old_order("estimated")

    def clean_topics(self):
        topics = self.cleaned_data["topics"]
        if any(len(topic) > TOPIC_LENGTH or CONTROL.search(topic) for topic in topics):
            raise forms.ValidationError(f"Ein Thema hat höchstens {TOPIC_LENGTH} lesbare Zeichen.")
        return topics

    def clean(self):
        cleaned = super().clean()
        number, kind = cleaned.get("number"), cleaned.get("kind") or self.instance.kind
        besides = [self.instance.slug] if self.instance.pk else []
        if Format.objects.holding_number(kind, number, besides=besides).exists():
            self.add_error("number", NUMBER_TAKEN)
        opened = cleaned.get("revision")
        if self.live and opened is not None and opened != self.live.number:
            # The next attempt counts as made with open eyes.
            self.data = self.data.copy()
            self.data[self.add_prefix("revision")] = self.live.number
            raise forms.ValidationError(
                f"Inzwischen ist Fassung {self.live.number} öffentlich, von {self.live.author or 'Datei'}. "
                "Ihre Eingaben stehen noch hier. Sehen Sie im Verlauf nach, was sich geändert hat; "
                "wenn Sie danach noch einmal speichern, gilt Ihr Text."
            )
        return cleaned

    def _in_old_order(self, name):
        """The boxes come in the order of the page; what was there before keeps its place."""
        chosen, before = self.cleaned_data[name], getattr(self.instance, name) or []
        return [value for value in before if value in chosen] + [v for v in chosen if v not in before]


@admin.register(Format)
class FormatAdmin(HistoryMixin, admin.ModelAdmin):
    form = FormatForm
    formfield_overrides = FIELDS
    list_display = [
        "number",
        "title",
        "kind",
        "effort",
        "provenance",
        "as_of",
        "review_due",
        "helpful",
        "is_public",
    ]
    list_display_links = ["title"]
    list_filter = ["kind", "provenance", "mode", "effort"]
    search_fields = ["title", "summary"]
    actions = ["withdraw_chosen"]
    inlines = [
        StepInline,
        VariantInline,
        RelationInline,
        MaterialInline,
        SourceInline,
        TrialInline,
    ]
    fieldsets = [
        (None, {"fields": [("kind", "number"), "title", "slug", "summary", "purposes"]}),
        ("Wozu und für wen", {"fields": ["goal", "occasions", "target_groups"]}),
        (
            "Auf einen Blick",
            {
                "fields": [
                    ("mode", "timing"),
                    ("group_from", "group_to"),
                    ("duration_from", "duration_to", "duration_unit", "duration_per"),
                    "effort",
                    ("person_days_from", "person_days_to", "person_days_per"),
                    "costs",
                ]
            },
        ),
        ("Durchführung", {"fields": ["roles", "tools", "result", "tips", "pitfalls", "checklist"]}),
        ("Themen und Bild", {"fields": ["topics", "picture", "picture_alt", "picture_credit"]}),
        (
            "Herkunft und Stand",
            {"fields": ["provenance", "provenance_note", "estimated", "as_of", "review_due"]},
        ),
        ("Diese Änderung", {"fields": ["reason", "revision"]}),
    ]

    @admin.display(boolean=True, description="öffentlich")
    def is_public(self, format):
        return format.published_id is not None

    @admin.display(description="hilfreich")
    def helpful(self, format):
        return f"{format.helpful_votes} von {format.votes}" if format.votes else "–"

    def get_queryset(self, request):
        return super().get_queryset(request).with_votes()

    def get_readonly_fields(self, request, obj=None):
        # The address of a Steckbrief never changes: others link to it.
        return ["kind", "slug"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}

    def has_delete_permission(self, request, obj=None):
        return False

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        with transaction.atomic():
            if request.method == "POST":
                # Editors save one after the other: numbers, places and revisions stay in order.
                Format.objects.lock_all()
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        before = form.instance.published_id
        revision = publish_rows(form.instance, author=request.user, reason=form.cleaned_data["reason"])
        if revision.pk == before:
            messages.info(request, "Am Text hat sich nichts geändert; es bleibt bei der bisherigen Fassung.")
        else:
            messages.success(request, f"Fassung {revision.number} ist öffentlich.")

    @admin.action(description="Von der Seite nehmen", permissions=["change"])
    def withdraw_chosen(self, request, queryset):
        with transaction.atomic():
            for format in queryset.published():
                withdraw(format)
        messages.success(
            request, "Zurückgezogen. Die Fassungen bleiben erhalten; Speichern veröffentlicht wieder."
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
