"""What lies on the editors' desk beside the text: open forms, links for co-authors and their remarks."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from formats.models.fields import BoundedTextField
from formats.models.format import Format
from formats.models.revision import Revision

# Whoever gave no sign of life for so long has gone home.
PRESENT_FOR = timedelta(minutes=10)


class OpenFormQuerySet(models.QuerySet):
    def of(self, user, format: Format | None) -> Self:
        """The form this person has open on this Steckbrief; None means a new one."""
        return self.filter(user=user, format=format)

    def others(self, user, format: Format | None, now: datetime) -> Self:
        """Who else has the same Steckbrief open now, longest first."""
        present = self.filter(format=format, seen_at__gte=now - PRESENT_FOR).exclude(user=user)
        return present.select_related("user").order_by("opened_at", "pk") if format else self.none()

    def with_typed(self) -> Self:
        """Those that hold something typed and not saved."""
        return self.filter(typed__isnull=False)

    def forgotten(self, before: datetime) -> Self:
        """Nobody has come back to them since."""
        return self.filter(seen_at__lt=before)


class OpenForm(models.Model):
    """One editor with one Steckbrief open: what they have typed and not saved yet.

    `typed` is the form as the browser sent it (field → list of values), however wrong; `sheet` is
    the last sound snapshot made of it, for the preview and for merging; `base` is the number of the
    revision the form was filled from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    format = models.ForeignKey(
        Format, on_delete=models.CASCADE, null=True, blank=True, related_name="open_forms"
    )
    base = models.PositiveIntegerField("Ausgangsfassung", null=True, blank=True)
    typed = models.JSONField("getippt", null=True, blank=True)
    typed_at = models.DateTimeField("getippt am", null=True, blank=True)
    sheet = models.JSONField("lesbarer Stand", null=True, blank=True)
    opened_at = models.DateTimeField("geöffnet", auto_now_add=True)
    seen_at = models.DateTimeField("zuletzt gesehen")

    objects = OpenFormQuerySet.as_manager()

    class Meta:
        verbose_name = "offenes Formular"
        verbose_name_plural = "offene Formulare"
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "format"], name="formats_openform_once"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(format__isnull=True), name="formats_openform_new_once"
            ),
        ]

    def __str__(self):
        return f"{self.user} an {self.format or 'einem neuen Steckbrief'}"


class CoauthorLinkQuerySet(models.QuerySet):
    def valid(self, now: datetime) -> Self:
        return self.filter(revoked_at__isnull=True, expires_at__gt=now).order_by("expires_at", "pk")

    def of(self, format: Format) -> Self:
        return self.filter(format=format).order_by("-created_at", "-pk")


class CoauthorLink(models.Model):
    """A way into the newest draft for somebody without account, who may read and remark, until it expires."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    format = models.ForeignKey(
        Format, on_delete=models.CASCADE, related_name="coauthor_links", verbose_name="Steckbrief"
    )
    name = models.CharField("Für wen", max_length=120, help_text="Beispiel: Frau Muster, Stadt Auenlinden")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField("angelegt am", auto_now_add=True)
    expires_at = models.DateTimeField("gilt bis")
    revoked_at = models.DateTimeField("widerrufen am", null=True, blank=True)

    objects = CoauthorLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "Link für Mitautor:innen"
        verbose_name_plural = "Links für Mitautor:innen"
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"{self.name}: {self.format}"


class RemarkQuerySet(models.QuerySet):
    def open(self) -> Self:
        """What nobody has settled yet, oldest first."""
        return self.filter(settled_at__isnull=True).order_by("created_at", "pk")

    def of(self, format: Format) -> Self:
        return self.filter(revision__format=format).order_by("created_at", "pk")

    def with_origin(self) -> Self:
        return self.select_related("revision__format", "link", "author")


class Remark(models.Model):
    """What a co-author or a colleague says about a draft; `key` makes a double click one remark.

    `field` names the part of the Steckbrief it speaks of; empty means the whole.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="remarks", verbose_name="Fassung"
    )
    link = models.ForeignKey(
        CoauthorLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="remarks"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField("Von", max_length=120)
    field = models.CharField("Stelle", max_length=20, blank=True)
    text = BoundedTextField("Bemerkung", max_length=2000)
    created_at = models.DateTimeField("am", auto_now_add=True)
    settled_at = models.DateTimeField("erledigt am", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "Bemerkung zum Entwurf"
        verbose_name_plural = "Bemerkungen zu Entwürfen"
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.text[:60]
