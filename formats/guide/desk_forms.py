"""What editors type about a tree: its head, one question with its answers, one outcome.

The rules about values stand in `schema` only; forms turn typed text into its data and bring its
problems back to the field they belong to.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from formats.guide.plan import Plan
from formats.guide.schema import KEY_LENGTH, data_of, outcome_data, question_data, read
from foundation.kit.text import german_slug

WIDE = {"class": "vTextField"}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})


def digest_of(data: Any) -> str:
    """A short sign of a text: whether it is still the one somebody opened."""
    said = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def free_key(text: str, taken) -> str:
    """A key for the address out of a German text, not yet in `taken`: `zeit`, `zeit-2`, …"""
    base = german_slug(text)[: KEY_LENGTH - 3].strip("-") or "teil"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key


def pairs_text(entries: list[dict[str, str]], name: str) -> str:
    return "\n".join(f"{entry[name]}: {entry['reason']}" for entry in entries)


def pairs_from(text: str, name: str) -> list[dict[str, str]]:
    """Lines `kurzname: Grund` as entries; a line without a colon lacks its reason."""
    entries = []
    for line in filter(None, map(str.strip, text.splitlines())):
        slug, _, reason = line.partition(":")
        entries.append({name: slug.strip(), "reason": reason.strip()})
    return entries


class ElementForm(forms.Form):
    """A part of the tree under a version check: `stand` says which text the form was filled from."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    names: tuple[str, ...] = ()

    def __init__(self, data=None, *, plan: Plan, stored: dict[str, Any], by: str = "", **kwargs):
        self.plan, self.stored, self.by = plan, stored, by
        self.is_outdated = False
        super().__init__(data, initial=self.initial_of(stored) | {"stand": digest_of(stored)}, **kwargs)

    def initial_of(self, stored: dict[str, Any]) -> dict[str, Any]:
        return {name: stored.get(name, "") for name in self.names}

    def refuse_overwriting(self) -> None:
        """Somebody saved this part in the meantime: say so once; the next attempt counts."""
        now = digest_of(self.stored)
        if self.data.get("stand") and self.data["stand"] != now:
            self.data = self.data.copy()
            self.data["stand"] = now
            self.is_outdated = True
            who = f" von {self.by}" if self.by else ""
            raise ValidationError(
                f"Inzwischen wurde dieser Teil geändert{who}. Der gespeicherte Text steht unten. "
                "Wenn Sie noch einmal speichern, gilt Ihr Text."
            )

    def clean(self):
        cleaned = super().clean()
        self.refuse_overwriting()
        return cleaned

    @property
    def stored_lines(self) -> list[tuple[str, str]]:
        """What is stored now, as (name, text), for whoever must choose between two texts."""
        found = []
        for name, value in self.stored.items():
            label = self.fields[name].label if name in self.fields else "Antworten"
            texts = value if isinstance(value, list) else [value]
            lines = [one if isinstance(one, str) else " · ".join(map(str, one.values())) for one in texts]
            found.append((label, "\n".join(lines)))
        return found

    def take(self, problems: list, prefix: tuple) -> None:
        """Bring the problems of the schema below `prefix` to their fields."""
        for problem in problems:
            if problem.path[: len(prefix)] == prefix:
                rest = problem.path[len(prefix) :]
                name = rest[0] if rest and rest[0] in self.fields else None
                self.add_error(name, problem.sentence)


