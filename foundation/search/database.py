"""The two full-text indexes behind one small interface: FTS5 on SQLite, GIN on PostgreSQL.

The only place of the house with SQL for searching. Everything that reaches it is made of stems
(a–z, 0–9) and numbers; the text somebody typed never does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import connection
from django.db.models.expressions import RawSQL

from foundation.search.sources import Source
from foundation.search.tree import All, OneOf, Phrase, Term, Tree, Without

COLUMNS = {"title_terms": "A", "key_terms": "B", "body_terms": "C", "part_terms": "D", "facet_terms": "D"}
WORD_COLUMNS = ("title_terms", "key_terms", "body_terms")  # the words themselves, no parts of compounds


@dataclass(frozen=True, slots=True)
class Row:
    """One match with what ranking needs; `words` are its columns of stems in the order of `COLUMNS`."""

    pk: int
    source: str
    topics: str
    words: tuple[str, str, str, str]


@dataclass(frozen=True)
class Scope:
    """Where to look: these sources as one reader sees them, perhaps one topic, perhaps only newer things."""

    sources: tuple[Source, ...]
    user: object
    topic: str = ""
    since: datetime | None = None
    _rights: dict[str, tuple[str, tuple]] = field(default_factory=dict, compare=False)

    def rights(self, source: Source) -> tuple[str, tuple]:
        """The condition that the reader may open the thing of `search_hit`, looked up by its key."""
        if source.key not in self._rights:
            own = source.readable(self.user).order_by().filter(pk=RawSQL("search_hit.object_id", ()))
            self._rights[source.key] = own.values("pk").query.sql_with_params()
        return self._rights[source.key]

    def within(self, keys: Collection[str]) -> Scope:
        """The same with only these sources."""
        return replace(self, sources=tuple(source for source in self.sources if source.key in keys))


def facet_term(kind: str, value: str) -> str:
    """`("t", "innenstadt-beleben")` → `0tinnenstadtbeleben`: begins with a digit, like no stem of a text."""
    return f"0{kind}{value.replace('-', '')}"


def title_term(stem: str) -> Term:
    """A stem in the title, as a word of its own: neither database can look up a word by its column alone."""
    return Term(facet_term("n", stem), ("facet_terms",))


def matches(tree: Tree, scope: Scope, limit: int) -> list[Row]:
    """At most `limit` matches of each source, the newest entries first."""
    columns = "search_hit.id, search_hit.source, search_hit.topics, search_hit.title_terms,"
    columns += " search_hit.key_terms, search_hit.body_terms, search_hit.part_terms"
    selects = [_select(columns, tree, source, scope, limit) for source in scope.sources]
    return [Row(pk, source, topics, tuple(words)) for pk, source, topics, *words in _union(selects)]


def counts(tree: Tree, scope: Scope, cap: int) -> dict[str, int]:
    """Source → number of matches, counted up to `cap`."""
    selects = []
    for source in scope.sources:
        sql, params = _select("1", tree, source, scope, cap, ordered=False)
        selects.append((f"SELECT '{source.key}' AS source, count(*) FROM ({sql}) AS found", params))
    return dict(_union(selects))


def frequencies(trees: Sequence[Tree], scope: Scope, cap: int) -> list[int]:
    """In how many readable entries each tree is found, counted up to `cap` per source."""
    selects = []
    for number, tree in enumerate(trees):
        for source in scope.sources:
            sql, params = _select("1", tree, source, scope, cap, ordered=False)
            selects.append((f"SELECT {number} AS tree, count(*) FROM ({sql}) AS found", params))
    found = [0] * len(trees)
    for number, count in _union(selects):
        found[number] += count
    return found


def tidy() -> None:
    """After many changes: let SQLite join the pieces of its index. PostgreSQL keeps its own in one piece."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_fts(search_fts) VALUES ('optimize')")


def _select(columns, tree, source, scope, limit, *, ordered=True) -> tuple[str, list]:
    facets: list[Tree] = [Term(facet_term("s", source.key), ("facet_terms",))]
    if scope.topic:
        facets.append(Term(facet_term("t", scope.topic), ("facet_terms",)))
    tree = All((*facets, tree))
    rights, rights_params = scope.rights(source)
    params: list = []
    if connection.vendor == "sqlite":
        # CROSS JOIN keeps the order: the full-text index first, then row by row until there are enough.
        sql = f"SELECT {columns} FROM search_fts CROSS JOIN search_entry AS search_hit"
        sql += " ON search_hit.id = search_fts.rowid WHERE search_fts MATCH %s"
        order = " ORDER BY search_fts.rowid DESC"
        params.append(_fts5(tree))
    else:
        sql = f"SELECT {columns} FROM search_entry AS search_hit WHERE search_hit.vector @@ %s::tsquery"
        order = " ORDER BY search_hit.id DESC"
        params.append(_tsquery(tree))
    if scope.since:
        sql += " AND search_hit.changed_at >= %s"
        params.append(connection.ops.adapt_datetimefield_value(scope.since))
    sql += f" AND EXISTS ({rights})"
    return f"{sql}{order if ordered else ''} LIMIT {int(limit)}", [*params, *rights_params]


def _union(selects: list[tuple[str, list]]) -> list[tuple]:
    if not selects:
        return []
    sql = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part" for sql, _ in selects)
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _, params in selects for value in params])
        return cursor.fetchall()


def _fts5(tree: Tree) -> str:
    match tree:
        case Term(stem, columns):
            return f'{{{" ".join(columns)}}} : "{stem}"' if columns else f'"{stem}"'
        case Phrase(stems):
            return " + ".join(f'"{stem}"' for stem in stems)
        case All(parts):
            return " AND ".join(f"({_fts5(part)})" for part in parts)
        case OneOf(parts):
            return " OR ".join(f"({_fts5(part)})" for part in parts)
        case Without(wanted, unwanted):
            return f"({_fts5(wanted)}) NOT ({_fts5(unwanted)})"


def _tsquery(tree: Tree) -> str:
    match tree:
        case Term(stem, columns):
            return (
                f"'{stem}':{''.join(sorted({COLUMNS[name] for name in columns}))}" if columns else f"'{stem}'"
            )
        case Phrase(stems):
            return "(" + " <-> ".join(f"'{stem}'" for stem in stems) + ")"
        case All(parts):
            return "(" + " & ".join(map(_tsquery, parts)) + ")"
        case OneOf(parts):
            return "(" + " | ".join(map(_tsquery, parts)) + ")"
        case Without(wanted, unwanted):
            return f"({_tsquery(wanted)} & !({_tsquery(unwanted)}))"
