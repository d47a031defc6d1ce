"""All results together: nothing of fewer than five, nothing that depends on the order of ballots, nothing that is not asked for."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.consultation.heard import heard
from partnership_model.analysis.consultation.results import ConsultationResults, results_of
from partnership_model.analysis.consultation.themes import CodedComment, theme_counts
from partnership_model.knowledge.consultation.ballots import Ballot
from tests.consultation_making import CRITERIA, OPTIONS, Chosen, ballots, order, points, questions, supports
from tests.making import make_criterion, make_problem, pure

if TYPE_CHECKING:
    from collections.abc import Sequence

STAFF = (order("a", "b", "c", "d"),) * 8
PARENTS = (order("d", "c", "b", "a", group="Parents"),) * 12
BOTH = {"Staff": STAFF, "Parents": PARENTS}


def found_for(groups: dict[str, tuple[Ballot, ...]], more: tuple[Ballot, ...] = (), **asked: Any) -> ConsultationResults:  # noqa: ANN401
    """Work out results of these groups, and of more ballots that only count in the whole."""
    together = tuple(ballot for said in groups.values() for ballot in said) + more
    return results_of(questions(options=asked.pop("options", ()), **asked), Chosen(groups, {}, together), resamples=50)


def test_two_opposed_groups_are_seen_as_such() -> None:
    found = found_for(BOTH)
    assert found.agreement.within == {"Staff": 1.0, "Parents": 1.0}
    assert (found.agreement.between, found.agreement.together) == (0.0, 0.04)
    assert [pair.alike for pair in found.agreement.opposed] == [-1.0]
    assert found.by_group["Staff"].heaviest == ("a",)
    assert found.by_group["Parents"].heaviest == ("d",)


def test_weights_are_whole_points_that_sum_to_100_with_ends_around_them() -> None:
    said = (points(a=34, b=33, c=33), points(a=33, b=34, c=33), points(a=33, b=33, c=34)) * 3
    found = found_for({"Staff": said}).by_group["Staff"]
    assert sum(one.weight for one in found.points) == 100
    assert all(one.low <= one.weight <= one.high for one in found.points)


def test_what_is_asked_for_is_given_and_no_order_of_options_else() -> None:
    said = (supports({"stay": "for", "federation": "strongly_for", "new_mat": "against"}),) * 6
    without = found_for({"Staff": said}, options=OPTIONS)
    assert without.orders is None
    assert without.together is None
    assert without.support[0].together == (0, 6, 0, 0, 0)
    ordered = found_for({"Staff": said}, options=OPTIONS, option_order=True)
    assert ordered.orders is not None
    assert ordered.orders.condorcet == "federation"
    assert found_for({"Staff": said[:4]}, options=OPTIONS, option_order=True).orders is None


def test_the_case_is_scored_with_the_weights_and_what_was_not_asked_is_named() -> None:
    names = (*CRITERIA, "e")
    problem = make_problem({"stay": (90, 0, 0, 0, 0), "federation": (0, 0, 0, 90, 0)}, (1,) * 5, {name: make_criterion() for name in names})
    found = results_of(questions(), Chosen(BOTH, {}, STAFF + PARENTS), problem, resamples=50)
    assert [(one.by, one.leaders) for one in found.counting] == [("person", ("federation",)), ("group", ("stay", "federation"))]
    assert found.not_asked == ("e",)


def test_a_group_of_which_fewer_than_five_said_what_matters_has_no_weights() -> None:
    silent = (Ballot("Parents", "", "session", comment="No."),) * 6
    found = found_for({"Staff": STAFF, "Parents": (*PARENTS[:4], *silent)})
    assert set(found.by_group) == {"Staff"}
    assert [one.answered for one in found.groups] == [8, 10]
    # All twelve together would give the four by subtraction.
    assert (found.together is not None and found.together.counted, found.together_is_everybody) == (8, False)


def test_everybody_together_where_the_others_are_five_or_more() -> None:
    found = found_for({"Staff": STAFF}, PARENTS[:5])
    assert found.together is not None
    assert (found.together.counted, found.together_is_everybody) == (13, True)
    assert found_for({"Staff": STAFF}, PARENTS[:4]).together_is_everybody is False


def test_who_came_how_is_counted_without_the_few() -> None:
    paper = tuple(Ballot("Staff", "", "paper", {"a": 1}) for _ in range(3))
    assert found_for(BOTH, paper).channels == {"paper": None, "session": None}
    assert found_for(BOTH, paper * 2).channels == {"paper": 6, "session": 20}


def test_first_places_and_left_out_criteria_are_counted_for_all_together_only() -> None:
    found = found_for({"Staff": STAFF, "Parents": (*PARENTS, order("a", group="Parents"))})
    assert {one.first for one in found.by_group["Staff"].points} == {None}
    assert found.by_group["Parents"].partial is None
    assert found.together is not None
    assert found.together.partial is None  # one left something out
    assert [one.first for one in found.together.points] == [9, 0, 0, 12]


def test_themes_are_counted_by_group_only_where_nobody_can_be_picked_out() -> None:
    said = [CodedComment("Staff", ("money",))] * 6 + [CodedComment("Parents", ("money", "travel"))] * 7 + [CodedComment("", ("staff",))] * 2
    money, travel, staff = theme_counts(said, ["Staff", "Parents"], ["staff", "travel", "money", "pupils"])
    assert (money.theme, money.comments, money.by_group) == ("money", 13, {"Staff": 6, "Parents": 7})
    assert (travel.comments, travel.by_group) == (7, {"Staff": 0, "Parents": 7})
    assert (staff.theme, staff.comments, staff.by_group) == ("staff", None, {})
    few = theme_counts([*said, CodedComment("Governors", ("money",))], ["Staff", "Parents"], ["money"])[0]
    assert (few.comments, few.by_group) == (14, {})


def behind(groups: dict[str, tuple[Ballot, ...]], together: Sequence[Ballot]) -> list[int]:
    """Count the people behind each mean of those who put something in order, and behind each difference of two."""
    found = heard(groups, tuple(together), lambda ballot: bool(ballot.places))
    counts = [len(said) for said in found.groups.values()]
    return [*counts, len(found.together), len(found.together) - sum(counts)]


@pure(100)
@given(st.lists(ballots(), max_size=40), st.lists(ballots(), max_size=8))
def test_five_or_more_stand_behind_every_mean_and_every_difference(said: list[Ballot], more: list[Ballot]) -> None:
    groups = {name: tuple(one for one in said if one.group == name) for name in ("Staff", "Parents")}
    assert all(count == 0 or count >= 5 for count in behind(groups, [*said, *more]))


def test_the_same_subtraction_succeeds_where_all_are_counted_together() -> None:
    """What the rule is for: the mean of all less the means of the groups is the one other ballot."""
    other = order("c", "d", "a", "b", group="Governors")
    rank = {"a": (1 * 8 + 4 * 12 + 3) / 21}
    assert rank["a"] * 21 - 8 * 1 - 12 * 4 == pytest.approx(other.places["a"])
    assert behind(BOTH, [*STAFF, *PARENTS, other]) == [8, 12, 20, 0]


@pure(30)
@given(st.lists(ballots(), max_size=30), st.randoms(use_true_random=False))
def test_any_ballots_have_results_that_do_not_depend_on_who_came_first(said: list[Ballot], mixed: Any) -> None:  # noqa: ANN401
    def of(these: list[Ballot]) -> dict[str, Any]:
        groups = {name: tuple(one for one in these if one.group == name) for name in ("Staff", "Parents")}
        schools = {name: tuple(one for one in these if one.school == name) for name in ("Infant A", "Junior B")}
        shown = {name: found for name, found in groups.items() if len(found) >= 5}
        asked = questions(options=OPTIONS, option_order=True)
        return asdict(results_of(asked, Chosen(shown, schools, tuple(these)), resamples=20))

    shuffled = list(said)
    mixed.shuffle(shuffled)
    one, other = of(said), of(shuffled)
    shares = [[way.pop("shares") for way in found["counting"]] for found in (one, other)]
    assert [list(map(pytest.approx, part.values())) for part in shares[0]] == [list(part.values()) for part in shares[1]]
    assert one == other
