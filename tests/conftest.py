"""The cast, and what every test gets."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from hypothesis import settings as hypothesis

from formats.guide import counting
from foundation.people.roles import Role
from tests.builders import make_participating_town, make_seat, make_user
from towns.directory import forget
from towns.models import SeatRole

# Busy machines are slow, not wrong; and nothing is written beside the code.
hypothesis.register_profile("house", deadline=None, database=None)
hypothesis.load_profile("house")


def _empties_the_database(item) -> bool:
    marker = item.get_closest_marker("django_db")
    transactional = bool(marker and marker.kwargs.get("transaction"))
    return transactional or bool({"transactional_db", "live_server"} & set(item.fixturenames))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What empties the database after itself comes last, also when pytest-randomly has shuffled."""
    items.sort(key=_empties_the_database)


@pytest.fixture(autouse=True)
def _fresh_cache(monkeypatch):
    """Limits and page versions are counted in the cache, steps of the guide in memory: all start at zero.

    Those steps are written when a test says so, not when a minute has passed by chance; the directory
    of towns, which a process keeps, is forgotten as well.
    """
    monkeypatch.setattr(counting, "EVERY", float("inf"))
    cache.clear()
    counting.forget()
    forget()
    yield
    cache.clear()
    counting.forget()


@pytest.fixture
def auenlinden(db):
    """The teilnehmende Stadt of Anna and Bernd."""
    return make_participating_town("Auenlinden")


@pytest.fixture
def kraehenfurt(db):
    """The teilnehmende Stadt of Clara."""
    return make_participating_town("Krähenfurt")


@pytest.fixture
def anna(auenlinden):
    """Mayor of Auenlinden; nobody of the Geschäftsstelle."""
    anna = make_user("anna@auenlinden.example", name="Anna Ahrens")
    make_seat(anna, auenlinden)
    return anna


@pytest.fixture
def bernd(auenlinden):
    """Works in Anna's town hall."""
    bernd = make_user("bernd@auenlinden.example", name="Bernd Blum")
    make_seat(bernd, auenlinden, SeatRole.ADMINISTRATION)
    return bernd


@pytest.fixture
def clara(kraehenfurt):
    """Mayor elsewhere: of Krähenfurt."""
    clara = make_user("clara@kraehenfurt.example", name="Clara Conrad")
    make_seat(clara, kraehenfurt)
    return clara


@pytest.fixture
def moni(db):
    """Editor in the Geschäftsstelle."""
    return make_user("moni@akademie.example", name="Moni Mertens", role=Role.EDITOR)


@pytest.fixture
def cast(db, anna, bernd, clara, moni):
    """Everybody who walks through a permission table, by name; Gast is nobody we know.

    Nina has an account and nothing else.
    """
    return {
        "anna": anna,
        "bernd": bernd,
        "clara": clara,
        "nina": make_user("nina@neu.example", name="Nina Neu"),
        "moni": moni,
        "mara": make_user("mara@akademie.example", role=Role.MODERATOR),
        "lou": make_user("lou@akademie.example", role=Role.GUIDE),
        "ada": make_user("ada@akademie.example", role=Role.ADMINISTRATOR),
        "root": make_user("root@akademie.example", is_staff=True, is_superuser=True),
        "gast": AnonymousUser(),
    }
