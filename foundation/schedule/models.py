"""Job: when a scheduled piece of work last began, ended well, and failed."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

# A job is late when it missed this many of its own intervals, at least this long.
LATE_AFTER_INTERVALS = 3
LATE_AFTER = timedelta(minutes=5)


class JobQuerySet(models.QuerySet):
    def due(self, now: datetime) -> Self:
        return self.filter(due_at__lte=now).order_by("due_at", "pk")

    def late(self, now: datetime) -> Self:
        """What should have ended well by now and did not: the alarm."""
        return self.filter(late_at__lte=now).order_by("late_at", "pk")

    def claim(self, job: "Job", now: datetime) -> bool:
        """Take a due job for this process; False if another one was faster. One UPDATE."""
        next_due = now + timedelta(minutes=job.minutes)
        taken = self.filter(pk=job.pk, due_at=job.due_at).update(due_at=next_due, begun_at=now)
        return taken == 1


class Job(models.Model):
    """One row per name on the rooms' `scheduled_jobs` plates; made by the tick itself."""

    name = models.CharField("Name", max_length=60, unique=True)
    label = models.CharField("Aufgabe", max_length=120)
    minutes = models.PositiveIntegerField("alle … Minuten")
    due_at = models.DateTimeField("nächster Lauf")
    late_at = models.DateTimeField("überfällig ab")
    begun_at = models.DateTimeField("zuletzt begonnen", null=True, blank=True)
    succeeded_at = models.DateTimeField("zuletzt gelungen", null=True, blank=True)
    failed_at = models.DateTimeField("zuletzt gescheitert", null=True, blank=True)
    last_error = models.CharField("letzter Fehler", max_length=250, blank=True)
    alarmed_at = models.DateTimeField("Alarm gegeben", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "Geplante Aufgabe"
        verbose_name_plural = "Geplante Aufgaben"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1), name="schedule_job_minutes"),
        ]

    def __str__(self):
        return self.label

    def grace(self) -> timedelta:
        """How long after a good run the next good run may take before the job counts as late."""
        return max(LATE_AFTER, timedelta(minutes=self.minutes * LATE_AFTER_INTERVALS))
