"""Spans from–to: the rule that both ends make sense, and how a span reads in German."""

from decimal import Decimal

from django.db.models import F, Q

from formats.models.vocabulary import DurationUnit
from foundation.kit.text import german_span

SPAN_RULE = "„von“ und „bis“ gehören zusammen, „von“ ist größer als 0 und nicht größer als „bis“."


def span_is_sound(name: str) -> Q:
    """Both ends unknown, or both known, above zero and in order.

    NULL must be named: a comparison with NULL is neither true nor false, and a check constraint
    lets it pass.
    """
    start, end = f"{name}_from", f"{name}_to"
    unknown = Q(**{f"{start}__isnull": True, f"{end}__isnull": True})
    known = Q(**{f"{start}__isnull": False, f"{end}__isnull": False})
    return unknown | (known & Q(**{f"{start}__gt": 0, f"{start}__lte": F(end)}))


def duration_text(start: Decimal | None, end: Decimal | None, unit: str, per: str) -> str:
    """`45–90 Minuten je Treffen`; one day is `1 Tag`, not `1 Tage`."""
    span = german_span(start, end)
    if not span:
        return ""
    word = DurationUnit(unit).label
    if span == "1":
        word = {
            "Minuten": "Minute",
            "Stunden": "Stunde",
            "Tage": "Tag",
            "Wochen": "Woche",
            "Monate": "Monat",
        }[word]
    return f"{span} {word} {per}".strip()


def person_days_text(start: Decimal | None, end: Decimal | None, per: str) -> str:
    span = german_span(start, end)
    return span and f"{span} {'Personentag' if span == '1' else 'Personentage'} {per}".strip()
