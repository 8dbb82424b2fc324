"""Loading the content files into the database, without ever overwriting an editor."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from formats.actions.drafting import save_draft
from formats.actions.releasing import publish
from formats.models import Format, Revision
from formats.sheets import Sheet, differences, snapshot_of, write_rows
from formats.snapshots import sheet_from


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
        publish(save_draft(format, author=None, origin=Revision.Origin.FILE, reason="Aus der Inhaltsdatei"))
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
    Format.objects.with_slugs(slugs).update(live_number=None)
