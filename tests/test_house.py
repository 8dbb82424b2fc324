"""Rules of the house that a machine can check; `tests/test_architecture.py` holds the floors."""

import ast
import re
import subprocess

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture import ROOMS, ROOT

TRACKED = [
    ROOT / line
    for line in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    if (ROOT / line).is_file()
]
PYTHON = [path for path in TRACKED if path.suffix == ".py"]
OURS = [
    path for path in PYTHON if "migrations" not in path.parts and path.relative_to(ROOT).parts[0] != "tests"
]
TEMPLATES = [path for path in TRACKED if path.suffix == ".html" and "templates" in path.parts]


def name(path):
    return str(path.relative_to(ROOT))


def patterns(resolver=None, prefix=""):
    """Every address of ours as (route, URL name, view); the admin's own are left out."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if entry.app_name != "admin":
                yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.name, entry.callback


def test_the_house_is_not_empty():
    assert len(OURS) > 60
    assert len(TEMPLATES) > 40
    assert len(list(patterns())) > 30


@pytest.mark.parametrize("path", [p for p in PYTHON if p.stat().st_size], ids=name)
def test_each_module_opens_with_a_sentence(path):
    assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize("path", OURS, ids=name)
def test_no_file_outgrows_its_room(path):
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("room", [room for room in ROOMS if (ROOT / room.replace(".", "/")).exists()])
def test_each_room_has_its_sign_and_imports_nothing_at_the_door(room):
    tree = ast.parse((ROOT / room.replace(".", "/") / "__init__.py").read_text())
    assert [type(node) for node in tree.body] == [ast.Expr]


@pytest.mark.parametrize("path", [p for p in OURS if "views" in name(p)], ids=name)
def test_views_speak_the_words_of_querysets(path):
    assert ".filter(" not in path.read_text()


def test_each_view_carries_the_name_of_its_address():
    for route, url_name, view in patterns():
        module = getattr(view, "__module__", "")
        if module.startswith(("formats.views", "towns.views", "akademie.views", "foundation.topics")):
            assert view.__name__ == url_name, route


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["TRACE", "PROPFIND"])
def test_no_address_answers_odd_methods(client, method):
    for route, _, _ in patterns():
        address = "/" + re.sub(r"<[^>]*:(kind)>", "formate", route)
        address = re.sub(r"<[^>]+>", "x", address)
        response = client.generic(method, address.replace("^", "").replace("$", ""))
        assert response.status_code in (404, 405), route


@pytest.mark.parametrize(
    "path", [p for p in TEMPLATES if "email" not in p.parts and "mail" not in name(p)], ids=name
)
def test_templates_hold_no_inline_style_or_script(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_load_nothing_from_elsewhere(path):
    assert not re.search(r"(?:src|<link[^>]+href|url\()\s*=?\s*[\"']?(?:https?:)?//", path.read_text())


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize(
    "path", [p for p in PYTHON if "migrations" in p.parts and p.stem != "__init__"], ids=name
)
def test_migrations_are_named_by_hand(path):
    assert not re.search(r"_auto_|_initial$", path.stem)


@pytest.mark.django_db
def test_pages_send_the_headers_of_the_house(client):
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?:", policy)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert settings.SESSION_COOKIE_HTTPONLY
