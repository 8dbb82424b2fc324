"""Every page type before the Nu HTML checker, the one behind validator.w3.org."""

import json
import re
import shutil
import subprocess

import pytest
from django.conf import settings

from foundation.kit.text import german_slug
from tests.browser.pages import PAGES

pytestmark = [
    pytest.mark.urls("tests.browser.urls"),
    pytest.mark.skipif(not shutil.which("java"), reason="Java fehlt: Der HTML-Prüfer läuft nicht."),
]

CHECKER = settings.BASE_DIR / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def findings(folder):
    """What the checker says about the files of a folder: (file, sentence, piece of the page)."""
    command = ["java", "-jar", CHECKER, "--format", "json", "--exit-zero-always", folder]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return [
        (message["url"].rpartition("/")[2], message["message"], message.get("extract", ""))
        for message in json.loads(said)["messages"]
    ]


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "seiten"
    folder.mkdir()
    return folder


def answer_to(kind):
    client = kind.visitor()
    client.raise_request_exception = False
    answer = client.get(kind.address)
    if kind.sends:
        hidden = dict(HIDDEN.findall(answer.content.decode()))
        answer = client.post(kind.address, hidden | kind.sends, follow=True)
    return answer


def test_every_page_is_valid_html(folder, anna, moni, post):
    for number, kind in enumerate(PAGES):
        answer = answer_to(kind)
        assert answer.status_code == kind.status, kind.name
        (folder / f"{number:02}-{german_slug(kind.name)}.html").write_bytes(answer.content)
    assert findings(folder) == []


def test_the_checker_finds_what_is_wrong(folder):
    (folder / "falsch.html").write_text("<!doctype html><html lang=de><title>Falsch</title><p id=a><p id=a>")
    assert "Duplicate ID" in findings(folder)[0][1]
