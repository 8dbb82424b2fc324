"""The cast, and what every test gets."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from hypothesis import settings as hypothesis

from formats.guide import counting
from foundation.people.roles import Role
from tests.builders import make_user

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

    Those steps are written when a test says so, not when a minute has passed by chance.
    """
    monkeypatch.setattr(counting, "EVERY", float("inf"))
    cache.clear()
    counting.forget()
    yield
    cache.clear()
    counting.forget()


@pytest.fixture
def anna(db):
    """Mayor of a small town; nobody of the Geschäftsstelle."""
    return make_user("anna@auenlinden.example", name="Anna Ahrens")


@pytest.fixture
def moni(db):
    """Editor in the Geschäftsstelle."""
    return make_user("moni@akademie.example", name="Moni Mertens", role=Role.EDITOR)


@pytest.fixture
def cast(db, anna, moni):
    """Everybody who walks through a permission table, by name; Gast is nobody we know."""
    return {
        "anna": anna,
        "moni": moni,
        "mara": make_user("mara@akademie.example", role=Role.MODERATOR),
        "lou": make_user("lou@akademie.example", role=Role.GUIDE),
        "ada": make_user("ada@akademie.example", role=Role.ADMINISTRATOR),
        "root": make_user("root@akademie.example", is_staff=True, is_superuser=True),
        "gast": AnonymousUser(),
    }
