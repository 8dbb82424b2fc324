"""The launcher behind the Makefile: prepares what is missing, then runs the house or its tests.

Standard library only, and written so that Python 3.8 can read it: it may be started by an old
`python3` and has to say so in German instead of failing with a traceback.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from akademie.preparing import PYTHON, ROOT, VENV, SetupError, prepare, print_line, works  # noqa: E402

HOST = "127.0.0.1"
POSTGRES = "postgresql://postgres@127.0.0.1:5432/"
SECONDS_TO_START = 60
SECONDS_TO_END = 10

# Runs each argument as a management command, after a mark that no command prints.
BETWEEN = "\x1e"
MANAGE = f"""
import os, sys
from django.core.management import execute_from_command_line
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "akademie.settings")
for command in sys.argv[1:]:
    print({BETWEEN!r}, end="", flush=True)
    execute_from_command_line(["manage.py", *command.split()])
"""

HELP = """\
make run     Plattform starten: einrichten, Beispielinhalte laden, Server auf 127.0.0.1:8000
             (anderer Anschluss: PORT=8001 make run; ohne Beispielinhalte: DEMO=0 make run)
make test    alle Prüfungen und Tests auf SQLite und, wo vorhanden, PostgreSQL
             (Auswahl: make test ARGS="-k wort")
