"""Job: when a scheduled piece of work last began, ended well, and failed."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

# A good run may be late by a quarter of the interval, at least by this.
SLACK = timedelta(minutes=5)
# A failed run is tried again after this time, if its next turn is not sooner anyway.
RETRY_AFTER = timedelta(minutes=5)
# A run whose process died without a word is believed dead after this time.
RUN_LASTS = timedelta(minutes=60)


class JobQuerySet(models.QuerySet):
    def due(self, now: datetime) -> Self:
        return self.filter(due_at__lte=now).order_by("due_at", "pk")

    def late(self, now: datetime) -> Self:
        """What should have ended well by now and did not."""
        return self.filter(late_at__lte=now).order_by("late_at", "pk")

    def without_alarm(self) -> Self:
        """Those of which the administrators have not been told in this incident."""
        return self.filter(alarmed_at__isnull=True)

    def claim(self, job: "Job", now: datetime) -> bool:
        """Take a due job for this process; False if another one was faster. One UPDATE."""
        back_at = now + min(job.interval, RUN_LASTS)
        taken = self.filter(pk=job.pk, due_at=job.due_at).update(due_at=back_at, begun_at=now)
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

    @property
    def interval(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def rhythm(self) -> str:
        """`1` → `jede Minute`, `60` → `stündlich`, `1440` → `täglich`, else `alle 15 Minuten`."""
        named = {1: "jede Minute", 60: "stündlich", 1440: "täglich"}
        return named.get(self.minutes, f"alle {self.minutes} Minuten")

    def grace(self) -> timedelta:
        """How long after a good run the next good run may take before the job counts as late."""
        return self.interval + max(SLACK, self.interval / 4)

    def note_success(self, begun: datetime, now: datetime) -> None:
        """The run that began then has ended well: whatever alarm there was is over. Saves the row."""
        Job.objects.filter(pk=self.pk).update(
            due_at=begun + self.interval,
            late_at=now + self.grace(),
            succeeded_at=now,
            last_error="",
            alarmed_at=None,
        )

    def note_failure(self, error: Exception, begun: datetime, now: datetime) -> None:
        """The run that began then has failed; the next one comes soon. Saves the row."""
        Job.objects.filter(pk=self.pk).update(
            due_at=begun + min(self.interval, RETRY_AFTER),
            failed_at=now,
            last_error=f"{type(error).__name__}: {error}"[:250],
        )
