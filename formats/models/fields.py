"""Fields of a Steckbrief: German numbers, and a list of short texts typed one per line."""

from decimal import Decimal

from django import forms
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models

from foundation.kit.fields import CONTROL, BoundedTextField, refuse_control_characters
from foundation.kit.text import german_number

# The first three live in the kit; migrations know them under this address.
__all__ = [
    "CONTROL",
    "BoundedTextField",
    "refuse_control_characters",
    "GermanDecimalField",
    "LinesField",
    "StringListField",
]

MAX_ITEMS = 40
MAX_LENGTH = 400


class GermanDecimalField(forms.DecimalField):
    """A number typed with comma or point and shown with a comma, without trailing zeros."""

    def __init__(self, **kwargs):
        kwargs["widget"] = forms.TextInput(attrs={"inputmode": "decimal", "size": 6})
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return german_number(value) if isinstance(value, Decimal) else value

    def to_python(self, value):
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class LinesField(forms.CharField):
    """A text area with one entry per line; cleaned to a list without blanks and repeats."""

    widget = forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        return self.entries(super().clean(value))

    @staticmethod
    def entries(text: str) -> list[str]:
        lines = [" ".join(line.split()) for line in text.splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial, data):
        return (initial or []) != self.entries(data or "")


class StringListField(models.JSONField):
    """A list of strings: at most 40 of at most 400 characters, each once, in the given order.

    With `choices` every entry must be one of them and the form shows check boxes; like every rule
    of the form they are no part of the column, so migrations do not know them.
    """

    description = "List of strings"

    def __init__(self, *args, choices=None, **kwargs):
        self.allowed = list(getattr(choices, "choices", choices or []))
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        found = super().check(**kwargs)
        if self.default is not list:
            found.append(checks.Error("A StringListField starts as an empty list.", obj=self))
        return found

    def validate(self, value, model_instance):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ValidationError("Erwartet wird eine Liste von Texten.")
        if not value and not self.blank:
            raise ValidationError("Bitte nennen Sie mindestens einen Eintrag.")
        if len(value) > MAX_ITEMS:
            raise ValidationError(f"Höchstens {MAX_ITEMS} Einträge.")
        if len(set(value)) != len(value):
            raise ValidationError("Ein Eintrag steht doppelt.")
        allowed = {key for key, _ in self.allowed}
        for item in value:
            if not item.strip():
                raise ValidationError("Ein Eintrag ist leer.")
            if len(item) > MAX_LENGTH:
                raise ValidationError(f"Ein Eintrag ist länger als {MAX_LENGTH} Zeichen: „{item[:40]}…“")
            if allowed and item not in allowed:
                known = ", ".join(sorted(allowed))
                raise ValidationError(f"„{item[:60]}“ ist nicht vorgesehen. Möglich sind: {known}.")

    def formfield(self, **kwargs):
        options = {"label": self.verbose_name, "help_text": self.help_text, "required": not self.blank}
        if self.allowed:
            return forms.MultipleChoiceField(
                choices=self.allowed, widget=forms.CheckboxSelectMultiple, **options
            )
        return LinesField(**options)
