"""Pictures of a town's page in the sizes that `srcset` names."""

from __future__ import annotations

import io
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from foundation.kit.files import random_name
from foundation.kit.images import clean_picture

# Longest side in pixels; templates/towns/_picture.html names them.
MEDIUM, SMALL = 800, 400
ARMS = 320


@dataclass(frozen=True)
class Sizes:
    """One picture as WebP in three sizes; `width` and `height` are of the large one."""

    large: ContentFile
    medium: ContentFile
    small: ContentFile
    width: int
    height: int

    def store(self) -> dict[str, str | int]:
        """Put the files away under random names; the names and measures, as a snapshot has them."""
        return {
            "large": _stored("stadtbilder", self.large),
            "medium": _stored("stadtbildermittel", self.medium),
            "small": _stored("stadtbilderklein", self.small),
            "width": self.width,
            "height": self.height,
        }


def sizes_of(upload) -> Sizes:
    """Three sizes without metadata. Raises `ValidationError` as `clean_picture` does."""
    large = clean_picture(upload)
    with Image.open(large, formats=("WEBP",)) as image:
        width, height = image.size
    return Sizes(large, _within(large, MEDIUM), _within(large, SMALL), width, height)


def arms_of(upload) -> ContentFile:
    """A coat of arms in the one size that pages show. Raises `ValidationError` as `clean_picture` does."""
    return _within(clean_picture(upload), ARMS)


def store_arms(picture: ContentFile) -> str:
    return _stored("wappen", picture)


def _stored(folder: str, picture: ContentFile) -> str:
    picture.seek(0)
    return default_storage.save(random_name(folder, "bild.webp"), picture)


def _within(picture: ContentFile, longest: int) -> ContentFile:
    """The same picture, no side longer than this."""
    picture.seek(0)
    out = io.BytesIO()
    with Image.open(picture, formats=("WEBP",)) as image:
        image.thumbnail((longest, longest))
        image.save(out, "WEBP", quality=82, method=4)
    return ContentFile(out.getvalue(), name="bild.webp")
