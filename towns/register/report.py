"""The difference report in German, for the terminal and for whoever reads it afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from towns.register.difference import Difference, named
from towns.register.records import NO_ASSOCIATION
from towns.register.units import Unit

# So many lines of each kind, unless everything is asked for.
MOST_LINES = 12


def report_lines(difference: Difference, *, everything: bool = False) -> Iterator[str]:
    """Counts first, then who is new, gone, renamed or moved, each kind in the order of the keys."""
    register = difference.register
    yield (
        f"Gebietsstand {register.as_of:%d.%m.%Y}, Bevölkerung vom {register.population_as_of:%d.%m.%Y}: "
        f"{len(register.towns)} Gemeinden und gemeindefreie Gebiete"
    )
    if difference.is_empty:
        yield "Kein Unterschied zu dem, was die Plattform kennt."
        return
    first = not difference.kept and not difference.rekeyed
    sections: list[tuple[str, Iterable[str]]] = [
        ("Neu", () if first else (f"{each.ags} {each.official_name}" for each in difference.created)),
        ("Wieder im Verzeichnis", (f"{record.ags} {town}" for town, record in difference.returned)),
        (
            "Neuer Schlüssel",
            (f"{town.ags} → {record.ags} {town.official_name}" for town, record in difference.rekeyed),
        ),
        (
            "Umbenannt",
            (
                f"{record.ags} {town.official_name} → {named(town, record)}"
                for town, record in difference.renamed
            ),
        ),
        (
            "Anderer Verband oder Kreis",
            (
                f"{record.ags} {town.official_name}: {_move(town, record, difference)}"
                for town, record in difference.moved
            ),
        ),
        (
            "Aufgegangen",
            (
                f"{town.ags} {town.official_name} → {change.new} seit {change.since:%d.%m.%Y}"
                for town, change in difference.merged
            ),
        ),
        (
            "Aufgelöst, ohne genannte Nachfolgerin",
            (
                f"{town.ags} {town.official_name}"
                + (f" (vermutlich zu {difference.hints[town.ags]})" if town.ags in difference.hints else "")
                for town in difference.dissolved
            ),
        ),
        ("Kreise und Verbände neu", () if first else (_unit(each) for each in difference.units.created)),
        ("Kreise und Verbände nicht mehr", (_unit(each) for each in difference.units.gone)),
    ]
    if first:
        yield f"Erste Füllung: {len(difference.created)} neu."
    else:
        yield f"Andere Angaben (Einwohner:innen, Fläche, Namen …): {len(difference.revised)}"
    for title, lines in sections:
        found = sorted(lines)
        if found:
            yield f"{title}: {len(found)}"
            shown = found if everything else found[:MOST_LINES]
            yield from (f"  {line}" for line in shown)
            if len(shown) < len(found):
                yield f"  … und {len(found) - len(shown)} weitere (alle: --everything)"


def _move(town, record, difference: Difference) -> str:
    register = difference.register
    old = [town.association or "ohne Verband", town.district or "ohne Kreis"]
    association, district = register.associations[record.ars[:9]], register.districts.get(record.ags[:5])
    new = [
        association.official_name if association.kind != NO_ASSOCIATION else "ohne Verband",
        district.official_name if district else "ohne Kreis",
    ]
    return f"{old[0]} ({old[1]}) → {new[0]} ({new[1]})"


def _unit(unit: Unit) -> str:
    return f"{unit.key} {unit.official_name}"
