"""Copying, withdrawing and deleting a Steckbrief on the desk, and settling what readers say."""

from contextlib import contextmanager

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from formats.actions import copy_format, delete_format, settle_corrections, withdraw
from formats.models import Correction, Format, Remark
from foundation.kit.http import safe_next
from foundation.kit.text import german_slug

SLUG_LENGTH = 60


@contextmanager
def in_one_go():
    """All or nothing, one editor after the other: what was checked still holds when it is done."""
    with transaction.atomic():
        Format.objects.lock_all()
        yield


class CopyForm(forms.ModelForm):
    """Title and address of the copy. An address left as suggested follows the typed title."""

    class Meta:
        model = Format
        fields = ["title", "slug"]
        help_texts = {
            "slug": "Nur a–z, 0–9 und Bindestriche; bleibt danach, wie sie ist. "
            "Ändern Sie nur den Titel, richtet sich die Adresse danach."
        }
        labels = {"slug": "Kurzname in der Adresse"}

    def __init__(self, *args, origin: Format, **kwargs):
        self.suggested = {"title": f"{origin.title[:110]} (Kopie)"}
        self.suggested["slug"] = _slug_of(self.suggested["title"])
        super().__init__(*args, initial=self.suggested, **kwargs)
        self.fields["slug"].required = False
        for field in self.fields.values():
            field.widget.attrs |= {"class": "vTextField"}

    def clean(self):
        cleaned = super().clean()
        title, slug = cleaned.get("title"), cleaned.get("slug")
        untouched = slug == self.suggested["slug"] and title != self.suggested["title"]
        if title and "slug" not in self.errors and (not slug or untouched):
            cleaned["slug"] = _slug_of(title)
            if not cleaned["slug"]:
                self.add_error("slug", "Aus diesem Titel ergibt sich keine Adresse. Bitte tippen Sie eine.")
        return cleaned


def _slug_of(title: str) -> str:
    return german_slug(title)[:SLUG_LENGTH].strip("-")


class WithdrawNoteForm(forms.Form):
    """The sentence that readers get in place of the Steckbrief."""

    note = forms.CharField(
        label="Satz für Leser:innen",
        required=False,
        max_length=250,
        help_text="Steht auf der Seite, die alte Links dann zeigen. Beispiel: Dieses Format bieten wir "
        "seit 2026 nicht mehr an.",
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )


class WithdrawForm(WithdrawNoteForm):
    """The sentence and, if there is one, the Steckbrief that old links lead to.

    Only a public one can be the successor, so successors never run in a circle: what is withdrawn
    here is no longer public, and what becomes public again forgets its own successor.
    """

    successor = forms.ModelChoiceField(
        label="Nachfolger",
        queryset=Format.objects.none(),
        required=False,
        empty_label="ohne Nachfolger",
        help_text="Alte Links führen dann dorthin. Der Satz wird nur ohne Nachfolger gezeigt.",
        error_messages={"invalid_choice": "Nachfolger kann nur ein anderer, öffentlicher Steckbrief sein."},
    )

    def __init__(self, *args, format: Format, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = Format.objects.published().numbered().exclude(pk=format.pk)


class LifecycleMixin:
    """Adds copying, withdrawing, deleting and settling to the admin of Steckbriefe."""

    def get_urls(self):
        def page(view, allowed):
            return self.admin_site.admin_view(allowed(view))

        settled = "<int:pk>/hinweis/<int:correction>/erledigt/"
        asks = require_http_methods(["GET", "HEAD", "POST"])
        return [
            path("<int:pk>/kopieren/", page(self.copy_view, asks), name="formats_copy"),
            path("<int:pk>/zurueckziehen/", page(self.withdraw_view, asks), name="formats_withdraw"),
            path(settled, page(self.settle_view, require_POST), name="formats_settle"),
            *super().get_urls(),
        ]

    def copy_view(self, request, pk):
        """A new Steckbrief that begins with this one's newest text."""
        format = self._format(request, pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        with in_one_go():
            form = CopyForm(request.POST if request.method == "POST" else None, origin=format)
            if request.method == "POST" and form.is_valid():
                new = copy_format(format, **form.cleaned_data, author=request.user)
                messages.success(request, f"Angelegt als Kopie von „{format}“. Öffentlich ist noch nichts.")
                return redirect("admin:formats_format_change", new.pk)
        context = self._context(request, format, title=f"Kopieren: {format}") | {"form": form}
        return TemplateResponse(request, "admin/formats/format/copy.html", context)

    def withdraw_view(self, request, pk):
        """Asks before a public Steckbrief leaves the site, and what its address says from then on."""
        format = self._format(request, pk)
        if not self.has_change_permission(request, format):
            raise PermissionDenied
        with in_one_go():
            format = self._format(request, pk)
            form = WithdrawForm(request.POST if request.method == "POST" else None, format=format)
            if request.method == "POST" and format.published and form.is_valid():
                withdraw(format, by=request.user, **form.cleaned_data)
                messages.success(
                    request, f"„{format}“ ist von der Seite genommen. Der Text bleibt als Entwurf."
                )
                return redirect("admin:formats_format_change", format.pk)
        context = self._context(request, format, title=f"Von der Seite nehmen: {format}") | {"form": form}
        return TemplateResponse(request, "admin/formats/format/withdraw.html", context)

    def delete_view(self, request, object_id, extra_context=None):
        """Deletes what never was public; of anything else it says why not. Instead of Django's page."""
        if not self.has_delete_permission(request):
            raise PermissionDenied
        if not object_id.isdecimal():
            raise Http404
        with in_one_go():
            format = self._format(request, object_id)
            if request.method == "POST" and not format.first_published_at:
                self.log_deletions(request, [format])
                delete_format(format)
                messages.success(request, f"„{format}“ ist gelöscht, mit allen Entwürfen.")
                return redirect("admin:formats_format_changelist")
        context = self._context(request, format, title=f"Löschen: {format}") | _what_goes(format)
        return TemplateResponse(request, "admin/formats/format/delete.html", context)

    def settle_view(self, request, pk, correction):
        """Marks one reader's note on this Steckbrief as done."""
        format = self._format(request, pk)
        if not request.user.has_perm("formats.change_correction"):
            raise PermissionDenied
        note = get_object_or_404(Correction, pk=correction, revision__format=format)
        settle_corrections(Correction.objects.filter(pk=note.pk), by=request.user)
        messages.success(request, "Der Hinweis ist erledigt.")
        return redirect(safe_next(request, desk_address(format.pk)))


def desk_address(pk: int) -> str:
    """The page of a Steckbrief on the desk, at what lies beside it."""
    return reverse("admin:formats_format_change", args=[pk]) + "#daneben"


def _what_goes(format: Format) -> dict[str, object]:
    """What deleting would take along; empty for what was public."""
    if format.first_published_at:
        return {}
    return {
        "drafts": format.revisions.count(),
        "remarks": Remark.objects.of(format).count(),
        "links": format.coauthor_links.count(),
        "mentioned_in": [row.origin for row in format.relations_here.select_related("origin")],
    }
