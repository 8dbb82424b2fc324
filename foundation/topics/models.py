"""Topic: the shared tag, and the rows that hang it on things of any room."""

from collections.abc import Iterable
from typing import Self

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from taggit.models import GenericTaggedItemBase, TagBase

from foundation.kit.text import german_slug


class TopicQuerySet(models.QuerySet):
    def alphabetical(self) -> Self:
        return self.order_by("slug")

    def named(self, names: Iterable[str]) -> list["Topic"]:
        """The topics of these names in any case, in their order, each once; unknown ones are made.

        Compared here, because the databases disagree about Ä and ä.
        """
        wanted = {name.casefold(): name for name in names}
        known = {topic.name.casefold(): topic for topic in self.all()} if wanted else {}
        return [known.get(key) or self.create(name=name) for key, name in wanted.items()]

    def with_things_for(self, user) -> Self:
        """The topics of at least one thing that this reader may see.

        What may carry topics stands on the rooms' name plates: `topic_things = ["formats.Format"]`.
        """
        seen = models.Q(pk__in=[])
        for config in apps.get_app_configs():
            for label in getattr(config, "topic_things", []):
                model = apps.get_model(label)
                things = model.objects.visible_to(user).order_by().values("pk")
                items = TaggedItem.objects.on(model).filter(object_id__in=things)
                seen |= models.Q(pk__in=items.values("tag"))
        return self.filter(seen)


class Topic(TagBase):
    """A subject that towns care about, e.g. `Innenstadt`. Names are unique in any case."""

    shown_on_public_pages = True

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = "Thema"
        verbose_name_plural = "Themen"
        ordering = ["slug"]

    def slugify(self, tag, i=None):
        """A slug with umlauts written out; `thema` where nothing printable is left."""
        slug = german_slug(tag) or "thema"
        return f"{slug}-{i}" if i else slug

    def get_absolute_url(self):
        return reverse("topics:topic_detail", args=[self.slug])


class TaggedItemQuerySet(models.QuerySet):
    def on(self, model: type[models.Model]) -> Self:
        """The topics on things of one kind. Ask here: joins through taggit's manager cost more."""
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def named_on_things(self) -> list[tuple[int, str, str]]:
        """(key of a thing, slug, name) of every topic, by thing, then alphabet; of one kind only."""
        # Sorted here: for so few rows that is quicker than asking the database to.
        return sorted(self.order_by().values_list("object_id", "tag__slug", "tag__name"))

    def by_thing(self) -> dict[int, list[tuple[str, str]]]:
        """Key of a thing → (slug, name) of its topics by alphabet; one query, of one kind only."""
        found: dict[int, list[tuple[str, str]]] = {}
        for key, slug, name in self.named_on_things():
            found.setdefault(key, []).append((slug, name))
        return found


class TaggedItem(GenericTaggedItemBase):
    """One topic on one thing of any room (the generic relation the house allows)."""

    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="items", verbose_name="Thema")

    objects = TaggedItemQuerySet.as_manager()

    class Meta:
        verbose_name = "Themenzuordnung"
        verbose_name_plural = "Themenzuordnungen"
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_type", "object_id"], name="topics_item_once"),
        ]
