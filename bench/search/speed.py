"""`python -m bench.search.speed [count]`: time of queries and of indexing over many generated texts.

Each query is measured in turns with the bare ranked full-text query of the same database over the same
texts, so that a busy machine slows both; what counts is the ratio. Takes minutes with 200,000 texts.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.search.settings")

ROUNDS = 21
QUERIES = {
    "rare word": "Sternwarte",
    "rarer word": "Regenbogenpavillon",
    "common word": "Gemeinde",
    "very common stem": "Vorhaben",
    "two words": "Hochwasserschutz Schule",
    "two common words": "Verwaltung Gemeinde",
    "two words, one rare": "Gemeinde Sternwarte",
    "compound": "Leerstandskataster",
    "no such word": "Quitschblubb",
}
PREFIXES = ["i", "inn", "innenst", "kommunale wär", "lindenb"]
PLACES = 11_000


def fill(count: int) -> None:
    from bench.search.models import BenchPlace, BenchText
    from bench.search.texts import many, places

    texts = (BenchText(key=str(n), title=title, body=body) for n, (title, body) in enumerate(many(count)))
    # The plain manager sends nothing to the index: that is measured by itself.
    BenchText._base_manager.bulk_create(texts, batch_size=2000)
    rows = (BenchPlace(title=title, ags=ags, postcode=postcode) for title, ags, postcode in places(PLACES))
    BenchPlace._base_manager.bulk_create(rows, batch_size=2000)


def index(count: int) -> float:
    """Texts indexed per second."""
    from foundation.search.checking import portions
    from foundation.search.database import tidy
    from foundation.search.indexing import reindex
    from foundation.search.learning import background_vocabulary
    from foundation.search.sources import sources

    vocabulary = background_vocabulary()
    begun = time.perf_counter()
    for source in sources().values():
        for keys in portions(source.keys()):
            reindex(source, keys, vocabulary)
    tidy()
    return (count + PLACES) / (time.perf_counter() - begun)


def bare_table() -> None:
    """The database's own search over the same words: what one would write without this project."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("CREATE VIRTUAL TABLE bench_bare USING fts5(title, body, tokenize='unicode61')")
            cursor.execute(
                "INSERT INTO bench_bare(rowid, title, body) SELECT id, title, body FROM benchsearch_benchtext"
            )
            cursor.execute("INSERT INTO bench_bare(bench_bare) VALUES ('optimize')")
            cursor.execute("ANALYZE")
        else:
            vector = "setweight(to_tsvector('german', title), 'A') || to_tsvector('german', body)"
            cursor.execute(
                f"CREATE TABLE bench_bare AS SELECT id, {vector} AS vector FROM benchsearch_benchtext"
            )
            cursor.execute("CREATE INDEX bench_bare_vector ON bench_bare USING gin (vector)")
            cursor.execute("VACUUM ANALYZE bench_bare")
            cursor.execute("VACUUM ANALYZE search_entry")
            cursor.execute("VACUUM ANALYZE benchsearch_benchtext")


def bare(query: str) -> list[tuple]:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            words = " ".join(f'"{word}"' for word in query.split())
            sql = "SELECT rowid FROM bench_bare WHERE bench_bare MATCH %s"
            cursor.execute(f"{sql} ORDER BY bm25(bench_bare, 4.0, 1.0) LIMIT 20", [words])
        else:
            sql = "SELECT id FROM bench_bare, plainto_tsquery('german', %s) q WHERE vector @@ q"
            cursor.execute(f"{sql} ORDER BY ts_rank(vector, q) DESC LIMIT 20", [query])
        return cursor.fetchall()


def milliseconds(work, *arguments) -> float:
    begun = time.perf_counter()
    work(*arguments)
    return (time.perf_counter() - begun) * 1000


def compare(label: str, query: str) -> None:
    from django.contrib.auth.models import AnonymousUser

    from foundation.search.searching import search

    reader = AnonymousUser()
    search(query, reader), bare(query)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(milliseconds(search, query, reader))
        theirs.append(milliseconds(bare, query))
    found = search(query, reader)
    number = f"{'> ' if found.is_capped else ''}{found.total}"
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(
        f"  {label:<20} {query:<26}{number:>8} hits {_times(ours)} bare {_times(theirs)}  ratio {ratio:.2f}"
    )


def type_ahead(prefix: str) -> None:
    from django.contrib.auth.models import AnonymousUser

    from foundation.search.suggesting import titles_beginning

    found = titles_beginning(prefix, AnonymousUser())
    taken = [milliseconds(titles_beginning, prefix, AnonymousUser()) for _ in range(ROUNDS)]
    print(f"  {'type-ahead':<20} {prefix:<26}{len(found):>8} hits {_times(taken)}")


def _times(taken: list[float]) -> str:
    p95 = sorted(taken)[int(len(taken) * 0.95)]
    return f"median {statistics.median(taken):7.1f} ms p95 {p95:7.1f} ms"


def sizes() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT sum(pgsize) FILTER (WHERE name LIKE 'search_fts%%'), sum(pgsize) FILTER (WHERE name"
                " LIKE 'search_%%'), sum(pgsize) FILTER (WHERE name LIKE 'benchsearch_benchtext%%'),"
                " sum(pgsize) FILTER (WHERE name LIKE 'bench_bare%%') FROM dbstat WHERE aggregate = TRUE"
            )
            full_text, search, texts, own = cursor.fetchone()
        else:
            total = "pg_total_relation_size('{}')"
            names = ["search_titlestart", "search_word", "search_entry"]
            cursor.execute(
                "SELECT pg_relation_size('search_entry_vector'), "
                + " + ".join(map(total.format, names))
                + ", "
                + total.format("benchsearch_benchtext")
                + ", "
                + total.format("bench_bare")
            )
            full_text, search, texts, own = cursor.fetchone()
    mb = [round(size / 1e6) for size in (texts, search, full_text, own)]
    return f"texts {mb[0]} MB, search {mb[1]} MB (its full-text index {mb[2]} MB), bare index {mb[3]} MB"


def main(arguments: list[str]) -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    count = int(arguments[0]) if arguments else 200_000
    random.seed(1)
    call_command("migrate", run_syncdb=True, verbosity=0)
    print(f"{connection.vendor}: {count} texts and {PLACES} places, {ROUNDS} rounds in turns")
    if "--again" not in arguments:
        fill(count)
        print(f"  indexed {index(count):.0f} texts a second, word list included", flush=True)
        bare_table()
    print(f"  {sizes()}", flush=True)
    for label, query in QUERIES.items():
        compare(label, query)
    for prefix in PREFIXES:
        type_ahead(prefix)


if __name__ == "__main__":
    main(sys.argv[1:])
