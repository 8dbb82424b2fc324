"""Messages that show nobody's address: who may write, limits, the log, one answer, refusing a sender."""

import uuid

import pytest
from django.utils import timezone

from foundation.notices.models import Mail
from foundation.people.models import User
from tests.builders import LONG_AGO, make_actor, make_user
from tests.towns.walks import answers, client_of, those_with
from towns.models import Actor, ContactMessage

pytestmark = pytest.mark.django_db
ADDRESS = "/akteure/ines-institut/nachricht/"
TEXT = {"subject": "Leerstand", "text": "Wie haben Sie das gemacht?"}


@pytest.fixture
def ines(cast):
    """A public profile whose owner takes messages."""
    return make_actor(account=make_user("ines@institut.example", name="Ines Institut"))


@pytest.fixture
def message(cast, ines):
    """What Anna wrote to Ines."""
    client_of(cast["anna"]).post(ADDRESS, TEXT)
    Mail.objects.all().delete()
    return ContactMessage.objects.get()


def put(actor, **values):
    Actor.objects.filter(pk=actor.pk).update(**values)


def test_a_message_arrives_without_any_address(cast, ines):
    response = client_of(cast["anna"]).post(ADDRESS, TEXT)
    assert response.url == "/akteure/ines-institut/"
    message = ContactMessage.objects.get()
    letter = Mail.objects.get()
    assert (letter.recipient, letter.subject) == (
        "ines@institut.example",
        "Nachricht von Anna Ahrens: Leerstand",
    )
    assert f"/konto/nachrichten/{message.key}/" in letter.text
    whole = letter.subject + letter.text + letter.html
    assert "Wie haben Sie das gemacht?" in whole
    assert "anna@auenlinden.example" not in whole


def test_the_letter_names_no_reply_address(cast, ines, mailoutbox, django_capture_on_commit_callbacks):
    from foundation.notices.tasks import deliver

    client_of(cast["anna"]).post(ADDRESS, TEXT)
    deliver.call(Mail.objects.get().pk)
    sent = mailoutbox[0]
    assert sent.reply_to == []
    assert "anna@auenlinden.example" not in sent.message().as_string()
    assert sorted(sent.extra_headers) == ["Auto-Submitted", "Message-ID"]


@pytest.mark.parametrize(
    ("values", "writers", "closed"),
    [
        ({}, "anna bernd clara nina moni mara lou ada root", ""),
        ({"visibility": "netzwerk"}, "anna bernd clara moni mara lou ada root", ""),
        ({"visibility": "verborgen"}, "moni mara lou ada root", ""),
        ({"contact_closed_at": LONG_AGO}, "", "anna bernd clara nina moni mara lou ada root"),
        ({"account": None}, "", "anna bernd clara nina moni mara lou ada root"),
    ],
)
def test_who_may_write(cast, ines, values, writers, closed):
    put(ines, **values)
    found = answers(cast, ADDRESS)
    assert (those_with(found, 200), those_with(found, 403), found["gast"]) == (writers, closed, 401)
    sent = answers(cast, ADDRESS, TEXT | {"name": "Wer es auch sei"})
    assert (those_with(sent, 302), those_with(sent, 403), sent["gast"]) == (writers, closed, 401)
    assert ContactMessage.objects.count() == Mail.objects.count() == len(writers.split())


def test_who_has_no_name_is_asked_for_one(cast, ines):
    nameless = client_of(make_user("ohne@stadt.example"))
    for data in ({}, {"name": "ohne@stadt.example"}):
        response = nameless.post(ADDRESS, TEXT | data)
        assert response.status_code == 422
        assert "Ihren Namen" in response.content.decode()
    assert nameless.post(ADDRESS, TEXT | {"name": "Olga Ohne"}).status_code == 302
    assert Mail.objects.get().subject == "Nachricht von Olga Ohne: Leerstand"
    client_of(cast["anna"]).post(ADDRESS, TEXT | {"name": "Jemand anderes"})
    assert Mail.objects.order_by("-pk")[0].subject == "Nachricht von Anna Ahrens: Leerstand"


@pytest.mark.parametrize(
    ("values", "invited"), [({}, True), ({"contact_closed_at": LONG_AGO}, False), ({"account": None}, False)]
)
def test_strangers_are_invited_to_log_in_where_messages_are_taken(client, ines, values, invited):
    put(ines, **values)
    page = client.get("/akteure/ines-institut/").content.decode()
    assert (f"/konto/anmelden/?next={ADDRESS}" in page) is invited


