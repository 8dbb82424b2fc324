"""Small registers in both official forms: sixteen Länder with a town each, a Verband, a city, a forest."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import openpyxl

from towns.models import LAENDER

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "AuszugGV1QAktuell.xlsx"


@dataclass(frozen=True)
class Row:
    """One record of a register, with keys as text and numbers as numbers."""

    level: str
    land: str
    rb: str | None = None
    kreis: str | None = None
    verband: str | None = None
    gemeinde: str | None = None
    name: str = ""
    kind: str | None = None
    area: object = None
    inhabitants: object = None
    male: object = None
    postcode: object = None
    longitude: object = None
    latitude: object = None

    @property
    def ags(self) -> str:
        return f"{self.land}{self.rb}{self.kreis}{self.gemeinde}"


def district(land, kreis, name, kind="44", rb="0"):
    return Row("40", land, rb, kreis, name=name, kind=kind)


def association(land, kreis, verband, name, kind="50", rb="0"):
    return Row("50", land, rb, kreis, verband, name=name, kind=kind)


def town(land, kreis, verband, gemeinde, name, inhabitants, kind="64", **values):
    usual = {
        "area": 50.25,
        "male": inhabitants // 2,
        "postcode": "16259",
        "longitude": "11,5",
        "latitude": "50,25",
    }
    fields = usual | values
    return Row(
        "60",
        land,
        fields.pop("rb", "0"),
        kreis,
        verband,
        gemeinde,
        name,
        kind,
        inhabitants=inhabitants,
        **fields,
    )


def small_germany() -> list[Row]:
    """Some 60 records. In Brandenburg: the Amt Aue with Oberaue and Niederaue, the city Hügelstadt,
    and the uninhabited Forst Süd; two places called Berg, in Bayern and in Hessen."""
    rows = []
    for land, (name, _short) in LAENDER.items():
        rows.append(Row("10", land, name=name))
        rows.append(district(land, "51", f"Musterland {land}"))
        rows.append(association(land, "51", "0001", f"Ort {land}, Stadt"))
        place = "Berg" if land in ("06", "09") else f"Ort {land}"
        rows.append(town(land, "51", "0001", "001", f"{place}, Stadt", 7_000 + int(land), "63"))
    rows += [
        association("12", "51", "5001", "Aue", "51"),
        town("12", "51", "5001", "011", "Oberaue", 3_000, area=12.5),
        town("12", "51", "5001", "012", "Niederaue", 2_400, area=30),
        association("12", "51", "9001", "Forst Süd, gemfr. Gebiet"),
        town("12", "51", "9001", "901", "Forst Süd, gemfr. Gebiet", 0, "66", postcode=None),
        district("12", "01", "Hügelstadt, Stadt", "41"),
        association("12", "01", "0000", "Hügelstadt, Stadt"),
        town("12", "01", "0000", "000", "Hügelstadt, Stadt", 51_000, "61", area=99.99),
    ]
    return rows


def changed(rows, ags, **values) -> list[Row]:
    """The rows with the one municipality of this AGS changed."""
    found = [row for row in rows if row.level == "60" and row.ags == ags]
    assert len(found) == 1
    return [replace(row, **values) if row is found[0] else row for row in rows]


def without(rows, *keys) -> list[Row]:
    return [row for row in rows if not (row.level == "60" and row.ags in keys)]


HEAD = [
    ["Gemeinden in Deutschland, erfunden für Tests"],
    [],
    ["Satz-art", "Text-kenn-zeichen", "Amtlicher Regionalschlüssel (ARS)", None, None, None, None]
    + ["Gemeindename", "Fläche km2", "Bevölkerung", None, None, None, "Postleit-zahl", "Koordinaten"],
    [None, None, "Land", "RB", "Kreis", "VB", "Gem", None, None, "insgesamt", "männlich", "weiblich"]
    + ["je km2", None, "Längengrad", "Breitengrad"],
    [None] * 8 + ["31.12.2021 (Jahr)", "am 31.12.2021 (Jahr)"],
    [],
]


def cells_of(row: Row) -> list:
    return [row.level, row.kind, row.land, row.rb, row.kreis, row.verband, row.gemeinde, row.name] + [
        row.area,
        row.inhabitants,
        row.male,
        None,
        None,
        row.postcode,
        row.longitude,
        row.latitude,
    ]


def write_excerpt(path: Path, rows=None, *, sheet="Onlineprodukt_Gemeinden31032023", head=HEAD, lines=None):
    """The xlsx form; `lines` replaces the cells of the rows. The real one has three sheets, too."""
    book = openpyxl.Workbook(write_only=True)
    book.create_sheet("Inhalt")
    page = book.create_sheet(sheet)
    for line in head:
        page.append(line)
    for line in lines or [cells_of(row) for row in (small_germany() if rows is None else rows)]:
        page.append(line)
    page.append([])
    page.append(["Quelle: erfunden"])
    page.append(["1) Fußnote"])
    book.create_sheet("Auszug").append(["10", None, "01"])
    book.save(path)
    return path


def line_of(row: Row, as_of=date(2023, 3, 31)) -> str:
    """One record of 220 characters; Gemeinde before Verband, area in hectares."""
    start = f"{row.level}{as_of:%Y%m%d}{row.land}{row.rb or '':1}{row.kreis or '':2}"
    start += f"{row.gemeinde or '':3}{row.verband or '':4}{row.name[:50]:50}"
    seat = "Amtssitz" if row.level in ("40", "50") else ""
    start += f"{seat:50}{row.kind or '':2}{'':4}"
    if row.level == "60":
        area = round(float(row.area) * 100)
        start += f"{area:011}{row.inhabitants:011}{row.male or 0:011}{'':4}{row.postcode or '':5}"
    return f"{start:220}"


def write_gv100ad(
    path: Path, rows=None, *, as_of=date(2023, 3, 31), encoding="utf-8", end="\r\n", zipped=False, lines=None
):
    """The fixed-width form."""
    lines = lines or [line_of(row, as_of) for row in (small_germany() if rows is None else rows)]
    content = "".join(line + end for line in lines).encode(encoding)
    if zipped:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("Datensatzbeschreibung.pdf", b"%PDF-1.4")
            archive.writestr(f"GV100AD_{as_of:%d%m%Y}.txt", content)
    else:
        path.write_bytes(content)
    return path