class HeadForm(ElementForm):
    """Everything about a tree but its questions and outcomes."""

    title = forms.CharField(label="Titel", max_length=120, widget=forms.TextInput(WIDE))
    summary = forms.CharField(
        label="Kurztext", max_length=400, widget=_area(3), help_text="Was bringt der Wegweiser? 1–2 Sätze."
    )
    note = forms.CharField(
        label="Hinweis",
        max_length=600,
        required=False,
        widget=_area(3),
        help_text="Steht unter jeder Seite. Beispiel: Keine Rechtsberatung.",
    )
    responsible = forms.CharField(label="Verantwortlich", max_length=160, widget=forms.TextInput(WIDE))
    as_of = forms.DateField(label="Stand", widget=forms.DateInput(format="%d.%m.%Y"))
    review_due = forms.DateField(
        label="Wieder prüfen am", required=False, widget=forms.DateInput(format="%d.%m.%Y")
    )
    position = forms.IntegerField(
        label="Platz", min_value=0, max_value=9999, help_text="Kleine Zahlen stehen auf der Übersicht vorn."
    )
    shown_in = forms.CharField(
        label="Steht auch in diesen Steckbriefen",
        required=False,
        widget=_area(3),
        help_text="Ein Kurzname je Zeile, zum Beispiel: stadtrundgang. Dort erscheint eine Karte mit Link.",
    )
    names = ("title", "summary", "note", "responsible", "as_of", "review_due", "position", "shown_in")

    def initial_of(self, stored):
        dates = {"as_of": self.plan.as_of, "review_due": self.plan.review_due}
        return super().initial_of(stored) | dates | {"shown_in": "\n".join(stored.get("shown_in", []))}

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        values = {name: cleaned[name] for name in ("title", "summary", "note", "responsible", "position")}
        values |= {"as_of": cleaned["as_of"], "review_due": cleaned["review_due"]}
        shown_in = tuple(dict.fromkeys(cleaned["shown_in"].split()))
        self.made, problems = read(data_of(replace(self.plan, shown_in=shown_in, **values)))
        self.take(problems, ())
        return cleaned


