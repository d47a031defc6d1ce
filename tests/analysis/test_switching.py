"""What would change the leader: the switching value of each weight, and the judgements that could do it alone."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.overall import Values, overall_values, ranking
from partnership_model.analysis.switching import SwitchingValue, decisive_cells, switching_values
from tests.making import make_values, pure

SCAN = np.linspace(0, 1, 401)


def random_case(seed: int, options: int, criteria: int) -> tuple[Values, np.ndarray]:
    """Draw values with a range around each, and weights."""
    rng = np.random.default_rng(seed)
    cells = np.sort(rng.uniform(0, 100, (3, options, criteria)), axis=0)
    raw = rng.exponential(size=criteria)
    return make_values(cells[1], cells[0], cells[2]), raw / raw.sum()


def moved_to(weights: np.ndarray, column: int, share: float) -> np.ndarray:
    """Give one criterion a share, the others keeping their proportions; equal ones where they had no weight."""
    rest = np.delete(weights, column)
    rest = rest / rest.sum() if rest.sum() > 0 else np.full(len(rest), 1 / len(rest))
    return np.insert(rest * (1 - share), column, share)


def leaders_at(values: Values, weights: np.ndarray, *, slack: float = 1e-9) -> tuple[str, ...]:
    """Give the options with the highest likely overall value."""
    totals = values.likely @ weights
    return tuple(option for option, total in zip(values.options, totals, strict=True) if total >= totals.max() - slack)


# Switching values

CASES = [(seed, options, criteria) for seed in range(6) for options, criteria in [(2, 2), (3, 3), (4, 6), (7, 8)]]


@pytest.mark.parametrize(("seed", "options", "criteria"), CASES)
def test_a_scan_over_401_weights_finds_no_other_leader_inside_the_interval_and_one_just_outside(
    seed: int, options: int, criteria: int,
) -> None:  # fmt: skip
    values, weights = random_case(seed, options, criteria)
    front = leaders_at(values, weights)
    found = switching_values(values, weights)
    assert [one.criterion for one in found] == list(values.criteria)
    for column, one in enumerate(found):
        assert one.current == weights[column]
        assert 0 <= one.lowest <= one.current <= one.highest <= 1
        for share in SCAN:
            inside = one.lowest + 1e-7 < share < one.highest - 1e-7
            if inside:
                assert leaders_at(values, moved_to(weights, column, share)) == front
        assert (one.lowest == 0) == (one.leader_below == ())
        assert (one.highest == 1) == (one.leader_above == ())
        for end, step, said in ((one.lowest, -1e-7, one.leader_below), (one.highest, 1e-7, one.leader_above)):
            if said:
                assert leaders_at(values, moved_to(weights, column, end + step)) == said
                assert said != front


def test_the_cases_of_the_scan_reach_both_kinds_of_end() -> None:
    found = [one for case in CASES for one in switching_values(*random_case(*case))]
    ends = [said for one in found for said in (one.leader_below, one.leader_above)]
    assert min(ends.count(()), len(ends) - ends.count(())) > 50


@pure(100)
@given(
    st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=2, max_size=4),
    st.lists(st.integers(0, 3), min_size=3, max_size=3).filter(any),
)
def test_the_interval_holds_with_ties_and_zero_weights_too(rows: list[list[int]], raw: list[int]) -> None:
    values, weights = make_values(rows), np.array(raw) / sum(raw)
    front = leaders_at(values, weights)
    for column, one in enumerate(switching_values(values, weights)):
        for share in np.linspace(one.lowest, one.highest, 9)[1:-1]:
            if one.lowest < one.highest:
                assert set(leaders_at(values, moved_to(weights, column, share))) == set(front)
        for end, step, said in ((one.lowest, -1e-6, one.leader_below), (one.highest, 1e-6, one.leader_above)):
            if said:
                assert leaders_at(values, moved_to(weights, column, end + step)) == said
                assert set(said) != set(front)


def test_two_options_that_meet_halfway_by_hand() -> None:
    """(100, 0) against (0, 100): level at one half; at 0.6 the first leads down to 0.5."""
    first, second = switching_values(make_values([[100, 0], [0, 100]]), np.array([0.6, 0.4]))
    assert first == SwitchingValue("c1", 0.6, pytest.approx(0.5), 1.0, ("o2",), ())
    assert second == SwitchingValue("c2", 0.4, 0.0, pytest.approx(0.5), (), ("o2",))


def test_the_leader_that_takes_over_is_the_nearest_one_and_not_the_one_that_leads_in_the_end() -> None:
    """At weight w of c1: o1 80 - 80w, o2 70 - 20w, o3 90w. o1 meets o2 at 1/6, before it meets o3 at 8/17."""
    found = switching_values(make_values([[0, 80], [50, 70], [90, 0]]), np.array([0.1, 0.9]))[0]
    assert found.highest == pytest.approx(1 / 6)
    assert found.leader_above == ("o2",)
    assert (found.lowest, found.leader_below) == (0, ())


def test_where_three_options_meet_in_one_point_the_one_beyond_it_takes_over_alone() -> None:
    """At weight w of c1: o1 (13 - 13w) / 3, o2 3 - 2w, o3 (5 + w) / 3; all three are 13/7 at w = 4/7, then o3 leads."""
    found = switching_values(make_values([[0, 3, 5], [1, 3, 3], [2, 3, 1]]), np.array([0, 1 / 3, 2 / 3]))[0]
    assert found.highest == pytest.approx(4 / 7)
    assert found.leader_above == ("o3",)


def test_options_that_tie_now_part_as_soon_as_the_weight_moves() -> None:
    one, _ = switching_values(make_values([[100, 0], [0, 100]]), np.array([0.5, 0.5]))
    assert (one.lowest, one.highest) == (0.5, 0.5)
    assert (one.leader_below, one.leader_above) == (("o2",), ("o1",))


def test_identical_leaders_stay_together_and_leave_the_lead_together() -> None:
    found = switching_values(make_values([[100, 0], [100, 0], [0, 100]]), np.array([0.6, 0.4]))[0]
    assert found.lowest == pytest.approx(0.5)
    assert found.leader_below == ("o3",)
    back = switching_values(make_values([[100, 0], [100, 0], [0, 100]]), np.array([0.4, 0.6]))[0]
    assert back.leader_above == ("o1", "o2")


def test_no_weight_brings_a_leader_down_that_is_best_on_everything() -> None:
    for one in switching_values(make_values([[90, 80, 70], [60, 70, 60]]), np.array([0.2, 0.3, 0.5])):
        assert (one.lowest, one.highest, one.leader_below, one.leader_above) == (0, 1, (), ())


def test_one_criterion_has_nothing_to_switch_with() -> None:
    assert switching_values(make_values([[10], [90]]), np.array([1.0])) == (SwitchingValue("c1", 1, 0, 1, (), ()),)


def test_one_option_has_nobody_to_switch_to() -> None:
    for one in switching_values(make_values([[10, 90]]), np.array([0.5, 0.5])):
        assert (one.lowest, one.highest, one.leader_below, one.leader_above) == (0, 1, (), ())


def test_a_criterion_of_zero_weight_switches_from_zero_upwards() -> None:
    """o1 leads on c1; with c2 at w they are level where 60 (1 - w) = 50 (1 - w) + 40 w, at w = 0.2."""
    found = switching_values(make_values([[60, 0], [50, 40]]), np.array([1.0, 0.0]))[1]
    assert (found.current, found.lowest, found.leader_below) == (0, 0, ())
    assert found.highest == pytest.approx(0.2)
    assert found.leader_above == ("o2",)


def test_where_one_criterion_has_all_the_weight_the_others_are_taken_as_equal() -> None:
    """o1 60 on c1; at w the others' mean counts: o1 60w, o2 50w + 40 (1 - w), level at w = 0.8."""
    found = switching_values(make_values([[60, 0, 0], [50, 80, 0]]), np.array([1.0, 0.0, 0.0]))[0]
    assert (found.highest, found.leader_above) == (1, ())
    assert found.lowest == pytest.approx(0.8)
    assert found.leader_below == ("o2",)


