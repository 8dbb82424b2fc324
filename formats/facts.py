"""Facts: what the strip „Auf einen Blick“ says of a Steckbrief, the same on card, page, print and PDF."""

from __future__ import annotations

from dataclasses import dataclass

from formats.models import Cost, Effort, Format, Mode, Timing
from formats.models.vocabulary import Purpose

ESTIMATE = "(Schätzung)"


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell of the strip. `icon` is a name in the sprite, `level` the filled gables of effort."""

    icon: str
    word: str
    value: str
    estimated: bool = False
    level: int = 0


def facts_of(format: Format) -> list[Fact]:
    """Modus, Gruppe, Dauer, Aufwand, Kosten in this order; what is unknown is left out."""
    marks = format.estimated
    mode = Mode(format.mode).label
    if format.timing == Timing.ON_DEMAND:
        mode = f"{mode}, {Timing.ON_DEMAND.label}"
    facts = [Fact("modus", "Modus", mode, "mode" in marks)]
    if group := format.group_text:
        facts.append(Fact("gruppe", "Gruppe", group, "group" in marks))
    if duration := format.duration_text:
        facts.append(Fact("dauer", "Dauer", duration, "duration" in marks))
    effort = Effort(format.effort)
    days = format.person_days_text
    value = f"{effort.label}, {days}" if days else effort.label
    facts.append(Fact("aufwand", "Aufwand", value, "person_days" in marks, effort.level))
    if format.costs:
        facts.append(Fact("kosten", "Kosten", Cost(format.costs).label, "costs" in marks))
    return facts


def purpose_labels(format: Format) -> list[str]:
    return [Purpose(value).label for value in format.purposes]
