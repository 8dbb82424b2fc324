"""Opening official files: what kind of file is it really, and is it safe to unpack?"""

from __future__ import annotations

import hashlib
import io
import lzma
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from towns.register.problems import BrokenFile

# The largest official files have some 4 MB, unpacked some 25.
MOST_BYTES = 50_000_000
MOST_UNPACKED = 150_000_000
MOST_RATIO = 60  # unpacked to packed, for every part above SMALL_PART; official ones stay below 10
SMALL_PART = 1_000_000
MOST_PARTS = 300
# Of damaged archives; RuntimeError stands for passwords and unknown ways of packing.
ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)
NOT_THE_FILE = (
    "Das ist eine Webseite, keine Datei des Verzeichnisses. Vermutlich war die Adresse zum Herunterladen "
    "veraltet. Bitte laden Sie die Datei neu herunter."
)


@contextmanager
def open_source(path: Path) -> Iterator[tuple[str, BinaryIO]]:
    """`("workbook" | "text", stream)` of a plain or zipped official file.

    Raises `BrokenFile` for everything else, with a sentence on what it seems to be.
    """
    try:
        size = path.stat().st_size
        stream = path.open("rb")
    except OSError as error:
        raise BrokenFile(f"Die Datei {path.name} lässt sich nicht öffnen.") from error
    with stream:
        if size > MOST_BYTES:
            raise BrokenFile("Die Datei ist größer als 50 MB und sicher kein Verzeichnis.")
        start = stream.read(4096)
        stream.seek(0)
        if not start:
            raise BrokenFile("Die Datei ist leer.")
        if not start.startswith(b"PK"):
            yield _plain(start), stream
            return
        with _archive(stream) as archive:
            if _is_workbook(archive):
                stream.seek(0)
                yield "workbook", stream
                return
            with _unpacked(archive) as inner:
                yield inner


def digest_of(path: Path) -> str:
    """SHA-256 of the file as it lies there."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _plain(start: bytes) -> str:
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<!--")):
        raise BrokenFile(NOT_THE_FILE)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise BrokenFile("Das ist eine alte Excel-Datei (.xls). Bitte als .xlsx speichern.")
    if start.startswith(b"%PDF"):
        raise BrokenFile("Das ist eine PDF-Datei, vermutlich die Datensatzbeschreibung.")
    if b"\x00" in start:
        raise BrokenFile("Das ist keine Textdatei und keine Excel-Datei.")
    return "text"


def _archive(stream: BinaryIO) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(stream)
        check_archive(archive)
    except ARCHIVE_ERRORS as error:
        raise BrokenFile("Die Datei ist beschädigt oder abgeschnitten.") from error
    return archive


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to far more than any official file, before anything is unpacked.

    Reading never yields more than the declared size, so a false declaration gains nothing.
    """
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise BrokenFile(f"Die Datei hat mehr als {MOST_PARTS} Teile und wird nicht geöffnet.")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise BrokenFile("Die Datei ist ausgepackt größer als 150 MB und wird nicht geöffnet.")
    for part in parts:
        if part.flag_bits & 1:
            raise BrokenFile("Die Datei ist mit einem Passwort geschützt.")
        if part.file_size > SMALL_PART and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise BrokenFile(f"Der Teil „{part.filename[:60]}“ ist verdächtig stark gepackt.")


def _is_workbook(archive: zipfile.ZipFile) -> bool:
    return "[Content_Types].xml" in archive.namelist()


@contextmanager
def _unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, BinaryIO]]:
    """The one register inside a downloaded archive; the description beside it is passed over."""
    wanted = [
        part
        for part in archive.infolist()
        if not part.is_dir() and part.filename.lower().endswith((".txt", ".asc", ".xlsx", ".csv"))
    ]
    if len(wanted) != 1:
        found = ", ".join(part.filename[:60] for part in wanted) or "keine"
        raise BrokenFile(
            f"Im Archiv wird genau eine Datei .txt, .asc, .csv oder .xlsx erwartet, da: {found}."
        )
    with tempfile.SpooledTemporaryFile(max_size=16_000_000) as inner:
        try:
            with archive.open(wanted[0]) as packed:
                while piece := packed.read(1 << 20):
                    inner.write(piece)
        except ARCHIVE_ERRORS as error:
            raise BrokenFile("Das Archiv ist beschädigt oder abgeschnitten.") from error
        inner.seek(0)
        start = inner.read(4096)
        inner.seek(0)
        if not start.startswith(b"PK"):
            yield _plain(start), inner
            return
        with _archive(inner) as workbook:
            if not _is_workbook(workbook):
                raise BrokenFile("Im Archiv steckt noch ein Archiv.")
        inner.seek(0)
        yield "workbook", inner


def text_of_stream(stream: BinaryIO) -> io.TextIOWrapper:
    """The stream as lines of text: UTF-8 (with or without mark) if it is all that, else Latin-1.

    Reads it twice rather than keeping it: the encoding is known only at the end.
    """
    encoding = "utf-8-sig"
    probe = io.TextIOWrapper(stream, encoding=encoding, newline="\n")
    try:
        while probe.read(1 << 20):
            pass
    except UnicodeDecodeError:
        encoding = "iso-8859-1"
    probe.detach()
    stream.seek(0)
    return io.TextIOWrapper(stream, encoding=encoding, newline=None)
