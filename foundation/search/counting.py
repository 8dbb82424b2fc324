"""Counting what was searched in vain: an editorial to-do list that knows no readers."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.utils import timezone

from foundation.kit.german.query import Query
from foundation.search.models import MissedQuery

RARE = 3  # hits up to which a query counts as hardly answered
LONGEST = 80
KEEP = timedelta(days=180)
MOST_KEPT = 5_000

# What might tell who somebody is: mail and web addresses, telephone and other long numbers.
_TELLING = re.compile(r"@|://|www\.|\d[\d /()+-]{6,}\d")


def note(query: Query, hits: int) -> None:
    """Count a query that found little; only its words, the number and the day are kept."""
    text = " ".join(query.text.lower().split())
    if hits > RARE or not query or len(text) > LONGEST or _TELLING.search(text):
        return
    MissedQuery.objects.note(text, hits, today())


def forget_old() -> None:
    """Delete what was last asked half a year ago, and the rarest beyond 5,000 rows. Scheduled daily."""
    MissedQuery.objects.last_asked_before(today() - KEEP).delete()
    beyond = MissedQuery.objects.order_by("-times", "-last_on", "pk").values_list("pk", flat=True)[MOST_KEPT:]
    MissedQuery.objects.filter(pk__in=list(beyond)).delete()


def today() -> date:
    return timezone.localdate()
