"""Association: a Gemeindeverband that administers several municipalities, with seats of its own."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from foundation.kit.text import german_slug
from towns.models.district import District
from towns.models.vocabulary import AssociationKind


class AssociationQuerySet(models.QuerySet):
    def current(self) -> Self:
        """Those of the newest register."""
        return self.filter(valid_until__isnull=True)

    def alphabetical(self) -> Self:
        return self.order_by("name", "key", "pk")

    def with_list_details(self) -> Self:
        """District and Land in the same query."""
        return self.select_related("district__land")

    def at_address(self, slug: str) -> "Association | None":
        """The one whose key ends this address; of several that bore the key, the one of today."""
        newest = models.F("valid_until").desc(nulls_first=True)
        return self.filter(key=slug.rpartition("-")[2]).order_by(newest, "-pk").first()


class Association(models.Model):
    """`key` is the first nine digits of the ARS; unique among the current ones only.

    Inhabitants are the sum over its municipalities, unknown if one of theirs is.
    """

    key = models.CharField("Schlüssel", max_length=9)
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="associations", verbose_name="Kreis"
    )
    name = models.CharField("Name", max_length=120)
    official_name = models.CharField("amtlicher Name", max_length=120)
    kind = models.CharField("Art", max_length=2, choices=AssociationKind)
    seat = models.CharField("Sitz der Verwaltung", max_length=120, blank=True)
    inhabitants = models.PositiveIntegerField("Einwohner:innen", null=True, blank=True)
    valid_from = models.DateField("im Verzeichnis ab")
    valid_until = models.DateField("nicht mehr im Verzeichnis ab", null=True, blank=True)

    shown_on_public_pages = True

    objects = AssociationQuerySet.as_manager()

    class Meta:
        verbose_name = "Gemeindeverband"
        verbose_name_plural = "Gemeindeverbände"
        ordering = ["name", "key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(valid_until__isnull=True),
                name="towns_association_key_once",
                violation_error_message="Diesen Schlüssel trägt schon ein bestehender Gemeindeverband.",
            ),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("towns:association_detail", args=[self.slug])

    @property
    def slug(self) -> str:
        """The last part of its address: readable, and unique by the key at its end."""
        return f"{german_slug(self.label)}-{self.key}"

    @property
    def label(self) -> str:
        """`Amt Stavenhagen`; the kind is left out where the name says it (GVV, VVG: so in the register)."""
        kind = self.get_kind_display()
        said = kind.lower() in self.name.lower() or self.name.startswith(("GVV ", "VVG "))
        return self.name if said else f"{kind} {self.name}"
