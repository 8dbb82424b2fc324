"""`python -m bench.search.quality`: print how well the judged queries are answered, beside other searches."""

from __future__ import annotations

import os
import statistics
import sys
from io import StringIO
from pathlib import Path

import django
import yaml

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.search.settings")


def prepare() -> dict[str, tuple[str, str]]:
    """Make the tables, load Steckbriefe and texts, build the index; returns what is searched."""
    from django.core.management import call_command

    from bench.search.models import BenchText
    from bench.search.texts import texts
    from foundation.search.models import Entry

    call_command("migrate", run_syncdb=True, verbosity=0)
    silence = StringIO()
    call_command("loadformats", stdout=silence)
    BenchText.objects.all().delete()
    BenchText.objects.bulk_create(BenchText(key=t.key, title=t.title, body=t.body) for t in texts())
    call_command("rebuildsearch", stdout=silence, stderr=silence)
    return {name: (e.title, f"{e.lead}\n{e.text}") for e, name in _named(Entry.objects.order_by("pk"))}


def _named(entries):
    from bench.search.models import BenchText

    keys = dict(BenchText.objects.values_list("pk", "key"))
    for entry in entries:
        own = entry.source == "texte"
        yield entry, keys[entry.object_id] if own else "/" + entry.url.rstrip("/").rpartition("/")[2]


def judged() -> dict[str, dict[str, dict[str, int]]]:
    """Part (`tuned`, `held_out`) → query → grades of documents."""
    from bench.search.texts import texts

    found = {}
    for part, queries in yaml.safe_load(Path(__file__).with_name("judged.yaml").read_text()).items():
        found[part] = {}
        for query, said in queries.items():
            grades = {name: grade for name, grade in said.items() if name.startswith("/")}
            for text in texts():
                passing = 1 if said.get(text.mentions, 0) >= 2 else 0
                if grade := max(said.get(text.subject, 0), passing):
                    grades[text.key] = grade
            found[part][query] = grades
    return found


def ours():
    from django.contrib.auth.models import AnonymousUser

    from foundation.search.models import Entry
    from foundation.search.searching import search

    names = {entry.pk: name for entry, name in _named(Entry.objects.all())}
    return lambda query: [names[pk] for _, pk in search(query, AnonymousUser()).hits]


def main(arguments: list[str]) -> None:
    django.setup()
    from bench.search.baselines import Bm25, OwnSearch
    from bench.search.measures import NAMES, measure

    documents = prepare()
    own = [OwnSearch(documents, any_word=any_word) for any_word in (False, True)]
    systems = {"diese Suche": ours(), "BM25": Bm25(documents)}
    queries = judged()
    if "--tuned" in arguments:
        queries.pop("held_out")
    print(f"\n{sum(map(len, queries.values()))} judged queries over {len(documents)} texts, {own[0].name}")
    print(f"  {'':<38}" + "".join(f"{name:>11}" for name in NAMES))
    for part, asked in queries.items():
        for name, system in systems.items():
            _line(f"{part} ({len(asked)}): {name}", [measure(system(q), g) for q, g in asked.items()])
        for number, way in enumerate(("all words", "any word")):
            # Both share one table: each is filled anew before it is asked.
            system = OwnSearch(documents, any_word=bool(number))
            _line(f"{part}: {system.name}, {way}", [measure(system(q), g) for q, g in asked.items()])
    if "--each" in arguments:
        for query, grades in queries["tuned"].items():
            hits = systems["diese Suche"](query)
            figures = " ".join(f"{value:.2f}" for value in measure(hits, grades))
            shown = " ".join(hit if hit in grades else f"{hit}!" for hit in hits[:8])
            print(f"    {query:<28} {figures}  {shown} [{len(hits)}/{len(grades)}]")


def _line(label: str, figures: list[tuple[float, ...]]) -> None:
    print(
        f"  {label:<38}"
        + "".join(f"{statistics.mean(column):11.3f}" for column in zip(*figures, strict=True))
    )


if __name__ == "__main__":
    main(sys.argv[1:])
