"""The launcher: finds what it needs, says in one sentence what is missing, leaves nothing running."""

import ast
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LAUNCH = ROOT / "akademie" / "launch.py"

# A Python as the launcher sees it from outside: it can be asked for its version, make an environment
# (a copy of itself), install packages and run management commands. It writes down what was asked.
INTERPRETER = """\
#!/bin/sh
echo "$*" >> "{log}"
case "$*" in
  *version_info*) echo {version} ;;
  *ensurepip*) exit {ensurepip} ;;
  "-m venv"*) /bin/mkdir -p .venv/bin && /bin/cp "$0" .venv/bin/python ;;
  *"pip install"*) exit {pip} ;;
  *psycopg*) exit 1 ;;
  *loaddemo*) /usr/bin/printf '\\036formats\\036anna@auenlinden.example  beispiel\\n' ;;
  *runserver*) echo $$ >> "{pids}"; {runserver} ;;
  *db_worker*|*tick*) echo $$ >> "{pids}"; exec /bin/sleep 1000 ;;
esac
"""


class Place:
    """A clone on some machine: the launcher, the lock files, and exactly the programs we put there."""

    def __init__(self, folder: Path):
        self.folder, self.bin, self.home = folder, folder / "bin", folder / "home"
        self.log, self.pids = folder / "calls.log", folder / "pids.log"
        for made in (folder / "akademie", self.bin, self.home):
            made.mkdir()
        for name in ("__init__.py", "preparing.py", LAUNCH.name):
            shutil.copy(LAUNCH.parent / name, folder / "akademie")
        (folder / "requirements-dev.txt").write_text("django==6.1.3\n")
        (folder / "package-lock.json").write_text("{}\n")
        self.add_python(self.bin / "old", version="3.9")

    def add_python(self, path, **answers):
        answers = {"version": "3.13", "ensurepip": 0, "pip": 0, "runserver": "exit 3"} | answers
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(INTERPRETER.format(log=self.log, pids=self.pids, **answers))
        path.chmod(0o755)

    def add_node(self, npm=0):
        self.add_program("node", "exit 0")
        self.add_program("npm", f'echo "npm $*" >> "{self.log}"; /bin/mkdir -p node_modules; exit {npm}')

    def add_program(self, name, script):
        (self.bin / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.bin / name).chmod(0o755)

    def command(self, *arguments):
        # The launcher believes that `bin/old` started it, as an old `python3` would.
        start = (
            "import runpy, sys; sys.executable = sys.argv[1]; sys.argv = sys.argv[2:];"
            "runpy.run_path(sys.argv[0], run_name='__main__')"
        )
        return [sys.executable, "-c", start, str(self.bin / "old"), "akademie/launch.py", *arguments]

    def environment(self, **variables):
        return {"PATH": str(self.bin), "HOME": str(self.home), "LANG": "C.UTF-8"} | variables

    def launch(self, *arguments, **variables):
        return subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment(**variables),
            capture_output=True,
            text=True,
        )

    def calls(self, word):
        return [line for line in self.log.read_text().splitlines() if word in line]

    def left_running(self):
        """Process ids of services that are still at work; the dead that nobody has buried do not count."""
        states = {pid: Path(f"/proc/{pid}/stat") for pid in self.pids.read_text().split()}
        return [pid for pid, stat in states.items() if stat.exists() and ") Z " not in stat.read_text()]


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def taken_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield str(taken.getsockname()[1])


def failed_with(done, sentence):
    """Exit code 1, and on the error stream exactly this one sentence."""
    assert done.stderr == f"Fehler: {sentence}\n"
    return done.returncode == 1


# Being read by anybody ------------------------------------------------------------------------------


def test_an_old_python_can_read_it():
    ast.parse(LAUNCH.read_text(), feature_version=(3, 8))


def test_it_needs_the_standard_library_only():
    sources = [LAUNCH.read_text(), (LAUNCH.parent / "preparing.py").read_text()]
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom)]
    assert len(names) > 5
    assert {name.partition(".")[0] for name in names} - sys.stdlib_module_names == {"akademie"}


def test_make_alone_shows_the_commands():
    done = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    lines = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("make ")]
    assert lines == ["run", "test", "lint", "bench", "help"]


