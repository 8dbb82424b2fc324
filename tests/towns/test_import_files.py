"""Reading both forms, whole and broken: the same register from each, and each mistake named."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.towns.register_files import (
    HEAD,
    Row,
    cells_of,
    changed,
    line_of,
    small_germany,
    town,
    without,
    write_excerpt,
    write_gv100ad,
)
from towns.register.changes import read_changes
from towns.register.problems import BrokenFile
from towns.register.read import read_register

COUNTED = date(2021, 12, 31)
NO_MARKS = "Bitte ohne Tausendertrennzeichen."


@pytest.fixture(scope="module")
def excerpt(tmp_path_factory) -> bytes:
    """A sound workbook, the same bytes for every example."""
    return write_excerpt(tmp_path_factory.mktemp("excerpt") / "a.xlsx").read_bytes()


def understood_or_refused(path, **options) -> bool:
    """Anything but an error of the reader itself; a refusal names what is wrong."""
    try:
        register = read_register(path, **options)
    except BrokenFile as broken:
        return bool(broken.problems)
    return bool(register.towns)


def said(path, **options):
    with pytest.raises(BrokenFile) as caught:
        read_register(path, **options)
    return str(caught.value)


def test_both_forms_tell_the_same(tmp_path):
    excerpt = read_register(write_excerpt(tmp_path / "a.xlsx"))
    fixed = read_register(write_gv100ad(tmp_path / "a.txt"), population_as_of=COUNTED)
    assert (excerpt.as_of, excerpt.population_as_of) == (date(2023, 3, 31), COUNTED)
    assert (fixed.as_of, fixed.population_as_of) == (date(2023, 3, 31), COUNTED)
    assert len(excerpt.towns) == 20
    assert excerpt.towns.keys() == fixed.towns.keys()
    for ags, one in excerpt.towns.items():
        other = fixed.towns[ags]
        assert (one.ars, one.official_name, one.kind, one.area_km2, one.inhabitants, one.postcode) == (
            other.ars,
            other.official_name,
            other.kind,
            other.area_km2,
            other.inhabitants,
            other.postcode,
        )
    assert (excerpt.towns["12051011"].latitude, fixed.towns["12051011"].latitude) == (50.25, None)
    assert fixed.districts["12051"].seat == "Amtssitz"


def test_gemeinde_stands_before_verband(tmp_path):
    fixed = read_register(write_gv100ad(tmp_path / "a.txt"), population_as_of=COUNTED)
    assert fixed.towns["12051011"].ars == "120515001011"
    assert fixed.associations["120515001"].inhabitants == 5_400


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("zipped", [False, True])
def test_the_fixed_form_in_every_guise(tmp_path, encoding, end, zipped):
    path = write_gv100ad(tmp_path / "GV100AD.txt", encoding=encoding, end=end, zipped=zipped)
    register = read_register(path, population_as_of=COUNTED)
    assert register.towns["12001000"].official_name == "Hügelstadt, Stadt"


def test_old_files_end_with_a_control_z(tmp_path):
    path = write_gv100ad(tmp_path / "a.asc", encoding="iso-8859-1")
    path.write_bytes(path.read_bytes() + b"\x1a")
    assert len(read_register(path, population_as_of=COUNTED).towns) == 20


def test_a_zipped_workbook_is_read_too(tmp_path):
    write_excerpt(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "a.xlsx", "auszug.xlsx")
    assert len(read_register(tmp_path / "a.zip").towns) == 20


def test_keys_typed_as_numbers_get_back_their_zeros(tmp_path):
    lines = [cells_of(row) for row in small_germany()]
    for line in lines:
        line[:8] = [int(cell) if isinstance(cell, str) and cell.isdigit() else cell for cell in line[:8]]
    register = read_register(write_excerpt(tmp_path / "a.xlsx", lines=lines))
    assert register.towns["01051001"].ars == "010510001001"


def test_nought_means_unknown_except_where_nobody_can_live(tmp_path):
    rows = changed(small_germany(), "12051011", inhabitants=0, male=0)
    register = read_register(write_excerpt(tmp_path / "a.xlsx", rows))
    assert (register.towns["12051011"].inhabitants, register.towns["12051901"].inhabitants) == (None, 0)
    assert register.associations["120515001"].inhabitants is None


def test_the_fixed_form_does_not_say_when_people_were_counted(tmp_path):
    assert said(write_gv100ad(tmp_path / "a.txt")) == (
        "Die Datei nennt nicht, von welchem Tag ihre Bevölkerungszahlen sind. Bitte geben Sie ihn an: "
        "--population-date TT.MM.JJJJ"
    )


# Wrong files --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Die Datei ist leer."),
        (b"<!DOCTYPE html><html><title>Seite nicht gefunden</title>", "Das ist eine Webseite"),
        (b"\xef\xbb\xbf\r\n<html lang=de>", "Das ist eine Webseite"),
        (b"%PDF-1.6 ...", "Das ist eine PDF-Datei"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Das ist eine alte Excel-Datei"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "Das ist keine Textdatei"),
        (b"Liebe Kollegin,\n", "Zeile 1 beginnt nicht mit 10"),
        (b"PK\x03\x04" + b"x" * 50, "beschädigt oder abgeschnitten"),
    ],
)
def test_what_is_no_register_is_recognised(tmp_path, content, sentence):
    path = tmp_path / "auszug.xlsx"
    path.write_bytes(content)
    assert sentence in said(path)


def test_a_missing_file_is_said(tmp_path):
    assert said(tmp_path / "fehlt.xlsx") == "Die Datei fehlt.xlsx lässt sich nicht öffnen."


def test_a_workbook_with_other_sheets_is_refused(tmp_path):
    path = write_excerpt(tmp_path / "a.xlsx", sheet="Kreise31032023")
    assert said(path) == (
        "Ein Blatt, dessen Name mit „Onlineprodukt_Gemeinden“ beginnt, wird erwartet. "
        "Da sind: „Inhalt“, „Kreise31032023“, „Auszug“."
    )


@pytest.mark.parametrize("keep", [0.2, 0.6, 0.95])
def test_a_cut_workbook_is_refused(tmp_path, keep):
    path = write_excerpt(tmp_path / "a.xlsx")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    assert said(path) == "Die Datei ist beschädigt oder abgeschnitten."


def test_a_cut_fixed_file_is_refused(tmp_path):
    path = write_gv100ad(tmp_path / "a.txt", end="\n")
    content = path.read_text()
    path.write_text(content[:-121])
    assert said(path, population_as_of=COUNTED).endswith(": 100 statt 220 Zeichen.")
    path.write_text(content[: 221 * 30])
    assert said(path, population_as_of=COUNTED).startswith("Die Datei ist unvollständig: Keine Gemeinden aus")


def test_a_file_cut_between_two_records_misses_somebody(tmp_path):
    rows = without(small_germany(), "12051011", "12051012")
    assert said(write_excerpt(tmp_path / "a.xlsx", rows)) == (
        "Zeile 71, Schlüssel: Zum Gemeindeverband 120515001 fehlen die Gemeinden."
    )


def test_shifted_columns_are_noticed_by_their_headings(tmp_path):
    head = [[None, *line] for line in HEAD]
    lines = [[None, *cells_of(row)] for row in small_germany()]
    assert said(write_excerpt(tmp_path / "a.xlsx", head=head, lines=lines)) == (
        "Zeile 3, Spalte A (Satzart): Die Überschrift „Satzart“ fehlt hier. Sind die Spalten verschoben?"
    )


def test_cells_shifted_in_one_row_are_named(tmp_path):
    lines = [cells_of(row) for row in small_germany()]
    lines[3] = lines[3][:8] + [None] + lines[3][8:]
    text = said(write_excerpt(tmp_path / "a.xlsx", lines=lines))
    assert "Zeile 10, Spalte J (Bevölkerung): „50.25“ ist keine ganze Zahl." in text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"inhabitants": "12a"}, "Spalte J (Bevölkerung): „12a“ ist keine ganze Zahl."),
        ({"inhabitants": "3.000"}, "Spalte J (Bevölkerung): „3.000“: Bitte ohne Tausendertrennzeichen."),
        ({"inhabitants": "3 000"}, "Spalte J (Bevölkerung): „3 000“: Bitte ohne Tausendertrennzeichen."),
        ({"inhabitants": 3000.5}, "Spalte J (Bevölkerung): „3000.5“ ist keine ganze Zahl."),
        ({"inhabitants": -1}, "Spalte J (Bevölkerung): „-1“ ist keine ganze Zahl."),
        ({"male": 3_001}, "Spalte K (männlich): 3001 von 3000 Einwohner:innen können nicht sein."),
        (
            {"area": "1.234"},
            "Spalte I (Fläche): „1.234“ ist nicht eindeutig: Bitte ohne Tausendertrennzeichen.",
        ),
        ({"area": "groß"}, "Spalte I (Fläche): „groß“ ist keine Zahl."),
        ({"latitude": "11,5"}, "Spalte P (Breitengrad): Breitengrad 11,5 liegt nicht in Deutschland."),
        ({"longitude": "115"}, "Spalte O (Längengrad): Längengrad 115 liegt nicht in Deutschland."),
        (
            {"longitude": "0", "latitude": "0"},
            "Spalte P (Breitengrad): Breitengrad 0 liegt nicht in Deutschland.",
        ),
        ({"longitude": "11°30'"}, "Spalte O (Längengrad): „11°30'“ ist kein Längengrad."),
        ({"longitude": None}, "Spalte O (Längengrad): Eine der beiden Koordinaten fehlt."),
        ({"postcode": "ABC"}, "Spalte N (Postleitzahl): „ABC“ ist keine Postleitzahl."),
        ({"kind": "50"}, "Spalte B (Textkennzeichen): Das Textkennzeichen 50 passt nicht zur Satzart."),
        ({"land": "17"}, "Spalte C (Land): Ein Land mit dem Schlüssel 17 gibt es nicht."),
        ({"gemeinde": "0111"}, "Spalte G (Gemeinde): Der Schlüssel „0111“ hat mehr als 3 Ziffern."),
        ({"verband": None}, "Spalte F (Verband): Erwartet wird ein Schlüssel aus 4 Ziffern, da steht „“."),
        ({"name": None}, "Spalte H (Gemeindename): Der Name fehlt."),
        ({"kreis": "99"}, "Spalte E (Kreis): Den Kreis 12099 nennt die Datei nicht."),
        ({"verband": "7777"}, "Spalte F (Verband): Den Gemeindeverband 120517777 nennt die Datei nicht."),
        ({"gemeinde": "012"}, "Schlüssel: Gemeinde 12051012 steht doppelt: schon in Zeile 72."),
        ({"level": "61"}, "Spalte A (Satzart): Die Satzart „61“ gibt es nicht."),
    ],
)
def test_each_mistake_is_named_with_line_and_column(tmp_path, values, sentence):
    rows = changed(small_germany(), "12051011", **values)
    line = "Zeile 73, " if values.get("gemeinde") == "012" else "Zeile 72, "
    assert line + sentence in said(write_excerpt(tmp_path / "a.xlsx", rows)).splitlines()


@pytest.mark.parametrize(
    ("place", "letters", "sentence"),
    [
        (140, "0000000A000", "Stelle 140–150 (Bevölkerung): „0000000A000“ ist keine ganze Zahl."),
        (129, "0000012,500", "Stelle 129–139 (Fläche in ha): „0000012,500“ ist keine ganze Zahl."),
        (11, "99", "Stelle 11–12 (Land): Ein Land mit dem Schlüssel 99 gibt es nicht."),
        (3, "20231331", "Stelle 3–10 (Gebietsstand): „20231331“ ist kein Datum."),
        (3, "20220331", "Stelle 3–10 (Gebietsstand): 31.03.2022, in den Zeilen davor 31.03.2023."),
        (1, "77", "Stelle 1–2 (Satzart): Die Satzart „77“ gibt es nicht."),
    ],
)
def test_each_mistake_is_named_with_line_and_place(tmp_path, place, letters, sentence):
    lines = [line_of(row) for row in small_germany()]
    lines[65] = lines[65][: place - 1] + letters + lines[65][place - 1 + len(letters) :]
    path = write_gv100ad(tmp_path / "a.txt", lines=lines)
    assert f"Zeile 66, {sentence}" in said(path, population_as_of=COUNTED)


def test_the_reader_stops_after_twenty_mistakes(tmp_path):
    lines = [line_of(row)[:-1] for row in small_germany()]
    text = said(write_gv100ad(tmp_path / "a.txt", lines=lines), population_as_of=COUNTED)
    assert len(text.splitlines()) == 21


# Bombs --------------------------------------------------------------------------------------------


def repack(path: Path, name: str, content: bytes, method=zipfile.ZIP_DEFLATED):
    """The workbook with one part replaced or added."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[name] = content
    with zipfile.ZipFile(path, "w", method) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)


