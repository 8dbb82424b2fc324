"""Walking: where somebody stands follows from the address alone, whatever the address says."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.guide.schema import plan_from
from formats.guide.walk import (
    LONGEST,
    Trouble,
    answers_after,
    answers_without,
    query_of,
    read_address,
    walk,
)
from tests.builders import make_plan, make_question, make_tree_data

END = {"outcome": "formate"}


def three_questions():
    """zeit → gruppe → ort → Ergebnis; „lang“ passes by the group."""
    return make_plan(
        questions=[
            make_question("zeit", ("lang", {"next": "ort"}), ("kurz", {"next": "gruppe"})),
            make_question("gruppe", ("wenige", {"next": "ort"}), ("viele", {"next": "ort"})),
            make_question("ort", ("hier", END), ("dort", END)),
        ]
    )


def state_of(answers, plan=None):
    return walk(plan or three_questions(), answers)


def test_without_answers_the_first_question_comes():
    state = state_of({})
    assert (state.question.key, state.number, state.most, state.trouble) == ("zeit", 1, 3, ())


def test_the_longest_way_from_here_is_counted():
    assert [state_of(a).most for a in ({}, {"zeit": "kurz"}, {"zeit": "lang"})] == [3, 3, 2]


def test_the_order_of_the_answers_says_nothing():
    forwards = state_of({"zeit": "kurz", "gruppe": "viele", "ort": "hier"})
    backwards = state_of({"ort": "hier", "gruppe": "viele", "zeit": "kurz"})
    assert forwards == backwards
    assert forwards.outcome.key == "formate"
    assert list(backwards.answers) == ["zeit", "gruppe", "ort"]


def test_changing_an_answer_keeps_the_later_ones_that_still_apply():
    plan = three_questions()
    done = state_of({"zeit": "kurz", "gruppe": "viele", "ort": "hier"}, plan)
    changing = walk(plan, answers_without(done, 0))
    assert (changing.question.key, changing.later) == ("zeit", {"gruppe": "viele", "ort": "hier"})
    kept = {o.key: answers_after(plan, changing, o) for o in changing.question.options}
    assert kept["kurz"] == {"zeit": "kurz", "gruppe": "viele", "ort": "hier"}
    assert kept["lang"] == {"zeit": "lang", "ort": "hier"}
    assert walk(plan, kept["lang"]).outcome.key == "formate"


@pytest.mark.parametrize(
    ("answers", "question", "trouble"),
    [
        ({"zeit": "nie"}, "zeit", {Trouble.UNKNOWN_ANSWER}),
        ({"zeit": "kurz", "gruppe": "nie"}, "gruppe", {Trouble.UNKNOWN_ANSWER}),
        ({"zeit": "kurz", "ort": "nie"}, "gruppe", {Trouble.UNKNOWN_ANSWER}),
        ({"wetter": "gut"}, "zeit", {Trouble.UNKNOWN_QUESTION}),
        ({"zeit": "lang", "gruppe": "viele"}, "ort", {Trouble.NOT_ON_THE_WAY}),
        ({"": ""}, "zeit", {Trouble.UNKNOWN_QUESTION}),
        ({"zeit": "kurz", "ort": "hier"}, "gruppe", set()),
    ],
)
def test_a_bad_answer_leads_to_the_nearest_valid_step(answers, question, trouble):
    state = state_of(answers)
    assert (state.question.key, set(state.trouble)) == (question, trouble)


def test_a_circle_in_a_draft_ends_the_walk():
    data = make_tree_data(
        questions=[
            make_question("zeit", ("kurz", {"next": "gruppe"}), ("lang", END)),
            make_question("gruppe", ("wenige", {"next": "zeit"}), ("viele", END)),
        ]
    )
    state = walk(plan_from(data), {"zeit": "kurz", "gruppe": "wenige"})
    assert (len(state.steps), state.question, state.outcome) == (2, None, None)


@pytest.mark.parametrize(
    ("query", "answers", "revision", "trouble"),
    [
        ("", {}, None, ()),
        ("zeit=kurz&fassung=3", {"zeit": "kurz"}, 3, ()),
        ("zeit=kurz&zeit=lang", {"zeit": "kurz"}, None, (Trouble.TWICE,)),
        ("fassung=drei", {}, None, (Trouble.NO_REVISION,)),
        ("fassung=-1", {}, None, (Trouble.NO_REVISION,)),
        ("fassung=0", {}, None, (Trouble.NO_REVISION,)),
        ("fassung=99999999999999999999", {}, None, (Trouble.NO_REVISION,)),
        ("fassung=٣", {}, None, (Trouble.NO_REVISION,)),
        ("%FF%FE=%ED%A0%80", {"\ufffd\ufffd": "\ufffd\ufffd\ufffd"}, None, ()),
        ("zeit", {"zeit": ""}, None, ()),
        ("&&&=&", {"": ""}, None, ()),
    ],
)
def test_an_address_is_read_without_complaint(query, answers, revision, trouble):
    address = read_address(query)
    assert (address.answers, address.revision, address.trouble) == (answers, revision, trouble)


def test_a_long_address_is_cut_at_a_whole_answer():
    query = "zeit=kurz&" + "&".join(f"x{number}=y" for number in range(1000)) + "&ort=hier"
    address = read_address(query)
    assert address.trouble == (Trouble.TOO_LONG,)
    assert address.answers["zeit"] == "kurz"
    assert "ort" not in address.answers
    assert set(address.answers.values()) == {"kurz", "y"}
    assert read_address("z" * (LONGEST + 1)).answers == {}


def test_an_address_is_short_and_readable():
    assert query_of({"zeit": "kurz", "gruppe": "viele"}, 3) == "?zeit=kurz&gruppe=viele&fassung=3"
    assert query_of({}, 3) == ""


KEYS = st.sampled_from(["zeit", "gruppe", "ort", "fassung", "", "wetter"]) | st.text(max_size=5)
VALUES = st.sampled_from(["kurz", "lang", "wenige", "viele", "hier", "dort", "offen", "7"]) | st.text(
    max_size=5
)


@given(st.dictionaries(KEYS, VALUES, max_size=8))
def test_every_walk_ends_at_a_question_or_an_outcome(answers):
    state = state_of(answers)
    assert (state.question is None) != (state.outcome is None)
    assert state.number <= 4


@given(st.text(alphabet=string.printable + "äß\x00\ud800", max_size=300))
def test_whatever_is_typed_can_be_read_and_walked(query):
    state = state_of(read_address(query).answers)
    assert state.question or state.outcome


@given(st.dictionaries(KEYS, VALUES, max_size=8))
def test_the_address_of_a_place_leads_back_to_it(answers):
    state = state_of(answers)
    again = state_of(read_address(query_of(state.answers | state.later, 2)[1:]).answers)
    assert (again.steps, again.question, again.outcome, again.later) == (
        state.steps,
        state.question,
        state.outcome,
        state.later,
    )
    assert again.trouble == ()


def test_a_very_deep_tree_is_walked_without_recursion():
    deep = [make_question(f"f{n}", ("ja", {"next": f"f{n + 1}"})) for n in range(599)]
    plan = make_plan(questions=[*deep, make_question("f599", ("ja", END))])
    state = walk(plan, {f"f{n}": "ja" for n in range(600)})
    assert (state.outcome.key, len(state.steps), plan.longest["f0"]) == ("formate", 600, 600)