def test_forty_criteria_have_forty_intervals_around_their_weights() -> None:
    values, weights = random_case(40, 7, 40)
    found = switching_values(values, weights)
    assert len(found) == 40
    assert all(one.lowest <= one.current <= one.highest for one in found)
    assert any(one.leader_below or one.leader_above for one in found)


# Judgements that could change the leader alone


def ends_of(values: Values) -> list[tuple[str, str, Values]]:
    """Give, for each cell and each end of its range, the values with that judgement moved there."""
    found = []
    for row, column in itertools.product(range(len(values.options)), range(len(values.criteria))):
        for end in (values.low, values.high):
            likely = values.likely.copy()
            likely[row, column] = end[row, column]
            moved = Values(values.options, values.criteria, values.low, likely, values.high)
            found.append((values.options[row], values.criteria[column], moved))
    return found


def shown_leaders(values: Values, weights: np.ndarray) -> set[str]:
    """Give the leaders as a reader sees them: in whole numbers, ties together."""
    plain = Values(values.options, values.criteria, values.likely, values.likely, values.likely)
    return set(ranking(overall_values(plain, weights))[0])


def changed_by_brute_force(values: Values, weights: np.ndarray, *, shown: bool) -> set[tuple[str, str]]:
    """Move each judgement to each end of its range and see whether the leaders are still the same."""

    def front(which: Values) -> set[str]:
        return shown_leaders(which, weights) if shown else set(leaders_at(which, weights))

    return {(option, criterion) for option, criterion, moved in ends_of(values) if front(moved) != front(values)}


