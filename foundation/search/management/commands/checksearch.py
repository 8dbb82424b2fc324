"""`checksearch`: compare the search index with the tables; `--repair` puts right what differs."""

from django.core.management.base import BaseCommand, CommandError

from foundation.search.checking import differences, repair


class Command(BaseCommand):
    help = "Vergleicht das Suchverzeichnis mit den Tabellen."

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="richtet, was abweicht")

    def handle(self, *args, repair: bool, **options):
        found = _repair() if repair else list(differences())
        for difference in found:
            if difference.keys:
                self.stdout.write(
                    f"{difference.source.label}: es fehlen {len(difference.missing)}, "
                    f"veraltet {len(difference.stale)}, zu viel {len(difference.extra)}"
                )
        count = sum(len(difference.keys) for difference in found)
        if not count:
            self.stdout.write("Suchverzeichnis und Tabellen stimmen überein.")
        elif repair:
            self.stdout.write(f"Gerichtet: {count} Einträge.")
        else:
            raise CommandError(f"{count} Einträge weichen ab; „checksearch --repair“ richtet sie.")


_repair = repair
