"""Scoring: sums that no answer can turn against what it speaks for, and ties that are said openly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.guide.plan import Option, Question
from formats.guide.scoring import equals, in_front, missed_by, rate, reasons_for
from formats.guide.walk import Step

SLUGS = ["a", "b", "c", "d", "e"]
TIES = {slug: number for number, slug in enumerate(SLUGS)}


def step(question, weights, **values):
    option = Option(key="x", text="X", weights=weights, **values)
    return Step(Question(question, question, question, options=(option,)), option)


def places(steps, slugs=SLUGS):
    return {one.slug: one.place for one in rate(steps, slugs, TIES)}


def points(steps, slugs=SLUGS):
    return {one.slug: one.points for one in rate(steps, slugs, TIES)}


WEIGHTS = st.dictionaries(st.sampled_from(SLUGS), st.sampled_from([-3, -2, -1, 1, 2, 3]))
STEPS = st.lists(WEIGHTS, max_size=7).map(
    lambda all_weights: [step(f"q{number}", weights) for number, weights in enumerate(all_weights)]
)


@given(STEPS, WEIGHTS)
def test_an_answer_never_takes_points_from_what_it_speaks_for(steps, weights):
    before, after = points(steps), points([*steps, step("neu", weights)])
    for slug in SLUGS:
        assert after[slug] - before[slug] == weights.get(slug, 0)


@given(STEPS, WEIGHTS)
def test_an_answer_never_pushes_back_what_it_favours_most(steps, weights):
    before, after = places(steps), places([*steps, step("neu", weights)])
    top = max(weights.get(slug, 0) for slug in SLUGS)
    for slug in SLUGS:
        if weights.get(slug, 0) == top:
            assert after[slug] <= before[slug]


@given(STEPS, st.sampled_from(SLUGS))
def test_more_weight_for_one_never_makes_its_place_worse(steps, slug):
    before = places([*steps, step("neu", {})])
    after = places([*steps, step("neu", {slug: 2})])
    assert after[slug] <= before[slug]


@given(STEPS)
def test_not_knowing_changes_nothing(steps):
    unsure = Option(key="offen", text="Weiß ich nicht", unsure=True)
    more = [*steps, Step(Question("neu", "Neu", "Neu?", options=(unsure,)), unsure)]
    assert rate(more, SLUGS, TIES) == rate(steps, SLUGS, TIES)


@given(STEPS)
def test_the_order_of_the_answers_changes_no_place(steps):
    assert places(steps) == places(steps[::-1])


@given(STEPS)
def test_the_ranking_is_complete_and_ordered(steps):
    rated = rate(steps, SLUGS, TIES)
    assert sorted(one.slug for one in rated) == SLUGS
    assert [one.points for one in rated] == sorted((one.points for one in rated), reverse=True)
    for one in rated:
        assert one.points == sum(reason.weight for reason in (*one.pros, *one.cons))
        assert one.place == 1 + sum(other.points > one.points for other in rated)


@given(STEPS)
def test_one_to_three_stand_in_front_and_none_with_less_than_half(steps):
    rated = rate(steps, SLUGS, TIES)
    front = in_front(rated)
    assert front == rated[: len(front)]
    assert 1 <= len(front) <= 3
    if rated[0].points > 0:
        assert all(2 * one.points >= rated[0].points for one in front)


def test_equals_share_a_place_and_stand_in_the_order_of_ties():
    rated = rate([step("q", {"a": 1, "c": 2, "e": 2})], SLUGS, TIES)
    assert [(one.slug, one.place) for one in rated] == [("c", 1), ("e", 1), ("a", 3), ("b", 4), ("d", 4)]
    assert [[one.slug for one in group] for group in equals(rated)] == [["c", "e"]]


def test_a_tie_across_the_third_place_is_known():
    rated = rate([step("q", {"a": 3, "b": 2, "c": 1, "d": 1})], SLUGS, TIES)
    assert [[one.slug for one in group] for group in equals(rated)] == [["c", "d"]]


def test_the_weightiest_answers_are_the_reasons():
    steps = [step("q1", {"a": 1}), step("q2", {"a": -2, "b": 1}), step("q3", {"a": 3})]
    assert [reason.weight for reason in reasons_for("a", steps)] == [3, -2, 1]


@pytest.mark.parametrize(("weight", "said"), [(2, "ist kurz"), (-2, "dauert lang")])
def test_the_sentence_follows_the_sign(weight, said):
    reason = reasons_for("a", [step("q", {"a": weight}, pro="ist kurz", contra="dauert lang")])[0]
    assert reason.sentence == said


def test_what_somebody_missed_is_where_the_best_was_ahead():
    steps = [step("q1", {"a": 3, "b": 2}), step("q2", {"a": 2}), step("q3", {"b": 1})]
    best, second = rate(steps, ["a", "b"], TIES)
    assert (best.slug, [missed.question.key for missed in missed_by(second, best)]) == ("a", ["q2", "q1"])
