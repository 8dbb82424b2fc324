"""Demo content: invented, labelled, never in production."""

from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from akademie.demo import PASSWORD, PEOPLE, TOWNS
from formats.models import Correction, Vote
from foundation.people.models import User
from foundation.people.roles import Role
from towns.models import Offer, Seat, Town

REGISTER = Path(__file__).resolve().parents[3] / "shared" / "data" / "AuszugGV1QAktuell.xlsx"

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEBUG = True
    call_command("loadformats", verbosity=0)
    call_command("loaddemo")


def test_loading_twice_makes_everything_once(demo):
    call_command("loaddemo")
    assert User.objects.count() == len(PEOPLE)
    assert (Correction.objects.count(), Vote.objects.count()) == (2, 6)
    assert (Town.objects.count(), Seat.objects.current().count(), Offer.objects.count()) == (2, 3, 4)


def test_everybody_and_everything_says_that_it_is_an_example(demo):
    assert all(user.is_demo and "(Beispiel)" in user.name for user in User.objects.all())
    assert all(user.email.endswith(".example") for user in User.objects.all())
    assert all(note.text.startswith("Beispiel:") for note in Correction.objects.all())
    assert all(town.is_demo and "(Beispiel)" in town.addition for town in Town.objects.all())
    assert all(offer.text.startswith("Beispiel:") for offer in Offer.objects.all())


def test_the_printed_accounts_open_their_doors(demo, client, capsys):
    call_command("loaddemo")
    printed = capsys.readouterr().out
    doors = {Role.EDITOR: "/redaktion/formats/format/add/", Role.ADMINISTRATOR: "/redaktion/people/user/"}
    for person in PEOPLE:
        assert person.email in printed
        client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
        for role, door in doors.items():
            assert (client.get(door).status_code == 200) == (role in person.roles)
        client.post("/konto/abmelden/")


def test_production_never_loads_it(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError):
        call_command("loaddemo")
    assert User.objects.count() == 0


@pytest.mark.skipif(not REGISTER.exists(), reason="the official register is not beside this checkout")
def test_no_invented_town_bears_the_name_of_a_real_one():
    book = openpyxl.load_workbook(REGISTER, read_only=True)
    sheet = next(sheet for sheet in book if sheet.title.startswith("Onlineprodukt_Gemeinden"))
    names = {
        str(row[7]).split(",")[0].strip().lower()
        for row in sheet.iter_rows(min_row=7, values_only=True)
        if row[7]
    }
    book.close()
    assert len(names) > 9_000
    assert not {town.lower() for town in TOWNS} & names
