"""The editors' desk of the guide: outline, picture and checks of a draft; publishing swaps the whole tree.

Every page works without JavaScript and asks the database a fixed number of times, however large
the tree is: a draft is one value.
"""

import difflib
import functools
from dataclasses import replace
from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from formats.content_files import BrokenContent
from formats.guide.actions import (
    discard_draft,
    findings_of,
    publish_draft,
    save_draft,
    settle_notes,
    withdraw_tree,
    working_plan,
)
from formats.guide.desk_forms import HeadForm, ImportForm, OutcomeForm, QuestionForm, digest_of
from formats.guide.editions import TreeEdition
from formats.guide.files import read_text, tree_text
from formats.guide.pages import Place
from formats.guide.picture import lay_out, outline_html, outline_of, svg_of
from formats.guide.plan import Option, Outcome, Plan, Question
from formats.guide.schema import data_of, plan_from
from formats.guide.walk import read_address, walk
from formats.models import Tree, TreeCount, TreeNote, TreeRevision
from formats.views.guide import show_place

COUNTED_DAYS = 30
LARGEST_FILE = 200_000


def starting_plan(title: str) -> Plan:
    """What a new tree begins with: one question and one outcome, to be written over."""
    unsure = Option(key="offen", text="Weiß ich nicht", unsure=True, outcome="ergebnis")
    question = Question("erste-frage", "Erste Frage", "Worum geht es?", options=(unsure,))
    return Plan(
        position=100,
        title=title,
        summary="Noch zu schreiben.",
        note="",
        responsible="Geschäftsstelle der Kleinstadtakademie",
        as_of=timezone.localdate(),
        review_due=None,
        shown_in=(),
        questions={question.key: question},
        outcomes={"ergebnis": Outcome("ergebnis", "Ergebnis")},
    )


def one_after_the_other(view):
    """Whoever saves a part of a tree holds its row from before reading it: no save loses another's."""

    @functools.wraps(view)
    def held(*args, **kwargs):
        request = next(arg for arg in args if isinstance(arg, HttpRequest))
        if request.method != "POST":
            return view(*args, **kwargs)
        with transaction.atomic():
            Tree.objects.hold(kwargs.get("pk") or kwargs.get("object_id") or args[-1])
            return view(*args, **kwargs)

    return held


