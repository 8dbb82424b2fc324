"""Who belongs to the Netzwerk, who is a mayor, and which seats speak today."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from tests.builders import LONG_AGO, make_actor, make_association, make_seat, make_town, make_user
from towns.models import Seat, SeatRole, Town, in_network, is_mayor, mayors, network_people


def names(cast, people):
    return " ".join(name for name, user in cast.items() if user in set(people))


def test_the_network_are_seat_holders_and_staff(cast):
    assert names(cast, network_people()) == "anna bernd clara moni mara lou ada root"
    assert [name for name, user in cast.items() if not in_network(user)] == ["nina", "gast"]


def test_mayors_are_those_with_a_mayor_seat_and_no_staff(cast):
    assert names(cast, mayors()) == "anna clara"
    assert [name for name, user in cast.items() if is_mayor(user)] == ["anna", "clara"]


@pytest.mark.parametrize(
    ("profile", "belongs"),
    [
        ({}, True),
        ({"visibility": "verborgen"}, True),
        ({"approved_at": None}, False),
        ({"hidden_at": LONG_AGO, "hidden_reason": "Werbung"}, False),
    ],
)
def test_a_profile_leads_into_the_network_once_staff_approved_it(db, profile, belongs):
    nina = make_user("nina@institut.example")
    make_actor(account=nina, **profile)
    assert in_network(nina) is belongs


@pytest.mark.parametrize(
    ("seat", "speaks"),
    [
        ({}, True),
        ({"confirmed_at": None}, False),
        ({"confirmed_at": None, "refused_at": LONG_AGO, "refusal_reason": "unbekannt"}, False),
        ({"ended_at": LONG_AGO}, False),
        ({"starts_on": timezone.localdate()}, True),
        ({"starts_on": timezone.localdate() + timedelta(days=1)}, False),
        ({"ends_on": timezone.localdate()}, True),
        ({"ends_on": timezone.localdate() - timedelta(days=1)}, False),
    ],
)
def test_a_seat_speaks_only_while_it_is_current(db, seat, speaks):
    town, nina = make_town(), make_user()
    made = make_seat(nina, town, **seat)
    assert (made in Seat.objects.current()) is speaks
    assert (nina in network_people(), nina in mayors()) == (speaks, speaks)
    assert (town in Town.objects.spoken_for_by(nina)) is speaks


def test_a_locked_account_loses_everything(anna):
    anna.is_active = False
    anna.save()
    assert not in_network(anna)
    assert list(mayors()) == []
    assert list(Seat.objects.current()) == []


def test_who_acts_on_behalf_loses_the_rights_with_the_principal(anna, auenlinden):
    assistant = make_user("emil@auenlinden.example")
    principal = anna.seats.get()
    make_seat(assistant, auenlinden, SeatRole.ADMINISTRATION, on_behalf_of=principal)
    assert in_network(assistant)
    assert not is_mayor(assistant)
    principal.ended_at = timezone.now()
    principal.save()
    assert not in_network(assistant)


def test_a_seat_of_the_association_speaks_for_its_towns(db):
    amt = make_association()
    inside = make_town("Innendorf", association=amt)
    outside = make_town("Außendorf")
    head = make_user()
    make_seat(head, amt)
    assert list(Town.objects.spoken_for_by(head)) == [inside]
    assert Seat.objects.current().speaking_for(inside).count() == 1
    assert Seat.objects.current().speaking_for(outside).count() == 0
    assert is_mayor(head)


def test_strangers_speak_for_nothing(auenlinden):
    assert list(Town.objects.spoken_for_by(AnonymousUser())) == []
    assert not in_network(AnonymousUser())


def test_the_question_costs_one_query_and_none_for_strangers_and_staff(anna, moni, django_assert_num_queries):
    with django_assert_num_queries(1):
        in_network(anna)
    with django_assert_num_queries(0):
        in_network(moni)
        in_network(AnonymousUser())


def test_a_term_is_asked_for_any_day(db):
    seat = make_seat(make_user(), make_town(), starts_on=date(2020, 1, 1), ends_on=date(2024, 12, 31))
    assert list(Seat.objects.current(date(2024, 12, 31))) == [seat]
    assert list(Seat.objects.current(date(2025, 1, 1))) == []


def many_faces(auenlinden):
    """People in every state a seat or a profile can be in, and what they belong to: (Netzwerk, mayor)."""
    today = timezone.localdate()
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    seats = {
        "mayor": ({}, (True, True)),
        "deputy": ({"role": SeatRole.DEPUTY}, (True, False)),
        "asked": ({"confirmed_at": None}, (False, False)),
        "refused": ({"confirmed_at": None, "refused_at": LONG_AGO, "refusal_reason": "x"}, (False, False)),
        "ended": ({"ended_at": LONG_AGO}, (False, False)),
        "future": ({"starts_on": tomorrow}, (False, False)),
        "from today": ({"starts_on": today}, (True, True)),
        "expired": ({"ends_on": yesterday}, (False, False)),
        "last day": ({"ends_on": today}, (True, True)),
    }
    profiles = {
        "approved": ({}, (True, False)),
        "approved, hidden from all": ({"visibility": "verborgen"}, (True, False)),
        "not approved": ({"approved_at": None}, (False, False)),
        "approved, taken down": ({"hidden_at": LONG_AGO, "hidden_reason": "x"}, (False, False)),
        "organisation": ({"form": "organisation"}, (True, False)),
    }
    for number, (name, (values, belongs)) in enumerate(seats.items()):
        user = make_user(f"s{number}@stadt.example")
        make_seat(user, make_town(f"Ort {number}"), **{"role": SeatRole.MAYOR} | values)
        yield name, user, belongs
    for number, (name, (values, belongs)) in enumerate(profiles.items()):
        user = make_user(f"p{number}@stadt.example")
        make_actor(f"Profil {number}", account=user, **values)
        yield name, user, belongs
    both = make_user("both@stadt.example")
    make_actor("Beides", account=both)
    make_seat(both, make_town("Vorbei"), ends_on=yesterday)
    yield "approved, seat expired", both, (True, False)
    locked = make_user("locked@stadt.example", is_active=False)
    make_seat(locked, make_town("Gesperrt"))
    make_actor("Gesperrt", account=locked)
    yield "locked", locked, (False, False)
    yield "staff, locked", make_user("l@akademie.example", is_staff=True, is_active=False), (False, False)
    yield "staff", make_user("s@akademie.example", is_staff=True), (True, False)
    late = make_seat(make_user("late@stadt.example"), make_town("Spät"), ends_on=yesterday)
    assistant = make_user("assistant@stadt.example")
    make_seat(assistant, late.town, SeatRole.ADMINISTRATION, on_behalf_of=late)
    yield "on behalf of an expired seat", assistant, (False, False)


def test_everybody_in_every_state(auenlinden):
    people = list(many_faces(auenlinden))
    found = {name: (in_network(user), is_mayor(user)) for name, user, _ in people}
    assert found == {name: belongs for name, _, belongs in people}
    network, heads = set(network_people()), set(mayors())
    assert {name: (user in network, user in heads) for name, user, _ in people} == found


def test_everybody_sees_a_network_profile_exactly_if_in_the_network(auenlinden, client):
    make_actor("Ines Institut", visibility="netzwerk")
    seen = {}
    people = list(many_faces(auenlinden))
    for name, user, _ in people:
        client.force_login(user)
        seen[name] = client.get("/akteure/ines-institut/").status_code == 200
    assert seen == {name: belongs[0] for name, _, belongs in people}
