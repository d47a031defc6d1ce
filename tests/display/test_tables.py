"""Tables: words and whole numbers, one row a line, the same numbers as the chart beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.overall import whole
from partnership_model.display import charts, fact_words, phrases, screening_words, tables
from partnership_model.display.blocks import Table
from tests.display.test_blocks import HOSTILE
from tests.display.test_notebook import ASKS, BASE, DAY, EMBER, GATES, MARKED, closed, ember, unlooked, unweighed
from tests.making import make_criterion, make_problem, make_range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    import altair as alt
    import pandas as pd

TABLE = {"stay": [60, 40], "federation": [90, 70], "new_mat": [(10, 20, 40), 20], "la_trust": [99, 99]}
FRAMES: dict[str, Callable[[Appraisal], pd.DataFrame]] = {
    "status": lambda found: tables.status_table(found.problem),
    "membership": lambda found: tables.membership_table(found.problem),
    "weights": lambda found: tables.weight_table(found.problem),
    "judgements": lambda found: tables.judgement_table(found.problem),
    "money": lambda found: tables.money_table(found.problem),
    "money items": lambda found: tables.money_items_table(found.problem, found.problem.options[0].screening.schools[0].school),
    "way out": lambda found: tables.way_out_table(found.problem),
    "switching": tables.switching_table,
    "places": tables.place_table,
    "summary": tables.summary_table,
    "overall": tables.overall_table,
    "points": tables.contribution_table,
}
WEIGHED_ONLY = {"overall", "points"}


@pytest.fixture(scope="module")
def found() -> Appraisal:
    """Appraise the Ember case as it is."""
    return ember().appraisal


def small(**changes: Any) -> Appraisal:  # noqa: ANN401
    """Appraise three open options and a closed one."""
    fields: dict[str, Any] = {"status": {"la_trust": "closed"}}
    return appraise(make_problem(TABLE, **(fields | changes)), 1)


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


def column(frame: pd.DataFrame, name: str) -> list[Any]:
    """Give one column."""
    return list(frame[name])


# What every table is


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize("run", [ember, unlooked, unweighed, closed], ids=["ranked", "withheld", "unweighed", "closed"])
def test_every_table_holds_words_and_whole_numbers_only(name: str, run: Callable[[], Any]) -> None:
    """A cell that is missing, or a number with decimals, would end the page or be cut off."""
    appraisal = run().appraisal
    if name in WEIGHED_ONLY and appraisal.overall is None:
        return
    frame = FRAMES[name](appraisal)
    for row in frame.itertuples(index=False, name=None):
        for cell in row:
            assert isinstance(cell, str) or int(cell) == cell
    table = Table.of(name, frame)
    assert len(table.rows) == len(frame)
    assert all(len(row) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("name", ["status", "membership", "money", "way out", "summary"])
@pytest.mark.parametrize("run", [ember, unlooked, unweighed, closed], ids=["ranked", "withheld", "unweighed", "closed"])
def test_closed_options_stay_visible(name: str, run: Callable[[], Any]) -> None:
    appraisal = run().appraisal
    shown = column(FRAMES[name](appraisal), "Option")
    assert sorted(shown) == sorted(option.label for option in appraisal.problem.options)


# Status and membership


def test_the_status_table_gives_the_reason_in_the_cases_order() -> None:
    problem = ember(non_negotiables=(GATES["way_out"],)).appraisal.problem
    frame = tables.status_table(problem)
    assert list(frame.columns) == ["Option", "Status", "Why"]
    assert column(frame, "Option") == [option.label for option in problem.options]
    assert column(frame, "Status") == ["Open", "Open", "Closed", "Open", "Closed", "Closed", "Closed"]
    assert column(frame, "Why") == [screening_words.because(option) for option in problem.options]


def test_a_status_that_nobody_knows_says_ask() -> None:
    problem = ember(non_negotiables=(GATES["equal_partners"],)).appraisal.problem
    frame = tables.status_table(problem)
    asked = frame[frame["Status"] == "Not decided: ask"]
    assert list(asked["Option"]) == ["Co-operative trust", "Umbrella trust"]
    assert all(ASKS.match(why) and why.startswith(f"“{GATES['equal_partners'].says}” ") for why in asked["Why"])


def test_each_school_has_its_place_in_each_option(found: Appraisal) -> None:
    frame = tables.membership_table(found.problem)
    assert list(frame.columns) == ["Option", *(school.name for school in EMBER.members)]
    row = frame[frame["Option"] == "Co-operative trust"].iloc[0]
    assert (row["Infant A"], row["Primary E"]) == ("full member", "associate")


def test_the_schools_are_given_with_their_part() -> None:
    frame = tables.school_table(EMBER, BASE)
    assert list(frame.columns) == ["School", "Category", "Phase", "Pupils", "Role"]
    assert column(frame, "Role") == ["decides"] * 5 + ["invited"]
    assert column(frame, "Pupils") == [270, 360, 420, 210, 205, 1150]


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


# Weights and judgements


def test_weights_are_given_by_group_and_as_they_are_used(found: Appraisal) -> None:
    frame = tables.weight_table(found.problem)
    assert list(frame.columns) == ["Criterion", "From", "To", "Governors", "Staff", "In use"]
    for group in ("Governors", "Staff", "In use"):
        assert 96 <= sum(frame[group]) <= 104
    assert found.problem.weights is not None
    assert column(frame, "In use") == [whole(share * 100) for share in found.problem.weights.shares.values()]


def test_before_anybody_has_weighed_criteria_are_given_from_worst_to_best() -> None:
    frame = tables.weight_table(unweighed().appraisal.problem)
    assert list(frame.columns) == ["Criterion", "From", "To"]
    assert len(frame) == 8


def test_a_criterion_that_nothing_changes_says_so() -> None:
    frame = tables.switching_table(small())
    assert column(frame, "What would change") == ["Nothing: no weight of it alone changes who comes first."] * 2


def test_every_judgement_in_use_is_given_with_its_reason_and_none_on_a_closed_option() -> None:
    found = ember(non_negotiables=(GATES["way_out"],)).appraisal
    frame = tables.judgement_table(found.problem)
    open_ = [option.label for option in found.problem.ranked_options]
    assert sorted(set(column(frame, "Option"))) == sorted(open_)
    assert len(frame) == len(open_) * 8
    assert all(frame["Why"])
    assert sum(rests.endswith("; looked at") for rests in frame["Rests on"]) == len(frame) - len(found.problem.unconfirmed)


def test_a_judgement_that_spreads_otherwise_says_so_in_the_table() -> None:
    problem = ember().appraisal.problem
    one = replace(problem.judgements["stay", "staff"], amount=make_range((20, 40, 60)), shape="even")
    frame = tables.judgement_table(problem.with_judgement(one))
    assert column(frame, "Judgement").count("anywhere from 20 to 60 alike") == 1


# Money and the way out


def test_a_school_without_a_place_in_an_option_has_no_cost_there() -> None:
    problem = ember().appraisal.problem
    screening = problem.options[1].screening
    without = replace(
        problem.options[1].money, by_school={school.school: problem.options[1].money.group for school in screening.schools[1:]}
    )
    changed = replace(problem, options=(problem.options[0], replace(problem.options[1], money=without)))
    frame = tables.money_table(changed)
    assert frame["Infant A"].tolist() == ["£0", "not in it"]
    nobody = replace(changed, options=(replace(problem.options[1], money=replace(without, by_school={})),))
    assert tables.money_table(nobody)["The group"].tolist() == ["not in it"]


def test_staying_costs_nothing_more_and_no_figure_has_a_minus_sign(found: Appraisal) -> None:
    frame = tables.money_table(found.problem)
    assert set(frame[frame["Option"] == "Stay as we are"].iloc[0, 1:]) == {"£0"}
    assert not any("-" in cell for row in frame.iloc[:, 1:].itertuples(index=False) for cell in row)


def test_the_way_out_says_who_decides_where_one_lands_and_which_doors_close(found: Appraisal) -> None:
    frame = tables.way_out_table(found.problem)
    assert list(frame.columns) == ["Option", "Who can take a school out", "Where it lands", "Doors still open", "No way found to"]
    assert all(cell for row in frame.itertuples(index=False) for cell in row)
    for option, row in zip(found.problem.options, frame.itertuples(index=False, name=None), strict=True):
        for cell, doors in ((row[3], option.way_out.doors), (row[4], option.way_out.closed_doors)):
            names = ["standing alone again" if key == "stay" else found.problem.option(key).in_a_sentence for key in doors]
            assert cell == phrases.listed(names)
    assert "none" in column(frame, "No way found to")
    assert any("standing alone again" in cell for cell in column(frame, "No way found to"))


@pytest.mark.parametrize("start", ["stay", "new_mat"])
def test_a_table_of_moves_says_what_each_takes_and_how_hard_the_way_back_is(found: Appraisal, start: str) -> None:
    knowledge = BASE.on(DAY)
    frame = tables.move_table(found.problem, knowledge, start)
    assert list(frame.columns) == [
        *("To", "Open", "Months", "Once, a school", "Who applies", "Who must consent", "What a school is then", "Way back", "Mark")
    ]
    moves = {option.key: knowledge.may_go(start, option.key) for option in found.problem.options if option.key != start}
    recorded = {key: move for key, move in moves.items() if move and move.mark}
    assert len(frame) == len(recorded) > 3
    for row, (key, move) in zip(frame.itertuples(index=False, name=None), recorded.items(), strict=True):
        assert row[0] == ("Standing alone again" if key == "stay" else found.problem.option(key).label)
        assert row[1] == ("Yes" if move.open else "No way found")
        assert (row[2:8] == ("",) * 6) == (not move.open)
        assert row[8].startswith(move.mark)
        assert move.mark == "sourced" or f": ask {move.ask}" in row[8]
    assert set(frame["Open"]) == ({"Yes"} if start == "stay" else {"Yes", "No way found"})


def test_an_answer_that_all_share_is_given_once_and_others_by_school() -> None:
    knowledge = BASE.on(DAY)
    same = [(school.name, knowledge.fact("legal_body", "new_mat", "community")) for school in EMBER.members[:2]]
    assert tables.by_answer(same) == fact_words.told(same[0][1])
    other = ("Primary D", knowledge.fact("land", "new_mat", "foundation"))
    first = ("Infant A", knowledge.fact("land", "new_mat", "community"))
    second = ("Junior B", knowledge.fact("land", "new_mat", "community"))
    assert tables.by_answer([first, other, second]) == (
        f"{fact_words.told(first[1])} (Infant A and Junior B); {fact_words.told(other[1])} (Primary D)"
    )


# Facts


def test_facts_with_the_same_answer_stand_in_one_row_with_mark_and_source() -> None:
    run = ember()
    knowledge = run.knowledge
    numbers = {one: place for place, one in enumerate(_references(run), 1)}
    frame = tables.fact_table(run.case, knowledge, run.appraisal.problem, "land", numbers)
    assert list(frame.columns) == ["Option", "For", "Answer", "In words", "Mark"]
    assert set(frame["Option"]) == {option.label for option in run.appraisal.problem.options}
    schools = {school.name: school.category for school in run.case.members}
    staying = [name for who in frame[frame["Option"] == "Stay as we are"]["For"] for name in _named(who, list(schools))]
    assert sorted(staying) == sorted(schools)
    for mark in frame["Mark"]:
        assert MARKED.fullmatch(mark), mark
        assert mark.startswith("sourced") or ": ask " in mark
    keys = {option.label: option.key for option in run.appraisal.problem.options}
    seen = set()
    for label, who, _, _, mark in frame.itertuples(index=False, name=None):
        for name in _named(who, list(schools)):
            fact = knowledge.fact("land", keys[label], schools[name])
            seen.add(fact.later_text)
            assert (", in a later text" in mark) == fact.later_text
    assert seen == {True, False}


def _named(who: str, schools: list[str]) -> list[str]:
    """Give the schools that a row is for."""
    listed = who.removeprefix("all but ").replace(" and ", ", ").split(", ")
    return [name for name in schools if (name not in listed if who.startswith("all") else name in listed)]


def _references(run: Any) -> list[Any]:  # noqa: ANN401 - a run
    return list(
        dict.fromkeys(
            one
            for option in run.appraisal.problem.options
            for school in run.case.members
            for one in run.knowledge.fact("land", option.key, school.category).references
        )
    )


def test_a_fact_that_holds_for_all_schools_says_all() -> None:
    run = ember()
    numbers = dict.fromkeys(_all_references("legal_body", run), 1)
    frame = tables.fact_table(run.case, run.knowledge, run.appraisal.problem, "legal_body", numbers)
    assert "all" in set(frame["For"])


def _all_references(name: str, run: Any) -> list[Any]:  # noqa: ANN401 - a run
    return [
        one
        for option in run.appraisal.problem.options
        for school in run.case.members
        for one in run.knowledge.fact(name, option.key, school.category).references
    ]


def test_a_comparison_says_which_questions_have_different_answers() -> None:
    knowledge = BASE.on(DAY)
    options = [("stay", "Stay"), ("new_mat", "A MAT")]
    found = tables.comparison(knowledge, EMBER.members[0], options, ["employer", "admissions_authority", "curriculum"])
    assert [one.attribute for one in found] == ["employer", "admissions_authority", "curriculum"]
    for one in found:
        assert [fact.option for fact in one.facts] == ["stay", "new_mat"]
        assert one.differs == (fact_words.told(one.facts[0]) != fact_words.told(one.facts[1]))
        assert one.same == [True, not one.differs]
    assert found[0].differs is True
    same = tables.comparison(knowledge, EMBER.members[0], [("stay", "Stay"), ("stay", "Stay")], ["employer"])
    assert same[0].differs is False


def test_other_steps_are_another_answer() -> None:
    """Steps have neither a code nor a figure: compared by these alone, no option would have steps of its own."""
    options = [("stay", "Stay"), ("federation", "A federation"), ("new_mat", "A MAT")]
    (one,) = tables.comparison(BASE.on(DAY), EMBER.members[0], options, ["steps"])
    assert one.facts[1].steps != one.facts[2].steps
    assert one.same == [True, False, False]


# Whatever the words are


@pytest.mark.parametrize("text", HOSTILE)
def test_every_table_keeps_every_text_as_it_is(text: str) -> None:
    found = ember().appraisal
    problem = found.problem
    options = tuple(replace(one, label=f"{text}{place}", in_a_sentence=text) for place, one in enumerate(problem.options))
    criteria = {name: one.model_copy(update={"label": text + name, "worst": text}) for name, one in problem.criteria.items()}
    named = replace(found, problem=replace(problem, options=options, criteria=criteria))
    for name, make in FRAMES.items():
        table = Table.of(text, make(named))
        first = {row[0] for row in table.rows}
        expected = {one.label for one in (criteria.values() if name in ("weights", "switching") else options)}
        assert first == expected, name


def test_two_criteria_of_a_problem_keep_their_own_columns() -> None:
    """A table that put both under one heading would lose one of them."""
    criteria = {"c1": make_criterion(label="Cost"), "c2": make_criterion(label="Staff")}
    frame = tables.contribution_table(small(criteria=criteria, weights=[3, 1]))
    assert list(frame.columns) == ["Option", "Cost", "Staff", "Total"]
    assert list(frame.iloc[0]) == ["Federation", 68, 18, 85]
