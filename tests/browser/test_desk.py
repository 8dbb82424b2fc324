"""The editors' desk: from the draft to the public page and back, in the plain Django admin."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from formats.actions import ask_release, publish_due, save_draft
from formats.models import Release
from foundation.people.roles import Role
from tests.browser.measure import SOUND, measure
from tests.browser.pages import PHONE
from tests.builders import PASSWORD, make_user, publish_rows

LIST = "/redaktion/formats/format/"


@pytest.fixture
def mila(db):
    """A second editor."""
    return make_user("mila@akademie.example", name="Mila Moor", role=Role.EDITOR)


@pytest.fixture
def desk_of(new_context, enter):
    """A window of somebody who is logged in."""

    def open_desk(user, **options):
        client = Client()
        client.force_login(user)
        context = new_context(**options)
        enter(context, client)
        return context.new_page()

    return open_desk


def log_in(page, user):
    page.get_by_label("E-Mail-Adresse").fill(user.email)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()


def test_a_draft_goes_public_by_way_of_preview_coauthor_approval_and_plan(
    page, new_context, desk_of, own_format, moni, mila, watch
):
    change = f"{LIST}{own_format.pk}/change/"
    page.goto("/redaktion/")
    log_in(page, moni)
    expect(page.get_by_role("heading", name="Heute")).to_be_visible()
    page.goto(LIST)
    page.get_by_role("link", name=own_format.title).click()
    page.get_by_role("textbox", name="Kurztext").fill("Ein Kreis, der sich jeden Monat trifft.")
    page.locator("#id_steps-0-position").fill("2")
    page.locator("#id_steps-1-position").fill("1")

    # How it would look on a phone, before anything is saved.
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Vorschau").click()
    preview = opened.value
    preview.get_by_role("link", name="Telefon").click()
    framed = preview.frame_locator("iframe")
    expect(framed.get_by_text("Ein Kreis, der sich jeden Monat trifft.")).to_be_visible()
    expect(framed.locator(".timeline strong")).to_have_text(["Reden", "Ankommen"])
    preview.close()
    assert own_format.revisions.count() == 1

    page.get_by_label("Was haben Sie geändert und warum?").fill("Häufigkeit ergänzt")
    page.get_by_role("button", name="Speichern und zur Freigabe").click()
    expect(page.locator(".messagelist")).to_contain_text("Entwurf gespeichert (Fassung 2).")
    expect(page.get_by_role("insertion").first).to_contain_text("jeden Monat")

    # A co-author without account reads and remarks.
    page.get_by_role("link", name="Mitautor:innen und Bemerkungen").click()
    page.get_by_label("Für wen").fill("Frau Muster")
    page.get_by_role("button", name="Link anlegen").click()
    address = page.get_by_label("Adresse für Frau Muster").input_value()
    guest = new_context(java_script_enabled=False).new_page()
    guest.set_viewport_size(PHONE)
    guest.goto(re.sub(r"^https?://[^/]+", "", address))
    expect(guest.get_by_text("Vorschau: nicht öffentlich")).to_be_visible()
    guest.get_by_role("textbox", name="Ihre Bemerkung").fill("Bitte nennen Sie noch den Wochentag.")
    guest.get_by_role("button", name="Bemerkung senden").click()
    expect(guest.get_by_text("Bitte nennen Sie noch den Wochentag.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Bitte nennen Sie noch den Wochentag.")).to_be_visible()

    page.goto(f"{LIST}{own_format.pk}/freigabe/")
    page.get_by_label("Bemerkung für die Kolleg:innen").fill("Bitte ansehen")
    page.get_by_role("button", name="Zur Freigabe geben").click()
    expect(page.get_by_text("Freigeben wird ihn jemand anderes")).to_be_visible()

    # The second pair of eyes finds it on „Heute“ and plans it.
    other = desk_of(mila)
    other.goto("/redaktion/")
    waiting = other.locator("section", has=other.get_by_role("heading", name="Entwürfe zur Freigabe"))
    waiting.get_by_role("link", name=own_format.title).click()
    expect(other.get_by_role("insertion").first).to_contain_text("jeden Monat")
    other.get_by_label("zu einem Zeitpunkt").check()
    moment = timezone.localtime() + timedelta(days=2)
    other.get_by_label("Am", exact=True).fill(f"{moment:%Y-%m-%d}")
    other.get_by_label("um", exact=True).fill("08:00")
    other.get_by_role("button", name="Freigeben").click()
    expect(other.locator(".messagelist")).to_contain_text(f"erscheint am {moment:%d.%m.%Y} um 08:00 Uhr")
    other.goto(LIST)
    expect(other.get_by_role("row", name=own_format.title)).to_contain_text(f"{moment:%d.%m.}")

    visitor = new_context().new_page()
    visitor.goto("/formate/runder-tisch/")
    expect(visitor.get_by_text("jeden Monat")).to_have_count(0)
    Release.objects.update(publish_at=timezone.now() - timedelta(seconds=30))
    publish_due()
    visitor.reload()
    expect(visitor.get_by_text("Ein Kreis, der sich jeden Monat trifft.")).to_be_visible()
    expect(visitor.locator(".timeline strong")).to_have_text(["Reden", "Ankommen"])
    page.goto(change)
    assert measure(page, watch) == SOUND


def test_an_editor_reads_what_changed_and_takes_it_back(desk_of, own_format, moni, mila, watch):
    own_format.goal = "Voneinander lernen."
    own_format.save()
    publish_rows(own_format, author=moni, reason="Ziel geschärft")
    page, found = desk_of(moni), []
    page.goto(f"{LIST}{own_format.pk}/change/")
    page.get_by_role("link", name="Verlauf").click()
    found.append(measure(page, watch))
    expect(page.get_by_role("main").get_by_role("row", name="Fassung 2")).to_contain_text("Ziel geschärft")
    page.get_by_role("link", name="Fassung 1").click()
    found.append(measure(page, watch))
    expect(page.get_by_role("deletion")).to_have_text(re.compile("wissen"))
    page.get_by_role("link", name=re.compile("Diese Fassung wiederherstellen")).click()
    found.append(measure(page, watch))
    page.get_by_label("Warum?").fill("Doch das alte Ziel")
    page.get_by_role("button", name="wiederherstellen").click()
    found.append(measure(page, watch))
    page.get_by_role("button", name="Zur Freigabe geben").click()
    other = desk_of(mila)
    other.goto(f"{LIST}{own_format.pk}/freigabe/")
    found.append(measure(other, watch))
    other.get_by_role("button", name="Freigeben").click()
    expect(other.locator(".messagelist")).to_contain_text("Veröffentlicht.")
    other.goto("/formate/runder-tisch/")
    expect(other.get_by_text("Voneinander wissen.")).to_be_visible()
    assert found == [SOUND] * 5


@pytest.mark.parametrize("scripts", [True, False])
def test_two_editors_at_once_put_their_texts_together(desk_of, own_format, moni, mila, watch, scripts):
    change = f"{LIST}{own_format.pk}/change/"
    mine, theirs = desk_of(moni, java_script_enabled=scripts), desk_of(mila)
    mine.goto(change)
    theirs.goto(change)
    expect(theirs.get_by_text("Auch offen bei: Moni Mertens")).to_be_visible()
    theirs.get_by_role("textbox", name="Ziel:", exact=True).fill("Ziel der Kollegin.")
    theirs.get_by_role("textbox", name="Ergebnis:", exact=True).fill("Ein Protokoll.")
    theirs.get_by_role("button", name="Speichern", exact=True).click()
    expect(theirs.locator(".messagelist")).to_contain_text("Entwurf gespeichert (Fassung 2).")

    mine.get_by_role("textbox", name="Ziel:", exact=True).fill("Mein Ziel.")
    mine.get_by_role("textbox", name="Kurztext").fill("Mein Kurztext.")
    mine.get_by_role("button", name="Speichern", exact=True).click()
    expect(mine.get_by_role("heading", name=re.compile("Zusammenführen"))).to_be_visible()
    if scripts:
        assert measure(mine, watch) == SOUND
    mine.get_by_role("group", name=re.compile("Ziel")).get_by_label("So haben Sie es getippt").check()
    mine.get_by_role("button", name="Zusammenführen und als Entwurf speichern").click()
    expect(mine.locator(".messagelist")).to_contain_text("Fassung 3")
    draft = own_format.revisions.newest_first().first().snapshot
    assert (draft["goal"], draft["summary"], draft["result"]) == (
        "Mein Ziel.",
        "Mein Kurztext.",
        "Ein Protokoll.",
    )


def test_a_session_that_ends_in_the_middle_loses_nothing(desk_of, own_format, moni):
    page = desk_of(moni, java_script_enabled=False)
    page.goto(f"{LIST}{own_format.pk}/change/")
    page.get_by_role("textbox", name="Kurztext").fill("Lange daran geschrieben.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page).to_have_url(re.compile("/konto/anmelden/"))
    log_in(page, moni)
    expect(page.get_by_text("Ihre Eingaben, die noch nicht gespeichert sind")).to_be_visible()
    expect(page.get_by_role("textbox", name="Kurztext")).to_have_value("Lange daran geschrieben.")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Entwurf gespeichert (Fassung 2).")


def test_what_is_typed_is_kept_though_nobody_saves(desk_of, own_format, moni):
    page = desk_of(moni)
    page.goto(f"{LIST}{own_format.pk}/change/")
    page.get_by_role("textbox", name="Kurztext").fill("Noch nicht fertig")
    expect(page.locator("#desk-status")).to_contain_text("Zwischengespeichert", timeout=30_000)
    page.close(run_before_unload=False)
    again = desk_of(moni)
    again.goto(f"{LIST}{own_format.pk}/change/")
    again.get_by_role("link", name="Weiterarbeiten").click()
    expect(again.get_by_role("textbox", name="Kurztext")).to_have_value("Noch nicht fertig")
    assert own_format.revisions.count() == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_the_desk_is_sound(desk_of, own_format, moni, mila, watch, width):
    own_format.goal = "Voneinander lernen."
    own_format.save()
    ask_release(save_draft(own_format, author=moni), by=moni)
    sheet = f"{LIST}{own_format.pk}/"
    page, found = desk_of(mila), {}
    page.set_viewport_size({"width": width, "height": 900})
    for address in (
        "/redaktion/",
        LIST,
        f"{LIST}add/",
        *(f"{sheet}{rest}" for rest in ("change/", "freigabe/", "vorschau/", "mitautoren/", "history/")),
        *(f"{sheet}{rest}" for rest in ("fassung/2/", "kopieren/", "zurueckziehen/", "delete/")),
    ):
        page.goto(address)
        found[address] = measure(page, watch)
    page.goto(LIST)
    page.get_by_role("row", name=own_format.title).get_by_role("checkbox").check()
    page.locator("select[name=action]").select_option("withdraw_chosen")
    page.get_by_role("button", name="Ausführen").click()
    expect(page.get_by_role("main").get_by_text(own_format.title)).to_be_visible()
    found["withdraw_chosen"] = measure(page, watch)
    assert {address: result for address, result in found.items() if result != SOUND} == {}
