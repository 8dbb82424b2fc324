"""The closed lists of a Steckbrief. Values stand in addresses and content files, so they are German."""

from decimal import Decimal

from django.db import models


class Kind(models.TextChoices):
    """Two catalogues of one kind: between towns (format), inside a town (method)."""

    FORMAT = "format", "Format"
    METHOD = "methode", "Methode"


class Purpose(models.TextChoices):
    LEARN = "lernen", "lernen"
    EXCHANGE = "austauschen", "austauschen"
    ADVISE = "beraten", "beraten"
    CONNECT = "vernetzen", "vernetzen"
    DEVELOP = "entwickeln", "gemeinsam entwickeln"
    INSPIRE = "anregen", "anregen"


class Mode(models.TextChoices):
    DIGITAL = "digital", "digital"
    HYBRID = "hybrid", "hybrid"
    ON_SITE = "praesenz", "Präsenz"


class Timing(models.TextChoices):
    LIVE = "live", "live"
    ON_DEMAND = "zeitversetzt", "zeitversetzt"


class DurationUnit(models.TextChoices):
    MINUTES = "minuten", "Minuten"
    HOURS = "stunden", "Stunden"
    DAYS = "tage", "Tage"
    WEEKS = "wochen", "Wochen"
    MONTHS = "monate", "Monate"

    @property
    def minutes(self) -> int:
        """Working time in one unit, in minutes: 8-hour days, 5-day weeks, 20-day months."""
        return {"minuten": 1, "stunden": 60, "tage": 480, "wochen": 2400, "monate": 9600}[self.value]


class Effort(models.TextChoices):
    """Classes of preparation effort in person-days: `domain.md` 1.1 (an own proposal)."""

    LOW = "gering", "gering"
    MEDIUM = "mittel", "mittel"
    HIGH = "hoch", "hoch"

    @classmethod
    def of_person_days(cls, days: Decimal) -> "Effort":
        """The class of a span of person-days, judged by its upper end: up to 2, up to 8, above."""
        if days <= 2:
            return cls.LOW
        return cls.MEDIUM if days <= 8 else cls.HIGH

    @property
    def level(self) -> int:
        return {"gering": 1, "mittel": 2, "hoch": 3}[self.value]


class Cost(models.TextChoices):
    """What is paid to others, without the own working time."""

    LOW = "gering", "gering"
    MEDIUM = "mittel", "mittel"
    HIGH = "hoch", "hoch"

    @property
    def level(self) -> int:
        return {"gering": 1, "mittel": 2, "hoch": 3}[self.value]


class Provenance(models.TextChoices):
    """Where the entry comes from: statuses D, K and I of `domain.md` 1."""

    DOCUMENTED = "dokumentiert", "dokumentiert"
    ACADEMY = "kleinstadtakademie", "Kleinstadtakademie"
    ADDED = "ergaenzt", "ergänzt"


class MaterialKind(models.TextChoices):
    FILE = "datei", "Datei"
    LINK = "link", "Link"
    VIDEO = "video", "Video"


# What may carry the mark "(Schätzung)", with the word shown beside the mark.
ESTIMABLE = {
    "summary": "Kurztext",
    "goal": "Ziel",
    "occasions": "Anlässe",
    "target_groups": "Zielgruppen",
    "mode": "Modus",
    "group": "Gruppengröße",
    "duration": "Dauer",
    "variants": "Varianten",
    "person_days": "Vorbereitung",
    "costs": "Kosten",
    "roles": "Rollen",
    "steps": "Ablauf",
    "tools": "Technik",
    "result": "Ergebnis",
    "tips": "Tipps",
    "pitfalls": "Was schiefgehen kann",
    "checklist": "Checkliste",
}
