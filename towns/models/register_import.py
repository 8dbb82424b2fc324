"""RegisterImport: one reading of an official file, kept as the source of what it brought."""

from typing import Self

from django.db import models


class RegisterImportQuerySet(models.QuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-as_of", "-pk")

    def source_of_register(self) -> "RegisterImport | None":
        """Where the figures of the directory come from: the newest vintage, else the content file."""
        newest = self.of_register().newest_first().first()
        return newest or self.filter(kind=RegisterImport.Kind.CONTENT).newest_first().first()

    def of_register(self) -> Self:
        """The vintages of the Gemeindeverzeichnis, without type files and content files."""
        return self.filter(kind__in=[RegisterImport.Kind.XLSX, RegisterImport.Kind.GV100AD])


class RegisterImport(models.Model):
    """A row stands for a file that changed something; reading the same file again makes none."""

    class Kind(models.TextChoices):
        XLSX = "xlsx", "Gemeindeverzeichnis, Excel-Auszug"
        GV100AD = "gv100ad", "Gemeindeverzeichnis, Festformat GV100AD"
        FIGURES = "zahlen", "Gemeindeverzeichnis, nur Zahlen"
        BBSR = "bbsr", "BBSR-Typen"
        REGIOSTAR = "regiostar", "RegioStaR"
        CONTENT = "inhalt", "Inhaltsdatei der Plattform"

    kind = models.CharField("Art", max_length=10, choices=Kind)
    source = models.CharField("Quelle", max_length=250)
    file_name = models.CharField("Datei", max_length=200)
    digest = models.CharField("SHA-256", max_length=64)
    as_of = models.DateField("Gebietsstand")
    population_as_of = models.DateField("Bevölkerung vom", null=True, blank=True)
    counts = models.JSONField("Ergebnis", default=dict)
    imported_at = models.DateTimeField("eingelesen am", auto_now_add=True)

    shown_on_public_pages = True

    objects = RegisterImportQuerySet.as_manager()

    class Meta:
        verbose_name = "Einlesen"
        verbose_name_plural = "Eingelesene Verzeichnisse"
        ordering = ["-as_of", "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()}, Stand {self.as_of:%d.%m.%Y}"

    @property
    def words(self) -> str:
        """The line under every official figure: source, Gebietsstand, date of the population."""
        said = f"{self.source}; Gebietsstand {self.as_of:%d.%m.%Y}"
        return f"{said}, Bevölkerung vom {self.population_as_of:%d.%m.%Y}" if self.population_as_of else said
