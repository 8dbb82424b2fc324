"""District: a Kreis, a Landkreis or a kreisfreie Stadt, as the register names it."""

from typing import Self

from django.db import models
from django.db.models import Q

from towns.models.land import Land
from towns.models.vocabulary import DistrictKind


class DistrictQuerySet(models.QuerySet):
    def current(self) -> Self:
        """Those of the newest register."""
        return self.filter(valid_until__isnull=True)

    def alphabetical(self) -> Self:
        return self.order_by("name", "key", "pk")

    def in_land(self, key: str) -> Self:
        return self.filter(land__key=key)


class District(models.Model):
    """`key` is unique among the current ones only: official keys can be given again."""

    key = models.CharField("Schlüssel", max_length=5)
    land = models.ForeignKey(Land, on_delete=models.PROTECT, related_name="districts", verbose_name="Land")
    name = models.CharField("Name", max_length=120, help_text="Der amtliche Name bis zum ersten Komma.")
    official_name = models.CharField("amtlicher Name", max_length=120)
    kind = models.CharField("Art", max_length=2, choices=DistrictKind)
    seat = models.CharField("Sitz der Verwaltung", max_length=120, blank=True)
    valid_from = models.DateField("im Verzeichnis ab")
    valid_until = models.DateField("nicht mehr im Verzeichnis ab", null=True, blank=True)

    shown_on_public_pages = True

    objects = DistrictQuerySet.as_manager()

    class Meta:
        verbose_name = "Kreis"
        verbose_name_plural = "Kreise"
        ordering = ["name", "key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(valid_until__isnull=True),
                name="towns_district_key_once",
                violation_error_message="Diesen Schlüssel trägt schon ein bestehender Kreis.",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def is_city(self) -> bool:
        """Whether the Kreis is a city of its own (kreisfreie Stadt, Stadtkreis)."""
        return self.kind in (DistrictKind.CITY, DistrictKind.CITY_BW)

    @property
    def label(self) -> str:
        """`Landkreis Prignitz`, `Kreis Unna`, `Bodenseekreis`, `Region Hannover`; cities by their name."""
        said = any(word in self.name.lower() for word in ("kreis", "verband", "region"))
        return self.name if said or self.is_city else f"{self.get_kind_display()} {self.name}"
