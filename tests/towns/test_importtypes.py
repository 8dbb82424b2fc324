"""BBSR types and RegioStaR: keys without their zeros, types of a whole Verband, source and date."""

from datetime import date
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from tests.towns.register_files import write_excerpt
from towns.models import RegisterImport, Town

pytestmark = pytest.mark.django_db
BBSR = {"kind": "bbsr", "as_of": "31.12.2022"}


@pytest.fixture(autouse=True)
def _register(db, tmp_path):
    call_command("importtowns", write_excerpt(tmp_path / "auszug.xlsx"), stdout=StringIO())


@pytest.fixture
def run(tmp_path):
    """Read lines as CSV or, if they are lists, as a workbook, with the arguments of a terminal."""

    def run(lines, **options):
        if isinstance(lines[0], list):
            path, book = tmp_path / "typen.xlsx", openpyxl.Workbook()
            for line in lines:
                book.active.append(line)
            book.save(path)
        else:
            path = tmp_path / "typen.csv"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        said = StringIO()
        arguments = [
            f"--{name.replace('_', '-')}" + ("" if value is True else f"={value}")
            for name, value in options.items()
        ]
        call_command("importtypes", str(path), *arguments, stdout=said)
        return said.getvalue()

    return run


def of(ags):
    return Town.objects.get(ags=ags)


def test_bbsr_types_belong_to_the_whole_verband(run):
    said = run(
        [
            ["Referenzdatei"],
            ["GVB 2022", "Name", "Stadt- und Gemeindetyp", "Lage"],
            [120515001, "Aue", 50, "sehr peripher"],
            [10510001, "Ort 01", 40, "zentral"],
            [999999999, "Nirgends", 11, ""],
        ],
        **BBSR,
    )
    assert said.splitlines() == [
        "3 Schlüssel, davon 2 mit Gemeinden der Plattform.",
        "Ohne Gemeinde: 999999999",
        "3 Gemeinden geändert.",
    ]
    for ags in ("12051011", "12051012"):
        assert (of(ags).bbsr_type, of(ags).location, of(ags).is_small) == (50, "sehr-peripher", False)
    assert (of("01051001").bbsr_type, of("01051001").get_location_display()) == (40, "zentral")
    assert of("12051001").bbsr_type is None
    source = of("12051011").bbsr_source
    assert (source.as_of, source.source) == (
        date(2022, 12, 31),
        "Bundesinstitut für Bau-, Stadt- und Raumforschung (BBSR), Referenzdatei",
    )


def test_regiostar_belongs_to_the_municipality(run):
    run(
        ["ags_20;name;RegioStaR7", "1051001;Ort;77", "12051011;Oberaue;74"],
        kind="regiostar",
        as_of="31.12.2020",
    )
    assert (of("01051001").regiostar, of("12051011").regiostar, of("12051012").regiostar) == (77, 74, None)
    assert of("01051001").regiostar_source.kind == "regiostar"
    assert of("01051001").bbsr_source is None


def test_a_second_run_and_a_dry_run_change_nothing(run):
    lines = ["gvb,typ", "120515001,40"]
    options = BBSR | {"type_column": "Typ"}
    assert run(lines, **options, dry_run=True).endswith("2 Gemeinden würden sich ändern.\n")
    assert RegisterImport.objects.filter(kind="bbsr").count() == 0
    run(lines, **options)
    before = list(Town.objects.order_by("pk").values())
    assert run(lines, **options).endswith("0 Gemeinden geändert.\n")
    assert list(Town.objects.order_by("pk").values()) == before
    assert RegisterImport.objects.filter(kind="bbsr").count() == 1


def test_who_is_not_named_keeps_the_type(run):
    run(["gvb;gemeindetyp", "120515001;40"], **BBSR)
    run(["gvb;gemeindetyp", "10510001;30"], **BBSR)
    assert (of("12051011").bbsr_type, of("01051001").bbsr_type) == (40, 30)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["gvb;gemeindetyp", "120515001;41"], "Zeile 2, Spalte „gemeindetyp“: Den Typ 41 gibt es nicht."),
        (["gvb;gemeindetyp", "12-051;40"], "Zeile 2, Spalte „gvb“: Erwartet wird ein Schlüssel"),
        (["gvb;gemeindetyp", "1205150010;40"], "Zeile 2, Spalte „gvb“: Der Schlüssel „1205150010“ hat mehr"),
        (["gvb;gemeindetyp;lage", "120515001;40;mittig"], "Zeile 2, Spalte „lage“: „mittig“ ist keine Lage."),
        (
            ["gvb;gemeindetyp", "120515001;40", "120515001;30"],
            "Zeile 3, Spalte „gvb“: 120515001 steht",
        ),
        (["name;einwohner", "Ort;40"], "stehen keine Überschriften „gvb …“ und „stadt-und-gemeindetyp …“."),
        (["gvb;gemeindetyp"], "steht keine einzige Zeile"),
        (["gvb;gemeindetyp", "999999999;40"], "Kein Schlüssel der Datei passt zu einer Gemeinde."),
        (["<html>"], "Das ist eine Webseite"),
    ],
)
def test_mistakes_are_named_and_nothing_changes(run, lines, sentence):
    before = list(Town.objects.order_by("pk").values())
    with pytest.raises(CommandError) as caught:
        run(lines, **BBSR)
    assert sentence in str(caught.value)
    assert str(caught.value).startswith("Nichts wurde geändert.")
    assert list(Town.objects.order_by("pk").values()) == before


def test_older_types_are_refused(run):
    run(["gvb;gemeindetyp", "120515001;40"], **BBSR)
    with pytest.raises(CommandError, match="älter als die eingelesene"):
        run(["gvb;gemeindetyp", "120515001;30"], kind="bbsr", as_of="31.12.2020")
    assert of("12051011").bbsr_type == 40


def test_a_sheet_is_found_by_its_name(run):
    with pytest.raises(CommandError, match="Das Blatt „Typen“ gibt es nicht, da sind: Sheet"):
        run([["gvb", "gemeindetyp"], [120515001, 40]], **BBSR, sheet="Typen")
    run([["gvb", "gemeindetyp"], [120515001, 40]], **BBSR, sheet="Sheet")
    assert of("12051012").bbsr_type == 40
