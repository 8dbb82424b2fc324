"""Bookmark: one Steckbrief on somebody's Merkliste."""

from typing import Self

from django.conf import settings
from django.db import models

from formats.models.format import Format


class BookmarkQuerySet(models.QuerySet):
    def of(self, user) -> Self:
        return self.filter(user=user).order_by("created_at", "pk")

    def on(self, slug: str) -> Self:
        return self.filter(format__slug=slug)


class Bookmark(models.Model):
    """Belongs to an account; without one the Merkliste lives in the session."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    format = models.ForeignKey(Format, on_delete=models.CASCADE, related_name="bookmarks")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        verbose_name = "Merkzettel"
        verbose_name_plural = "Merkliste"
        constraints = [
            models.UniqueConstraint(fields=["user", "format"], name="formats_bookmark_once"),
        ]

    def __str__(self):
        return f"{self.format} auf der Merkliste von {self.user}"
