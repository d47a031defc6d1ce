"""How each group's weights were taken, in the report and in `result.json`: method, consistency, two weighings and raw answers."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.analysis.overall import whole
from partnership_model.display import elicitation
from partnership_model.display.blocks import Heading, Table
from partnership_model.knowledge.weighings import Comparison, GroupWeights
from partnership_model.model.pairwise import priorities
from partnership_model.model.weights import from_points, weighed
from tests.display.section_reading import text_of
from tests.display.test_notebook import EMBER, blocks_of, ember, unlooked, unweighed

if TYPE_CHECKING:
    from partnership_model.display.notebook import AppraisalRun

CRITERIA = EMBER.file.criteria
ON = {"on": "2016-05-01", "how": "with cards", "people": 5}
POINTS = dict(zip(CRITERIA, (20, 10, 10, 20, 10, 15, 10, 5), strict=True))
PAIRS = [{"more": one, "than": other, "times": 9 if (one, other) == CRITERIA[:2] else 2} for one, other in combinations(CRITERIA, 2)]


def group(method: str, values: Any, name: str = "Governors", **more: Any) -> GroupWeights:  # noqa: ANN401 - whatever a case may hold
    return GroupWeights.model_validate({"group": name, "method": method, "values": values, "elicited": ON} | more)


TWICE = group("swing", EMBER.file.weights[0].values, again={"method": "points", "values": POINTS, "elicited": ON})
GROUPS = (
    TWICE,
    group("pairs", PAIRS, "Consultants"),
    group("trade_offs", [{"more": "staff", "than": "cost", "times": 2}], "Parents"),
    EMBER.file.weights[1].model_copy(update={"by": "rank_sum"}),
)


@pytest.fixture(scope="module")
def run() -> AppraisalRun:
    return ember(weights=GROUPS)


def rows(run: AppraisalRun, caption: str) -> dict[str, tuple[str | int, ...]]:
    blocks = elicitation.part(run.case, run.appraisal)
    table = next(block for block in blocks if isinstance(block, Table) and block.caption == caption)
    return {str(row[0]): row[1:] for row in table.rows}


def test_each_group_says_how_many_by_what_method_and_what_became_of_it(run: AppraisalRun) -> None:
    said = text_of(blocks_of(run, "what_matters"))
    for sentence in (
        "Governors: 5 people, 1 May 2016, by swing (with cards).",
        "Governors, again: 5 people, 1 May 2016, by points (with cards).",
        "Consultants: 5 people, 1 May 2016, by pairs (with cards), turned into weights by the principal eigenvector.",
        "Parents: 5 people, 1 May 2016, by trade-offs (with cards). 1 condition on the weights; the middle of the weights that fit is",
        "by ranking (cards put in order, in a staff meeting), turned into weights by the rank sum.",
        "The mean of the two is used.",
    ):
        assert sentence in said


def test_the_consistency_ratio_its_random_index_and_the_comparison_that_fits_least_are_said(run: AppraisalRun) -> None:
    found = priorities(CRITERIA, [Comparison.model_validate(one) for one in PAIRS])
    said = text_of(blocks_of(run, "what_matters"))
    assert found.ratio is not None
    assert f"Consistency ratio {found.ratio:.2f}, {'above' if found.inconsistent else 'not above'} 0.10" in said
    assert "over 1.41, the mean index of random answers on 8 criteria (Saaty 1980)" in said


def test_pairs_that_contradict_one_another_are_called_so_and_the_worst_is_named() -> None:
    pairs = [one | {"more": one["than"], "than": one["more"], "times": 9} if place % 3 == 0 else one for place, one in enumerate(PAIRS)]
    run = ember(weights=(group("pairs", pairs),))
    doubtful = priorities(CRITERIA, [Comparison.model_validate(one) for one in pairs]).doubtful
    said = text_of(blocks_of(run, "what_matters"))
    assert "above 0.10: these answers contradict one another too much." in said
    assert doubtful is not None
    labels = {name: one.label.lower() for name, one in run.appraisal.problem.criteria.items()}
    assert f"Look again at {labels[doubtful.more]} against {labels[doubtful.than]}" in said


def test_raw_answers_stand_beside_the_weights_that_follow_from_them(run: AppraisalRun) -> None:
    labels = {name: one.label for name, one in run.appraisal.problem.criteria.items()}
    said = rows(run, "What governors said, the second time, beside the weights")
    assert said[labels["autonomy"]] == ("20", 20)
    said = rows(run, "What staff said, beside the weights")
    assert said[labels["staff"]] == ("Number 1", whole(100 * 8 * 2 / 72))
    assert said[labels["autonomy"]][0] == "Number 4, level with community voice"
    said = rows(run, "What parents said, beside the weights")
    assert said[labels["staff"]][0] == "At least 2 times cost"
    said = rows(run, "What consultants said, beside the weights")
    assert str(said[labels["autonomy"]][0]).startswith("9 times cost; 2 times")
    assert said[labels[CRITERIA[-1]]][0] == "worth more than no other"


def test_two_weighings_stand_side_by_side_in_the_report(run: AppraisalRun) -> None:
    table = rows(run, "Governors weighed twice, in points of 100")
    first = from_points(TWICE.values, "").shares
    for name, criterion in run.appraisal.problem.criteria.items():
        assert table[criterion.label][:2] == (whole(100 * first[name]), POINTS[name])


@pytest.mark.parametrize("opened", [unweighed, lambda: ember(weights=())])
def test_where_nobody_has_weighed_there_is_nothing_to_say(opened: Any) -> None:  # noqa: ANN401 - makes a run
    run = opened()
    assert elicitation.part(run.case, run.appraisal) == []
    assert elicitation.data(run.case, run.appraisal) == []


def test_the_part_begins_with_its_topic_and_its_captions_are_its_own(run: AppraisalRun) -> None:
    blocks = elicitation.part(run.case, run.appraisal)
    assert blocks[0] == Heading("How the weights were taken", 3)
    captions = [block.caption for block in blocks if isinstance(block, Table)]
    assert len(set(captions)) == len(captions) == 6


def test_the_data_give_each_groups_weighings_as_they_are_used(run: AppraisalRun) -> None:
    governors, consultants, parents, staff = elicitation.data(run.case, run.appraisal)
    assert (governors["use"], consultants["use"]) == ("mean", None)
    assert [one["method"] for one in governors["weighings"]] == ["swing", "points"]
    assert staff["weighings"][0]["by"] == "rank_sum"
    found = priorities(CRITERIA, [Comparison.model_validate(one) for one in PAIRS])
    assert consultants["weighings"][0]["consistency"]["ratio"] == pytest.approx(found.ratio, abs=1e-6)
    assert consultants["weighings"][0]["consistency"]["random_index"] == 1.41
    assert parents["weighings"][0]["consistency"] is None
    for one, data in zip(GROUPS, (governors, consultants, parents, staff), strict=True):
        assert data["weighings"][0]["weights"] == pytest.approx(weighed(one, "", CRITERIA).shares, abs=1e-6)
    assert governors["largest_difference"]["criterion"] == "community_voice"
    assert governors["largest_difference"]["points"] == pytest.approx(15 - 100 * 50 / 540, abs=1e-5)


def test_while_judgements_are_to_be_looked_at_the_data_do_not_say_whether_the_same_option_leads() -> None:
    run = unlooked()
    case = run.case
    twice = case.file.model_copy(update={"weights": (TWICE,)})
    (data,) = elicitation.data(type(case)(case.folder, case.name, twice, case.judgements), run.appraisal)
    assert run.appraisal.withheld == "unconfirmed"
    assert data["same_leader"] is None


@pytest.mark.parametrize(("given", "sentence"), [(20, ""), (25, "Its points sum to 105, not to 100; each weight is its share of that.")])
def test_points_that_do_not_sum_to_a_hundred_are_scaled_and_that_is_said(given: float, sentence: str) -> None:
    shared = group("points", POINTS | {CRITERIA[0]: given})
    run = ember(weights=(shared,))
    said = text_of(blocks_of(run, "what_matters"))
    assert ("Its points sum to" in said) == bool(sentence)
    assert sentence in said
    assert run.appraisal.problem.weights is not None
    assert run.appraisal.problem.weights.shares[CRITERIA[0]] == pytest.approx(given / sum(shared.values.values()))
