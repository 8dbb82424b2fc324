"""Mail: one letter in the outbox, from the moment it is written to the moment it has left."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

# Waiting time before the next try, by the number of tries made; after the last one we give up.
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440)]
# A worker that took a letter and died is believed dead after this time.
CLAIM_LASTS = timedelta(minutes=10)


class MailQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Neither sent nor given up."""
        return self.filter(sent_at__isnull=True, given_up_at__isnull=True)

    def due(self, now: datetime) -> Self:
        """Waiting, its time has come, and no living worker holds it."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - CLAIM_LASTS)
        return self.waiting().filter(free, due_at__lte=now).order_by("due_at", "pk")

    def given_up(self) -> Self:
        return self.filter(given_up_at__isnull=False)


class Mail(models.Model):
    """A letter in text and HTML. `key` makes a letter unique: the same one is never written twice."""

    key = models.CharField(max_length=200, unique=True, null=True, blank=True, editable=False)
    recipient = models.EmailField("An")
    subject = models.CharField("Betreff", max_length=250)
    text = models.TextField("Text")
    html = models.TextField("HTML", blank=True)
    created_at = models.DateTimeField("geschrieben", auto_now_add=True)
    due_at = models.DateTimeField("nächster Versuch", default=timezone.now)
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
