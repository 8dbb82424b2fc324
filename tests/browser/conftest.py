"""Chromium in front of the running house, with the Steckbriefe of this repository in the database."""

import os
import shutil
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations import RunPython
from django.db.migrations.executor import MigrationExecutor
from playwright.sync_api import expect

from formats.actions import withdraw
from formats.models import Correction, Format, TreeNote, Vote
from foundation.notices.models import Mail
from foundation.people.actions import make_confirmed_user
from foundation.people.models import User
from foundation.people.roles import Role
from foundation.search.models import MissedQuery
from tests.browser.pages import DESK
from tests.builders import PASSWORD, make_format

# Playwright keeps an event loop running in the thread of the tests; they use the database in the same thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

expect.set_options(timeout=20_000)  # busy machines are slow, not wrong

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def base_url(live_server):
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(base_url):
    return {
        "base_url": base_url,
        "locale": "de-DE",
        "timezone_id": "Europe/Berlin",
        "reduced_motion": "reduce",
        "viewport": DESK,
    }


def pytest_collection_modifyitems(items):
    """A browser on a busy machine may be late: what fails here is tried once more, visibly („R“)."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))
            if not CHROMIUM and "browser" in item.fixturenames:
                item.add_marker(pytest.mark.skip(reason="Chromium fehlt: Die Browser-Tests laufen nicht."))


@pytest.fixture(scope="package")
def transactional_db(django_db_setup, django_db_blocker):
    """The content, loaded once for all tests of this folder.

    Takes the place of pytest-django's fixture, which would empty the database after each test. So
    tests of this folder never change the Steckbriefe they find; what they make themselves goes (`_tidy`).
    """
    with django_db_blocker.unblock():
        _empty_house()
        call_command("loadformats")
        call_command("loadguide")
        withdraw(make_format("zurueckgezogen"))
        yield
        _empty_house()
        # While Playwright's loop runs, this thread has a connection of its own that nobody else closes.
        connections.close_all()


def _empty_house():
    """As after the migrations: whoever emptied the database before took the role groups with it."""
    call_command("flush", interactive=False, verbosity=0)
    executor = MigrationExecutor(connection)
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True):
        if migration.__module__.startswith(("formats.", "foundation.")):
            for operation in migration.operations:
                if isinstance(operation, RunPython):
                    operation.code(apps, None)


@pytest.fixture(autouse=True)
def _tidy(transactional_db):
    """Every test finds only the content; what people left behind is taken away."""
    yield
    for model in (User, Session, Vote, Correction, TreeNote, Mail, MissedQuery):
        model.objects.all().delete()


@pytest.fixture
def db(transactional_db):
    """For fixtures that ask for the database: the same one that the server sees."""


@pytest.fixture
def anna(db):
    """Mayor of a small town; her address is confirmed."""
    return make_confirmed_user("anna@auenlinden.example", PASSWORD, name="Anna Ahrens")


@pytest.fixture
def moni(db):
    """Editor in the Geschäftsstelle."""
    return make_confirmed_user("moni@akademie.example", PASSWORD, name="Moni Mertens", roles=[Role.EDITOR])


class Watch:
    """What a page must never do: ask another origin, or complain in the console.

    Chromium also complains when a page itself answers with 4xx or 5xx; where a test goes there on
    purpose, that is no finding. Nor is /favicon.ico, which Chromium asks for by itself on pages of
    Django's admin: they name no icon.
    """

    def __init__(self, origin):
        self.origin = origin
        self.findings = []
        self.refused = {f"{origin}/favicon.ico"}
        self.is_resting = False

    def follow(self, context):
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("requestfailed", self._failed)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.findings.append(f"script: {error.error}"))

    def _request(self, request):
        if not request.url.startswith((f"{self.origin}/", "data:")):
            self.findings.append(f"foreign: {request.url}")

    def _response(self, response):
        if response.status >= 400 and response.request.is_navigation_request():
            self.refused.add(response.url)

    def _failed(self, request):
        if request.failure != "net::ERR_ABORTED":  # what was under way when the visitor went on
            self.findings.append(f"failed: {request.url} ({request.failure})")

    def _console(self, message):
        wanted = (
            message.text.startswith("Failed to load resource") and message.location["url"] in self.refused
        )
        if message.type in ("error", "warning") and not wanted and not self.is_resting:
            self.findings.append(f"console: {message.text} ({message.location['url']})")


@pytest.fixture
def watch(base_url):
    return Watch(base_url)


@pytest.fixture
def new_context(new_context, watch):
    """Every window of every journey is watched."""

    def make(**options):
        context = new_context(**options)
        watch.follow(context)
        return context

    yield make
    assert watch.findings == []


@pytest.fixture
def enter(base_url):
    """Let a window go on with the session of a test client."""

    def take_session(context, client):
        name = settings.SESSION_COOKIE_NAME
        if name in client.cookies:
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base_url}])

    return take_session


@pytest.fixture
def own_format(db):
    """A Steckbrief that a test may change; the others belong to all tests."""
    steps = [{"title": "Ankommen", "minutes": 15}, {"title": "Reden", "minutes": 45}]
    yield make_format("runder-tisch", steps=steps)
    Format.objects.filter(slug="runder-tisch").update(published=None, draft=None)
    Format.objects.filter(slug="runder-tisch").delete()


@pytest.fixture
def post(settings, tmp_path):
    """One letter in the development post, with both versions."""
    settings.MAIL_FOLDER = tmp_path
    letter = EmailMultiAlternatives("Ihr Code", "Ihr Code: ABCD-1234", to=["anna@auenlinden.example"])
    letter.attach_alternative("<p>Ihr Code: ABCD-1234</p>", "text/html")
    (tmp_path / "brief.log").write_bytes(letter.message().as_bytes())
