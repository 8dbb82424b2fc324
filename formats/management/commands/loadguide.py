"""Bring the files of the guide into the database, without ever overwriting an editor."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from formats.content_files import BrokenContent
from formats.guide.actions import load_trees
from formats.guide.files import FOLDER, read_trees


class Command(BaseCommand):
    help = "Loads the decision trees from their files. Safe to run twice; editors' changes are kept."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)

    def handle(self, *, folder, **options):
        try:
            result = load_trees(read_trees(folder))
        except (BrokenContent, ValidationError) as broken:
            said = "\n".join(broken.messages) if isinstance(broken, ValidationError) else broken
            raise CommandError(f"Nothing was loaded.\n{said}") from broken
        for slug in result.kept:
            self.stdout.write(f"{slug}: editors' text kept, the file differs")
        self.stdout.write(
            f"{len(result.created)} trees new, {len(result.updated)} updated, "
            f"{len(result.unchanged)} unchanged, {len(result.kept)} kept as edited."
        )
