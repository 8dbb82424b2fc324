"""Portraits: an uploaded picture in the two sizes that pages show."""

from __future__ import annotations

import io

from django.core.files.base import ContentFile
from PIL import Image

from foundation.kit.images import clean_picture

# Longest side in pixels: on the profile, and in lists. Templates name them in `srcset`.
LARGE, SMALL = 640, 240


def portrait_sizes(upload) -> tuple[ContentFile, ContentFile]:
    """Large and small WebP without metadata. Raises `ValidationError` as `clean_picture` does."""
    clean = clean_picture(upload)
    return _within(clean, LARGE), _within(clean, SMALL)


def _within(picture: ContentFile, longest: int) -> ContentFile:
    picture.seek(0)
    out = io.BytesIO()
    with Image.open(picture, formats=("WEBP",)) as image:
        image.thumbnail((longest, longest))
        image.save(out, "WEBP", quality=82, method=4)
    return ContentFile(out.getvalue(), name="bild.webp")
