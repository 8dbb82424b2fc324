"""Differences between revisions, as an editor reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.changes import Mark, _line_changes, _word_changes, changes_between, readable
from formats.content_files import CONTENT, read_folder
from formats.sheets import snapshot_of
from formats.snapshots import sheet_from
from tests.builders import make_snapshot


def full(**values):
    return snapshot_of(sheet_from(make_snapshot(**values)))


def told(change):
    """The lines of a change as text: [-out-], {+in+}."""
    signs = {Mark.SAME: "{}", Mark.OUT: "[-{}-]", Mark.IN: "{{+{}+}}"}
    return ["".join(signs[piece.mark].format(piece.text) for piece in line) for line in change.lines]


def test_the_same_revision_has_no_changes():
    assert changes_between(full(), full()) == []


@pytest.mark.parametrize(
    ("old", "new", "label", "lines"),
    [
        (
            {"goal": "Voneinander in Ruhe lernen."},
            {"goal": "Voneinander und miteinander in Ruhe lernen."},
            "Ziel",
            ["Voneinander{+ und miteinander+} in Ruhe lernen."],
        ),
        (
            {"tips": ["Früh beginnen.", "Pausen machen."]},
            {"tips": ["Früh beginnen.", "Viele Pausen machen.", "Lüften."]},
            "Tipps",
            ["Früh beginnen.", "{+Viele +}Pausen machen.", "{+Lüften.+}"],
        ),
        (
            {"duration": {"from": 1, "to": 1, "unit": "stunden"}},
            {"duration": {"from": 90, "to": 90}},
            "Dauer",
            ["{+90 Minuten+}", "[-1 Stunde-]"],
        ),
        ({}, {"costs": "hoch"}, "Kosten", ["{+hoch+}"]),
        ({"number": 7}, {}, "Nummer", ["[-7-]"]),
        ({}, {"steps": [{"title": "Ankommen", "minutes": 5}]}, "Ablauf", ["{+Ankommen · 5 Min.+}"]),
        ({}, {"estimated": ["goal"]}, "Schätzungen", ["{+Ziel+}"]),
    ],
)
def test_changes_are_told_word_by_word(old, new, label, lines):
    [change] = changes_between(full(**old), full(**new))
    assert change.label == label
    assert told(change) == lines


_lines = st.lists(st.text(min_size=1, max_size=40), max_size=6)


@given(_lines, _lines)
def test_nothing_is_lost_in_the_telling(before, after):
    """What is not marked as new is the old text, and what is not marked as gone the new one."""
    lines = _line_changes(before, after)
    old = ["".join(p.text for p in line if p.mark != Mark.IN) for line in lines]
    new = ["".join(p.text for p in line if p.mark != Mark.OUT) for line in lines]
    assert sorted(line for line in old if line) == sorted(before)
    assert [line for line in new if line] == after


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_line_gives_back_both_its_versions(before, after):
    pieces = _word_changes(before, after)
    assert "".join(p.text for p in pieces if p.mark != Mark.IN) == before
    assert "".join(p.text for p in pieces if p.mark != Mark.OUT) == after


@pytest.mark.django_db
def test_every_field_of_a_snapshot_is_readable():
    snapshot = next(s for s in read_folder(CONTENT) if s["slug"] == "kollegiale-beratung")
    whole = snapshot_of(sheet_from(snapshot))
    assert changes_between(whole, whole) == []
    for key in ("title", "summary", "goal", "result", "provenance_note"):
        assert changes_between(whole, whole | {key: "Ganz anders."}), key
    for key in (
        "occasions",
        "roles",
        "tips",
        "pitfalls",
        "checklist",
        "sources",
        "trials",
        "variants",
        "steps",
    ):
        assert changes_between(whole, whole | {key: whole[key][1:]}), key
    assert all(readable(whole)[label] for label in ("Gruppengröße", "Dauer", "Vorbereitung", "Varianten"))


def test_words_changed_in_a_row_are_told_in_one_piece():
    old, new = "Eine Tagung ohne feste Rednerliste.", "Eine Tagung ohne festes Programm."
    [change] = changes_between(full(goal=old), full(goal=new))
    assert told(change) == ["Eine Tagung ohne [-feste Rednerliste-]{+festes Programm+}."]
