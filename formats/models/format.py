"""Format: one Steckbrief. Its rows are the editors' working copy; readers get the published revision."""

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from taggit.managers import TaggableManager

from formats.models.fields import BoundedTextField, StringListField, refuse_control_characters
from formats.models.spans import SPAN_RULE, duration_text, person_days_text, span_is_sound
from formats.models.vocabulary import (
    ESTIMABLE,
    Cost,
    DurationUnit,
    Effort,
    Kind,
    Mode,
    Provenance,
    Purpose,
    Timing,
)
from foundation.kit.files import random_name
from foundation.kit.text import german_span
from foundation.topics.models import TaggedItem, Topic

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*\Z"
# Addresses below /formate/ that are pages of their own.
RESERVED_SLUGS = {"tabelle", "vergleich", "merkliste", "auswahl", "neues", "daten"}


def _picture_name(instance, filename):
    return random_name("formatbilder", filename)


class FormatQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """The Steckbriefe this reader may open: the published ones; staff read the others in the admin."""
        return self.published()

    def published(self) -> Self:
        return self.filter(published__isnull=False)

    def withdrawn(self) -> Self:
        """Once public, now taken back: their address answers 410."""
        return self.filter(published__isnull=True, first_published_at__isnull=False)

    def of_kind(self, kind: str) -> Self:
        """The formats or the methods."""
        return self.filter(kind=kind)

    def numbered(self) -> Self:
        """In the order of the desk: formats first, by number, then title; ends on something unique."""
        return self.order_by("kind", F("number").asc(nulls_last=True), "title", "pk")

    def holding_number(self, kind: str, number: int | None, *, besides: list[str]) -> Self:
        """The published ones that carry this number in public; slugs in `besides` do not count."""
        if number is None:
            return self.none()
        return self.published().of_kind(kind).filter(live_number=number).exclude(slug__in=besides)

    def lock_all(self) -> None:
        """Hold every row until the transaction ends: editors save one after the other."""
        list(self.select_for_update().order_by("pk").values_list("pk"))

    def lock(self, pk: int) -> "Format":
        """The row, held until the transaction ends: whoever writes it next waits here."""
        return self.select_for_update().get(pk=pk)

    def recently_changed(self) -> Self:
        """Newest publication first, for feeds."""
        return self.order_by("-published_at", "-pk")

    def with_revision(self) -> Self:
        return self.select_related("published")

    def with_draft(self) -> Self:
        return self.select_related("published", "draft__author")

    def with_slugs(self, slugs: list[str]) -> Self:
        return self.filter(slug__in=slugs)

    def with_topic(self, topic) -> Self:
        return self.filter(pk__in=TaggedItem.objects.on(Format).filter(tag=topic).values("object_id"))

    def bookmarked_by(self, user) -> Self:
        """On this person's Merkliste, in the order they were put there."""
        return self.filter(bookmarks__user=user).order_by("bookmarks__created_at", "bookmarks__pk")


