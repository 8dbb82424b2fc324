"""A profile before its account: the link opens a page, a button acts, once, for the right person."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from foundation.notices.models import Mail
from tests.builders import make_actor, make_user
from tests.towns.walks import answers, client_of, those_with
from towns.actions.actors import INVITATION_LASTS, claim, invite
from towns.models import Actor, ActorInvitation, in_network

pytestmark = pytest.mark.django_db
IDA = "ida@verein.example"


@pytest.fixture
def actor(db):
    """A profile that staff made."""
    return make_actor("Ida Initiative", role="Vorsitzende")


@pytest.fixture
def link(cast, actor):
    """The address in the letter to Ida."""
    invite(actor, email="Ida@Verein.example", by=cast["moni"])
    return link_in(Mail.objects.get())


@pytest.fixture
def ida(db):
    ida = make_user(IDA, name="Ida Igel")
    ida.emailaddress_set.create(email=IDA, verified=True, primary=True)
    return ida


def link_in(letter):
    return re.search(r"/einladung/[^/\s]+/", letter.text)[0]


def test_the_letter_holds_the_link_and_the_house_only_its_hash(link, actor):
    letter = Mail.objects.get()
    assert (letter.recipient, letter.subject) == (IDA, "Ihr Profil bei der Kleinstadtakademie")
    token = link.split("/")[2]
    assert len(token) == 43
    assert token not in ActorInvitation.objects.get().token_hash


def test_the_link_opens_a_page_and_the_button_acts(link, actor, ida):
    client = client_of(ida)
    for _ in range(3):  # mail scanners look first
        page = client.get(link)
        assert page.status_code == 200
        assert "Profil übernehmen" in page.content.decode()
    actor.refresh_from_db()
    assert actor.account is None
    assert client.post(link).url == "/konto/profil/"
    actor.refresh_from_db()
    assert (actor.account, actor.claimed_at is not None) == (ida, True)
    assert in_network(ida)
    assert 'value="Ida Initiative"' in client.get("/konto/profil/").content.decode()


def test_without_an_account_the_page_says_what_to_do_and_post_changes_nothing(link, actor):
    client = Client()
    page = client.get(link).content.decode()
    assert f'href="/konto/registrieren/?next={link}"' in page
    assert client.post(link).status_code == 200
    actor.refresh_from_db()
    assert actor.account is None
    assert IDA not in page


def test_who_makes_an_account_on_the_way_comes_back(
    link, actor, mailoutbox, django_capture_on_commit_callbacks
):
    client = Client()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            f"/konto/registrieren/?next={link}",
            {"email": IDA, "password1": "drei-linden-am-markt", "next": link},
        )
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", mailoutbox[-1].body)[0]
    response = client.post(f"/konto/e-mail/bestaetigen/?next={link}", {"code": code, "next": link})
    assert response.url == link
    assert client.post(link).url == "/konto/profil/"
    actor.refresh_from_db()
    assert actor.account.email == IDA


def test_a_forwarded_link_opens_nothing_for_others(cast, link, actor):
    found = answers(cast, link)
    assert those_with(found, 403).split() == [name for name in cast if name != "gast"]
    assert found["gast"] == 200
    assert those_with(answers(cast, link, {}), 302) == ""
    page = client_of(cast["anna"]).get(link).content.decode()
    assert "ging an eine andere Adresse" in page
    assert IDA not in page
    assert "Ida Initiative" not in page
    actor.refresh_from_db()
    assert actor.account is None


def test_an_address_that_nobody_confirmed_is_not_enough(link, actor, ida):
    ida.emailaddress_set.update(verified=False)
    assert client_of(ida).post(link).status_code == 403
    actor.refresh_from_db()
    assert actor.account is None


def test_a_link_works_once(link, ida):
    client = client_of(ida)
    assert client.post(link).status_code == 302
    for response in (client.get(link), client.post(link), Client().get(link)):
        assert response.status_code == 410
        assert "gilt nicht mehr" in response.content.decode()


@pytest.mark.parametrize("field", ["expires_at", "withdrawn_at", "used_at"])
def test_a_link_past_its_time_is_gone(link, actor, ida, field):
    ActorInvitation.objects.update(**{field: timezone.now() - timedelta(seconds=1)})
    client = client_of(ida)
    assert client.get(link).status_code == client.post(link).status_code == 410
    actor.refresh_from_db()
    assert actor.account is None


def test_a_link_lasts_thirty_days(link):
    invitation = ActorInvitation.objects.get()
    assert timedelta(days=30) == INVITATION_LASTS
    assert abs(invitation.expires_at - invitation.created_at - INVITATION_LASTS) < timedelta(minutes=1)


@pytest.mark.parametrize("token", ["x", "A" * 43, "a" * 10_000])
def test_a_forged_link_is_not_found(ida, link, token):
    assert client_of(ida).get(f"/einladung/{token}/").status_code == 404
    assert client_of(ida).post(f"/einladung/{token}/").status_code == 404


def test_a_new_invitation_replaces_the_old_one(cast, link, actor, ida):
    other = make_user("neu@verein.example")
    other.emailaddress_set.create(email="neu@verein.example", verified=True, primary=True)
    invite(actor, email="neu@verein.example", by=cast["moni"])
    assert client_of(ida).post(link).status_code == 410
    new = link_in(Mail.objects.exclude(recipient=IDA).get())
    assert client_of(other).post(new).status_code == 302


def test_who_has_a_profile_cannot_take_a_second(link, actor, ida):
    make_actor("Ida Igel", account=ida)
    response = client_of(ida).post(link)
    assert response.status_code == 403
    assert "Ihr Konto hat schon ein Profil" in response.content.decode()
    actor.refresh_from_db()
    assert actor.account is None


def test_a_profile_with_an_account_invites_nobody(cast, ida):
    actor = make_actor("Ida Igel", account=ida)
    with pytest.raises(ValidationError, match="schon ein Konto"):
        invite(actor, email="x@y.example", by=cast["moni"])
    assert Mail.objects.count() == 0


def test_claiming_is_asked_again_in_the_action(cast, link, actor, ida):
    invitation = ActorInvitation.objects.get()
    with pytest.raises(ValidationError):
        claim(invitation, user=cast["anna"])
    claim(invitation, user=ida)
    with pytest.raises(ValidationError):
        claim(invitation, user=ida)


# The desk.


@pytest.mark.parametrize(
    ("name", "status"), [("moni", 302), ("ada", 302), ("root", 302), ("mara", 403), ("lou", 403)]
)
def test_who_invites_at_the_desk(cast, actor, name, status):
    data = {"actor": actor.pk, "email": IDA}
    response = client_of(cast[name]).post("/redaktion/towns/actorinvitation/add/", data)
    assert response.status_code == status
    assert Mail.objects.count() == ActorInvitation.objects.count() == (status == 302)


def test_the_desk_refuses_a_profile_that_has_an_account(cast, ida):
    actor = make_actor("Ida Igel", account=ida)
    data = {"actor": actor.pk, "email": IDA}
    response = client_of(cast["moni"]).post("/redaktion/towns/actorinvitation/add/", data)
    assert "Dieses Profil hat schon ein Konto." in response.content.decode()


def test_the_desk_withdraws_an_invitation(cast, link, ida):
    data = {"action": "withdraw", "_selected_action": [ActorInvitation.objects.get().pk]}
    client_of(cast["moni"]).post("/redaktion/towns/actorinvitation/", data)
    assert client_of(ida).post(link).status_code == 410


def test_a_profile_made_by_staff_is_approved_at_once(cast):
    data = {
        "form": "person",
        "slug": "ida-igel",
        "name": "Ida Igel",
        "kind": "verein",
        "visibility": "oeffentlich",
        "expertise": "Leerstand",
        "people-TOTAL_FORMS": 0,
        "people-INITIAL_FORMS": 0,
    }
    response = client_of(cast["moni"]).post("/redaktion/towns/actor/add/", data)
    assert response.status_code == 302, response.context["errors"]
    actor = Actor.objects.get()
    assert (actor.created_by, actor.approved_by, actor.account) == (cast["moni"], cast["moni"], None)
    assert Mail.objects.count() == 0
