"""The pilot towns: official facts without any file, and what later registers make of them."""

from datetime import date
from io import StringIO

import pytest
import yaml
from django.core.management import call_command

from tests.towns.register_files import REAL, write_excerpt
from towns.models import Project, RegisterImport, Town
from towns.register.pilot import PILOT_TOWNS, load_pilot_towns, register_of
from towns.register.read import read_register
from towns.register.write import import_register


def content():
    return yaml.load(PILOT_TOWNS.read_text(), Loader=yaml.BaseLoader)


def test_the_towns_of_the_five_known_projects_stand_there_with_source_and_date(db):
    said = StringIO()
    call_command("loadtowns", stdout=said)
    assert said.getvalue() == "22 pilot towns new.\n"
    assert Town.objects.current().count() == 22
    wittenberge = Town.objects.get(slug="wittenberge")
    assert (wittenberge.ags, wittenberge.inhabitants, wittenberge.inhabitants_as_of) == (
        "12070424",
        16_682,
        date(2021, 12, 31),
    )
    assert "Destatis" in wittenberge.register.source
    assert wittenberge.register.as_of == date(2023, 3, 31)
    project = wittenberge.projects.get()
    assert (project.period, project.source) == (
        "2021–2023",
        "Kleinstadtakademie, Modellvorhaben der Pilotphase",
    )
    assert Project.objects.values("title").distinct().count() == 5
    assert Town.objects.participating().count() == 0


def test_loading_twice_does_nothing_and_respects_editors(db):
    load_pilot_towns()
    Project.objects.filter(town__slug="penkun").delete()
    assert load_pilot_towns() == 0
    assert (Town.objects.count(), Project.objects.count()) == (22, 21)


def test_after_a_register_only_the_projects_are_new(db, tmp_path):
    import_register(read_register(write_excerpt(tmp_path / "a.xlsx")))
    assert load_pilot_towns() == 0
    assert (Town.objects.count(), Project.objects.count()) == (20, 0)
    assert RegisterImport.objects.filter(kind="inhalt").count() == 1


@pytest.mark.skipif(not REAL.exists(), reason="the official register is not beside this checkout")
def test_the_facts_are_those_of_the_register(db):
    real, ours = read_register(REAL), register_of(content(), PILOT_TOWNS)
    for ags, town in ours.towns.items():
        theirs = real.towns[ags]
        for name in ("ars", "official_name", "kind", "area_km2", "inhabitants", "male", "postcode"):
            assert getattr(town, name) == getattr(theirs, name)
        assert (town.latitude, town.longitude) == (theirs.latitude, theirs.longitude)
        assert ours.districts[ags[:5]] == real.districts[ags[:5]]
        unit = ours.associations[town.ars[:9]]
        assert unit.inhabitants == real.associations[town.ars[:9]].inhabitants
        assert unit.kind == real.associations[town.ars[:9]].kind


@pytest.mark.skipif(not REAL.exists(), reason="the official register is not beside this checkout")
def test_the_whole_register_takes_the_pilot_towns_up_as_they_are(db):
    load_pilot_towns()
    before = {town.ags: (town.pk, town.slug, town.label) for town in Town.objects.all()}
    difference, _ = import_register(read_register(REAL))
    assert len(difference.created) == 10_982 - 22
    assert difference.renamed == difference.moved == difference.revised == []
    assert {
        town.ags: (town.pk, town.slug, town.label) for town in Town.objects.filter(ags__in=before)
    } == before
