"""Typing a Steckbrief on the desk: the form, what is kept while it is open, and saving beside others."""

import logging

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from formats.desk.forms import RESUMED
from formats.desk.parts import PartGroup
from formats.desk.rescue import (
    RESUME,
    TOKEN,
    as_data,
    forget,
    keep_typed,
    owner_of,
    rescue,
    rescuing,
    seen,
    token_for,
    typed_of,
)
from formats.desk.rows import add_blank_rows, move_files, settle_rows, stored_rows
from formats.desk.sections import FIELDSETS, reading_notes, sections_of, typed_values
from formats.models import Format, OpenForm
from formats.permissions import can_edit
from formats.sheets import sheet_of, snapshot_of

log = logging.getLogger(__name__)

NOT_YOURS = (
    "Dieses Formular hatte jemand anderes offen. Gespeichert ist nichts; "
    "die Eingaben sind für diese Person aufgehoben."
)
NOT_SAVED = (
    "Das Speichern ist an der Datenbank gescheitert. Ihre Eingaben sind aufgehoben und stehen wieder hier: "
    "Bitte versuchen Sie es noch einmal, und sagen Sie der Administration Bescheid, wenn es wieder geschieht."
)
LOGGED_OUT = "Sie sind abgemeldet. Ihre Eingaben stehen noch hier"
OVERTAKEN = "Inzwischen hat jemand denselben Steckbrief gespeichert. Bitte wählen Sie, was gelten soll."


class _Overtaken(Exception):
    """Carries the snapshot of what was typed out of the transaction, which is rolled back by it."""

    def __init__(self, snapshot):
        self.snapshot = snapshot


