"""Bring the content files into the database, without ever overwriting an editor."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from formats.actions import load_snapshots
from formats.content_files import CONTENT, BrokenContent, bring_files, read_folder


class Command(BaseCommand):
    help = "Loads the Steckbriefe from their content files. Safe to run twice; editors' changes are kept."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=CONTENT)

    def handle(self, *, folder, **options):
        try:
            snapshots = read_folder(folder)
        except BrokenContent as broken:
            raise CommandError(f"Nothing was loaded.\n{broken}") from broken
        bring_files(snapshots, folder)
        result = load_snapshots(snapshots)
        for slug, keys in result.differing.items():
            self.stdout.write(f"{slug}: editors' text kept, file differs in {', '.join(keys)}")
        self.stdout.write(
            f"{len(result.created)} new, {len(result.updated)} updated, {len(result.unchanged)} unchanged, "
            f"{len(result.differing)} kept as edited."
        )