class Format(models.Model):
    """One Steckbrief: a learning or exchange format, or a method (`kind`).

    The columns and parts are the working copy: they say what the newest revision says (`draft`, or
    `published` where there is none), and are written only by `formats.sheets.write_rows` and by the
    admin, which makes a revision of them at once. Pages read `published.snapshot`; `live_number`
    and `topics` are what of it the database must know.
    """

    kind = models.CharField("Art", max_length=8, choices=Kind, default=Kind.FORMAT)
    slug = models.SlugField(
        "Kurzname in der Adresse",
        max_length=60,
        unique=True,
        validators=[RegexValidator(SLUG, "Nur a–z, 0–9 und einzelne Bindestriche.")],
        help_text="Nur Kleinbuchstaben, Ziffern und Bindestriche. Bleibt nach dem Anlegen, wie er ist.",
    )
    number = models.PositiveSmallIntegerField(
        "Nummer",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9999)],
        help_text="Platz im Katalog. Beispiel: 7",
    )
    title = models.CharField("Titel", max_length=120)
    summary = BoundedTextField(
        "Kurztext",
        max_length=400,
        help_text="Was ist das? Ein bis zwei Sätze, höchstens 400 Zeichen.",
    )
    purposes = StringListField(
        "Zweck", choices=Purpose, help_text="Wozu dient das Format? Mindestens ein Zweck."
    )
    goal = BoundedTextField("Ziel", max_length=600, help_text="Was haben die Beteiligten danach?")
    occasions = StringListField(
        "Anlässe", help_text="Ein Anlass je Zeile. Beispiel: ein neues Förderprogramm"
    )
    target_groups = StringListField("Zielgruppen", help_text="Eine je Zeile. Beispiel: Kommunalverwaltung")
    mode = models.CharField("Modus", max_length=8, choices=Mode)
    timing = models.CharField("Zeitlich", max_length=12, choices=Timing, default=Timing.LIVE)

    group_from = models.PositiveSmallIntegerField(
        "Gruppe von", null=True, blank=True, validators=[MaxValueValidator(30_000)]
    )
    group_to = models.PositiveSmallIntegerField(
        "Gruppe bis",
        null=True,
        blank=True,
        validators=[MaxValueValidator(30_000)],
        help_text="Leer heißt: nach oben offen.",
    )
    duration_from = models.DecimalField("Dauer von", max_digits=6, decimal_places=2, null=True, blank=True)
    duration_to = models.DecimalField("Dauer bis", max_digits=6, decimal_places=2, null=True, blank=True)
    duration_unit = models.CharField(
        "Einheit", max_length=8, choices=DurationUnit, default=DurationUnit.MINUTES
    )
    duration_per = models.CharField(
        "Dauer gilt je", max_length=60, blank=True, help_text="Leer lassen oder zum Beispiel: je Treffen"
    )
    effort = models.CharField(
        "Aufwand",
        max_length=6,
        choices=Effort,
        help_text="Vorbereitung der durchführenden Stelle: gering bis 2, mittel bis 8, darüber hoch.",
    )
    person_days_from = models.DecimalField(
        "Personentage von", max_digits=6, decimal_places=2, null=True, blank=True
    )
    person_days_to = models.DecimalField(
        "Personentage bis", max_digits=6, decimal_places=2, null=True, blank=True
    )
    person_days_per = models.CharField(
        "Personentage gelten je",
        max_length=60,
        blank=True,
        help_text="Leer lassen oder zum Beispiel: je Folge",
    )
    costs = models.CharField(
        "Kosten",
        max_length=6,
        choices=Cost,
        blank=True,
        help_text="Was an andere gezahlt wird, ohne die eigene Arbeitszeit.",
    )
    roles = StringListField(
        "Rollen",
        blank=True,
        help_text="Eine je Zeile, Aufgabe nach Doppelpunkt. Beispiel: Moderation: führt durch die Stunde",
    )
    tools = StringListField("Technik und Material", blank=True, help_text="Ein Mittel je Zeile.")
    result = BoundedTextField("Ergebnis", max_length=600, help_text="Was liegt am Ende vor?")
    tips = StringListField("Tipps", blank=True, help_text="Ein Tipp je Zeile.")
    pitfalls = StringListField("Was schiefgehen kann", blank=True, help_text="Ein Stolperstein je Zeile.")
    checklist = StringListField(
        "Checkliste", blank=True, help_text="Ein Punkt je Zeile, in der Reihenfolge des Abhakens."
    )
    estimated = StringListField(
        "Schätzungen",
        blank=True,
        choices=list(ESTIMABLE.items()),
        help_text="Welche Angaben sind nicht belegt, sondern fachlich geschätzt?",
    )
    picture = models.ImageField("Bild", upload_to=_picture_name, blank=True)
    picture_alt = models.CharField(
        "Bildbeschreibung",
        max_length=250,
        blank=True,
        help_text="Was zeigt das Bild? Für alle, die es nicht sehen.",
    )
    picture_credit = models.CharField("Bildnachweis", max_length=120, blank=True)

    provenance = models.CharField("Herkunft", max_length=20, choices=Provenance)
    provenance_note = models.CharField(
        "Zur Herkunft", max_length=400, blank=True, help_text="Womit ist die Aufnahme begründet?"
    )
    as_of = models.DateField("Stand", help_text="Wann wurden die Angaben zuletzt fachlich geprüft?")
    review_due = models.DateField("Wieder prüfen am", null=True, blank=True)

    related = models.ManyToManyField(
        "self",
        through="formats.Relation",
        through_fields=("origin", "target"),
        symmetrical=False,
        related_name="related_from",
        verbose_name="Verwandt",
    )
    # The topics of the working copy; on publication they become the public ones.
    draft_topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name="Themen")
    topics = TaggableManager("öffentliche Themen", through=TaggedItem, blank=True)

    published = models.OneToOneField(
        "formats.Revision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="live_in",
        verbose_name="veröffentlichte Fassung",
    )
    live_number = models.PositiveSmallIntegerField(
        "öffentliche Nummer", null=True, blank=True, editable=False
    )
    published_at = models.DateTimeField("veröffentlicht", null=True, blank=True, editable=False)
    first_published_at = models.DateTimeField("zuerst veröffentlicht", null=True, blank=True, editable=False)
    # The newest revision, as long as it says something else than the published one.
    draft = models.OneToOneField(
        "formats.Revision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="draft_of",
        verbose_name="Entwurf",
    )
    successor = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="predecessors",
        verbose_name="Nachfolger",
    )
    withdrawal_note = models.CharField("Satz zum Zurückziehen", max_length=250, blank=True, editable=False)
    # The review date of which the editors have been reminded.
    reminded_of = models.DateField("erinnert an", null=True, blank=True, editable=False)

    shown_on_public_pages = True

    objects = FormatQuerySet.as_manager()

    class Meta:
        verbose_name = "Steckbrief"
        verbose_name_plural = "Steckbriefe"
        ordering = ["kind", "number", "title", "pk"]
        permissions = [("release_format", "Can release a Steckbrief")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "live_number"],
                condition=Q(published__isnull=False),
                name="formats_format_number_once",
                violation_error_message="Diese Nummer trägt schon ein veröffentlichter Steckbrief.",
            ),
            models.CheckConstraint(
                condition=Q(group_from__isnull=True) | Q(group_from__gte=1),
                name="formats_format_group_starts",
                violation_error_message="Eine Gruppe beginnt bei einer Person.",
            ),
            models.CheckConstraint(
                condition=Q(group_to__isnull=True)
                | Q(group_from__isnull=False, group_from__lte=F("group_to")),
                name="formats_format_group_span",
                violation_error_message="Gruppe: „von“ darf nicht größer sein als „bis“.",
            ),
            models.CheckConstraint(
                condition=span_is_sound("duration"),
                name="formats_format_duration_span",
                violation_error_message=f"Dauer: {SPAN_RULE}",
            ),
            models.CheckConstraint(
                condition=span_is_sound("person_days"),
                name="formats_format_days_span",
                violation_error_message=f"Personentage: {SPAN_RULE}",
            ),
            models.CheckConstraint(
                condition=Q(person_days_to__isnull=True)
                | Q(person_days_to__lte=2, effort=Effort.LOW)
                | Q(person_days_to__gt=2, person_days_to__lte=8, effort=Effort.MEDIUM)
                | Q(person_days_to__gt=8, effort=Effort.HIGH),
                name="formats_format_effort_fits",
                violation_error_message="Der Aufwand passt nicht zu den Personentagen.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def newest(self):
        """The revision the working copy says: the draft, otherwise the published one; None before both."""
        return self.draft or self.published

    def get_absolute_url(self):
        return reverse("formats:format_detail", args=[self.kind, self.slug])

    def clean(self):
        refuse_control_characters(self)
        if self.picture and not self.picture_alt:
            raise ValidationError(
                {"picture_alt": "Bitte beschreiben Sie das Bild für alle, die es nicht sehen."}
            )
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": "Diese Adresse ist schon vergeben. Bitte wählen Sie eine andere."})

    def set_topics(self, names: list[str]) -> None:
        """Make these the public topics; unknown ones are made."""
        self.topics.set(Topic.objects.named(names))

    @property
    def group_text(self) -> str:
        """`15–150 Personen`, `beliebig viele`, or empty where nothing is known."""
        if self.group_from == 1 and self.group_to is None:
            return "beliebig viele"
        span = german_span(self.group_from, self.group_to)
        return span and f"{span} {'Person' if span == '1' else 'Personen'}"

    @property
    def duration_text(self) -> str:
        return duration_text(self.duration_from, self.duration_to, self.duration_unit, self.duration_per)

    @property
    def person_days_text(self) -> str:
        return person_days_text(self.person_days_from, self.person_days_to, self.person_days_per)

    @property
    def duration_minutes(self) -> tuple[int, int] | None:
        """Shortest and longest duration in minutes of working time; None where unknown."""
        if self.duration_from is None:
            return None
        unit = DurationUnit(self.duration_unit).minutes
        return int(self.duration_from * unit), int(self.duration_to * unit)
