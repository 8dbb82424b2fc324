"""Reading a file of the Gemeindeverzeichnis, in whichever of its two forms it comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from towns.models import RegisterImport
from towns.register.excerpt import read_excerpt
from towns.register.gv100ad import read_gv100ad
from towns.register.problems import BrokenFile
from towns.register.records import Register
from towns.register.source import digest_of, open_source

SOURCE = "Statistisches Bundesamt (Destatis), Gemeindeverzeichnis-Informationssystem GV-ISys"


def read_register(
    path: Path, *, population_as_of: date | None = None, progress: Callable[[int], None] = lambda number: None
) -> Register:
    """The register in this file, sound and whole.

    `population_as_of` must be given where the file does not name the day of its population (the
    fixed-width form never does). Raises `BrokenFile`.
    """
    with open_source(path) as (form, stream):
        if form == "workbook":
            kind = RegisterImport.Kind.XLSX
            collector, as_of, counted = read_excerpt(stream, progress=progress)
            if counted and population_as_of and counted != population_as_of:
                raise BrokenFile(f"Die Datei nennt als Stand der Bevölkerung den {counted:%d.%m.%Y}.")
        else:
            kind, counted = RegisterImport.Kind.GV100AD, None
            collector, as_of = read_gv100ad(stream, progress=progress)
    counted = counted or population_as_of
    if counted is None:
        raise BrokenFile(
            "Die Datei nennt nicht, von welchem Tag ihre Bevölkerungszahlen sind. Bitte geben Sie ihn an: "
            "--population-date TT.MM.JJJJ"
        )
    return Register(
        kind=kind,
        source=SOURCE,
        file_name=path.name[:200],
        digest=digest_of(path),
        as_of=as_of,
        population_as_of=counted,
        districts=collector.districts,
        associations=collector.associations,
        towns=collector.towns,
    )
