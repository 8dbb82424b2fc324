"""Every verb × everybody: who may act on towns, seats and profiles; and what the desk lets whom do."""

import pytest

from tests.builders import LONG_AGO, make_actor, make_association, make_seat, make_town, make_user
from towns.models import ContactMessage, Seat, SeatRole
from towns.permissions import (
    can_answer,
    can_approve_actor,
    can_classify_town,
    can_confirm_seat,
    can_contact,
    can_edit_actor,
    can_edit_affiliations,
    can_edit_town,
    can_end_seat,
    can_invite,
    can_refuse_sender,
)

pytestmark = pytest.mark.django_db


def those(cast, may):
    return " ".join(name for name, user in cast.items() if may(user))


def test_who_edits_a_town(cast, auenlinden):
    assert those(cast, lambda user: can_edit_town(user, auenlinden)) == "anna bernd moni root"


def test_nobody_edits_a_town_that_does_not_take_part(cast):
    town = make_town("Fern")
    assert those(cast, lambda user: can_edit_town(user, town)) == ""


def test_who_confirms_a_seat(cast, auenlinden):
    asked = make_seat(cast["nina"], auenlinden, SeatRole.COUNCIL, confirmed_at=None)
    assert those(cast, lambda user: can_confirm_seat(user, asked)) == "anna bernd moni ada root"
    assert those(cast, lambda user: asked in Seat.objects.visible_to(user)) == (
        "anna bernd nina moni mara lou ada root"
    )


def test_who_acts_on_behalf_confirms_nobody(cast, auenlinden):
    emil = make_user("emil@auenlinden.example")
    make_seat(emil, auenlinden, SeatRole.ADMINISTRATION, on_behalf_of=cast["anna"].seats.get())
    asked = make_seat(cast["nina"], auenlinden, SeatRole.COUNCIL, confirmed_at=None)
    assert not can_confirm_seat(emil, asked)


def test_a_seat_of_the_association_and_one_of_a_town_do_not_confirm_each_other(cast):
    amt = make_association()
    town = make_town("Innendorf", association=amt)
    head = make_user("head@amt.example")
    make_seat(head, amt)
    asked = make_seat(cast["nina"], town, confirmed_at=None)
    assert not can_confirm_seat(head, asked)


def test_nobody_answers_twice(cast):
    seat = cast["bernd"].seats.get()
    assert those(cast, lambda user: can_confirm_seat(user, seat)) == ""


def test_who_ends_a_seat(cast):
    seat = cast["bernd"].seats.get()
    assert those(cast, lambda user: can_end_seat(user, seat)) == "bernd moni ada root"
    seat.on_behalf_of = cast["anna"].seats.get()
    assert those(cast, lambda user: can_end_seat(user, seat)) == "anna bernd moni ada root"
    seat.ended_at = LONG_AGO
    assert those(cast, lambda user: can_end_seat(user, seat)) == ""


def test_who_edits_approves_and_classifies(cast):
    actor = make_actor(account=cast["nina"])
    assert those(cast, lambda user: can_edit_actor(user, actor)) == "nina moni mara root"
    assert those(cast, can_approve_actor) == "moni ada root"
    assert those(cast, can_classify_town) == "moni root"


def test_who_is_hidden_edits_no_more(cast):
    actor = make_actor(account=cast["nina"], hidden_at=LONG_AGO, hidden_reason="Werbung")
    assert those(cast, lambda user: can_edit_actor(user, actor)) == "moni mara root"


def test_who_invites_and_who_names_people(cast):
    assert those(cast, can_invite) == "moni ada root"
    person = make_actor(account=cast["nina"])
    assert those(cast, lambda user: can_edit_affiliations(user, person)) == ""
    person.form = "organisation"
    assert those(cast, lambda user: can_edit_affiliations(user, person)) == "nina moni mara root"


def test_who_asks_to_act_on_behalf_is_let_in_by_that_person_or_staff(cast, auenlinden):
    behalf = cast["anna"].seats.get()
    asked = make_seat(cast["nina"], auenlinden, SeatRole.COUNCIL, confirmed_at=None, on_behalf_of=behalf)
    assert those(cast, lambda user: can_confirm_seat(user, asked)) == "anna moni ada root"


def test_who_answers_and_refuses_a_message(cast):
    actor = make_actor(account=cast["nina"])
    message = ContactMessage.objects.create(sender=cast["anna"], recipient=actor, subject="x", text="x")
    assert those(cast, lambda user: can_answer(user, message)) == "nina"
    assert those(cast, lambda user: can_refuse_sender(user, message)) == "nina"
    message.refused_at = LONG_AGO
    message.save()
    assert those(cast, lambda user: can_answer(user, message)) == ""
    assert those(cast, lambda user: can_refuse_sender(user, message)) == "nina"
    assert those(cast, lambda user: can_contact(user, actor)) == "bernd clara moni mara lou ada root"


def test_an_unclaimed_profile_belongs_to_nobody(cast):
    actor = make_actor()
    assert those(cast, lambda user: can_edit_actor(user, actor)) == "moni mara root"
    assert those(cast, lambda user: can_contact(user, actor)) == ""
    message = ContactMessage.objects.create(sender=cast["anna"], recipient=actor, subject="x", text="x")
    assert those(cast, lambda user: can_answer(user, message)) == ""


def test_who_writes_to_a_profile(cast):
    actor = make_actor(account=cast["nina"])
    assert those(cast, lambda user: can_contact(user, actor)) == "anna bernd clara moni mara lou ada root"
    actor.contact_closed_at = LONG_AGO
    actor.save()
    assert those(cast, lambda user: can_contact(user, actor)) == ""


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("/redaktion/towns/town/", "moni mara lou ada root"),
        ("/redaktion/towns/land/", "moni mara lou ada root"),
        ("/redaktion/towns/district/", "moni mara lou ada root"),
        ("/redaktion/towns/association/", "moni mara lou ada root"),
        ("/redaktion/towns/registerimport/", "moni mara lou ada root"),
        ("/redaktion/towns/seat/", "moni mara lou ada root"),
        ("/redaktion/towns/actor/", "moni mara lou ada root"),
        ("/redaktion/towns/seat/add/", "ada root"),
        ("/redaktion/towns/actor/add/", "moni root"),
        ("/redaktion/towns/townrevision/", "moni root"),
        ("/redaktion/towns/maildomain/", "ada root"),
        ("/redaktion/towns/contactmessage/", "ada root"),
        ("/redaktion/towns/town/add/", ""),
    ],
)
def test_who_enters_which_part_of_the_desk(client, cast, address, who):
    def enters(user):
        client.logout()
        if user.is_authenticated:
            client.force_login(user)
        return client.get(address).status_code == 200

    assert those(cast, enters) == who


def test_the_desk_opens_a_town_and_notes_who_decided(client, cast, auenlinden):
    client.force_login(cast["moni"])
    address = f"/redaktion/towns/town/{auenlinden.pk}/change/"
    page = client.get(address)
    form = page.context["adminform"].form
    data = {name: form.get_initial_for_field(form.fields[name], name) or "" for name in form.fields}
    for formset in page.context["inline_admin_formsets"]:
        prefix = formset.formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    data |= {
        "topics": "Leerstand",
        "participating_since_0": "01.05.2024",
        "participating_since_1": "11:00:00",
    }
    data |= {"small_town_decision": "false", "small_town_reason": "Vorort"}
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.context["errors"]
    auenlinden.refresh_from_db()
    assert auenlinden.small_town_decision is False
    assert auenlinden.small_town_decided_by == cast["moni"]
    assert [topic.name for topic in auenlinden.topics.all()] == ["Leerstand"]