make lint    nur die Prüfungen von Stil, Vorlagen und Migrationen
make bench   Geschwindigkeit und Gewicht messen
make help    diese Übersicht
"""


def main(arguments: list[str]) -> int:
    commands = {"run": run, "test": test, "lint": lint, "bench": bench, "help": show_help}
    name = arguments[0] if arguments else "help"
    try:
        if name not in commands:
            raise SetupError(f"Den Befehl „{name}“ gibt es nicht; „make help“ zeigt alle.")
        return commands[name](arguments[1:])
    except SetupError as error:
        print_line(f"Fehler: {error}", sys.stderr)
        return 1
    except KeyboardInterrupt:
        print_line("Abgebrochen.", sys.stderr)
        return 130


# Commands -------------------------------------------------------------------------------------------


def show_help(_arguments: list[str]) -> int:
    print_line(HELP.rstrip())
    return 0


def run(_arguments: list[str]) -> int:
    """Prepare everything, then keep server, worker and tick running until Ctrl-C or SIGTERM."""
    env = {**dotenv(), **os.environ}
    if not is_on(env.get("DEBUG"), default=True):
        raise SetupError(
            "„make run“ ist für die Entwicklung da; den Betrieb mit DEBUG=0 beschreibt docs/betrieb.md."
        )
    port = free_port(env.get("PORT") or "8000")
    address = f"http://{HOST}:{port}"
    env.setdefault("SITE_URL", address)
    env["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
    prepare()
    print_line("Datenbank und Inhalte werden vorbereitet …")
    steps = ["migrate --verbosity 0", "loadformats", "loadguide"]
    demo = is_on(env.get("DEMO"), default=True)
    said = manage(env, *steps, *(["loaddemo"] if demo else []))
    accounts = f"\nZum Anmelden (wer, E-Mail-Adresse, Passwort):\n{said[-1]}" if demo else ""
    return keep_running(
        env,
        port,
        {
            "Der Server": ["runserver", f"{HOST}:{port}"],
            "Der Hintergrunddienst (worker)": ["db_worker", "--no-reload", "--queue-name", "*"],
            "Der Zeitplan (tick)": ["tick"],
        },
        f"{accounts}\nDie Plattform läuft: {address}/   (beenden mit Strg+C)",
    )


def test(arguments: list[str]) -> int:
    """Everything that must hold, on every database there is; the last line says what ran."""
    prepare()
    postgres = postgres_url()
    tools = {
        "Browser (Chromium)": shutil.which("chromium"),
        "HTML-Prüfer (Java)": works(["java", "-version"]),
    }
    gaps = [] if postgres else ["PostgreSQL (kein Server auf 127.0.0.1:5432, keine TEST_DATABASE_URL)"]
    gaps += [name for name, found in tools.items() if not found]
    if gaps and is_on(os.environ.get("REQUIRE_ALL"), default=False):
        raise SetupError(
            f"Mit REQUIRE_ALL=1 darf nichts ausgelassen werden, es fehlt aber: {', '.join(gaps)}."
        )

    results = {"Stil und Vorlagen": lint_passes()}
    databases = {"SQLite": f"sqlite:///{ROOT / 'var' / 'test.sqlite3'}", "PostgreSQL": postgres}
    for name, url in databases.items():
        if url:
            print_line(f"\nTests auf {name}:")
            command = [PYTHON, "-m", "pytest", "-n", "2", *arguments]
            results[name] = passes(command, {**os.environ, "DATABASE_URL": url})
    ran = [*results, *(name for name, found in tools.items() if found)]
    failed = [name for name, passed in results.items() if not passed]
    selection = f" (Auswahl: {' '.join(arguments)})" if arguments else ""
    outcome = f"Fehlgeschlagen: {', '.join(failed)}." if failed else "Alles bestanden."
    print_line(
        f"\nGelaufen{selection}: {', '.join(ran)}. Ausgelassen: {', '.join(gaps) or 'nichts'}. {outcome}"
    )
    return 1 if failed else 0


def lint(_arguments: list[str]) -> int:
    prepare()
    return 0 if lint_passes() else 1


def bench(arguments: list[str]) -> int:
    prepare()
    return subprocess.call([str(PYTHON), "-m", "bench", *arguments], cwd=str(ROOT))


# Running --------------------------------------------------------------------------------------------


def dotenv() -> dict[str, str]:
    """The variables of `.env`: lines `NAME=value`, `#` for comments, quotes around a value optional."""
    values = {}
    file = ROOT / ".env"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    for number, line in enumerate(lines, start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        match = re.match(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)$", line)
        if not match:
            raise SetupError(f"Zeile {number} der Datei .env ist nicht lesbar; erwartet wird NAME=Wert.")
        value = match.group(2).strip()
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        values[match.group(1)] = value[1:-1] if quoted else value
    return values


def is_on(value: str | None, default: bool) -> bool:
    return value.strip().lower() in ("1", "true", "yes", "on", "ja") if value and value.strip() else default


def free_port(text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or not 0 < int(text) < 65536:
        raise SetupError(f"PORT={text} ist keine Anschlussnummer von 1 bis 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except OSError:
            raise SetupError(
                f"Der Anschluss {text} auf {HOST} ist schon belegt; "
                f"ein anderer geht so: PORT={(int(text) + 1) % 65536 or 8001} make run."
            ) from None
    return int(text)


def manage(env: dict[str, str], *commands: str) -> list[str]:
    """Run management commands in one process, which saves seconds; returns what each one printed."""
    done = subprocess.run(
        [str(PYTHON), "-c", MANAGE, *commands],
        cwd=str(ROOT),
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output = done.stdout.decode(errors="replace").split(BETWEEN)[1:]
    if done.returncode:
        print_line((output[-1] if output else "").rstrip(), sys.stderr)
        raise SetupError("Datenbank und Inhalte ließen sich nicht vorbereiten; die Meldung steht darüber.")
    return output


def keep_running(env: dict[str, str], port: int, services: dict[str, list[str]], greeting: str) -> int:
    """Start the services, greet once the server answers, and end all of them together."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    running = {}
    try:
        for name, arguments in services.items():
            running[name] = subprocess.Popen(
                [str(PYTHON), "manage.py", *arguments],
                cwd=str(ROOT),
                env=env,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        wait_for(port, running)
        print_line(greeting)
        while True:
            check_alive(running)
            time.sleep(0.5)
    except KeyboardInterrupt:
        print_line("\nDie Plattform wird beendet …")
        return 0
    finally:
        end(list(running.values()))


def stop(_number, _frame) -> None:
    raise KeyboardInterrupt


def wait_for(port: int, running: dict[str, subprocess.Popen]) -> None:
    give_up_at = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < give_up_at:
        check_alive(running)
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise SetupError(f"Der Server antwortet nach {SECONDS_TO_START} Sekunden noch nicht.")


def check_alive(running: dict[str, subprocess.Popen]) -> None:
    for name, process in running.items():
        if process.poll() is not None:
            raise SetupError(
                f"{name} hat sich beendet (Code {process.returncode}); die Meldung steht darüber."
            )


def end(processes: list[subprocess.Popen]) -> None:
    """End each process with the helpers it started; whoever does not listen is ended by force."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    give_up_at = time.monotonic() + SECONDS_TO_END
    for number in (signal.SIGTERM, signal.SIGKILL):
        for process in processes:
            try:
                os.killpg(process.pid, number)
            except (ProcessLookupError, PermissionError):  # has already gone
                continue
        for process in processes:
            try:
                process.wait(timeout=max(0.0, give_up_at - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue


# Testing --------------------------------------------------------------------------------------------


def lint_passes() -> bool:
    """All checks that need no test run; each one runs, so that one call shows all that is wrong."""
    templates = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))
    checks = [
        ["ruff", "check"],
        ["ruff", "format", "--check"],
        ["djade", "--check", *templates],
        ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    ]
    results = [passes([VENV / "bin" / program, *rest], dict(os.environ)) for program, *rest in checks]
    return all(results)


def passes(command: list, env: dict[str, str]) -> bool:
    sys.stdout.flush()
    return subprocess.call(list(map(str, command)), cwd=str(ROOT), env=env, stdin=subprocess.DEVNULL) == 0


def postgres_url() -> str | None:
    """Where the second test run finds its PostgreSQL; each checkout has a database of its own."""
    given = os.environ.get("TEST_DATABASE_URL") or dotenv().get("TEST_DATABASE_URL")
    if given:
        return given
    question = f"import psycopg; psycopg.connect({POSTGRES + 'postgres'!r}, connect_timeout=3).close()"
    checkout = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
    return f"{POSTGRES}akademie_{checkout}" if works([str(PYTHON), "-c", question]) else None


if __name__ == "__main__":
    for output in (sys.stdout, sys.stderr):
        output.reconfigure(errors="replace")  # a terminal without „ shows ? instead of a traceback
    sys.exit(main(sys.argv[1:]))
