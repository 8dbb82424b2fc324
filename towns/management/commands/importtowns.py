"""Read the official Gemeindeverzeichnis into the database, or say what it would change."""

import sys
from datetime import date, datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from foundation.kit.progress import Progress
from towns.register.changes import read_changes
from towns.register.difference import compare
from towns.register.problems import BrokenFile
from towns.register.read import read_register
from towns.register.report import report_lines
from towns.register.write import import_figures, import_register

USUAL_ROWS = 16_100  # of the excerpt; only the bar needs it


def german_date(text: str) -> date:
    return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 (a day, no moment)


class Command(BaseCommand):
    help = (
        "Reads the official register (xlsx excerpt or GV100AD, plain or zipped). "
        "Nothing is ever deleted; the same file a second time changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only report the difference")
        parser.add_argument("--everything", action="store_true", help="report without shortening")
        parser.add_argument("--changes", type=Path, help="change file: alt;neu;seit;art;anmerkung")
        parser.add_argument(
            "--population-date", type=german_date, help="day of the population, DD.MM.YYYY (for GV100AD)"
        )
        parser.add_argument(
            "--only-figures", action="store_true", help="only the year's figures, from an older vintage"
        )
        parser.add_argument(
            "--many-may-go", action="store_true", help="more than five per cent may vanish at once"
        )

    def handle(self, *, file, dry_run, everything, changes, population_date, only_figures, many_may_go, **_):
        try:
            successions = read_changes(changes) if changes else []
            with Progress(sys.stderr, "Einlesen  ", USUAL_ROWS) as bar:
                register = read_register(file, population_as_of=population_date, progress=bar)
            if only_figures:
                count, _source = import_figures(register)
                self.stdout.write(f"Strukturwerte für {register.population_as_of.year}: {count} geschrieben.")
                return
            if dry_run:
                difference, source = compare(register, successions, many_may_go=many_may_go), None
            else:
                with Progress(sys.stderr, "Schreiben ", len(register.towns)) as bar:
                    difference, source = import_register(
                        register, successions, many_may_go=many_may_go, progress=bar
                    )
        except BrokenFile as broken:
            raise CommandError(f"Nichts wurde geändert.\n{broken}") from broken
        for line in report_lines(difference, everything=everything):
            self.stdout.write(line)
        if dry_run:
            self.stdout.write("Probelauf: Nichts wurde geändert.")
        elif source is None:
            self.stdout.write("Alles war schon da, nichts wurde geändert.")
        else:
            self.stdout.write(
                f"{len(difference.created)} neu, {len(difference.revised)} mit anderen Angaben, "
                f"{len(difference.dissolved) + len(difference.merged)} beendet."
            )
