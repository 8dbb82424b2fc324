"""Mail: one letter in the outbox, from the moment it is written to the moment it has left."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

# Waiting time before the next try, by the number of tries made; after the last one we give up.
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440)]
# A worker that took a letter and died is believed dead after this time; a task that was lost, too.
CLAIM_LASTS = timedelta(minutes=10)


class MailQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Neither sent nor given up."""
        return self.filter(sent_at__isnull=True, given_up_at__isnull=True)

    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)

    def given_up(self) -> Self:
        return self.filter(given_up_at__isnull=False)

    def due(self, now: datetime) -> Self:
        """Waiting, its time has come, and no living worker holds it."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - CLAIM_LASTS)
        return self.waiting().filter(free, due_at__lte=now).order_by("due_at", "pk")

    def not_in_the_queue(self, now: datetime) -> Self:
        """Those that no task stands for, or only one that must have been lost."""
        return self.filter(Q(enqueued_at__isnull=True) | Q(enqueued_at__lt=now - CLAIM_LASTS))

    def claim(self, pk: int, now: datetime) -> "Mail | None":
        """Take a due letter for this worker; None if it is not due or another one was faster. One UPDATE."""
        taken = self.due(now).filter(pk=pk).update(claimed_at=now, tries=F("tries") + 1)
        return self.get(pk=pk) if taken else None


class Mail(models.Model):
    """A letter in text and HTML. `key` makes a letter unique: the same one is never written twice."""

    key = models.CharField(max_length=200, unique=True, null=True, blank=True, editable=False)
    recipient = models.EmailField("An")
    subject = models.CharField("Betreff", max_length=250)
    text = models.TextField("Text")
    html = models.TextField("HTML", blank=True)
    created_at = models.DateTimeField("geschrieben", default=timezone.now, editable=False)
    due_at = models.DateTimeField("nächster Versuch", default=timezone.now)
    enqueued_at = models.DateTimeField("dem Versand übergeben", null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField("in Arbeit seit", null=True, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField("Versuche", default=0)
    last_error = models.CharField("letzter Fehler", max_length=250, blank=True)
    sent_at = models.DateTimeField("versandt", null=True, blank=True)
    given_up_at = models.DateTimeField("aufgegeben", null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "Mail"
        verbose_name_plural = "Postausgang"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="notices_mail_waiting",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(given_up_at__isnull=True),
                name="notices_mail_one_end",
                violation_error_message="Eine Mail ist versandt oder aufgegeben, nicht beides.",
            )
        ]

    def __str__(self):
        return f"{self.subject} → {self.recipient}"

    def note_sent(self, now: datetime) -> None:
        """It has left the house. Saves the row."""
        Mail.objects.filter(pk=self.pk).update(
            sent_at=now, given_up_at=None, claimed_at=None, enqueued_at=None, last_error=""
        )

    def note_failure(self, error: Exception, now: datetime) -> bool:
        """Wait for the next try, or give up after the last; True if given up. Saves the row."""
        giving_up = self.tries > len(BACK_OFF)
        Mail.objects.filter(pk=self.pk, claimed_at=self.claimed_at).update(
            due_at=now if giving_up else now + BACK_OFF[self.tries - 1],
            given_up_at=now if giving_up else None,
            claimed_at=None,
            enqueued_at=None,
            last_error=f"{type(error).__name__}: {error}"[:250],
        )
        return giving_up
