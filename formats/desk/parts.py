"""The ordered parts of a Steckbrief on the desk: steps, variants, relations, materials, sources, trials."""

from pathlib import PurePosixPath

from django import forms
from django.contrib import admin
from django.contrib.admin import helpers
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import F
from django.forms.models import BaseInlineFormSet, ModelChoiceIterator
from django.forms.utils import ErrorDict

from formats.desk.forms import is_resumed
from formats.models import Format, Material, MaterialKind, Relation, Source, Step, Trial, Variant
from formats.models.fields import BoundedTextField, GermanDecimalField
from foundation.kit.images import clean_picture

MATERIAL_ENDINGS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "png", "jpg", "jpeg", "webp"]
PICTURES = {".png", ".jpg", ".jpeg", ".webp"}
VIDEOS = {".mp4", ".m4v", ".webm", ".mov", ".avi", ".mkv", ".ogv"}
MATERIAL_MOST = 20 * 1024 * 1024
# How such files begin; the six kinds of office files are all ZIP files.
SIGNATURES = {".pdf": b"%PDF-"} | dict.fromkeys(
    [".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"], b"PK\x03\x04"
)
VIDEO_FILE = (
    "Videos nehmen wir nicht als Datei an. Stellen Sie das Video auf einer Plattform bereit, "
    "und tragen Sie es hier als „Video“ mit seiner Adresse und einer Textfassung ein."
)
NO_VIDEO_TEXT = "Bitte ergänzen Sie eine Abschrift oder Zusammenfassung für alle, die nicht hören oder sehen."
NO_PICTURE_TEXT = "Bitte beschreiben Sie das Bild für alle, die es nicht sehen."


class PartForm(forms.ModelForm):
    """A part with its place as a number; the formset numbers the parts anew when it saves."""

    position = forms.IntegerField(label="Platz", required=False, min_value=1, max_value=9999)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial["position"] = None

    def full_clean(self):
        if is_resumed(self):
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def has_changed(self):
        # A new row that has a number and nothing else was never begun.
        return bool(self.changed_data if self.instance.pk else set(self.changed_data) - {"position"})

    def clean_position(self):
        return self.cleaned_data["position"] or 0

    def _get_validation_exclusions(self):
        # Two parts may have the same number while they change places.
        return super()._get_validation_exclusions() | {"position"}


class PartFormSet(BaseInlineFormSet):
    """Saves parts in the order of the typed numbers, as 1, 2, 3 …; new ones without a number go last.

    With `only_typed` what this form does not name goes, otherwise it stays behind the parts of this form.
    """

    only_typed = False
    default_error_messages = BaseInlineFormSet.default_error_messages | {
        "too_many_forms": "Das sind zu viele: höchstens %(num)d."
    }

    def full_clean(self):
        if is_resumed(self):
            self._errors = [{} for _ in self.forms]
            self._non_form_errors = self.error_class(error_class="nonform")
        else:
            super().full_clean()

    def is_valid(self):
        return not is_resumed(self) and super().is_valid()

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
        unnamed = rows.exclude(pk__in=[part.pk for part in parts if part.pk]).order_by("position")
        if self.only_typed:
            unnamed.delete()
        else:
            parts += unnamed
        for position, part in enumerate(parts, start=1):
            part.position = position
            part.save()
        return saved


class PartGroup(helpers.InlineAdminFormSet):
    """The rows of one kind of part on the page, in the order of their typed numbers.

    Django pairs the forms with the stored rows by their place, which goes wrong as soon as a
    colleague has deleted one; here each form knows its own.
    """

    def __iter__(self):
        fixed = [] if self.has_change_permission else helpers.flatten_fieldsets(self.fieldsets)
        for form in sorted(self.formset.forms, key=_typed_place):
            known = form in self.formset.initial_forms
            readonly = [*self.readonly_fields, *fixed] if known else self.readonly_fields
            yield self._row(form, form.instance if known else None, readonly)
        if self.has_add_permission:
            yield self._row(self.formset.empty_form, None, self.readonly_fields)

    def _row(self, form, original, readonly):
        return helpers.InlineAdminForm(
            self.formset, form, self.fieldsets, {}, original, readonly, model_admin=self.opts
        )