def test_make_without_any_python_says_so(tmp_path):
    (tmp_path / "sh").symlink_to("/bin/sh")
    makefile = (ROOT / "Makefile").read_text().replace("/usr/bin/python3", "")
    (tmp_path / "Makefile").write_text(makefile)
    make = shutil.which("make")
    env = {"PATH": str(tmp_path)}
    done = subprocess.run([make, "run"], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == "Fehler: Es fehlt Python 3.12 oder neuer."


def test_an_unknown_command_is_refused(place):
    assert failed_with(place.launch("los"), "Den Befehl „los“ gibt es nicht; „make help“ zeigt alle.")


def test_a_terminal_without_german_quotes_gets_an_answer(place):
    done = place.launch("los", PYTHONIOENCODING="latin-1")
    assert done.returncode == 1
    assert done.stderr == "Fehler: Den Befehl ?los? gibt es nicht; ?make help? zeigt alle.\n"


# Finding what is needed -----------------------------------------------------------------------------


def test_without_a_new_enough_python_it_says_what_is_missing(place):
    place.add_python(place.bin / "python3", version="3.11")
    done = place.launch("bench")
    found = sys.version.split()[0]
    assert failed_with(done, f"Es fehlt Python 3.12 oder neuer; gefunden wurde nur {found}.")


@pytest.mark.parametrize("name", ["python3.14", "python3.13", "python3.12", "python3"])
def test_it_finds_a_python_by_name(place, name):
    place.add_python(place.bin / name)
    place.add_node()
    assert place.launch("bench").returncode == 0
    assert place.calls("-m venv") == [f"-m venv --clear {place.folder / '.venv'}"]


def test_it_finds_the_newest_python_of_pyenv(place):
    for version in ("3.9.18", "3.12.1", "3.13.0"):
        place.add_python(
            place.home / ".pyenv" / "versions" / version / "bin" / "python3", version=version[:-2]
        )
    place.add_python(place.bin / "python3", version="3.11")
    place.add_node()
    assert place.launch("bench").returncode == 0
    assert (place.folder / ".venv" / "bin" / "python").read_text().count("echo 3.13") == 1


def test_a_python_that_does_not_run_is_passed_over(place):
    place.add_program("python3.14", "echo 'pyenv: python3.14: command not found' >&2; exit 127")
    place.add_python(place.bin / "python3.12", version="3.12")
    place.add_node()
    assert place.launch("bench").returncode == 0


def test_a_python_without_venv_is_told(place):
    place.add_python(place.bin / "python3", version="3.12", ensurepip=1)
    assert failed_with(
        place.launch("bench"),
        "Python 3.12 ist da, kann aber keine Umgebung anlegen: "
        "Bitte installieren Sie das Paket „python3-venv“.",
    )


def test_without_a_network_it_is_one_sentence(place):
    place.add_python(place.bin / "python3", pip=1)
    assert failed_with(
        place.launch("bench"),
        "Die Python-Pakete ließen sich nicht installieren, meist fehlt die Verbindung ins Internet "
        "(Einzelheiten: var/einrichtung.log).",
    )
    assert (place.folder / "var" / "einrichtung.log").is_file()


@pytest.mark.parametrize("program", ["node", "npm"])
def test_without_node_it_is_one_sentence(place, program):
    place.add_python(place.bin / "python3")
    place.add_node()
    (place.bin / program).unlink()
    sentence = f"Das Programm „{program}“ fehlt: Bitte installieren Sie Node.js (mit npm)."
    assert failed_with(place.launch("bench"), sentence)


def test_a_failing_npm_is_one_sentence_and_is_tried_again(place):
    place.add_python(place.bin / "python3")
    place.add_node(npm=1)
    assert failed_with(
        place.launch("bench"),
        "Die npm-Pakete ließen sich nicht installieren, meist fehlt die Verbindung ins Internet "
        "(Einzelheiten: var/einrichtung.log).",
    )
    place.add_node()
    assert place.launch("bench").returncode == 0


def test_a_second_call_installs_nothing(place):
    place.add_python(place.bin / "python3")
    place.add_node()
    place.launch("bench")
    assert place.launch("bench").returncode == 0
    assert len(place.calls("pip install")) == 1
    assert len(place.calls("npm ci")) == 1
    assert len(place.calls("-m venv")) == 1


def test_changed_lock_files_are_installed_again(place):
    place.add_python(place.bin / "python3")
    place.add_node()
    place.launch("bench")
    (place.folder / "requirements-dev.txt").write_text("django==6.1.4\n")
    (place.folder / "package-lock.json").write_text('{"name": "anders"}\n')
    place.launch("bench")
    assert len(place.calls("pip install")) == 2
    assert len(place.calls("npm ci")) == 2
    assert len(place.calls("-m venv")) == 1


def test_packages_are_installed_by_their_hashes_only(place):
    place.add_python(place.bin / "python3")
    place.add_node()
    place.launch("bench")
    [call] = place.calls("pip install")
    assert "--require-hashes" in call


def test_a_broken_environment_is_made_anew(place):
    place.add_python(place.bin / "python3")
    place.add_node()
    place.launch("bench")
    (place.folder / ".venv" / "bin" / "python").write_text("#!/bin/sh\nexit 127\n")
    assert place.launch("bench").returncode == 0
    assert len(place.calls("-m venv")) == 2


# Running --------------------------------------------------------------------------------------------


def test_a_taken_port_is_told_before_anything_is_installed(place, taken_port):
    done = place.launch("run", PORT=taken_port)
    assert failed_with(
        done,
        f"Der Anschluss {taken_port} auf 127.0.0.1 ist schon belegt; "
        f"ein anderer geht so: PORT={int(taken_port) + 1} make run.",
    )
    assert not (place.folder / ".venv").exists()


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "８０"])
def test_an_impossible_port_is_told(place, port):
    sentence = f"PORT={port} ist keine Anschlussnummer von 1 bis 65535."
    assert failed_with(place.launch("run", PORT=port), sentence)


