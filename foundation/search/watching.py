"""Keeping the index in step: whatever changes a watched row re-indexes in the same transaction.

Saving and deleting send signals. `update`, `bulk_create` and `bulk_update` send none, so the query sets
of watched models get three methods that re-index behind them (docs/decisions/0026-own-search-index.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save, pre_delete

from foundation.search.indexing import reindex
from foundation.search.learning import learn
from foundation.search.sources import Source, sources

Affected = dict[str, set[int]]


def watch() -> None:
    """Listen to every model that some source watches; called once, when all rooms are there."""
    models_watched = {model for source in sources().values() for model in source.watched()}
    for model in models_watched:
        name = model._meta.label
        post_save.connect(_saved, sender=model, dispatch_uid=f"search-saved-{name}")
        pre_delete.connect(_going, sender=model, dispatch_uid=f"search-going-{name}")
        post_delete.connect(_gone, sender=model, dispatch_uid=f"search-gone-{name}")
        for manager in model._meta.managers:
            _watch_queries(manager)


def affected_by(rows: Iterable[models.Model]) -> Affected:
    """Source → keys of the things whose documents depend on these rows."""
    found: Affected = defaultdict(set)
    for row in rows:
        for source in sources().values():
            if type(row) in source.watched():
                found[source.key].update(source.affected_by(row))
    return found


def index_again(affected: Affected) -> None:
    """Re-index these things now; what needs the word list is left to the worker."""
    found: dict[str, Source] = sources()
    to_learn = [reindex(found[key], keys) for key, keys in affected.items() if keys]
    if any(to_learn):
        learn.enqueue()


def _saved(sender, instance, raw=False, **kwargs):
    if not raw:  # a fixture is loaded in any order: `checksearch --repair` comes after it
        index_again(affected_by([instance]))


def _going(sender, instance, **kwargs):
    # What a row affects can be asked only while it is there.
    instance._search_affected = affected_by([instance])


def _gone(sender, instance, **kwargs):
    index_again(instance.__dict__.pop("_search_affected", {}))


class WatchedQuerySet(models.QuerySet):
    """The ways of writing that send no signals, with the index behind them."""

    def update(self, **kwargs):
        if self.query.is_sliced or not kwargs:
            return super().update(**kwargs)
        with transaction.atomic(using=self.db):
            keys = list(self.order_by().values_list("pk", flat=True))
            before = affected_by(self.model._base_manager.filter(pk__in=keys))
            changed = super().update(**kwargs)
            _again(self.model, keys, before)
        return changed

    update.alters_data = True

    def bulk_create(self, objs, *args, **kwargs):
        with transaction.atomic(using=self.db):
            made = super().bulk_create(objs, *args, **kwargs)
            keys = [row.pk for row in made if row.pk is not None]
            _again(self.model, keys, affected_by(made))
        return made

    bulk_create.alters_data = True

    def bulk_update(self, objs, fields, *args, **kwargs):
        with transaction.atomic(using=self.db):
            objs = tuple(objs)
            changed = super().bulk_update(objs, fields, *args, **kwargs)
            _again(self.model, [row.pk for row in objs], {})
        return changed

    bulk_update.alters_data = True


def _again(model: type[models.Model], keys: list, before: Affected) -> None:
    """Re-index what the rows affected before and affect now."""
    affected = defaultdict(set, before)
    for key, found in affected_by(model._base_manager.filter(pk__in=keys)).items():
        affected[key] |= found
    index_again(affected)


def _watch_queries(manager: models.Manager) -> None:
    """Let the query sets of this manager be watched ones.

    Saving goes through `_base_manager`, which stays as it is: it sends signals already.
    """
    plain = manager._queryset_class
    if issubclass(plain, WatchedQuerySet):
        return
    watched = type(plain.__name__, (WatchedQuerySet, plain), {"__module__": plain.__module__})
    manager._queryset_class = watched
    if type(manager) is not models.Manager:  # a class of its own: related managers inherit from it
        type(manager)._queryset_class = watched
