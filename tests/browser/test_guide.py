"""One walk through a decision tree: by keyboard alone, without JavaScript, there and back."""

import re

import pytest
from playwright.sync_api import expect

from formats.models import TreeNote
from tests.browser.pages import PHONE

FINDER = "/wegweiser/welches-format/"
# A card draws its ring around itself, not around the words of its link.
RING = """link => [null, "::after"].some(part => getComputedStyle(link, part).outlineStyle !== "none")"""


@pytest.fixture
def plain_page(new_context):
    """A window without JavaScript, as large as a phone."""
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size(PHONE)
    return page


def press_to(page, name):
    """Go on with the tabulator to the link of this name and follow it, as people without a mouse do."""
    target = page.get_by_role("link", name=name, exact=False).first
    for _ in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("link => link === document.activeElement"):
            assert target.evaluate(RING), f"no ring around {name}"
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def test_a_walk_by_keyboard_and_without_javascript(plain_page):
    page = plain_page
    page.goto("/")
    press_to(page, "Wegweiser")
    press_to(page, "Welches Format passt?")
    expect(page.get_by_text("Frage 1 von höchstens 7")).to_be_visible()
    for answer in (
        "Rat zu einem bestimmten Fall bekommen",
        "Für Bürgermeister:innen",
        "Ja, wir wollen miteinander sprechen",
        "Einmal höchstens zwei Stunden",
        "Vier bis zwölf",
        "Ja, es geht um Heikles",
        "Höchstens zwei Arbeitstage",
    ):
        press_to(page, answer)
    expect(page.get_by_role("heading", level=1)).to_have_text("Diese Formate passen zu Ihren Antworten")
    expect(page.locator(".guide-suggestion h3").first).to_have_text(
        "Kollegiale Beratung / interkollegiales Coaching"
    )
    expect(page).to_have_url(re.compile(r"\?zweck=rat&publikum=spitze&.*&fassung=1$"))


def test_back_and_change_keep_what_still_applies(plain_page):
    page = plain_page
    page.goto(f"{FINDER}?zweck=rat&publikum=spitze&zusammen=ja&dauer=kurz&fassung=1")
    page.get_by_role("link", name="Vier bis zwölf").click()
    page.go_back()
    expect(page.get_by_text("Frage 5 von höchstens 7")).to_be_visible()
    page.get_by_role("link", name="Zurück").click()
    expect(page.get_by_text("Frage 4 von höchstens 7")).to_be_visible()
    page.get_by_role("link", name=re.compile(r"ändern\s*: Was wollen Sie vor allem erreichen")).click()
    page.get_by_role("link", name="Ein Thema verstehen").click()
    expect(page.get_by_text("Frage 4 von höchstens 7")).to_be_visible()
    given = page.locator(".guide-answers li")
    expect(given).to_have_count(3)
    expect(given.nth(0)).to_contain_text("Ein Thema verstehen")
    expect(given.nth(1)).to_contain_text("Für Bürgermeister:innen")


def test_what_does_not_fit_is_told_to_the_editors(plain_page):
    page = plain_page
    page.goto("/wegweiser/foerdermittel/?stand=begonnen&fassung=1")
    page.get_by_role("link", name="Sagen Sie es der Redaktion").click()
    page.get_by_label("Was passt nicht?").fill("Wir haben erst ausgeschrieben.")
    page.get_by_role("button", name="An die Redaktion senden").click()
    expect(page.get_by_text("Ihr Hinweis ist bei der Redaktion angekommen")).to_be_visible()
    note = TreeNote.objects.get()
    assert (note.text, note.answers) == ("Wir haben erst ausgeschrieben.", "stand=begonnen&fassung=1")