@admin.register(Tree)
class TreeAdmin(admin.ModelAdmin):
    list_display = ["title", "slug", "public_number", "draft_at", "draft_by"]
    list_select_related = ["published", "draft_by"]
    fields = ["title", "slug"]
    prepopulated_fields = {"slug": ["title"]}

    @admin.display(description="öffentlich")
    def public_number(self, tree):
        return f"Fassung {tree.published.number}" if tree.published else "–"

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        save_draft(obj, starting_plan(obj.title), by=request.user)

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(request, "Angelegt. Schreiben Sie jetzt Fragen und Ergebnisse.")
        return redirect("admin:formats_tree_change", obj.pk)

    def get_urls(self):
        def page(route, view, allowed, name):
            view = one_after_the_other(view)
            return path(
                f"<int:pk>/{route}", self.admin_site.admin_view(allowed(view)), name=f"formats_tree_{name}"
            )

        asks = require_http_methods(["GET", "HEAD", "POST"])
        return [
            page("frage/", self.question_view, asks, "question_new"),
            page("frage/<slug:key>/", self.question_view, asks, "question"),
            page("ergebnis/", self.outcome_view, asks, "outcome_new"),
            page("ergebnis/<slug:key>/", self.outcome_view, asks, "outcome"),
            page("vorschau/", self.preview_view, require_safe, "preview"),
            page("datei.yaml", self.export_view, require_safe, "export"),
            page("einlesen/", self.import_view, require_POST, "import"),
            page("veroeffentlichen/", self.publish_view, require_POST, "publish"),
            page("zurueckziehen/", self.withdraw_view, require_POST, "withdraw"),
            page("verwerfen/", self.discard_view, require_POST, "discard"),
            page("fassung/<int:number>.yaml", self.revision_view, require_safe, "revision"),
            page("fassung/<int:number>/zurueckholen/", self.restore_view, require_POST, "restore"),
            *super().get_urls(),
        ]

    # The page of a tree.

    @one_after_the_other
    def change_view(self, request, object_id, form_url="", extra_context=None):
        tree = self._tree(request, object_id, to_change=request.method == "POST")
        plan = working_plan(tree)
        sent = request.POST if request.method == "POST" else None
        form = HeadForm(sent, plan=plan, stored=_head(plan), by=str(tree.draft_by or ""))
        if sent is not None and form.is_valid():
            save_draft(tree, form.made, by=request.user)
            messages.success(request, "Im Entwurf gespeichert.")
            return redirect("admin:formats_tree_change", tree.pk)
        return self._answer(
            request, tree, "change", self._overview(tree, plan) | {"form": form, "plan": plan}
        )

    def _overview(self, tree, plan):
        since = timezone.localdate() - timedelta(days=COUNTED_DAYS)
        totals = TreeCount.objects.since(tree.published, since).totals() if tree.published else {}
        nodes = lay_out(plan, totals, lambda kind, key: _url(kind, tree.pk, key))
        findings = findings_of(tree, plan)
        return {
            "findings": [(finding, _url(*_element(finding, tree))) for finding in findings],
            "errors": sum(finding.is_error for finding in findings),
            "picture": svg_of(plan, nodes),
            "outline": outline_html(outline_of(plan, nodes, totals)),
            "counted_days": COUNTED_DAYS,
            "is_counted": bool(totals),
            "differences": _differences(tree, plan) if tree.draft and tree.published else [],
            "revisions": tree.revisions.newest_first().with_author(),
            "import_form": ImportForm(),
            "stand": digest_of(tree.draft),
        }

    # One question, one outcome.

    def question_view(self, request, pk, key=""):
        return self._element_view(request, pk, key, QuestionForm, "question")

    def outcome_view(self, request, pk, key=""):
        return self._element_view(request, pk, key, OutcomeForm, "outcome")

    def _element_view(self, request, pk, key, form_class, kind):
        tree = self._tree(request, pk, to_change=True)
        plan = working_plan(tree)
        known = plan.questions if kind == "question" else plan.outcomes
        if key and key not in known:
            messages.error(request, "Diesen Teil gibt es im Entwurf nicht mehr.")
            return redirect("admin:formats_tree_change", tree.pk)
        sent = request.POST if request.method == "POST" else None
        if sent is not None and "loeschen" in sent and key:
            return self._drop(request, tree, plan, kind, key)
        form = form_class(sent, plan=plan, key=key, by=str(tree.draft_by or ""))
        if sent is not None and form.is_valid():
            save_draft(tree, form.made, by=request.user)
            messages.success(request, "Im Entwurf gespeichert.")
            here = redirect(_url(kind, tree.pk, form.key))
            return here if "bleiben" in sent else redirect("admin:formats_tree_change", tree.pk)
        findings = [one for one in findings_of(tree, plan) if one.element == (kind, key)] if key else []
        context = {"form": form, "key": key, "findings": [(one, "") for one in findings]}
        return self._answer(request, tree, kind, context)

    def _drop(self, request, tree, plan, kind, key):
        parts = {"question": "questions", "outcome": "outcomes"}[kind]
        left = {name: part for name, part in getattr(plan, parts).items() if name != key}
        save_draft(tree, replace(plan, **{parts: left}), by=request.user)
        messages.success(
            request, "Aus dem Entwurf gelöscht. Die Prüfung nennt Antworten, die dorthin führten."
        )
        return redirect("admin:formats_tree_change", tree.pk)

    # What happens to the tree as a whole.

    def publish_view(self, request, pk):
        tree = self._tree(request, pk, to_change=True)
        if request.POST.get("stand", digest_of(tree.draft)) != digest_of(tree.draft):
            messages.error(
                request,
                "Noch nicht veröffentlicht: Der Entwurf wurde inzwischen geändert. "
                "Bitte sehen Sie ihn noch einmal durch.",
            )
            return redirect("admin:formats_tree_change", tree.pk)
        try:
            revision = publish_draft(tree, author=request.user, reason=request.POST.get("grund", "")[:250])
        except ValidationError as error:
            messages.error(request, f"Noch nicht veröffentlicht: {error.messages[0]}")
        else:
            messages.success(
                request,
                f"Fassung {revision.number} ist öffentlich. Wer gerade unterwegs ist, beendet die alte.",
            )
        return redirect("admin:formats_tree_change", tree.pk)

    def withdraw_view(self, request, pk):
        tree = self._tree(request, pk, to_change=True)
        withdraw_tree(tree)
        messages.success(request, "Von der Seite genommen. Der Text steht als Entwurf bereit.")
        return redirect("admin:formats_tree_change", tree.pk)

    def discard_view(self, request, pk):
        tree = self._tree(request, pk, to_change=True)
        if tree.published:
            discard_draft(tree)
            messages.success(request, "Der Entwurf ist verworfen; es gilt der öffentliche Text.")
        return redirect("admin:formats_tree_change", tree.pk)

    def restore_view(self, request, pk, number):
        tree = self._tree(request, pk, to_change=True)
        revision = get_object_or_404(TreeRevision, tree=tree, number=number)
        save_draft(tree, plan_from(revision.snapshot), by=request.user)
        messages.success(request, f"Fassung {number} ist jetzt der Entwurf. Öffentlich wird sie erst danach.")
        return redirect("admin:formats_tree_change", tree.pk)

    # Files and preview.

    def import_view(self, request, pk):
        tree = self._tree(request, pk, to_change=True)
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            messages.error(request, "Bitte wählen Sie eine Datei aus.")
            return redirect("admin:formats_tree_change", tree.pk)
        upload = form.cleaned_data["datei"]
        try:
            plan, _ = read_text(upload.read(LARGEST_FILE + 1), upload.name[:80])
        except BrokenContent as broken:
            context = {"problems": [str(problem) for problem in broken.problems], "name": upload.name[:80]}
            return self._answer(request, tree, "import", context, status=422)
        save_draft(tree, plan, by=request.user)
        messages.success(request, "Eingelesen. Der Inhalt der Datei ist jetzt der Entwurf.")
        return redirect("admin:formats_tree_change", tree.pk)

    def export_view(self, request, pk):
        tree = self._tree(request, pk)
        return _file(f"{tree.slug}.yaml", working_plan(tree))

    def revision_view(self, request, pk, number):
        tree = self._tree(request, pk)
        revision = get_object_or_404(TreeRevision, tree=tree, number=number)
        return _file(f"{tree.slug}-fassung-{number}.yaml", plan_from(revision.snapshot))

    def preview_view(self, request, pk):
        """Walk the draft as a visitor would; nothing is counted."""
        tree = self._tree(request, pk)
        address = read_address(request.META["QUERY_STRING"])
        url = reverse("admin:formats_tree_preview", args=[tree.pk])
        edition = TreeEdition(tree.slug, 0, working_plan(tree), url=url)
        return show_place(request, Place(edition, walk(edition.plan, address.answers)))

    def _tree(self, request, pk, *, to_change=False) -> Tree:
        tree = get_object_or_404(Tree.objects.with_desk_details(), pk=pk)
        may = self.has_change_permission if to_change else self.has_view_or_change_permission
        if not may(request, tree):
            raise PermissionDenied
        return tree

    def _answer(self, request, tree, template, context, status=200):
        context = self.admin_site.each_context(request) | {
            "title": tree.title,
            "tree": tree,
            "opts": self.opts,
            "may_change": self.has_change_permission(request, tree),
            **context,
        }
        return TemplateResponse(request, f"admin/formats/tree/{template}.html", context, status=status)