def test_nobody_writes_to_themselves(ines):
    assert client_of(ines.account).get(ADDRESS).status_code == 403
    assert client_of(ines.account).post(ADDRESS, TEXT).status_code == 403


def test_a_locked_recipient_gets_nothing(cast, ines):
    User.objects.filter(pk=ines.account_id).update(is_active=False)
    assert client_of(cast["anna"]).post(ADDRESS, TEXT).status_code == 403
    assert Mail.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"subject": ""}, "Bitte schreiben Sie, worum es geht."),
        ({"text": "  "}, "Bitte schreiben Sie Ihre Nachricht."),
        ({"subject": "x" * 10_000}, "160"),
        ({"text": "x" * 10_000}, "4000"),
        ({"text": "a\x08b"}, "unlesbare Zeichen"),
        ({"subject": "a\x00b"}, "Null"),
        ({"schluessel": "kein-uuid"}, "UUID"),
    ],
)
def test_wrong_input_is_explained_and_nothing_is_sent(cast, ines, data, said):
    response = client_of(cast["anna"]).post(ADDRESS, TEXT | data)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert ContactMessage.objects.count() == Mail.objects.count() == 0


def test_line_ends_and_html_get_no_further(cast, ines):
    bad = "<script>alert(1)</script>"
    client_of(cast["anna"]).post(ADDRESS, {"subject": f"a\r\nBcc: x@y.example {bad}", "text": bad})
    letter = Mail.objects.get()
    assert "\n" not in letter.subject
    assert "<script>" not in letter.html
    message = ContactMessage.objects.get()
    for address in ("/konto/nachrichten/", f"/konto/nachrichten/{message.key}/"):
        page = client_of(ines.account).get(address).content.decode()
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page


def test_a_double_click_is_one_message(cast, ines):
    anna = client_of(cast["anna"])
    key = str(anna.get(ADDRESS).context["form"]["schluessel"].value())
    for _ in range(2):
        assert anna.post(ADDRESS, TEXT | {"schluessel": key}).status_code == 302
    assert ContactMessage.objects.count() == Mail.objects.count() == 1


def test_a_key_of_somebody_else_swallows_no_message(cast, ines, message):
    client_of(cast["clara"]).post(ADDRESS, TEXT | {"schluessel": str(message.key)})
    assert ContactMessage.objects.filter(sender=cast["clara"]).exclude(key=message.key).count() == 1
    assert ContactMessage.objects.get(key=message.key).sender == cast["anna"]


def test_robots_that_fill_the_trap_are_thanked_and_ignored(cast, ines):
    response = client_of(cast["anna"]).post(ADDRESS, TEXT | {"website": "http://spam.example"})
    assert response.status_code == 302
    assert ContactMessage.objects.count() == Mail.objects.count() == 0


def test_the_eleventh_message_within_an_hour_is_refused(cast, ines):
    anna = client_of(cast["anna"])
    for _ in range(10):
        assert anna.post(ADDRESS, TEXT).status_code == 302
    assert anna.post(ADDRESS, TEXT).status_code == 429
    assert Mail.objects.count() == 10


def test_an_account_has_its_limit_wherever_it_sits(cast, ines):
    for _ in range(20):
        ContactMessage.objects.create(sender=cast["anna"], recipient=ines, subject="x", text="x")
    assert client_of(cast["anna"]).post(ADDRESS, TEXT, REMOTE_ADDR="10.9.8.7").status_code == 429
    assert client_of(cast["clara"]).post(ADDRESS, TEXT).status_code == 302


# Reading and answering.


def test_a_message_is_between_the_two(cast, ines, message):
    people = cast | {"ines": ines.account}
    address = f"/konto/nachrichten/{message.key}/"
    found = answers(people, address)
    assert those_with(found, 200) == "anna ines"
    assert those_with(found, 404) == "bernd clara nina moni mara lou ada root"
    never = client_of(cast["clara"]).get(f"/konto/nachrichten/{uuid.uuid4()}/")
    assert client_of(cast["clara"]).get(address).content == never.content
    lists = {
        n: "Leerstand" in client_of(u).get("/konto/nachrichten/").content.decode() for n, u in people.items()
    }
    assert [name for name, seen in lists.items() if seen] == ["anna", "ines"]


def test_the_log_tells_staff_who_and_when_never_what(cast, message):
    client = client_of(cast["ada"])
    for address in (
        "/redaktion/towns/contactmessage/",
        f"/redaktion/towns/contactmessage/{message.pk}/change/",
    ):
        page = client.get(address).content.decode()
        assert "Ines Institut" in page
        assert "Wie haben Sie das gemacht?" not in page


