"""Single values of official files: keys, whole numbers, decimals, coordinates, dates and names.

Each function takes a cell (text, number or nothing) and raises `ValueError` with a German sentence.
What could mean two things is refused, never guessed.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from towns.models.town import LATITUDES, LONGITUDES

Cell = str | int | float | None

# How the register shortens what stands after the comma.
ADDITIONS = {
    "St": "Stadt",
    "M": "Markt",
    "GKSt": "Große Kreisstadt",
    "gemfr. Gebiet": "gemeindefreies Gebiet",
    "gemfr. Geb.": "gemeindefreies Gebiet",
    "gemfr.Geb.": "gemeindefreies Gebiet",
    "gemfr. Bezirk": "gemeindefreier Bezirk",
}
MOST_INHABITANTS = 10_000_000
MOST_KM2 = 10_000


def text_of(cell: Cell, *, longest: int = 200) -> str:
    """The text of a cell without blanks around it and without double ones inside."""
    text = " ".join(_plain(cell).split())
    if len(text) > longest:
        raise ValueError(f"Der Text ist länger als {longest} Zeichen: „{text[:40]}…“.")
    if not text.isprintable():
        raise ValueError("Der Text enthält unlesbare Zeichen.")
    return text


def key_of(cell: Cell, width: int) -> str:
    """An official key with leading zeros: `7`, `7.0` and `"07"` are `07` at width 2."""
    text = _plain(cell)
    if not re.fullmatch(r"[0-9]+", text):
        raise ValueError(f"Erwartet wird ein Schlüssel aus {width} Ziffern, da steht „{text[:30]}“.")
    if len(text) > width:
        raise ValueError(f"Der Schlüssel „{text[:30]}“ hat mehr als {width} Ziffern.")
    return text.zfill(width)


def whole_number(cell: Cell, *, most: int = MOST_INHABITANTS) -> int | None:
    """A number of people; None where the cell is empty. Thousands marks are refused."""
    text = _plain(cell)
    if not text:
        return None
    if re.fullmatch(r"[0-9]{1,3}([.,' \u00a0\u202f’][0-9]{3})+", text):
        raise ValueError(f"„{text}“: Bitte ohne Tausendertrennzeichen.")
    if not re.fullmatch(r"[0-9]+", text):
        raise ValueError(f"„{text[:30]}“ ist keine ganze Zahl.")
    number = int(text[:20])
    if number > most:
        raise ValueError(f"{number} ist unmöglich viel.")
    return number


def decimal_number(cell: Cell, *, most: int = MOST_KM2) -> Decimal | None:
    """A measure with decimal comma or point; None where the cell is empty.

    A text with exactly three digits behind its only mark can be a thousand or a thousandth: refused.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        text = _plain(cell)
    else:
        text = _plain(cell)
        if re.fullmatch(r"[1-9][0-9]{0,2}([.,' \u00a0\u202f’][0-9]{3})+([.,][0-9]+)?", text):
            raise ValueError(f"„{text}“ ist nicht eindeutig: Bitte ohne Tausendertrennzeichen.")
    if not text:
        return None
    if not re.fullmatch(r"[0-9]+([.,][0-9]+)?", text):
        raise ValueError(f"„{text[:30]}“ ist keine Zahl.")
    number = Decimal(text.replace(",", "."))
    if number > most:
        raise ValueError(f"{text[:30]} ist unmöglich viel.")
    return number


def hectares(cell: Cell) -> Decimal | None:
    """An area in whole hectares as km²; None where the field is empty."""
    number = whole_number(cell, most=MOST_KM2 * 100)
    return None if number is None else Decimal(number) / 100


def coordinate(cell: Cell, name: str) -> float | None:
    """Degrees with decimal comma or point, `name` is `Breitengrad` or `Längengrad`; within Germany."""
    text = _plain(cell)
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,3}([.,][0-9]+)?", text):
        raise ValueError(f"„{text[:30]}“ ist kein {name}.")
    degrees = float(text.replace(",", "."))
    least, most = LATITUDES if name == "Breitengrad" else LONGITUDES
    if not least <= degrees <= most:
        raise ValueError(f"{name} {text} liegt nicht in Deutschland.")
    return degrees


def postcode(cell: Cell) -> str:
    """Five digits, or empty; numbers get back their leading zero."""
    text = _plain(cell)
    if not text:
        return ""
    if not re.fullmatch(r"[0-9]{4,5}", text) or int(text) < 1000:
        raise ValueError(f"„{text[:30]}“ ist keine Postleitzahl.")
    return text.zfill(5)


def date_of(text: str, order: str) -> date:
    """`("31032023", "dmy")`, `("310323", "dmy")` or `("20230331", "ymd")`.

    Two-digit years from 90 on are of the last century.
    """
    digits = text.strip()
    if not re.fullmatch(r"[0-9]{6}|[0-9]{8}", digits):
        raise ValueError(f"„{text[:30]}“ ist kein Datum.")
    if order == "ymd":
        year, month, day = int(digits[:-4]), int(digits[-4:-2]), int(digits[-2:])
    else:
        day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if year < 100:
        year += 1900 if year >= 90 else 2000
    if not 1990 <= year <= 2100:
        raise ValueError(f"„{text[:30]}“ ist kein Datum eines Verzeichnisses.")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"„{text[:30]}“ ist kein Datum.") from error


def date_in(text: str) -> date | None:
    """The first `31.12.2021` in a heading."""
    found = re.search(r"([0-9]{1,2})\.([0-9]{1,2})\.((?:19|20)[0-9]{2})(?![0-9])", text)
    if not found:
        return None
    return date_of(f"{int(found[1]):02}{int(found[2]):02}{found[3]}", "dmy")


def split_name(official: str) -> tuple[str, str]:
    """`Kelheim, St` → `("Kelheim", "Stadt")`: the part before the first comma, and what stands behind."""
    name, _, addition = official.partition(",")
    addition = addition.strip()
    return name.strip(), ADDITIONS.get(addition, addition)


def association_name(official: str) -> str:
    """The name without „, Stadt“ and „ (VGem)“; other commas list the members and stay."""
    official = official.removesuffix(" (VGem)")
    name, _, addition = official.rpartition(",")
    return name.strip() if addition.strip() in ("Stadt", "St", "Markt", "M") else official


def _plain(cell: Cell) -> str:
    """The cell as it reads: `7.0` of a spreadsheet is `7`."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        raise ValueError("Da steht ein Wahrheitswert.")
    if isinstance(cell, float):
        if cell != cell or cell in (float("inf"), float("-inf")):
            raise ValueError("Da steht keine Zahl.")
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    if not isinstance(cell, str | int):
        raise ValueError(f"Da steht keine Angabe des Verzeichnisses: „{str(cell)[:30]}“.")
    return str(cell).strip()
