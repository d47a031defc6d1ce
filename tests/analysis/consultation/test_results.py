"""All results together: nothing of fewer than five, nothing that depends on the order of ballots, nothing that is not asked for."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from hypothesis import example, given
from hypothesis import strategies as st

from partnership_model.analysis.consultation.release import release
from partnership_model.analysis.consultation.results import ConsultationResults, results_of
from partnership_model.analysis.consultation.themes import CodedComment, theme_counts
from partnership_model.knowledge.consultation.ballots import Ballot
from tests.analysis.consultation.attacks import groups_of_quotations
from tests.consultation_making import CRITERIA, OPTIONS, ballots, order, points, questions, supports
from tests.making import make_criterion, make_problem, pure

if TYPE_CHECKING:
    from collections.abc import Mapping

STAFF = (order("a", "b", "c", "d"),) * 8
PARENTS = (order("d", "c", "b", "a", group="Parents"),) * 12


def found_for(*said: tuple[Ballot, ...], **asked: Any) -> ConsultationResults:  # noqa: ANN401
    """Work out results of these ballots."""
    made = questions(options=asked.pop("options", ()), **asked)
    return results_of(made, release([ballot for ballots in said for ballot in ballots], made), resamples=50)


def test_two_opposed_groups_are_seen_as_such() -> None:
    found = found_for(STAFF, PARENTS)
    assert found.agreement.within == {"Staff": 1.0, "Parents": 1.0}
    assert (found.agreement.between, found.agreement.together) == (0.0, 0.04)
    assert [pair.alike for pair in found.agreement.opposed] == [-1.0]
    assert found.by_group["Staff"].heaviest == ("a",)
    assert found.by_group["Parents"].heaviest == ("d",)


def test_weights_are_whole_points_that_sum_to_100_with_ends_around_them() -> None:
    said = (points(a=34, b=33, c=33), points(a=33, b=34, c=33), points(a=33, b=33, c=34)) * 3
    found = found_for(said).by_group["Staff"]
    assert sum(one.weight for one in found.points) == 100
    assert all(one.low <= one.weight <= one.high for one in found.points)


def test_what_is_asked_for_is_given_and_no_order_of_options_else() -> None:
    said = (supports({"stay": "for", "federation": "strongly_for", "new_mat": "against"}),) * 6
    without = found_for(said, options=OPTIONS)
    assert without.orders is None
    assert without.together is None
    assert without.support[0].together == (0, 6, 0, 0, 0)
    ordered = found_for(said, options=OPTIONS, option_order=True)
    assert ordered.orders is not None
    assert ordered.orders.condorcet == "federation"
    assert found_for(said[:4], options=OPTIONS, option_order=True).orders is None


def test_the_case_is_scored_with_the_weights_and_what_was_not_asked_is_named() -> None:
    names = (*CRITERIA, "e")
    problem = make_problem({"stay": (90, 0, 0, 0, 0), "federation": (0, 0, 0, 90, 0)}, (1,) * 5, {name: make_criterion() for name in names})
    found = results_of(questions(), release(STAFF + PARENTS, questions()), problem, resamples=50).options
    assert [(one.by, one.leaders) for one in found.counting] == [("person", ("federation",)), ("group", ("stay", "federation"))]
    assert (found.not_asked, found.withheld) == (("A criterion",), None)
    assert [round(sum(one.shares.values()), 9) for one in found.counting] == [1, 1]


def test_no_option_leads_while_the_case_itself_would_put_none_in_order() -> None:
    criteria = {name: make_criterion() for name in CRITERIA}
    table = {"stay": (90, 0, 0, 0), "federation": (0, 0, 0, (0, 90, 100))}
    problem = make_problem(table, (1,) * 4, criteria, unconfirmed=[("federation", "d")])
    found = results_of(questions(), release(STAFF + PARENTS, questions()), problem, resamples=50).options
    assert (found.withheld, {one.leaders for one in found.counting}) == ("unconfirmed", {()})


def test_a_group_of_which_fewer_than_five_said_what_matters_has_no_weights() -> None:
    silent = (Ballot("Parents", "", "session", comment="No."),) * 6
    found = found_for(STAFF, PARENTS[:4], silent)
    assert [one.answered for one in found.groups] == [8, 10]
    # Staff alone beside all twelve would give the four by subtraction: so they count with staff.
    assert [(name, one.counted) for name, one in found.by_group.items()] == [("Staff", 12)]
    assert found.takes_in == "Staff"
    assert found.together is not None
    assert found.together.counted == 12


def test_who_came_how_is_counted_without_the_few() -> None:
    paper = tuple(Ballot("Staff", "", "paper", {"a": 1}) for _ in range(3))
    assert found_for(STAFF, PARENTS, paper).channels == {"paper": None, "session": None}
    assert found_for(STAFF, PARENTS, paper * 2).channels == {"paper": 6, "session": 20}


def test_first_places_and_left_out_criteria_are_counted_for_all_together_only() -> None:
    one = found_for(STAFF, PARENTS, (order("a", group="Parents"),)).together
    assert one is not None
    assert (one.partial, [point.first for point in one.points]) == (None, [9, 0, 0, 12])
    six = found_for(STAFF, PARENTS, (order("a", group="Parents"),) * 6)
    assert six.together is not None
    assert (six.together.partial, [point.ranked for point in six.together.points]) == (6, [26, 20, 20, 20])
    parents = six.by_group["Parents"]
    assert (parents.partial, {(point.first, point.ranked) for point in parents.points}) == (None, {(None, None)})


def test_themes_are_counted_by_group_only_where_nobody_can_be_picked_out() -> None:
    said = [CodedComment("Staff", ("money",))] * 6 + [CodedComment("Parents", ("money", "travel"))] * 7 + [CodedComment("", ("staff",))] * 2
    money, travel, staff = theme_counts(said, ["Staff", "Parents"], ["staff", "travel", "money", "pupils"])
    assert (money.theme, money.comments, money.by_group) == ("money", 13, {"Staff": 6, "Parents": 7})
    assert (travel.comments, travel.by_group) == (7, {})  # whose they all are
    assert (staff.theme, staff.comments, staff.by_group) == ("staff", None, {})
    few = theme_counts([*said, CodedComment("Governors", ("money",))], ["Staff", "Parents"], ["money"])[0]
    assert (few.comments, few.by_group) == (14, {})


def quoted(said: list[CodedComment], groups: list[str], counted: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Give counts of themes by group, and each comment as it is quoted: with its themes and without its group."""
    return {
        "themes": [{"theme": theme, "by_group": parts} for theme, parts in counted.items()],
        "quotations": [{"says": str(at), "themes": one.themes} for at, one in enumerate(said) if one.group in groups],
    }


