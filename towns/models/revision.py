"""TownRevision: one immutable snapshot of what a town says about itself."""

from typing import Self

from django.conf import settings
from django.db import models

from towns.models.seat import Seat
from towns.models.town import Town


class TownRevisionQuerySet(models.QuerySet):
    def of_town(self, town: Town) -> Self:
        return self.filter(town=town)

    def newest_first(self) -> Self:
        return self.order_by("-number")

    def with_author(self) -> Self:
        return self.select_related("author", "seat__town", "seat__association")

    def before(self, revision: "TownRevision") -> "TownRevision | None":
        """The revision that `revision` followed."""
        return self.filter(town=revision.town_id, number__lt=revision.number).newest_first().first()

    def update(self, **fields):
        raise TypeError("A revision never changes; make a new one.")


class TownRevision(models.Model):
    """Who wrote what on a town's page, in which seat. Undoing makes a new one that names the old."""

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="revisions", verbose_name="Stadt")
    number = models.PositiveIntegerField("Fassung")
    snapshot = models.JSONField("Inhalt")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="von",
    )
    seat = models.ForeignKey(
        Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Sitz"
    )
    restores = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="stellt her"
    )
    reason = models.CharField("Warum", max_length=250, blank=True)
    created_at = models.DateTimeField("am", auto_now_add=True)

    objects = TownRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "Fassung einer Stadtseite"
        verbose_name_plural = "Fassungen von Stadtseiten"
        ordering = ["town", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["town", "number"], name="towns_revision_number_once"),
        ]

    def __str__(self):
        return f"Fassung {self.number} von {self.town}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A revision never changes; make a new one.")
        super().save(*args, **kwargs)