def test_a_part_packed_too_well_is_refused(tmp_path):
    path = write_excerpt(tmp_path / "a.xlsx")
    repack(path, "xl/worksheets/sheet9.xml", b" " * 20_000_000)
    assert said(path) == "Der Teil „xl/worksheets/sheet9.xml“ ist verdächtig stark gepackt."


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path):
    path = write_excerpt(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/x.bin", "w") as part:
        for _ in range(160):
            part.write(b"\0" * 1_000_000)
    assert said(path) == "Die Datei ist ausgepackt größer als 150 MB und wird nicht geöffnet."


def test_an_archive_of_thousands_of_parts_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(301):
            archive.writestr(f"{number}.txt", "")
    assert said(tmp_path / "a.zip") == "Die Datei hat mehr als 300 Teile und wird nicht geöffnet."


def test_a_zip_in_a_zip_in_a_zip_is_refused(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("GV100AD.txt", "10")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("GV100AD.txt", inner.getvalue())
    assert said(tmp_path / "a.zip") == "Im Archiv steckt noch ein Archiv."


def test_entities_are_refused(tmp_path):
    path = write_excerpt(tmp_path / "a.xlsx")
    bomb = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><sst>&lol;</sst>'
    repack(path, "xl/sharedStrings.xml", bomb)
    assert said(path) == "Die Excel-Datei enthält eine Dokumenttyp-Angabe und wird nicht gelesen."


def test_rows_numbered_into_the_billions_are_refused(tmp_path):
    path = write_excerpt(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml")
    repack(path, "xl/worksheets/sheet2.xml", sheet.replace(b'<row r="8"', b'<row r="4000000000"'))
    assert "hat mehr als 60000 Zeilen" in said(path)


@pytest.mark.parametrize(("offset", "value"), [(10, 99), (8, 0x20), (10, 14), (10, 12)])
def test_unknown_ways_of_packing_are_refused(tmp_path, excerpt, offset, value):
    content = bytearray(excerpt)
    start = 0
    while (start := content.find(b"PK\x01\x02", start)) >= 0:
        content[start + offset] = value  # in the central directory, of every part
        start += 4
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert said(path) == "Die Excel-Datei ist beschädigt oder abgeschnitten."


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused_but_never_breaks_the_reader(tmp_path, excerpt, data):
    path, content = tmp_path / "a.xlsx", bytearray(excerpt)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    assert understood_or_refused(path)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_damaged_sheet_is_read_or_refused_but_never_breaks_the_reader(tmp_path, excerpt, data):
    path = tmp_path / "a.xlsx"
    path.write_bytes(excerpt)
    with zipfile.ZipFile(path) as archive:
        sheet = bytearray(archive.read("xl/worksheets/sheet2.xml"))
    start = data.draw(st.integers(0, len(sheet) - 1))
    sheet[start : start + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=10))
    repack(path, "xl/worksheets/sheet2.xml", bytes(sheet))
    assert understood_or_refused(path)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_damaged_lines_are_read_or_refused_but_never_break_the_reader(tmp_path, data):
    path = write_gv100ad(tmp_path / "a.txt", encoding="iso-8859-1")
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    assert understood_or_refused(path, population_as_of=COUNTED)


@given(
    name=st.text(st.characters(max_codepoint=0x17F, categories=["L", "Nd", "Pd"]), min_size=1, max_size=45),
    inhabitants=st.integers(1, 200_000),
    hectares=st.integers(1, 90_000),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_the_fixed_form_holds_comes_back(tmp_path, name, inhabitants, hectares):
    made = town("12", "51", "5001", "011", name, inhabitants, area=hectares / 100)
    rows = [made if row.level == "60" and row.ags == "12051011" else row for row in small_germany()]
    read = read_register(write_gv100ad(tmp_path / "a.txt", rows), population_as_of=COUNTED).towns["12051011"]
    assert (read.official_name, read.inhabitants) == (name, inhabitants)
    assert read.area_km2 * 100 == hectares


# Change files -------------------------------------------------------------------------------------


def write_changes(tmp_path, *lines):
    path = tmp_path / "aenderungen.csv"
    path.write_text("\n".join(["alt;neu;seit;art;anmerkung", *lines]) + "\n", encoding="utf-8")
    return path


def test_a_change_file_is_read(tmp_path):
    (change,) = read_changes(write_changes(tmp_path, "1205101;12051012;01.01.2024;;Vertrag", "", ";;;;"))
    assert (change.old, change.new, change.since, change.kind, change.note) == (
        "01205101",
        "12051012",
        date(2024, 1, 1),
        "nachfolge",
        "Vertrag",
    )


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["12051011;12051012;01.01.2024;"], "Zeile 2: 4 statt 5 Felder."),
        (["99051011;12051012;01.01.2024;;"], "Zeile 2, Feld „alt“: „99051011“ ist kein AGS"),
        (["12051011;x;01.01.2024;;"], "Zeile 2, Feld „neu“: Erwartet wird ein Schlüssel aus 8 Ziffern"),
        (["12051011;12051012;gestern;;"], "Zeile 2, Feld „seit“: „gestern“ ist kein Datum."),
        (["12051011;12051012;01.01.2024;heirat;"], "Zeile 2, Feld „art“: „heirat“ gibt es nicht."),
        (["12051011;12051011;01.01.2024;;"], "Zeile 2, Feld „neu“: Alter und neuer Schlüssel sind gleich."),
        (["12051011;12051012;01.01.2024;;"] * 2, "Zeile 3: 12051011 → 12051012 steht doppelt."),
    ],
)
def test_mistakes_in_a_change_file_are_named(tmp_path, lines, sentence):
    with pytest.raises(BrokenFile) as caught:
        read_changes(write_changes(tmp_path, *lines))
    assert sentence in str(caught.value)


def test_a_change_file_needs_its_heading(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("12051011;12051012;01.01.2024;;\n")
    with pytest.raises(BrokenFile, match="Die erste Zeile der Änderungsdatei muss heißen"):
        read_changes(path)


def test_rows_of_the_builder_are_what_they_say():
    assert Row("60", "12", "0", "51", "5001", "011").ags == "12051011"
