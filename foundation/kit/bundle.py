"""Static files: the few that come from npm, and one stylesheet made of many at collectstatic."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/main.css"
_IMPORT = re.compile(r"""@import\s+url\(["']?([^"')]+)["']?\)\s*(?:layer\(([\w.-]+)\))?\s*;""")
_URL = re.compile(r"""url\(\s*("[^"]*"|'[^']*'|[^"')]*)\s*\)""")
_ELSEWHERE = re.compile(r"[a-z]+:|/|#", re.IGNORECASE)


# Of what apps bring along, the copies that only development reads, and the other majors of htmx.
NEVER_COLLECTED = ["jquery.js", "xregexp.js", "select2.full.js", "htmx-2.js", "htmx-4*", "htmax-*"]


class AppFinder(AppDirectoriesFinder):
    """Finds what apps bring along; collects only what production asks for."""

    def list(self, ignore_patterns):
        return super().list([*(ignore_patterns or []), *NEVER_COLLECTED])


class PackageFinder(BaseFinder):
    """Finds what `settings.STATIC_PACKAGES` names (address below /static/ → file) and nothing else.

    The packages hold many times what we use; collecting all of it would take most of a minute.
    A missing file is an error, at the system check and at collectstatic: pages without style are no pages.
    """

    def __init__(self, app_names=None, *args, **kwargs):
        self.files: dict[str, Path] = dict(settings.STATIC_PACKAGES)

    def check(self, **kwargs) -> list[checks.CheckMessage]:
        if not settings.DEBUG:  # production serves what was collected and needs no packages any more
            return []
        return [
            checks.Error(_missing(file), hint="Bitte „npm ci“ im Projektordner ausführen.", id="kit.E001")
            for file in self.files.values()
            if not file.is_file()
        ]

    def find(self, path, find_all=False):
        file = self.files.get(path)
        found = [str(file)] if file and file.is_file() else []
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns):
        for address, file in self.files.items():
            if not file.is_file():
                raise ImproperlyConfigured(f"{_missing(file)} Bitte „npm ci“ im Projektordner ausführen.")
            storage = FileSystemStorage(location=file.parent)
            storage.prefix = posixpath.dirname(address)
            yield file.name, storage


def _missing(file: Path) -> str:
    return f"Die Datei {file.name} aus node_modules fehlt, ohne sie hat keine Seite ihr Aussehen."


class BundledStorage(CompressedManifestStaticFilesStorage):
    """Joins css/main.css and all it imports into one file before names are hashed and files compressed."""

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            paths = self._with_bundle(paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _with_bundle(self, paths):
        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        css, parts = join_imports(STYLESHEET, read)
        for name in (STYLESHEET, *parts):
            self.delete(name)
        self._save(STYLESHEET, ContentFile(css.encode()))
        kept = {name: found for name, found in paths.items() if name not in parts}
        return kept | {STYLESHEET: (self, STYLESHEET)}


def join_imports(stylesheet: str, read: Callable[[str], str]) -> tuple[str, list[str]]:
    """The stylesheet with every @import replaced by what it names, and the names of those files.

    Each imported file goes into its cascade layer; its relative addresses are bent to the new place.
    """
    base = posixpath.dirname(stylesheet)
    parts: list[str] = []

    def text_of(name: str) -> str:
        try:
            css = read(name)
        except KeyError as error:
            raise ImproperlyConfigured(f"{stylesheet} braucht {name}, aber die Datei fehlt.") from error
        folder = posixpath.dirname(name)
        css = css.removeprefix("\ufeff").removeprefix('@charset "UTF-8";')

        def imported(match: re.Match) -> str:
            target = posixpath.normpath(posixpath.join(folder, match[1]))
            parts.append(target)
            inner = text_of(target).strip()
            return f"@layer {match[2]} {{\n{inner}\n}}" if match[2] else inner

        def bent(match: re.Match) -> str:
            address = match[1].strip("\"'")
            if not address or _ELSEWHERE.match(address):
                return match[0]
            target = posixpath.normpath(posixpath.join(folder, address))
            return f'url("{posixpath.relpath(target, base)}")'

        pieces, end = [], 0
        for match in _IMPORT.finditer(css):
            pieces += [_URL.sub(bent, css[end : match.start()]), imported(match)]
            end = match.end()
        return "".join(pieces) + _URL.sub(bent, css[end:])

    css = text_of(stylesheet)
    if "@import" in css:
        raise ImproperlyConfigured(
            f'{stylesheet}: jeder Import hat die Form @import url("…") layer(…); einer blieb übrig.'
        )
    return css, parts
