"""The three trees of this repository: every way ends, every format can win, and people are sent right."""

import functools
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.content_files import CONTENT, read_folder
from formats.editions import Edition
from formats.guide.checks import _all_points, problems_of
from formats.guide.editions import TreeEdition
from formats.guide.files import read_trees
from formats.guide.pages import Place, result_of
from formats.guide.walk import walk
from formats.models import Revision

SLUGS = {path.stem for folder in ("formate", "methoden") for path in (CONTENT / folder).glob("*.yaml")}
PLANS = {tree.slug: tree.plan for tree in read_trees(formats=SLUGS)}
TREES = {slug: TreeEdition(slug, 1, plan) for slug, plan in PLANS.items()}
WALKS = [
    (slug, one)
    for slug, walks in yaml.safe_load((Path(__file__).parent / "guide_walks.yaml").read_text()).items()
    for one in walks
]
FORMATS = {path.stem for path in (CONTENT / "formate").glob("*.yaml")}


@functools.cache
def editions_of_files():
    return {data["slug"]: Edition(Revision(snapshot=data)) for data in read_folder(CONTENT)}


@pytest.fixture
def editions(db):
    """The Steckbriefe of this repository, worked out from their files once."""
    return editions_of_files()


def test_there_are_three_trees_and_enough_walks():
    assert set(PLANS) == {"welches-format", "wie-beteiligen", "foerdermittel"}
    assert len(WALKS) >= 40


@pytest.mark.parametrize("slug", PLANS)
def test_the_check_finds_nothing(slug):
    found = problems_of(PLANS[slug], formats=SLUGS, trees=PLANS.keys() - {slug})
    assert [finding.sentence for finding in found] == []


@pytest.mark.parametrize("slug", PLANS)
@settings(max_examples=300)
@given(data=st.data())
def test_every_sequence_of_answers_ends_within_seven_questions(slug, data):
    plan, answers = PLANS[slug], {}
    for _ in range(8):
        state = walk(plan, answers)
        if state.outcome:
            break
        answers[state.question.key] = data.draw(st.sampled_from([o.key for o in state.question.options]))
    assert walk(plan, answers).outcome
    assert len(answers) <= 7


def test_all_18_formats_can_come_out_first_and_alone():
    plan, alone = PLANS["welches-format"], set()
    assert set(plan.candidates) == FORMATS
    assert len(FORMATS) == 18
    for points in _all_points(plan, plan.start, dict.fromkeys(plan.candidates, 0)):
        best = max(points.values())
        winners = [slug for slug, got in points.items() if got == best]
        if len(winners) == 1:
            alone.add(winners[0])
    assert alone == FORMATS


@pytest.mark.parametrize(("slug", "walked"), [pytest.param(s, w, id=w["who"]) for s, w in WALKS])
def test_whoever_walks_is_sent_right(slug, walked, editions):
    plan = PLANS[slug]
    state = walk(plan, walked["answers"])
    assert state.trouble == ()
    assert len(state.steps) == len(walked["answers"])
    result = result_of(Place(TREES[slug], state), editions, TREES)
    front = [one.edition.slug for one in result.suggestions]
    if "outcome" in walked:
        assert state.outcome.key == walked["outcome"]
        assert front == [entry.slug for entry in state.outcome.entries]
        return
    assert 1 <= len(front) <= 3
    if "first" in walked:
        assert front[0] == walked["first"]
    assert set(walked.get("among", [])) <= set(front)
    assert set(walked.get("never", [])) & set(front) == set()
    assert {*front, *(one.edition.slug for one in result.rejected)} == FORMATS
    assert all(one.pros for one in result.suggestions) or result.is_undecided
    assert all(one.sentence for one in result.rejected)


def test_every_outcome_of_the_other_trees_is_reached_by_a_walk():
    reached = {(slug, walked["outcome"]) for slug, walked in WALKS if "outcome" in walked}
    wanted = {
        (slug, outcome.key)
        for slug, plan in PLANS.items()
        for outcome in plan.outcomes.values()
        if not outcome.ranking
    }
    assert reached == wanted
