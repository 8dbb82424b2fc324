"""Moderated: the base of everything people write that staff may hide, with a reason."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ModeratedQuerySet(models.QuerySet):
    def shown(self) -> Self:
        return self.filter(hidden_at__isnull=True)

    def hidden(self) -> Self:
        return self.filter(hidden_at__isnull=False)


class Moderated(models.Model):
    """Adds the state „ausgeblendet“: a moment with its reason, and the person while they have an account."""

    hidden_at = models.DateTimeField("ausgeblendet am", null=True, blank=True, editable=False)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="ausgeblendet von",
    )
    hidden_reason = models.CharField("Grund", max_length=250, blank=True, editable=False)

    objects = ModeratedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | ~Q(hidden_reason=""),
                name="%(app_label)s_%(class)s_hidden_reason",
                violation_error_message="Wer etwas ausblendet, nennt den Grund.",
            ),
        ]

    def hide(self, *, by, reason: str) -> None:
        """Take it out of sight; saves the row. Telling the author is the room's affair."""
        self.hidden_at, self.hidden_by, self.hidden_reason = timezone.now(), by, reason
        self.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])

    def restore(self) -> None:
        self.hidden_at, self.hidden_by, self.hidden_reason = None, None, ""
        self.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
