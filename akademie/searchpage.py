"""The search page in values: groups with their counts, facets, and what to do when nothing is found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django import forms
from django.core.paginator import Page, Paginator
from django.utils import timezone

from foundation.kit.german.query import LONGEST_QUERY
from foundation.search.models import Entry
from foundation.search.searching import CAP, Count, Results, search
from foundation.search.showing import Shown, shown
from foundation.search.sources import sources
from foundation.search.suggesting import did_you_mean, nearest_topics
from foundation.topics.models import Topic

IN_GROUP = 5
PER_PAGE = 20
MOST_TOPICS = 8
AGES = {"jahr": ("letzte 12 Monate", timedelta(days=365)), "monat": ("letzte 30 Tage", timedelta(days=30))}


class SearchForm(forms.Form):
    """The search field and its facets. Any text is fine; unknown facets are errors, not ignored."""

    q = forms.CharField(label="Suche", required=False, strip=True)
    thema = forms.SlugField(required=False, max_length=100)
    seit = forms.ChoiceField(
        choices=[("", "egal"), *((key, label) for key, (label, _) in AGES.items())], required=False
    )
    seite = forms.IntegerField(min_value=1, max_value=1000, required=False)

    def __init__(self, data):
        super().__init__(data)
        choices = [("", "alle"), *((key, source.label) for key, source in sources().items())]
        self.fields["art"] = forms.ChoiceField(choices=choices, required=False)


@dataclass(frozen=True)
class FacetLink:
    """One choice of a facet; `value` is empty for „alle“, `number` for unknown counts."""

    label: str
    value: str
    number: str = ""
    is_chosen: bool = False


@dataclass
class Group:
    """The best hits of one type."""

    key: str
    label: str
    count: Count
    hits: list[Shown]

    @property
    def has_more(self) -> bool:
        return self.count.number > len(self.hits)

    @property
    def number(self) -> str:
        return count_words(self.count)


@dataclass
class SearchPage:
    """Everything the page shows."""

    text: str
    results: Results
    is_cut: bool = False  # more was typed than is looked at
    groups: list[Group] = field(default_factory=list)
    page: Page | None = None  # only with one type chosen
    types: list[FacetLink] = field(default_factory=list)
    topics: list[FacetLink] = field(default_factory=list)
    ages: list[FacetLink] = field(default_factory=list)
    better: str = ""
    near_topics: list[Topic] = field(default_factory=list)
    total: str = ""
    left_out: int = 0  # hits that hold only some of the words


def search_page(user, *, q: str, art: str, thema: str, seit: str, seite: int | None) -> SearchPage:
    """Search for this reader and lay out the answer. Raises `EmptyPage` beyond the last page."""
    since = timezone.now() - AGES[seit][1] if seit else None
    results = search(q, user, topic=thema, since=since)
    found = SearchPage(q[:LONGEST_QUERY], results, is_cut=len(q) > LONGEST_QUERY)
    chosen = results.counts.get(art, Count(0)) if art else Count(results.total, results.is_capped)
    found.total = count_words(chosen)
    if not results.query:
        return found
    if art:
        _list_one(found, art, seite or 1)
    else:
        _group(found)
    _facets(found, user, art, thema, seit)
    if not chosen.number:
        found.better = did_you_mean(results.query, user) if not results.hits else ""
        found.near_topics = nearest_topics(results.query, user)
    elif len(results.query.words) > 1:
        found.left_out = len(results.hits) - results.exact
    return found


def count_words(count: Count) -> str:
    """`7`, or `über 1.000` where counting stopped."""
    return f"über {CAP:,}".replace(",", ".") if count.is_capped or count.number > CAP else str(count.number)


def _list_one(found: SearchPage, art: str, number: int) -> None:
    found.page = Paginator(found.results.of(art), PER_PAGE).page(number)
    entries = Entry.objects.in_order(list(found.page.object_list))
    if entries:
        hits = shown(entries, found.results)
        found.groups = [Group(art, sources()[art].label, found.results.counts[art], hits)]


def _group(found: SearchPage) -> None:
    """The types in the order of their best hits, a few hits of each; two queries for all of them."""
    order = list(dict.fromkeys(source for source, _ in found.results.hits))
    keys = [pk for source in order for pk in found.results.of(source)[:IN_GROUP]]
    hits = shown(Entry.objects.in_order(keys), found.results)
    for source in order:
        own = [hit for hit in hits if hit.entry.source == source]
        found.groups.append(Group(source, sources()[source].label, found.results.counts[source], own))


def _facets(found: SearchPage, user, art: str, thema: str, seit: str) -> None:
    results = found.results
    every = Count(results.total, results.is_capped)
    found.types = [FacetLink("Alle", "", count_words(every), is_chosen=not art)]
    for key, source in sources().items():
        count = results.counts.get(key, Count(0))
        if count.number or key == art:
            found.types.append(FacetLink(source.label, key, count_words(count), is_chosen=key == art))
    names = (
        {topic.slug: topic.name for topic in Topic.objects.with_things_for(user)}
        if results.topics or thema
        else {}
    )
    for slug, number in sorted(results.topics.items(), key=lambda item: (-item[1], item[0]))[:MOST_TOPICS]:
        if slug in names and (thema in ("", slug)):
            # Where not all matches were looked at, their topics are not counted either.
            told = "" if results.is_capped else str(number)
            found.topics.append(FacetLink(names[slug], slug, told, is_chosen=slug == thema))
    if thema:
        found.topics.insert(0, FacetLink("Alle Themen", ""))
    found.ages = [FacetLink("egal", "", is_chosen=not seit)]
    found.ages += [FacetLink(label, key, is_chosen=key == seit) for key, (label, _) in AGES.items()]
