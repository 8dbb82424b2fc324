"""Asking for a seat, confirming it, taking over a profile: on the phone, with and without JavaScript."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from foundation.notices.models import Mail
from foundation.people.actions import make_confirmed_user
from foundation.people.models import User
from tests.browser.pages import PHONE
from tests.builders import PASSWORD, make_actor, make_seat
from towns.actions.actors import invite
from towns.models import Actor, Land, Seat, SeatRole, Town


@pytest.fixture
def auenlinden(db):
    """The town and its Land; both go with what hangs on them."""
    land, _ = Land.objects.get_or_create(
        key="12", defaults={"name": "Brandenburg", "slug": "brandenburg", "short": "BB"}
    )
    town = Town.objects.create(
        name="Auenlinden",
        official_name="Auenlinden, Stadt",
        slug="auenlinden",
        kind="63",
        land=land,
        valid_from=timezone.localdate(),
        participating_since=timezone.now(),
        is_demo=True,
    )
    yield town
    for model in (Seat, Actor, Town):
        model.objects.all().delete()


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def window(request, new_context, enter):
    """Opens a phone for a person of the house."""

    def open_window(email):
        client = Client()
        client.force_login(User.objects.get(email=email))
        context = new_context(java_script_enabled=request.param == "with JavaScript")
        enter(context, client)
        page = context.new_page()
        page.set_viewport_size(PHONE)
        return page

    return open_window


def test_a_seat_is_asked_for_and_confirmed_on_the_phone(window, auenlinden, anna):
    make_seat(anna, auenlinden)
    make_confirmed_user("nina@neu.example", PASSWORD, name="")
    page = window("nina@neu.example")
    page.goto("/staedte/sitz/")
    page.get_by_label("Name Ihrer Stadt").fill("AUEN")
    page.get_by_role("main").get_by_role("button", name="Suchen").click()
    page.get_by_role("link", name="Auenlinden").click()
    page.get_by_role("button", name="Sitz anfragen").click()
    expect(page.locator(".error-summary")).to_contain_text("Bitte geben Sie Ihren Namen ein.")
    page.get_by_label("Ihr Name").fill("Nina Neu")
    page.get_by_label("Verwaltung").check()
    page.get_by_label("Im Amt oder angestellt seit").fill("2024-05-01")
    page.get_by_role("button", name="Sitz anfragen").click()
    expect(page.locator(".badge")).to_have_text("angefragt")

    mayor = window("anna@auenlinden.example")
    address = re.search(r"/konto/sitze/\d+/bestaetigen/", Mail.objects.get().text)[0]
    mayor.goto(address)
    expect(mayor.locator("h1")).to_have_text("Spricht Nina Neu für Auenlinden?")
    mayor.get_by_role("button", name="Bestätigen").click()
    expect(mayor.locator(".messages")).to_contain_text("Nina Neu spricht jetzt für Auenlinden.")

    page.reload()
    expect(page.locator(".badge").first).to_have_text("gilt")
    assert Seat.objects.current().filter(role=SeatRole.ADMINISTRATION).count() == 1


def test_a_profile_is_taken_over_on_the_phone(window, auenlinden, moni):
    make_confirmed_user("ida@verein.example", PASSWORD, name="Ida Igel")
    actor = make_actor("Ida Initiative")
    invite(actor, email="ida@verein.example", by=moni)
    page = window("ida@verein.example")
    page.goto(re.search(r"/einladung/[^/\s]+/", Mail.objects.get().text)[0])
    expect(page.locator("h1")).to_have_text("Ihr Profil: Ida Initiative")
    assert Actor.objects.unclaimed().count() == 1
    page.get_by_role("button", name="Profil übernehmen").click()
    page.get_by_label("Name", exact=True).fill("Ida Igel")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator(".messages")).to_contain_text("Ihr Profil ist gespeichert.")
    actor.refresh_from_db()
    assert (actor.name, actor.account.email) == ("Ida Igel", "ida@verein.example")
