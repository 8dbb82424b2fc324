"""Releasing: asking, approving by a second pair of eyes, publishing now or at a moment, withdrawing."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from formats.actions.drafting import write_revision
from formats.letters import tell_of_decision, tell_of_failure, tell_of_late, tell_of_request
from formats.models import Format, Release, Revision
from formats.permissions import can_release
from formats.snapshots import problems_of

log = logging.getLogger(__name__)

NUMBER_TAKEN = "Diese Nummer trägt schon ein veröffentlichter Steckbrief."
OVERTAKEN = "Inzwischen ist eine neuere Fassung öffentlich; diese würde sie überschreiben."
DECIDED = "Darüber ist schon entschieden. Bitte laden Sie die Seite neu."
IN_THE_PAST = "Dieser Zeitpunkt ist schon vorbei. Bitte wählen Sie einen künftigen oder „sofort“."

# A planned publication that is later than this counts as missed.
PUNCTUAL = timedelta(minutes=15)


@transaction.atomic
def publish(revision: Revision) -> Format:
    """Make a revision the public text; readers see it within seconds.

    Also: sets the public number and topics, ends every unfinished release of this and of older
    revisions, forgets an earlier withdrawal. Raises `ValidationError` if a newer revision is
    public, its number is carried by another, or its rules or files no longer hold.
    """
    Format.objects.lock_all()
    format = Format.objects.with_revision().get(pk=revision.format_id)
    live, now = format.published, timezone.now()
    if live and live.pk == revision.pk:
        return format
    if live and live.number > revision.number:
        raise ValidationError(OVERTAKEN)
    check_publishable(revision)
    number = revision.snapshot["number"]
    format.published, format.live_number, format.published_at = revision, number, now
    format.first_published_at = format.first_published_at or now
    format.successor, format.withdrawal_note = None, ""
    if format.draft_id == revision.pk:
        format.draft = None
    # Topics first: the save then puts text and topics of a new Steckbrief into the search index at once.
    format.set_topics(revision.snapshot["topics"])
    format.save()
    unfinished = Release.objects.up_to(revision).unfinished()
    unfinished.filter(revision=revision, approved_at__isnull=False).update(
        published_at=now, failed_at=None, failure=""
    )
    Release.objects.up_to(revision).unfinished().update(cancelled_at=now)
    return format


def check_publishable(revision: Revision) -> None:
    """Raises `ValidationError` if its rules or files do not hold or its number is carried by another."""
    problems = problems_of(revision.snapshot)
    if problems:
        raise ValidationError([problem.sentence for problem in problems])
    format, number = revision.format, revision.snapshot["number"]
    if Format.objects.holding_number(format.kind, number, besides=[format.slug]).exists():
        raise ValidationError(NUMBER_TAKEN)


@transaction.atomic
def ask_release(revision: Revision, *, by, note: str = "", publish_at: datetime | None = None) -> Release:
    """Ask the colleagues to approve a revision; they hear of it by mail. Twice is one request.

    Raises `ValidationError` if it could not be published as it is.
    """
    Format.objects.lock(revision.format_id)
    check_publishable(revision)
    under_way = Release.objects.of(revision.format).unfinished().filter(revision=revision).first()
    if under_way and not under_way.failed_at:
        return under_way
    release = Release.objects.create(revision=revision, asked_by=by, note=note, publish_at=publish_at)
    tell_of_request(release)
    return release


@transaction.atomic
def approve(release: Release, *, by, comment: str = "", publish_at: datetime | None = None) -> Release:
    """Approve a revision: published at once, or by the minute tick when `publish_at` has come.

    Raises `PermissionDenied` for whoever wrote on it (four eyes), `ValidationError` if it was
    decided before, the moment is past, or it cannot be published.
    """
    Format.objects.lock(release.revision.format_id)
    release = Release.objects.lock(release.pk)
    if not can_release(by, release.revision):
        raise PermissionDenied
    now = timezone.now()
    if release.approved_at or release.returned_at or release.cancelled_at:
        raise ValidationError(DECIDED)
    if publish_at and publish_at <= now:
        raise ValidationError(IN_THE_PAST)
    check_publishable(release.revision)
    release.approved_at, release.decided_by, release.comment = now, by, comment
    release.publish_at = publish_at
    release.save()
    if not publish_at:
        publish(release.revision)
        release.refresh_from_db()
    tell_of_decision(release)
    return release


@transaction.atomic
def send_back(release: Release, *, by, comment: str) -> Release:
    """Give a draft back with the reason; whoever asked hears of it by mail."""
    release = Release.objects.lock(release.pk)
    if release.approved_at or release.returned_at or release.cancelled_at:
        raise ValidationError(DECIDED)
    if not comment.strip():
        raise ValidationError("Bitte schreiben Sie, was noch fehlt.")
    release.returned_at, release.decided_by, release.comment = timezone.now(), by, comment
    release.save()
    tell_of_decision(release)
    return release


@transaction.atomic
def cancel_release(release: Release) -> None:
    """Take back a request, a plan or a failed attempt; the draft stays."""
    locked = Release.objects.lock(release.pk)
    if not locked.published_at and not locked.cancelled_at:
        locked.cancelled_at = timezone.now()
        locked.save()


@transaction.atomic
def withdraw(format: Format, *, by=None, note: str = "", successor: Format | None = None) -> None:
    """Take a Steckbrief off the site. Its revisions stay; its text goes on as a draft of its own.

    Its address leads to the successor from now on, or answers 410 with the note.
    """
    locked = Format.objects.lock(format.pk)
    live = locked.published
    if not live:
        return
    # A new revision even so: a revision is published once, and the history tells of the withdrawal.
    reason = f"Von der Seite genommen: {note}"[:250] if note else "Von der Seite genommen"
    locked.draft = locked.draft or write_revision(locked, live.snapshot, author=by, reason=reason)
    locked.published = locked.live_number = locked.published_at = None
    locked.successor, locked.withdrawal_note = successor, note
    locked.save()
    if successor:  # older addresses go on to it as well: no request follows two arrows
        locked.predecessors.exclude(pk=successor.pk).update(successor=successor)
    Release.objects.of(locked).unfinished().update(cancelled_at=timezone.now())


def publish_due() -> None:
    """Publish what was approved for a moment that has come (scheduled each minute).

    What cannot be published is marked with the reason; that, and what comes late because the clock
    stood still, is told to the editors by mail.
    """
    now = timezone.now()
    for release in list(Release.objects.due(now).with_people()):
        try:
            _publish_planned(release, now)
        except ValidationError as error:
            log.error("Planned publication of %s failed: %s", release.revision, error.messages)
            _note_failure(release, " ".join(error.messages), now)


@transaction.atomic
def _publish_planned(release: Release, now: datetime) -> None:
    Format.objects.lock(release.revision.format_id)
    if not Release.objects.due(now).filter(pk=release.pk).exists():
        return  # another process was faster, or somebody took it back
    publish(release.revision)
    if now - release.publish_at > PUNCTUAL:
        tell_of_late(release, now)


@transaction.atomic
def _note_failure(release: Release, why: str, now: datetime) -> None:
    noted = Release.objects.due(now).filter(pk=release.pk)
    if noted.update(failed_at=now, failure=why[:400]):
        tell_of_failure(release, why)
