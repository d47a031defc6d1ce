"""Every judgement in one table: each figure leads to what stands behind it, and likely figures are held back with the order."""

from __future__ import annotations

import re

import pytest

from partnership_model.analysis.overall import whole
from partnership_model.display.exploration import after
from tests.display.exploring import JUDGE, NOT_ON_THE_LIST, START, moved, unchanged
from tests.display.page_reading import ELEMENTS, NOT_RANKED, STATES, page, part, read
from tests.display.test_blocks import harmless

RANKED = STATES["ranked"]
STEPS = pytest.mark.parametrize("step", ["what_follows", "how_sure"])


def opening(option: str = "federation", criterion: str = "autonomy", *, on: bool = True) -> dict[str, object]:
    """Open a judgement, or close it."""
    return {"do": "judgement", "option": option, "criterion": criterion, "on": on}


@STEPS
@pytest.mark.parametrize("state", ["ranked", "withheld", "unweighed", "some closed", "one left"])
def test_every_judgement_in_use_is_a_button_and_none_of_a_closed_option(state: str, step: str) -> None:
    found = STATES[state].problem
    cells = {about["data-opens"] for about in read(STATES[state], step).of("button") if "data-opens" in about}
    assert cells == {f"{option.key}-{name}" for option in found.ranked_options for name in found.criteria}


def test_where_no_option_is_left_there_is_no_table() -> None:
    assert "data-opens" not in page(STATES["closed"], "what_follows").html


def test_a_cell_has_the_likely_figure_whose_it_is_and_whether_the_group_has_looked() -> None:
    rows = {row[0]: row for row in read(RANKED, "what_follows").rows("Every judgement in use")}
    one = RANKED.problem.judgements["federation", "autonomy"]
    assert not one.confirmed
    assert rows["Council-maintained federation"][1] == f"Council-maintained federation, autonomy: {whole(one.amount.likely)} assumed"
    assert rows["Stay as we are"][4] == "Stay as we are, help to teach better: 30 our own ✓ , looked at"
    assert re.fullmatch(r"Stay as we are, cost: £0 computed", rows["Stay as we are"][2])


@pytest.mark.parametrize("state", [name for name in NOT_RANKED if name != "closed"])
def test_while_the_order_is_withheld_only_ranges_are_shown_and_no_bar_ends_at_a_likely_figure(state: str) -> None:
    for key, amount in ((cell, one.amount) for cell, one in STATES[state].problem.judgements.items() if cell[1] == "autonomy"):
        text = part(page(STATES[state], "what_follows").html, f"judgements-{key[0]}").text
        assert f"autonomy: {whole(amount.low)} to {whole(amount.high)} " in text
    bars = re.findall(r"--from:([\d.]+);--to:([\d.]+)", page(STATES[state], "what_follows").html)
    amount = STATES[state].problem.judgements["federation", "autonomy"].amount
    assert (str(amount.low), str(amount.high)) in bars
    assert (str(amount.low), str(amount.likely)) not in bars


def test_each_figure_of_the_points_leads_to_its_judgement_and_the_total_nowhere() -> None:
    reader = read(RANKED, "what_follows")
    heads, *rows = reader.rows("Points from each criterion")
    leads = [about for about in reader.of("button") if about.get("data-on-click") == "judgement" and "data-opens" not in about]
    assert len(leads) == len(rows) * (len(heads) - 2) == 56
    labels = {option.label: option.key for option in RANKED.problem.options}
    first = leads[0]
    assert (first["data-option"], first["data-criterion"]) == (labels[rows[0][0]], "autonomy")
    assert first["aria-label"] == f"{rows[0][1]}: {rows[0][0]}, autonomy, what stands behind it"


@STEPS
def test_opening_a_judgement_shows_its_panel_in_the_table_below_its_option_and_changes_no_number(step: str) -> None:
    state = moved({"do": "go", "step": step}, state=RANKED)
    opened = moved(opening(), state=state)
    assert unchanged(state, moved(opening(on=False), state=opened))
    before, now = page(state, step), moved(opening(), state=state)
    html = page_with(now)
    assert part(html, "panel-of-federation").of("h3")[0] == {"id": "panel-title", "tabindex": "-1"}
    assert html.index('data-key="judgements-federation"') < html.index("data-panel=") < html.index('data-key="judgements-umbrella_trust"')
    assert [
        about["aria-expanded"] for about in harmless(html, ELEMENTS).of("button") if about.get("data-opens") == "federation-autonomy"
    ] == ["true"]
    assert before.headline in html


def page_with(state: object) -> str:
    """Write the page of the step that is open."""
    from partnership_model.display.pages import page_of  # noqa: PLC0415 - `page` opens a step, which closes the panel

    return page_of(state).html


def test_from_another_step_a_judgement_opens_on_the_step_what_follows() -> None:
    state = moved(opening())
    assert (state.step, state.opened, "what_follows" in state.visited) == ("what_follows", ("federation", "autonomy"), True)
    assert moved({"do": "go", "step": "facts"}, state=state).opened is None


@pytest.mark.parametrize(("option", "criterion"), [("nobody", "autonomy"), ("federation", "nothing"), ("la_trust", "autonomy")])
def test_a_judgement_that_is_not_in_use_is_refused(option: str, criterion: str) -> None:
    state = after(START, opening(option, criterion))
    assert state.problems == {"judgement": NOT_ON_THE_LIST}
    assert unchanged(START, state)


def test_the_panel_of_an_option_that_a_must_have_closes_is_gone() -> None:
    state = moved(opening("established_mat", "cost"), {"do": "gate", "gate": "way_out", "on": True})
    assert "established_mat" not in {option.key for option in state.problem.ranked_options}
    assert "data-panel" not in page_with(state)


def test_on_a_phone_the_table_is_folded_until_a_judgement_is_open() -> None:
    narrow = moved({"do": "width", "narrow": True}, state=RANKED)
    folded = [about for about in part(page(narrow, "what_follows").html, "part-judgements").of("details") if about.get("class") == "folded"]
    assert folded == [{"class": "folded"}]
    opened = part(page_with(moved(opening(), state=narrow)), "part-judgements").of("details")[0]
    assert opened == {"class": "folded", "open": ""}


def test_wrong_figures_in_the_panel_are_shown_beside_them_and_the_form_stays_open() -> None:
    state = after(moved({"do": "go", "step": "what_follows"}, opening("stay", "staff"), state=RANKED), JUDGE | {"low": "abc"})
    reader = harmless(page_with(state), ELEMENTS)
    assert [about["aria-describedby"] for about in reader.of("input") if about.get("aria-invalid")] == ["problem-panel-stay-staff"] * 3
    assert "“abc” is not a number. Give one from 0 to 100." in reader.text
