"""Land: one of the sixteen."""

from typing import Self

from django.db import models

from foundation.kit.text import german_slug
from towns.models.vocabulary import LAENDER


class LandQuerySet(models.QuerySet):
    def alphabetical(self) -> Self:
        return self.order_by("name", "pk")

    def all_sixteen(self) -> dict[str, "Land"]:
        """Key → Land; those that are missing are made, also when two do so at once. One query else."""
        found = {land.key: land for land in self}
        for key, (name, short) in LAENDER.items():
            if key not in found:
                values = {"name": name, "short": short, "slug": german_slug(name)}
                found[key] = self.get_or_create(key=key, defaults=values)[0]
        return found


class Land(models.Model):
    key = models.CharField("Schlüssel", max_length=2, unique=True)
    name = models.CharField("Name", max_length=60, unique=True)
    short = models.CharField("Kurzzeichen", max_length=2, unique=True)
    slug = models.SlugField("Kurzname in der Adresse", max_length=60, unique=True)

    shown_on_public_pages = True

    objects = LandQuerySet.as_manager()

    class Meta:
        verbose_name = "Land"
        verbose_name_plural = "Länder"
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name
