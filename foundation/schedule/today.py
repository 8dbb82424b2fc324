"""What the clock lays on „Heute“: jobs that should have run."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from foundation.kit.today import SHOWN, Line, Task
from foundation.schedule.actions import late_jobs


def tasks(user, now: datetime) -> Iterator[Task]:
    """Late jobs, for those who may see the clock (two queries)."""
    if not user.has_perm("schedule.view_job"):
        return
    late = late_jobs(now)
    if not late:
        return
    url = reverse("admin:schedule_job_changelist")
    # Jobs that no row stands for have never run: the clock itself is missing.
    lines = [
        Line(
            text=job.label,
            url=reverse("admin:schedule_job_change", args=[job.pk]) if job.pk else url,
            when=f"seit {job.late_at:%d.%m.%Y}" if job.pk else "noch nie gelaufen",
            detail=job.last_error,
        )
        for job in late[:SHOWN]
    ]
    since = min((job.late_at for job in late if job.pk), default=now)
    yield Task("Nicht gelaufene Aufgaben", len(late), tuple(lines), since, url, alarm=True)
