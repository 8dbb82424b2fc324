"""The towns of the pilot phase from a content file: what the platform knows before any register."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml
from django.db import transaction

from towns.models import Project, RegisterImport, Town
from towns.register.difference import newest_vintage
from towns.register.records import (
    NO_ASSOCIATION,
    AssociationRecord,
    DistrictRecord,
    Register,
    TownRecord,
)
from towns.register.source import digest_of
from towns.register.write import import_register

PILOT_TOWNS = Path(__file__).resolve().parent.parent / "content" / "pilotstaedte.yaml"
PROJECT_SOURCE = "Kleinstadtakademie, Modellvorhaben der Pilotphase"


@transaction.atomic
def load_pilot_towns(path: Path = PILOT_TOWNS) -> int:
    """Make the towns of the file with their projects, once; returns how many towns are new.

    Where a whole register has been read its facts stand and only projects are added. A file that was
    loaded before does nothing, so what editors changed or deleted stays so.
    """
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 (text only)
    register = register_of(content, path)
    if RegisterImport.objects.filter(kind=register.kind, digest=register.digest).exists():
        return 0
    if newest_vintage() is None:
        difference, _source = import_register(register)
        created = len(difference.created)
    else:
        created = 0
        RegisterImport.objects.create(
            kind=register.kind,
            source=register.source,
            file_name=register.file_name,
            digest=register.digest,
            as_of=register.as_of,
            population_as_of=register.population_as_of,
        )
    for project in content["projects"]:
        _add_project(project)
    return created


def register_of(content: dict, path: Path) -> Register:
    """The content file as a register that does not claim to be whole."""
    register = Register(
        kind=RegisterImport.Kind.CONTENT,
        source=content["source"],
        file_name=path.name,
        digest=digest_of(path),
        as_of=date.fromisoformat(content["as_of"]),
        population_as_of=date.fromisoformat(content["population_as_of"]),
        complete=False,
    )
    for row in content["districts"]:
        register.districts[row["key"]] = DistrictRecord(row["key"], row["name"], row["kind"])
    for row in content["associations"]:
        register.associations[row["key"]] = AssociationRecord(
            row["key"], row["name"], row["kind"], inhabitants=int(row["inhabitants"])
        )
    for row in content["towns"]:
        ars = row["ars"]
        town = TownRecord(
            ags=ars[:5] + ars[9:],
            ars=ars,
            official_name=row["name"],
            kind=row["kind"],
            area_km2=Decimal(row["area"]),
            inhabitants=int(row["inhabitants"]),
            male=int(row["male"]),
            postcode=row["postcode"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            slug=row["slug"],
            distinction=row.get("distinction", ""),
        )
        register.towns[town.ags] = town
        alone = AssociationRecord(ars[:9], town.official_name, NO_ASSOCIATION, "", town.inhabitants)
        register.associations.setdefault(ars[:9], alone)
    return register


def _add_project(content: dict) -> None:
    first, _, last = content.get("years", "").partition("-")
    towns = Town.objects.current().of_the_register()
    for town in towns.filter(ags__in=content["towns"]):
        Project.objects.get_or_create(
            town=town,
            title=content["title"],
            defaults={
                "summary": content["summary"],
                "year_from": int(first) if first else None,
                "year_to": int(last) if last else None,
                "url": content["url"],
                "source": PROJECT_SOURCE,
            },
        )
