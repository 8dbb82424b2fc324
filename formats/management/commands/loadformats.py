"""Bring the content files into the database, without ever overwriting an editor."""

from pathlib import Path

from django.core.exceptions import ValidationError
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
            bring_files(snapshots, folder)
            result = load_snapshots(snapshots)
        except (BrokenContent, ValidationError) as broken:
            said = "\n".join(broken.messages) if isinstance(broken, ValidationError) else broken
            raise CommandError(f"Nothing was loaded.\n{said}") from broken
        for slug, keys in result.differing.items():
            self.stdout.write(f"{slug}: editors' text kept, file differs in {', '.join(keys)}")
        for slug in result.withdrawn:
            self.stdout.write(f"{slug}: withdrawn by an editor, left as it is")
        self.stdout.write(
            f"{len(result.created)} new, {len(result.updated)} updated, {len(result.unchanged)} unchanged, "
            f"{len(result.differing) + len(result.withdrawn)} kept as edited."
        )
