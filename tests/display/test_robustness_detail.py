"""How each option fares over the ways of weighing: sentences, tables, chart and numbers, each from the appraisal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.overall import whole
from partnership_model.analysis.sampling import BLOCK
from partnership_model.display import robustness_detail, robustness_detail_words
from partnership_model.display.blocks import Bullets, Figure, Heading, Paragraph, Table
from partnership_model.display.rounding import number
from tests.display.page_reading import NOT_RANKED, STATES, found_in
from tests.making import make_criterion, make_problem

if TYPE_CHECKING:
    from partnership_model.display.blocks import Block

LABELS = ("Autonomy", "Cost", "Resilience")


def found_for(table: dict[str, list], weights: tuple[float, ...] = (), samples: int = 4 * BLOCK) -> Appraisal:  # type: ignore[type-arg]
    """Appraise options by criteria with names."""
    criteria = {name.lower(): make_criterion(label=name) for name in LABELS[: len(next(iter(table.values())))]}
    return appraise(make_problem(table, weights, criteria), samples)


def tables(blocks: list[Block]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def test_who_would_put_an_option_first_is_said_in_whole_points_that_add_up_by_hand() -> None:
    """Staying is ahead where w1 > 1/3: on average 5/9, 2/9 and 2/9 (the centroid of that triangle); else 1/6, 5/12 and 5/12."""
    found = found_for({"stay": [100, 0, 0], "federation": [0, 50, 50]})
    first, second = robustness_detail_words.findings(found)
    assert first.startswith("Ways of weighing that put federation first give, on average and of 100: ")
    assert first.endswith("With these weights it comes first wherever in their ranges the judgements lie.")
    assert "Ways of weighing that put stay first give, on average and of 100: autonomy 56, " in second
    points = [int(word.strip(",.")) for word in second.split("100:")[1].split("With")[0].split() if word.strip(",.").isdigit()]
    assert sum(points) == 100


def test_what_never_comes_first_is_named_without_weights() -> None:
    found = found_for({"stay": [90, 10], "federation": [10, 90], "new_mat": [20, 20]})
    assert robustness_detail_words.findings(found)[-1] == "New mat never comes first, so there are no weights to describe."
    rows = robustness_detail.central_table(found, found.robustness).set_index("Option")  # type: ignore[arg-type]
    assert rows.loc["New mat"].tolist() == ["", "", "never first"]


def test_where_no_option_is_sure_even_with_its_own_weights_that_is_said_first() -> None:
    unsure = found_for({name: [(0, 50, 100)] * 2 for name in ("stay", "federation", "new_mat")})
    assert robustness_detail_words.findings(unsure)[0] == robustness_detail_words.UNSURE
    sure = found_for({"stay": [100, 0], "federation": [0, 100]})
    assert robustness_detail_words.UNSURE not in robustness_detail_words.findings(sure)


def test_many_criteria_are_shortened_to_the_weightiest_and_the_rest_together() -> None:
    found = appraise(make_problem({"stay": [50] * 9, "federation": [40] * 9}, list(range(9, 0, -1))), 1)
    said = robustness_detail_words.findings(found)[0]
    assert said.count("a criterion") == robustness_detail_words.NAMED
    assert "all others together" in said


def test_pairs_are_told_of_a_hundred_and_nearly_none_is_not_called_none() -> None:
    found = found_for({"stay": [100, 0], "federation": [0, 100], "new_mat": [0, 0.5]})
    drawn = found.robustness
    assert drawn is not None
    frame = robustness_detail.ahead_table(found, drawn).set_index("Option")
    assert frame.loc["Stay", "Stay"] == ""
    assert frame.loc["New mat", "Stay"] == "under 1"
    assert frame.loc["Stay", "New mat"] == "over 99"
    assert frame.loc["New mat", "Federation"] == "0"
    assert frame.loc["Stay", "Federation"] == str(whole(100 * drawn.pairwise[0, 1]))


def test_the_middle_half_and_nine_in_ten_by_hand() -> None:
    """100 w with w even from 0 to 1: half of the ways lie from 25 to 75, nine in ten from 5 to 95."""
    found = found_for({"stay": [100, 0], "federation": [40, 40]}, samples=6 * BLOCK)
    rows = robustness_detail.spread_table(found).set_index("Option")
    assert rows.loc["Federation"].tolist() == [40, "40", "40"]
    mean, half, most = rows.loc["Stay"].tolist()
    for said, exact in ((f"{mean}", "50"), (half, "25 to 75"), (most, "5 to 95")):
        for one, other in zip(said.split(" to "), exact.split(" to "), strict=True):
            assert abs(int(one) - int(other)) <= 1


def test_the_part_has_a_heading_findings_a_figure_tables_and_a_note() -> None:
    found = found_in(STATES["ranked"])
    for narrow in (False, True):
        blocks = robustness_detail.part(found, narrow=narrow)
        assert [type(block) for block in blocks] == [Heading, Bullets, Figure, Table, Table, Table, Paragraph]
        figure, note = blocks[2], blocks[-1]
        assert isinstance(figure, Figure)
        assert isinstance(note, Paragraph)
        assert note.style == "note"
        assert f"{found.robustness.samples:,} draws" in note.text  # type: ignore[union-attr]
        assert "chances of success" in note.text
        for key in found.values.options:
            assert found.problem.option(key).label in figure.alternative
        assert "<svg" in figure.svg()
    for table in tables(robustness_detail.part(found)):
        assert len(table.rows) == len(found.values.options)


def test_whole_weights_of_each_row_add_up_to_a_hundred() -> None:
    found = found_in(STATES["ranked"])
    for row in robustness_detail.central_table(found, found.robustness).to_numpy().tolist():  # type: ignore[arg-type]
        assert sum(int(cell) for cell in row[1:-1]) == 100


@pytest.mark.parametrize("state", [*NOT_RANKED, "one left"])
def test_nothing_is_shown_while_the_order_is_withheld_or_one_option_is_left(state: str) -> None:
    found = found_in(STATES[state])
    assert robustness_detail.part(found) == []
    if state != "one left":
        assert robustness_detail.data(found) == {"samples": None, "options": None}
        assert (robustness_detail_words.findings(found), robustness_detail_words.note(found), robustness_detail_words.title(found)) == (
            [],
            "",
            "",
        )


def test_the_numbers_are_those_of_the_appraisal() -> None:
    found = found_for({"stay": [(60, 90, 100), 10], "federation": [10, (60, 90, 100)], "new_mat": [1, 1]})
    data = robustness_detail.data(found)
    drawn = found.robustness
    assert drawn is not None
    assert data["samples"] == drawn.samples
    for row, key in enumerate(drawn.options):
        one = data["options"][key]
        sure = found.confidence[key]
        assert one["confidence_factor"] == (None if sure is None else number(sure.share))
        for column, other in enumerate(drawn.options):
            if other != key:
                assert one["ahead"][other] == number(drawn.pairwise[row, column])
                assert one["ahead"][other] + data["options"][other]["ahead"][key] == pytest.approx(1, abs=2e-6)
                assert one["ahead_error"][other] == number(drawn.pairwise_error[row, column])
        assert one["overall"]["mean"] == number(found.spread[key].mean)
        assert one["overall"]["at_50"] == number(found.spread[key].at(0.5).value)
        assert all(math.isfinite(figure) for figure in one["overall"].values())
    assert data["options"]["new_mat"]["confidence_factor"] is None


def test_the_note_says_why_a_mean_is_not_the_likely_value() -> None:
    said = robustness_detail_words.note(found_for({"stay": [100, 0, 0], "federation": [0, 50, 50]}))
    assert "the mean is the average over all draws" in said
    assert "standard error" not in said
