"""Revision: one immutable snapshot of a whole Steckbrief, in the schema of its content file."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models

from formats.models.format import Format
from formats.permissions import can_edit


class RevisionQuerySet(models.QuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-number")

    def with_author(self) -> Self:
        return self.select_related("author")

    def before(self, revision: "Revision") -> "Revision | None":
        """The revision that `revision` followed."""
        older = self.filter(format=revision.format_id, number__lt=revision.number)
        return older.newest_first().first()

    def after(self, number: int) -> Self:
        """Those of one Steckbrief that are newer than this number."""
        return self.filter(number__gt=number)

    def update(self, **fields):
        raise TypeError("A revision never changes; make a new one.")


class Revision(models.Model):
    """What a Steckbrief said, who wrote it and why. Written once, never changed."""

    class Origin(models.TextChoices):
        FILE = "datei", "Inhaltsdatei"
        DESK = "redaktion", "Redaktion"

    # Never given twice, not even by a restored database: editions are kept under it.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    format = models.ForeignKey(
        Format, on_delete=models.CASCADE, related_name="revisions", verbose_name="Steckbrief"
    )
    number = models.PositiveIntegerField("Fassung")
    snapshot = models.JSONField("Inhalt")
    origin = models.CharField("Entstanden durch", max_length=10, choices=Origin)
    reason = models.CharField("Warum", max_length=250, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Von",
    )
    created_at = models.DateTimeField("am", auto_now_add=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "Fassung"
        verbose_name_plural = "Fassungen"
        ordering = ["format", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["format", "number"], name="formats_revision_number_once"),
        ]

    def __str__(self):
        return f"Fassung {self.number} von {self.format}"

    def writers(self) -> set[int]:
        """The people who wrote on this text since the last publication."""
        live = self.format.published
        since = self.format.revisions.after(live.number if live else 0).exclude(author=None)
        return set(since.filter(number__lte=self.number).values_list("author", flat=True))

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A revision never changes; make a new one.")
        super().save(*args, **kwargs)


class RevisionFileQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Files of published revisions for everybody; editors also see those of drafts and old revisions."""
        if can_edit(user):
            return self
        return self.filter(revision__live_in__isnull=False)


class RevisionFile(models.Model):
    """A stored file that a revision names; written with the revision."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120, db_index=True)

    objects = RevisionFileQuerySet.as_manager()

    class Meta:
        verbose_name = "Datei einer Fassung"
        verbose_name_plural = "Dateien einer Fassung"
        constraints = [
            models.UniqueConstraint(fields=["revision", "name"], name="formats_revisionfile_once"),
        ]

    def __str__(self):
        return self.name
