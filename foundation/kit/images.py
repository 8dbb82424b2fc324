"""Pictures: checked before decoding, then drawn anew without metadata."""

from __future__ import annotations

import io

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 1600
TOO_MANY_PIXELS = "Das Bild hat mehr als 40 Millionen Bildpunkte. Bitte verkleinern Sie es."
_FORMATS = ("JPEG", "PNG", "WEBP")


def clean_picture(upload) -> ContentFile:
    """An uploaded picture as WebP: upright, at most 1600 px, metadata gone.

    Size and pixel count are read from the header, before anything is decoded (a 1 MB file can
    unpack to gigabytes). Raises `ValidationError` with a German sentence.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError("Das Bild ist größer als 8 MB. Bitte verkleinern Sie es.")
    try:
        upload.seek(0)
        with Image.open(upload, formats=_FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(TOO_MANY_PIXELS)
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            drawn = upright.convert(
                "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
            )
            out = io.BytesIO()
            drawn.save(out, "WEBP", quality=82, method=4)
    except Image.DecompressionBombError as error:
        raise ValidationError(TOO_MANY_PIXELS) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError("Das ist kein lesbares Bild. Möglich sind JPEG, PNG und WebP.") from error
    return ContentFile(out.getvalue(), name="bild.webp")
