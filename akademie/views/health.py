"""Health, for load balancers and people on call: may traffic come here?"""

import tempfile
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.schedule.actions import late_jobs

OK = "in Ordnung"


@require_safe
def health(request):
    """200 if this process can serve, otherwise 503. Late jobs are told, but no reason to stop the traffic."""
    found = {"media": _media(), **_database()}
    serving = all(found[part] == OK for part in ("database", "migrations", "media"))
    response = JsonResponse(found, status=200 if serving else 503, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response


def _database() -> dict[str, str]:
    try:
        missing = _unapplied_migrations()
        if missing:
            return {"database": OK, "migrations": f"{missing} ausstehend", "jobs": "unbekannt"}
        late = ", ".join(job.name for job in late_jobs(timezone.now()))
    except Error:
        return {"database": "nicht erreichbar", "migrations": "unbekannt", "jobs": "unbekannt"}
    return {"database": OK, "migrations": OK, "jobs": f"überfällig: {late}" if late else OK}


def _unapplied_migrations() -> int:
    """How many steps the database lacks; the files are read once per process, the table each time."""
    applied = MigrationRecorder(connection).applied_migrations()
    return len(_known_migrations() - applied.keys())


def _known_migrations() -> set[tuple[str, str]]:
    if not _known:
        _known.update(MigrationLoader(None).graph.nodes)
    return _known


_known: set[tuple[str, str]] = set()


def _media() -> str:
    """Whether an upload could be stored now: tried with a nameless file, so that nothing stays behind."""
    try:
        folder = Path(settings.MEDIA_ROOT)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError:
        return "nicht beschreibbar"
    return OK
