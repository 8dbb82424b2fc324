"""The history of a Steckbrief on the editors' desk: who changed what and why, undo, export."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from formats.actions import restore
from formats.changes import changes_between
from formats.models import Format, Revision


class RestoreForm(forms.Form):
    reason = forms.CharField(label="Warum?", max_length=200, required=False)


class HistoryMixin:
    """Adds the pages of the history to the admin of Steckbriefe. Reading needs the right to view."""

    def get_urls(self):
        def page(view, allowed=require_safe):
            return self.admin_site.admin_view(allowed(view))

        revision = "<int:pk>/fassung/<int:number>/"
        asks = require_http_methods(["GET", "HEAD", "POST"])
        return [
            path("<int:pk>/verlauf.json", page(self.history_export), name="formats_history_export"),
            path(revision, page(self.revision_view), name="formats_revision"),
            path(f"{revision}wiederherstellen/", page(self.restore_view, asks), name="formats_restore"),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        """All revisions, newest first (takes the place of Django's own log of changes)."""
        format = self._format(request, object_id)
        context = self._context(request, format, title=f"Verlauf: {format}")
        context["revisions"] = format.revisions.newest_first().with_author()
        return TemplateResponse(request, "admin/formats/format/history.html", context)

    def revision_view(self, request, pk, number):
        """What a revision changed against the one before, and what has changed since."""
        format = self._format(request, pk)
        revision = get_object_or_404(format.revisions.with_author(), number=number)
        before = Revision.objects.before(revision)
        live = format.published
        context = self._context(request, format, title=f"Fassung {number}: {format}")
        context |= {
            "revision": revision,
            "before": before,
            "changes": changes_between(before.snapshot, revision.snapshot) if before else None,
            "is_live": revision == live,
            "is_draft": revision.pk == format.draft_id,
            "since": changes_between(revision.snapshot, live.snapshot) if live and live != revision else None,
            "may_change": self.has_change_permission(request, format),
        }
        return TemplateResponse(request, "admin/formats/format/revision.html", context)

    def restore_view(self, request, pk, number):
        """Asks before an old revision becomes the newest draft again."""
        format = self._format(request, pk)
        if not self.has_change_permission(request, format):
            raise PermissionDenied
        revision = get_object_or_404(format.revisions, number=number)
        form = RestoreForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                made = restore(revision, author=request.user, reason=form.cleaned_data["reason"])
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, f"Wiederhergestellt als Entwurf (Fassung {made.number}).")
                return redirect("admin:formats_release", format.pk)
        context = self._context(request, format, title=f"Fassung {number} wiederherstellen: {format}")
        context |= {"revision": revision, "form": form}
        return TemplateResponse(request, "admin/formats/format/restore.html", context)

    def history_export(self, request, pk):
        """All revisions with author, moment and reason as one JSON file."""
        format = self._format(request, pk)
        revisions = [
            {
                "number": revision.number,
                "created_at": revision.created_at.isoformat(timespec="seconds"),
                "author": str(revision.author or ""),
                "origin": revision.origin,
                "reason": revision.reason,
                "snapshot": revision.snapshot,
            }
            for revision in format.revisions.newest_first().with_author()
        ]
        data = {"slug": format.slug, "revisions": revisions}
        response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
        response["Content-Disposition"] = f'attachment; filename="{format.slug}-verlauf.json"'
        return response

    def _format(self, request, pk) -> Format:
        format = get_object_or_404(Format.objects.with_revision(), pk=pk)
        if not self.has_view_or_change_permission(request, format):
            raise PermissionDenied
        return format

    def _context(self, request, format, *, title):
        return self.admin_site.each_context(request) | {
            "title": title,
            "format": format,
            "opts": self.opts,
            "list_url": reverse("admin:formats_format_changelist"),
        }
