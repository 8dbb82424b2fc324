"""What readers say about a revision: helpful or not, and corrections for the editors."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models

from formats.models.fields import BoundedTextField
from formats.models.revision import Revision
from foundation.moderation.models import Moderated, ModeratedQuerySet


class Vote(models.Model):
    """One answer to „War das hilfreich?“, without a person or an address.

    `key` comes with the form: a double click is one answer.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="votes")
    helpful = models.BooleanField("hilfreich")
    created_at = models.DateTimeField("am", auto_now_add=True)

    class Meta:
        verbose_name = "Rückmeldung"
        verbose_name_plural = "Rückmeldungen"

    def __str__(self):
        return "hilfreich" if self.helpful else "nicht hilfreich"


class CorrectionQuerySet(ModeratedQuerySet):
    def open(self) -> Self:
        """What an editor still has to look at, oldest first."""
        return self.shown().filter(settled_at__isnull=True).order_by("created_at", "pk")


class Correction(Moderated):
    """A reader's note to the editors about one revision. Read by staff only; `key` as in `Vote`."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="corrections", verbose_name="Fassung"
    )
    text = BoundedTextField("Hinweis", max_length=2000)
    reply_to = models.EmailField("E-Mail für Rückfragen", blank=True)
    created_at = models.DateTimeField("am", auto_now_add=True)
    settled_at = models.DateTimeField("erledigt am", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="erledigt von",
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta(Moderated.Meta):
        verbose_name = "Korrekturhinweis"
        verbose_name_plural = "Korrekturhinweise"
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.text[:60]
