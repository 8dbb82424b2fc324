"""The pages on which a town is edited: each shows one part of its snapshot as a form, or a list of forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.storage import default_storage
from django.forms import BaseFormSet, formset_factory

from foundation.topics.models import Topic
from towns.forms.town import (
    ArmsForm,
    LinkForm,
    OfferForm,
    PictureForm,
    ProjectForm,
    TextForm,
    UploadForm,
)
from towns.models import Town


class PartEditor:
    """One part: `name` in the snapshot, `slug` in the address. Bound where there are data."""

    name: str
    slug: str
    title: str
    hint = ""
    do_not_call_in_templates = True  # templates name the classes

    def __init__(self, town: Town, part: Any, data=None, files=None):
        self.town, self.part, self.data, self.files = town, part, data, files
        self.form: forms.Form | None = None
        self.formset: BaseFormSet | None = None
        self.build()

    def build(self) -> None:
        raise NotImplementedError

    @property
    def is_bound(self) -> bool:
        return self.data is not None

    def is_valid(self) -> bool:
        checked = [one.is_valid() for one in (self.form, self.formset) if one is not None]
        return self.is_bound and all(checked)

    def value(self) -> Any:
        """The part as the forms say it. May put files away."""
        raise NotImplementedError


class TextEditor(PartEditor):
    name, slug, title = "text", "text", "Texte und Themen"

    def build(self):
        self.form = TextForm(self.data, initial=self.part, town=self.town)

    def value(self):
        return self.form.value()


class ArmsEditor(PartEditor):
    name, slug, title = "arms", "wappen", "Wappen"
    hint = "Das Wappen erscheint neben dem Namen. Bitte klären Sie vorher, dass Sie es hier zeigen dürfen."

    def build(self):
        words = {"alt": self.part["alt"], "credit": self.part["credit"]}
        self.form = ArmsForm(self.data, self.files, initial=words, current=self.part)

    def value(self):
        return self.form.value()


class ListEditor(PartEditor):
    """A part that is a list: an entry per row, some empty ones behind, each with its place."""

    entry: type[forms.Form]
    word: str
    most = 30
    spare = 2

    def build(self):
        makes = formset_factory(
            self.entry,
            extra=self.spare,
            can_order=True,
            can_delete=True,
            max_num=self.most,
            validate_max=True,
            absolute_max=self.most + 10,
        )
        self.formset = makes(self.data, initial=self.part, prefix="eintrag", form_kwargs=self.options())
        self.formset.error_messages["too_many_forms"] = f"Bitte höchstens {self.most} Einträge."

    def options(self) -> dict:
        return {}

    def value(self):
        found = []
        for place, form in enumerate(self.formset.forms):
            if form.cleaned_data and not form.cleaned_data.get("DELETE"):
                order = form.cleaned_data.get("ORDER")
                row = form.part() if hasattr(form, "part") else dict(form.cleaned_data)
                row = {name: row[name] for name in form.fields if name not in ("ORDER", "DELETE")}
                found.append((order is None, order or 0, place, row))
        return [row for *_, row in sorted(found, key=lambda item: item[:3])]


class OfferEditor(ListEditor):
    name, slug, title = "offers", "sucht-bietet", "Sucht und bietet"
    entry, word = OfferForm, "Eintrag"
    hint = "Was können andere bei Ihnen lernen, was suchen Sie? Je Eintrag ein Satz."

    def options(self):
        return {"topics": [(topic.slug, topic.name) for topic in Topic.objects.alphabetical()]}


class ProjectEditor(ListEditor):
    name, slug, title = "projects", "projekte", "Projekte"
    entry, word = ProjectForm, "Projekt"
    spare = 1


class LinkEditor(ListEditor):
    name, slug, title = "links", "links", "Links"
    entry, word = LinkForm, "Link"
    most = 20


class PictureEditor(ListEditor):
    name, slug, title = "pictures", "bilder", "Bilder"
    entry, word = PictureForm, "Bild"
    most, spare = 12, 0

    def build(self):
        super().build()
        self.form = UploadForm(self.data, self.files, prefix="neu")
        pictures = {picture["large"]: picture for picture in self.part}
        for form in self.formset.forms:
            form.picture = pictures.get(form["large"].value())
            if form.picture:
                form.preview = default_storage.url(form.picture["small"] or form.picture["large"])

    def is_valid(self):
        if not super().is_valid():
            return False
        if self.form.sizes and len(self.part) >= self.most:
            self.form.add_error("file", f"Mehr als {self.most} Bilder zeigt die Seite nicht.")
            return False
        return True

    def value(self):
        """Only files that are there already count: a form cannot name those of another town."""
        known = {picture["large"]: picture for picture in self.part}
        said = [row for row in super().value() if row["large"] in known]
        return [known[row["large"]] | row for row in said] + self.form.stored()


EDITORS: dict[str, type[PartEditor]] = {
    editor.slug: editor
    for editor in (TextEditor, OfferEditor, ProjectEditor, LinkEditor, PictureEditor, ArmsEditor)
}
