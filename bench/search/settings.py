"""The project's settings with the measured texts beside the real rooms."""

from akademie.settings import *  # noqa: F403
from akademie.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench.search"]
LOGGING = {"version": 1}
DEBUG = False  # no list of queries is kept
