"""Figures: the structure of a town in one year, kept for trends and likeness."""

from typing import Self

from django.db import models
from django.db.models import Q

from towns.models.register_import import RegisterImport


class FiguresQuerySet(models.QuerySet):
    def oldest_first(self) -> Self:
        return self.order_by("town", "year")

    def courses(self) -> models.QuerySet:
        """(town key, year, inhabitants), the years of each town upwards."""
        return self.oldest_first().values_list("town", "year", "inhabitants")

    def of_year(self, year: int) -> Self:
        return self.filter(year=year)


class Figures(models.Model):
    """`year` is the year of `as_of`, the date the inhabitants were counted for.

    A later file for the same date replaces the numbers (statistics are revised).
    """

    town = models.ForeignKey("towns.Town", on_delete=models.CASCADE, related_name="figures")
    year = models.PositiveSmallIntegerField("Jahr")
    as_of = models.DateField("Stand")
    inhabitants = models.PositiveIntegerField("Einwohner:innen", null=True, blank=True)
    male = models.PositiveIntegerField("davon männlich", null=True, blank=True)
    area_km2 = models.DecimalField("Fläche in km²", max_digits=9, decimal_places=2, null=True, blank=True)
    density = models.FloatField("Einwohner:innen je km²", null=True, blank=True)
    register = models.ForeignKey(RegisterImport, on_delete=models.PROTECT, related_name="+")

    shown_on_public_pages = True

    objects = FiguresQuerySet.as_manager()

    class Meta:
        verbose_name = "Strukturwerte"
        verbose_name_plural = "Strukturwerte"
        ordering = ["town", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["town", "year"], name="towns_figures_year_once"),
            models.CheckConstraint(
                condition=Q(male__isnull=True) | Q(inhabitants__isnull=False),
                name="towns_figures_male_of_all",
                violation_error_message="Ohne Einwohnerzahl keine Teilzahl.",
            ),
        ]

    def __str__(self):
        return f"{self.town}, {self.year}"
