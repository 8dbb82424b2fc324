"""Turn the published trees back into files."""

from pathlib import Path

from django.core.management.base import BaseCommand

from formats.guide.files import FOLDER, write_tree
from formats.guide.schema import plan_from
from formats.models import Tree


class Command(BaseCommand):
    help = "Writes every published decision tree as a file; files of others are left alone."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)

    def handle(self, *, folder, **options):
        trees = Tree.objects.published().ordered().with_revision()
        paths = [write_tree(tree.slug, plan_from(tree.published.snapshot), folder) for tree in trees]
        self.stdout.write(f"{len(paths)} files written.")
