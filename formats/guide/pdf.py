"""The result of a walk as PDF: accessible (PDF/UA-1), made by typst from data like the Steckbriefe."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from formats.guide.pages import Place, Result, steps_in_words
from formats.pdf import compile_pdf

TEMPLATE = Path(__file__).parent.parent / "typst" / "ergebnis.typ"


def render_result(place: Place, result: Result) -> bytes:
    return compile_pdf(TEMPLATE, _data(place, result))


def _data(place: Place, result: Result) -> dict:
    plan = place.plan
    return {
        "tree": plan.title,
        "title": result.outcome.title,
        "paragraphs": result.paragraphs,
        "suggestions": [
            {
                "title": one.edition.title,
                "summary": one.edition.format.summary,
                "facts": " · ".join(
                    f"{fact.word}: {fact.value}{' (Schätzung)' if fact.estimated else ''}"
                    for fact in one.edition.facts
                ),
                "pros": [_line(argument) for argument in one.pros],
                "cons": [_line(argument) for argument in one.cons],
                "url": settings.SITE_URL + one.edition.url,
            }
            for one in result.suggestions
        ],
        "undecided": result.is_undecided,
        "ties": result.ties,
        "rejected": [{"title": one.edition.title, "sentence": one.sentence} for one in result.rejected],
        "links": [
            {
                "title": link.title,
                "url": link.url,
                "note": link.note,
                "checked": f"{link.checked:%d.%m.%Y}" if link.checked else "",
            }
            for link in result.links
        ],
        "onward": [
            {"title": one.edition.title, "reason": one.reason, "url": settings.SITE_URL + one.edition.url}
            for one in result.onward
        ],
        "next_step": result.outcome.next_step,
        "answers": [
            {"question": question, "answer": answer} for question, answer in steps_in_words(place.state.steps)
        ],
        "note": plan.note,
        "responsible": plan.responsible,
        "as_of": f"{plan.as_of:%d.%m.%Y}",
        "review_due": f"{plan.review_due:%d.%m.%Y}" if plan.review_due else "",
        "revision": place.edition.number,
        "url": settings.SITE_URL + place.here,
    }


def _line(argument) -> str:
    return f"{argument.sentence} (Ihre Antwort: {argument.answer})" if argument.answer else argument.sentence
