"""Content files: read with line numbers, loaded all or none, written back as they were."""

import pytest
import yaml
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from formats.actions import load_snapshots, withdraw
from formats.content_files import CONTENT, BrokenContent, bring_files, read_folder, write_file
from formats.models import Effort, Format, Revision
from formats.sheets import snapshot_of
from formats.snapshots import sheet_from
from tests.builders import make_edited_format, make_format, make_snapshot, publish_rows

pytestmark = pytest.mark.django_db

GOOD = """\
title: Runder Tisch
summary: Ein Kreis, der sich trifft.
purposes: [austauschen]
goal: Voneinander wissen.
occasions: [ein neues Thema]
target_groups:
  - Verwaltung
mode: digital
effort: gering
result: Eine Notiz.
provenance: ergaenzt
as_of: 2026-11-01
"""


def write(folder, text, name="formate/runder-tisch.yaml"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("mode: digital", "mode: analog"), "formate/runder-tisch.yaml, Zeile 8, Feld „mode“"),
        (GOOD + "steps:\n  - title: A\n  - minutes: x\n", "Zeile 15, Feld „steps.2.minutes“: „x“ ist keine"),
        (GOOD + "tips: ja\n", "Zeile 13, Feld „tips“"),
        (GOOD + "farbe: rot\n", "Zeile 13, Feld „farbe“: Die Angabe „farbe“ ist unbekannt"),
        (GOOD + "goal: zweimal\n", "Zeile 13: Kein gültiges YAML (die Angabe „goal“ steht doppelt)"),
        (GOOD + "slug: anders\n", "Zeile 13, Feld „slug“"),
        (GOOD + "related: [fehlt]\n", "Zeile 13, Feld „related.1“"),
        (GOOD + "tips: [a\n", "Kein gültiges YAML"),
        (GOOD.replace("goal: Voneinander wissen.\n", ""), "Zeile 1, Feld „goal“"),
        ("- a\n- b\n", "keine benannten Angaben"),
        ("", "keine benannten Angaben"),
        (b"title: \xff\xfe", "nicht in UTF-8"),
        ("a: " + "[" * 5000, "zu tief verschachtelt"),
        ("x" * 200_001, "größer als 200 kB"),
        ("a: &x [1]\nb: [*x, *x]\n", "unbekannt"),
        ("? [1, 2]\n: x\n", "ohne Namen"),
        ("title: !!python/object/apply:os.system ['true']\n", "Text erwartet"),
    ],
)
def test_a_broken_file_is_named_with_line_and_field_and_nothing_is_loaded(tmp_path, text, said):
    write(tmp_path, GOOD, "formate/heil.yaml")
    write(tmp_path, text)
    with pytest.raises(CommandError) as caught:
        call_command("loadformats", tmp_path)
    assert said in str(caught.value)
    assert Format.objects.count() == 0


def test_a_file_name_that_is_no_address_is_refused(tmp_path):
    write(tmp_path, GOOD, "formate/Runder Tisch.yaml")
    with pytest.raises(BrokenContent, match="Der Dateiname"):
        read_folder(tmp_path)


def test_a_number_used_twice_is_refused(tmp_path):
    write(tmp_path, GOOD + "number: 3\n", "formate/a.yaml")
    write(tmp_path, GOOD + "number: 3\n", "formate/b.yaml")
    with pytest.raises(BrokenContent) as caught:
        read_folder(tmp_path)
    assert [str(problem) for problem in caught.value.problems] == [
        "formate/b.yaml, Zeile 13, Feld „number“: Die Nummer 3 trägt schon „a“."
    ]


def test_loading_twice_changes_nothing(capsys):
    call_command("loadformats")
    first = list(Revision.objects.values_list("pk", flat=True))
    call_command("loadformats")
    assert "0 new, 0 updated, 22 unchanged, 0 kept" in capsys.readouterr().out
    assert list(Revision.objects.values_list("pk", flat=True)) == first


def test_an_untouched_format_follows_its_file():
    make_format(goal="alt")
    result = load_snapshots([make_snapshot(goal="neu")])
    assert result.updated == ["runder-tisch"]
    format = Format.objects.get()
    assert (format.goal, format.published.number) == ("neu", 2)


def test_what_an_editor_changed_is_kept_and_reported():
    make_edited_format()
    result = load_snapshots([make_snapshot(tips=["neu"])])
    assert result.differing == {"runder-tisch": ["goal", "tips"]}
    assert Format.objects.get().goal == "Voneinander lernen."


def test_an_editor_who_saved_the_words_of_the_file_is_no_difference():
    make_edited_format()
    result = load_snapshots([make_snapshot(goal="Voneinander lernen.")])
    assert result.unchanged == ["runder-tisch"]


def test_related_files_find_each_other_whatever_their_order():
    load_snapshots([make_snapshot("a", related=["b"]), make_snapshot("b", related=["a"])])
    assert [r.target.slug for r in Format.objects.get(slug="a").relations.all()] == ["b"]


