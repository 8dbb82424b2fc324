"""The tick: what it does each minute, and who is told when something did not run."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from foundation.notices.actions import post
from foundation.people.models import User
from foundation.schedule.models import Job

log = logging.getLogger(__name__)

KEEP_TASK_RESULTS = timedelta(days=14)


def tick(now: datetime) -> None:
    """Run what is due in this minute, after telling the administrators what should have run before.

    Makes and removes `Job` rows, runs the rooms' functions, writes letters. Safe to run at the same
    time on several machines: each job and each alarm is taken by one of them.
    """
    now = now.replace(second=0, microsecond=0)
    functions = _sync_jobs(now)
    try:
        _raise_alarms(now)
    except Exception:  # a letter that cannot be written must not stop the work
        log.exception("The alarm for late jobs could not be raised")
    for job in Job.objects.due(now):
        if job.name in functions and Job.objects.claim(job, now):
            _run(job, functions[job.name], now)


def late_jobs(now: datetime) -> list[Job]:
    """What should have ended well by now and did not; everything, if the clock has never run at all."""
    if Job.objects.exists():
        return list(Job.objects.late(now))
    return [Job(name=name, label=label, minutes=minutes) for name, _, minutes, label in _plates()]


def prune_task_results() -> None:
    """Delete finished background tasks after two weeks."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEEP_TASK_RESULTS).delete()


def _plates() -> Iterator[tuple[str, str, int, str]]:
    """Name, dotted function, minutes and label of each job on the `scheduled_jobs` plates of all rooms."""
    seen = set()
    for config in apps.get_app_configs():
        for name, (function, minutes, label) in getattr(config, "scheduled_jobs", {}).items():
            if name in seen:
                raise ImproperlyConfigured(f"Two rooms have a scheduled job named {name!r}.")
            seen.add(name)
            yield name, function, minutes, label


def _sync_jobs(now: datetime) -> dict[str, str]:
    """Make the rows say what the plates say; returns job name → dotted function."""
    rows = {job.name: job for job in Job.objects.all()}
    functions = {}
    for name, function, minutes, label in _plates():
        functions[name] = function
        wanted = Job(name=name, label=label, minutes=minutes, due_at=now)
        wanted.late_at = now + wanted.grace()
        row = rows.get(name)
        if row is None:
            Job.objects.bulk_create([wanted], ignore_conflicts=True)
        elif row.minutes != minutes:
            Job.objects.filter(name=name).update(minutes=minutes, due_at=now, late_at=wanted.late_at)
        if row is not None and row.label != label:
            Job.objects.filter(name=name).update(label=label)
    Job.objects.filter(name__in=rows.keys() - functions.keys()).delete()
    return functions


def _run(job: Job, function: str, now: datetime) -> None:
    try:
        import_string(function)()
    except Exception as error:  # whatever a room does wrong, the other rooms' jobs must run
        log.exception("The scheduled job %s failed", job.name)
        job.note_failure(error, now, timezone.now())
    else:
        job.note_success(now, timezone.now())


@transaction.atomic
def _raise_alarms(now: datetime) -> None:
    """One letter to each administrator about everything that has newly become late."""
    late = list(Job.objects.late(now).without_alarm().select_for_update())
    if not late:
        return
    Job.objects.filter(pk__in=[job.pk for job in late]).update(alarmed_at=now)
    for job in late:
        log.error("The scheduled job %s is late: it should have ended well by %s", job.name, job.late_at)
    for administrator in User.objects.administrators():
        post(to=administrator.email, template="schedule/mail/job_late", context={"jobs": late, "now": now})
