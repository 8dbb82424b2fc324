"""Completeness: what is counted, what is not, and what is said to be missing."""

import pytest

from formats.completeness import WANTED, completeness_of
from formats.content_files import CONTENT, read_folder
from formats.sheets import snapshot_of
from formats.snapshots import sheet_from
from tests.builders import make_snapshot

FULL = {
    "group": {"from": 1},
    "duration": {"from": "1", "to": "2"},
    "person_days": {"from": "1", "to": "2"},
    "costs": "gering",
    "roles": ["Moderation"],
    "steps": [{"title": "Reden"}],
    "tools": ["Stühle"],
    "tips": ["Früh anfangen"],
    "pitfalls": ["Zu spät"],
    "checklist": ["Raum"],
    "related": ["anderer"],
    "topics": ["Innenstadt"],
    "sources": [{"title": "Ein Buch"}],
    "review_due": "2027-11-01",
}


def stored(**values):
    """A snapshot as a revision holds it: every key is there."""
    return snapshot_of(sheet_from(make_snapshot(**values)))


def test_a_bare_steckbrief_lacks_everything_that_is_wanted():
    found = completeness_of(stored())
    assert str(found) == "0 von 14"
    assert found.missing == tuple(WANTED.values())
    assert not found.is_complete


def test_a_full_one_lacks_nothing_even_without_picture_material_and_trial():
    found = completeness_of(stored(**FULL))
    assert (str(found), found.missing, found.is_complete) == ("14 von 14", (), True)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("group", "Gruppengröße"),
        ("duration", "Dauer"),
        ("person_days", "Vorbereitung in Personentagen"),
        ("costs", "Kosten"),
        ("roles", "Rollen"),
        ("steps", "Ablauf"),
        ("tools", "Technik und Material"),
        ("tips", "Tipps"),
        ("pitfalls", "Was schiefgehen kann"),
        ("checklist", "Checkliste"),
        ("related", "Verwandte"),
        ("topics", "Themen"),
        ("sources", "Quellen"),
        ("review_due", "Prüftermin"),
    ],
)
def test_each_gap_is_named(key, name):
    found = completeness_of(stored(**{other: value for other, value in FULL.items() if other != key}))
    assert (str(found), found.missing) == ("13 von 14", (name,))


def test_gaps_come_in_the_order_of_the_page():
    rest = {key: value for key, value in FULL.items() if key not in ("sources", "group", "tips")}
    assert completeness_of(stored(**rest)).missing == ("Gruppengröße", "Tipps", "Quellen")


def test_an_estimate_counts_as_said():
    assert completeness_of(stored(**FULL, estimated=["tips", "costs"])).is_complete


def test_what_was_never_saved_says_nothing():
    assert str(completeness_of({})) == "0 von 14"


@pytest.mark.django_db
def test_every_steckbrief_of_the_house_is_complete():
    sheets = [snapshot_of(sheet_from(snapshot)) for snapshot in read_folder(CONTENT)]
    gaps = {snapshot["slug"]: completeness_of(snapshot).missing for snapshot in sheets}
    assert len(gaps) == 22
    assert {slug: missing for slug, missing in gaps.items() if missing} == {}
