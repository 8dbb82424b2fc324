"""Read BBSR types or RegioStaR from their reference file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from foundation.kit.text import german_slug
from towns.management.commands.importtowns import german_date
from towns.models import RegisterImport
from towns.register.problems import BrokenFile
from towns.register.types import COLUMNS, LEVELS, Columns, import_types, read_types

SOURCES = {
    RegisterImport.Kind.BBSR: "Bundesinstitut für Bau-, Stadt- und Raumforschung (BBSR), Referenzdatei",
    RegisterImport.Kind.REGIOSTAR: "Bundesministerium für Verkehr, Raumtypologie RegioStaR",
}
USUAL_LEVEL = {RegisterImport.Kind.BBSR: "verband", RegisterImport.Kind.REGIOSTAR: "gemeinde"}


class Command(BaseCommand):
    help = "Reads town types from a reference file (CSV or xlsx). The same file again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", choices=list(SOURCES), required=True)
        parser.add_argument("--as-of", type=german_date, required=True, help="Gebietsstand, DD.MM.YYYY")
        parser.add_argument("--source", default="", help="shown beside the types; default: the publisher")
        parser.add_argument("--level", choices=list(LEVELS), help="what the keys name")
        parser.add_argument("--sheet", default="", help="sheet of an xlsx; default: the first")
        parser.add_argument("--key-column", help="heading of the column with the keys")
        parser.add_argument("--type-column", help="heading of the column with the types")
        parser.add_argument("--location-column", help="heading of the column with the location (BBSR)")
        parser.add_argument("--dry-run", action="store_true", help="only report")

    def handle(self, *, file, kind, as_of, source, level, sheet, dry_run, **options):
        usual = COLUMNS[kind]
        named = {part: options[f"{part}_column"] for part in ("key", "type", "location")}
        columns = Columns(
            **{part: (german_slug(name),) if name else getattr(usual, part) for part, name in named.items()}
        )
        try:
            table = read_types(
                file,
                kind=kind,
                source=source or SOURCES[kind],
                as_of=as_of,
                level=level or USUAL_LEVEL[kind],
                columns=columns,
                sheet=sheet,
            )
            result = import_types(table, dry_run=dry_run)
        except BrokenFile as broken:
            raise CommandError(f"Nichts wurde geändert.\n{broken}") from broken
        self.stdout.write(f"{len(table.rows)} Schlüssel, davon {result.matched} mit Gemeinden der Plattform.")
        if result.unknown:
            self.stdout.write(f"Ohne Gemeinde: {', '.join(result.unknown[:12])}")
        said = "würden sich ändern" if dry_run else "geändert"
        self.stdout.write(f"{result.changed} Gemeinden {said}.")
