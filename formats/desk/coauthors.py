"""Co-authors on the desk: links for people without account, and what was remarked about the draft."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from formats.actions import make_coauthor_link, remark_on, settle_remarks
from formats.actions.reading import LINK_LASTS
from formats.drafts import address_of, is_open, with_places
from formats.forms import RemarkForm
from formats.models import CoauthorLink, Remark
from formats.permissions import can_edit


class LinkForm(forms.Form):
    name = forms.CharField(
        label="Für wen?",
        max_length=120,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        help_text="Beispiel: Frau Muster, Stadt Auenlinden",
        error_messages={"required": "Bitte schreiben Sie, für wen der Link ist."},
    )
    days = forms.IntegerField(
        label="Wie viele Tage soll er gelten?",
        min_value=1,
        max_value=60,
        initial=LINK_LASTS.days,
        help_text="1 bis 60 Tage.",
    )


class DeskRemarkForm(RemarkForm):
    """A remark of somebody of the Redaktion: the account says who."""

    name = None


class PickLink(forms.Form):
    link = forms.ModelChoiceField(CoauthorLink.objects.none())

    def __init__(self, data, format):
        super().__init__(data)
        self.fields["link"].queryset = CoauthorLink.objects.of(format)


class PickRemark(forms.Form):
    remark = forms.ModelChoiceField(Remark.objects.none())

    def __init__(self, data, format):
        super().__init__(data)
        self.fields["remark"].queryset = Remark.objects.of(format)


class CoauthorMixin:
    """Adds the page „Mitautor:innen“ to the admin of Steckbriefe: one address, a few named buttons."""

    def get_urls(self):
        page = require_http_methods(["GET", "HEAD", "POST"])(self.coauthors_view)
        address = path("<int:pk>/mitautoren/", self.admin_site.admin_view(page), name="formats_coauthors")
        return [address, *super().get_urls()]

    def coauthors_view(self, request, pk):
        format = self._format(request, pk)
        link_form = LinkForm(request.POST if "_make" in request.POST else None)
        remark_form = DeskRemarkForm(request.POST if "_remark" in request.POST else None)
        if request.method == "POST":
            if not can_edit(request.user):
                raise PermissionDenied
            said = self._do(request, format, link_form, remark_form)
            if said:
                messages.success(request, said)
                return redirect("admin:formats_coauthors", format.pk)
        context = self._context(request, format, title=f"Mitautor:innen: {format}") | {
            "may_edit": can_edit(request.user),
            "link_form": link_form,
            "remark_form": remark_form,
            "links": _shown(CoauthorLink.objects.of(format).select_related("created_by")),
            "remarks": with_places(Remark.objects.of(format).with_origin().select_related("settled_by")),
        }
        return TemplateResponse(request, "admin/formats/format/coauthors.html", context)

    def _do(self, request, format, link_form, remark_form) -> str:
        """What the pressed button says; returns the sentence for the editor, empty if a form is wrong."""
        user, data = request.user, request.POST
        if "_make" in data and format.newest:
            if not link_form.is_valid():
                return ""
            link = make_coauthor_link(format, by=user, **link_form.cleaned_data)
            return f"Der Link für „{link.name}“ gilt bis {timezone.localtime(link.expires_at):%d.%m.%Y}."
        if "_remark" in data and format.newest:
            if not remark_form.is_valid():
                return ""
            remark_on(format.newest, name=str(user)[:120], author=user, **remark_form.values())
            return "Ihre Bemerkung steht beim Entwurf."
        if "_revoke" in data and (form := PickLink(data, format)).is_valid():
            link = form.cleaned_data["link"]
            open_ones = CoauthorLink.objects.of(format).filter(pk=link.pk, revoked_at__isnull=True)
            open_ones.update(revoked_at=timezone.now())
            return f"Der Link für „{link.name}“ ist widerrufen."
        if "_settle" in data and (form := PickRemark(data, format)).is_valid():
            settle_remarks(Remark.objects.of(format).filter(pk=form.cleaned_data["remark"].pk), by=user)
            return "Die Bemerkung ist erledigt."
        raise Http404


def _shown(links) -> list[dict]:
    """Each link with its address and whether it still opens."""
    now = timezone.now()
    return [{"link": link, "address": address_of(link), "is_open": is_open(link, now)} for link in links]
