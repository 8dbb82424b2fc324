"""Verbs of the room: publish and withdraw a Steckbrief, load the content files, keep a Merkliste."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from formats.models import Bookmark, Correction, Format, Revision, Vote
from formats.sheets import Sheet, differences, sheet_of, snapshot_of, write_rows
from formats.snapshots import problems_of, sheet_from

NUMBER_TAKEN = "Diese Nummer trägt schon ein veröffentlichter Steckbrief."


@transaction.atomic
def publish_rows(format: Format, *, author, reason: str = "", origin=Revision.Origin.DESK) -> Revision:
    """Make a revision of what the rows say now and publish it. Does nothing if it says the same.

    Also: notes the first publication and renews the public pages.
    """
    # The row lock makes two editors publish one after the other (SQLite locks the whole file).
    locked = Format.objects.lock(format.pk)
    snapshot = snapshot_of(sheet_of(locked))
    live = locked.published
    if live and live.snapshot == snapshot:
        return live
    newest = locked.revisions.newest_first().first()
    revision = Revision.objects.create(
        format=locked,
        number=newest.number + 1 if newest else 1,
        snapshot=snapshot,
        origin=origin,
        author=author,
        reason=reason,
    )
    locked.published = revision
    locked.first_published_at = locked.first_published_at or timezone.now()
    locked.save()
    format.published, format.first_published_at = revision, locked.first_published_at
    return revision


@transaction.atomic
def withdraw(format: Format) -> None:
    """Take a Steckbrief off the site. Its revisions stay; its address answers 410 from now on."""
    locked = Format.objects.lock(format.pk)
    locked.published = None
    locked.save(update_fields=["published"])


@transaction.atomic
def restore(revision: Revision, *, author, reason: str = "") -> Revision:
    """Make an old revision the live text again, as a new revision; nothing in between is lost.

    Raises `ValidationError` if its rules or files no longer hold (a number given to another since).
    """
    problems = problems_of(revision.snapshot)
    if problems:
        raise ValidationError([problem.sentence for problem in problems])
    Format.objects.lock_all()
    format = Format.objects.get(pk=revision.format_id)
    number = revision.snapshot["number"]
    if Format.objects.holding_number(format.kind, number, besides=[format.slug]).exists():
        raise ValidationError(NUMBER_TAKEN)
    write_rows(format, sheet_from(revision.snapshot))
    why = f"Fassung {revision.number} wiederhergestellt"
    return publish_rows(format, author=author, reason=f"{why}: {reason}"[:250] if reason else why)


@dataclass
class LoadResult:
    """What loading did, by slug. `differing` names the keys where the editors' text was kept."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    differing: dict[str, list[str]] = field(default_factory=dict)


@transaction.atomic
def load_snapshots(snapshots: list[dict[str, Any]]) -> LoadResult:
    """Bring sound snapshots of content files into the database, all or none.

    New ones are published. Known ones follow their file as long as no editor has touched them;
    what an editor changed or withdrew is never touched, only reported. Safe to run twice. Raises
    `ValidationError` if a number would be carried twice.
    """
    Format.objects.lock_all()
    result = LoadResult()
    for snapshot in snapshots:
        _make_row(snapshot)
    due = []
    for snapshot in snapshots:
        format = Format.objects.get(slug=snapshot["slug"])
        newest = format.revisions.newest_first().first()
        wanted = sheet_from(snapshot)
        full = snapshot_of(wanted)
        if newest and format.published_id is None:
            result.withdrawn.append(format.slug)
        elif newest and newest.snapshot == full:
            result.unchanged.append(format.slug)
        elif newest and newest.origin != Revision.Origin.FILE:
            result.differing[format.slug] = differences(newest.snapshot, full)
        else:
            due.append((format, wanted))
            (result.updated if newest else result.created).append(format.slug)
    _free_numbers(due)
    for format, wanted in due:
        write_rows(format, wanted)
        publish_rows(format, author=None, origin=Revision.Origin.FILE, reason="Aus der Inhaltsdatei")
    return result


def _make_row(snapshot: dict[str, Any]) -> None:
    """A bare row for a new slug, so that relations between new files find each other."""
    if not Format.objects.filter(slug=snapshot["slug"]).exists():
        sheet_from(snapshot).format.save()


def _free_numbers(due: list[tuple[Format, Sheet]]) -> None:
    """Take the numbers from the rows that will be written, so that files may exchange theirs."""
    slugs = [format.slug for format, _ in due]
    for format, wanted in due:
        number = wanted.format.number
        holder = Format.objects.holding_number(format.kind, number, besides=slugs).first()
        if holder:
            raise ValidationError(f"{format.slug}: Die Nummer {number} trägt schon „{holder.slug}“.")
    Format.objects.with_slugs(slugs).update(number=None)


@transaction.atomic
def remember(user, slugs: list[str]) -> None:
    """Put published Steckbriefe on somebody's Merkliste; those already on it stay where they are."""
    found = {format.slug: format for format in Format.objects.published().with_slugs(slugs)}
    Bookmark.objects.bulk_create(
        [Bookmark(user=user, format=found[slug]) for slug in slugs if slug in found], ignore_conflicts=True
    )


def record_vote(revision: Revision, *, key: UUID, helpful: bool) -> None:
    """Count one answer to „War das hilfreich?“; the same key twice is one answer."""
    Vote.objects.get_or_create(key=key, defaults={"revision": revision, "helpful": helpful})


def report_correction(revision: Revision, *, key: UUID, text: str, reply_to: str) -> Correction:
    """Lay a reader's note on the editors' desk; the same key twice is one note."""
    values = {"revision": revision, "text": text, "reply_to": reply_to}
    return Correction.objects.get_or_create(key=key, defaults=values)[0]


def settle_corrections(corrections, *, by) -> int:
    """Mark readers' notes as done; returns how many were still open."""
    return corrections.filter(settled_at__isnull=True).update(settled_at=timezone.now(), settled_by=by)
