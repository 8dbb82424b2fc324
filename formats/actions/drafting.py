"""Writing: every save of the working copy is a new revision, beside what is published."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from formats.models import Format, Release, Revision, RevisionFile
from formats.sheets import Sheet, files_of, sheet_of, snapshot_of, write_rows
from formats.snapshots import problems_of, sheet_from


@transaction.atomic
def save_draft(format: Format, *, author, reason: str = "", origin=Revision.Origin.DESK) -> Revision:
    """Keep what the rows say now as a new revision, the draft. Readers see nothing of it.

    Returns the newest revision instead if it says the same, and forgets the draft if the rows say
    again what is published. A request to release an older draft is cancelled: nobody shall approve
    what is no longer meant.
    """
    # The row lock makes two editors save one after the other (SQLite locks the whole file).
    locked = Format.objects.lock(format.pk)
    snapshot = snapshot_of(sheet_of(locked))
    newest = locked.revisions.newest_first().first()
    if locked.published and locked.published.snapshot == snapshot:
        revision, draft = locked.published, None
    elif newest and newest.snapshot == snapshot:
        revision = draft = newest
    else:
        revision = draft = write_revision(locked, snapshot, author=author, reason=reason, origin=origin)
    Format.objects.filter(pk=locked.pk).update(draft=draft)
    format.draft, format.published = draft, locked.published
    older = Release.objects.of(locked).open().exclude(revision=draft)
    older.update(cancelled_at=timezone.now())
    return revision


def write_revision(
    format: Format, snapshot: dict[str, Any], *, author, reason: str, origin=Revision.Origin.DESK
) -> Revision:
    """Store the next revision and which files it names. The row of the format must be locked."""
    newest = format.revisions.newest_first().first()
    revision = Revision.objects.create(
        format=format,
        number=newest.number + 1 if newest else 1,
        snapshot=snapshot,
        origin=origin,
        author=author,
        reason=reason,
    )
    names = sorted({name for _, name in files_of(sheet_from(snapshot))})
    RevisionFile.objects.bulk_create(RevisionFile(revision=revision, name=name) for name in names)
    return revision


@transaction.atomic
def save_sheet(format: Format, snapshot: dict[str, Any], *, author, reason: str = "") -> Revision:
    """Write a whole snapshot into the working copy and keep it as a draft.

    Raises `ValidationError` if its rules or files do not hold.
    """
    problems = problems_of(snapshot)
    if problems:
        raise ValidationError([problem.sentence for problem in problems])
    Format.objects.lock_all()
    write_rows(Format.objects.get(pk=format.pk), sheet_from(snapshot))
    return save_draft(format, author=author, reason=reason)


def restore(revision: Revision, *, author, reason: str = "") -> Revision:
    """Take an old revision up again as the newest draft; nothing in between is lost.

    Raises `ValidationError` if its rules or files no longer hold.
    """
    why = f"Fassung {revision.number} wiederhergestellt"
    return save_sheet(
        revision.format,
        revision.snapshot,
        author=author,
        reason=f"{why}: {reason}"[:250] if reason else why,
    )


@transaction.atomic
def discard_draft(format: Format, *, by) -> None:
    """Let the working copy say what is published again. The draft stays in the history.

    Requests and plans to publish it are cancelled. Raises `ValidationError` if nothing is published:
    then there is no text to go back to.
    """
    Format.objects.lock_all()
    locked = Format.objects.with_revision().get(pk=format.pk)
    if not locked.published:
        raise ValidationError("Dieser Steckbrief ist nicht öffentlich: Es gibt nur den Entwurf.")
    write_rows(locked, sheet_from(locked.published.snapshot))
    save_draft(locked, author=by)
    Release.objects.of(locked).unfinished().update(cancelled_at=timezone.now())


@transaction.atomic
def copy_format(format: Format, *, title: str, slug: str, author) -> Format:
    """A new Steckbrief that begins as a copy of this one's newest text, as a draft without number."""
    sheet: Sheet = sheet_from(snapshot_of(sheet_of(format)))
    sheet.format.title, sheet.format.slug, sheet.format.number = title, slug, None
    sheet.trials = []  # what was tried was the other one
    # A row of its own first; `write_rows` then fills it like any other.
    new = sheet_from(snapshot_of(sheet)).format
    new.save()
    write_rows(new, sheet)
    save_draft(new, author=author, reason=f"Kopie von „{format.title}“")
    return new


@transaction.atomic
def delete_format(format: Format) -> None:
    """Remove a Steckbrief that never was public, with all its drafts.

    Raises `ValidationError` for any other: others may link to it, so it can only be withdrawn.
    """
    locked = Format.objects.lock(format.pk)
    if locked.first_published_at:
        raise ValidationError("Was öffentlich war, wird zurückgezogen und nicht gelöscht.")
    Format.objects.filter(pk=locked.pk).update(draft=None)
    locked.delete()
