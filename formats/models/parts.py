"""The ordered parts of a Steckbrief: steps, variants, materials, sources, trials, relations."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from formats.models.fields import BoundedTextField, refuse_control_characters
from formats.models.format import Format
from formats.models.spans import SPAN_RULE, duration_text, person_days_text, span_is_sound
from formats.models.vocabulary import ESTIMABLE, DurationUnit, MaterialKind
from foundation.kit.files import random_name


class Part(models.Model):
    """What all parts share: their Steckbrief and their place in it, counted from 1."""

    format = models.ForeignKey(Format, on_delete=models.CASCADE, related_name="%(class)ss")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    def clean(self):
        refuse_control_characters(self)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["format", "position"], name="formats_%(class)s_position_once"),
        ]


class Step(Part):
    """One step of the course of events (Ablauf)."""

    title = models.CharField("Schritt", max_length=160)
    minutes = models.PositiveSmallIntegerField(
        "Minuten",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(6_000)],
        help_text="Leer, wenn offen.",
    )
    text = models.CharField("Erläuterung", max_length=400, blank=True)

    class Meta(Part.Meta):
        verbose_name = "Schritt"
        verbose_name_plural = "Ablauf"
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gte=1),
                name="formats_step_minutes_positive",
                violation_error_message="Ein Schritt dauert mindestens eine Minute.",
            ),
        ]

    def __str__(self):
        return self.title


class Variant(Part):
    """Another way to run it, with its own duration or effort (e.g. „mit Stadtbesuch“)."""

    title = models.CharField("Variante", max_length=120)
    duration_from = models.DecimalField("Dauer von", max_digits=6, decimal_places=2, null=True, blank=True)
    duration_to = models.DecimalField("Dauer bis", max_digits=6, decimal_places=2, null=True, blank=True)
    duration_unit = models.CharField(
        "Einheit", max_length=8, choices=DurationUnit, default=DurationUnit.MINUTES
    )
    duration_per = models.CharField("Dauer gilt je", max_length=60, blank=True)
    person_days_from = models.DecimalField(
        "Personentage von", max_digits=6, decimal_places=2, null=True, blank=True
    )
    person_days_to = models.DecimalField(
        "Personentage bis", max_digits=6, decimal_places=2, null=True, blank=True
    )
    person_days_per = models.CharField("Personentage gelten je", max_length=60, blank=True)

    class Meta(Part.Meta):
        verbose_name = "Variante"
        verbose_name_plural = "Varianten"
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=span_is_sound("duration"),
                name="formats_variant_duration_span",
                violation_error_message=f"Dauer: {SPAN_RULE}",
            ),
            models.CheckConstraint(
                condition=span_is_sound("person_days"),
                name="formats_variant_days_span",
                violation_error_message=f"Personentage: {SPAN_RULE}",
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if self.duration_from is None and self.person_days_from is None:
            raise ValidationError("Eine Variante braucht eine eigene Dauer oder eigene Personentage.")

    @property
    def duration_text(self) -> str:
        return duration_text(self.duration_from, self.duration_to, self.duration_unit, self.duration_per)

    @property
    def person_days_text(self) -> str:
        return person_days_text(self.person_days_from, self.person_days_to, self.person_days_per)


def _material_name(instance, filename):
    return random_name("materialien", filename)


class Material(Part):
    """A file, a link, or a video that loads only after a click."""

    kind = models.CharField("Art", max_length=8, choices=MaterialKind, default=MaterialKind.LINK)
    title = models.CharField("Titel", max_length=160)
    url = models.URLField("Adresse", max_length=600, blank=True)
    file = models.FileField("Datei", upload_to=_material_name, blank=True)
    licence = models.CharField("Lizenz", max_length=120, blank=True, help_text="Beispiel: CC BY 4.0")
    text_alternative = BoundedTextField(
        "Textfassung", max_length=4000, blank=True, help_text="Bei Videos: Abschrift oder Zusammenfassung."
    )

    class Meta(Part.Meta):
        verbose_name = "Material"
        verbose_name_plural = "Materialien"
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=MaterialKind.FILE, url="") & ~Q(file="")
                | Q(kind__in=[MaterialKind.LINK, MaterialKind.VIDEO], file="") & ~Q(url=""),
                name="formats_material_one_target",
                violation_error_message="Zu einer Datei gehört keine Adresse, zu Link und Video nur eine.",
            ),
        ]

    def __str__(self):
        return self.title


class Source(Part):
    """Where a statement comes from; `field` names the statement, empty means the whole entry."""

    field = models.CharField("Angabe", max_length=20, choices=list(ESTIMABLE.items()), blank=True)
    title = models.CharField("Quelle", max_length=250)
    url = models.URLField("Adresse", max_length=600, blank=True)
    note = models.CharField("Was dort steht", max_length=400, blank=True)

    class Meta(Part.Meta):
        verbose_name = "Quelle"
        verbose_name_plural = "Quellen"

    def __str__(self):
        return self.title


class Trial(Part):
    """A documented run: only what a source says was tried may be called „Erprobt“."""

    title = models.CharField("Was", max_length=250)
    period = models.CharField("Wann", max_length=80, help_text="Beispiel: ab 11.03.2021")
    place = models.CharField("Wo", max_length=160, blank=True)
    by = models.CharField("Durch wen", max_length=250, blank=True)
    url = models.URLField("Beleg", max_length=600)

    class Meta(Part.Meta):
        verbose_name = "Erprobung"
        verbose_name_plural = "Erprobungen"

    def __str__(self):
        return self.title


class Relation(models.Model):
    """„Verwandt“: from one Steckbrief to another, in the order the editor chose."""

    origin = models.ForeignKey(Format, on_delete=models.CASCADE, related_name="relations")
    target = models.ForeignKey(
        Format, on_delete=models.CASCADE, related_name="relations_here", verbose_name="Verwandter Steckbrief"
    )
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Verwandter Steckbrief"
        verbose_name_plural = "Verwandte Steckbriefe"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "target"],
                name="formats_relation_once",
                violation_error_message="Dieser Steckbrief ist schon als verwandt eingetragen.",
            ),
            models.CheckConstraint(
                condition=~Q(origin=F("target")),
                name="formats_relation_not_self",
                violation_error_message="Ein Steckbrief ist nicht mit sich selbst verwandt.",
            ),
        ]

    def __str__(self):
        return str(self.target)