def _head(plan: Plan) -> dict:
    return {key: value for key, value in data_of(plan).items() if key not in ("questions", "outcomes")}


def _element(finding, tree) -> tuple[str, int, str]:
    kind, key = finding.element
    return (kind or "change", tree.pk, key)


def _url(kind: str, pk: int, key: str) -> str:
    return reverse(f"admin:formats_tree_{kind}", args=[pk, key] if key else [pk])


def _file(name: str, plan: Plan) -> HttpResponse:
    response = HttpResponse(tree_text(plan), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _differences(tree: Tree, plan: Plan) -> list[tuple[str, str]]:
    """Line by line what the draft changes, as (`ins` or `del`, text)."""
    before = tree_text(plan_from(tree.published.snapshot)).splitlines()
    lines = difflib.unified_diff(before, tree_text(plan).splitlines(), n=0, lineterm="")
    marks = {"+": "ins", "-": "del"}
    changed = (line for line in lines if line[:1] in marks and not line.startswith(("+++", "---")))
    return [(marks[line[0]], line[1:].strip()) for line in changed if line[1:].strip()]


@admin.register(TreeNote)
class TreeNoteAdmin(admin.ModelAdmin):
    """What readers say does not fit, with the way they came."""

    list_display = ["text_start", "tree_title", "created_at", "reply_to", "settled_at", "hidden_at"]
    list_filter = [("settled_at", admin.EmptyFieldListFilter), ("hidden_at", admin.EmptyFieldListFilter)]
    search_fields = ["text"]
    actions = ["settle_chosen", "hide_chosen"]
    list_select_related = ["revision__tree"]
    fields = [
        "tree_title",
        "revision",
        "answers",
        "text",
        "reply_to",
        "created_at",
        "settled_at",
        "settled_by",
    ]
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    @admin.display(description="Hinweis")
    def text_start(self, note):
        return note.text[:80]

    @admin.display(description="Wegweiser")
    def tree_title(self, note):
        return note.revision.tree.title

    @admin.action(description="Als erledigt kennzeichnen", permissions=["change"])
    def settle_chosen(self, request, queryset):
        done = settle_notes(queryset, by=request.user)
        messages.success(request, f"{done} Hinweise erledigt.")

    @admin.action(description="Als unbrauchbar ausblenden", permissions=["change"])
    def hide_chosen(self, request, queryset):
        for note in queryset.shown():
            note.hide(by=request.user, reason="unbrauchbar")
        messages.success(request, "Ausgeblendet. Die Hinweise bleiben gespeichert.")
