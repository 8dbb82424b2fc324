"""Draw the outlines of the Länder anew from the register, into the file that the maps read."""

import json

from django.core.management.base import BaseCommand, CommandError

from towns.models import LAENDER, RegisterImport, Town
from towns.outlines import outlines_of
from towns.svg import OUTLINES


class Command(BaseCommand):
    help = "Zeichnet die Umrisse der Länder aus Lage und Fläche der Gemeinden (towns/laender.json)."

    def handle(self, *args, **options):
        source = RegisterImport.objects.of_register().newest_first().first()
        if source is None:
            raise CommandError("Bitte zuerst das Gemeindeverzeichnis einlesen: manage.py importtowns DATEI")
        outlines = outlines_of(Town.objects.discs())
        if missing := sorted(LAENDER.keys() - outlines.keys()):
            raise CommandError(f"Keine Gemeinden mit Lage und Fläche in: {', '.join(missing)}")
        data = {
            "source": source.source,
            "as_of": source.as_of.isoformat(),
            "method": "aus Lage und Fläche der Gemeinden gerechnet, Umrisse ungenau",
            "laender": outlines,
        }
        OUTLINES.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        size = OUTLINES.stat().st_size
        self.stdout.write(f"{len(outlines)} Länder gezeichnet, {size / 1000:.0f} kB.")