class TypingMixin:
    """The change form of Steckbriefe; stands before the other mixins, so that it sees every save."""

    change_form_template = "admin/formats/format/change_form.html"
    fieldsets = FIELDSETS

    def get_urls(self):
        """The form itself too: what is posted without a session is kept."""
        enter = self.admin_site.has_permission

        def page(view):
            return rescuing(self.admin_site.admin_view(view), enter)

        beat = never_cache(require_http_methods(["GET", "HEAD", "POST"])(self.autosave_view))
        discard = self.admin_site.admin_view(require_POST(self.discard_view))
        return [
            path("neu/zwischenstand/", beat, name="formats_autosave_new"),
            path("<int:pk>/zwischenstand/", beat, name="formats_autosave"),
            path("neu/eingaben-verwerfen/", discard, name="formats_discard_new"),
            path("<int:pk>/eingaben-verwerfen/", discard, name="formats_discard"),
            path("add/", page(self.add_view), name="formats_format_add"),
            path("<path:object_id>/change/", page(self.change_view), name="formats_format_change"),
            *super().get_urls(),
        ]

    # Opening and sending the form.

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        format = self._known(object_id)
        if request.method != "POST":
            if RESUME.endswith(f"={request.GET.get('eingaben')}"):
                request.resumed_typing = self._resumed(request, format)
                if request.resumed_typing is None:
                    return redirect(request.path)
            return super().changeform_view(request, object_id, form_url, extra_context)
        owner = owner_of(request.POST.get(TOKEN, ""))
        if owner and owner.user != request.user.pk:
            rescue(request)
            messages.error(request, NOT_YOURS)
            return redirect(request.path)
        return self._send(request, format, object_id, form_url, extra_context)

    def _send(self, request, format, object_id, form_url, extra_context):
        request.POST = data = request.POST.copy()
        request._files = move_files(request.FILES, settle_rows(data, stored_rows(format)))
        if data.get("_more"):
            data[RESUMED] = "1"
            add_blank_rows(data, data["_more"])
        try:
            with transaction.atomic():
                response = super().changeform_view(request, object_id, form_url, extra_context)
        except _Overtaken as overtaken:
            keep_typed(request.user, format, data, sheet=overtaken.snapshot)
            messages.warning(request, OVERTAKEN)
            return redirect("admin:formats_merge", format.pk)
        except DatabaseError:
            log.exception("A Steckbrief could not be saved")
            keep_typed(request.user, format, data)
            messages.error(request, NOT_SAVED)
            return HttpResponseRedirect(request.path + RESUME)
        if not getattr(request, "typing_is_saved", False):
            keep_typed(request.user, format, data)
        return response

    def save_related(self, request, form, formsets, change):
        for formset in formsets:
            formset.only_typed = form.overtaken
        super().save_related(request, form, formsets, change)
        if form.overtaken:
            raise _Overtaken(snapshot_of(sheet_of(Format.objects.get(pk=form.instance.pk))))

    def response_add(self, request, obj, post_url_continue=None):
        self._saved(request, None)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        self._saved(request, obj)
        return super().response_change(request, obj)

    def _saved(self, request, format):
        request.typing_is_saved = True
        forget(request.user, format)

    def _known(self, object_id) -> Format | None:
        key = unquote(object_id) if object_id else ""
        return (
            Format.objects.with_draft().filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
        )

    def _resumed(self, request, format):
        """What this person typed and did not save, as data for the form; None if there is nothing."""
        kept = OpenForm.objects.of(request.user, format).with_typed().first()
        if not kept:
            return None
        data = as_data(kept.typed)
        data[RESUMED] = "1"
        settle_rows(data, stored_rows(format))
        return data

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        resumed = getattr(request, "resumed_typing", None)
        return type(form.__name__, (form,), {"resumed": resumed}) if resumed else form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        resumed = getattr(request, "resumed_typing", None)
        return kwargs | {"data": resumed} if resumed else kwargs

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None):
        groups = super().get_inline_formsets(request, formsets, inline_instances, obj)
        for group in groups:
            group.__class__ = PartGroup
        return groups

    # What the page shows.

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        may_type = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        context["sections"] = sections_of(context["adminform"], context["inline_admin_formsets"], obj)
        context["may_type"] = may_type
        if may_type:
            context |= self._desk(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _desk(self, request, format):
        """Who else is here, what lies here unsaved, and where the form sends what is typed."""
        is_shown_again = request.method == "POST" or bool(getattr(request, "resumed_typing", None))
        kept = seen(request.user, format)
        return {
            "typing_token": token_for(request.user, format),
            "others": OpenForm.objects.others(request.user, format, timezone.now()),
            "unsaved": None if is_shown_again or not kept.typed else kept,
            "resume_url": request.path + RESUME,
            "is_resumed": request.method != "POST" and is_shown_again,
            "newer": _newer(format, request, kept),
            "autosave_url": _address("formats_autosave", format),
            "discard_url": _address("formats_discard", format),
            "files_lost": bool(request.FILES),
        }

    # What scripts ask for while the form is open.

    def autosave_view(self, request, pk=None):
        """Keep what is typed; answers who else is here, whether a newer revision has come, how it reads."""
        owner = owner_of(request.POST.get(TOKEN, "") or request.headers.get("X-Typing-Token", ""))
        if not self.admin_site.has_permission(request):
            kept = rescue(request) if request.method == "POST" else None
            login = f"{reverse('admin:login')}?next={reverse('admin:index')}"
            said = f"{LOGGED_OUT} und sind aufgehoben." if kept else f"{LOGGED_OUT}."
            return JsonResponse({"said": said, "login": login}, status=401)
        if owner and owner.user != request.user.pk:
            rescue(request)
            return JsonResponse({"said": NOT_YOURS}, status=409)
        format = get_object_or_404(Format.objects.with_draft(), pk=pk) if pk is not None else None
        if not (self.has_change_permission(request, format) if format else self.has_add_permission(request)):
            return JsonResponse({"said": "Sie dürfen hier nicht (mehr) schreiben."}, status=403)
        answer = {}
        if "title" in request.POST or "steps-TOTAL_FORMS" in request.POST:
            keep_typed(request.user, format, request.POST)
            answer["saved_at"] = timezone.localtime().strftime("%H:%M")
            answer["reading"] = reading_notes(typed_values(typed_of(request.POST)))
        else:
            seen(request.user, format)
        others = OpenForm.objects.others(request.user, format, timezone.now())
        answer |= {
            "others": [
                f"{other.user} (seit {timezone.localtime(other.opened_at):%H:%M} Uhr)" for other in others
            ],
            "newest": format.newest.number if format and format.newest else None,
            "newest_by": str(format.newest.author or "Datei") if format and format.newest else "",
            "csrf": get_token(request),
        }
        return JsonResponse(answer)

    def discard_view(self, request, pk=None):
        """Throw away what was typed and not saved."""
        if not can_edit(request.user):
            raise PermissionDenied
        format = self._known(str(pk)) if pk is not None else None
        if pk is not None and format is None:
            raise Http404
        forget(request.user, format)
        messages.info(request, "Die nicht gespeicherten Eingaben sind verworfen.")
        if format:
            return redirect("admin:formats_format_change", format.pk)
        return redirect("admin:formats_format_add")


def _address(name: str, format: Format | None) -> str:
    return reverse(f"admin:{name}", args=[format.pk]) if format else reverse(f"admin:{name}_new")


def _newer(format, request, kept):
    """The newest revision, if the form shows typing that began from another one."""
    shown = getattr(request, "resumed_typing", None) or (request.POST if request.method == "POST" else None)
    base = shown.get("revision") if shown else kept.typed and kept.base and str(kept.base)
    newest = format.newest if format else None
    return newest if base and newest and base != str(newest.number) else None