@pytest.mark.parametrize(("options", "criteria"), [(2, 2), (3, 4), (5, 3), (7, 8)])
def test_decisive_judgements_are_those_that_brute_force_finds(options: int, criteria: int) -> None:
    """Only cases in which ties in whole numbers play no part, so that there is one answer."""
    tried = decisive = 0
    for seed in range(60):
        values, weights = random_case(seed, options, criteria)
        values = make_values(values.likely, *(values.likely + (end - values.likely) / 5 for end in (values.low, values.high)))
        exact = changed_by_brute_force(values, weights, shown=False)
        if exact == changed_by_brute_force(values, weights, shown=True):
            assert set(decisive_cells(values, weights)) == exact
            tried, decisive = tried + 1, decisive + len(exact)
    assert tried >= 25
    assert 0 < decisive < tried * options * criteria


def test_every_judgement_that_could_make_or_break_a_tie_that_is_shown_is_decisive() -> None:
    """Both are shown as 62: the first has 62.4, the second 61.6 and may fall to 30; then the first leads alone."""
    values = make_values([[62.4], [61.6]], [[62.4], [30]], [[62.4], [61.6]])
    weights = np.array([1.0])
    assert changed_by_brute_force(values, weights, shown=True) == {("o2", "c1")}
    assert ("o2", "c1") in decisive_cells(values, weights)


def test_a_leader_that_ties_and_may_rise_to_lead_alone_is_decisive() -> None:
    """Both have 60; the first may rise to 90 and then leads alone."""
    values = make_values([[60], [60]], [[60], [60]], [[90], [60]])
    assert changed_by_brute_force(values, np.array([1.0]), shown=True) == {("o1", "c1")}
    assert decisive_cells(values, np.array([1.0])) == (("o1", "c1"),)


def test_a_leader_that_ties_and_may_fall_is_decisive() -> None:
    values = make_values([[60], [60]], [[40], [60]], [[60], [60]])
    assert decisive_cells(values, np.array([1.0])) == (("o1", "c1"),)


def test_a_judgement_that_brings_an_option_just_level_is_decisive() -> None:
    values = make_values([[60], [50]], [[60], [50]], [[60], [60]])
    assert decisive_cells(values, np.array([1.0])) == (("o2", "c1"),)
    values = make_values([[60], [50]], [[50], [50]], [[60], [50]])
    assert decisive_cells(values, np.array([1.0])) == (("o1", "c1"),)


def test_a_judgement_of_zero_weight_is_never_decisive_however_uncertain() -> None:
    values = make_values([[60, 50], [50, 50]], [[60, 0], [50, 0]], [[60, 100], [50, 100]])
    assert decisive_cells(values, np.array([1.0, 0.0])) == ()


def test_certain_judgements_are_never_decisive() -> None:
    assert decisive_cells(make_values([[60, 50], [50, 60]]), np.array([0.6, 0.4])) == ()


def test_the_judgements_of_one_option_alone_are_never_decisive() -> None:
    assert decisive_cells(make_values([[60]], [[0]], [[100]]), np.array([1.0])) == ()
