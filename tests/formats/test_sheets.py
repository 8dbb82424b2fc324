"""Snapshots and rows say the same; what is wrong is named by its place."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formats.actions import load_snapshots
from formats.content_files import CONTENT, read_folder
from formats.models import Format
from formats.sheets import differences, sheet_of, snapshot_of
from formats.snapshots import problems_of, sheet_from
from tests.builders import make_snapshot

pytestmark = pytest.mark.django_db


def test_rows_give_back_the_snapshot_they_were_made_of():
    snapshots = read_folder(CONTENT)
    load_snapshots(snapshots)
    for snapshot in snapshots:
        format = Format.objects.get(slug=snapshot["slug"])
        assert snapshot_of(sheet_of(format)) == snapshot_of(sheet_from(snapshot))
    assert len(snapshots) == 22


@pytest.mark.parametrize(
    ("values", "path", "sentence"),
    [
        ({"purposes": ["tanzen"]}, ("purposes",), "„tanzen“ ist nicht vorgesehen"),
        ({"purposes": []}, ("purposes",), "mindestens einen"),
        ({"mode": "analog"}, ("mode",), "analog"),
        ({"summary": "x" * 401}, ("summary",), "400"),
        ({"group": {"from": "zehn"}}, ("group", "from"), "keine ganze Zahl"),
        ({"group": {"from": 9, "to": 3}}, (), "Gruppe"),
        ({"duration": {"from": "1e3", "to": 2}}, ("duration", "from"), "keine Zahl"),
        ({"duration": {"from": "NaN", "to": 2}}, ("duration", "from"), "keine Zahl"),
        ({"duration": {"from": 3, "to": 2}}, (), "Dauer"),
        ({"duration": {"from": 2, "to": 2, "unit": "jahre"}}, ("duration", "unit"), "jahre"),
        ({"effort": "gering", "person_days": {"from": 3, "to": 9}}, (), "Aufwand"),
        ({"steps": [{"title": "A", "minutes": 0}]}, ("steps", 0, "minutes"), "1"),
        ({"steps": [{"title": "A"}, {"titel": "B"}]}, ("steps", 1, "titel"), "unbekannt"),
        ({"steps": "erst dies"}, ("steps",), "Liste"),
        ({"tips": ["a", "a"]}, ("tips",), "doppelt"),
        ({"tips": ["a\x00"]}, ("tips",), "Steuerzeichen"),
        ({"title": "a\x00"}, ("title",), "unlesbare"),
        ({"goal": ["a"]}, ("goal",), "Text erwartet"),
        ({"as_of": "12.05.2026"}, ("as_of",), "kein Datum"),
        ({"as_of": None}, ("as_of",), ""),
        ({"materials": [{"kind": "link", "title": "A"}]}, ("materials", 0), "Adresse"),
        ({"materials": [{"kind": "link", "title": "A", "url": "javascript:x"}]}, ("materials", 0, "url"), ""),
        ({"variants": [{"title": "A"}]}, ("variants", 0), "eigene Dauer"),
        ({"picture": {"file": f"formatbilder/{0:032}.webp", "alt": "x"}}, ("picture", "file"), "fehlt"),
        (
            {"picture": {"file": "formatbilder/marktplatz.webp", "alt": "x"}},
            ("picture", "file"),
            "sieht so aus",
        ),
        ({"erfunden": "x"}, ("erfunden",), "unbekannt"),
        ({"estimated": ["titel"]}, ("estimated",), "nicht vorgesehen"),
        ({"slug": "tabelle"}, ("slug",), "schon vergeben"),
        ({"number": 0}, ("number",), "1"),
        ({"number": 99_999}, ("number",), "9999"),
        ({"group": {"from": 40_000}}, ("group", "from"), "30000"),
        ({"title": "a\x07b"}, ("title",), "Steuerzeichen"),
        ({"steps": [{"title": "a\ufeffb"}]}, ("steps", 0, "title"), "Steuerzeichen"),
    ],
)
def test_each_problem_is_named_by_its_place(values, path, sentence):
    found = [problem for problem in problems_of(make_snapshot(**values)) if problem.path == path]
    assert found, problems_of(make_snapshot(**values))
    assert sentence in found[0].sentence


def test_a_sound_snapshot_has_no_problem():
    assert problems_of(make_snapshot()) == []


def test_a_topic_fits_its_column():
    assert problems_of(make_snapshot(topics=["x" * 100])) == []
    assert [p.path for p in problems_of(make_snapshot(topics=["gut", "x" * 101]))] == [("topics", 1)]


def test_keys_the_schema_has_lost_do_not_hurt_old_revisions():
    old = make_snapshot(farbe="rot", steps=[{"title": "A", "ort": "Saal"}])
    assert sheet_from(old).steps[0].title == "A"
    assert {p.path for p in problems_of(old)} == {("farbe",), ("steps", 0, "ort")}


_plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(sorted(make_snapshot() | {"steps": 1, "group": 1, "duration": 1, "picture": 1})), _plain
)
def test_nothing_that_a_file_may_hold_breaks_the_reader(key, value):
    problems = problems_of(make_snapshot() | {key: value})
    assert all(problem.sentence for problem in problems)


def test_differences_name_what_changed():
    old = snapshot_of(sheet_from(make_snapshot()))
    new = snapshot_of(sheet_from(make_snapshot(goal="anders", tips=["neu"])))
    assert differences(old, new) == ["goal", "tips"]
    assert differences(old, old) == []
