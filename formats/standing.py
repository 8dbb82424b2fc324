"""Standing: where each Steckbrief stands on the desk, asked in the database for list and filters."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils import timezone

from formats.models import Correction, FormatQuerySet, Release, Remark, Vote


class Standing(models.TextChoices):
    """What an editor must know first about a Steckbrief; the values stand in the address of the list."""

    FAILED = "gescheitert", "Veröffentlichung gescheitert"
    ASKED = "zur-freigabe", "zur Freigabe"
    PLANNED = "geplant", "geplant"
    CHANGED = "entwurf-liegt-vor", "öffentlich, Entwurf liegt vor"
    PUBLIC = "oeffentlich", "öffentlich"
    WITHDRAWN = "zurueckgezogen", "zurückgezogen"
    DRAFT = "entwurf", "Entwurf"

    @property
    def shape(self) -> str:
        """The sign beside the word: the fuller, the nearer to the public."""
        signs = {"gescheitert": "▲", "zur-freigabe": "◔", "geplant": "◕", "entwurf-liegt-vor": "◐"}
        return signs.get(self.value) or {"oeffentlich": "●", "zurueckgezogen": "⊗"}.get(self.value, "○")


def with_standing(formats: FormatQuerySet) -> FormatQuerySet:
    """Adds `standing` (a value of `Standing`) and `planned_at`, the next planned publication."""
    of_this = Release.objects.filter(revision__format=OuterRef("pk"))
    planned = of_this.planned()
    return formats.annotate(
        planned_at=Subquery(planned.values("publish_at")[:1]),
        standing=Case(
            When(Exists(of_this.failed()), then=Value(Standing.FAILED.value)),
            When(Exists(of_this.open()), then=Value(Standing.ASKED.value)),
            When(Exists(planned), then=Value(Standing.PLANNED.value)),
            When(published__isnull=False, draft__isnull=False, then=Value(Standing.CHANGED.value)),
            When(published__isnull=False, then=Value(Standing.PUBLIC.value)),
            When(first_published_at__isnull=False, then=Value(Standing.WITHDRAWN.value)),
            default=Value(Standing.DRAFT.value),
        ),
    )


def with_reader_voices(formats: FormatQuerySet) -> FormatQuerySet:
    """Adds `votes`, `helpful_votes`, `open_corrections` and `open_remarks`, over all revisions."""
    votes = Vote.objects.filter(revision__format=OuterRef("pk"))
    return formats.annotate(
        votes=_count(votes),
        helpful_votes=_count(votes.filter(helpful=True)),
        open_corrections=_count(Correction.objects.open().filter(revision__format=OuterRef("pk"))),
        open_remarks=_count(Remark.objects.open().filter(revision__format=OuterRef("pk"))),
    )


def with_review_date(formats: FormatQuerySet) -> FormatQuerySet:
    """Adds `review_day`: the public review date as ISO text, where nothing is public that of the rows."""
    # SQLite gives the word for what is null in JSON.
    public = NullIf(KeyTextTransform("review_due", "published__snapshot"), Value("null"))
    own = Cast("review_due", models.TextField())
    return formats.annotate(
        review_day=Case(
            When(published__isnull=False, then=public), default=own, output_field=models.TextField()
        )
    )


def due_between(start: date | None, end: date | None) -> Q:
    """Review dates after `start` up to and including `end`, for rows with `review_day`."""
    rule = Q(review_day__isnull=False)
    if start:
        rule &= Q(review_day__gt=start.isoformat())
    if end:
        rule &= Q(review_day__lte=end.isoformat())
    return rule


def _count(rows: models.QuerySet) -> Coalesce:
    # Grouped by one and the same key, so that the subquery gives one number or nothing.
    counted = rows.order_by().values("revision__format").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def german_day_and_time(moment) -> str:
    """`12.05., 08:00` in the current year, otherwise with the year; German time."""
    local = timezone.localtime(moment)
    year = "" if local.year == timezone.localdate().year else f"{local.year}"
    return f"{local:%d.%m.}{year}, {local:%H:%M}"
