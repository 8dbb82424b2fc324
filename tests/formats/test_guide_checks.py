"""The check: every way a tree can make no sense, in German and with its place."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from formats.guide.checks import problems_of
from formats.guide.schema import plan_from
from formats.models import Tree
from tests.builders import UNSURE, make_plan, make_question, make_tree, make_tree_data

END = {"outcome": "formate"}
PLAIN = {"key": "formate", "title": "Ende", "text": "Hier.", "next_step": "Anrufen."}
LOOSE = {"key": "a", "text": "A"}
NEVER = PLAIN | {"key": "b", "title": "Nie"}


def sentences(plan, **known):
    return [finding.sentence for finding in problems_of(plan, **known) if finding.is_error]


def hints(plan, **known):
    return [finding.sentence for finding in problems_of(plan, **known) if not finding.is_error]


def tree(*questions, outcomes=None, **values):
    return make_plan(questions=list(questions), outcomes=outcomes or [PLAIN], **values)


def test_a_sound_tree_has_no_problem():
    assert problems_of(make_plan(), formats={"webinar", "barcamp"}, trees=set()) == []


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (make_plan(questions=[]), "Es gibt noch keine Frage."),
        (make_plan(outcomes=[]), "Es gibt noch kein Ergebnis."),
        (
            tree(make_question("zeit", ("kurz", {})) | {"options": [UNSURE | END, LOOSE]}),
            "Frage „Zeit“, Antwort „A“: Sie führt nirgendwohin.",
        ),
        (
            tree(make_question("zeit", ("kurz", {"next": "fehlt"}), ("lang", END))),
            "Frage „Zeit“, Antwort „Kurz“: Die Frage „fehlt“ gibt es nicht.",
        ),
        (
            tree(make_question("zeit", ("kurz", {"outcome": "fehlt"}), ("lang", END))),
            "Frage „Zeit“, Antwort „Kurz“: Das Ergebnis „fehlt“ gibt es nicht.",
        ),
        (
            tree(make_question("zeit", ("kurz", END), ("lang", END)) | {"options": [UNSURE | END]}),
            "Frage „Zeit“: Es braucht mindestens zwei Antworten.",
        ),
        (
            tree(
                make_question("zeit", ("kurz", END))
                | {"options": [{"key": k, "text": k} | END for k in ("a", "b")]}
            ),
            "Frage „Zeit“: Die Antwort „Weiß ich nicht“ fehlt (unsure: ja).",
        ),
        (
            tree(
                make_question("zeit", ("kurz", {"next": "gruppe"}), ("lang", END)),
                make_question("gruppe", ("eins", {"next": "zeit"}), ("zwei", END)),
            ),
            "Frage „Gruppe“, Antwort „Eins“: Der Weg geht im Kreis (Zeit → Gruppe → Zeit).",
        ),
        (
            tree(make_question("zeit", ("kurz", {"next": "zeit"}), ("lang", END))),
            "Frage „Zeit“, Antwort „Kurz“: Der Weg geht im Kreis (Zeit → Zeit).",
        ),
        (
            tree(make_question("zeit", ("kurz", END)), make_question("insel", ("kurz", END))),
            "Frage „Insel“: Kein Weg führt dorthin.",
        ),
        (
            tree(make_question("zeit", ("kurz", END)), outcomes=[PLAIN, NEVER]),
            "Ergebnis „Nie“: Kein Weg führt dorthin.",
        ),
        (
            tree(make_question("zeit", ("kurz", END)), outcomes=[{"key": "formate", "title": "Leer"}]),
            "Ergebnis „Leer“: Es steht noch nichts darin.",
        ),
        (
            tree(make_question("zeit", ("kurz", END)), outcomes=[PLAIN | {"ranking": "ja"}]),
            "Ergebnis „Ende“: Keine Antwort gibt einem Format Gewicht.",
        ),
        (
            tree(make_question("zeit", {"key": "a", "text": "A", "weights": {"webinar": "1"}} | END)),
            "Frage „Zeit“, Antwort „A“: Es fehlt der Grund, der dafür spricht (pro).",
        ),
        (
            tree(make_question("zeit", {"key": "a", "text": "A", "weights": {"webinar": "-1"}} | END)),
            "Frage „Zeit“, Antwort „A“: Es fehlt der Grund, der dagegen spricht (contra).",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_makes_no_sense_is_named(plan, said):
    assert said in sentences(plan)


@pytest.mark.parametrize(("length", "errors"), [(7, 0), (8, 1)])
def test_more_than_seven_questions_are_too_many(length, errors):
    questions = [
        make_question(f"f{n}", ("ja", {"next": f"f{n + 1}"} if n + 1 < length else END))
        for n in range(length)
    ]
    found = [said for said in sentences(tree(*questions)) if "Ein Weg hat 8 Fragen" in said]
    assert len(found) == errors


def test_names_that_do_not_exist_are_found():
    outcome = PLAIN | {
        "entries": [{"format": "webinar", "reason": "x"}, {"format": "fehlt", "reason": "x"}],
        "trees": [{"tree": "nirgends", "reason": "x"}],
    }
    plan = tree(make_question("zeit", ("kurz", END)), outcomes=[outcome], shown_in=["auch-nicht"])
    assert sentences(plan, formats={"webinar"}, trees=set()) == [
        "Den Steckbrief „auch-nicht“ gibt es nicht.",
        "Den Steckbrief „fehlt“ gibt es nicht.",
        "Einen anderen Wegweiser „nirgends“ gibt es nicht.",
    ]
    assert sentences(plan) == []


def test_a_format_that_can_never_win_is_a_hint():
    weights = {"a": "3", "b": "3", "c": "3", "d": "1", "e": "-1"}
    option = {"key": "ja", "text": "Ja", "weights": weights, "pro": "p", "contra": "c"} | END
    plan = tree(make_question("zeit", ("nein", END), option), outcomes=[PLAIN | {"ranking": "ja"}])
    # „Nein“ leaves all at nothing: there everybody ties for the first place.
    assert hints(plan) == []
    every = [option, option | {"key": "auch", "text": "Auch"}]
    plan = tree(
        make_question("zeit", *every) | {"options": [*every, UNSURE | {"next": "zwei"}]},
        make_question("zwei", *every) | {"options": [*every, UNSURE | {"outcome": "anders"}]},
        outcomes=[PLAIN | {"ranking": "ja"}, PLAIN | {"key": "anders"}],
    )
    assert hints(plan) == [
        "Das Format „d“ kommt auf keinem Weg unter die ersten 3.",
        "Das Format „e“ kommt auf keinem Weg unter die ersten 3.",
    ]


def test_an_overdue_review_is_a_hint():
    plan = make_plan(review_due="2026-01-02")
    assert hints(plan, today=date(2026, 1, 3)) == ["Dieser Wegweiser sollte am 02.01.2026 geprüft werden."]
    assert hints(plan, today=date(2026, 1, 2)) == []


def test_a_question_that_decides_nothing_is_a_hint():
    plan = tree(make_question("zeit", ("kurz", END), ("lang", END)))
    assert "Frage „Zeit“: Jede Antwort führt zum selben Ziel; die Frage entscheidet nichts." in hints(plan)


def test_findings_lead_to_the_part_they_speak_of():
    plan = tree(make_question("zeit", ("kurz", {"next": "fehlt"}), ("lang", END)))
    finding = problems_of(plan)[0]
    assert (finding.element, finding.path) == (("question", "zeit"), ("questions", 0, "options", 0, "next"))


def test_a_huge_tree_is_checked_without_recursion():
    deep = [make_question(f"f{n}", ("ja", {"next": f"f{n + 1}"})) for n in range(599)]
    plan = plan_from(make_tree_data(questions=[*deep, make_question("f599", ("ja", {"next": "f0"}))]))
    assert any("Der Weg geht im Kreis" in said for said in sentences(plan))


def test_checkguide_finds_the_files_sound():
    out = StringIO()
    call_command("checkguide", stdout=out)
    assert out.getvalue().strip().startswith("Alle Wegweiser sind in Ordnung")


@pytest.mark.django_db
def test_checkguide_looks_at_drafts_in_the_database():
    make_tree()
    call_command("checkguide", database=True, stdout=StringIO())
    data = make_tree_data(questions=[make_question("zeit", ("kurz", {"next": "fehlt"}), ("lang", END))])
    Tree.objects.update(draft=data)
    out = StringIO()
    with pytest.raises(CommandError, match="Fehler"):
        call_command("checkguide", database=True, stdout=out)
    assert "welches: Fehler: Frage „Zeit“, Antwort „Kurz“: Die Frage „fehlt“ gibt es nicht." in out.getvalue()
