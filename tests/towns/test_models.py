"""What the database itself refuses, and what towns say about themselves."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.builders import (
    LONG_AGO,
    make_actor,
    make_association,
    make_district,
    make_participating_town,
    make_seat,
    make_town,
    make_user,
)
from towns.models import Actor, Seat, SeatRole, SizeClass, Town, TownRevision

pytestmark = pytest.mark.django_db


def refused(make):
    """Whether the database refuses it."""
    try:
        with transaction.atomic():
            make()
    except IntegrityError:
        return True
    return False


def test_a_town_has_at_most_one_open_confirmed_mayor():
    town, amt = make_town(), make_association()
    for place in (town, amt):
        make_seat(make_user(f"a{place.pk}{place.name}@x.example"), place)
        other = make_user(f"b{place.pk}{place.name}@x.example")
        assert refused(lambda place=place, other=other: make_seat(other, place))
        assert not refused(lambda place=place, other=other: make_seat(other, place, confirmed_at=None))
        assert not refused(lambda place=place, other=other: make_seat(other, place, SeatRole.DEPUTY))
    Seat.objects.of_mayors().filter(town=town, confirmed_at__isnull=False).update(ended_at=LONG_AGO)
    assert not refused(lambda: make_seat(make_user("c@x.example"), town))


@pytest.mark.parametrize(
    "values",
    [
        {"town": None},
        {"association": "amt"},
        {"refused_at": LONG_AGO, "refusal_reason": "beides"},
        {"confirmed_at": None, "refused_at": LONG_AGO},
        {"ends_on": date(2024, 4, 30)},
    ],
)
def test_a_seat_that_makes_no_sense_is_refused(values):
    if values.get("association"):
        values = {"association": make_association()}
    user, town = make_user(), make_town()
    seat = Seat(user=user, town=town, role="rat", starts_on=date(2024, 5, 1), confirmed_at=LONG_AGO)
    for name, value in values.items():
        setattr(seat, name, value)
    assert refused(seat.save)


def test_the_same_request_twice_is_one(anna, auenlinden):
    assert refused(lambda: make_seat(anna, auenlinden, confirmed_at=None))


def test_the_ags_is_unique_among_the_current_towns_only():
    make_town("Alt", ags="12070424", valid_until=date(2024, 1, 1))
    make_town("Neu", ags="12070424")
    assert refused(lambda: make_town("Noch eine", ags="12070424"))


@pytest.mark.parametrize(
    "values",
    [
        {"is_demo": False},
        {"ags": "12070424", "is_demo": True},
        {"latitude": 51.0},
        {"latitude": 46.0, "longitude": 11.0},
        {"latitude": 51.0, "longitude": 1.0},
        {"small_town_decision": True},
        {"valid_until": date(2020, 1, 1)},
    ],
)
def test_a_town_that_makes_no_sense_is_refused(values):
    assert refused(lambda: make_town(**values))
    assert not refused(make_town)


@pytest.mark.parametrize(
    ("inhabitants", "expected"),
    [
        (0, 50),
        (4_999, 50),
        (5_000, 40),
        (9_999, 40),
        (10_000, 30),
        (19_999, 30),
        (20_000, 22),
        (49_999, 22),
        (50_000, 21),
        (99_999, 21),
        (100_000, 12),
        (499_999, 12),
        (500_000, 11),
    ],
)
def test_size_classes_begin_where_the_bbsr_says(inhabitants, expected):
    assert SizeClass.of_inhabitants(inhabitants) == expected


@pytest.mark.parametrize(
    ("values", "small"),
    [
        ({"size_class": 40}, True),
        ({"size_class": 30}, True),
        ({"size_class": 22}, False),
        ({"size_class": 50}, False),
        ({"size_class": None}, False),
        ({"size_class": 40, "bbsr_type": 50}, False),
        ({"size_class": 50, "bbsr_type": 40}, True),
        ({"size_class": 50, "bbsr_type": 50, "small_town_decision": True}, True),
        ({"size_class": 40, "small_town_decision": False}, False),
    ],
)
def test_the_hand_decides_before_the_type_and_the_type_before_the_size(values, small):
    reason = "Grundzentrum" if "small_town_decision" in values else ""
    town = make_town(small_town_reason=reason, **values)
    assert town.is_small is small
    assert Town.objects.small().exists() is small


def test_invented_names_say_what_tells_namesakes_apart():
    assert str(make_town("Neustadt", distinction="Kreis Unna")) == "Neustadt, Kreis Unna"
    assert str(make_town("Auenlinden")) == "Auenlinden"


def test_a_pause_hides_from_requests_until_its_last_day():
    town = make_participating_town(paused_until=date(2026, 12, 1))
    make_town("Nicht dabei")
    assert list(Town.objects.open_to_requests(date(2026, 12, 1))) == []
    assert list(Town.objects.open_to_requests(date(2026, 12, 2))) == [town]
    assert (town.is_pausing(date(2026, 12, 1)), town.is_pausing(date(2026, 12, 2))) == (True, False)


def test_a_page_of_history_never_changes():
    page = TownRevision.objects.create(town=make_town(), number=1, snapshot={"about": "Hier."})
    page.snapshot = {}
    with pytest.raises(TypeError):
        page.save()
    with pytest.raises(TypeError):
        TownRevision.objects.update(number=2)


def test_delegation_stays_in_town_and_is_not_passed_on(anna, auenlinden, kraehenfurt):
    principal = anna.seats.get()
    kind = {"role": "verwaltung", "starts_on": date(2024, 5, 1)}
    with pytest.raises(ValidationError, match="derselben Stadt"):
        Seat(town=kraehenfurt, on_behalf_of=principal, **kind).clean()
    first = Seat(town=auenlinden, on_behalf_of=principal, **kind)
    first.clean()
    first.save()
    with pytest.raises(ValidationError, match="nicht weitergeben"):
        Seat(town=auenlinden, on_behalf_of=first, **kind).clean()


@pytest.mark.parametrize(
    ("values", "readers"),
    [
        ({}, "anna bernd clara nina moni mara lou ada root gast"),
        ({"visibility": "netzwerk"}, "anna bernd clara moni mara lou ada root"),
        ({"visibility": "verborgen"}, "moni mara lou ada root"),
        ({"approved_at": None}, "moni mara lou ada root"),
        ({"hidden_at": LONG_AGO, "hidden_reason": "Werbung"}, "moni mara lou ada root"),
    ],
)
def test_who_sees_a_profile(cast, values, readers):
    actor = make_actor(**values)
    seen = [name for name, user in cast.items() if actor in Actor.objects.visible_to(user)]
    assert " ".join(seen) == readers


def test_everybody_sees_their_own_profile_and_a_seat_admits_it(anna, clara):
    own = make_actor("Anna Ahrens", account=anna, approved_at=None, visibility="netzwerk")
    assert list(Actor.objects.visible_to(clara)) == [own]
    anna.seats.update(ended_at=LONG_AGO)
    assert list(Actor.objects.visible_to(clara)) == []
    assert list(Actor.objects.visible_to(anna)) == [own]


@pytest.mark.parametrize(
    ("name", "kind", "label"),
    [
        ("Prignitz", "44", "Landkreis Prignitz"),
        ("Bodenseekreis", "44", "Bodenseekreis"),
        ("Unna", "43", "Kreis Unna"),
        ("Flensburg", "41", "Flensburg"),
    ],
)
def test_a_district_is_called_as_people_call_it(name, kind, label):
    assert str(make_district(name=name, kind=kind)) == label
