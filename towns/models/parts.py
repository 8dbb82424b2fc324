"""Parts of a town's page: what it offers and seeks, its projects, links and pictures."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from foundation.kit.fields import BoundedTextField, refuse_control_characters
from foundation.kit.files import random_name
from foundation.topics.models import Topic
from towns.models.town import Town
from towns.models.vocabulary import Direction


class PartQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Parts of the towns this reader may open; the answer for pictures, too."""
        return self.filter(town__in=Town.objects.visible_to(user).order_by().values("pk"))

    def of_town(self, town: Town) -> Self:
        return self.filter(town=town)

    def in_order(self) -> Self:
        return self.order_by("town", "position", "pk")


class Part(models.Model):
    """What all parts share besides their town: the place among their equals."""

    position = models.PositiveSmallIntegerField("Platz", default=0)

    shown_on_public_pages = True

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["town", "position", "pk"]

    def clean(self):
        refuse_control_characters(self)


class OfferQuerySet(PartQuerySet):
    def offering(self) -> Self:
        return self.filter(direction=Direction.OFFERS)

    def seeking(self) -> Self:
        return self.filter(direction=Direction.SEEKS)

    def tally(self) -> models.QuerySet:
        """(town key, direction, how many), for all towns that offer or seek anything."""
        counted = self.order_by("town", "direction").values_list("town", "direction")
        return counted.annotate(count=models.Count("pk"))

    def of_participants(self) -> Self:
        """Of teilnehmende Städte, with the town and its Land."""
        taking_part = Town.objects.participating().order_by().values("pk")
        return self.filter(town__in=taking_part).select_related("town__land")

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")


class Offer(Part):
    """One thing a town can offer to others, or seeks from them; its topic feeds the suggestions."""

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="offers", verbose_name="Stadt")
    direction = models.CharField("Richtung", max_length=6, choices=Direction)
    text = models.CharField("Was", max_length=200, help_text="Beispiel: Erfahrung mit einem Leerstandsmelder")
    topic = models.ForeignKey(
        Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Thema"
    )
    created_at = models.DateTimeField("eingetragen am", default=timezone.now, editable=False)

    objects = OfferQuerySet.as_manager()

    class Meta(Part.Meta):
        verbose_name = "Angebot oder Gesuch"
        verbose_name_plural = "Angebote und Gesuche"

    def __str__(self):
        return f"{self.get_direction_display()}: {self.text}"

    @property
    def is_offering(self) -> bool:
        return self.direction == Direction.OFFERS


class Project(Part):
    """Something the town has done or is doing; with its source where others wrote it down."""

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="projects", verbose_name="Stadt")
    title = models.CharField("Titel", max_length=200)
    summary = BoundedTextField("Kurz gesagt", max_length=1500, blank=True)
    year_from = models.PositiveSmallIntegerField("von Jahr", null=True, blank=True)
    year_to = models.PositiveSmallIntegerField("bis Jahr", null=True, blank=True)
    url = models.URLField("Adresse", max_length=300, blank=True)
    source = models.CharField("Quelle", max_length=300, blank=True)
    source_as_of = models.DateField("Quelle vom", null=True, blank=True)

    class Meta(Part.Meta):
        verbose_name = "Projekt"
        verbose_name_plural = "Projekte"
        constraints = [
            models.CheckConstraint(
                condition=Q(year_to__isnull=True) | Q(year_from__isnull=False, year_to__gte=F("year_from")),
                name="towns_project_years",
                violation_error_message="„bis“ braucht ein „von“ und darf nicht davor liegen.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def period(self) -> str:
        """`2021–2023`, `seit 2021`, `2021`, or empty."""
        if self.year_from is None:
            return ""
        if self.year_to is None:
            return f"seit {self.year_from}"
        return str(self.year_from) if self.year_from == self.year_to else f"{self.year_from}–{self.year_to}"


class TownLink(Part):
    """A page elsewhere that the town wants to be known."""

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="links", verbose_name="Stadt")
    title = models.CharField("Titel", max_length=160)
    url = models.URLField("Adresse", max_length=300)

    class Meta(Part.Meta):
        verbose_name = "Link"
        verbose_name_plural = "Links"

    def __str__(self):
        return self.title


def _large_name(instance, filename):
    return random_name("stadtbilder", filename)


def _medium_name(instance, filename):
    return random_name("stadtbildermittel", filename)


def _small_name(instance, filename):
    return random_name("stadtbilderklein", filename)


class TownPicture(Part):
    """A picture in three sizes as WebP, made by the house; `width` and `height` are of the large one."""

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="pictures", verbose_name="Stadt")
    large = models.ImageField("Bild", upload_to=_large_name, width_field="width", height_field="height")
    medium = models.ImageField(upload_to=_medium_name, blank=True, editable=False)
    small = models.ImageField(upload_to=_small_name, blank=True, editable=False)
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = models.CharField("Bildbeschreibung", max_length=250, help_text="Für alle, die es nicht sehen.")
    credit = models.CharField("Bildnachweis", max_length=160)

    class Meta(Part.Meta):
        verbose_name = "Bild"
        verbose_name_plural = "Bilder"

    def __str__(self):
        return self.alt

    def clean(self):
        super().clean()
        if not self.alt.strip():
            raise ValidationError({"alt": "Bitte beschreiben Sie das Bild für alle, die es nicht sehen."})
