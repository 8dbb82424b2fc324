"""Every page type in both schemes and on both widths: axe, width, nothing that jumps."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from foundation.kit.text import german_slug
from tests.browser.conftest import Watch
from tests.browser.measure import OVERHANG, SHIFT, SOUND, measure
from tests.browser.pages import DESK, PAGES, PHONE
from tests.builders import publish_rows

pytestmark = pytest.mark.urls("tests.browser.urls")


@pytest.fixture(scope="module")
def window(browser, browser_context_args, base_url):
    """One window for all pages, which has loaded style and typeface already; and who watches it."""
    watch = Watch(base_url)
    context = browser.new_context(**browser_context_args)
    watch.follow(context)
    page = context.new_page()
    page.goto("/")
    yield page, watch
    context.close()


@pytest.fixture
def watch(window):
    watch = window[1]
    watch.findings.clear()
    yield watch
    assert watch.findings == []


@pytest.fixture
def page(window, watch):
    return window[0]


@pytest.fixture
def arrive(page, enter, anna, moni, post):
    """Go to a page type the way people do, through its form if it has one."""

    def go(kind):
        page.context.clear_cookies()
        cache.clear()  # a second visit is not a second attempt
        enter(page.context, kind.visitor())
        answer = page.goto(kind.address)
        if kind.sends:
            names = [f'[name="{name}"]' for name in kind.sends]
            form = page.locator("main form").filter(has=page.locator(names[0]))
            for name, value in zip(names, kind.sends.values(), strict=True):
                for control in form.locator(f"{name}:visible").all():
                    control.fill(value)
            with page.expect_navigation() as navigation:
                form.get_by_role("button").click()
            answer = navigation.value
        assert answer.status == kind.status

    return go


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: german_slug(kind.name))
def test_page_is_sound_on_phone_and_desk_by_day_and_night(kind, page, arrive, watch):
    found = {}
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light")
        arrive(kind)
        found[size["width"]] = measure(page, watch)
    assert found == {360: SOUND, 1280: SOUND}


def test_what_is_wrong_with_a_page_is_seen(page, watch):
    page.set_viewport_size(PHONE)
    page.goto("/")
    assert measure(page, watch) == SOUND
    page.evaluate("""() => {
      const text = document.createElement("p")
      text.textContent = "Kaum zu lesen"
      text.style.color = "#8888"
      text.style.inlineSize = "200vw"
      document.querySelector("main").prepend(text, new Image())
    }""")
    found = measure(page, watch)
    assert found["shift"] > 0
    assert found["overhang"] > 0
    assert {finding.split()[0] for finding in found["light"]} == {"color-contrast", "image-alt"}
    assert [finding.split()[0] for finding in found["dark"]] == ["color-contrast"]


def test_what_a_page_must_never_do_is_seen(browser, base_url):
    watch = Watch(base_url)
    context = browser.new_context(base_url=base_url)
    watch.follow(context)
    page = context.new_page()
    page.goto("/")
    page.evaluate("""async () => {
      console.error("Das ging schief")
      document.body.setAttribute("style", "color: red")
      await fetch("https://anderswo.example/").catch(() => {})
    }""")
    context.close()
    said = " ".join(watch.findings)
    assert "Das ging schief" in said
    assert "style-src 'self'" in said
    assert "https://anderswo.example/" in said


@pytest.mark.parametrize("address", ["/formate/", "/formate/tabelle/", "/formate/barcamp/"])
def test_nothing_jumps_when_the_typeface_comes_late(new_context, address):
    page = new_context().new_page()
    fonts = []
    page.route("**/*.woff2", lambda route: fonts.append(route))
    page.goto(address, wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_timeout(200)  # time to paint in the typeface that stands in
    assert len(fonts) == 2
    for font in fonts:
        font.continue_()
    page.wait_for_load_state()
    assert page.evaluate(SHIFT) == 0


@pytest.mark.parametrize("width", [320, 360])
def test_long_german_words_stay_on_the_phone(page, own_format, width):
    word = "Rechtsschutzversicherungsgesellschaftsangestelltenverbandstag"
    own_format.title, own_format.summary, own_format.goal = word, f"{word}. {word}/{word}", f"{word}, {word}"
    own_format.occasions = own_format.tools = own_format.tips = own_format.checklist = [word, word + "e"]
    own_format.save()
    own_format.steps.update(title=word)
    publish_rows(own_format, author=None)
    page.set_viewport_size({"width": width, "height": 800})
    overhangs = {}
    for address in (
        "/formate/",
        "/formate/tabelle/",
        "/formate/vergleich/",
        "/formate/vergleich/?f=runder-tisch&f=webinar",
        "/formate/runder-tisch/",
        "/formate/runder-tisch/druck/",
        "/formate/runder-tisch/merken/",
        "/formate/runder-tisch/rueckmeldung/",
    ):
        page.goto(address)
        expect(page.get_by_text(word).first).to_be_attached()
        overhangs[address] = page.evaluate(OVERHANG)
    assert {address: overhang for address, overhang in overhangs.items() if overhang} == {}
