"""Files of trees: read with line and field, loaded all or none, written back as they were."""

from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command

from formats.content_files import BrokenContent
from formats.guide.actions import publish_draft, save_draft, withdraw_tree
from formats.guide.files import FOLDER, read_text, read_trees, tree_text, write_tree
from formats.guide.schema import data_of, plan_from
from formats.models import Tree, TreeRevision
from tests.builders import make_format, make_plan, make_tree, make_tree_data

GOOD = """\
title: Welches?
summary: Eine Frage.
responsible: Geschäftsstelle
as_of: 2026-11-01
questions:
  - key: zeit
    label: Zeit
    text: Wie lange?
    options:
      - key: kurz
        text: Kurz
        outcome: ende
      - key: offen
        text: Weiß ich nicht
        unsure: ja
        outcome: ende
outcomes:
  - key: ende
    title: Ende
    text: Hier.
"""


def good(old, new):
    """The good file with one piece exchanged."""
    assert old in GOOD
    return GOOD.replace(old, new)


def weighed(weights):
    return good("text: Kurz\n", f"text: Kurz\n        weights: {weights}\n")


LEADS_NOWHERE = good("outcome: ende\n      - key: offen", "next: fort\n      - key: offen")
TWO_TARGETS = good(
    "outcome: ende\n      - key: offen", "outcome: ende\n        next: zeit\n      - key: offen"
)
BAD_LINK = GOOD + "    links:\n      - title: Amt\n        url: javascript:x\n"
OPTION = "Feld „questions.1.options.1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (good("key: kurz", "key: Kurz!"), f"b.yaml, Zeile 10, {OPTION}.key“: „Kurz!“"),
        (good("unsure: ja", "unsure: vielleicht"), "Zeile 15, Feld „questions.1.options.2.unsure“"),
        (good("label: Zeit\n", "label: Zeit\n    farbe: rot\n"), "Zeile 8, Feld „questions.1.farbe“"),
        (good("    text: Wie lange?\n", ""), "Zeile 6, Feld „questions.1.text“: Diese Angabe fehlt."),
        (good("key: offen", "key: kurz"), "Zeile 13, Feld „questions.1.options.2.key“: Der Kurzname"),
        (good("2026-11-01", "gestern"), "Zeile 4, Feld „as_of“: „gestern“ ist kein Datum"),
        (good("key: zeit", "key: fassung"), "„fassung“ steht in der Adresse schon für die Fassung."),
        (TWO_TARGETS, f"Zeile 12, {OPTION}.outcome“: Eine Antwort führt zu einer Frage oder"),
        (weighed("{webinar: 4}"), f"Zeile 12, {OPTION}.weights.webinar“"),
        (weighed("{webinar: 0}"), "Ein Gewicht ist eine Zahl"),
        (weighed("[webinar]"), "Erwartet werden Gewichte"),
        (good("unsure: ja", "unsure: ja\n        weights: {webinar: 1}"), "gibt keinem Format Gewicht"),
        (BAD_LINK, "Zeile 23, Feld „outcomes.1.links.1.url“"),
        (good("questions:", "fragen:"), "Zeile 5, Feld „fragen“: Die Angabe „fragen“ ist unbekannt."),
        (GOOD + "title: Noch einmal\n", "Kein gültiges YAML"),
        (good("Kurz\n", "Ku\u0007rz\n"), "Kein gültiges YAML"),
        ("questions: 7\n", "Zeile 1, Feld „questions“: Erwartet wird eine Liste."),
        ("- a\n", "keine benannten Angaben"),
        ("", "keine benannten Angaben"),
        ("a: " + "[" * 5000, "zu tief verschachtelt"),
        ("x" * 200_001, "größer als 200 kB"),
    ],
)
def test_a_broken_file_is_named_by_line_and_field(text, said):
    with pytest.raises(BrokenContent) as broken:
        read_text(text.encode(), "b.yaml")
    assert said in str(broken.value)


