"""Chosen Steckbriefe as content files to take along: one YAML file, or a ZIP of several."""

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from formats.content_files import write_file


def yaml_response(snapshots: list[dict[str, Any]]) -> HttpResponse:
    """The files in the folders of the content; one Steckbrief without pictures or materials is plain YAML."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        written = [write_file(snapshot, folder) for snapshot in snapshots]
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        if files == written and len(files) == 1:
            return _attachment(files[0].read_bytes(), files[0].name, "application/yaml; charset=utf-8")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in files:
                archive.write(path, path.relative_to(folder).as_posix())
    return _attachment(packed.getvalue(), f"steckbriefe-{timezone.localdate()}.zip", "application/zip")


def _attachment(content: bytes, filename: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
