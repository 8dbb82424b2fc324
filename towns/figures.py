"""„Auf einen Blick“ of a town: its official figures beside the median of all Kleinstädte, in words."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from foundation.kit.text import german_number
from towns.likeness import Structure, per_cent
from towns.models import SMALL_TOWN_CLASSES, Town

UNKNOWN = "nicht bekannt"
PER_HOUSE = 500  # inhabitants a house of the roofline stands for
MOST_HOUSES = 90
HOUSE = 11  # units wide


@dataclass(frozen=True)
class Figure:
    """One cell of the strip. `bar` is its length where 100 is the median; None draws none."""

    word: str
    value: str
    words: str = ""
    bar: int | None = None


def figures_of(town: Town, structure: Structure) -> list[Figure]:
    """Inhabitants, area, density, trend, size class and location; what is unknown says so."""
    traits = structure.traits.get(town.pk)
    medians = structure.medians
    found = [
        _compared("Einwohner:innen", town.inhabitants, medians.get("inhabitants"), ""),
        _compared("Fläche", town.area_km2 and float(town.area_km2), medians.get("area_km2"), "km²"),
        _compared("Dichte", town.density, medians.get("density"), "je km²"),
    ]
    if traits and traits.trend is not None:
        middle = f"Median {per_cent(medians['trend'])}" if "trend" in medians else ""
        found.append(Figure("Entwicklung im Jahr", per_cent(traits.trend), middle))
    size = town.get_bbsr_type_display() or town.get_size_class_display() or UNKNOWN
    found.append(Figure("Größenklasse", size, _why_small(town)))
    if town.location:
        found.append(Figure("Lage", town.get_location_display(), "nach Erreichbarkeit (BBSR)"))
    if town.regiostar:
        found.append(Figure("Raumtyp", town.get_regiostar_display(), "RegioStaR 7"))
    return found


def _compared(word: str, value: float | None, middle: float | None, unit: str) -> Figure:
    if value is None:
        return Figure(word, UNKNOWN)
    text = f"{_short(value)} {unit}".strip()
    if not middle:
        return Figure(word, text)
    ratio = value / middle
    if 0.95 <= ratio <= 1.05:
        said = "wie der Median"
    elif ratio > 1:
        said = f"das {german_number(round(ratio, 1) if ratio < 10 else round(ratio))}-Fache des Medians"
    else:
        said = f"{round(ratio * 100)}\u00a0% des Medians"
    return Figure(word, text, f"{said} ({_short(middle)})", min(200, round(ratio * 100)))


def _short(value: float) -> str:
    return german_number(round(value, 1) if value < 100 and value != int(value) else round(value))


def _why_small(town: Town) -> str:
    if town.small_town_decision is not None:
        said = "Kleinstadt" if town.small_town_decision else "keine Kleinstadt"
        return f"{said}, so entschieden: {town.small_town_reason}"
    if town.bbsr_type:
        return "Stadt- und Gemeindetyp des BBSR"
    if town.size_class in SMALL_TOWN_CLASSES or town.size_class:
        of_whom = "des ganzen Verbands" if town.association_id else "der Gemeinde"
        return f"nach Einwohner:innen {of_whom}"
    return ""


@dataclass(frozen=True)
class Roofline:
    """As many houses as the town has times 500 inhabitants, in one line of gables."""

    path: str
    width: int
    houses: int


def roofline_of(town: Town) -> Roofline | None:
    """The same town always has the same roofs; None where nobody knows how many live there."""
    if not town.inhabitants:
        return None
    houses = max(2, min(MOST_HOUSES, round(town.inhabitants / PER_HOUSE)))
    dice = Random(town.slug)  # noqa: S311 (drawing, not secrecy)
    half = HOUSE / 2
    line = ["M1 29"]
    for number in range(houses):
        eaves = 29 - dice.choice((8, 9, 10, 11, 12))
        ridge = dice.choice((4, 5, 6))
        if number == houses // 2:  # the tower of the town hall
            line.append(f"V14l{half:g}-12l{half:g} 12")
        elif dice.random() < 0.15:  # a mansard
            line.append(f"V{eaves}l2-3h{HOUSE - 4}l2 3")
        elif dice.random() < 0.12:  # a stepped gable
            line.append(f"V{eaves}h2.5v-3h2v-3h2v3h2v3h2.5")
        else:
            line.append(f"V{eaves}l{half:g}-{ridge}l{half:g} {ridge}")
    line.append("V29")
    return Roofline("".join(line), houses * HOUSE + 2, houses)
