"""What visitors may type or choose in this room."""

import uuid

from django import forms
from django.core.exceptions import ValidationError

from formats.drafts import PLACES
from formats.table import COLUMNS


class CatalogueForm(forms.Form):
    """The filter of a catalogue, built from its facets. Unknown values are errors, not ignored."""

    q = forms.CharField(label="Text", max_length=200, required=False)
    seite = forms.IntegerField(label="Seite", min_value=1, max_value=1000, required=False)

    def __init__(self, data, *, facets):
        super().__init__(data)
        # A field costs more than everything else in a request: only what was sent gets one.
        self.sent = [facet for facet in facets if facet.name in data]
        for facet in self.sent:
            kind = forms.MultipleChoiceField if facet.several else forms.ChoiceField
            choices = facet.choices if facet.several else (("", "egal"), *facet.choices)
            self.fields[facet.name] = kind(label=facet.label, choices=choices, required=False)

    def chosen(self) -> dict[str, list[str]]:
        """Facet name → chosen values, only those with any."""
        values = {facet.name: self.cleaned_data[facet.name] for facet in self.sent}
        return {
            name: value if isinstance(value, list) else [value] for name, value in values.items() if value
        }


class TableForm(forms.Form):
    """The order of the table: a column, with a minus sign in front for downwards."""

    sortierung = forms.ChoiceField(
        choices=[(f"{sign}{column.name}", column.label) for column in COLUMNS for sign in ("", "-")],
        required=False,
    )


class PickForm(forms.Form):
    """Some Steckbriefe by their slugs, as check boxes; between `least` and `most` of them."""

    def __init__(self, data, *, editions, least: int, most: int):
        super().__init__(data)
        self.editions = {edition.slug: edition for edition in editions}
        self.least, self.most = least, most
        self.fields["f"] = forms.MultipleChoiceField(
            label="Steckbriefe",
            choices=[(edition.slug, edition.title) for edition in editions],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Bitte wählen Sie Steckbriefe aus."},
        )

    def clean_f(self):
        slugs = list(dict.fromkeys(self.cleaned_data["f"]))
        if not self.least <= len(slugs) <= self.most:
            raise ValidationError(f"Bitte wählen Sie {self.least} bis {self.most} Steckbriefe aus.")
        return slugs

    def picked(self):
        """The chosen editions in the order of the choice."""
        return [self.editions[slug] for slug in self.cleaned_data["f"]]


class TrapMixin(forms.Form):
    """A field that people do not see and robots fill in."""

    website = forms.CharField(
        label="Bitte leer lassen",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    schluessel = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    @property
    def key(self) -> uuid.UUID:
        """The key of this form: sent twice, it counts once."""
        return self.cleaned_data["schluessel"] or uuid.uuid4()

    @property
    def is_trapped(self) -> bool:
        """Whether a robot filled the trap: answer as if all were well, and keep nothing."""
        return bool(self.data.get("website"))


class VoteForm(TrapMixin):
    hilfreich = forms.ChoiceField(
        label="War dieser Steckbrief hilfreich?",
        choices=[("ja", "Ja"), ("nein", "Nein")],
        error_messages={"required": "Bitte wählen Sie Ja oder Nein."},
    )

    def values(self):
        return {"key": self.key, "helpful": self.cleaned_data["hilfreich"] == "ja"}


class CorrectionForm(TrapMixin):
    text = forms.CharField(
        label="Was stimmt nicht oder fehlt?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Bitte keine personenbezogenen Angaben über Dritte.",
        error_messages={"required": "Bitte schreiben Sie, was wir ändern sollen."},
    )
    reply_to = forms.EmailField(
        label="Ihre E-Mail-Adresse, falls wir nachfragen dürfen",
        required=False,
        error_messages={"invalid": "Diese E-Mail-Adresse ist nicht vollständig. Beispiel: name@stadt.de"},
    )

    def values(self):
        return {
            "key": self.key,
            "text": self.cleaned_data["text"],
            "reply_to": self.cleaned_data["reply_to"],
        }


class RemarkForm(TrapMixin):
    """What somebody says about a draft, to the whole or to one place of it."""

    name = forms.CharField(
        label="Ihr Name",
        max_length=120,
        error_messages={"required": "Bitte schreiben Sie Ihren Namen."},
    )
    stelle = forms.ChoiceField(
        label="Zu welcher Stelle?",
        required=False,
        choices=[("", "zum ganzen Steckbrief"), *PLACES.items()],
    )
    fassung = forms.IntegerField(
        required=False, min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput
    )
    text = forms.CharField(
        label="Ihre Bemerkung",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Bitte schreiben Sie, was Ihnen auffällt."},
    )

    def values(self):
        values = {"key": self.key, "text": self.cleaned_data["text"], "field": self.cleaned_data["stelle"]}
        return values | {"name": self.cleaned_data["name"]} if "name" in self.fields else values
