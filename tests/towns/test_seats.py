"""Seats: found, asked for, confirmed or refused by others, ended at once; who may, and what is refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from foundation.notices.models import Mail
from foundation.people.models import User
from tests.builders import (
    LONG_AGO,
    make_actor,
    make_association,
    make_seat,
    make_town,
    make_user,
)
from tests.towns.walks import answers, client_of, those_with
from towns.acting import acting_seat, acting_seats
from towns.actions.seats import ask_for_seat, confirm_seat, end_all_seats, end_seat, refuse_seat
from towns.finding import find_places, town_named
from towns.models import ActorKind, MailDomain, Seat, SeatRole, in_network, is_mayor
from towns.permissions import can_confirm_seat, can_edit_town

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ASK = {"name": "Nina Neu", "role": "verwaltung", "starts_on": "2024-05-01"}


@pytest.fixture
def asked(cast, auenlinden):
    return make_seat(
        cast["nina"],
        auenlinden,
        SeatRole.ADMINISTRATION,
        confirmed_at=None,
        note="Bauamt, Zimmer 3",
        title="Leiterin des Bauamts",
    )


def letters_to(user):
    return [mail.subject for mail in Mail.objects.filter(recipient=user.email).order_by("pk")]


# Finding the place.


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("muecheln", ["Mücheln (Geiseltal)"]),
        ("MÜCHELN", ["Mücheln (Geiseltal)"]),
        ("geiseltal mücheln", ["Mücheln (Geiseltal)"]),
        ("19322", ["Weisen"]),
        ("15088250", ["Mücheln (Geiseltal)"]),
        ("berg", ["Berg, Kreis A", "Berg, Kreis B", "Bergen", "Altenberg"]),
        ("Atlantis", []),
        ("  ", []),
        ("%' OR 1=1 --", []),
    ],
)
def test_a_town_is_found_however_it_is_typed(text, names):
    make_town("Mücheln (Geiseltal)", ags="15088250")
    make_town("Weisen", postcode="19322")
    make_town("Berg", slug="berg-kreis-b", distinction="Kreis B")
    make_town("Berg", slug="berg-kreis-a", distinction="Kreis A")
    make_town("Bergen")
    make_town("Altenberg")
    make_town("Bergdorf", valid_until=date(2024, 1, 1))
    assert [town.label for town in find_places(text).towns] == names


def test_a_verband_is_found_by_its_name_and_by_its_towns(client, cast):
    amt = make_association()
    make_town("Weisen", association=amt)
    page = client_of(cast["nina"]).get("/staedte/sitz/?q=weisen").content.decode()
    assert 'href="/staedte/sitz/weisen/"' in page
    assert 'href="/staedte/sitz/verband/120705003/"' in page
    assert [each.label for each in find_places("amt wilsnack").associations] == ["Amt Bad Wilsnack/Weisen"]


def test_a_name_that_several_bear_is_asked_back():
    first = make_town("Berg", slug="berg-kreis-a", distinction="Kreis A")
    second = make_town("Berg", slug="berg-kreis-b", distinction="Kreis B")
    assert town_named("Berg") == (None, [first, second])
    assert town_named("berg, kreis b") == (second, [])


@pytest.mark.parametrize("others", [1, 3])
def test_the_search_takes_a_fixed_number_of_queries(cast, django_assert_num_queries, others):
    for number in range(others):
        make_association(f"12070500{number}", f"Bergamt {number}")
        make_town(f"Berg {number}")
    client = client_of(cast["nina"])
    with django_assert_num_queries(5):  # session, account, own seats, towns, Verbände
        client.get("/staedte/sitz/?q=berg")


def test_a_new_account_is_led_to_the_search(client):
    assert client.get("/staedte/sitz/").url == "/konto/anmelden/?next=/staedte/sitz/"


def test_the_page_of_the_account_leads_to_seats_profile_and_messages(cast):
    page = client_of(cast["nina"]).get("/konto/passwort/aendern/").content.decode()
    for address in ("/konto/sitze/", "/konto/profil/", "/konto/nachrichten/"):
        assert f'href="{address}"' in page


# Asking.


def test_asking_tells_staff_and_those_who_speak_for_the_town(cast, auenlinden):
    response = client_of(cast["nina"]).post("/staedte/sitz/auenlinden/", ASK | {"note": "Zimmer 3"})
    assert response.url == "/konto/sitze/"
    seat = Seat.objects.of(cast["nina"]).get()
    assert (seat.town, seat.role, seat.is_requested) == (auenlinden, "verwaltung", True)
    heard = [name for name, user in cast.items() if user.is_authenticated and letters_to(user)]
    assert heard == ["anna", "bernd", "moni", "ada"]
    letter = Mail.objects.first()
    assert f"/konto/sitze/{seat.pk}/bestaetigen/" in letter.text
    assert "nina@neu.example" not in letter.text + letter.html + letter.subject
    assert not in_network(cast["nina"])
    assert User.objects.get(pk=cast["nina"].pk).name == "Nina Neu"


def test_who_acts_on_behalf_gets_no_request_to_answer(cast, auenlinden):
    emil = make_user("emil@auenlinden.example")
    make_seat(emil, auenlinden, SeatRole.ADMINISTRATION, on_behalf_of=cast["anna"].seats.get())
    ask_for_seat(user=cast["nina"], place=auenlinden, role="rat", starts_on=TODAY)
    assert letters_to(emil) == []


def test_a_seat_of_a_verband_is_asked_for_the_same_way(cast):
    amt = make_association()
    client_of(cast["nina"]).post("/staedte/sitz/verband/120705003/", ASK)
    assert Seat.objects.of(cast["nina"]).get().association == amt


def test_asking_twice_is_one_request_and_one_letter_each(cast, auenlinden):
    client = client_of(cast["nina"])
    for _ in range(2):
        assert client.post("/staedte/sitz/auenlinden/", ASK).url == "/konto/sitze/"
    assert Seat.objects.of(cast["nina"]).count() == 1
    assert letters_to(cast["anna"]) == ["Nina Neu möchte für Auenlinden sprechen"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"starts_on": "2024-02-30"}, "Bitte geben Sie ein Datum ein, das es gibt."),
        ({"starts_on": "gestern"}, "Bitte geben Sie ein Datum ein, das es gibt."),
        ({"starts_on": ""}, "Bitte geben Sie ein Datum ein."),
        ({"starts_on": "0001-01-01"}, "Bitte prüfen Sie das Jahr."),
        ({"starts_on": str(TODAY + timedelta(days=400))}, "mehr als ein Jahr voraus"),
        ({"ends_on": str(TODAY - timedelta(days=1))}, "schon vorbei"),
        ({"ends_on": "9999-12-31"}, "Bitte prüfen Sie das Jahr."),
        (
            {"starts_on": str(TODAY + timedelta(days=9)), "ends_on": str(TODAY + timedelta(days=3))},
            "Das Ende liegt vor dem Anfang.",
        ),
        ({"role": "kaiser"}, "kaiser"),
        ({"role": ""}, "Bitte wählen Sie Ihre Rolle."),
        ({"name": ""}, "Bitte geben Sie Ihren Namen ein"),
        ({"name": "nina@neu.example"}, "keine E-Mail-Adresse"),
        ({"name": "N" * 121}, "120"),
        ({"note": "x" * 10_000}, "400"),
        ({"title": "x" * 10_000}, "120"),
        ({"title": "a\x08b"}, "unlesbare Zeichen"),
        ({"note": "a\x00b"}, "Null"),
    ],
)
def test_wrong_input_is_explained_and_nothing_is_kept(cast, auenlinden, data, said):
    response = client_of(cast["nina"]).post("/staedte/sitz/auenlinden/", ASK | data)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert Seat.objects.of(cast["nina"]).count() == 0
    assert Mail.objects.count() == 0


@pytest.mark.parametrize("day", ["2024-05-01", "01.05.2024", "1.5.2024", "01.05.24"])
def test_a_date_may_be_typed_the_german_way(cast, auenlinden, day):
    client_of(cast["nina"]).post("/staedte/sitz/auenlinden/", ASK | {"starts_on": day})
    assert Seat.objects.of(cast["nina"]).get().starts_on == date(2024, 5, 1)


@pytest.mark.parametrize("path", ["gibt-es-nicht", "aufgeloest", "forst", "verband/999999999"])
def test_a_place_that_nobody_can_speak_for_is_not_found(cast, path):
    make_town("Aufgelöst", valid_until=date(2024, 1, 1))
    make_town("Forst", kind="66")
    assert client_of(cast["nina"]).get(f"/staedte/sitz/{path}/").status_code == 404
    assert client_of(cast["nina"]).post(f"/staedte/sitz/{path}/", ASK).status_code == 404


def test_html_in_every_field_stays_text(cast, auenlinden):
    bad = "<script>alert(1)</script>"
    data = ASK | {"name": f"N{bad}", "title": f"T{bad}", "note": f"A{bad}"}
    client_of(cast["nina"]).post("/staedte/sitz/auenlinden/", data)
    seat = Seat.objects.of(cast["nina"]).get()
    anna = client_of(cast["anna"])
    for address in (
        "/konto/sitze/",
        f"/konto/sitze/{seat.pk}/bestaetigen/",
        f"/konto/sitze/{seat.pk}/ablehnen/",
    ):
        page = anna.get(address).content.decode()
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page
    letter = Mail.objects.first()
    assert "<script>alert" not in letter.html


def test_the_twenty_first_request_within_an_hour_is_refused(cast, auenlinden):
    client = client_of(cast["nina"])
    for _ in range(20):
        assert client.post("/staedte/sitz/auenlinden/", {}).status_code == 422
    assert client.post("/staedte/sitz/auenlinden/", ASK).status_code == 429
    assert Seat.objects.of(cast["nina"]).count() == 0


def test_a_term_that_is_over_makes_room_for_the_next(cast, auenlinden):
    nina = cast["nina"]
    old = make_seat(nina, auenlinden, SeatRole.COUNCIL, starts_on=date(2019, 6, 1), ends_on=date(2024, 5, 31))
    new = ask_for_seat(user=nina, place=auenlinden, role=SeatRole.COUNCIL, starts_on=date(2024, 6, 1))
    old.refresh_from_db()
    assert (old.ended_at is not None, old.ends_on) == (True, date(2024, 5, 31))
    assert new.is_requested
    assert letters_to(nina) == []


def test_nobody_asks_for_what_they_have_or_had_in_that_time(cast, auenlinden):
    bernd = cast["bernd"]
    with pytest.raises(ValidationError, match="hatten oder haben Sie diesen Sitz schon"):
        ask_for_seat(user=bernd, place=auenlinden, role=SeatRole.ADMINISTRATION, starts_on=TODAY)
    end_seat(bernd.seats.get(), by=bernd, last_day=date(2025, 12, 31))
    with pytest.raises(ValidationError, match="hatten oder haben Sie diesen Sitz schon"):
        ask_for_seat(user=bernd, place=auenlinden, role=SeatRole.ADMINISTRATION, starts_on=date(2025, 6, 1))
    assert ask_for_seat(
        user=bernd, place=auenlinden, role=SeatRole.ADMINISTRATION, starts_on=date(2025, 12, 31)
    ).is_requested


# Answering: every verb × everybody.


def test_who_sees_who_confirms_and_who_refuses(cast, asked):
    for page in ("bestaetigen", "ablehnen"):
        found = answers(cast, f"/konto/sitze/{asked.pk}/{page}/")
        assert those_with(found, 200) == "anna bernd moni ada root"
        assert those_with(found, 403) == "nina mara lou"
        assert those_with(found, 404) == "clara"
        assert those_with(found, 401) == "gast"


@pytest.mark.parametrize(("page", "data"), [("bestaetigen", {}), ("ablehnen", {"grund": "Unbekannt"})])
@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("anna", 302),
        ("bernd", 302),
        ("clara", 404),
        ("nina", 403),
        ("moni", 302),
        ("mara", 403),
        ("lou", 403),
        ("ada", 302),
        ("root", 302),
    ],
)
def test_who_may_answer_a_request(cast, asked, page, data, name, status):
    response = client_of(cast[name]).post(f"/konto/sitze/{asked.pk}/{page}/", data)
    assert response.status_code == status
    asked.refresh_from_db()
    assert asked.is_requested is (status != 302)


def test_lists_and_the_single_question_agree_on_who_may_answer(cast, asked, auenlinden):
    amt = make_association()
    make_seat(cast["clara"], amt, SeatRole.ADMINISTRATION, confirmed_at=None)
    emil = make_user("emil@auenlinden.example")
    behalf = cast["anna"].seats.get()
    make_seat(emil, auenlinden, SeatRole.COUNCIL, confirmed_at=None, on_behalf_of=behalf)
    locked = make_user("weg@auenlinden.example", is_active=False)
    make_seat(locked, auenlinden, SeatRole.COUNCIL, confirmed_at=None)
    people = [user for user in cast.values() if user.is_authenticated] + [emil]
    for user in people:
        alone = {seat.pk for seat in Seat.objects.all() if can_confirm_seat(user, seat)}
        assert {seat.pk for seat in Seat.objects.answerable_by(user)} == alone, user
    assert Seat.objects.answerable_by(cast["anna"]).count() == 2
    assert Seat.objects.answerable_by(cast["bernd"]).count() == 1


def test_nobody_confirms_themselves_not_even_with_another_seat(cast, auenlinden):
    second = make_seat(cast["anna"], auenlinden, SeatRole.COUNCIL, confirmed_at=None)
    client = client_of(cast["anna"])
    assert client.post(f"/konto/sitze/{second.pk}/bestaetigen/").status_code == 403
    with pytest.raises(PermissionDenied):
        confirm_seat(second, by=cast["anna"])
    ada = make_seat(cast["ada"], auenlinden, SeatRole.COUNCIL, confirmed_at=None)
    assert client_of(cast["ada"]).post(f"/konto/sitze/{ada.pk}/bestaetigen/").status_code == 403


def test_a_confirmed_person_speaks_at_once_and_gets_a_letter(cast, asked, auenlinden):
    nina = cast["nina"]
    assert not can_edit_town(nina, auenlinden)
    client_of(cast["bernd"]).post(f"/konto/sitze/{asked.pk}/bestaetigen/")
    asked.refresh_from_db()
    assert (asked.confirmed_by, asked.state) == (cast["bernd"], "gilt")
    assert can_edit_town(nina, auenlinden)
    assert in_network(nina)
    assert letters_to(nina) == ["Sie sprechen jetzt für Auenlinden"]


def test_a_refused_person_reads_the_reason(cast, asked):
    anna = client_of(cast["anna"])
    address = f"/konto/sitze/{asked.pk}/ablehnen/"
    assert anna.post(address, {"grund": " "}).status_code == 422
    assert anna.post(address, {"grund": "x" * 251}).status_code == 422
    anna.post(address, {"grund": "Arbeitet <b>nicht</b> hier."})
    letter = Mail.objects.get(recipient=cast["nina"].email)
    assert "> Arbeitet <b>nicht</b> hier." in letter.text
    assert "Arbeitet &lt;b&gt;nicht&lt;/b&gt; hier." in letter.html
    assert "Arbeitet &lt;b&gt;nicht" in client_of(cast["nina"]).get("/konto/sitze/").content.decode()
    assert not in_network(cast["nina"])


def test_a_click_that_comes_too_late_is_told_so(cast, asked):
    refuse_seat(asked, by=cast["anna"], reason="Unbekannt")
    assert client_of(cast["moni"]).get(f"/konto/sitze/{asked.pk}/bestaetigen/").url == "/konto/sitze/"
    assert client_of(cast["moni"]).post(f"/konto/sitze/{asked.pk}/bestaetigen/").status_code == 403


def test_a_locked_account_is_not_confirmed(cast, asked):
    User.objects.filter(pk=cast["nina"].pk).update(is_active=False)
    assert client_of(cast["moni"]).post(f"/konto/sitze/{asked.pk}/bestaetigen/").status_code == 403


def test_a_known_mail_domain_is_a_hint_and_confirms_nothing(cast, asked, auenlinden):
    anna = client_of(cast["anna"])
    hint = "gehört zu einer Domain, die wir von dort kennen"
    page = f"/konto/sitze/{asked.pk}/bestaetigen/"
    MailDomain.objects.create(domain="neu.example", town=auenlinden)
    address = cast["nina"].emailaddress_set.create(email=cast["nina"].email, verified=False, primary=True)
    assert hint not in anna.get(page).content.decode()
    address.verified = True
    address.save()
    text = anna.get(page).content.decode()
    assert hint in text
    assert "neu.example" not in text
    assert "Mail-Domain bekannt" in anna.get("/konto/sitze/").content.decode()
    asked.refresh_from_db()
    assert asked.is_requested


def test_a_domain_of_another_town_is_no_hint(cast, asked, kraehenfurt):
    MailDomain.objects.create(domain="neu.example", town=kraehenfurt)
    cast["nina"].emailaddress_set.create(email=cast["nina"].email, verified=True, primary=True)
    page = client_of(cast["anna"]).get(f"/konto/sitze/{asked.pk}/bestaetigen/").content.decode()
    assert "sagt nichts darüber" in page


def test_a_town_knows_the_domain_of_its_verband(cast):
    amt = make_association()
    town = make_town("Weisen", association=amt)
    MailDomain.objects.create(domain="neu.example", association=amt)
    cast["nina"].emailaddress_set.create(email=cast["nina"].email, verified=True, primary=True)
    seat = make_seat(cast["nina"], town, confirmed_at=None)
    page = client_of(cast["moni"]).get(f"/konto/sitze/{seat.pk}/bestaetigen/").content.decode()
    assert "gehört zu einer Domain, die wir von dort kennen" in page


# Mayors.


def test_there_is_one_mayor_at_a_time(cast, auenlinden):
    new = make_seat(cast["nina"], auenlinden, starts_on=TODAY, confirmed_at=None)
    response = client_of(cast["moni"]).post(f"/konto/sitze/{new.pk}/bestaetigen/")
    assert response.status_code == 422
    assert "schon ein:e Bürgermeister:in eingetragen" in response.content.decode()
    assert not is_mayor(cast["nina"])
    end_seat(cast["anna"].seats.get(), by=cast["moni"])
    client_of(cast["moni"]).post(f"/konto/sitze/{new.pk}/bestaetigen/")
    assert is_mayor(cast["nina"])
    assert not is_mayor(cast["anna"])


def test_a_mayor_whose_term_is_over_makes_room(cast, auenlinden):
    old = cast["anna"].seats.get()
    old.ends_on = TODAY - timedelta(days=1)
    old.save()
    new = make_seat(cast["nina"], auenlinden, starts_on=TODAY, confirmed_at=None)
    confirm_seat(new, by=cast["moni"])
    old.refresh_from_db()
    assert old.ended_at is not None
    assert letters_to(cast["anna"]) == ["Ihr Sitz für Auenlinden ist beendet"]


@pytest.mark.parametrize(
    ("starts_on", "fits"),
    [
        (date(2025, 6, 29), False),
        (date(2025, 6, 30), True),  # the day of handing over may be shared
        (date(2025, 7, 1), True),
    ],
)
def test_terms_of_mayors_do_not_overlap(cast, auenlinden, starts_on, fits):
    end_seat(cast["anna"].seats.get(), by=cast["moni"], last_day=date(2025, 6, 30))
    new = make_seat(cast["nina"], auenlinden, starts_on=starts_on, confirmed_at=None)
    if fits:
        confirm_seat(new, by=cast["moni"])
    else:
        with pytest.raises(ValidationError, match="überschneidet"):
            confirm_seat(new, by=cast["moni"])
    assert is_mayor(cast["nina"]) is fits


def test_a_mayor_of_the_verband_and_of_its_town_stand_side_by_side(cast):
    amt = make_association()
    town = make_town("Weisen", association=amt)
    make_seat(cast["bernd"], amt)
    seat = make_seat(cast["nina"], town, confirmed_at=None)
    confirm_seat(seat, by=cast["moni"])
    assert is_mayor(cast["nina"])


def test_the_mayors_of_other_towns_are_no_obstacle(cast, kraehenfurt):
    end_seat(cast["clara"].seats.get(), by=cast["clara"])
    seat = make_seat(cast["nina"], kraehenfurt, confirmed_at=None, starts_on=TODAY)
    confirm_seat(seat, by=cast["moni"])
    assert is_mayor(cast["nina"])


# Ending.


def test_who_sees_and_who_ends_a_seat(cast):
    seat = cast["bernd"].seats.get()
    found = answers(cast, f"/konto/sitze/{seat.pk}/beenden/")
    assert those_with(found, 200) == "bernd moni ada root"
    assert those_with(found, 403) == "anna mara lou"
    assert those_with(found, 404) == "clara nina"
    assert those_with(found, 401) == "gast"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("anna", 403),
        ("bernd", 302),
        ("clara", 404),
        ("nina", 404),
        ("moni", 302),
        ("mara", 403),
        ("lou", 403),
        ("ada", 302),
        ("root", 302),
    ],
)
def test_ending_a_seat_takes_the_rights_away_at_once(cast, auenlinden, name, status):
    bernd, seat = cast["bernd"], cast["bernd"].seats.get()
    open_session = client_of(bernd)
    asked = make_seat(cast["nina"], auenlinden, SeatRole.COUNCIL, confirmed_at=None)
    assert open_session.get(f"/konto/sitze/{asked.pk}/bestaetigen/").status_code == 200
    assert client_of(cast[name]).post(f"/konto/sitze/{seat.pk}/beenden/").status_code == status
    ended = status == 302
    assert open_session.get(f"/konto/sitze/{asked.pk}/bestaetigen/").status_code == (404 if ended else 200)
    assert can_edit_town(bernd, auenlinden) is not ended
    assert in_network(bernd) is not ended
    told = ended and name != "bernd"
    assert letters_to(bernd) == (["Ihr Sitz für Auenlinden ist beendet"] if told else [])


def test_ending_twice_changes_nothing(cast):
    seat, client = cast["bernd"].seats.get(), client_of(cast["bernd"])
    assert client.post(f"/konto/sitze/{seat.pk}/beenden/").status_code == 302
    seat.refresh_from_db()
    client.post(f"/konto/sitze/{seat.pk}/beenden/")
    first = seat.ended_at
    seat.refresh_from_db()
    assert seat.ended_at == first


@pytest.mark.parametrize(
    ("day", "status"),
    [("2026-01-15", 302), ("2024-04-30", 422), ("2999-01-01", 422), ("2026-02-31", 422), ("", 302)],
)
def test_the_last_day_lies_between_the_first_and_today(cast, day, status):
    seat = cast["bernd"].seats.get()
    response = client_of(cast["bernd"]).post(f"/konto/sitze/{seat.pk}/beenden/", {"letzter_tag": day})
    assert response.status_code == status
    seat.refresh_from_db()
    assert (seat.ended_at is not None) is (status == 302)
    if status == 302:
        assert seat.ends_on == (date.fromisoformat(day) if day else timezone.localdate())


def test_a_request_is_taken_back_without_a_letter(cast, asked):
    client_of(cast["nina"]).post(f"/konto/sitze/{asked.pk}/beenden/")
    asked.refresh_from_db()
    assert asked.state == "zurückgenommen"
    assert letters_to(cast["nina"]) == []


def test_a_seat_ended_before_it_began_blocks_no_other_term(cast, kraehenfurt):
    clara = cast["clara"]
    end_seat(clara.seats.get(), by=clara, last_day=date(2025, 1, 31))
    later = make_seat(cast["bernd"], kraehenfurt, starts_on=TODAY + timedelta(days=30))
    end_seat(later, by=cast["moni"])
    seat = make_seat(cast["nina"], kraehenfurt, starts_on=date(2025, 2, 1), confirmed_at=None)
    confirm_seat(seat, by=cast["moni"])
    assert is_mayor(cast["nina"])


def test_an_account_that_goes_away_leaves_no_open_seat_and_no_public_profile(cast, auenlinden):
    make_actor(account=cast["anna"], kind=ActorKind.MAYOR)
    seat = cast["anna"].seats.get()
    cast["anna"].delete()
    seat.refresh_from_db()
    assert (seat.user, seat.state) == (None, "beendet")
    assert client_of(cast["nina"]).get("/akteure/ines-institut/").status_code == 404
    confirm_seat(make_seat(cast["nina"], auenlinden, confirmed_at=None, starts_on=TODAY), by=cast["moni"])
    assert is_mayor(cast["nina"])


def test_leaving_ends_every_seat(cast, kraehenfurt):
    make_seat(cast["bernd"], kraehenfurt, SeatRole.COUNCIL, confirmed_at=None)
    assert end_all_seats(cast["bernd"]) == 2
    assert list(Seat.objects.of(cast["bernd"]).open()) == []


# On behalf of somebody.


def test_a_mayor_lets_an_assistant_act_on_her_behalf(cast, asked, auenlinden):
    behalf = cast["anna"].seats.get()
    anna = client_of(cast["anna"])
    address = f"/konto/sitze/{asked.pk}/bestaetigen/"
    assert ">Anna Ahrens (Bürgermeister:in)</option>" in anna.get(address).content.decode()
    anna.post(address, {"auftrag": behalf.pk})
    asked.refresh_from_db()
    assert asked.on_behalf_of == behalf
    assert asked.signature == "Nina Neu, Verwaltung, Leiterin des Bauamts, im Auftrag von Anna Ahrens"
    assert in_network(cast["nina"])
    assert not is_mayor(cast["nina"])
    assert "im Auftrag von Anna Ahrens" in Mail.objects.get(recipient=cast["nina"].email).text


@pytest.mark.parametrize("whose", ["bernd", "clara"])
def test_nobody_lends_the_authority_of_somebody_else(cast, asked, whose):
    other = cast[whose].seats.get()
    response = client_of(cast["anna"]).post(f"/konto/sitze/{asked.pk}/bestaetigen/", {"auftrag": other.pk})
    assert response.status_code == 422
    with pytest.raises(ValidationError, match="In diesem Auftrag"):
        confirm_seat(asked, by=cast["anna"], on_behalf_of=other)
    asked.refresh_from_db()
    assert asked.is_requested


def test_staff_may_say_on_whose_behalf_but_only_within_the_town(cast, asked):
    moni, address = client_of(cast["moni"]), f"/konto/sitze/{asked.pk}/bestaetigen/"
    assert moni.post(address, {"auftrag": cast["clara"].seats.get().pk}).status_code == 422
    assert moni.post(address, {"auftrag": cast["bernd"].seats.get().pk}).status_code == 302


def test_nobody_is_mayor_on_somebodys_behalf(cast, kraehenfurt):
    seat = make_seat(cast["nina"], kraehenfurt, confirmed_at=None)
    with pytest.raises(ValidationError):
        confirm_seat(seat, by=cast["moni"], on_behalf_of=cast["clara"].seats.get())


def test_the_mandate_ends_with_the_seat_behind_it(cast, asked):
    confirm_seat(asked, by=cast["anna"], on_behalf_of=cast["anna"].seats.get())
    end_seat(cast["anna"].seats.get(), by=cast["moni"])
    asked.refresh_from_db()
    assert asked.state == "beendet"
    assert letters_to(cast["nina"])[-1] == "Ihr Sitz für Auenlinden ist beendet"


def test_the_principal_ends_a_mandate(cast, asked):
    confirm_seat(asked, by=cast["anna"], on_behalf_of=cast["anna"].seats.get())
    page = client_of(cast["anna"]).get("/konto/sitze/").content.decode()
    assert f'href="/konto/sitze/{asked.pk}/beenden/"' in page
    assert client_of(cast["anna"]).post(f"/konto/sitze/{asked.pk}/beenden/").status_code == 302
    assert not in_network(cast["nina"])


# Acting for a town.


def test_one_acts_with_the_highest_seat_or_the_chosen_one(cast, kraehenfurt, rf):
    anna = cast["anna"]
    second = make_seat(anna, kraehenfurt, SeatRole.COUNCIL)
    client = client_of(anna)
    request = rf.get("/")
    request.user, request.session = anna, client.session
    assert acting_seat(request).town.name == "Auenlinden"
    assert client.post(f"/konto/sitze/{second.pk}/handeln/").url == "/konto/sitze/"
    request.session = client.session
    assert acting_seat(request) == second
    end_seat(second, by=anna)
    assert acting_seat(request).town.name == "Auenlinden"


@pytest.mark.parametrize(("name", "status"), [("bernd", 302), ("anna", 404), ("clara", 404), ("moni", 404)])
def test_nobody_acts_with_the_seat_of_somebody_else(cast, name, status):
    seat = cast["bernd"].seats.get()
    assert client_of(cast[name]).post(f"/konto/sitze/{seat.pk}/handeln/").status_code == status


def test_a_choice_leads_to_no_other_house(cast):
    seat = cast["bernd"].seats.get()
    response = client_of(cast["bernd"]).post(
        f"/konto/sitze/{seat.pk}/handeln/", {"weiter": "https://boese.example/"}
    )
    assert response.url == "/konto/sitze/"


@pytest.mark.parametrize(
    "values",
    [
        {"confirmed_at": None},
        {"ended_at": LONG_AGO},
        {"starts_on": TODAY + timedelta(days=1)},
        {"ends_on": TODAY - timedelta(days=1)},
    ],
)
def test_one_acts_only_with_current_seats(cast, auenlinden, values):
    seat = make_seat(cast["nina"], auenlinden, SeatRole.COUNCIL, **values)
    assert list(acting_seats(cast["nina"])) == []
    assert client_of(cast["nina"]).post(f"/konto/sitze/{seat.pk}/handeln/").status_code == 404


def test_the_signature_names_the_person_never_the_address(cast):
    nameless = make_user("ohne@auenlinden.example")
    seat = make_seat(nameless, make_town("Fern"), SeatRole.COUNCIL)
    assert seat.signature == "Person ohne Namen, Rat"
    assert str(seat) == "Person ohne Namen, Rat, Fern"


# Pages.


@pytest.mark.parametrize("others", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(cast, auenlinden, django_assert_num_queries, others):
    for number in range(others):
        person = make_user(f"p{number}@auenlinden.example", name=f"Person {number}")
        make_seat(person, auenlinden, SeatRole.COUNCIL, confirmed_at=None)
        make_seat(person, auenlinden, SeatRole.DEPUTY)
        make_seat(cast["anna"], make_town(f"Ort {number}"), SeatRole.COUNCIL)
    client = client_of(cast["anna"])
    with django_assert_num_queries(9):
        response = client.get("/konto/sitze/")
    assert len(response.context["waiting"]) == others


@pytest.mark.parametrize("others", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("bestaetigen", 9), ("ablehnen", 5), ("beenden", 5)])
def test_pages_of_a_seat_take_a_fixed_number_of_queries(
    cast, auenlinden, asked, django_assert_num_queries, page, queries, others
):
    for number in range(others):
        make_seat(make_user(f"p{number}@auenlinden.example"), auenlinden, SeatRole.COUNCIL)
    cast["moni"].emailaddress_set.create(email=cast["moni"].email, verified=True)
    client = client_of(cast["moni"])
    with django_assert_num_queries(queries):
        assert client.get(f"/konto/sitze/{asked.pk}/{page}/").status_code == 200


def test_the_list_shows_nobody_to_strangers(cast, asked):
    assert "Nina Neu" in client_of(cast["anna"]).get("/konto/sitze/").content.decode()
    for name in ("clara", "mara", "lou"):
        assert "Nina Neu" not in client_of(cast[name]).get("/konto/sitze/").content.decode()


def test_seats_of_others_and_seats_that_never_were_answer_alike(cast, asked):
    clara = client_of(cast["clara"])
    for page in ("bestaetigen", "ablehnen", "beenden"):
        there = clara.get(f"/konto/sitze/{asked.pk}/{page}/")
        never = clara.get(f"/konto/sitze/999999/{page}/")
        assert (
            (there.status_code, there.content) == (never.status_code, never.content) == (404, never.content)
        )


# The desk.


@pytest.fixture
def desk(cast):
    return client_of(cast["ada"])


def run(desk, action, *seats):
    data = {"action": action, "_selected_action": [seat.pk for seat in seats]}
    return desk.post("/redaktion/towns/seat/", data, follow=True)


def test_the_desk_confirms_and_ends_by_the_same_rules(cast, desk, asked, auenlinden):
    rival = make_seat(cast["clara"], auenlinden, confirmed_at=None, starts_on=TODAY)
    page = run(desk, "confirm", asked, rival).content.decode()
    assert "Bestätigt: 1." in page
    assert "schon ein:e Bürgermeister:in eingetragen" in page
    assert in_network(cast["nina"])
    run(desk, "end", asked)
    assert not in_network(cast["nina"])
    assert letters_to(cast["nina"]) == [
        "Sie sprechen jetzt für Auenlinden",
        "Ihr Sitz für Auenlinden ist beendet",
    ]


def test_the_desk_refuses_one_at_a_time_with_a_reason(cast, desk, asked, auenlinden):
    response = desk.post("/redaktion/towns/seat/", {"action": "refuse", "_selected_action": [asked.pk]})
    assert response.url == f"/konto/sitze/{asked.pk}/ablehnen/"
    other = make_seat(cast["clara"], auenlinden, SeatRole.COUNCIL, confirmed_at=None)
    assert "genau eine" in run(desk, "refuse", asked, other).content.decode()


def test_an_answered_seat_cannot_be_turned_into_another_at_the_desk(cast, desk):
    seat = cast["bernd"].seats.get()
    address = f"/redaktion/towns/seat/{seat.pk}/change/"
    data = {"title": "Bauamt", "role": "buergermeister", "user": cast["nina"].pk, "ends_on": ""}
    desk.post(address, data)
    seat.refresh_from_db()
    assert (seat.title, seat.role, seat.user) == ("Bauamt", "verwaltung", cast["bernd"])


@pytest.mark.parametrize(("name", "may"), [("moni", True), ("ada", True), ("mara", False), ("lou", False)])
def test_who_answers_requests_at_the_desk(cast, asked, name, may):
    run(client_of(cast[name]), "confirm", asked)
    asked.refresh_from_db()
    assert (asked.confirmed_at is not None) is may


def test_the_database_keeps_one_mayor_whatever_happens(cast, auenlinden):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError), transaction.atomic():
        make_seat(cast["nina"], auenlinden)
