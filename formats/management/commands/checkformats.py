"""Check the content files without touching the database."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from formats.content_files import CONTENT, BrokenContent, read_folder


class Command(BaseCommand):
    help = "Checks the content files of the Steckbriefe; names file, line and field of every problem."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=CONTENT)

    def handle(self, *, folder, **options):
        try:
            snapshots = read_folder(folder)
        except BrokenContent as broken:
            raise CommandError(str(broken)) from broken
        self.stdout.write(f"{len(snapshots)} content files are sound.")
