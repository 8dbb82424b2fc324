"""Preparing a machine: the Python environment and the npm packages, as the lock files say.

Like the launcher: standard library only, readable by Python 3.8.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements-dev.txt"
NODE_LOCK = ROOT / "package-lock.json"
SETUP_LOG = ROOT / "var" / "einrichtung.log"
OLDEST = (3, 12)
NAMES = ["python3.14", "python3.13", "python3.12", "python3"]


class SetupError(Exception):
    """Something that a person has to put right; the text is one German sentence for them."""


def print_line(text: str, stream=None) -> None:
    stream = stream or sys.stdout
    stream.write(text + "\n")
    stream.flush()


def prepare() -> None:
    """Bring `.venv` and `node_modules` to what the lock files say; quick when nothing has changed."""
    SETUP_LOG.parent.mkdir(exist_ok=True)
    prepare_python()
    prepare_node()


def prepare_python() -> None:
    stamp = VENV / "installed.sha256"
    usable = version_of(str(PYTHON)) is not None
    if usable and is_stamped(stamp, LOCK):
        return
    if not usable:
        interpreter = find_interpreter()
        print_line("Die Python-Umgebung .venv wird angelegt …")
        setup_step(
            [interpreter, "-m", "venv", "--clear", VENV], "Die Python-Umgebung .venv ließ sich nicht anlegen"
        )
    print_line("Die Python-Pakete werden installiert …")
    setup_step(
        [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes", "-r", LOCK],
        "Die Python-Pakete ließen sich nicht installieren, meist fehlt die Verbindung ins Internet",
    )
    stamp.write_text(digest(LOCK))


def prepare_node() -> None:
    stamp = ROOT / "node_modules" / "installed.sha256"
    if is_stamped(stamp, NODE_LOCK):
        return
    for program in ("node", "npm"):
        if not shutil.which(program):
            raise SetupError(f"Das Programm „{program}“ fehlt: Bitte installieren Sie Node.js (mit npm).")
    print_line("KERN, Schrift und Prüfwerkzeuge werden mit npm installiert …")
    setup_step(
        ["npm", "ci"],
        "Die npm-Pakete ließen sich nicht installieren, meist fehlt die Verbindung ins Internet",
    )
    stamp.write_text(digest(NODE_LOCK))


def find_interpreter() -> str:
    """The first Python that is new enough and can make an environment."""
    incomplete = None
    for candidate in candidates():
        version = version_of(candidate)
        if version is None:
            continue
        if works([candidate, "-c", "import venv, ensurepip"]):
            return candidate
        incomplete = incomplete or version
    wanted = ".".join(map(str, OLDEST))
    if incomplete:
        raise SetupError(
            f"Python {incomplete} ist da, kann aber keine Umgebung anlegen: "
            "Bitte installieren Sie das Paket „python3-venv“."
        )
    raise SetupError(f"Es fehlt Python {wanted} oder neuer; gefunden wurde nur {sys.version.split()[0]}.")


def candidates() -> list[str]:
    versions = (Path.home() / ".pyenv" / "versions").glob("*/bin/python3")
    newest_first = sorted(versions, key=lambda path: numbers(path.parent.parent.name), reverse=True)
    return [sys.executable, *NAMES, *map(str, newest_first)]


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def version_of(interpreter: str) -> str | None:
    """`3.13` if this interpreter runs and is new enough, otherwise None."""
    command = [interpreter, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        answer = subprocess.run(command, cwd=str(ROOT), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return None
    version = answer.stdout.decode().strip()
    return version if answer.returncode == 0 and tuple(numbers(version)) >= OLDEST else None


def setup_step(command: list, sentence: str) -> None:
    """Run a step of the set-up; what it says goes into a file, for people remains one sentence."""
    with SETUP_LOG.open("ab") as log:
        done = subprocess.run(
            list(map(str, command)), cwd=str(ROOT), stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    if done.returncode:
        raise SetupError(f"{sentence} (Einzelheiten: {SETUP_LOG.relative_to(ROOT)}).")


def is_stamped(stamp: Path, lock: Path) -> bool:
    return stamp.is_file() and stamp.read_text() == digest(lock)


def digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def works(command: list[str]) -> bool:
    try:
        quiet = subprocess.DEVNULL
        return subprocess.call(command, stdin=quiet, stdout=quiet, stderr=quiet) == 0
    except OSError:
        return False
