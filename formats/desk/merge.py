"""Two editors changed the same Steckbrief: field by field, mine, theirs, and what both began from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from formats.actions import save_sheet
from formats.changes import Mark, Piece, changes_between, readable
from formats.desk.rescue import RESUME, TO_MERGE, forget
from formats.models import Format, OpenForm
from formats.sheets import snapshot_of
from formats.snapshots import sheet_from

MINE, THEIRS = "mine", "theirs"

# What is chosen together: name → (labels of `changes.readable`, keys of the snapshot). Only the
# short name and the kind are missing, which never change.
GROUPS: dict[str, tuple[list[str], list[str]]] = {
    "number": (["Nummer"], ["number"]),
    "title": (["Titel"], ["title"]),
    "summary": (["Kurztext"], ["summary"]),
    "purposes": (["Zweck"], ["purposes"]),
    "mode": (["Modus"], ["mode", "timing"]),
    "group": (["Gruppengröße"], ["group"]),
    "duration": (["Dauer"], ["duration"]),
    # The effort follows from the person-days, so they cannot come from two hands.
    "effort": (["Aufwand", "Vorbereitung"], ["effort", "person_days"]),
    "costs": (["Kosten"], ["costs"]),
    "picture": (["Bild"], ["picture"]),
    "goal": (["Ziel"], ["goal"]),
    "occasions": (["Anlässe"], ["occasions"]),
    "target_groups": (["Zielgruppen"], ["target_groups"]),
    "steps": (["Ablauf"], ["steps"]),
    "roles": (["Rollen"], ["roles"]),
    "tools": (["Technik und Material"], ["tools"]),
    "result": (["Ergebnis"], ["result"]),
    "variants": (["Varianten"], ["variants"]),
    "tips": (["Tipps"], ["tips"]),
    "pitfalls": (["Was schiefgehen kann"], ["pitfalls"]),
    "checklist": (["Checkliste"], ["checklist"]),
    "trials": (["Erprobungen"], ["trials"]),
    "materials": (["Materialien"], ["materials"]),
    "related": (["Verwandt"], ["related"]),
    "topics": (["Themen"], ["topics"]),
    "provenance": (["Herkunft"], ["provenance", "provenance_note"]),
    "estimated": (["Schätzungen"], ["estimated"]),
    "sources": (["Quellen"], ["sources"]),
    "as_of": (["Stand"], ["as_of"]),
    "review_due": (["Wieder prüfen am"], ["review_due"]),
}


@dataclass(frozen=True)
class Difference:
    """A group of fields that reads otherwise in the two texts; each line tells what changed since the base.

    `wish` is the side that alone changed it; None where both did.
    """

    name: str
    label: str
    mine: list[list[Piece]]
    theirs: list[list[Piece]]
    wish: str | None


def differences_of(
    base: dict[str, Any] | None, theirs: dict[str, Any], mine: dict[str, Any]
) -> list[Difference]:
    """Where two snapshots differ, in the order of the page; without a base both sides count as changed."""
    base, theirs, mine = (_whole(snapshot) if snapshot else None for snapshot in (base, theirs, mine))
    told = {"mine": _told(base, mine), "theirs": _told(base, theirs)}
    found = []
    for name, (labels, keys) in GROUPS.items():
        if all(mine[key] == theirs[key] for key in keys):
            continue
        wish = None
        if base and all(theirs[key] == base[key] for key in keys):
            wish = MINE
        elif base and all(mine[key] == base[key] for key in keys):
            wish = THEIRS
        lines = {side: [line for label in labels for line in text[label]] for side, text in told.items()}
        found.append(Difference(name, " und ".join(labels), lines["mine"], lines["theirs"], wish))
    return found


def _told(base: dict[str, Any] | None, snapshot: dict[str, Any]) -> dict[str, list[list[Piece]]]:
    """Label → lines of a text, word by word against the base where it differs from it."""
    changed = {change.label: change.lines for change in changes_between(base, snapshot)} if base else {}
    return {
        label: changed.get(label) or [[Piece(Mark.SAME, line)] for line in lines]
        for label, lines in readable(snapshot).items()
    }


def merged(theirs: dict[str, Any], mine: dict[str, Any], choices: dict[str, str]) -> dict[str, Any]:
    """Their snapshot with the groups taken from mine that `choices` says so of."""
    theirs, mine = _whole(theirs), _whole(mine)
    keys = [key for name, side in choices.items() if side == MINE for key in GROUPS[name][1]]
    return theirs | {key: mine[key] for key in keys}


def _whole(snapshot: dict[str, Any]) -> dict[str, Any]:
    """With every key there is today, in one order: old revisions lack some."""
    return snapshot_of(sheet_from(snapshot))


class MergeForm(forms.Form):
    """One choice per difference; what only one side changed is chosen already."""

    reason = forms.CharField(
        label="Was haben Sie geändert und warum?",
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )
    theirs = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, differences: list[Difference], newest: int, reason: str = ""):
        super().__init__(data, initial={"theirs": newest, "reason": reason})
        self.newest = newest
        self.differences = differences
        for difference in differences:
            self.fields[difference.name] = forms.ChoiceField(
                label=difference.label,
                choices=[(THEIRS, "So steht es jetzt"), (MINE, "So haben Sie es getippt")],
                initial=difference.wish,
                widget=forms.RadioSelect,
                error_messages={"required": "Bitte wählen Sie eine der beiden Seiten."},
            )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("theirs") != self.newest:
            self.data = self.data.copy()
            self.data["theirs"] = self.newest
            raise forms.ValidationError(
                f"Inzwischen gibt es Fassung {self.newest}. Bitte sehen Sie die Unterschiede noch einmal an."
            )
        return cleaned

    def rows(self):
        """Each difference with its radio buttons and its error."""
        return [
            {
                "difference": difference,
                "field": self[difference.name],
                "radios": {radio.data["value"]: radio for radio in self[difference.name]},
            }
            for difference in self.differences
        ]


class MergeMixin:
    """Adds the page that joins two texts to the admin of Steckbriefe."""

    def get_urls(self):
        page = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.merge_view))
        return [path("<int:pk>/zusammenfuehren/", page, name="formats_merge"), *super().get_urls()]

    def merge_view(self, request, pk):
        with transaction.atomic():
            if request.method == "POST":
                Format.objects.lock_all()  # nothing newer comes between looking and saving
            format = self._format(request, pk)
            if not self.has_change_permission(request, format):
                raise PermissionDenied
            mine = OpenForm.objects.of(request.user, format).with_typed().first()
            if not (mine and mine.sheet and format.newest and TO_MERGE in mine.typed):
                return redirect("admin:formats_format_change", format.pk)
            theirs = format.newest
            base = format.revisions.filter(number=mine.base).first()
            form = MergeForm(
                request.POST if request.method == "POST" else None,
                differences=differences_of(base and base.snapshot, theirs.snapshot, mine.sheet),
                newest=theirs.number,
                reason=(mine.typed.get("reason") or [""])[-1][:250],
            )
            if form.is_valid() and self._save_merged(request, format, theirs, mine, form):
                return redirect("admin:formats_release", format.pk)
        context = self._context(request, format, title=f"Zusammenführen: {format}") | {
            "form": form,
            "theirs": theirs,
            "base": base,
            "back": reverse("admin:formats_format_change", args=[format.pk]) + RESUME,
        }
        return TemplateResponse(request, "admin/formats/format/merge.html", context)

    def _save_merged(self, request, format, theirs, mine, form) -> bool:
        """Save what was chosen as a draft; problems go into the form, the typed text stays."""
        choices = {difference.name: form.cleaned_data[difference.name] for difference in form.differences}
        snapshot = merged(theirs.snapshot, mine.sheet, choices)
        try:
            with transaction.atomic():
                revision = save_sheet(
                    format, snapshot, author=request.user, reason=form.cleaned_data["reason"]
                )
        except ValidationError as error:
            form.add_error(None, error)
            return False
        forget(request.user, format)
        messages.success(request, f"Zusammengeführt und als Entwurf gespeichert (Fassung {revision.number}).")
        return True
