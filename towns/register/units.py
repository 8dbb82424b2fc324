"""Kreise and Gemeindeverbände: what a register changes in them, and writing it."""

from __future__ import annotations

from dataclasses import dataclass, field

from towns.models import Association, District, Land
from towns.register.records import NO_ASSOCIATION, AssociationRecord, DistrictRecord, Register
from towns.register.values import association_name, split_name

Unit = District | Association
Record = DistrictRecord | AssociationRecord


@dataclass
class UnitDifference:
    """New records, (row, record) of changed ones, and rows that a whole register no longer names."""

    created: list[Record] = field(default_factory=list)
    changed: list[tuple[Unit, Record]] = field(default_factory=list)
    gone: list[Unit] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.created) + len(self.changed) + len(self.gone)


def compare_units(register: Register) -> UnitDifference:
    """Kreise before Gemeindeverbände, by key (two queries)."""
    difference = UnitDifference()
    verbaende = {k: r for k, r in register.associations.items() if r.kind != NO_ASSOCIATION}
    for model, wanted in ((District, register.districts), (Association, verbaende)):
        current = {row.key: row for row in model.objects.current()}
        for key, record in wanted.items():
            if key not in current:
                difference.created.append(record)
            elif any(getattr(current[key], k) != v for k, v in unit_values(record, current[key]).items()):
                difference.changed.append((current[key], record))
        if register.complete:
            difference.gone += [row for key, row in current.items() if key not in wanted]
    return difference


def unit_values(record: Record, row: Unit | None = None) -> dict:
    """Column → value as the register wants it; what it does not know stays as `row` has it."""
    values = {"official_name": record.official_name, "kind": record.kind, "seat": record.seat}
    if isinstance(record, AssociationRecord):
        values |= {"name": association_name(record.official_name), "inhabitants": record.inhabitants}
    else:
        values["name"] = split_name(record.official_name)[0]
    if row:
        values["seat"] = record.seat or row.seat
        if values.get("inhabitants", 0) is None:
            values["inhabitants"] = row.inhabitants
    return values


def write_units(
    difference: UnitDifference, register: Register, laender: dict[str, Land]
) -> tuple[dict[str, int], dict[str, int]]:
    """Store the difference; returns key → row key of the current Kreise and Gemeindeverbände.

    What is gone gets its end only: `end_units`, after no municipality points at it any longer.
    """
    for row, record in difference.changed:
        for name, value in unit_values(record, row).items():
            setattr(row, name, value)
        row.save()
    districts = [record for record in difference.created if isinstance(record, DistrictRecord)]
    District.objects.bulk_create(
        District(
            key=record.key, land=laender[record.key[:2]], valid_from=register.as_of, **unit_values(record)
        )
        for record in districts
    )
    by_key = dict(District.objects.current().values_list("key", "pk"))
    Association.objects.bulk_create(
        Association(
            key=record.key,
            district_id=by_key[record.key[:5]],
            valid_from=register.as_of,
            **unit_values(record),
        )
        for record in difference.created
        if isinstance(record, AssociationRecord)
    )
    return by_key, dict(Association.objects.current().values_list("key", "pk"))


def end_units(difference: UnitDifference, register: Register) -> None:
    """Note since when the vanished Kreise and Gemeindeverbände are no longer in the register."""
    for model in (District, Association):
        keys = [row.pk for row in difference.gone if isinstance(row, model)]
        model.objects.filter(pk__in=keys).update(valid_until=register.as_of)
