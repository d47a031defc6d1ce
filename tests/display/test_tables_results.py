"""Tables of what follows: their order, their totals, and the same numbers as the chart beside each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.analysis.overall import whole
from partnership_model.display import charts, phrases, tables
from tests.display.test_notebook import ember, unlooked, unweighed
from tests.display.test_tables import column, small
from tests.making import make_criterion

if TYPE_CHECKING:
    from collections.abc import Iterator

    import altair as alt

    from partnership_model.analysis.appraisal import Appraisal


@pytest.fixture(scope="module")
def found() -> Appraisal:
    """Appraise the Ember case as it is."""
    return ember().appraisal


def rows_of(chart: alt.TopLevelMixin) -> list[dict[str, Any]]:
    """Give the rows that a chart is drawn from, each once."""
    found: list[dict[str, Any]] = []
    for row in _rows(chart.to_dict()):
        if "said" in row and row not in found:
            found.append(row)
    return found


def _rows(spec: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - a part of a specification
    if isinstance(spec, list):
        for part in spec:
            yield from _rows(part)
    elif isinstance(spec, dict):
        yield from spec["data"]["values"] if "data" in spec else ()
        for part in spec.values():
            yield from _rows(part)


# Overall values, points and places


def test_the_order_is_that_of_the_ranking_where_there_is_one() -> None:
    assert tables.shown_order(small()) == ["federation", "stay", "new_mat"]


@pytest.mark.parametrize("changes", [{"weights": None}, {"weights": None, "unconfirmed": [("stay", "c1")]}])
def test_without_a_ranking_the_order_is_the_cases_own(changes: dict[str, Any]) -> None:
    assert tables.shown_order(small(**changes)) == ["stay", "federation", "new_mat"]


def test_while_order_is_withheld_tables_keep_the_order_of_the_case_and_say_no_place() -> None:
    found = unlooked().appraisal
    assert found.withheld == "unconfirmed"
    case_order = [option.label for option in found.problem.options]
    for frame in (tables.overall_table(found), tables.contribution_table(found), tables.summary_table(found)):
        assert column(frame, "Option") == case_order
        assert not any("first" in name.lower() or "place" in name.lower() for name in frame.columns)
    assert found.overall is not None
    for frame in (tables.overall_table(found), tables.summary_table(found)):
        ranges = [f"{whole(one.low)} to {whole(one.high)}" for one in (found.overall[key] for key in tables.shown_order(found))]
        assert column(frame, "Overall value, 0 to 100") == ranges
    assert tables.place_table(found).empty
    assert tables.switching_table(found).empty


def test_a_summary_before_anybody_has_weighed_has_no_numbers() -> None:
    problem = unweighed().appraisal.problem
    frame = tables.summary_table(unweighed().appraisal)
    assert list(frame.columns) == ["Option", "Status", "Judgements looked at"]
    assert column(frame, "Option") == [option.label for option in problem.options]
    left = [sum(one.option == option.key for one in problem.unconfirmed) for option in problem.options]
    assert len(set(left)) > 1
    assert column(frame, "Judgements looked at") == [f"{8 - one} of 8" for one in left]


def test_a_summary_gives_closed_options_last_and_without_numbers() -> None:
    frame = tables.summary_table(small())
    assert list(frame.columns) == ["Option", "Status", "Overall value, 0 to 100", "Comes first in", "Judgements looked at"]
    assert column(frame, "Option") == ["Federation", "Stay", "New mat", "La trust"]
    assert list(frame.iloc[3]) == ["La trust", "Closed", "", "", ""]
    assert list(frame.iloc[0]) == ["Federation", "Open", "80", "always", "2 of 2"]


def test_points_add_up_to_the_total_but_for_rounding(found: Appraisal) -> None:
    frame = tables.contribution_table(found)
    labels = [criterion.label for criterion in found.problem.criteria.values()]
    assert list(frame.columns) == ["Option", *labels, "Total"]
    for _, row in frame.iterrows():
        assert abs(sum(row[labels]) - row["Total"]) <= len(labels) / 2


def test_places_are_of_a_hundred_and_each_option_takes_some_place(found: Appraisal) -> None:
    frame = tables.place_table(found)
    names = [f"Place {place}" for place in range(1, 8)]
    assert list(frame.columns) == ["Option", *names]
    figures = frame[names].replace({"under 1": 0.5, "over 99": 99.5}).astype(float)
    assert all(97 <= total <= 103 for total in figures.sum(axis=1))
    assert all(97 <= total <= 103 for total in figures.sum(axis=0))


def test_two_criteria_of_a_problem_keep_their_own_columns() -> None:
    """A table that put both under one heading would lose one of them."""
    criteria = {"c1": make_criterion(label="Cost"), "c2": make_criterion(label="Staff")}
    frame = tables.contribution_table(small(criteria=criteria, weights=[3, 1]))
    assert list(frame.columns) == ["Option", "Cost", "Staff", "Total"]
    assert list(frame.iloc[0]) == ["Federation", 68, 18, 85]


# The twin of each chart


def test_the_table_of_overall_values_has_the_numbers_of_its_chart(found: Appraisal) -> None:
    frame = tables.overall_table(found)
    rows = rows_of(charts.chart_ranges(found))
    assert column(frame, "Option") == [row["name"] for row in rows]
    assert column(frame, "Overall value, 0 to 100") == [row["said"] for row in rows]
    assert [f"{whole(row['low'])} to {whole(row['high'])}, likely {whole(row['at'])}" for row in rows] == [row["said"] for row in rows]


def test_the_table_of_points_has_the_numbers_of_its_chart(found: Appraisal) -> None:
    frame = tables.contribution_table(found)
    for narrow in (False, True):
        rows = rows_of(charts.chart_contributions(found, narrow=narrow))
        seen = {(row["name"], row["criterion"]): row["said"] for row in rows}
        assert len(seen) == 7 * (8 if narrow else 9)
        for (option, criterion), said in seen.items():
            assert said == str(frame.set_index("Option").loc[option, criterion])
        assert all(row["said"] == str(whole(row["points"])) for row in rows if row["criterion"] != "Total")


def test_the_table_of_places_has_the_shares_of_its_chart(found: Appraisal) -> None:
    frame = tables.place_table(found).set_index("Option")
    rows = rows_of(charts.chart_shares(found))
    assert list(frame.index) == list(dict.fromkeys(row["name"] for row in rows))
    assert found.robustness is not None
    for option in found.problem.ranked_options:
        part = found.robustness.first_place_share(option.key)
        said = [row["said"] for row in rows if row["name"] == option.label]
        assert said == [phrases.of_hundred(part), *[""] * 9]
        assert sum(row["filled"] for row in rows if row["name"] == option.label) == whole(part * 10)
        cell = str(frame.loc[option.label, "Place 1"])
        assert cell.replace("under", "fewer than") + " of 100" == phrases.of_hundred(part)


def test_the_table_of_weights_that_would_change_it_has_the_numbers_of_its_chart(found: Appraisal) -> None:
    frame = tables.switching_table(found)
    rows = rows_of(charts.chart_switching(found))
    assert column(frame, "Criterion") == [row["name"] for row in rows]
    for name, key in (("Weight now", "at"), ("The same comes first from", "low"), ("to", "high")):
        assert column(frame, name) == [whole(row[key]) for row in rows]
    said = [f"now {now}, stays from {low} to {high}" for _, now, low, high, _ in frame.itertuples(index=False, name=None)]
    assert [row["said"] for row in rows] == said


def test_a_criterion_that_nothing_changes_says_so() -> None:
    frame = tables.switching_table(small())
    assert column(frame, "What would change") == ["Nothing: no weight of it alone changes who comes first."] * 2