def test_written_files_say_what_the_read_ones_said(tmp_path):
    call_command("loadformats")
    call_command("writeformats", tmp_path)
    written = {snapshot["slug"]: snapshot_of(sheet_from(snapshot)) for snapshot in read_folder(tmp_path)}
    read = {snapshot["slug"]: snapshot_of(sheet_from(snapshot)) for snapshot in read_folder(CONTENT)}
    assert written == read


def test_words_that_look_like_something_else_survive_writing(tmp_path):
    words = [
        "no",
        "1e3",
        "007",
        "2026-11-01",
        "null",
        "~",
        "a: b",
        "# kein Kommentar",
        "- x",
        "„so“",
        "'",
        "1.0",
    ]
    write_file(snapshot_of(sheet_from(make_snapshot(tips=words))), tmp_path)
    assert read_folder(tmp_path)[0]["tips"] == words


def test_files_travel_with_the_content(tmp_path):
    name = default_storage.save("materialien/" + "0" * 32 + ".pdf", ContentFile(b"%PDF-1.7"))
    material = {"kind": "datei", "title": "Vorlage", "file": name}
    format = make_format(materials=[material])
    write_file(format.published.snapshot, tmp_path)
    default_storage.delete(name)
    bring_files(read_folder(tmp_path), tmp_path)
    with default_storage.open(name) as file:
        assert file.read() == b"%PDF-1.7"
    default_storage.delete(name)


def test_the_content_files_hold_the_eighteen_formats_and_four_methods():
    snapshots = read_folder(CONTENT)
    formats = [snapshot for snapshot in snapshots if snapshot["kind"] == "format"]
    assert sorted(int(snapshot["number"]) for snapshot in formats) == list(range(1, 19))
    assert [s["slug"] for s in snapshots if s["kind"] == "methode"] == [
        "pop-up-labor",
        "solution-lab",
        "stadtrundgang",
        "zukunftsrat",
    ]
    provenance = [snapshot["provenance"] for snapshot in formats]
    assert {word: provenance.count(word) for word in set(provenance)} == {
        "dokumentiert": 6,
        "kleinstadtakademie": 7,
        "ergaenzt": 5,
    }


def test_only_documented_trials_make_a_format_tried():
    tried = {s["slug"] for s in read_folder(CONTENT) if s["kind"] == "format" and s.get("trials")}
    # domain.md, chapter 2: "Pilotphase: ja", or runs documented with date and place.
    assert tried == {
        "webinar",
        "interaktive-fachkonferenz",
        "digitale-lernwerkstatt",
        "kollegiale-beratung",
        "erfahrungswerkstatt",
        "exkursion",
        "praxisfilm",
    }


def test_steps_with_minutes_fit_the_stated_duration():
    for snapshot in read_folder(CONTENT):
        format = sheet_from(snapshot).format
        minutes = sum(step.minutes or 0 for step in sheet_from(snapshot).steps)
        if minutes and format.duration_minutes:
            assert minutes <= format.duration_minutes[1], snapshot["slug"]


def test_effort_of_every_content_file_follows_its_person_days():
    for snapshot in read_folder(CONTENT):
        format = sheet_from(snapshot).format
        if format.person_days_to:
            assert format.effort == Effort.of_person_days(format.person_days_to), snapshot["slug"]


def test_publishing_the_same_again_makes_no_revision():
    format = make_format()
    again = publish_rows(format, author=None)
    assert again == format.published
    assert Revision.objects.count() == 1


def test_two_files_may_exchange_their_numbers():
    load_snapshots([make_snapshot("a", number=1), make_snapshot("b", number=2)])
    load_snapshots([make_snapshot("a", number=2), make_snapshot("b", number=1)])
    assert dict(Format.objects.values_list("slug", "number")) == {"a": 2, "b": 1}


def test_a_number_an_editor_has_given_away_stops_the_loading(tmp_path):
    make_edited_format("vergeben", number=3)
    write(tmp_path, GOOD + "number: 3\n")
    with pytest.raises(CommandError, match="Die Nummer 3 trägt schon „vergeben“"):
        call_command("loadformats", tmp_path)
    assert Format.objects.count() == 1


def test_what_an_editor_withdrew_stays_withdrawn():
    withdraw(make_format())
    result = load_snapshots([make_snapshot(goal="neu")])
    assert result.withdrawn == ["runder-tisch"]
    assert not Format.objects.published().exists()


def test_written_files_are_plain_and_in_the_order_of_the_schema(tmp_path):
    call_command("loadformats")
    call_command("writeformats", tmp_path)
    schema = list(snapshot_of(sheet_from(make_snapshot())))
    paths = list(tmp_path.rglob("*.yaml"))
    assert len(paths) == 22
    for path in paths:
        text = path.read_text()
        keys = list(yaml.safe_load(text))
        assert "!!" not in text
        assert keys == sorted(keys, key=schema.index)
