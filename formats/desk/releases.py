"""Releasing on the desk: what changes, who asks, who approves, and when it goes public."""

from datetime import UTC, date, datetime, time

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from formats.actions import approve, ask_release, cancel_release, discard_draft, send_back
from formats.actions.releasing import IN_THE_PAST
from formats.changes import changes_between
from formats.letters import german_moment
from formats.models import Release
from formats.permissions import can_edit, can_release

NO_SUCH_TIME = (
    "Diese Uhrzeit gibt es an diesem Tag nicht, weil die Uhr auf Sommerzeit springt. "
    "Bitte wählen Sie eine Zeit vor 2 oder ab 3 Uhr."
)


def german_time(day: date, clock: time) -> datetime:
    """That moment in German time; of an hour that comes twice the first is meant.

    Raises `ValidationError` for the hour that summer time leaves out.
    """
    berlin = timezone.get_default_timezone()
    moment = datetime.combine(day, clock, berlin).astimezone(UTC)
    if moment.astimezone(berlin).time() != clock:
        raise ValidationError(NO_SUCH_TIME)
    return moment


class MomentForm(forms.Form):
    """„Sofort“ or „Am … um …“, with a sentence to the colleagues."""

    note = forms.CharField(
        label="Bemerkung",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )
    when = forms.ChoiceField(
        label="Wann?",
        choices=[("sofort", "sofort nach der Freigabe"), ("am", "zu einem Zeitpunkt")],
        initial="sofort",
        required=False,
        widget=forms.RadioSelect,
    )
    day = forms.DateField(
        label="Am",
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    clock = forms.TimeField(
        label="um",
        required=False,
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="Deutsche Zeit.",
    )

    def clean(self):
        cleaned = super().clean()
        self.publish_at = None
        if cleaned.get("when") != "am" or self.errors:
            return cleaned
        if not cleaned.get("day"):
            self.add_error("day", "Bitte nennen Sie den Tag.")
        elif not cleaned.get("clock"):
            self.add_error("clock", "Bitte nennen Sie die Uhrzeit.")
        else:
            try:
                self.publish_at = german_time(cleaned["day"], cleaned["clock"])
            except ValidationError as error:
                self.add_error("clock", error)
            else:
                if self.publish_at <= timezone.now():
                    self.add_error("day", IN_THE_PAST)
        return cleaned


class ReleaseMixin:
    """Adds the page „Freigabe“ to the admin of Steckbriefe: one address, a few named buttons."""

    def get_urls(self):
        page = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.release_view))
        return [path("<int:pk>/freigabe/", page, name="formats_release"), *super().get_urls()]

    def response_add(self, request, obj, post_url_continue=None):
        if "_release" in request.POST:
            return redirect("admin:formats_release", obj.pk)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if "_release" in request.POST:
            return redirect("admin:formats_release", obj.pk)
        return super().response_change(request, obj)

    def release_view(self, request, pk):
        format = self._format(request, pk)
        release = Release.objects.of(format).unfinished().with_people().last()
        form = MomentForm(request.POST if request.method == "POST" else None, initial=_wish(release))
        if request.method == "POST" and form.is_valid():
            try:
                said = self._act(request, format, release, form)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, said)
                return redirect("admin:formats_release", format.pk)
        return TemplateResponse(
            request,
            "admin/formats/format/release.html",
            self._context(request, format, title=f"Freigabe: {format}")
            | self._situation(request, format, release)
            | {"form": form},
        )

    def _situation(self, request, format, release):
        """What the page shows: the draft, its changes, where it stands, and what this person may do."""
        draft, live = format.draft, format.published
        may_release = bool(draft) and can_release(request.user, draft)
        return {
            "draft": draft,
            "live": live,
            "release": release,
            "changes": changes_between(live.snapshot, draft.snapshot) if live and draft else None,
            "may_edit": can_edit(request.user),
            "may_release": may_release,
            "wrote_it": bool(draft) and request.user.pk in draft.writers(),
            "decided": Release.objects.of(format).with_people()[:10],
        }

    def _act(self, request, format, release, form) -> str:
        """Do what the pressed button says; returns the sentence for the editor."""
        user, note, moment = request.user, form.cleaned_data["note"], form.publish_at
        if "_ask" in request.POST and can_edit(user) and format.draft:
            ask_release(format.draft, by=user, note=note, publish_at=moment)
            return "Zur Freigabe gegeben. Die Kolleg:innen haben eine Nachricht bekommen."
        if "_publish" in request.POST and format.draft:
            release = release or Release(revision=format.draft)
            if not can_release(user, format.draft):
                raise PermissionDenied
            release = ask_release(format.draft, by=user, note=note)
            release = approve(release, by=user, publish_at=moment)
            return _published_or_planned(release)
        if release and str(release.pk) != request.POST.get("release"):
            raise ValidationError("Inzwischen hat sich etwas geändert. Bitte sehen Sie noch einmal hin.")
        if "_approve" in request.POST and release:
            release = approve(release, by=user, comment=note, publish_at=moment)
            return _published_or_planned(release)
        if "_return" in request.POST and release and can_release(user, release.revision):
            send_back(release, by=user, comment=note)
            return "Mit Ihrer Begründung zurückgegeben."
        if "_cancel" in request.POST and release and can_edit(user):
            cancel_release(release)
            return "Aufgehoben. Der Entwurf bleibt."
        if "_discard" in request.POST and can_edit(user):
            discard_draft(format, by=user)
            return "Der Entwurf ist verworfen; im Verlauf bleibt er lesbar."
        raise PermissionDenied


def _wish(release) -> dict[str, object]:
    """What whoever asked wished for, as the first choice of whoever decides."""
    if not release or not release.publish_at or release.publish_at <= timezone.now():
        return {}
    moment = timezone.localtime(release.publish_at)
    return {"when": "am", "day": moment.date(), "clock": moment.time()}


def _published_or_planned(release) -> str:
    if release.published_at:
        return "Veröffentlicht. Leser:innen sehen den neuen Text in wenigen Sekunden."
    return f"Geplant: Der Text erscheint am {german_moment(release.publish_at)}."
