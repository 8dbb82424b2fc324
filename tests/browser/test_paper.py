"""What comes out of the printer: no navigation, and not more sheets than it needs."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from formats.models import Format


def sheets(page):
    """What would come out of the printer now."""
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages


@pytest.mark.parametrize(
    "address", ["/formate/webinar/", "/formate/webinar/druck/", "/formate/tabelle/", "/formate/"]
)
def test_paper_shows_the_content_and_nothing_to_click(page, address):
    page.goto(address)
    for clickable in (
        page.get_by_role("navigation", name="Hauptnavigation"),
        page.get_by_role("link", name="Anmelden"),
        page.get_by_role("navigation", name="Alle Seiten"),
    ):
        expect(clickable).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Kleinstadtakademie").first).to_be_visible()
    for gone in ("nav", "input", "button", ".site-account", ".kern-btn", ".skip-link"):
        expect(page.locator(f"{gone}:visible")).to_have_count(0)


def test_every_print_sheet_fits_on_one_or_two_sides(page):
    counts = {}
    for format in Format.objects.published():
        page.goto(f"{format.get_absolute_url()}druck/")
        counts[format.slug] = len(sheets(page))
    assert len(counts) == 22
    assert {slug: count for slug, count in counts.items() if count > 2} == {}


def test_a_printed_steckbrief_is_whole(page):
    page.goto("/formate/webinar/")
    text = " ".join(sheet.extract_text() for sheet in sheets(page))
    parts = ["Webinar / Web-Talk", "60 Minuten", "Ablauf", "Was schiefgehen kann", "Checkliste", "Stand:"]
    assert [part for part in parts if part not in text] == []
    assert "https://vhw.de/" in text  # sources are unfolded, and their addresses written out


def test_the_printed_table_lies_across_and_shows_all_formats(page):
    page.goto("/formate/tabelle/")
    printed = sheets(page)
    assert len(printed) <= 3
    assert all(sheet.mediabox.width > sheet.mediabox.height for sheet in printed)
    text = " ".join(sheet.extract_text() for sheet in printed)
    titles = [format.title.split()[0] for format in Format.objects.published().of_kind("format")]
    assert len(titles) == 18
    assert [title for title in titles if title not in text] == []


def test_the_print_button_prints(page):
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto("/formate/webinar/druck/")
    page.get_by_role("button", name="Drucken").click()
    assert page.evaluate("window.printed")
