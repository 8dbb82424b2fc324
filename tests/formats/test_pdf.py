"""PDFs: accessible, with everything that matters, whatever editors typed."""

import io

import pytest
from pypdf import PdfReader

from tests.builders import make_format

pytestmark = pytest.mark.django_db


def read(response):
    assert response.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_a_pdf_says_what_the_page_says_and_is_tagged(client):
    make_format(
        title="Runder Tisch",
        goal="Voneinander wissen.",
        estimated=["goal"],
        steps=[{"title": "Ankommen", "minutes": 5}],
        sources=[{"title": "Bericht", "url": "https://example.org/"}],
    )
    pdf = read(client.get("/formate/runder-tisch.pdf"))
    text = text_of(pdf)
    for words in (
        "Runder Tisch",
        "Ziel (Schätzung)",
        "Ankommen · 5 Min.",
        "Herkunft: ergänzt",
        "Stand: 01.11.2026",
    ):
        assert words in text
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert str(pdf.trailer["/Root"]["/Lang"]).startswith("de")
    assert pdf.metadata.title == "Runder Tisch"
    assert "pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_object().get_data().decode()


def test_a_chosen_set_comes_in_the_order_of_the_choice(client):
    make_format("a", title="Erster")
    make_format("b", title="Zweiter")
    text = text_of(read(client.get("/formate/auswahl.pdf?f=b&f=a")))
    assert text.index("Zweiter") < text.index("Erster")


@pytest.mark.parametrize("query", ["", "?f=fehlt", "?f=a&f=fehlt", "?f=%ff"])
def test_a_set_of_nothing_or_of_the_unknown_is_refused(client, query):
    make_format("a")
    assert client.get(f"/formate/auswahl.pdf{query}").status_code == 400


@pytest.mark.parametrize(
    "odd",
    [
        "🎙 Hör zu",
        "日本語",
        "مرحبا",
        "a\u200db",
        "Ⅻ ☃ ½",
        "#set text(red) *x* $y$ @z <l> \\ [",
        "Łódź Ελλάδα Київ",
    ],
)
def test_no_text_an_editor_may_type_stops_a_pdf(client, odd):
    make_format(title=f"Gespräch {odd}", tips=[odd + "."], roles=[odd])
    assert "Gespräch" in text_of(read(client.get("/formate/runder-tisch.pdf")))


def test_markup_in_a_text_stays_text(client):
    make_format(goal="*nicht fett* und #emph[nicht schräg]")
    assert "*nicht fett* und #emph[nicht schräg]" in text_of(read(client.get("/formate/runder-tisch.pdf")))


def test_sets_are_limited_because_they_cost_memory(client):
    make_format("a")
    statuses = [client.get("/formate/auswahl.pdf?f=a").status_code for _ in range(21)]
    assert statuses == [200] * 20 + [429]
