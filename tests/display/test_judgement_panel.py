"""One judgement as the group looks at it: whose it is, what stands behind it with marks and days, and what followed from a change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnership_model.display.judgement_grounds import grounds
from partnership_model.display.judgement_panel import panel_view
from partnership_model.display.pages import page_of
from partnership_model.knowledge.schema import plain_day
from tests.display.exploring import JUDGE, START, moved
from tests.display.page_reading import ELEMENTS, STATES, found_in
from tests.display.test_blocks import Reader, harmless, squeezed
from tests.display.test_judgement_grid import opening
from tests.display.test_notebook import BASE

RANKED = STATES["ranked"]
EVERY_CELL = [(option, name) for option, name in RANKED.problem.judgements if option in ("stay", "federation", "established_mat")]


def panel(option: str, criterion: str, *moves: dict[str, object], state: object = RANKED) -> Reader:
    """Open a judgement and read its page."""
    return harmless(page_of(moved(*moves, opening(option, criterion), state=state)).html, ELEMENTS)


@pytest.mark.parametrize("cell", EVERY_CELL, ids="-".join)
def test_whatever_a_judgement_rests_on_is_shown_with_its_mark_its_place_and_its_days(cell: tuple[str, str]) -> None:
    text = panel(*cell).text
    one = RANKED.problem.judgements[cell]
    found = grounds(RANKED.problem, RANKED.knowledge, one)
    assert found or one.origin == "group"
    for ground in found:
        assert squeezed(f"{ground.kind} {ground.title}") in text
        assert squeezed(ground.says) in text
        assert ground.days in text or ground.kind == "Door"
        for title, place, _ in ground.links:
            assert squeezed(title) in text
            assert squeezed(place) in text
    assert all(name in text for name in ("What it rests on, as of 15 April 2016", one.reasoning))


def test_a_fact_says_mark_source_place_the_day_of_the_text_the_day_it_was_read_and_whom_to_ask() -> None:
    one = next(ground for ground in of("federation", "autonomy") if ground.kind == "Fact")
    assert (one.title, one.mark) == ("What would our own governing body still decide?", "sourced")
    assert one.links[0] == (
        "Education Act 2002",
        ", s.24(3)(a) (text of 1 September 2025, read in a public copy, read on 21 November 2026)",
        "https://www.legislation.gov.uk/ukpga/2002/32/section/24",
    )
    assert one.days == "As of 15 April 2016, recorded from 1 September 2012 on; last checked on 21 November 2026"
    asked = next(ground for ground in of("federation", "cost") if ground.mark == "estimate")
    assert "Prices of 2016." in asked.more
    assert any(line.startswith("Ask ") for line in asked.more)


def of(option: str, criterion: str) -> tuple[object, ...]:
    """Give the grounds of a judgement of the ranked state."""
    return grounds(RANKED.problem, RANKED.knowledge, RANKED.problem.judgements[option, criterion])


def test_a_study_says_how_many_what_it_found_its_year_its_address_and_that_it_came_later() -> None:
    one = next(ground for ground in of("established_mat", "school_improvement") if ground.kind == "Study")
    study = BASE.evidence.evidence["epi_2018"]
    assert (one.title, one.mark) == (study.title, study.mark)
    assert study.found in one.says
    assert one.days == f"{BASE.sources[study.source].publisher}, 2018, which is after the day asked about"
    assert any(study.spread in line for line in one.more)
    assert any(study.caution in line for line in one.more)
    assert one.links[0][2] == BASE.sources[study.source].href


def test_a_source_without_a_passage_says_that_none_is_recorded() -> None:
    one = next(ground for ground in of("established_mat", "autonomy") if ground.kind == "Source" and ground.mark == "")
    assert one.says == "Named as a whole: the passage that it rests on is not recorded."


def test_facts_that_differ_by_school_name_the_schools() -> None:
    said = [line for ground in of("co_operative_trust", "reversibility") for line in ground.more if line.startswith("For ")]
    assert "For all but Primary E." in said


def test_what_was_computed_shows_every_fact_used_and_the_sum_school_by_school() -> None:
    problem = RANKED.problem
    cost = panel("federation", "cost")
    assert "The sum for each school: pounds a pupil and year, set-up spread over 5 years" in cost.text
    assert (
        "Infant A: set-up £0 to costs £4, likely costs £1; charges and new duties £0 to costs £12, likely costs £3; "
        "savings saves £120 to £0, likely saves £30. Together: saves £120 to costs £16, likely saves £26."
    ) in cost.text
    assert all(f"{school}: " in cost.text for school in problem.option("federation").money.by_school)
    used = {fact.attribute for line in problem.option("federation").money.lines for fact in line.facts}
    assert {ground.title for ground in of("federation", "cost")} == {BASE.attributes[name].question for name in used}
    out = panel("federation", "reversibility")
    assert (
        "Infant A: who can take it out: The shared governing body; where it lands: The same kind of school as today; "
        "6 of 6 doors stay open."
    ) in out.text
    doors = [ground for ground in of("federation", "reversibility") if ground.kind == "Door"]
    assert len(doors) == len(problem.options) - 1


def test_the_groups_own_figures_show_what_stood_in_their_place_and_that_no_source_is_recorded() -> None:
    text = panel("co_operative_trust", "school_improvement").text
    assert "The group’s own figures, given in the case’s own judgements.csv. Evidence: opinion only, as the group graded it." in text
    assert "The group’s own figures rest on the group’s reason; no source is recorded with them." in text
    assert "In its place stood 18 to 75, likely 45: a starting assumption of the workbook, evidence opinion only." in text
    assert "Co-operative schools: no study of pupils' results was found" in text


def test_whose_a_judgement_is_and_where_it_was_looked_at_is_said() -> None:
    assert "A starting assumption of the workbook. Nobody in the group has looked at it." in panel("federation", "autonomy").text
    looked = {"do": "look", "option": "federation", "criterion": "autonomy"}
    assert "The group has looked at it here, in this visit." in panel("federation", "autonomy", looked).text
    assert "Computed from the facts by a rule that is the same for every option." in panel("stay", "cost").text
    assert "The group’s own figures, given here, in this visit." in panel("stay", "staff", JUDGE).text


def test_the_figures_that_are_offered_for_change_are_those_in_use() -> None:
    fields = panel("stay", "staff", JUDGE).of("input")
    offered = [(about["name"], about["value"]) for about in fields if about.get("name") in ("low", "likely", "high")]
    assert offered == [("low", "10"), ("likely", "20"), ("high", "30")]


def test_what_nobody_has_judged_is_said_to_be_missing() -> None:
    """A new MAT has no assumption on shared values: nobody knows these schools."""
    text = panel("new_mat", "values", state=with_criteria("values")).text
    assert "Missing: nobody has judged it, so the whole scale is taken." in text
    assert "No fact, study or source is recorded behind it." in text


def with_criteria(*more: str) -> object:
    """Begin with the Ember case and more criteria."""
    case = START.case
    file = case.file.model_copy(update={"criteria": (*case.file.criteria, *more), "weights": ()})
    return replace(START, case=replace(case, file=file))


# What it is worth, and what followed


def test_points_are_said_with_the_weight_that_gives_them() -> None:
    view = panel_view(RANKED, found_in(RANKED), ("federation", "autonomy"))
    assert view["points"] == "Autonomy carries 13 of 100 at the weights in use, so this brings 3 to 9, likely 6 of the option’s points."
    assert (view["low"], view["likely"], view["high"], view["value"]) == (25, 45, 68, "25 to 68, likely 45")


def test_while_the_order_is_withheld_points_are_a_range_and_before_weighing_there_are_none() -> None:
    withheld = STATES["withheld"]
    assert "brings 3 to 9 of the option’s points" in panel_view(withheld, found_in(withheld), ("federation", "autonomy"))["points"]
    assert panel_view(START, found_in(START), ("stay", "cost"))["points"] == "Nobody has weighed yet, so it brings no points."


def test_what_followed_is_said_after_a_change_and_after_a_look_and_not_before() -> None:
    assert panel_view(RANKED, found_in(RANKED), ("stay", "staff"))["followed"] == ""
    changed = moved(JUDGE, state=RANKED)
    said = panel_view(changed, found_in(changed), ("stay", "staff"))["followed"]
    assert "The overall value of staying as we are was 44 to 74, likely 58; it is" in said
    looked = moved({"do": "look", "option": "federation", "criterion": "autonomy"}, state=RANKED)
    assert panel_view(looked, found_in(looked), ("federation", "autonomy"))["followed"].startswith("The same as before: ")


def test_what_followed_compares_with_what_the_case_said_however_often_it_was_changed() -> None:
    """So a log in which only the newest change of a judgement is kept says the same when it is made again."""
    twice = moved(JUDGE | {"likely": "25"}, JUDGE, state=RANKED)
    once = moved(JUDGE, state=RANKED)
    cell = ("stay", "staff")
    assert panel_view(twice, found_in(twice), cell) == panel_view(once, found_in(once), cell)


def test_the_day_of_the_facts_stands_over_them() -> None:
    assert f"What it rests on, as of {plain_day(RANKED.knowledge.day)}" in panel("stay", "cost").text
