"""Source: how a room says what of it can be found; and the sources of all rooms."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.module_loading import import_string

from foundation.topics.models import TaggedItem, Topic


@dataclass(frozen=True)
class Document:
    """One thing as the search sees it: plain text, no HTML.

    `lead` is what the thing is in a sentence; `keywords` count more than `text` (topics are added to
    them); what may not be read by everyone who may open the thing stays out of all of them.
    """

    object_id: int
    title: str
    url: str
    lead: str = ""
    keywords: tuple[str, ...] = ()
    text: str = ""
    changed_at: datetime | None = None


class Source:
    """One type of result. A room writes a subclass and hangs it on its name plate:

    `searchable = ["formats.searchable.FormatSource"]`

    `key` stands in addresses (`?art=formate`), so it is German, a–z only, and never changes.
    """

    key: ClassVar[str]
    label: ClassVar[str]  # plural, the heading of the group
    model_label: ClassVar[str]  # "formats.Format"; its primary key is a number
    # What else changes a document: model label → function from a row of it to the keys of the things.
    watches: ClassVar[dict[str, Any]] = {}

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.model_label)

    def readable(self, user) -> models.QuerySet:
        """What this reader may open; asked on every search, before anything is counted or ranked."""
        return self.model._default_manager.visible_to(user)

    def keys(self) -> models.QuerySet:
        """Everything that belongs into the index, whoever may read it."""
        raise NotImplementedError

    def documents(self, keys: Collection[int]) -> Iterable[Document]:
        """The documents of these keys; keys that do not belong into the index are left out."""
        raise NotImplementedError

    def topics(self, keys: Collection[int]) -> dict[int, list[tuple[str, str]]]:
        """(slug, name) of the topics on these things."""
        return TaggedItem.objects.on(self.model).filter(object_id__in=keys).by_thing()

    def affected_by(self, row: models.Model) -> Iterable[int]:
        """Keys of the things whose document a change of this row may change."""
        if isinstance(row, self.model):
            yield row.pk
        if isinstance(row, TaggedItem) and row.content_type_id == self._content_type().pk:
            yield row.object_id
        if isinstance(row, Topic):
            yield from TaggedItem.objects.on(self.model).filter(tag=row).values_list("object_id", flat=True)
        affected = self.watches.get(row._meta.label)
        if affected:
            yield from affected(row)

    def watched(self) -> set[type[models.Model]]:
        """The models whose changes `affected_by` understands."""
        return {self.model, TaggedItem, Topic, *map(apps.get_model, self.watches)}

    def _content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.model)


@functools.cache
def sources() -> dict[str, Source]:
    """Key → source, of all rooms, in the order of the installed apps."""
    found: dict[str, Source] = {}
    for source in _plates():
        if source.key in found:
            raise ImproperlyConfigured(f"Two rooms have a search source named {source.key!r}.")
        found[source.key] = source
    return found


def _plates() -> Iterator[Source]:
    for config in apps.get_app_configs():
        for dotted in getattr(config, "searchable", []):
            yield import_string(dotted)()
