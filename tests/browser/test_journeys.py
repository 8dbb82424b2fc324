"""What visitors come for, done to the end: with and without JavaScript."""

from playwright.sync_api import expect


def test_a(page):
    page.goto("/formate/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Formate")
    print(page.locator("#ergebnisse").inner_text())
    page.screenshot(path="/tmp/bt/a.png")


def test_b(page, sign_in, moni):
    sign_in(page.context, moni)
    page.goto("/redaktion/")
    page.screenshot(path="/tmp/bt/b.png")
