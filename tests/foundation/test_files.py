"""Stored files: names that tell nothing, and a view that asks who may see them."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from PIL import Image

from formats.actions import withdraw
from foundation.kit.files import random_name
from foundation.kit.images import LONGEST_SIDE, clean_picture
from tests.builders import make_format


def read(response):
    return b"".join(response.streaming_content)


@pytest.fixture
def stored(db):
    """A Steckbrief with a file; yields (format, address)."""
    name = default_storage.save(random_name("materialien", "Ablauf Müller.PDF"), ContentFile(b"%PDF-1.7"))
    format = make_format(materials=[{"kind": "datei", "title": "Ablauf", "file": name}])
    yield format, f"/dateien/{name}"
    default_storage.delete(name)


def test_names_are_random_and_keep_only_a_harmless_ending():
    first, second = (
        random_name("materialien", "Geheim Meier.PDF"),
        random_name("materialien", "Geheim Meier.PDF"),
    )
    assert first != second
    assert first.startswith("materialien/")
    assert first.endswith(".pdf")
    assert "eheim" not in first
    assert random_name("x", "a.../../b.p\x00hp%").endswith(".php")
    assert random_name("x", "ohne").endswith(".bin")


def test_a_file_of_a_published_steckbrief_is_sent_safely(client, stored):
    _, address = stored
    response = client.get(address)
    assert read(response) == b"%PDF-1.7"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Security-Policy"].endswith("sandbox")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")


def test_a_file_of_a_withdrawn_steckbrief_is_not_found(client, stored):
    format, address = stored
    withdraw(format)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "materialien/../akademie.sqlite3",
        "materialien/" + "0" * 32 + ".pdf",
        "fremd/" + "0" * 32 + ".pdf",
        "%2e%2e/settings.py",
        "materialien/",
        "materialien/" + "0" * 32 + ".pdf/x",
        "a%00b",
    ],
)
def test_other_paths_are_not_found(client, stored, path):
    assert client.get(f"/dateien/{path}").status_code == 404


def test_a_file_that_is_gone_is_not_found(client, stored):
    format, address = stored
    default_storage.delete(address.removeprefix("/dateien/"))
    assert client.get(address).status_code == 404


@override_settings(MEDIA_ACCEL_PREFIX="/geschuetzt/")
def test_in_production_the_front_server_sends_the_file(client, stored):
    _, address = stored
    response = client.get(address)
    assert response.headers["X-Accel-Redirect"] == address.replace("/dateien/", "/geschuetzt/")
    assert response.content == b""


def upload(content, name="bild.png"):
    return SimpleUploadedFile(name, content)


def encoded(size, kind="JPEG", mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else (255, 0, 0, 90)).save(out, kind, **options)
    return out.getvalue()


def test_pictures_are_turned_upright_shrunk_and_stripped():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "Aufgenommen bei Familie Meier"
    cleaned = clean_picture(upload(encoded((4000, 1000), exif=exif)))
    picture = Image.open(cleaned)
    assert picture.format == "WEBP"
    assert picture.size == (LONGEST_SIDE // 4, LONGEST_SIDE)
    assert not picture.getexif()


def test_transparency_is_kept():
    assert Image.open(clean_picture(upload(encoded((20, 20), "PNG", "RGBA")))).mode == "RGBA"


def bomb(width, height):
    """A tiny PNG whose header promises an enormous picture."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 99))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bomb(50_000, 50_000), "Bildpunkte"),
        (bomb(8_000, 8_000), "Bildpunkte"),
        (bomb(100, 100), "kein lesbares Bild"),
        (b"", "kein lesbares Bild"),
        (b"GIF89a" + b"\x00" * 20, "kein lesbares Bild"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "kein lesbares Bild"),
        (encoded((50, 50))[:300], "kein lesbares Bild"),
        (b"x" * (8 * 1024 * 1024 + 1), "größer als 8 MB"),
    ],
)
def test_what_is_no_sound_picture_is_refused_in_german(content, said):
    with pytest.raises(ValidationError, match=said):
        clean_picture(upload(content))
