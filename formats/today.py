"""What the Steckbriefe lay on „Heute“: drafts, planned publications, readers' notes, reviews, gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from formats.actions.releasing import PUNCTUAL
from formats.completeness import completeness_of
from formats.desk.lifecycle import desk_address
from formats.editions import Edition, editions_of
from formats.models import Correction, Format, Release, Remark, Revision
from formats.permissions import can_edit
from formats.reviews import due_reviews, unreviewed
from formats.standing import german_day_and_time
from foundation.kit.today import SHOWN, Line, Task, midnight

LIST = "admin:formats_format_changelist"


def tasks(user, now: datetime) -> Iterator[Task]:
    """The tasks of this person, in a fixed number of queries."""
    releases = Release.objects.with_people().defer("revision__snapshot")
    may_edit, may_release = can_edit(user), user.has_perm("formats.release_format")
    if may_release:
        yield from _waiting(releases, user)
    if may_edit or may_release:
        yield from _plans(releases, now)
    if may_edit:
        yield from _sent_back(releases, user)
        yield from _remarks()
        yield from _upkeep(timezone.localtime(now).date())
    if user.has_perm("formats.change_correction"):
        yield from _corrections()


def released_by_others(releases: QuerySet, user) -> QuerySet:
    """Those on whose text this person has not written since the last publication.

    The question of `can_release`, asked for many at once; a test holds the two together.
    """
    written = Revision.objects.filter(
        format=OuterRef("revision__format"),
        author=user,
        number__gt=Coalesce(OuterRef("revision__format__published__number"), Value(0)),
        number__lte=OuterRef("revision__number"),
    )
    return releases.filter(~Exists(written)) if settings.FOUR_EYES else releases


def _waiting(releases, user) -> Iterator[Task]:
    yield from _task(
        "Entwürfe zur Freigabe",
        released_by_others(releases.open(), user),
        lambda release: Line(
            release.revision.format.title,
            reverse("admin:formats_release", args=[release.revision.format_id]),
            when=f"seit {_day(release.asked_at)}",
            detail=f"von {release.asked_by}" if release.asked_by else "",
        ),
        since=lambda release: release.asked_at,
        url=f"{reverse(LIST)}?stand=zur-freigabe",
    )


def _plans(releases, now) -> Iterator[Task]:
    def line(release, detail=""):
        url = reverse("admin:formats_release", args=[release.revision.format_id])
        when = f"geplant für {german_day_and_time(release.publish_at)} Uhr" if release.publish_at else ""
        return Line(release.revision.format.title, url, when, detail)

    yield from _task(
        "Gescheiterte Veröffentlichungen",
        releases.failed(),
        lambda release: line(release, release.failure),
        since=lambda release: release.failed_at,
        url=f"{reverse(LIST)}?stand=gescheitert",
        alarm=True,
    )
    yield from _task(
        "Verpasste Veröffentlichungen",
        releases.due(now - PUNCTUAL),
        lambda release: line(release, "Der Zeitplan steht still."),
        since=lambda release: release.publish_at,
        alarm=True,
    )
    yield from _task(
        "Nächste Veröffentlichungen",
        releases.planned().filter(publish_at__gt=now - PUNCTUAL),
        line,
        since=lambda release: release.publish_at,
        url=f"{reverse(LIST)}?stand=geplant",
        quiet=True,
    )


def _sent_back(releases, user) -> Iterator[Task]:
    """What this person asked for and got back, as long as nobody has written on or asked again."""
    again = Release.objects.unfinished().filter(revision=OuterRef("revision"))
    returned = releases.filter(
        ~Exists(again), returned_at__isnull=False, asked_by=user, revision=F("revision__format__draft")
    )
    yield from _task(
        "Zurückgegebene Entwürfe von Ihnen",
        returned.order_by("returned_at", "pk"),
        lambda release: Line(
            release.revision.format.title,
            desk_address(release.revision.format_id),
            when=f"seit {_day(release.returned_at)}",
            detail=release.comment,
        ),
        since=lambda release: release.returned_at,
    )


def _remarks() -> Iterator[Task]:
    yield from _task(
        "Bemerkungen zu Entwürfen",
        Remark.objects.open().select_related("revision__format").defer("revision__snapshot"),
        lambda remark: Line(
            remark.revision.format.title,
            reverse("admin:formats_coauthors", args=[remark.revision.format_id]),
            when=f"seit {_day(remark.created_at)}",
            detail=f"{remark.name}: {remark.text[:120]}",
        ),
        since=lambda remark: remark.created_at,
    )


def _corrections() -> Iterator[Task]:
    yield from _task(
        "Korrekturhinweise",
        Correction.objects.open().select_related("revision__format").defer("revision__snapshot"),
        lambda note: Line(
            note.revision.format.title,
            desk_address(note.revision.format_id),
            when=f"seit {_day(note.created_at)}",
            detail=note.text[:120],
        ),
        since=lambda note: note.created_at,
        url=reverse("admin:formats_correction_changelist") + "?settled_at__isempty=1",
    )


def _upkeep(today) -> Iterator[Task]:
    """Reviews and gaps; the published ones are read from the shelf."""
    editions = editions_of(Format.objects.published().order_by("pk"))
    drafted = list(Format.objects.exclude(draft=None).select_related("draft"))
    yield from _reviews(
        "Prüfung fällig",
        due_reviews(editions, today),
        lambda e: e.format.review_due,
        lambda day: f"überfällig seit {day:%d.%m.%Y}" if day < today else f"bis {day:%d.%m.%Y}",
        url=f"{reverse(LIST)}?pruefung=faellig",
    )
    yield from _reviews(
        "Seit zwölf Monaten ungeprüft",
        unreviewed(editions, today),
        lambda e: e.format.as_of,
        lambda day: f"Stand {day:%d.%m.%Y}",
    )
    yield from _gaps(editions, drafted)


def _reviews(title, editions: list[Edition], day_of, word, url="") -> Iterator[Task]:
    lines = tuple(Line(e.title, desk_address(e.pk), word(day_of(e))) for e in editions[:SHOWN])
    if lines:
        yield Task(title, len(editions), lines, midnight(day_of(editions[0])), url)


def _gaps(editions: list[Edition], drafted: list[Format]) -> Iterator[Task]:
    """Incomplete Steckbriefe by their newest text; withdrawn ones need no care."""
    newest = {e.pk: (e.published_at, e.title, e.snapshot) for e in editions}
    for format in drafted:
        if format.published_id or not format.first_published_at:
            draft = format.draft
            newest[format.pk] = draft.created_at, format.title, draft.snapshot
    found = [
        (moment, title, pk, completeness_of(snapshot)) for pk, (moment, title, snapshot) in newest.items()
    ]
    open_ones = sorted((entry for entry in found if not entry[3].is_complete), key=lambda entry: entry[:3])
    lines = tuple(
        Line(title, desk_address(pk), f"{gaps}", f"Es fehlt: {', '.join(gaps.missing)}")
        for _, title, pk, gaps in open_ones[:SHOWN]
    )
    if lines:
        url = f"{reverse(LIST)}?vollstaendig=nein"
        yield Task("Unvollständige Steckbriefe", len(open_ones), lines, open_ones[0][0], url)


def _task(
    title: str, rows: QuerySet, line: Callable, *, since: Callable, url: str = "", **kind: bool
) -> Iterable[Task]:
    """A task of rows in their order, or nothing (two queries)."""
    count, first = rows.count(), list(rows[:SHOWN])
    if first:
        yield Task(title, count, tuple(map(line, first)), since(first[0]), url, **kind)


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y}"
