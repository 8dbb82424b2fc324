"""Who may look at whom: imports, foreign keys and reverse accessors against the floors."""

import pytest
from django.apps import apps

from tests.architecture import (
    FLOORS,
    ROOT,
    Offence,
    accessor_offences,
    import_offences,
    may_know,
    relation_offences,
    room_of,
    source_files,
)


def _relations():
    """(room, place, target room) of every relation between models of ours."""
    for model in apps.get_models(include_auto_created=True):
        room = room_of(model.__module__)
        for field in model._meta.get_fields():
            if not room or field.auto_created or not field.is_relation or not field.related_model:
                continue
            target = room_of(field.related_model.__module__)
            if target:
                yield room, f"{model.__name__}.{field.name}", target


def _accessors():
    """Name → room that brought it, for reverse accessors from a room above the model."""
    found = {}
    for model in apps.get_models():
        room = room_of(model.__module__)
        for field in model._meta.get_fields():
            if room and field.auto_created and field.is_relation and not field.concrete:
                other = room_of(field.related_model.__module__)
                name = field.get_accessor_name()
                if other and name and not may_know(room, other):
                    found[name] = other
    return found


def test_rooms_import_only_downwards():
    files = list(source_files())
    offences = [
        offence
        for room, path in files
        for offence in import_offences(room, str(path.relative_to(ROOT)), path.read_text())
    ]
    assert len(files) > 40
    assert offences == []


def test_relations_point_only_downwards():
    relations = list(_relations())
    assert ("formats", "Format.published", "formats") in relations
    assert relation_offences(relations) == []


def test_nobody_uses_what_a_room_above_hung_on_its_models():
    accessors = _accessors()
    offences = [
        offence
        for room, path in source_files()
        for offence in accessor_offences(room, str(path.relative_to(ROOT)), path.read_text(), accessors)
    ]
    assert offences == []


@pytest.mark.parametrize(
    ("room", "source", "knows"),
    [
        ("formats", "import exchange.models", "exchange.models"),
        ("formats", "def f():\n    from towns.models import Town", "towns.models"),
        ("foundation.kit", "from foundation.people import models", "foundation.people"),
        ("foundation.people", "from django.apps import apps\napps.get_model('towns.Town')", "towns.Town"),
        ("towns", "from importlib import import_module\nimport_module('akademie.urls')", "akademie.urls"),
        ("exchange", "from events import models", "events"),
    ],
)
def test_a_planted_import_upwards_or_sideways_is_found(room, source, knows):
    assert knows in {offence.knows for offence in import_offences(room, "planted.py", source)}


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("exchange", "from towns.models import Town\nfrom formats.models import Format"),
        ("formats", "from foundation.kit.text import german_slug\nimport formats.models"),
        ("akademie", "import events.models"),
    ],
)
def test_an_import_downwards_is_fine(room, source):
    assert import_offences(room, "planted.py", source) == []


def test_a_planted_foreign_key_upwards_or_sideways_is_found():
    planted = [
        ("formats", "Format.town", "towns"),
        ("foundation.topics", "Topic.format", "formats"),
        ("exchange", "Thread.format", "formats"),
    ]
    assert relation_offences(planted) == [
        Offence("formats", "towns", "Format.town"),
        Offence("foundation.topics", "formats", "Topic.format"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "town.threads.all()",
        "Town.objects.filter(threads__solved=True)",
        "Town.objects.order_by('threads__pk')",
    ],
)
def test_a_planted_reverse_accessor_is_found(source):
    assert accessor_offences("towns", "planted.py", source, {"threads": "exchange"}) != []
    assert accessor_offences("exchange", "planted.py", source, {"threads": "exchange"}) == []


def test_each_room_stands_on_one_floor():
    rooms = [room for floor in FLOORS for room in floor]
    assert len(rooms) == len(set(rooms))