def test_production_is_not_started_this_way(place):
    done = place.launch("run", DEBUG="0")
    assert failed_with(
        done, "„make run“ ist für die Entwicklung da; den Betrieb mit DEBUG=0 beschreibt docs/betrieb.md."
    )


def test_dotenv_counts_but_the_environment_counts_more(place, taken_port):
    (place.folder / ".env").write_text(f"# Anschluss\n\nPORT='{taken_port}'\n")
    assert f"Der Anschluss {taken_port}" in place.launch("run").stderr
    assert "PORT=abc" in place.launch("run", PORT="abc").stderr


def test_a_broken_dotenv_names_the_line(place):
    (place.folder / ".env").write_text("DEBUG=1\nkein Gleichheitszeichen\n")
    sentence = "Zeile 2 der Datei .env ist nicht lesbar; erwartet wird NAME=Wert."
    assert failed_with(place.launch("run"), sentence)


def test_a_failing_step_shows_its_message_and_one_sentence(place, free_port):
    place.add_python(place.bin / "python3")
    place.add_node()
    place.launch("bench")
    program = place.folder / ".venv" / "bin" / "python"
    fails = "*migrate*) /usr/bin/printf '\\036no table'; exit 1"
    program.write_text(program.read_text().replace("*psycopg*) exit 1", fails))
    done = place.launch("run", PORT=free_port)
    assert done.returncode == 1
    assert done.stderr == (
        "no table\nFehler: Datenbank und Inhalte ließen sich nicht vorbereiten; die Meldung steht darüber.\n"
    )


def test_if_a_service_ends_all_end(place, free_port):
    place.add_python(place.bin / "python3")
    place.add_node()
    done = place.launch("run", PORT=free_port)
    assert failed_with(done, "Der Server hat sich beendet (Code 3); die Meldung steht darüber.")
    assert place.left_running() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything_that_was_started(place, free_port, number):
    # The server starts a helper of its own, as Django's autoreload does.
    serve = f'"{sys.executable}" -m http.server --bind 127.0.0.1 {free_port} 2>/dev/null &'
    serve += f' echo $! >> "{place.pids}"; wait'
    place.add_python(place.bin / "python3", runserver=serve)
    place.add_node()
    command, env = place.command("run"), place.environment(PORT=free_port)
    with subprocess.Popen(command, cwd=place.folder, env=env, stdout=subprocess.PIPE, text=True) as process:
        said = []
        for line in process.stdout:
            said.append(line)
            if "beenden mit Strg+C" in line:
                running = place.left_running()
                process.send_signal(number)
    assert process.returncode == 0
    assert said[-3:] == [
        f"Die Plattform läuft: http://127.0.0.1:{free_port}/   (beenden mit Strg+C)\n",
        "\n",
        "Die Plattform wird beendet …\n",
    ]
    assert said[-6:-3] == [
        "Zum Anmelden (wer, E-Mail-Adresse, Passwort):\n",
        "anna@auenlinden.example  beispiel\n",
        "\n",
    ]
    assert len(running) == 4
    assert place.left_running() == []


