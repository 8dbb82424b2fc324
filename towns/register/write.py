"""Writing a difference: rows, figures, ends and successions, in one transaction."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, models, transaction

from foundation.kit.pagecache import content_changed
from towns.models import Figures, Land, RegisterImport, Succession, Town
from towns.register.changes import Change
from towns.register.difference import Difference, association_key, compare, newest_vintage, values_of
from towns.register.naming import slugs_for
from towns.register.records import Register
from towns.register.units import end_units, write_units

BATCH = 500


@transaction.atomic
def import_register(
    register: Register,
    changes: list[Change] = (),
    *,
    many_may_go: bool = False,
    progress: Callable[[int], None] = lambda number: None,
) -> tuple[Difference, RegisterImport | None]:
    """Bring a register into the database, all or nothing; the same one again writes nothing.

    Two at once wait for each other. Returns the difference and the import row, None if nothing had
    to be written. What towns say about themselves is never touched. Raises `BrokenFile`.
    """
    laender = Land.objects.all_sixteen()
    list(Land.objects.select_for_update().order_by("pk"))  # the door: whoever comes next waits here
    difference = compare(register, changes, many_may_go=many_may_go)
    newer = register.complete and newest_vintage() != register.as_of
    figures = _figures_to_write(difference)
    if difference.is_empty and not figures and not newer:
        return difference, None
    source = RegisterImport.objects.create(
        kind=register.kind,
        source=register.source,
        file_name=register.file_name,
        digest=register.digest,
        as_of=register.as_of,
        population_as_of=register.population_as_of,
        counts=difference.counts,
    )
    districts, associations = write_units(difference.units, register, laender)
    _update_towns(difference, source, districts, associations, progress)
    _create_towns(difference, source, laender, districts, associations, progress)
    _end_towns(difference)
    end_units(difference.units, register)
    if figures:  # now that every municipality has a row
        _write_figures(_figures_to_write(difference), source)
    content_changed()
    return difference, source


@transaction.atomic
def import_figures(register: Register) -> tuple[int, RegisterImport | None]:
    """Only the figures of a vintage, old ones too, for municipalities that exist under the same AGS.

    Returns how many rows were written and the import row, None if there was nothing to write.
    """
    list(Land.objects.select_for_update().order_by("pk"))
    rows = _figures_to_write(Difference(register, {}, kept=_known(register)))
    if not rows:
        return 0, None
    source = RegisterImport.objects.create(
        kind=RegisterImport.Kind.FIGURES,
        source=register.source,
        file_name=register.file_name,
        digest=register.digest,
        as_of=register.as_of,
        population_as_of=register.population_as_of,
        counts={"Strukturwerte": len(rows)},
    )
    _write_figures(rows, source)
    content_changed()
    return len(rows), source


def _known(register: Register):
    current = Town.objects.of_the_register().filter(valid_until__isnull=True)
    return [(town, register.towns[town.ags]) for town in current if town.ags in register.towns]


def _update_towns(difference, source, districts, associations, progress) -> None:
    """Write what changed; every municipality that stays points at the newest register."""
    fresh = {town.pk for town, _ in difference.returned}
    due = {town.pk: (town, record) for town, record in difference.revised + difference.moved}
    due |= {town.pk: (town, record) for town, record in difference.rekeyed + difference.returned}
    rows = []
    for town, record in due.values():
        values = values_of(record, difference, town)
        values["district_id"] = districts.get(record.ags[:5])
        values["association_id"] = associations.get(association_key(record, difference.register))
        values["valid_until"] = None if town.pk in fresh else town.valid_until
        rows.append((town.pk, values))
    update_rows(Town, rows, progress)
    if difference.register.complete:
        stay = Town.objects.of_the_register().filter(valid_until__isnull=True)
        stay.exclude(register=source).update(register=source)
    else:
        Town.objects.filter(pk__in=due).update(register=source)


def update_rows(
    model: type[models.Model], rows: list[tuple[int, dict]], progress=lambda number: None
) -> None:
    """Set the same columns in many rows, by their keys; all values must name the same columns.

    One prepared statement for all: `bulk_update` writes one CASE per column and is far slower.
    """
    if not rows:
        return
    fields = [model._meta.get_field(name) for name in rows[0][1]]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE id = %s"  # noqa: S608 (our names)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]
            parameters = [
                [
                    *(
                        field.get_db_prep_save(value, connection)
                        for field, value in zip(fields, values.values(), strict=True)
                    ),
                    key,
                ]
                for key, values in part
            ]
            cursor.executemany(statement, parameters)
            progress(start + len(part))


def _create_towns(difference, source, laender, districts, associations, progress) -> None:
    register = difference.register
    slugs = slugs_for(
        difference.created,
        difference.distinctions,
        Town.objects.values_list("slug", flat=True),
    )
    rows = [
        Town(
            slug=slugs[record.ags],
            land=laender[record.ags[:2]],
            district_id=districts.get(record.ags[:5]),
            association_id=associations.get(association_key(record, register)),
            register=source,
            valid_from=register.as_of,
            **values_of(record, difference),
        )
        for record in difference.created
    ]
    for start in range(0, len(rows), BATCH):
        Town.objects.bulk_create(rows[start : start + BATCH])
        progress(start + BATCH)


def _end_towns(difference: Difference) -> None:
    """Dissolved ones end with this register, merged ones on the day that the change file names."""
    gone = [town.pk for town in difference.dissolved]
    Town.objects.filter(pk__in=gone).update(valid_until=difference.register.as_of)
    current = Town.objects.of_the_register().filter(valid_until__isnull=True)
    for town, change in difference.merged:
        Town.objects.filter(pk=town.pk).update(valid_until=change.since)
        Succession.objects.update_or_create(
            predecessor=town,
            successor=current.get(ags=change.new),
            defaults={"since": change.since, "note": change.note},
        )


def _figures_to_write(difference: Difference) -> list[tuple[int | None, list]]:
    """(row key, values) of the register's year that are missing or differ; None for rows still to come."""
    register = difference.register
    year = register.population_as_of.year
    known = {
        town: rest
        for town, *rest in Figures.objects.of_year(year).values_list(
            "town", "as_of", "inhabitants", "male", "area_km2"
        )
    }
    ids = dict(Town.objects.of_the_register().filter(valid_until__isnull=True).values_list("ags", "pk"))
    ids |= {record.ags: town.pk for town, record in difference.pairs}
    found = []
    for ags, record in register.towns.items():
        if not record.is_municipality or record.inhabitants is None:
            continue
        wanted = [register.population_as_of, record.inhabitants, record.male, record.area_km2]
        town = ids.get(ags)
        if town is None or known.get(town) != wanted:
            found.append((town, wanted))
    return found


def _write_figures(wanted: list, source: RegisterImport) -> None:
    rows = []
    for town, (as_of, inhabitants, male, area) in wanted:
        density = round(inhabitants / float(area), 2) if area else None
        rows.append(
            Figures(
                town_id=town,
                year=as_of.year,
                as_of=as_of,
                inhabitants=inhabitants,
                male=male,
                area_km2=area,
                density=density,
                register=source,
            )
        )
    Figures.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["town", "year"],
        update_fields=["as_of", "inhabitants", "male", "area_km2", "density", "register"],
    )