def test_the_good_file_is_good():
    plan, lines = read_text(GOOD.encode(), "b.yaml")
    assert (plan.title, plan.start.key) == ("Welches?", "zeit")
    assert lines["questions", 0, "options", 1, "unsure"] == 15


def test_sense_is_checked_with_its_line_too(tmp_path):
    (tmp_path / "b.yaml").write_text(LEADS_NOWHERE)
    with pytest.raises(BrokenContent) as broken:
        read_trees(tmp_path)
    assert "b.yaml, Zeile 12, Feld „questions.1.options.1.next“: Frage „Zeit“" in str(broken.value)


@pytest.mark.parametrize("name", ["Groß.yaml", "a b.yaml", "x" * 70 + ".yaml"])
def test_a_file_name_is_an_address(tmp_path, name):
    (tmp_path / name).write_text(GOOD)
    with pytest.raises(BrokenContent, match="Dateiname"):
        read_trees(tmp_path)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_reading_and_writing_a_file_changes_nothing(path, tmp_path):
    plan, _ = read_text(path.read_bytes(), path.name)
    again, _ = read_text(write_tree(path.stem, plan, tmp_path).read_bytes(), path.name)
    assert again == plan
    assert yaml.safe_load(tree_text(plan)).keys() == yaml.safe_load(path.read_text()).keys()


def test_data_and_plan_are_the_same_thing():
    plan = make_plan()
    assert plan_from(data_of(plan)) == plan
    assert data_of(plan_from(make_tree_data())) == data_of(plan)


@pytest.fixture
def folder(tmp_path):
    write_tree("welches", make_plan(), tmp_path)
    return tmp_path


def load(folder):
    out = StringIO()
    call_command("loadguide", folder, stdout=out)
    return out.getvalue()


@pytest.fixture
def formats(db):
    make_format("webinar", number="1")
    make_format("barcamp", number="2")


def test_loading_twice_is_loading_once(folder, formats):
    assert "1 trees new" in load(folder)
    assert "1 unchanged" in load(folder)
    tree = Tree.objects.get()
    assert (tree.published.number, tree.draft, tree.published.origin) == (1, {}, "datei")


def test_a_changed_file_is_followed(folder, formats):
    load(folder)
    write_tree("welches", make_plan(title="Neuer Titel"), folder)
    assert "1 updated" in load(folder)
    assert (Tree.objects.get().title, TreeRevision.objects.count()) == ("Neuer Titel", 2)


@pytest.mark.parametrize("what", ["draft", "published", "withdrawn"])
def test_what_editors_did_is_kept(folder, formats, what):
    load(folder)
    tree = Tree.objects.get()
    if what == "withdrawn":
        withdraw_tree(tree)
    else:
        save_draft(tree, make_plan(title="Von Hand"), by=None)
        if what == "published":
            publish_draft(tree, author=None)
    before = (tree.title, tree.published_id, tree.draft)
    write_tree("welches", make_plan(title="Aus der Datei"), folder)
    assert "welches: editors' text kept" in load(folder)
    tree.refresh_from_db()
    assert (tree.title, tree.published_id, tree.draft) == before


def test_one_broken_file_keeps_all_out(folder, formats):
    (folder / "zweiter.yaml").write_text(LEADS_NOWHERE)
    with pytest.raises(CommandError, match="Nothing was loaded"):
        load(folder)
    assert Tree.objects.count() == 0


def test_a_tree_that_names_a_missing_steckbrief_keeps_all_out(folder, db):
    with pytest.raises(CommandError, match="Den Steckbrief „barcamp“ gibt es nicht"):
        load(folder)
    assert Tree.objects.count() == 0


@pytest.mark.django_db
def test_writing_gives_the_public_trees_back(tmp_path):
    tree = make_tree()
    save_draft(tree, make_plan(title="Nur ein Entwurf"), by=None)
    call_command("writeguide", tmp_path, stdout=StringIO())
    plan, _ = read_text((tmp_path / "welches.yaml").read_bytes(), "welches.yaml")
    assert plan == make_plan()
