"""Two imports at the same moment, with real threads and real transactions, on PostgreSQL."""

import pytest
from django.db import connection

from tests.formats.test_concurrency import at_once
from tests.towns.register_files import changed, small_germany, write_excerpt
from towns.models import Figures, Land, RegisterImport, Town
from towns.register.read import read_register
from towns.register.write import import_register

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
]


def test_the_same_register_twice_at_once_is_written_once(tmp_path):
    register = read_register(write_excerpt(tmp_path / "a.xlsx"))
    results = at_once(*[lambda: import_register(register)[1]] * 2)
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "RegisterImport"]
    assert (Land.objects.count(), Town.objects.count(), Figures.objects.count()) == (16, 20, 19)


def test_two_vintages_at_once_end_with_the_newer(tmp_path):
    rows = changed(small_germany(), "12051011", inhabitants=3_100)
    older = read_register(write_excerpt(tmp_path / "a.xlsx"))
    newer = read_register(write_excerpt(tmp_path / "b.xlsx", rows, sheet="Onlineprodukt_Gemeinden30062023"))
    at_once(lambda: import_register(older), lambda: import_register(newer))
    assert Town.objects.get(ags="12051011").inhabitants == 3_100
    assert RegisterImport.objects.of_register().newest_first()[0].as_of == newer.as_of
