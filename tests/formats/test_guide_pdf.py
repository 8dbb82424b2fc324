"""The result as PDF: made from data, whatever is typed; only where there is a result."""

import io

import pytest
from pypdf import PdfReader

from tests.builders import make_question, make_tree

pytestmark = pytest.mark.django_db
ADDRESS = "/wegweiser/welches.pdf?zeit=kurz&gruppe=wenige&fassung=1"


def words(response):
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_pdf_says_what_the_page_says(client):
    make_tree(note="Keine Rechtsberatung.")
    response = client.get(ADDRESS)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["X-Robots-Tag"] == "noindex"
    said = words(response)
    for part in (
        "Das passt",
        "Webinar",
        "ist kurz",
        "Was gegen die anderen sprach",
        "Dauert lang.",
        "Keine Rechtsb",
    ):
        assert part in said
    assert "zeit=kurz" in said


def test_the_pdf_is_tagged_and_german(client):
    make_tree()
    root = PdfReader(io.BytesIO(client.get(ADDRESS).content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("de")


def test_without_a_result_there_is_no_pdf_but_the_next_question(client):
    make_tree()
    response = client.get("/wegweiser/welches.pdf?zeit=kurz&fassung=1")
    assert (response.status_code, response.url) == (302, "/wegweiser/welches/?zeit=kurz&fassung=1")


def test_nothing_typed_acts_as_markup(client):
    odd = '#panic() *fett* \\ $x$ <b> "😀" „ü“'
    question = make_question("zeit", ("kurz", {"outcome": "formate"}), ("lang", {"outcome": "formate"}))
    outcome = {"key": "formate", "title": odd, "text": odd, "next_step": odd}
    outcome["links"] = [{"title": odd, "url": "https://amt.example/#panic()"}]
    make_tree(questions=[question | {"text": odd}], outcomes=[outcome], note=odd)
    response = client.get("/wegweiser/welches.pdf?zeit=kurz")
    assert response.status_code == 200
    assert "#panic() *fett*" in words(response)


def test_pdfs_are_limited_per_address(client):
    make_tree()
    answers = {client.get(f"{ADDRESS}&x={number}").status_code for number in range(31)}
    assert answers == {200, 429}
