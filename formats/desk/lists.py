"""The list of Steckbriefe on the desk: where each stands, what it lacks, filters, work on several."""

from datetime import date

from django.contrib import admin, messages
from django.contrib.admin.options import ActionLocation
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html

from formats.actions import ask_release, withdraw
from formats.completeness import completeness_of
from formats.desk.lifecycle import LifecycleMixin, WithdrawNoteForm, in_one_go
from formats.desk.yaml_files import yaml_response
from formats.models import Format
from formats.reviews import AHEAD, SOON, mark_reviewed
from formats.standing import (
    Standing,
    due_between,
    german_day_and_time,
    with_reader_voices,
    with_review_date,
    with_standing,
)


class StandingFilter(admin.SimpleListFilter):
    title = "Stand"
    parameter_name = "stand"

    def lookups(self, request, model_admin):
        return Standing.choices

    def queryset(self, request, queryset):
        return queryset.filter(standing=self.value()) if self.value() else queryset


class ReviewFilter(admin.SimpleListFilter):
    """By the review date that counts; „fällig“ is what the reminder tells of."""

    title = "Prüfung"
    parameter_name = "pruefung"

    def lookups(self, request, model_admin):
        return [
            ("faellig", "fällig (überfällig oder in 14 Tagen)"),
            ("bald", "bald (in 90 Tagen)"),
            ("spaeter", "später"),
            ("ohne", "ohne Prüftermin"),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        match self.value():
            case "faellig":
                return queryset.filter(due_between(None, today + AHEAD))
            case "bald":
                return queryset.filter(due_between(today + AHEAD, today + SOON))
            case "spaeter":
                return queryset.filter(due_between(today + SOON, None))
            case "ohne":
                return queryset.filter(review_day__isnull=True)
        return queryset


class CompletenessFilter(admin.SimpleListFilter):
    """The rule is Python (`completeness_of`), so the newest texts are read once and sorted out here."""

    title = "Vollständigkeit"
    parameter_name = "vollstaendig"

    def lookups(self, request, model_admin):
        return [("ja", "vollständig"), ("nein", "unvollständig")]

    def queryset(self, request, queryset):
        if self.value() not in ("ja", "nein"):
            return queryset
        wanted = self.value() == "ja"
        keys = [
            f.pk for f in Format.objects.with_draft() if completeness_of(_newest(f)).is_complete == wanted
        ]
        return queryset.filter(pk__in=keys)


class ListMixin(LifecycleMixin):
    """The list, and what can be done with several Steckbriefe at once."""

    list_display = [
        "number",
        "title",
        "kind",
        "state",
        "review",
        "completeness",
        "helpful",
        "corrections",
    ]
    list_display_links = ["title"]
    list_filter = [StandingFilter, ReviewFilter, CompletenessFilter, "kind", "provenance", "effort", "mode"]
    list_select_related = ["published", "draft"]
    list_per_page = 50
    search_fields = ["title", "summary", "slug"]
    actions = ["ask_chosen", "review_chosen", "withdraw_chosen", "download_chosen"]

    def get_queryset(self, request):
        return with_review_date(with_reader_voices(with_standing(super().get_queryset(request))))

    def get_actions(self, request, action_location=ActionLocation.CHANGE_LIST):
        # Deleting is one Steckbrief at a time, and only of what never was public.
        actions = super().get_actions(request, action_location=action_location)
        actions.pop("delete_selected", None)
        return actions

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Steckbriefe"} | (extra_context or {}))

    # Columns ------------------------------------------------------------------------------------------

    @admin.display(description="Stand", ordering="planned_at")
    def state(self, format):
        standing = Standing(format.standing)
        planned = f"geplant für {german_day_and_time(format.planned_at)}" if format.planned_at else ""
        word = planned if standing == Standing.PLANNED else standing.label
        besides = [planned] if planned and standing != Standing.PLANNED else []
        if format.published_id and standing in (Standing.FAILED, Standing.ASKED, Standing.PLANNED):
            besides.append("öffentlich ist die bisherige Fassung")
        return format_html(
            '<span class="standing"><span aria-hidden="true">{}</span> {}</span>{}',
            standing.shape,
            word,
            format_html('<br><span class="desk-quiet">{}</span>', "; ".join(besides)) if besides else "",
        )

    @admin.display(description="Prüfen am", ordering="review_day")
    def review(self, format):
        today = timezone.localdate()
        if not format.review_day:
            return "kein Termin"
        day = date.fromisoformat(format.review_day)
        if day < today:
            return format_html("<strong>überfällig</strong><br>{}", f"{day:%d.%m.%Y}")
        return f"{day:%d.%m.%Y}{' (bald)' if day <= today + AHEAD else ''}"

    @admin.display(description="Vollständig")
    def completeness(self, format):
        found = completeness_of(_newest(format))
        if found.is_complete:
            return str(found)
        return format_html(
            '{}<br><span class="desk-quiet">Es fehlt: {}</span>', found, ", ".join(found.missing)
        )

    @admin.display(description="Hilfreich", ordering="helpful_votes")
    def helpful(self, format):
        return f"{format.helpful_votes} von {format.votes}" if format.votes else "–"

    @admin.display(description="Offene Hinweise", ordering="open_corrections")
    def corrections(self, format):
        return format.open_corrections or "–"

    # Work on several ----------------------------------------------------------------------------------

    @admin.action(description="Zur Freigabe geben", permissions=["change"])
    def ask_chosen(self, request, queryset):
        done, without, refused = [], [], []
        for format in queryset.with_draft():
            if not format.draft:
                without.append(format.title)
                continue
            try:
                ask_release(format.draft, by=request.user)
            except ValidationError as error:
                refused.append(f"{format.title}: {' '.join(error.messages)}")
            else:
                done.append(format.title)
        self._say(request, messages.SUCCESS, "Zur Freigabe gegeben", done)
        self._say(request, messages.WARNING, "Ohne Entwurf, also nichts freizugeben", without)
        self._say(request, messages.ERROR, "So nicht freizugeben", refused)

    @admin.action(
        description="Als geprüft kennzeichnen (Stand heute, wieder in 12 Monaten)", permissions=["change"]
    )
    def review_chosen(self, request, queryset):
        with in_one_go():
            titles = []
            for format in queryset:
                mark_reviewed(format, by=request.user)
                titles.append(format.title)
        said = "Als geprüft gekennzeichnet, als Entwurf; öffentlich wird das Datum mit der Freigabe"
        self._say(request, messages.SUCCESS, said, titles)

    @admin.action(description="Von der Seite nehmen …", permissions=["change"])
    def withdraw_chosen(self, request, queryset):
        """Asks on a page of its own, then withdraws what of the chosen ones is public."""
        form = WithdrawNoteForm(request.POST if "_confirmed" in request.POST else None)
        with in_one_go():
            public = list(queryset.published().with_revision())
            if public and form.is_valid():
                for format in public:
                    withdraw(format, by=request.user, note=form.cleaned_data["note"])
                self._say(request, messages.SUCCESS, "Von der Seite genommen", [f.title for f in public])
                return None
        others = [format.title for format in queryset if format not in public]
        if not public:
            self._say(request, messages.WARNING, "Nicht öffentlich", others)
            return None
        context = self.admin_site.each_context(request) | {
            "title": "Von der Seite nehmen?",
            "opts": self.opts,
            "public": public,
            "others": others,
            "form": form,
        }
        return TemplateResponse(request, "admin/formats/format/withdraw_chosen.html", context)

    @admin.action(description="Als YAML herunterladen (neuester Stand)", permissions=["view"])
    def download_chosen(self, request, queryset):
        formats = [format for format in queryset.with_draft() if format.newest]
        try:
            return yaml_response([format.newest.snapshot for format in formats])
        except FileNotFoundError:
            messages.error(
                request, "Eine Datei eines Steckbriefs fehlt im Speicher. Bitte sagen Sie Bescheid."
            )
            return None

    def _say(self, request, level, said, titles):
        if titles:
            messages.add_message(request, level, f"{said}: {', '.join(titles)}.")


def _newest(format: Format) -> dict:
    """The newest text; what was never saved says nothing."""
    return format.newest.snapshot if format.newest else {}
