"""Turn the published Steckbriefe back into content files."""

from pathlib import Path

from django.core.management.base import BaseCommand

from formats.content_files import CONTENT, write_file
from formats.models import Format


class Command(BaseCommand):
    help = "Writes every published Steckbrief as a content file; files of others are left alone."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=CONTENT)

    def handle(self, *, folder, **options):
        formats = Format.objects.published().with_revision().order_by("pk")
        paths = [write_file(format.published.snapshot, folder) for format in formats]
        self.stdout.write(f"{len(paths)} content files written.")
