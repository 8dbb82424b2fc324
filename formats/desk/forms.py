"""The form of a Steckbrief on the desk: what editors type, and the sentence when it is wrong."""

from django import forms
from taggit.utils import edit_string_for_tags, parse_tags

from formats.models.fields import CONTROL
from formats.snapshots import TOPIC_LENGTH
from foundation.kit.images import clean_picture
from foundation.topics.models import Topic


class FormatForm(forms.ModelForm):
    reason = forms.CharField(
        label="Was haben Sie geändert und warum?",
        max_length=250,
        required=False,
        help_text="Steht bei der Fassung. Beispiel: Dauer nach Rückmeldung aus zwei Städten angepasst",
    )

    # The revision this form was filled from: whoever saves over a newer one is told first.
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    draft_topics = forms.CharField(
        label="Themen",
        required=False,
        max_length=2000,
        help_text="Mit Komma getrennt. Beispiel: Innenstadt, Leerstand",
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.newest = self.instance.newest if self.instance.pk else None
        self.initial["revision"] = self.newest.number if self.newest else None
        if self.instance.pk:
            self.initial["draft_topics"] = edit_string_for_tags(self.instance.draft_topics.all())

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
        if self.newest and opened is not None and opened != self.newest.number:
            # The next attempt counts as made with open eyes.
            self.data = self.data.copy()
            self.data[self.add_prefix("revision")] = self.newest.number
            raise forms.ValidationError(
                f"Inzwischen gibt es Fassung {self.newest.number}, von {self.newest.author or 'Datei'}. "
                "Ihre Eingaben stehen noch hier. Sehen Sie im Verlauf nach, was sich geändert hat; "
                "wenn Sie danach noch einmal speichern, gilt Ihr Text."
            )
        return cleaned

    def _save_m2m(self):
        # Topics are made only now: a form with errors leaves none behind.
        self.cleaned_data["draft_topics"] = Topic.objects.named(self.cleaned_data["draft_topics"])
        super()._save_m2m()

    def _in_old_order(self, name):
        """The boxes come in the order of the page; what was there before keeps its place."""
        chosen, before = self.cleaned_data[name], getattr(self.instance, name) or []
        return [value for value in before if value in chosen] + [v for v in chosen if v not in before]
