"""Stored files: random names, and one view that asks who may see them before it sends them."""

from __future__ import annotations

import mimetypes
import re
import secrets
from pathlib import PurePosixPath

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe

_STORED = re.compile(r"(?P<folder>[a-z]+)/[0-9a-f]{32}\.[a-z0-9]{1,8}")

# What a browser may show itself; everything else is offered as a download (browsers do not show a
# PDF in a sandbox).
_INLINE = {"image/webp", "image/png", "image/jpeg"}


def random_name(folder: str, filename: str) -> str:
    """`("materialien", "Ablauf Plan.PDF")` → `materialien/<32 hex>.pdf`; tells nothing about its origin."""
    ending = re.sub(r"[^a-z0-9]", "", PurePosixPath(filename).suffix.lower())[:8] or "bin"
    return f"{folder}/{secrets.token_hex(16)}.{ending}"


def is_stored_name(name: str) -> bool:
    """Whether the name is one that `random_name` gives: only such files are ever served."""
    return bool(_STORED.fullmatch(name))


def served_fields() -> dict[str, tuple[str, str]]:
    """Folder → (model label, field name), read from the `served_files` name plates of all rooms."""
    found: dict[str, tuple[str, str]] = {}
    for config in apps.get_app_configs():
        found.update(getattr(config, "served_files", {}))
    return found


@require_safe
def stored_file(request, path):
    """Send a stored file to whoever may read the thing it belongs to; 404 for everybody else."""
    match = _STORED.fullmatch(path)
    owner = match and served_fields().get(match["folder"])
    if not owner:
        raise Http404
    model, field = apps.get_model(owner[0]), owner[1]
    if not model.objects.visible_to(request.user).filter(**{field: path}).exists():
        raise Http404
    return send_stored(path)


def send_stored(path: str) -> HttpResponse | FileResponse:
    """Send a stored file to somebody of whom the caller knows that they may read it.

    Raises `Http404` for names that were never given and for files that are not there.
    """
    if not is_stored_name(path):
        raise Http404
    content_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
    if settings.MEDIA_ACCEL_PREFIX:
        response = HttpResponse(content_type=content_type)
        response["X-Accel-Redirect"] = settings.MEDIA_ACCEL_PREFIX + path
    else:
        try:
            response = FileResponse(default_storage.open(path), content_type=content_type)
        except FileNotFoundError as error:
            raise Http404 from error
    kind = "inline" if content_type in _INLINE else "attachment"
    response["Content-Disposition"] = f'{kind}; filename="{PurePosixPath(path).name}"'
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response
