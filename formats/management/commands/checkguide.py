"""Check decision trees: the files, or what editors have in the database."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from formats.content_files import CONTENT, FOLDERS, BrokenContent
from formats.guide.actions import findings_of, working_plan
from formats.guide.checks import problems_of
from formats.guide.files import FOLDER, read_trees
from formats.models import Tree


class Command(BaseCommand):
    help = (
        "Checks the decision trees: dead ends, circles, unreachable parts, missing „Weiß ich nicht“. "
        "Without --database it reads the files and needs no database."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
        parser.add_argument("--database", action="store_true", help="check drafts and public trees instead")

    def handle(self, *, folder, database, **options):
        found = list(self._of_database() if database else self._of_files(folder))
        for slug, finding in found:
            kind = "Fehler" if finding.is_error else "Hinweis"
            self.stdout.write(f"{slug}: {kind}: {finding.sentence}")
        errors = sum(finding.is_error for _, finding in found)
        if errors:
            raise CommandError(f"{errors} Fehler, {len(found) - errors} Hinweise.")
        self.stdout.write(f"Alle Wegweiser sind in Ordnung, {len(found)} Hinweise.")

    def _of_files(self, folder):
        formats = {path.stem for name in FOLDERS.values() for path in (CONTENT / name).glob("*.yaml")}
        try:
            trees = read_trees(folder, formats=formats)
        except BrokenContent as broken:
            raise CommandError(str(broken)) from broken
        for tree in trees:
            yield from ((tree.slug, finding) for finding in problems_of(tree.plan, formats=formats))

    def _of_database(self):
        for tree in Tree.objects.ordered().with_revision():
            yield from ((tree.slug, finding) for finding in findings_of(tree, working_plan(tree)))
