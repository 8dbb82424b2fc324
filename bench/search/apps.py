"""The app of the measured texts; only bench/search/settings.py installs it."""

from django.apps import AppConfig


class BenchConfig(AppConfig):
    name = "bench.search"
    label = "benchsearch"
    searchable = ["bench.search.models.TextSource", "bench.search.models.PlaceSource"]
