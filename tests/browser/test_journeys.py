"""What visitors come for, done to the end: with JavaScript, without it, and by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from formats.models import Bookmark, Correction, Vote
from tests.browser.pages import DESK, PHONE
from tests.builders import PASSWORD

# Whether one sees where the keyboard is: there is a ring, and not everything of it lies under something else.
FOCUS = """target => {
  const here = document.activeElement, box = here.getBoundingClientRect()
  const rings = [null, "::after"].map(part => getComputedStyle(here, part))
  const points = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]].map(([x, y]) =>
    document.elementFromPoint(box.x + box.width * x, box.y + box.height * y))
  return {
    where: here.outerHTML.slice(0, 120),
    ring: rings.some(style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
    seen: points.some(there => there !== null && here.contains(there)),
    reached: here === target,
  }
}"""


@pytest.fixture
def plain_page(new_context):
    """A window without JavaScript."""
    return new_context(java_script_enabled=False).new_page()


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def any_page(request, new_context):
    return new_context(java_script_enabled=request.param == "with JavaScript").new_page()


def label(page, text):
    """A choice of the filter with the number of Steckbriefe that it would leave."""
    return page.locator("#filter label").filter(has_text=re.compile(rf"^\s*{text}\s+\d+$"))


def option(page, text):
    return label(page, text).locator("input")


def promised(page, text):
    return int(label(page, text).locator(".facet__count").inner_text())


def cards(page):
    return page.locator(".card")


def count(page):
    return page.locator("#ergebnisse")


def test_a_visitor_narrows_the_catalogue_down_on_one_and_the_same_page(page):
    page.goto("/formate/")
    page.evaluate("window.sameAsBefore = true")
    expect(count(page)).to_have_text("18 Formate")

    left = promised(page, "beraten")
    option(page, "beraten").check()
    expect(count(page)).to_have_text(f"{left} von 18 Formaten")
    expect(cards(page)).to_have_count(left)
    expect(page).to_have_url(re.compile("zweck=beraten"))
    expect(option(page, "beraten")).to_be_checked()
    expect(option(page, "beraten")).to_be_focused()

    fewer = promised(page, "bis 2 Stunden")
    assert 0 < fewer < left
    option(page, "bis 2 Stunden").check()
    expect(cards(page)).to_have_count(fewer)
    expect(option(page, "bis 2 Stunden")).to_be_focused()
    expect(page).to_have_url(re.compile("zweck=beraten.*zeit=2-stunden"))
    assert page.evaluate("window.sameAsBefore")

    page.go_back()
    expect(page).not_to_have_url(re.compile("zeit=2-stunden"))
    expect(cards(page)).to_have_count(left)
    expect(option(page, "beraten")).to_be_checked()
    expect(option(page, "bis 2 Stunden")).not_to_be_checked()

    page.get_by_role("link", name=re.compile("Filter entfernen: .*beraten")).click()
    expect(count(page)).to_have_text("18 Formate")
    expect(option(page, "beraten")).not_to_be_checked()

    page.get_by_label("Wort im Text").fill("Sprechstunde")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Digitale Sprechstunde", exact=True)).to_be_visible()
    expect(page.get_by_label("Wort im Text")).to_be_focused()
    cards(page).get_by_role("link", name="Digitale Sprechstunde").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Sprechstunde"))


def test_a_visitor_narrows_the_catalogue_down_on_a_phone_without_javascript(plain_page):
    page = plain_page
    page.set_viewport_size(PHONE)
    page.goto("/formate/")
    expect(option(page, "beraten")).to_be_hidden()
    page.get_by_text("Filter", exact=True).click()
    left = promised(page, "beraten")
    option(page, "beraten").check()
    page.get_by_role("button", name="Anwenden").click()
    expect(count(page)).to_have_text(f"{left} von 18 Formaten")
    expect(cards(page)).to_have_count(left)
    expect(page).to_have_url(re.compile("zweck=beraten"))
    expect(cards(page).first).to_be_in_viewport()  # the filter is folded again
    page.get_by_text("Filter (1)", exact=True).click()
    expect(option(page, "beraten")).to_be_checked()
    page.get_by_role("link", name=re.compile("Filter entfernen: .*beraten")).click()
    expect(count(page)).to_have_text("18 Formate")


def test_who_finds_nothing_is_told_the_way_out(any_page):
    any_page.goto("/formate/")
    any_page.get_by_label("Wort im Text").fill("Kaffeefahrt")
    any_page.keyboard.press("Enter")
    expect(count(any_page)).to_have_text("0 von 18 Formaten")
    any_page.get_by_role("main").get_by_role("link", name="alle Formate", exact=True).click()
    expect(count(any_page)).to_have_text("18 Formate")


def test_the_first_page_leads_to_a_format_by_a_word(any_page):
    any_page.goto("/")
    any_page.get_by_role("searchbox").fill("Sprechstunde")
    any_page.get_by_role("button", name="Suchen").click()
    any_page.get_by_role("link", name="Digitale Sprechstunde", exact=True).click()
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Digitale Sprechstunde")


def test_two_formats_stand_side_by_side(any_page):
    any_page.goto("/formate/")
    titles = []
    for card in (cards(any_page).first, cards(any_page).nth(1)):
        titles.append(card.get_by_role("heading").inner_text())
        choice = card.get_by_role("checkbox")
        expect(choice).to_have_accessible_name(re.compile(f"^vergleichen.*{titles[-1]}$"))
        choice.check()
    any_page.get_by_role("button", name="Angekreuzte vergleichen").click()
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Formate vergleichen")
    expect(any_page.get_by_role("columnheader")).to_have_text(titles)
    expect(any_page.get_by_role("row", name="Dauer").get_by_role("cell")).to_have_count(2)
    chosen = any_page.get_by_role("checkbox", checked=True)
    expect(chosen).to_have_count(2)
    chosen.first.uncheck()
    any_page.get_by_role("button", name="Vergleichen").click()
    expect(any_page.get_by_role("alert")).to_have_text("Bitte wählen Sie 2 bis 4 Steckbriefe aus.")


def tab_to(page, target):
    """Press Tab until the target has the focus; on the way one always sees where one is."""
    for _ in range(150):
        page.keyboard.press("Tab")
        focus = target.evaluate(FOCUS)
        assert focus["ring"], focus
        assert focus["seen"], focus
        if focus["reached"]:
            return
    raise AssertionError(f"The keyboard never reaches {target}.")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_keyboard_alone_leads_from_the_first_page_to_a_remembered_steckbrief(page, size):
    page.set_viewport_size(size)
    page.goto("/")
    skip = page.get_by_role("link", name="Zum Inhalt springen")
    tab_to(page, skip)
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("searchbox"))  # the header has been left out
    tab_to(page, page.get_by_role("main").get_by_role("link", name="Format finden"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Formate")
    first = cards(page).first.get_by_role("link")
    title = first.inner_text()
    tab_to(page, first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    tab_to(page, page.get_by_role("link", name="Merken"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Gemerkt")).to_be_focused()
    tab_to(page, page.get_by_role("contentinfo").get_by_role("link", name="Merkliste"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("link", name=title)).to_be_visible()


def test_the_keyboard_alone_chooses_a_filter_on_a_phone(page):
    page.set_viewport_size(PHONE)
    page.goto("/formate/")
    tab_to(page, page.locator("summary"))
    page.keyboard.press("Enter")
    left = promised(page, "digital")
    tab_to(page, option(page, "digital"))
    page.keyboard.press("Space")
    expect(count(page)).to_have_text(f"{left} von 18 Formaten")
    expect(option(page, "digital")).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Anwenden"))


def test_one_click_remembers_a_steckbrief(page):
    page.goto("/formate/webinar/")
    page.get_by_role("link", name="Merken").click()
    expect(page.get_by_role("link", name="Gemerkt")).to_be_visible()
    expect(page).to_have_url(re.compile("/formate/webinar/$"))
    page.get_by_role("link", name="Gemerkt").click()
    page.get_by_role("link", name="Zur Merkliste").click()
    expect(page.get_by_role("main").get_by_role("heading", level=2)).to_have_text(["Webinar / Web-Talk"])


def test_a_merkliste_without_javascript_goes_along_into_the_account(plain_page, anna):
    page = plain_page
    for address in ("/formate/webinar/", "/formate/barcamp/"):
        page.goto(address)
        page.get_by_role("link", name="Merken").click()
        page.get_by_role("button", name="Auf die Merkliste").click()
        expect(page.get_by_role("status").filter(has_text="steht auf Ihrer Merkliste")).to_have_count(1)
    page.goto("/formate/merkliste/")
    page.get_by_role("button", name=re.compile("^Von der Liste nehmen.*Barcamp")).click()
    listed = page.get_by_role("main").get_by_role("heading", level=2)
    expect(listed).to_have_text(["Webinar / Web-Talk"])

    page.get_by_role("main").get_by_role("link", name="Anmelden").click()
    page.get_by_label("E-Mail-Adresse").fill(anna.email)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("link", name="Abmelden")).to_be_visible()
    page.goto("/formate/merkliste/")
    expect(listed).to_have_text(["Webinar / Web-Talk"])
    assert [bookmark.format.slug for bookmark in Bookmark.objects.of(anna)] == ["webinar"]


def test_a_correction_with_a_fault_is_kept_and_can_be_put_right(any_page):
    any_page.goto("/formate/webinar/")
    any_page.get_by_role("link", name=re.compile("Rückmeldung geben")).click()
    note, reply_to = any_page.get_by_label("Was stimmt nicht"), any_page.get_by_label("Ihre E-Mail-Adresse")
    note.fill("Die Dauer stimmt nicht.\nEs waren 90 Minuten.")
    reply_to.fill("anna@")
    any_page.get_by_role("button", name="An die Redaktion senden").click()
    expect(reply_to).to_have_accessible_description(re.compile("Diese E-Mail-Adresse ist nicht vollständig"))
    expect(reply_to).to_have_attribute("aria-invalid", "true")
    expect(reply_to).to_have_value("anna@")
    expect(note).to_have_value("Die Dauer stimmt nicht.\nEs waren 90 Minuten.")
    assert Correction.objects.count() == 0
    reply_to.fill("anna@auenlinden.example")
    any_page.get_by_role("button", name="An die Redaktion senden").click()
    expect(any_page.get_by_role("status").filter(has_text="Danke")).to_be_visible()
    correction = Correction.objects.get()
    assert correction.text.splitlines() == ["Die Dauer stimmt nicht.", "Es waren 90 Minuten."]
    assert correction.reply_to == "anna@auenlinden.example"


def test_one_click_says_that_a_steckbrief_was_helpful(any_page):
    any_page.goto("/formate/webinar/rueckmeldung/")
    any_page.get_by_role("button", name="Ja").click()
    expect(any_page.get_by_role("status").filter(has_text="Danke")).to_be_visible()
    expect(any_page).to_have_url(re.compile("/formate/webinar/$"))
    assert [vote.helpful for vote in Vote.objects.all()] == [True]
