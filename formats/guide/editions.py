"""Tree editions: a revision worked out once per process, as `formats.editions` does for Steckbriefe."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from formats.guide.plan import Plan
from formats.guide.schema import plan_from
from formats.models import Tree, TreeRevision
from formats.pages import Gone

MOST_KEPT = 200


class TreeGone(Gone):
    """A tree that was public once and is withdrawn: its address answers 410."""

    note, successor = "", None

    def __init__(self):
        Http404.__init__(self, "withdrawn")


class TreeEdition:
    """A tree as one revision says it. Kept for all visitors, so it knows nobody."""

    def __init__(self, slug: str, number: int, plan: Plan, *, pk: UUID | None = None, url: str = ""):
        self.pk, self.slug, self.number, self.plan = pk, slug, number, plan
        self.url = url or f"/wegweiser/{slug}/"
        self.title, self.summary = plan.title, plan.summary

    @property
    def most(self) -> int:
        """How many questions it asks at most."""
        return self.plan.longest[self.plan.start.key] if self.plan.start else 0

    @property
    def is_draft(self) -> bool:
        return self.pk is None


_shelf: dict[UUID, TreeEdition] = {}


def tree_editions(user) -> dict[str, TreeEdition]:
    """Slug → edition of every tree this reader may walk, in the order of the list.

    One query for what is live; a second one only for revisions this process has not seen.
    """
    live = dict(Tree.objects.visible_to(user).ordered().values_list("slug", "published_id"))
    return _from_shelf(live)


def edition_of(revision: TreeRevision, slug: str) -> TreeEdition:
    if revision.pk not in _shelf:
        if len(_shelf) >= MOST_KEPT:
            _shelf.clear()
        plan = plan_from(revision.snapshot)
        _shelf[revision.pk] = TreeEdition(slug, revision.number, plan, pk=revision.pk)
    return _shelf[revision.pk]


def find_tree(user, slug: str) -> TreeEdition:
    """The published edition; raises `TreeGone` if it was withdrawn, otherwise `Http404`."""
    live = dict(Tree.objects.visible_to(user).with_slug(slug).values_list("slug", "published_id"))
    if not live:
        get_object_or_404(Tree.objects.withdrawn(), slug=slug)
        raise TreeGone
    return _from_shelf(live)[slug]


def find_revision(live: TreeEdition, number: int | None) -> TreeEdition | None:
    """The edition somebody began on, if they may finish on it: live, or replaced a short while ago.

    None for a number that is too old or was never given.
    """
    if number in (None, live.number):
        return live
    revision = TreeRevision.objects.walkable(timezone.now()).numbered(live.slug, number)
    return edition_of(revision, live.slug) if revision else None


def _from_shelf(live: dict[str, UUID]) -> dict[str, TreeEdition]:
    missing = [key for key in live.values() if key not in _shelf]
    if missing:
        slugs = {key: slug for slug, key in live.items()}
        for revision in TreeRevision.objects.with_keys(missing):
            edition_of(revision, slugs[revision.pk])
    return {slug: _shelf[key] for slug, key in live.items() if key in _shelf}