def _typed_place(form) -> int:
    number = str(form["position"].value() or "") if "position" in form.fields else ""
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 10_000


# How fields are typed on the desk: short text areas, German numbers, the browser's own calendar.
FIELDS = {
    models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
    models.DecimalField: {"form_class": GermanDecimalField},
    BoundedTextField: {"widget": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})},
}


class PartInline(admin.StackedInline):
    template = "admin/formats/format/_parts.html"
    form = PartForm
    formset = PartFormSet
    formfield_overrides = FIELDS
    extra = 0
    max_num = 40

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, **{"validate_max": True} | kwargs)


class StepInline(PartInline):
    model = Step
    extra = 1
    max_num = 200
    fields = [("position", "title", "minutes"), "text"]


class VariantInline(PartInline):
    model = Variant
    fields = [
        ("position", "title"),
        ("duration_from", "duration_to", "duration_unit", "duration_per"),
        ("person_days_from", "person_days_to", "person_days_per"),
    ]


class MaterialForm(PartForm):
    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            ending = PurePosixPath(file.name).suffix.lower()
            if ending in VIDEOS:
                raise forms.ValidationError(VIDEO_FILE)
            FileExtensionValidator(
                MATERIAL_ENDINGS,
                message="Diese Dateiart nehmen wir nicht an. Möglich sind PDF, Office-Dateien und Bilder.",
            )(file)
            if file.size > MATERIAL_MOST:
                raise forms.ValidationError("Die Datei ist größer als 20 MB.")
            if ending in PICTURES:
                return clean_picture(file)
            beginning = file.read(5)
            file.seek(0)
            if not beginning.startswith(SIGNATURES[ending]):
                raise forms.ValidationError(
                    f"Diese Datei heißt „{ending}“, ist aber keine. Bitte speichern Sie sie neu ab."
                )
        return file

    def clean(self):
        cleaned = super().clean()
        if not self.has_changed():
            return cleaned  # what was there before these rules does not stand in anybody's way
        kind, file = cleaned.get("kind"), getattr(cleaned.get("file"), "name", "") or ""
        is_picture = kind == MaterialKind.FILE and PurePosixPath(file).suffix.lower() in PICTURES
        if not cleaned.get("text_alternative") and (kind == MaterialKind.VIDEO or is_picture):
            what = NO_PICTURE_TEXT if is_picture else NO_VIDEO_TEXT
            self.add_error("text_alternative", what)
        if not cleaned.get("licence") and kind != MaterialKind.LINK:
            self.add_error(
                "licence", "Unter welcher Lizenz darf das weitergegeben werden? Beispiel: CC BY 4.0"
            )
        return cleaned


class MaterialInline(PartInline):
    model = Material
    form = MaterialForm
    fields = [("position", "kind", "title"), "url", "file", "licence", "text_alternative"]


class SourceInline(PartInline):
    model = Source
    fields = [("position", "field"), "title", "url", "note"]


class TrialInline(PartInline):
    model = Trial
    fields = [("position", "title"), ("period", "place"), "by", "url"]


class _ReadOnce(ModelChoiceIterator):
    def __iter__(self):
        if not self.field.read:
            self.field.read.extend(super().__iter__())
        return iter(self.field.read)


class SteckbriefField(forms.ModelChoiceField):
    """A choice among all Steckbriefe that asks the database once, however many rows show it."""

    iterator = _ReadOnce

    def __init__(self, *args, **kwargs):
        self.read: list = []  # shared by the copies that the rows get
        super().__init__(*args, **kwargs)


class RelationInline(PartInline):
    model = Relation
    fk_name = "origin"
    fields = [("position", "target")]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("target")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        options = {"form_class": SteckbriefField, "queryset": Format.objects.numbered()}
        return super().formfield_for_foreignkey(db_field, request, **kwargs | options)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        target = formset.form.base_fields.get("target")
        if target:  # no windows for adding or changing other Steckbriefe from here
            target.widget.can_add_related = target.widget.can_change_related = False
            target.widget.can_delete_related = target.widget.can_view_related = False
        return formset
