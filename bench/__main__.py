"""Serve the house and bare Django with gunicorn, measure them in alternating rounds, print ratios."""

from __future__ import annotations

import gzip
import os
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from bench.load import rate

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, SECONDS = 5, 1.5
PAGES = {
    "Katalog": "/formate/",
    "Tabelle": "/formate/tabelle/",
    "Steckbrief": "/formate/webinar/",
    "Wegweiser": "/wegweiser/welches-format/?zweck=rat&publikum=spitze&fassung=1",
}


def environment(database: str, folder: str, **more) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": database,
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1",
        "MEDIA_ROOT": folder,
        "LOG_LEVEL": "INFO",
        **more,
    }


def manage(env, *args):
    subprocess.run(
        [sys.executable, "manage.py", *args], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL
    )


@contextmanager
def server(application: str, env: dict[str, str]):
    """One gunicorn worker with two threads; yields (port, pid of the worker)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--worker-class", "gthread", "--threads", "2", "--keep-alive", "30"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        yield port, int(children[0]) if children else process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def fetch(port: int, path: str, **headers) -> bytes:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        return response.read()


def compare(ours: tuple[int, str], bare: tuple[int, str]) -> tuple[float, float, float]:
    """Median rates of both and the median of the ratios of the rounds."""
    for port, path in (ours, bare):
        rate(port, path, 0.5)
    rounds = [(rate(*ours, SECONDS), rate(*bare, SECONDS)) for _ in range(ROUNDS)]
    return (
        statistics.median(a for a, _ in rounds),
        statistics.median(b for _, b in rounds),
        statistics.median(a / b for a, b in rounds),
    )


def memory_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def pages_of(name: str, database: str, folder: str) -> None:
    env = environment(database, folder)
    manage(env, "migrate", "-v0")
    manage(env, "loadformats")
    manage(env, "loadguide")
    manage(env, "collectstatic", "--noinput", "-v0")
    print(f"\n{name}")
    with (
        server("akademie.wsgi", env | {"PAGE_CACHE": "1"}) as (cached, pid),
        server("akademie.wsgi", env | {"PAGE_CACHE": "0"}) as (uncached, _),
        server("bench.bare", env) as (bare, _),
    ):
        for label, path in PAGES.items():
            size = len(fetch(uncached, path))
            ours, theirs, ratio = compare((cached, path), (bare, f"/constant/{size}/"))
            print(
                f"  {label:<11}{size:>7} B  warm    {ours:7.0f}/s constant {theirs:7.0f}/s  ratio {ratio:.2f}"
            )
            ours, theirs, ratio = compare((uncached, path), (bare, "/query/"))
            print(f"  {'':<11}{'':>7}    uncached{ours:7.0f}/s one query{theirs:6.0f}/s  ratio {ratio:.2f}")
        times = []
        for _ in range(21):
            begun = time.perf_counter()
            fetch(uncached, "/formate/webinar.pdf")
            times.append((time.perf_counter() - begun) * 1000)
        print(f"  PDF         median {statistics.median(times):.0f} ms of {len(times)}")
        print(f"  memory of a worker {memory_mb(pid):.0f} MB")
        weigh(uncached)


def weigh(port: int) -> None:
    """The first visit to the home page and to the catalogue: compressed bytes and requests."""
    for path in ("/", "/formate/"):
        html = (
            gzip.decompress(raw)
            if (raw := fetch(port, path, **{"Accept-Encoding": "gzip"}))[:2] == b"\x1f\x8b"
            else raw
        )
        total, requests = len(raw), 1
        for asset in _assets(port, html.decode()):
            total += len(fetch(port, asset, **{"Accept-Encoding": "br, gzip"}))
            requests += 1
        print(f"  first visit {path:<10} {total / 1000:.0f} kB compressed, {requests} requests")


def _assets(port: int, html: str) -> list[str]:
    """Style sheets, scripts, preloaded fonts, sprites and icons that the page names, each once."""
    import re

    found = re.findall(r'(?:href|src)="(/static/[^"#]+)', html)
    return list(dict.fromkeys(found))


def search_of(name: str, database: str, module: str, *arguments: str) -> None:
    """One of the measurements of the search in a process and a database of its own."""
    env = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "bench.search.settings"}
    print(f"\n{name}, search", flush=True)
    subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, env=env, check=True)


@contextmanager
def databases():
    """(name, address, folder) of an empty database of each kind; PostgreSQL only where a server is found."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        found = [("SQLite", f"sqlite:///{folder}/bench.sqlite3", folder)]
        try:
            admin = stack.enter_context(
                psycopg.connect(
                    "postgresql://postgres@127.0.0.1:5432/postgres", autocommit=True, connect_timeout=3
                )
            )
        except psycopg.OperationalError:
            print("PostgreSQL: skipped, no server at 127.0.0.1:5432")
        else:
            name = f"akademie_bench_{os.getpid()}"
            admin.execute(f"CREATE DATABASE {name}")
            stack.callback(admin.execute, f"DROP DATABASE {name} WITH (FORCE)")
            found.append(("PostgreSQL", f"postgresql://postgres@127.0.0.1:5432/{name}", folder))
        yield found


def main(arguments: list[str]) -> None:
    """Without arguments: pages, and how good the search is. `suche [count]`: how fast it is, in minutes."""
    with databases() as found:
        for name, database, folder in found:
            if arguments[:1] == ["suche"]:
                search_of(name, database, "bench.search.speed", *arguments[1:])
                continue
            print(f"{ROUNDS} alternating rounds of {SECONDS} s, one worker with two threads, 4 connections")
            pages_of(name, database, folder)
            search_of(name, database, "bench.search.quality")


if __name__ == "__main__":
    main(sys.argv[1:])