@pure(60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Staff", "Parents", "Neighbours", ""]),
            st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=2, unique=True),
            st.integers(1, 8),
        ),
        max_size=12,
    )
)
@example([("Parents", ["a"], 6)])
@example([("Staff", ["a"], 6), ("Parents", ["a"], 6), ("Staff", ["b"], 6), ("Neighbours", ["b"], 6), ("Staff", ["a", "b"], 1)])
def test_counts_by_theme_put_no_group_beside_the_words_of_anybody(drawn: list[tuple[str, list[str], int]]) -> None:
    """The attack finds whose the words are where every count of five or more is shown; the second example by two themes together."""
    groups = ["Staff", "Parents", "Neighbours"]
    said = [CodedComment(group, tuple(themes)) for group, themes, times in drawn for _ in range(times)]
    counted = {one.theme: one.by_group for one in theme_counts(said, groups, ["a", "b", "c"])}
    assert not groups_of_quotations(quoted(said, groups, counted))


def test_counts_by_theme_as_they_stand_do_put_groups_beside_words() -> None:
    one = [CodedComment("Parents", ("a",))] * 6
    assert len(groups_of_quotations(quoted(one, ["Staff", "Parents"], {"a": {"Staff": 0, "Parents": 6}}))) == 6
    both = [CodedComment("Staff", ("a", "b"))]
    counts = {"a": {"Staff": 7, "Parents": 6, "Neighbours": 0}, "b": {"Staff": 7, "Parents": 0, "Neighbours": 6}}
    assert len(groups_of_quotations(quoted(both, ["Staff"], counts))) == 1


@pure(30)
@given(st.lists(ballots(), max_size=30), st.randoms(use_true_random=False))
def test_any_ballots_have_results_that_do_not_depend_on_who_came_first(said: list[Ballot], mixed: Any) -> None:  # noqa: ANN401
    asked = questions(options=OPTIONS, option_order=True)
    shuffled = list(said)
    mixed.shuffle(shuffled)
    assert asdict(results_of(asked, release(said, asked), resamples=20)) == asdict(
        results_of(asked, release(shuffled, asked), resamples=20)
    )


@pure(60)
@given(st.lists(ballots(), max_size=40))
def test_five_or_more_stand_behind_every_mean_and_every_difference(said: list[Ballot]) -> None:
    found = found_for(tuple(said), options=OPTIONS)
    counts = [one.counted for one in found.by_group.values()]
    whole = found.together.counted if found.together else 0
    assert all(count == 0 or count >= 5 for count in (*counts, whole, whole - sum(counts)))
    for one in found.support:
        assert not [count for row in (one.together, *one.by_group.values()) for count in row if 0 < count < 5]