class OptionForm(forms.Form):
    """One answer of a question."""

    key = forms.CharField(required=False, widget=forms.HiddenInput, max_length=KEY_LENGTH)
    position = forms.IntegerField(label="Platz", required=False, min_value=1, max_value=99)
    text = forms.CharField(label="Antwort", max_length=140, widget=forms.TextInput(WIDE))
    hint = forms.CharField(label="Erläuterung", max_length=200, required=False, widget=forms.TextInput(WIDE))
    target = forms.ChoiceField(label="führt zu", required=False)
    unsure = forms.BooleanField(label="Das ist „Weiß ich nicht“", required=False)
    weights = forms.CharField(
        label="Gewichte",
        required=False,
        widget=_area(4),
        help_text="Ein Format je Zeile, von -3 bis 3. Beispiel: webinar 2",
    )
    pro = forms.CharField(
        label="Grund dafür",
        max_length=160,
        required=False,
        widget=forms.TextInput(WIDE),
        help_text="Wird bei positivem Gewicht vom Format gesagt. Beispiel: ist in zwei Stunden zu schaffen",
    )
    contra = forms.CharField(
        label="Grund dagegen", max_length=160, required=False, widget=forms.TextInput(WIDE)
    )

    def __init__(self, *args, targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = targets

    def data_for(self, taken: set[str]) -> dict[str, Any]:
        """The answer as data of the schema; a new one gets a key that is not in `taken`."""
        cleaned = self.cleaned_data
        key = cleaned["key"] or free_key(cleaned["text"], taken)
        taken.add(key)
        kind, _, target = cleaned["target"].partition(":")
        weights = {}
        for line in filter(None, map(str.strip, cleaned["weights"].splitlines())):
            slug, _, weight = line.replace(":", " ").partition(" ")
            weights[slug] = weight.strip().replace("−", "-").removeprefix("+") or "fehlt"
        return {
            "key": key,
            "text": cleaned["text"],
            "hint": cleaned["hint"],
            "unsure": "ja" if cleaned["unsure"] else "",
            "next": target if kind == "question" else "",
            "outcome": target if kind == "outcome" else "",
            "pro": cleaned["pro"],
            "contra": cleaned["contra"],
            "weights": weights,
        }


def option_initial(stored: dict[str, Any], position: int) -> dict[str, Any]:
    """A stored answer as the form shows it."""
    target = f"question:{stored['next']}" if "next" in stored else ""
    target = f"outcome:{stored['outcome']}" if "outcome" in stored else target
    lines = "\n".join(f"{slug} {weight}" for slug, weight in stored.get("weights", {}).items())
    texts = {name: stored.get(name, "") for name in ("key", "text", "hint", "pro", "contra")}
    unsure = stored.get("unsure") == "ja"
    return texts | {"position": position, "target": target, "weights": lines, "unsure": unsure}


class OptionSet(forms.BaseFormSet):
    """The answers in the order of the typed places; new ones without a place go last."""

    def in_order(self) -> list[OptionForm]:
        kept = [form for form in self.forms if form.has_changed() or form.initial]
        kept = [form for form in kept if form not in self.deleted_forms]
        return sorted(kept, key=lambda form: form.cleaned_data.get("position") or 100)


OptionFormSet = forms.formset_factory(OptionForm, OptionSet, extra=2, can_delete=True, max_num=12)


class QuestionForm(ElementForm):
    label = forms.CharField(
        label="Kurzwort", max_length=40, help_text="Ein Wort für die Liste der Antworten. Beispiel: Zeit"
    )
    text = forms.CharField(label="Frage", max_length=200, widget=forms.TextInput(WIDE))
    why = forms.CharField(label="Warum wir das fragen", max_length=400, required=False, widget=_area(2))
    place = forms.IntegerField(
        label="Platz",
        required=False,
        min_value=1,
        help_text="Die Frage auf Platz 1 beginnt. Sonst ordnet die Zahl nur die Listen.",
    )
    names = ("label", "text", "why")

    def __init__(self, data=None, *, plan, key: str, **kwargs):
        self.key = key
        question = plan.questions.get(key)
        super().__init__(data, plan=plan, stored=question_data(question) if question else {}, **kwargs)
        self.initial["place"] = list(plan.questions).index(key) + 1 if question else None
        targets = [("", "noch offen")]
        targets += [("Fragen", [(f"question:{q.key}", q.text) for q in plan.questions.values()])]
        targets += [("Ergebnisse", [(f"outcome:{o.key}", o.title) for o in plan.outcomes.values()])]
        stored = [option_initial(o, place) for place, o in enumerate(self.stored.get("options", []), 1)]
        self.options = OptionFormSet(data, prefix="antwort", initial=stored, form_kwargs={"targets": targets})

    def is_valid(self):
        return super().is_valid() and self.options.is_valid() and self._made()

    def _made(self) -> bool:
        """Whether the schema takes the whole tree with this question in it; keeps the tree in `made`."""
        cleaned, forms_in_order = self.cleaned_data, self.options.in_order()
        key = self.key or free_key(cleaned["label"], self.plan.questions)
        taken = {form.cleaned_data["key"] for form in forms_in_order if form.cleaned_data["key"]}
        question = {name: cleaned[name] for name in self.names} | {"key": key}
        question["options"] = [form.data_for(taken) for form in forms_in_order]
        data = data_of(self.plan)
        others = [one for one in data.get("questions", []) if one["key"] != key]
        old = list(self.plan.questions).index(key) if key in self.plan.questions else len(others)
        index = min(cleaned["place"] - 1, len(others)) if cleaned["place"] else old
        data["questions"] = [*others[:index], question, *others[index:]]
        self.made, problems = read(data)
        self.key = key
        for problem in problems:
            self._give_back(problem, ("questions", index), forms_in_order)
        return not problems

    def _give_back(self, problem, prefix, forms_in_order):
        rest = problem.path[len(prefix) :] if problem.path[:2] == prefix else ()
        if len(rest) > 2 and rest[0] == "options":
            form, name = (
                forms_in_order[rest[1]],
                {"next": "target", "outcome": "target"}.get(rest[2], rest[2]),
            )
            form.add_error(name if name in form.fields else None, problem.sentence)
        else:
            self.add_error(rest[0] if rest and rest[0] in self.fields else None, problem.sentence)


class LinkForm(forms.Form):
    title = forms.CharField(label="Titel", max_length=160)
    url = forms.CharField(label="Adresse", max_length=400)
    note = forms.CharField(label="Dazu", max_length=300, required=False)
    checked = forms.DateField(
        label="Adresse geprüft am", required=False, widget=forms.DateInput(format="%d.%m.%Y")
    )


LinkFormSet = forms.formset_factory(LinkForm, extra=2, can_delete=True, max_num=20)


class OutcomeForm(ElementForm):
    title = forms.CharField(label="Überschrift", max_length=160, widget=forms.TextInput(WIDE))
    text = forms.CharField(
        label="Text", max_length=2000, required=False, widget=_area(6), help_text="Leerzeile = neuer Absatz."
    )
    ranking = forms.BooleanField(label="Die Gewichte der Antworten wählen die Formate", required=False)
    entries = forms.CharField(
        label="Feste Formate",
        required=False,
        widget=_area(4),
        help_text="Eines je Zeile mit Grund. Beispiel: stadtrundgang: ist schnell vorbereitet",
    )
    against = forms.CharField(
        label="Was gegen andere sprach", required=False, widget=_area(4), help_text="Ebenso, mit ganzem Satz."
    )
    trees = forms.CharField(
        label="Andere Wegweiser", required=False, widget=_area(2), help_text="Kurzname: Grund, je Zeile."
    )
    next_step = forms.CharField(label="Nächster Schritt", max_length=600, required=False, widget=_area(3))
    names = ("title", "text", "next_step")

    def __init__(self, data=None, *, plan, key: str, **kwargs):
        self.key = key
        outcome = plan.outcomes.get(key)
        super().__init__(data, plan=plan, stored=outcome_data(outcome) if outcome else {}, **kwargs)
        links = [
            {"title": link.title, "url": link.url, "note": link.note, "checked": link.checked}
            for link in (outcome.links if outcome else ())
        ]
        self.links = LinkFormSet(data, prefix="link", initial=links)

    def initial_of(self, stored):
        lines = {name: pairs_text(stored.get(name, []), "format") for name in ("entries", "against")}
        lines["trees"] = pairs_text(stored.get("trees", []), "tree")
        return super().initial_of(stored) | lines | {"ranking": stored.get("ranking") == "ja"}

    def is_valid(self):
        return super().is_valid() and self.links.is_valid() and self._made()

    def _made(self) -> bool:
        """Whether the schema takes the whole tree with this outcome in it; keeps the tree in `made`."""
        cleaned = self.cleaned_data
        key = self.key or free_key(cleaned["title"], self.plan.outcomes)
        outcome = {name: cleaned[name] for name in self.names}
        outcome |= {"key": key, "ranking": "ja" if cleaned["ranking"] else ""}
        outcome |= {name: pairs_from(cleaned[name], "format") for name in ("entries", "against")}
        outcome["trees"] = pairs_from(cleaned["trees"], "tree")
        kept = [form.cleaned_data for form in self.links.forms if form not in self.links.deleted_forms]
        outcome["links"] = [
            {
                "title": link["title"],
                "url": link["url"],
                "note": link["note"],
                "checked": link["checked"].isoformat() if link["checked"] else "",
            }
            for link in kept
            if link
        ]
        data = data_of(self.plan)
        known = [one["key"] for one in data.get("outcomes", [])]
        index = known.index(key) if key in known else len(known)
        data.setdefault("outcomes", [])[index : index + 1] = [outcome]
        self.made, problems = read(data)
        self.key = key
        self.take(problems, ("outcomes", index))
        return not problems


class ImportForm(forms.Form):
    datei = forms.FileField(label="Datei eines Wegweisers (YAML)")
