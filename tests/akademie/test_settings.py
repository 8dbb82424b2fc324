"""Settings: starts without any variable, refuses half a production, and names every variable it reads."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = (ROOT / ".env.example").read_text()
IN_EXAMPLE = set(re.findall(r"^#([A-Z_]+)=", EXAMPLE, re.M))
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "akademie.example",
    "SITE_URL": "https://akademie.example/",
}


def start(variables: dict[str, str], shown: str = "DEBUG"):
    """A fresh process that reads the settings with exactly these variables and prints one of them."""
    clean = {name: value for name, value in os.environ.items() if name not in IN_EXAMPLE}
    program = (
        f"import json; from django.conf import settings; print(json.dumps(settings.{shown}, default=str))"
    )
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=clean | {"DJANGO_SETTINGS_MODULE": "akademie.settings"} | variables,
        capture_output=True,
        text=True,
    )


def value(variables: dict[str, str], name: str):
    done = start(variables, name)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_without_variables_it_starts_for_development_on_sqlite():
    assert value({}, "DEBUG") is True
    assert value({}, "DATABASES['default']['ENGINE']") == "django.db.backends.sqlite3"


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"])
def test_production_without_one_of_three_refuses_in_one_sentence(missing):
    done = start({**PRODUCTION, missing: " "})
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f"django.core.exceptions.ImproperlyConfigured: DEBUG=0 braucht diese Umgebungsvariablen: {missing}."
    )


def test_production_for_every_host_refuses():
    done = start({**PRODUCTION, "ALLOWED_HOSTS": "*"})
    assert done.returncode == 1
    assert "ALLOWED_HOSTS=* ist im Betrieb nicht erlaubt" in done.stderr.splitlines()[-1]


def test_production_with_all_three_starts_and_is_safe():
    assert value(PRODUCTION, "SITE_URL") == "https://akademie.example"
    assert value(PRODUCTION, "SECURE_SSL_REDIRECT") is True
    assert value(PRODUCTION, "SESSION_COOKIE_NAME") == "__Host-sessionid"
    assert value(PRODUCTION, "SESSION_COOKIE_SECURE") is True


@pytest.mark.parametrize(("host", "backend"), [("", "filebased"), ("mail.akademie.example", "smtp")])
def test_mails_are_laid_down_unless_a_mail_server_is_named(host, backend):
    found = value({"EMAIL_HOST": host}, "MAILERS['default']['BACKEND']")
    assert found == f"django.core.mail.backends.{backend}.EmailBackend"


def test_the_example_explains_every_variable_that_is_read_and_no_other():
    settings = (ROOT / "akademie" / "settings.py").read_text()
    launch = (ROOT / "akademie" / "launch.py").read_text()
    read = set(re.findall(r'(?:_env|_flag|_list)\(\s*"([A-Z_]+)"', settings))
    read |= set(re.findall(r'\.get\("([A-Z_]+)"\)', launch))
    assert "DATABASE_URL" in read
    assert "REQUIRE_ALL" in read
    assert read == IN_EXAMPLE


def test_every_variable_in_the_example_has_a_sentence_above_it():
    paragraphs = [paragraph.splitlines() for paragraph in EXAMPLE.split("\n\n")]
    for lines in paragraphs:
        if any(re.match(r"#[A-Z_]+=", line) for line in lines):
            assert lines[0].startswith("# "), lines


def _tracked_files() -> list[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def _offences(pattern: str, files: list[Path]) -> list[str]:
    found = re.compile(pattern.encode())
    return [str(file.relative_to(ROOT)) for file in files if found.search(file.read_bytes())]


# Written with brackets, so that this file does not accuse itself.
INDEX = r"registry[.]npmjs|pypi[.]org|python[h]osted|--index[-]url|--extra-index[-]url|--find[-]links"
MACHINE = r"(?<![\w.}~>-])/(?:work|root|home|opt|Users)[/]\w"


def test_no_file_names_a_package_index():
    files = _tracked_files()
    assert ROOT / "package-lock.json" in files
    assert _offences(INDEX, files) == []
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_no_file_names_a_path_of_one_machine():
    assert _offences(MACHINE, _tracked_files()) == []


def test_a_planted_index_and_a_planted_path_are_found():
    assert re.search(INDEX, "https://{}/simple".format(".".join(["pypi", "org"])))
    assert re.search(INDEX, "-".join(["-", "index", "url"]))
    assert re.search(MACHINE, "see {}".format("/".join(["", "root", "project"])))
    assert not re.search(MACHINE, "https://akademie.example/formate/ and a/home-b")
