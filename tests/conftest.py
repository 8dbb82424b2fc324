"""The cast, and what every test gets."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Limits and page versions are counted in the cache: every test starts at zero."""
    cache.clear()
    yield
    cache.clear()
