"""The editors' desk: from the log-in to the changed page, in the plain Django admin."""

import re

from playwright.sync_api import expect

from tests.browser.measure import SOUND, measure
from tests.builders import PASSWORD, publish_rows


def test_an_editor_changes_a_steckbrief_and_visitors_see_it(page, new_context, own_format, moni):
    page.goto("/redaktion/")
    expect(page).to_have_url(re.compile(r"/konto/anmelden/\?next="))
    page.get_by_label("E-Mail-Adresse").fill(moni.email)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    expect(page).to_have_url(re.compile("/redaktion/$"))

    page.get_by_role("main").get_by_role("link", name="Steckbriefe").first.click()
    page.get_by_role("link", name=own_format.title).click()
    page.get_by_role("textbox", name="Kurztext").fill("Ein Kreis, der sich jeden Monat trifft.")
    page.get_by_role("button", name="Schritt hinzufügen").click()
    page.locator("#id_steps-3-title").fill("Verabreden")
    page.locator("#id_steps-0-position").fill("2")
    page.locator("#id_steps-1-position").fill("1")
    page.get_by_label("Was haben Sie geändert und warum?").fill("Häufigkeit ergänzt")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Fassung 2 ist öffentlich.")

    visitor = new_context().new_page()
    visitor.goto("/formate/runder-tisch/")
    expect(visitor.get_by_text("Ein Kreis, der sich jeden Monat trifft.")).to_be_visible()
    steps = visitor.locator(".timeline strong")
    expect(steps).to_have_text(["Reden", "Ankommen", "Verabreden"])
    expect(visitor.get_by_role("link", name="Bearbeiten")).to_have_count(0)


def test_an_editor_reads_what_changed_and_undoes_it(page, enter, client, own_format, moni, watch):
    own_format.goal = "Voneinander lernen."
    own_format.save()
    publish_rows(own_format, author=moni, reason="Ziel geschärft")
    client.force_login(moni)
    enter(page.context, client)
    found = []
    page.goto(f"/redaktion/formats/format/{own_format.pk}/change/")
    page.get_by_role("link", name="Verlauf").click()
    found.append(measure(page, watch))
    expect(page.get_by_role("main").get_by_role("row", name="Fassung 2")).to_contain_text("Ziel geschärft")
    page.get_by_role("link", name="Fassung 1").click()
    found.append(measure(page, watch))
    expect(page.get_by_role("deletion")).to_have_text(re.compile("wissen"))
    page.get_by_role("link", name=re.compile("Diese Fassung wiederherstellen")).click()
    found.append(measure(page, watch))
    page.get_by_label("Warum?").fill("Doch das alte Ziel")
    page.get_by_role("button", name="Wiederherstellen").click()
    page.goto("/formate/runder-tisch/")
    expect(page.get_by_text("Voneinander wissen.")).to_be_visible()
    assert found == [SOUND] * 3
