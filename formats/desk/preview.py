"""Preview on the desk: the real page of a draft, or of what is typed and not saved, on three devices."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from formats.drafts import draft_page, names_file, without_targets
from formats.editions import Edition
from formats.models import Format, OpenForm, Revision
from formats.pdf import render_pdf
from formats.sheets import sheet_of, snapshot_of
from foundation.kit.files import send_stored

SAVED, TYPED = "entwurf", "ungespeichert"
DEVICES = {"schreibtisch": "Schreibtisch", "telefon": "Telefon", "druck": "Druck"}
NO_FILES = "Neue Dateien erscheinen erst nach dem Speichern."
# Only here does the house let itself be framed, and only by itself.
FRAMING = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}
FRAMED = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}
# Stands for the file of a material whose upload is not kept.
_NOT_STORED = "nicht-gespeichert"


class _Drawn(Exception):
    """Carries the snapshot of a preview out of the transaction, which is rolled back by it."""

    def __init__(self, snapshot, files_left_out: bool):
        self.snapshot, self.files_left_out = snapshot, files_left_out


class PreviewMixin:
    """Adds the preview to the admin of Steckbriefe; nothing of a preview is ever saved but its snapshot."""

    def get_urls(self):
        def page(view, **policy):
            view = require_safe(view)
            if policy.get("framed"):
                view = xframe_options_sameorigin(csp_override(FRAMED)(view))
            return self.admin_site.admin_view(_unlisted(view))

        outer = self.admin_site.admin_view(_unlisted(csp_override(FRAMING)(require_safe(self.preview_view))))
        addresses = []
        for start, name in (
            ("<int:pk>/vorschau/", "formats_preview"),
            ("neu/vorschau/", "formats_preview_new"),
        ):
            addresses += [
                path(start, outer, name=name),
                path(f"{start}<slug:text>/seite/", page(self.preview_page, framed=True)),
                path(f"{start}<slug:text>/druck/", page(self.preview_print, framed=True)),
                path(f"{start}<slug:text>/steckbrief.pdf", page(self.preview_pdf)),
                path(f"{start}<slug:text>/dateien/<path:name>", page(self.preview_file)),
            ]
        return [*addresses, *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except _Drawn as drawn:
            # All rows are as before: the exception has passed Django's own atomic block.
            return self._keep_preview(request, object_id, drawn)

    def save_model(self, request, obj, form, change):
        if _is_preview(request):
            _withhold(form, "picture")
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        if _is_preview(request):
            for part in formset.forms:
                _withhold(part, "file")
        super().save_formset(request, form, formset, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if _is_preview(request):
            snapshot = snapshot_of(sheet_of(Format.objects.get(pk=form.instance.pk)))
            _leave_out(snapshot)
            raise _Drawn(snapshot, files_left_out=bool(request.FILES))

    def preview_view(self, request, pk=None):
        """The frame around the pages: which text, on which device."""
        format, typed = self._previewed(request, pk)
        text = request.GET.get("text") or (SAVED if format and format.newest else TYPED)
        device = request.GET.get("ansicht") or "schreibtisch"
        if device not in DEVICES:
            raise Http404
        edition = self._edition(format, typed, text)
        context = self.admin_site.each_context(request) | {
            "title": f"Vorschau: {edition.title}",
            "format": format,
            "opts": self.opts,
            "list_url": reverse("admin:formats_format_changelist"),
            "edition": edition,
            "text": text,
            "texts": _texts(format, typed, text),
            "device": device,
            "devices": DEVICES.items(),
        }
        return TemplateResponse(request, "admin/formats/format/preview.html", context)

    def preview_page(self, request, text, pk=None):
        return self._frame(request, pk, text, "formats/draft_page.html")

    def preview_print(self, request, text, pk=None):
        return self._frame(request, pk, text, "formats/draft_print.html")

    def preview_pdf(self, request, text, pk=None):
        edition = self._edition(*self._previewed(request, pk), text)
        response = HttpResponse(
            render_pdf([edition], mark="Vorschau: nicht öffentlich"), content_type="application/pdf"
        )
        response["Content-Disposition"] = f'inline; filename="vorschau-{edition.slug}.pdf"'
        return response

    def preview_file(self, request, text, name, pk=None):
        """A file that this text names, also for those who may look but not edit."""
        if not names_file(self._edition(*self._previewed(request, pk), text), name):
            raise Http404
        return send_stored(name)

    def _frame(self, request, pk, text, template):
        edition = self._edition(*self._previewed(request, pk), text)
        # Messages wait for a page of the desk: here they would be read by nobody.
        context = draft_page(edition, files_at="../dateien/") | {"messages": ()}
        return HttpResponse(without_targets(render_to_string(template, context, request)))

    def _previewed(self, request, pk) -> tuple[Format | None, dict | None]:
        """The Steckbrief (None for a new one) and what this person has typed and not saved."""
        if pk is None and not self.has_add_permission(request):
            raise PermissionDenied
        format = get_object_or_404(Format.objects.with_draft(), pk=pk) if pk is not None else None
        if format and not self.has_view_or_change_permission(request, format):
            raise PermissionDenied
        kept = OpenForm.objects.of(request.user, format).first()
        typed = kept.sheet if kept else None
        if format and format.newest and typed == format.newest.snapshot:
            typed = None
        return format, typed

    def _edition(self, format, typed, text) -> Edition:
        """`entwurf`, `ungespeichert`, or the number of a revision; raises `Http404` for anything else."""
        newest = format.newest if format else None
        if text == TYPED and typed:
            return Edition(Revision(format=format, snapshot=typed, number=newest.number + 1 if newest else 1))
        if text == SAVED and newest:
            return Edition(newest)
        if format and text.isascii() and text.isdigit() and len(text) < 10:
            return Edition(get_object_or_404(format.revisions, number=int(text)))
        raise Http404

    def _keep_preview(self, request, object_id, drawn):
        format = Format.objects.with_draft().get(pk=object_id) if object_id else None
        OpenForm.objects.update_or_create(
            user=request.user,
            format=format,
            defaults={"sheet": drawn.snapshot, "seen_at": timezone.now()},
            create_defaults={
                "sheet": drawn.snapshot,
                "seen_at": timezone.now(),
                "base": format.newest.number if format and format.newest else None,
            },
        )
        if drawn.files_left_out:
            messages.info(request, NO_FILES)
        at = (
            reverse("admin:formats_preview", args=[format.pk])
            if format
            else reverse("admin:formats_preview_new")
        )
        return HttpResponseRedirect(f"{at}?text={TYPED}", status=303)


def _is_preview(request) -> bool:
    return "_preview" in request.POST


def _withhold(form, name: str) -> None:
    """Put what was stored before, or a mark, in the place of an upload: a preview stores nothing."""
    if name in form.fields and form.add_prefix(name) in form.files:
        setattr(form.instance, name, str(form.initial.get(name) or "") or _NOT_STORED)


def _leave_out(snapshot: dict) -> None:
    """Take out of the snapshot what only the upload would have brought."""
    snapshot["materials"] = [part for part in snapshot["materials"] if part["file"] != _NOT_STORED]
    if snapshot["picture"]["file"] == _NOT_STORED:
        snapshot["picture"]["file"] = ""


def _texts(format, typed, chosen: str) -> list[tuple[str, str]]:
    """The texts that can be looked at: value in the address and word."""
    texts = []
    if format and format.newest:
        word = "Gespeicherter Entwurf" if format.draft else "Öffentlicher Text"
        texts.append((SAVED, f"{word} (Fassung {format.newest.number})"))
    if typed:
        texts.append((TYPED, "Noch nicht gespeicherter Text"))
    if chosen not in (SAVED, TYPED):
        texts.append((chosen, f"Fassung {int(chosen)}"))
    return texts


def _unlisted(view):
    """Say to search engines that this is not for them."""

    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped
