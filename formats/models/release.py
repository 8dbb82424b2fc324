"""Release (Freigabe): one revision on its way to the public, from asking to being published."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from formats.models.fields import BoundedTextField
from formats.models.revision import Revision

_OPEN = Q(approved_at__isnull=True, returned_at__isnull=True, cancelled_at__isnull=True)
_PLANNED = Q(
    approved_at__isnull=False, published_at__isnull=True, cancelled_at__isnull=True, failed_at__isnull=True
)


class ReleaseQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Asked for and not decided, the oldest first."""
        return self.filter(_OPEN).order_by("asked_at", "pk")

    def planned(self) -> Self:
        """Approved for a moment and not published yet, the next first."""
        return self.filter(_PLANNED).order_by("publish_at", "pk")

    def due(self, now: datetime) -> Self:
        """Planned ones whose moment has come."""
        return self.planned().filter(publish_at__lte=now)

    def failed(self) -> Self:
        """Approved ones that could not be published when their moment came, the oldest first."""
        return self.filter(failed_at__isnull=False, cancelled_at__isnull=True).order_by("failed_at", "pk")

    def unfinished(self) -> Self:
        """Open, planned or failed: everything that a newer publication would overtake."""
        failed = Q(failed_at__isnull=False, cancelled_at__isnull=True)
        return self.filter(_OPEN | _PLANNED | failed).order_by("pk")

    def of(self, format) -> Self:
        return self.filter(revision__format=format)

    def up_to(self, revision: Revision) -> Self:
        """Those of this revision and of older ones of the same Steckbrief."""
        return self.filter(revision__format=revision.format_id, revision__number__lte=revision.number)

    def with_people(self) -> Self:
        return self.select_related("revision__format", "revision__author", "asked_by", "decided_by")

    def lock(self, pk: int) -> "Release":
        return self.select_for_update(of=("self",)).select_related("revision").get(pk=pk)


class Release(models.Model):
    """Somebody asks to publish a revision; somebody else approves it or sends it back with a reason.

    `publish_at` is the planned moment; without one, approving publishes at once.
    """

    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="releases", verbose_name="Fassung"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="erbeten von",
    )
    asked_at = models.DateTimeField("erbeten am", auto_now_add=True)
    note = BoundedTextField("Bemerkung", max_length=1000, blank=True)
    publish_at = models.DateTimeField("veröffentlichen am", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="entschieden von",
    )
    comment = BoundedTextField("Begründung", max_length=1000, blank=True)
    approved_at = models.DateTimeField("freigegeben am", null=True, blank=True)
    returned_at = models.DateTimeField("zurückgegeben am", null=True, blank=True)
    published_at = models.DateTimeField("veröffentlicht am", null=True, blank=True)
    cancelled_at = models.DateTimeField("aufgehoben am", null=True, blank=True)
    failed_at = models.DateTimeField("gescheitert am", null=True, blank=True)
    failure = models.CharField("Grund des Scheiterns", max_length=400, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "Freigabe"
        verbose_name_plural = "Freigaben"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision"],
                condition=_OPEN | _PLANNED,
                name="formats_release_one_under_way",
                violation_error_message="Für diese Fassung läuft schon eine Freigabe.",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(returned_at__isnull=True),
                name="formats_release_one_decision",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | ~Q(comment=""),
                name="formats_release_return_reason",
                violation_error_message="Wer einen Entwurf zurückgibt, sagt warum.",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(approved_at__lte=F("published_at")),
                name="formats_release_approved_first",
            ),
        ]

    def __str__(self):
        return f"Freigabe von {self.revision}"

    @property
    def state(self) -> str:
        """One German word group for lists."""
        if self.published_at:
            return "veröffentlicht"
        if self.cancelled_at:
            return "aufgehoben"
        if self.returned_at:
            return "zurückgegeben"
        if self.failed_at:
            return "gescheitert"
        return "geplant" if self.approved_at else "zur Freigabe"
