"""Tree: one Wegweiser with its draft; its immutable revisions, what readers say, and counts per day."""

import uuid
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from formats.models.fields import BoundedTextField
from formats.models.format import SLUG
from foundation.moderation.models import Moderated, ModeratedQuerySet

# Whoever is under way when a new revision comes finishes on the old one, if within this time.
GRACE = timedelta(hours=24)


class TreeQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """The trees this reader may walk: the published ones; staff see drafts in the admin."""
        return self.published()

    def published(self) -> Self:
        return self.filter(published__isnull=False)

    def withdrawn(self) -> Self:
        """Once public, now taken back: their address answers 410."""
        return self.filter(published__isnull=True, revisions__isnull=False).distinct()

    def with_slug(self, slug: str) -> Self:
        return self.filter(slug=slug)

    def ordered(self) -> Self:
        """In the order of the list of trees; ends on something unique."""
        return self.order_by("position", "title", "pk")

    def with_revision(self) -> Self:
        return self.select_related("published")

    def with_desk_details(self) -> Self:
        """What the editors' pages show of the row itself."""
        return self.select_related("published", "draft_by")

    def hold(self, pk) -> None:
        """Lock the row, if it exists, until the transaction ends."""
        list(self.select_for_update().filter(pk=pk).values_list("pk"))

    def lock(self, pk: int) -> "Tree":
        """The row, held until the transaction ends: whoever writes it next waits here."""
        return self.select_for_update().get(pk=pk)


class Tree(models.Model):
    """One decision tree. The public text is `published`; `draft` is what editors work on.

    A draft is plain data in the schema of the content file and always of sound shape; whether it
    makes sense is asked before it is published (`formats.guide.checks`). An empty draft means: as
    published. `title` and `position` follow the public text.
    """

    slug = models.SlugField(
        "Kurzname in der Adresse",
        max_length=60,
        unique=True,
        validators=[RegexValidator(SLUG, "Nur a–z, 0–9 und einzelne Bindestriche.")],
        help_text="Nur Kleinbuchstaben, Ziffern und Bindestriche. Bleibt nach dem Anlegen, wie er ist.",
    )
    title = models.CharField("Titel", max_length=120)
    position = models.PositiveSmallIntegerField("Platz", default=100, editable=False)
    draft = models.JSONField("Entwurf", default=dict, blank=True, editable=False)
    draft_at = models.DateTimeField("Entwurf geändert am", null=True, blank=True, editable=False)
    draft_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="Entwurf von",
    )
    published = models.OneToOneField(
        "formats.TreeRevision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="live_in",
        verbose_name="veröffentlichte Fassung",
    )

    shown_on_public_pages = True

    objects = TreeQuerySet.as_manager()

    class Meta:
        verbose_name = "Wegweiser"
        verbose_name_plural = "Wegweiser"
        ordering = ["position", "title", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("formats:guide_step", args=[self.slug])


class TreeRevisionQuerySet(models.QuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-number")

    def with_author(self) -> Self:
        return self.select_related("author")

    def with_keys(self, keys: list[uuid.UUID]) -> Self:
        return self.filter(pk__in=keys)

    def walkable(self, now) -> Self:
        """Those that somebody may still be walking on: live, or replaced within `GRACE`."""
        return self.filter(Q(replaced_at__isnull=True) | Q(replaced_at__gt=now - GRACE))

    def numbered(self, slug: str, number: int) -> "TreeRevision | None":
        return self.filter(tree__slug=slug, number=number).first()

    def note_replaced(self, revision: "TreeRevision") -> None:
        """Write down that from now on another revision is live, or none. One UPDATE."""
        self.filter(pk=revision.pk, replaced_at__isnull=True)._moment(replaced_at=timezone.now())

    def _moment(self, **fields):
        return super().update(**fields)

    def update(self, **fields):
        raise TypeError("A revision never changes; make a new one.")


class TreeRevision(models.Model):
    """What a tree said while it was public. The snapshot is written once and never changed.

    Every revision was published, so its number may stand in addresses.
    """

    class Origin(models.TextChoices):
        FILE = "datei", "Inhaltsdatei"
        DESK = "redaktion", "Redaktion"

    # Never given twice, not even by a restored database: editions are kept under it.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tree = models.ForeignKey(Tree, on_delete=models.CASCADE, related_name="revisions")
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
    created_at = models.DateTimeField("veröffentlicht am", auto_now_add=True)
    replaced_at = models.DateTimeField("abgelöst am", null=True, blank=True, editable=False)

    objects = TreeRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "Fassung eines Wegweisers"
        verbose_name_plural = "Fassungen der Wegweiser"
        ordering = ["tree", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["tree", "number"], name="formats_treerevision_number_once"),
        ]

    def __str__(self):
        return f"Fassung {self.number} von {self.tree}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A revision never changes; make a new one.")
        super().save(*args, **kwargs)


class TreeCountQuerySet(models.QuerySet):
    def since(self, revision: TreeRevision | None, day) -> Self:
        return self.filter(revision=revision, day__gte=day)

    def totals(self) -> dict[str, int]:
        """Step → how often, over all days."""
        rows = self.values_list("step").annotate(total=models.Sum("count")).order_by("step")
        return dict(rows)


class TreeCount(models.Model):
    """How often a step was reached on one day. No person, no address, no order of steps.

    `step` is `frage:<key>` (was shown), `antwort:<question>:<option>` (was chosen) or
    `ergebnis:<key>` (was shown).
    """

    revision = models.ForeignKey(TreeRevision, on_delete=models.CASCADE, related_name="counts")
    day = models.DateField("Tag")
    step = models.CharField("Schritt", max_length=100)
    count = models.PositiveIntegerField("Anzahl", default=0)

    objects = TreeCountQuerySet.as_manager()

    class Meta:
        verbose_name = "Zählung"
        verbose_name_plural = "Zählungen"
        constraints = [
            models.UniqueConstraint(fields=["revision", "day", "step"], name="formats_treecount_once"),
        ]

    def __str__(self):
        return f"{self.step} am {self.day:%d.%m.%Y}: {self.count}"


class TreeNoteQuerySet(ModeratedQuerySet):
    def open(self) -> Self:
        """What an editor still has to look at, oldest first."""
        return self.shown().filter(settled_at__isnull=True).order_by("created_at", "pk")


class TreeNote(Moderated):
    """„Passt nicht“: what a reader says about one result. Read by staff only.

    `key` comes with the form: a double click is one note. `answers` is the address of the result
    without its path.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    revision = models.ForeignKey(
        TreeRevision, on_delete=models.CASCADE, related_name="notes", verbose_name="Fassung"
    )
    answers = models.CharField("Antworten", max_length=2000, blank=True)
    text = BoundedTextField("Was nicht passt", max_length=2000)
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

    objects = TreeNoteQuerySet.as_manager()

    class Meta(Moderated.Meta):
        verbose_name = "Hinweis zu einem Wegweiser"
        verbose_name_plural = "Hinweise zu Wegweisern"
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.text[:60]
