"""Succession: which municipality took the place of which, and since when."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from towns.models.town import Town


class SuccessionQuerySet(models.QuerySet):
    def with_towns(self) -> Self:
        return self.select_related("predecessor__land", "successor__land")

    def newest_first(self) -> Self:
        return self.order_by("-since", "pk")


class Succession(models.Model):
    """Written by a change file or by staff; the register itself does not name successors."""

    predecessor = models.ForeignKey(
        Town, on_delete=models.CASCADE, related_name="succeeded_by", verbose_name="bisherige Gemeinde"
    )
    successor = models.ForeignKey(
        Town, on_delete=models.CASCADE, related_name="follows", verbose_name="Nachfolgerin"
    )
    since = models.DateField("seit")
    note = models.CharField("Anmerkung", max_length=250, blank=True)

    shown_on_public_pages = True

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = "Nachfolge"
        verbose_name_plural = "Nachfolgen"
        ordering = ["-since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="towns_succession_once",
                violation_error_message="Diese Nachfolge steht schon da.",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="towns_succession_of_another",
                violation_error_message="Eine Gemeinde kann nicht ihre eigene Nachfolgerin sein.",
            ),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"