def test_only_the_recipient_answers_and_only_once(cast, ines, message):
    people = cast | {"ines": ines.account}
    address = f"/konto/nachrichten/{message.key}/"
    found = answers(people, address, {"text": "So und so."})
    assert those_with(found, 302) == "ines"
    assert those_with(found, 403) == "anna"
    assert those_with(found, 404) == "bernd clara nina moni mara lou ada root"
    letter = Mail.objects.get()
    assert (letter.recipient, letter.subject) == (
        "anna@auenlinden.example",
        "Antwort von Ines Institut: Leerstand",
    )
    assert "So und so." in letter.text
    assert "ines@institut.example" not in letter.text + letter.html
    assert client_of(ines.account).post(address, {"text": "Noch etwas."}).status_code == 403
    assert "So und so." in client_of(cast["anna"]).get(address).content.decode()


@pytest.mark.parametrize("text", ["", "x" * 10_000])
def test_a_wrong_answer_is_explained(ines, message, text):
    response = client_of(ines.account).post(f"/konto/nachrichten/{message.key}/", {"text": text})
    assert response.status_code == 422
    message.refresh_from_db()
    assert message.answered_at is None


def test_nobody_answers_an_account_that_is_gone(cast, ines, message):
    cast["anna"].delete()
    assert (
        client_of(ines.account).post(f"/konto/nachrichten/{message.key}/", {"text": "Ja"}).status_code == 403
    )
    page = client_of(ines.account).get(f"/konto/nachrichten/{message.key}/").content.decode()
    assert "Person ohne Namen" in page


# Refusing.


def test_a_refused_sender_writes_no_more_and_is_not_told(cast, ines, message):
    people = cast | {"ines": ines.account}
    address = f"/konto/nachrichten/{message.key}/abweisen/"
    assert those_with(answers(people, address), 200) == "ines"
    found = answers(people, address, {"was": "abweisen"})
    assert those_with(found, 302) == "ines"
    assert those_with(found, 403) == "anna"
    assert those_with(found, 404) == "bernd clara nina moni mara lou ada root"
    anna = client_of(cast["anna"])
    closed = anna.get(ADDRESS)
    assert closed.status_code == anna.post(ADDRESS, TEXT).status_code == 403
    assert "Nachricht schreiben" not in anna.get("/akteure/ines-institut/").content.decode()
    assert "abgewiesen" not in anna.get("/konto/nachrichten/").content.decode()
    put(ines, contact_closed_at=timezone.now())
    assert anna.get(ADDRESS).content == closed.content  # as if nobody could write
    assert Mail.objects.count() == 0


def test_others_may_still_write(cast, ines, message):
    client_of(ines.account).post(f"/konto/nachrichten/{message.key}/abweisen/", {"was": "abweisen"})
    assert client_of(cast["clara"]).post(ADDRESS, TEXT).status_code == 302


def test_a_refused_sender_can_be_taken_back(cast, ines, message):
    ContactMessage.objects.create(sender=cast["anna"], recipient=ines, subject="x", text="x")
    ines_client, address = client_of(ines.account), f"/konto/nachrichten/{message.key}/abweisen/"
    ines_client.post(address, {"was": "abweisen"})
    assert ContactMessage.objects.refused_between(cast["anna"], ines).count() == 2
    ines_client.post(address, {"was": "annehmen"})
    assert client_of(cast["anna"]).post(ADDRESS, TEXT).status_code == 302


def test_one_closes_the_door_on_ones_own_profile(cast, ines):
    profile = {"name": "Ines Institut", "kind": "wissenschaft", "visibility": "oeffentlich"}
    client_of(ines.account).post("/konto/profil/", profile)
    assert client_of(cast["anna"]).get(ADDRESS).status_code == 403
    client_of(ines.account).post("/konto/profil/", profile | {"takes_messages": "on"})
    assert client_of(cast["anna"]).get(ADDRESS).status_code == 200


@pytest.mark.parametrize("others", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(cast, ines, django_assert_num_queries, others):
    for number in range(others):
        sender = make_user(f"s{number}@stadt.example", name=f"Person {number}")
        ContactMessage.objects.create(sender=sender, recipient=ines, subject=f"Frage {number}", text="x")
    client = client_of(ines.account)
    with django_assert_num_queries(3):
        page = client.get("/konto/nachrichten/").content.decode()
    assert page.count("von Person ") == others