def test_without_demo_no_demo_is_loaded(place, free_port):
    place.add_python(place.bin / "python3")
    place.add_node()
    place.launch("run", PORT=free_port, DEMO="0")
    assert place.calls("loaddemo") == []
    assert len(place.calls("loadformats")) == 1


@pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"),
    reason="knows no database: once is enough",
)
def test_the_real_house_starts_answers_and_ends(tmp_path, free_port):
    env = os.environ | {
        "PORT": free_port,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'akademie.sqlite3'}",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "DJANGO_SETTINGS_MODULE": "akademie.settings",
    }
    command = [sys.executable, str(LAUNCH), "run"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
        said = []
        for line in process.stdout:
            said.append(line)
            if "beenden mit Strg+C" in line:
                with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/gesund/") as answer:
                    health = json.load(answer)
                process.send_signal(signal.SIGTERM)
    assert process.returncode == 0, said
    assert (health["database"], health["migrations"], health["media"]) == ("in Ordnung",) * 3
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(free_port))) != 0


# Testing --------------------------------------------------------------------------------------------


def test_ci_fails_if_something_would_be_skipped(place):
    place.add_python(place.bin / "python3")
    place.add_node()
    done = place.launch("test", REQUIRE_ALL="1")
    assert failed_with(
        done,
        "Mit REQUIRE_ALL=1 darf nichts ausgelassen werden, es fehlt aber: "
        "PostgreSQL (kein Server auf 127.0.0.1:5432, keine TEST_DATABASE_URL), "
        "Browser (Chromium), HTML-Prüfer (Java).",
    )
    assert place.calls("-m pytest") == []


def prepare_tests(place):
    """An environment in which every check and every test run passes."""
    place.add_python(place.bin / "python3")
    place.add_node()
    place.launch("bench")
    for name in ("ruff", "djade"):
        program = place.folder / ".venv" / "bin" / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> "{place.log}"\n')
        program.chmod(0o755)


def test_the_last_line_says_what_ran_and_what_was_skipped(place):
    prepare_tests(place)
    done = place.launch("test")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == (
        "Gelaufen: Stil und Vorlagen, SQLite. Ausgelassen: "
        "PostgreSQL (kein Server auf 127.0.0.1:5432, keine TEST_DATABASE_URL), "
        "Browser (Chromium), HTML-Prüfer (Java). Alles bestanden."
    )
    assert place.calls("-m pytest") == ["-m pytest -n 2"]


def test_with_everything_there_nothing_is_skipped(place):
    prepare_tests(place)
    place.add_program("chromium", "exit 0")
    place.add_program("java", "exit 0")
    done = place.launch("test", "-k", "post", TEST_DATABASE_URL="postgresql://x", REQUIRE_ALL="1")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == (
        "Gelaufen (Auswahl: -k post): Stil und Vorlagen, SQLite, PostgreSQL, Browser (Chromium), "
        "HTML-Prüfer (Java). Ausgelassen: nichts. Alles bestanden."
    )
    assert place.calls("-m pytest") == ["-m pytest -n 2 -k post"] * 2


def test_a_failure_fails_the_whole_and_is_named(place):
    prepare_tests(place)
    (place.folder / ".venv" / "bin" / "ruff").write_text("#!/bin/sh\nexit 1\n")
    done = place.launch("test")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].endswith("Fehlgeschlagen: Stil und Vorlagen.")
    assert len(place.calls("-m pytest")) == 1


def test_lint_runs_every_check(place):
    prepare_tests(place)
    (place.folder / "templates").mkdir()
    (place.folder / "templates" / "base.html").write_text("<p>")
    assert place.launch("lint").returncode == 0
    assert place.calls("ruff") == ["ruff check", "ruff format --check"]
    assert place.calls("djade") == ["djade --check templates/base.html"]
    assert place.calls("makemigrations") == ["manage.py makemigrations --check --dry-run"]
