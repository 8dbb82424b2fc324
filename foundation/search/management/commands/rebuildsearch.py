"""`rebuildsearch`: make the whole search index anew while the site runs."""

from django.core.management.base import BaseCommand

from foundation.search.checking import rebuild
from foundation.search.sources import sources

WIDTH = 40


class Command(BaseCommand):
    help = "Legt das Suchverzeichnis neu an; die Seite läuft dabei weiter."

    def handle(self, *args, **options):
        total = sum(source.keys().count() for source in sources().values())
        done = 0
        for done in rebuild():
            filled = WIDTH * done // max(total, 1)
            bar = f"[{'=' * filled}{' ' * (WIDTH - filled)}] {done} von {total}"
            self.stderr.write(f"\r{bar}", ending="")
            self.stderr.flush()
        self.stderr.write("")
        self.stdout.write(f"Neu angelegt: {done} Einträge aus {len(sources())} Arten.")
