"""The form of a Steckbrief on the desk: what editors type, and the sentence when it is wrong."""

from django import forms
from django.forms.utils import ErrorDict
from taggit.utils import edit_string_for_tags, parse_tags

from formats.models.fields import CONTROL
from formats.snapshots import TOPIC_LENGTH
from foundation.kit.images import clean_picture
from foundation.kit.text import german_slug
from foundation.topics.models import Topic

SLUG_LENGTH = 60
# In the data of a form that is only shown again, as it was typed: nothing of it is checked or saved.
RESUMED = "_resumed"

# What the models do not say beside their fields, mostly an example.
HELP = {
    "slug": "Nur Kleinbuchstaben, Ziffern und Bindestriche; bleibt nach dem Anlegen, wie er ist. "
    "Leer lassen: Dann entsteht er aus dem Titel.",
    "title": "Kurz und wiedererkennbar. Beispiel: Kollegiale Beratung",
    "summary": "Was ist das? Ein bis zwei Sätze, höchstens 400 Zeichen. "
    "Beispiel: Eine Stadt schildert einen Fall, fünf andere fragen nach und raten.",
    "goal": "Was haben die Beteiligten danach? Beispiel: Die Stadt kennt drei Wege, die anderswo gingen.",
    "mode": "Wo die Beteiligten sind. Beispiel: digital, wenn alle an Bildschirmen sitzen",
    "timing": "live: alle zur selben Zeit; zeitversetzt: jede:r, wann es passt",
    "group_from": "Zahl der Beteiligten. Beispiel: 5 bis 12",
    "duration_from": "Beispiel: 45 bis 90 Minuten. Komma ist erlaubt: 1,5 Stunden",
    "person_days_from": "Vorbereitung in Arbeitstagen. Beispiel: 0,5 bis 1",
    "occasions": "Ein Anlass je Zeile. Beispiel: ein neues Förderprogramm",
    "target_groups": "Eine je Zeile. Beispiel: Kommunalverwaltung",
    "roles": "Eine je Zeile, Aufgabe nach Doppelpunkt. Beispiel: Moderation: führt durch die Stunde",
    "tools": "Ein Mittel je Zeile. Beispiel: Videokonferenz mit Gruppenräumen",
    "result": "Was liegt am Ende vor? Beispiel: Ein Blatt mit drei nächsten Schritten.",
    "tips": "Ein Tipp je Zeile. Beispiel: Den Fall vorher auf einer Seite verschicken.",
    "pitfalls": "Ein Stolperstein je Zeile. Beispiel: Wer rät, bevor gefragt ist, verkürzt das Gespräch.",
    "checklist": "Ein Punkt je Zeile, in der Reihenfolge des Abhakens. Beispiel: Einladung verschickt",
    "picture": "JPEG, PNG oder WebP, höchstens 8 MB. Aufnahmeort und Kamera werden entfernt.",
    "picture_credit": "Wer hat es gemacht? Beispiel: Foto: Stadt Auenlinden",
    "provenance": "dokumentiert: aus einer Quelle; Kleinstadtakademie: von ihr selbst; "
    "ergänzt: fachlich hinzugefügt",
    "review_due": "Dann erinnern wir an die Prüfung. Üblich: ein Jahr nach dem Stand",
}


class FormatForm(forms.ModelForm):
    """A form with `RESUMED` in its data shows what was typed, wrong or not, and is never valid.

    `resumed` is such data for a form that is opened, not sent; `overtaken` says that a newer revision
    than the one this form was filled from has come meanwhile.
    """

    resumed = None

    reason = forms.CharField(
        label="Was haben Sie geändert und warum?",
        max_length=250,
        required=False,
        help_text="Steht bei der Fassung. Beispiel: Dauer nach Rückmeldung aus zwei Städten angepasst",
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )

    # The revision this form was filled from: whoever saves over a newer one chooses field by field.
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    draft_topics = forms.CharField(
        label="Themen",
        required=False,
        max_length=2000,
        help_text="Mit Komma getrennt. Beispiel: Innenstadt, Leerstand",
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(self.resumed if data is None else data, *args, **kwargs)
        self.newest = self.instance.newest if self.instance.pk else None
        self.overtaken = False
        self.initial["revision"] = self.newest.number if self.newest else None
        if self.instance.pk:
            self.initial["draft_topics"] = edit_string_for_tags(self.instance.draft_topics.all())
        if "slug" in self.fields:
            self.fields["slug"].required = False
        for name, text in HELP.items():
            if name in self.fields:
                self.fields[name].help_text = text

    def full_clean(self):
        if is_resumed(self):
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def is_valid(self):
        return super().is_valid() and not is_resumed(self)

    def clean_picture(self):
        picture = self.cleaned_data["picture"]
        if picture and "picture" in self.changed_data:
            return clean_picture(picture)
        return picture

    def clean_purposes(self):
        return self._in_old_order("purposes")

    def clean_estimated(self):
        return self._in_old_order("estimated")

    def clean_draft_topics(self):
        topics = parse_tags(self.cleaned_data["draft_topics"])
        if any(len(topic) > TOPIC_LENGTH or CONTROL.search(topic) for topic in topics):
            raise forms.ValidationError(f"Ein Thema hat höchstens {TOPIC_LENGTH} lesbare Zeichen.")
        return topics

    def clean(self):
        cleaned = super().clean()
        opened = cleaned.get("revision")
        self.overtaken = bool(self.newest and opened is not None and opened != self.newest.number)
        if "slug" in self.fields and "slug" not in self.errors and not cleaned.get("slug"):
            cleaned["slug"] = german_slug(cleaned.get("title") or "")[:SLUG_LENGTH].strip("-")
            if cleaned.get("title") and not cleaned["slug"]:
                self.add_error("slug", "Aus diesem Titel ergibt sich keine Adresse. Bitte tippen Sie eine.")
        return cleaned

    def _save_m2m(self):
        # Topics are made only now: a form with errors leaves none behind.
        self.cleaned_data["draft_topics"] = Topic.objects.named(self.cleaned_data["draft_topics"])
        super()._save_m2m()

    def _in_old_order(self, name):
        """The boxes come in the order of the page; what was there before keeps its place."""
        chosen, before = self.cleaned_data[name], getattr(self.instance, name) or []
        return [value for value in before if value in chosen] + [v for v in chosen if v not in before]


def is_resumed(form) -> bool:
    """Whether a form or formset only shows again what was typed."""
    return form.is_bound and RESUMED in form.data
