"""The ordered parts of a Steckbrief on the desk: steps, variants, relations, materials, sources, trials."""

from pathlib import PurePosixPath

from django import forms
from django.contrib import admin
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import F
from django.forms.models import BaseInlineFormSet

from formats.models import Material, Relation, Source, Step, Trial, Variant
from formats.models.fields import BoundedTextField, GermanDecimalField
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
