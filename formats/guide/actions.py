"""Verbs of the guide: keep a draft, publish and withdraw a tree, load files, take readers' notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from formats.guide.checks import Finding, problems_of
from formats.guide.files import TreeFile
from formats.guide.plan import Plan
from formats.guide.schema import data_of, plan_from
from formats.models import Format, Tree, TreeNote, TreeRevision


def known_names(tree: Tree | None = None) -> dict[str, set[str]]:
    """The slugs an outcome may name: published Steckbriefe, and the other trees (two queries)."""
    formats = set(Format.objects.published().values_list("slug", flat=True))
    trees = set(Tree.objects.values_list("slug", flat=True)) - ({tree.slug} if tree else set())
    return {"formats": formats, "trees": trees}


def findings_of(tree: Tree, plan: Plan) -> list[Finding]:
    """All that is to be said about this text of the tree, as of today."""
    return problems_of(plan, **known_names(tree), today=timezone.localdate())


def working_plan(tree: Tree) -> Plan:
    """What the editors work on: the draft, or the public text where there is none."""
    return plan_from(tree.draft or tree.published.snapshot)


@transaction.atomic
def save_draft(tree: Tree, plan: Plan, *, by) -> None:
    """Keep this text as the draft; the public text stays. A draft equal to the public text is none."""
    locked = Tree.objects.lock(tree.pk)
    data = data_of(plan)
    is_public = locked.published is not None and locked.published.snapshot == data
    locked.draft = {} if is_public else data
    locked.draft_at, locked.draft_by = (None, None) if is_public else (timezone.now(), by)
    if locked.published is None:
        locked.title = plan.title
    locked.save(update_fields=["draft", "draft_at", "draft_by", "title"])
    tree.refresh_from_db()


def discard_draft(tree: Tree) -> None:
    """Throw the draft away and go back to the public text."""
    save_draft(tree, plan_from(tree.published.snapshot), by=None)


@transaction.atomic
def publish_draft(tree: Tree, *, author, reason: str = "", origin=TreeRevision.Origin.DESK) -> TreeRevision:
    """Make a revision of the draft and put it in the place of the public text, as a whole.

    Raises `ValidationError` with all errors if the draft makes no sense. Visitors under way finish
    on the old revision. Does nothing if the draft says what is public already.
    """
    locked = Tree.objects.lock(tree.pk)
    plan = working_plan(locked)
    errors = [finding.sentence for finding in findings_of(locked, plan) if finding.is_error]
    if errors:
        raise ValidationError(errors)
    data, live = data_of(plan), locked.published
    if live is None or live.snapshot != data:
        newest = locked.revisions.newest_first().first()
        if live:
            TreeRevision.objects.note_replaced(live)
        live = TreeRevision.objects.create(
            tree=locked,
            number=newest.number + 1 if newest else 1,
            snapshot=data,
            origin=origin,
            author=author,
            reason=reason,
        )
    locked.published, locked.draft, locked.draft_at, locked.draft_by = live, {}, None, None
    locked.title, locked.position = plan.title, plan.position
    locked.save()
    tree.refresh_from_db()
    return live


@transaction.atomic
def withdraw_tree(tree: Tree) -> None:
    """Take a tree off the site; its text becomes the draft, its address answers 410."""
    locked = Tree.objects.lock(tree.pk)
    if locked.published:
        TreeRevision.objects.note_replaced(locked.published)
        locked.draft = locked.draft or locked.published.snapshot
        locked.published = None
        locked.save(update_fields=["draft", "published"])
    tree.refresh_from_db()


@dataclass
class LoadResult:
    """What loading did, by slug; `kept` are trees whose editors' text differs from the file."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def load_trees(files: list[TreeFile]) -> LoadResult:
    """Bring sound files into the database and publish them, all or none. Safe to run twice.

    A tree follows its file as long as no editor has touched it: neither published another text nor
    begun a draft nor withdrawn it. Raises `ValidationError` if a file names what does not exist.
    """
    result = LoadResult()
    rows: dict[str, Tree] = {}
    for file in files:
        row, _ = Tree.objects.get_or_create(slug=file.slug, defaults={"title": file.plan.title})
        rows[file.slug] = row
    for file in files:
        tree = Tree.objects.lock(rows[file.slug].pk)
        newest = tree.revisions.newest_first().first()
        if newest and tree.published and newest.snapshot == file.data:
            result.unchanged.append(file.slug)
        elif tree.draft or (newest and (newest.origin != TreeRevision.Origin.FILE or not tree.published)):
            result.kept.append(file.slug)
        else:
            tree.draft = file.data
            tree.save(update_fields=["draft"])
            try:
                publish_draft(
                    tree, author=None, origin=TreeRevision.Origin.FILE, reason="Aus der Inhaltsdatei"
                )
            except ValidationError as error:
                raise ValidationError([f"{file.slug}: {said}" for said in error.messages]) from error
            (result.updated if newest else result.created).append(file.slug)
    return result


def take_note(revision: UUID, *, key: UUID, answers: str, text: str, reply_to: str) -> TreeNote:
    """Lay a reader's „passt nicht“ on the editors' desk; the same key twice is one note."""
    values: dict[str, Any] = {"revision_id": revision, "answers": answers, "text": text, "reply_to": reply_to}
    return TreeNote.objects.get_or_create(key=key, defaults=values)[0]


def settle_notes(notes, *, by) -> int:
    """Mark readers' notes as done; returns how many were still open."""
    return notes.filter(settled_at__isnull=True).update(settled_at=timezone.now(), settled_by=by)
