"""What people may type about themselves and their organisation, and how the directory is filtered."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from taggit.forms import TagField

from towns.finding import town_named
from towns.forms.seats import PlainField
from towns.models import Actor, ActorKind, Town, is_mayor

MOST_TOPICS = 12


class ActorFilterForm(forms.Form):
    """The filter of the directory. Unknown values of open lists fit nothing; nonsense is refused."""

    NAMES = ("thema", "art", "form", "land", "stadt")

    q = forms.CharField(label="Wort im Text", max_length=100, required=False)
    seite = forms.IntegerField(min_value=1, max_value=10_000, required=False)

    def clean(self):
        for name in self.NAMES:
            values = self.data.getlist(name)
            if len(values) > 50 or any(len(value) > 120 or not _is_slug(value) for value in values if value):
                raise ValidationError("Unknown filter value")
            self.cleaned_data[name] = list(dict.fromkeys(value for value in values if value))

    def chosen(self) -> dict[str, list[str]]:
        """Facet name → chosen values, only those with any."""
        return {name: self.cleaned_data[name] for name in self.NAMES if self.cleaned_data[name]}


def _is_slug(value: str) -> bool:
    return value.replace("-", "a").replace("_", "a").isascii() and value.replace("-", "a").isalnum()


class TownField(forms.CharField):
    """A town by its name, without a list of 11,000: where several are meant, the error names them."""

    def __init__(self, **options):
        super().__init__(max_length=200, **options)

    def prepare_value(self, value):
        if isinstance(value, int):
            value = Town.objects.get(pk=value)
        return value.label if isinstance(value, Town) else value

    def clean(self, value) -> Town | None:
        text = super().clean(value)
        if not text:
            return None
        town, others = town_named(text)
        if town:
            return town
        if others:
            names = "; ".join(other.label for other in others[:6])
            raise ValidationError(f"Welcher Ort ist gemeint? Bitte schreiben Sie ihn genau so: {names}")
        raise ValidationError("Diesen Ort kennen wir nicht. Bitte prüfen Sie die Schreibweise.")


class ProfileForm(forms.ModelForm):
    """One's own profile. `Bürgermeister:in` is only for those whose seat says so."""

    town = TownField(
        label="Stadt",
        required=False,
        help_text="Name wie im amtlichen Verzeichnis. Beispiel: Bad Lobenstein",
    )
    expertise = TagField(
        label="Fachthemen",
        required=False,
        help_text="Mit Komma getrennt, höchstens 12. Beispiel: Leerstand, Bahnhof",
    )
    takes_messages = forms.BooleanField(
        label="Andere dürfen mir über die Plattform schreiben",
        required=False,
        help_text="Niemand sieht dabei Ihre E-Mail-Adresse.",
    )

    class Meta:
        model = Actor
        fields = [
            "form",
            "name",
            "kind",
            "role",
            "town",
            "expertise",
            "about",
            "offers",
            "website",
            "visibility",
        ]
        labels = {"form": "Dieses Profil ist das einer", "about": "Über mich, über uns"}
        widgets = {
            "form": forms.RadioSelect,
            "visibility": forms.RadioSelect,
            "about": forms.Textarea(attrs={"rows": 6}),
            "offers": forms.Textarea(attrs={"rows": 4}),
            "website": forms.URLInput(attrs={"autocomplete": "url"}),
        }
        help_texts = {
            "visibility": "Öffentlich: alle, auch Suchmaschinen. Netzwerk: angemeldete Personen aus Städten, "
            "zugelassene Akteur:innen und die Geschäftsstelle. Verborgen: nur Sie und die Geschäftsstelle.",
        }
        error_messages = {
            "name": {"required": "Bitte geben Sie den Namen ein."},
            "kind": {"required": "Bitte wählen Sie, was am besten passt."},
            "website": {"invalid": "Bitte geben Sie die ganze Adresse ein. Beispiel: https://www.stadt.de"},
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["takes_messages"].initial = self.instance.contact_closed_at is None
        self.fields["website"].assume_scheme = "https"
        if self.instance.pk:
            del self.fields["form"]
            self.fields["expertise"].initial = self.instance.expertise.all()
        else:
            self.fields["name"].initial = user.name

    def clean_name(self):
        name = self.cleaned_data["name"]
        if "@" in name:
            raise ValidationError("Bitte einen Namen, keine E-Mail-Adresse.")
        return name

    def clean_kind(self):
        kind = self.cleaned_data["kind"]
        was = Actor.objects.filter(pk=self.instance.pk, kind=kind).exists() if self.instance.pk else False
        if kind == ActorKind.MAYOR and not was and not is_mayor(self.user):
            raise ValidationError("Das geht, sobald Ihr Sitz als Bürgermeister:in bestätigt ist.")
        return kind

    def save(self, commit=True):
        """Also opens or closes the door for messages; a closed one keeps its moment."""
        if self.cleaned_data["takes_messages"]:
            self.instance.contact_closed_at = None
        else:
            self.instance.contact_closed_at = self.instance.contact_closed_at or timezone.now()
        return super().save(commit)

    def clean_expertise(self):
        topics = self.cleaned_data["expertise"]
        if len(topics) > MOST_TOPICS:
            raise ValidationError(f"Bitte höchstens {MOST_TOPICS} Themen.")
        if any(len(topic) > 100 for topic in topics):
            raise ValidationError("Ein Thema hat höchstens 100 Zeichen. Bitte trennen Sie mit Komma.")
        return topics


class PortraitForm(forms.Form):
    """A new picture, or another description of the one that is there."""

    picture = forms.FileField(
        label="Bild",
        help_text="JPEG, PNG oder WebP, höchstens 8 MB. Angaben wie Ort und Gerät löschen wir daraus.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"required": "Bitte wählen Sie ein Bild aus."},
    )
    alt = PlainField(
        label="Bildbeschreibung",
        max_length=250,
        error_messages={"required": "Bitte beschreiben Sie das Bild für alle, die es nicht sehen."},
        help_text="Für alle, die das Bild nicht sehen. Beispiel: Anna Ahrens vor dem Rathaus",
    )

    def __init__(self, data=None, files=None, *, actor: Actor):
        super().__init__(data, files, initial={"alt": actor.portrait_alt})
        self.fields["picture"].required = not actor.portrait


class PersonSearchForm(forms.Form):
    q = forms.CharField(label="Name der Person", max_length=100, required=False)


class NamePersonForm(forms.Form):
    """A person to be named by an organisation: only among the profiles its owner may see."""

    person = forms.ModelChoiceField(
        label="Person",
        queryset=Actor.objects.none(),
        error_messages={
            "required": "Bitte wählen Sie eine Person.",
            "invalid_choice": "Dieses Profil gibt es nicht.",
        },
    )
    role = PlainField(label="Funktion in der Organisation", max_length=120, required=False)

    def __init__(self, data, *, people):
        super().__init__(data)
        self.fields["person"].queryset = people
