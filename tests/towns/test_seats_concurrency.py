"""Seats, claims and messages at the same moment, with real threads and transactions, on PostgreSQL."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from foundation.notices.models import Mail
from foundation.people.models import User
from tests.builders import LONG_AGO, make_actor, make_association, make_seat, make_user
from tests.formats.test_concurrency import at_once
from tests.towns.walks import client_of
from towns.actions.actors import approve_actor, claim, invite
from towns.actions.contact import answer_message, send_message
from towns.actions.seats import ask_for_seat, confirm_seat, end_seat, refuse_seat
from towns.models import Actor, ActorInvitation, ContactMessage, Land, Seat, SeatRole, Town

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
]
TODAY = timezone.localdate()


@pytest.fixture
def town():
    """Made without the register: a test that empties the database has no Länder from migrations."""
    land, _ = Land.objects.get_or_create(
        key="12", defaults={"name": "Brandenburg", "slug": "brandenburg", "short": "BB"}
    )
    return Town.objects.create(
        name="Auenlinden",
        official_name="Auenlinden, Stadt",
        slug="auenlinden",
        kind="63",
        land=land,
        valid_from=TODAY,
        is_demo=True,
    )


@pytest.fixture
def staff():
    """Two who may confirm, without role groups."""
    people = [make_user(f"{name}@akademie.example", is_staff=True) for name in ("moni", "mila")]
    right = Permission.objects.get(codename="confirm_seat")
    for person in people:
        person.user_permissions.add(right)
    return people


def fresh(user):
    return User.objects.get(pk=user.pk)


def kinds(results):
    return sorted(type(result).__name__ for result in results)


def test_of_two_mayors_confirmed_at_once_one_is_told(town, staff):
    rivals = [make_user(f"r{n}@stadt.example", name=f"R {n}") for n in range(2)]
    seats = [make_seat(user, town, confirmed_at=None, starts_on=TODAY) for user in rivals]
    results = at_once(
        *(
            lambda seat=seat, by=by: confirm_seat(seat, by=fresh(by))
            for seat, by in zip(seats, staff, strict=True)
        )
    )
    assert kinds(results) == ["Seat", "ValidationError"]
    assert Seat.objects.current().of_mayors().count() == 1


def test_the_same_in_a_verband(staff):
    Land.objects.get_or_create(
        key="12", defaults={"name": "Brandenburg", "slug": "brandenburg", "short": "BB"}
    )
    amt = make_association()
    seats = [
        make_seat(make_user(f"r{n}@amt.example"), amt, confirmed_at=None, starts_on=TODAY) for n in range(2)
    ]
    results = at_once(*(lambda seat=seat: confirm_seat(seat, by=fresh(staff[0])) for seat in seats))
    assert kinds(results) == ["Seat", "ValidationError"]


def test_one_request_is_answered_once(town, staff):
    seat = make_seat(make_user(name="Nina"), town, SeatRole.COUNCIL, confirmed_at=None)
    results = at_once(
        lambda: confirm_seat(seat, by=fresh(staff[0])),
        lambda: refuse_seat(seat, by=fresh(staff[1]), reason="Unbekannt"),
        lambda: confirm_seat(seat, by=fresh(staff[1])),
    )
    assert kinds(results) == ["PermissionDenied", "PermissionDenied", "Seat"]
    assert Mail.objects.count() == 1


def test_asking_at_once_is_one_request_and_one_letter(town, staff):
    nina = make_user(name="Nina")
    make_seat(make_user("anna@stadt.example"), town)
    data = {"name": "Nina Neu", "role": "rat", "starts_on": "2024-05-01"}
    results = at_once(
        *(lambda: client_of(nina).post("/staedte/sitz/auenlinden/", data).status_code for _ in range(3))
    )
    assert results == [302, 302, 302]
    assert Seat.objects.of(nina).count() == 1
    assert Mail.objects.count() == 1


def test_a_holder_who_is_ended_confirms_nobody_any_more(town, staff):
    """Whichever comes first: never a confirmation after the end."""
    for number in range(5):
        holder = make_user(f"h{number}@stadt.example")
        own = make_seat(holder, town, SeatRole.ADMINISTRATION)
        asked = make_seat(make_user(f"n{number}@stadt.example"), town, SeatRole.COUNCIL, confirmed_at=None)
        ended, confirmed = at_once(
            lambda own=own: end_seat(own, by=fresh(staff[0])),
            lambda asked=asked, holder=holder: confirm_seat(asked, by=fresh(holder)),
        )
        own.refresh_from_db()
        asked.refresh_from_db()
        assert isinstance(ended, Seat)
        assert isinstance(confirmed, (Seat, PermissionDenied))
        assert asked.confirmed_at is None or asked.confirmed_at <= own.ended_at


def test_one_person_with_two_places_at_once_meets_no_deadlock(town, staff):
    """Asks and confirms for the same town at the same time."""
    anna = make_user("anna@stadt.example", name="Anna")
    make_seat(anna, town, SeatRole.COUNCIL)
    asked = make_seat(make_user("n@stadt.example"), town, SeatRole.DEPUTY, confirmed_at=None)
    results = at_once(
        lambda: ask_for_seat(
            user=fresh(anna), place=Town.objects.get(), role=SeatRole.DEPUTY, starts_on=TODAY, name="Anna A."
        ),
        lambda: confirm_seat(asked, by=fresh(anna)),
    )
    assert kinds(results) == ["Seat", "Seat"]


def test_a_profile_is_claimed_once():
    ida = make_user("ida@verein.example")
    ida.emailaddress_set.create(email=ida.email, verified=True, primary=True)
    actor = make_actor("Ida")
    invite(actor, email=ida.email, by=ida)
    invitation = ActorInvitation.objects.get()
    results = at_once(*(lambda: claim(invitation, user=fresh(ida)) for _ in range(3)))
    assert kinds(results) == ["Actor", "ValidationError", "ValidationError"]
    assert Actor.objects.get().account == ida


def test_two_profiles_are_not_claimed_by_one_account():
    ida = make_user("ida@verein.example")
    ida.emailaddress_set.create(email=ida.email, verified=True, primary=True)
    invitations = [invite(make_actor(name), email=ida.email, by=ida) for name in ("Ida", "Verein")]
    results = at_once(*(lambda i=i: claim(i, user=fresh(ida)) for i in invitations))
    assert kinds(results) == ["Actor", "ValidationError"]


def test_a_profile_is_made_once():
    nina = make_user(name="Nina")
    data = {"form": "person", "name": "Nina", "kind": "wissenschaft", "visibility": "oeffentlich"}
    results = at_once(*(lambda: client_of(nina).post("/konto/profil/", data).status_code for _ in range(3)))
    assert set(results) <= {302, 422}
    assert 302 in results
    assert Actor.objects.count() == 1


def test_a_profile_is_approved_with_one_letter():
    root = make_user("root@akademie.example", is_staff=True, is_superuser=True)
    actor = make_actor(account=make_user(), approved_at=None)
    at_once(*(lambda: approve_actor(actor, by=fresh(root)) for _ in range(3)))
    assert Mail.objects.count() == 1


def test_a_message_sent_at_once_is_one_and_its_answer_too():
    ines, anna = make_user("ines@institut.example"), make_user(name="Anna")
    make_actor(account=ines)
    data = {"subject": "Frage", "text": "Wie?", "schluessel": str(uuid.uuid4())}
    address = "/akteure/ines-institut/nachricht/"
    assert at_once(*(lambda: client_of(anna).post(address, data).status_code for _ in range(3))) == [302] * 3
    message = ContactMessage.objects.get()
    assert Mail.objects.count() == 1
    key = uuid.uuid4()
    results = at_once(
        *(
            lambda: send_message(
                sender=fresh(anna), recipient=Actor.objects.get(), subject="Noch", text="eine", key=key
            )
            for _ in range(6)
        )
    )
    assert kinds(results) == ["ContactMessage"] * 6
    assert ContactMessage.objects.count() == Mail.objects.count() == 2
    results = at_once(*(lambda: answer_message(message, by=fresh(ines), text="So.") for _ in range(3)))
    assert kinds(results) == ["ContactMessage", "PermissionDenied", "PermissionDenied"]
    assert Mail.objects.count() == 3


def test_a_term_that_is_over_is_ended_once(town, staff):
    old = make_seat(make_user("alt@stadt.example"), town, ends_on=TODAY - timedelta(days=1))
    new = make_seat(make_user("neu@stadt.example"), town, starts_on=TODAY, confirmed_at=None)
    results = at_once(
        lambda: confirm_seat(new, by=fresh(staff[0])), lambda: end_seat(old, by=fresh(staff[1]))
    )
    assert isinstance(results[0], Seat)
    assert not isinstance(results[1], ValidationError)
    old.refresh_from_db()
    assert old.ended_at > LONG_AGO
    assert Mail.objects.filter(recipient="alt@stadt.example").count() == 1
