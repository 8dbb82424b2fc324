"""Rows of a spreadsheet, streamed by openpyxl behind limits of our own.

openpyxl and not a reader of ours: it is well kept, reads the whole register in a second and 40 MB in
read-only mode, and knows the corners of the format. What it does not guard against (archives that
unpack without end, rows numbered into the billions, entity tricks) is refused here.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from xml.etree.ElementTree import ParseError  # noqa: S405 (only the name of its error)

import openpyxl

from towns.register.problems import BrokenFile
from towns.register.source import ARCHIVE_ERRORS, check_archive
from towns.register.values import Cell

MOST_ROWS = 60_000
BROKEN = "Die Excel-Datei ist beschädigt oder abgeschnitten."
# Whatever openpyxl meets in a file that is none: it has no error of its own for that.
_ERRORS = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    *ARCHIVE_ERRORS,
    openpyxl.utils.exceptions.InvalidFileException,
)


@contextmanager
def open_workbook(stream: BinaryIO) -> Iterator[Workbook]:
    """The workbook of a checked stream; everything that goes wrong in it becomes `BrokenFile`."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")  # on styles and rules that we do not read
        try:
            with zipfile.ZipFile(stream) as archive:
                check_archive(archive)
                _refuse_entities(archive)
            stream.seek(0)
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        except _ERRORS as error:
            raise BrokenFile(BROKEN) from error
        try:
            yield Workbook(book)
        finally:
            book.close()


def _refuse_entities(archive: zipfile.ZipFile) -> None:
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                start = stream.read(4096)
            if re.search(rb"<!\s*(DOCTYPE|ENTITY)", start.replace(b"\x00", b"")):
                raise BrokenFile("Die Excel-Datei enthält eine Dokumenttyp-Angabe und wird nicht gelesen.")


class Workbook:
    """Sheets by name, rows as tuples."""

    def __init__(self, book):
        self._book = book

    @property
    def names(self) -> list[str]:
        return list(self._book.sheetnames)

    def rows(self, name: str, *, columns: int) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """(row number, the first `columns` cells) of every row that is not empty.

        Raises `BrokenFile` beyond `MOST_ROWS`, also for rows that are only numbered so.
        """
        rows = self._book[name].iter_rows(max_col=columns, values_only=True)
        number = 0
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except _ERRORS as error:
                raise BrokenFile(BROKEN) from error
            number += 1
            if number > MOST_ROWS:
                raise BrokenFile(f"Das Blatt „{name}“ hat mehr als {MOST_ROWS} Zeilen.")
            if any(cell is not None for cell in row):
                yield number, row
