"""The directory with 11,000 towns against the same with 30, without page cache: `python -m bench.towns`."""

from __future__ import annotations

import gzip
import os
import random
import statistics
import subprocess
import sys
import tempfile

from bench.__main__ import ROUNDS, SECONDS, environment, fetch, manage, memory_mb, server
from bench.load import rate

SMALL, LARGE = 30, 11_000
# Those that fill a page with thirty towns, too, can be compared; near a place there are few of thirty.
PAGES = {
    "Verzeichnis": "/staedte/",
    "gefiltert": "/staedte/?groesse=22&groesse=30&groesse=40&groesse=50",
    "Wort": "/staedte/?q=ort",
    "nach Zahl": "/staedte/?sortierung=-einwohner",
    "Umkreis": "/staedte/?von=ort-7&umkreis=100&sortierung=entfernung",
    "Stadtseite": "/staedte/ort-7/",
    "ähnliche": "/staedte/ort-7/aehnliche/",
    "Karte": "/staedte/karte/",
}


def fill(count: int) -> None:
    """Invented towns all over Germany, twenty of them taking part; runs in a process of its own."""
    import django

    django.setup()
    from datetime import UTC, date, datetime

    from towns.models import Land, RegisterImport, SizeClass, Town

    dice = random.Random(11)
    laender = list(Land.objects.all_sixteen().values())
    RegisterImport.objects.create(kind="xlsx", source="Erfunden", file_name="x", as_of=date(2023, 3, 31))
    towns = []
    for number in range(count):
        inhabitants = round(dice.lognormvariate(8.2, 1.1)) + 50
        towns.append(
            Town(
                slug=f"ort-{number}",
                name=f"Ort {number}",
                official_name=f"Ort {number}, Stadt",
                kind="63",
                land=laender[number % 16],
                inhabitants=inhabitants,
                area_km2=round(dice.uniform(8, 150), 2),
                latitude=dice.uniform(47.6, 54.7),
                longitude=dice.uniform(6.3, 14.6),
                size_class=SizeClass.of_inhabitants(inhabitants),
                valid_from=date(2023, 3, 31),
                participating_since=datetime(2026, 1, 1, tzinfo=UTC) if number < 20 else None,
                is_demo=True,
            )
        )
    Town.objects.bulk_create(towns, batch_size=500)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        places = {}
        for count in (SMALL, LARGE):
            env = environment(f"sqlite:///{folder}/{count}.sqlite3", folder, PAGE_CACHE="0")
            env["DJANGO_SETTINGS_MODULE"] = "akademie.settings"
            manage(env, "migrate", "-v0")
            manage(env, "collectstatic", "--noinput", "-v0")
            subprocess.run([sys.executable, "-m", "bench.towns", "fill", str(count)], env=env, check=True)
            places[count] = env
        with (
            server("akademie.wsgi", places[SMALL]) as (small, _),
            server("akademie.wsgi", places[LARGE]) as (large, pid),
        ):
            print(f"{ROUNDS} alternating rounds of {SECONDS} s, page cache off, one worker with two threads")
            for label, path in PAGES.items():
                for port in (small, large):
                    fetch(port, path)
                    rate(port, path, 0.5)
                rounds = [(rate(small, path, SECONDS), rate(large, path, SECONDS)) for _ in range(ROUNDS)]
                raw = fetch(large, path, **{"Accept-Encoding": "gzip"})
                size = len(raw if raw[:2] == b"\x1f\x8b" else gzip.compress(raw))
                print(
                    f"  {label:<12}{statistics.median(a for a, _ in rounds):7.0f}/s with {SMALL}"
                    f"{statistics.median(b for _, b in rounds):7.0f}/s with {LARGE}"
                    f"  time ratio {statistics.median(a / b for a, b in rounds):.2f}"
                    f"  {size / 1000:5.1f} kB compressed"
                )
            print(f"  memory of the worker with {LARGE} towns: {memory_mb(pid):.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["fill"]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "akademie.settings")
        fill(int(sys.argv[2]))
    else:
        main()
