"""What people may type about seats, and the sentence when it is wrong."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from foundation.kit.fields import CONTROL
from towns.models import Seat, SeatRole

# No office held today began before; a term that begins later than this is asked for too early.
EARLIEST, AHEAD = date(1970, 1, 1), timedelta(days=365)
WRONG_DATE = "Bitte geben Sie ein Datum ein, das es gibt. Beispiel: 01.11.2024"


class PlainField(forms.CharField):
    """A line or text without characters that nobody sees."""

    def clean(self, value):
        value = super().clean(value)
        if CONTROL.search(value):
            raise ValidationError(
                "Der Text enthält unlesbare Zeichen (Steuerzeichen). Bitte löschen Sie sie."
            )
        return value


class NameField(PlainField):
    """The name others see; an e-mail address is none."""

    def clean(self, value):
        value = super().clean(value)
        if "@" in value:
            raise ValidationError("Bitte Ihren Namen, keine E-Mail-Adresse: Andere können ihn sehen.")
        return value


def name_field(help_text: str) -> NameField:
    return NameField(
        label="Ihr Name",
        max_length=120,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Bitte geben Sie Ihren Namen ein."},
    )


def day_field(label: str, **options) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Bitte geben Sie ein Datum ein.", "invalid": WRONG_DATE},
        **options,
    )


class PlaceSearchForm(forms.Form):
    """The search for a town, by GET."""

    q = forms.CharField(
        label="Name Ihrer Stadt, Ihres Amts oder Ihrer Verbandsgemeinde", max_length=100, required=False
    )


class SeatForm(forms.Form):
    """Who one is and what one does; the place comes with the address of the page."""

    name = name_field("Mit diesem Namen erscheinen Sie bei denen, die Ihre Anfrage prüfen.")
    role = forms.ChoiceField(
        label="Ihre Rolle",
        choices=SeatRole.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie Ihre Rolle."},
    )
    title = PlainField(
        label="Bezeichnung",
        max_length=120,
        required=False,
        help_text="Beispiel: Leiterin des Bauamts",
    )
    starts_on = day_field("Im Amt oder angestellt seit")
    ends_on = day_field("Bis", required=False, help_text="Leer heißt: Ende offen.")
    note = PlainField(
        label="Anmerkung",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Woran erkennt man Sie? Wenn Sie im Auftrag handeln (zum Beispiel als Assistenz), "
        "schreiben Sie bitte, für wen.",
    )

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if day < EARLIEST:
            raise ValidationError("Bitte prüfen Sie das Jahr.")
        if day > timezone.localdate() + AHEAD:
            raise ValidationError("Das liegt mehr als ein Jahr voraus. Bitte fragen Sie später an.")
        return day

    def clean_ends_on(self):
        day = self.cleaned_data["ends_on"]
        if day and day < timezone.localdate():
            raise ValidationError("Diese Zeit ist schon vorbei. Einen Sitz gibt es nur für die Gegenwart.")
        if day and day.year > timezone.localdate().year + 50:
            raise ValidationError("Bitte prüfen Sie das Jahr.")
        return day

    def clean(self):
        start, end = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", "Das Ende liegt vor dem Anfang.")

    def values(self) -> dict:
        """For `ask_for_seat`."""
        return {name: self.cleaned_data[name] for name in self.fields}


class ConfirmForm(forms.Form):
    """Whether the person speaks in their own right or on behalf of somebody."""

    auftrag = forms.ModelChoiceField(
        label="Im Auftrag von",
        queryset=Seat.objects.none(),
        required=False,
        empty_label="niemandem: aus eigenem Recht",
        help_text="Wer im Auftrag handelt, verliert die Rechte mit dem Sitz der beauftragenden Person.",
    )

    def __init__(self, data, *, principals):
        super().__init__(data)
        self.fields["auftrag"].queryset = principals
        self.fields["auftrag"].label_from_instance = lambda seat: (
            f"{seat.person_name} ({seat.get_role_display()})"
        )


class RefuseForm(forms.Form):
    grund = PlainField(
        label="Grund der Ablehnung",
        max_length=250,
        help_text="Die Person liest ihn in einer E-Mail.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Bitte nennen Sie den Grund."},
    )


class EndForm(forms.Form):
    letzter_tag = day_field(
        "Letzter Tag im Amt",
        required=False,
        help_text="Leer heißt: heute. Die Rechte enden in jedem Fall sofort.",
    )

    def clean_letzter_tag(self):
        day = self.cleaned_data["letzter_tag"]
        if day and day > timezone.localdate():
            raise ValidationError(
                "Dieser Tag liegt in der Zukunft. Bitte beenden Sie den Sitz, wenn er vorbei ist."
            )
        return day
