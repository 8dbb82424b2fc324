"""What seat holders write about their town, part by part; and the weights of likeness."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from taggit.forms import TagField

from foundation.topics.models import Topic
from towns.forms.seats import PlainField, day_field
from towns.likeness import DEFAULT_WEIGHTS, WORDS
from towns.models import Actor, Direction, Town
from towns.pictures import arms_of, sizes_of, store_arms

WEIGHTS = [("0", "zählt nicht"), ("1", "zählt"), ("2", "zählt doppelt"), ("3", "zählt dreifach")]


class WeightsForm(forms.Form):
    """How much each trait counts; what the address does not say keeps its usual weight."""

    nur = forms.ChoiceField(
        label="Vergleichen mit",
        choices=[("", "allen Kleinstädten"), ("teilnehmend", "teilnehmenden Städten")],
        required=False,
    )

    def __init__(self, data):
        usual = {name: str(weight) for name, weight in DEFAULT_WEIGHTS.items()}
        given = {name: data[name] for name in (*usual, "nur") if name in data}
        super().__init__(usual | given)
        for name, word in WORDS.items():
            self.fields[name] = forms.ChoiceField(label=word, choices=WEIGHTS)

    def weights(self) -> dict[str, int]:
        return {name: int(self.cleaned_data[name]) for name in WORDS}


MOST_TOPICS = 12
WHOLE_ADDRESS = "Bitte geben Sie die ganze Adresse ein. Beispiel: https://www.stadt.de"


def address_field(label: str, **options) -> forms.URLField:
    return forms.URLField(
        label=label,
        max_length=300,
        assume_scheme="https",
        error_messages={"required": WHOLE_ADDRESS, "invalid": WHOLE_ADDRESS},
        **options,
    )


class TextForm(forms.Form):
    """The part `text`: what the town says of itself, its topics, its contact, its pause."""

    about = PlainField(
        label="Über uns",
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Was beschäftigt Ihre Stadt, worauf sind Sie stolz? Eine Leerzeile beginnt einen Absatz.",
    )
    website = address_field("Website", required=False)
    topics = TagField(
        label="Themen",
        required=False,
        help_text="Mit Komma getrennt, höchstens 12. Beispiel: Leerstand, Bahnhof",
    )
    contact = forms.ChoiceField(
        label="Ansprechperson", required=False, help_text="Ein öffentliches Profil aus Ihrer Stadt."
    )
    paused_until = day_field(
        "Pause bis", required=False, help_text="Bis zu diesem Tag wird Ihre Stadt nicht um Rat gefragt."
    )

    def __init__(self, *args, town: Town, **kwargs):
        super().__init__(*args, **kwargs)
        actors = Actor.objects.admitted().shown().in_town(town).alphabetical()
        choices = [(actor.slug, actor.name) for actor in actors]
        current = self.initial.get("contact")
        if current and current not in dict(choices):
            choices.append((current, current))
        self.fields["contact"].choices = [("", "niemand"), *choices]

    def clean_topics(self):
        topics = sorted({topic.strip() for topic in self.cleaned_data["topics"] if topic.strip()})
        if len(topics) > MOST_TOPICS:
            raise ValidationError(f"Bitte höchstens {MOST_TOPICS} Themen.")
        if any(len(topic) > 60 for topic in topics):
            raise ValidationError("Ein Thema hat höchstens 60 Zeichen.")
        known = {topic.name.casefold(): topic.name for topic in Topic.objects.all()}
        return sorted({known.get(topic.casefold(), topic) for topic in topics})

    def value(self) -> dict:
        day = self.cleaned_data["paused_until"]
        about = self.cleaned_data["about"].replace("\r\n", "\n")
        return self.cleaned_data | {"about": about, "paused_until": day.isoformat() if day else ""}


class OfferForm(forms.Form):
    direction = forms.ChoiceField(
        label="Ihre Stadt", choices=Direction.choices, widget=forms.RadioSelect, initial=Direction.SEEKS
    )
    text = PlainField(
        label="Was",
        max_length=200,
        error_messages={"required": "Bitte schreiben Sie, worum es geht."},
        help_text="Beispiel: Erfahrung mit einem Leerstandsmelder",
    )
    topic = forms.ChoiceField(label="Thema", required=False)

    def __init__(self, *args, topics=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", "keines"), *topics]


class ProjectForm(forms.Form):
    title = PlainField(
        label="Titel", max_length=200, error_messages={"required": "Bitte geben Sie dem Projekt einen Titel."}
    )
    summary = PlainField(
        label="Kurz gesagt", max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    year_from = forms.IntegerField(label="von Jahr", min_value=1900, max_value=2100, required=False)
    year_to = forms.IntegerField(
        label="bis Jahr", min_value=1900, max_value=2100, required=False, help_text="Leer heißt: läuft noch."
    )
    url = address_field("Adresse", required=False)
    source = PlainField(label="Quelle", max_length=300, required=False)
    source_as_of = day_field("Quelle vom", required=False)

    def clean(self):
        start, end = self.cleaned_data.get("year_from"), self.cleaned_data.get("year_to")
        if end and (not start or end < start):
            self.add_error("year_to", "„bis“ braucht ein „von“ und darf nicht davor liegen.")

    def part(self) -> dict:
        day = self.cleaned_data["source_as_of"]
        return self.cleaned_data | {"source_as_of": day.isoformat() if day else ""}


class LinkForm(forms.Form):
    title = PlainField(
        label="Titel", max_length=160, error_messages={"required": "Bitte sagen Sie, was dort zu finden ist."}
    )
    url = address_field("Adresse")


class PictureForm(forms.Form):
    """A picture that is there already: its words may change, its file may not."""

    large = forms.CharField(widget=forms.HiddenInput, max_length=200)
    alt = PlainField(
        label="Bildbeschreibung",
        max_length=250,
        help_text="Was ist zu sehen? Für alle, die es nicht sehen.",
        error_messages={"required": "Bitte beschreiben Sie das Bild für alle, die es nicht sehen."},
    )
    credit = PlainField(
        label="Bildnachweis",
        max_length=160,
        help_text="Wer hat es gemacht? Nur Bilder, die Sie zeigen dürfen.",
        error_messages={"required": "Bitte nennen Sie, wer das Bild gemacht hat."},
    )


class UploadForm(forms.Form):
    """A new picture; all three or none."""

    file = forms.FileField(
        label="Neues Bild", required=False, help_text="JPEG, PNG oder WebP, höchstens 8 MB."
    )
    alt = PlainField(label="Bildbeschreibung", max_length=250, required=False, help_text="Was ist zu sehen?")
    credit = PlainField(label="Bildnachweis", max_length=160, required=False)
    sizes = None

    def clean(self):
        upload = self.cleaned_data.get("file")
        if upload is None:
            return
        for name, what in (("alt", "was zu sehen ist"), ("credit", "wer das Bild gemacht hat")):
            if not self.cleaned_data.get(name):
                self.add_error(name, f"Bitte schreiben Sie, {what}.")
        try:
            self.sizes = sizes_of(upload)
        except ValidationError as error:
            self.add_error("file", error)

    def stored(self) -> list[dict]:
        """The new picture as a snapshot has it, its files put away; nothing if none was sent."""
        if self.sizes is None:
            return []
        words = {name: self.cleaned_data[name] for name in ("alt", "credit")}
        return [self.sizes.store() | words]


class ArmsForm(forms.Form):
    """The coat of arms: a new file, words about the one that is there, or nothing any more."""

    file = forms.FileField(
        label="Wappen als Bild", required=False, help_text="JPEG, PNG oder WebP, höchstens 8 MB."
    )
    alt = PlainField(
        label="Beschreibung", max_length=250, required=False, help_text="Für alle, die es nicht sehen."
    )
    credit = PlainField(label="Nachweis", max_length=160, required=False)
    remove = forms.BooleanField(label="Wappen nicht mehr zeigen", required=False)
    picture = None

    def __init__(self, *args, current: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.current = current
        if not current["file"]:
            del self.fields["remove"]

    def clean(self):
        upload = self.cleaned_data.get("file")
        if upload and not self.cleaned_data.get("remove"):
            try:
                self.picture = arms_of(upload)
            except ValidationError as error:
                self.add_error("file", error)
        shown = (upload or self.current["file"]) and not self.cleaned_data.get("remove")
        if shown and not self.cleaned_data.get("alt"):
            self.add_error("alt", "Bitte beschreiben Sie das Wappen für alle, die es nicht sehen.")

    def value(self) -> dict[str, str]:
        if self.cleaned_data.get("remove"):
            return {"file": "", "alt": "", "credit": ""}
        name = store_arms(self.picture) if self.picture else self.current["file"]
        return {"file": name, "alt": self.cleaned_data["alt"], "credit": self.cleaned_data["credit"]}
