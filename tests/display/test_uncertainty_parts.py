"""More weighing or more evidence: parts of ten that add up, a chart with its twin, and silence where there is nothing to split."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.sampling import BLOCK
from partnership_model.analysis.uncertainty_split import Share, UncertaintySplit
from partnership_model.display import uncertainty_parts
from partnership_model.display.blocks import Bullets, Figure, Heading, Paragraph, Table
from partnership_model.display.rounding import number
from tests.display.page_reading import NOT_RANKED, STATES, found_in
from tests.display.saying import CHANCE
from tests.making import make_problem

if TYPE_CHECKING:
    from partnership_model.display.blocks import Block

RANKED = found_in(STATES["ranked"])


def made(weights: float, judgements: float, error: float = 0.001) -> UncertaintySplit:
    """Make a split of a doubt of 70 in 100 pairs."""
    both = 1 - weights - judgements
    left = (0.7 * (1 - weights), 0.7 * (1 - judgements))
    shares = [Share(share, error) for share in (0.7, *left, weights, judgements, both)]
    return UncertaintySplit(*shares, samples=16_384)


def either() -> Appraisal:
    """Appraise two options: `a` is 0 or 100 on c1, as likely as each other; `b` is 50 on c2. Both weights are free."""
    problem = make_problem({"a": [(0, 50, 100), 0], "b": [0, 50]}, (1, 1))
    one = problem.judgements["a", "c1"]
    return appraise(problem.with_judgement(replace(one, shape="outcomes", outcomes=((0.0, 0.5), (100.0, 0.5)))), 16 * BLOCK)


def kind_of(blocks: list[Block], kind: type) -> list[Block]:
    """Give the blocks of a kind."""
    return [block for block in blocks if isinstance(block, kind)]


def test_the_shares_that_were_worked_by_hand_are_said_in_pairs_of_a_hundred_and_parts_of_ten() -> None:
    """4/9, 1/3 and 2/9 of pairs; a quarter, a half and a quarter: see tests/analysis/test_uncertainty_split.py.

    Two and a half parts of ten are cut to 2, and what was cut off most is rounded up, so that there are ten.
    """
    blocks = uncertainty_parts.part(either())
    (said,) = kind_of(blocks, Bullets)
    assert isinstance(said, Bullets)
    assert said.items[0] == (
        "Take two ways of weighing and judging at random: in 44 of 100 pairs they put different options first. "
        "With the weights settled and the judgements still open it would be 33 of 100; "
        "with the judgements settled and the weights still open, 22 of 100."
    )
    (table,) = kind_of(blocks, Table)
    assert isinstance(table, Table)
    assert [row[2] for row in table.rows] == ["33 of 100", "22 of 100", "none"]
    assert table.rows[1][1] == 5
    assert sorted(int(row[1]) for row in table.rows) == [2, 3, 5]
    assert [block.title for block in kind_of(blocks, Figure)] == ["More evidence would settle more than more weighing"]  # type: ignore[union-attr]


def test_the_part_begins_with_its_question_and_ends_with_what_the_numbers_are_not() -> None:
    blocks = uncertainty_parts.part(RANKED)
    assert blocks[0] == Heading("More weighing or more evidence?", 3)
    assert isinstance(blocks[-1], Paragraph)
    assert blocks[-1].style == "note"
    for words in ("not chances", "independent", "16,384 pairs"):
        assert words in blocks[-1].text
    assert not CHANCE.search(" ".join(block.text for block in blocks if isinstance(block, Paragraph)).replace("not chances", ""))


@pytest.mark.parametrize(
    ("weights", "judgements", "title", "parts"),
    [
        (0.1, 0.6, "More evidence would settle more than more weighing", (1, 6, 3)),
        (0.68, 0.03, "More weighing would settle more than more evidence", (7, 0, 3)),
        (0.3, 0.35, "More weighing and more evidence would settle about as much", (3, 4, 3)),
        (1.0, 0.0, "More weighing would settle more than more evidence", (10, 0, 0)),
    ],
)
def test_the_title_says_which_settles_more_and_the_parts_are_ten(
    weights: float, judgements: float, title: str, parts: tuple[int, int, int]
) -> None:
    found = made(weights, judgements)
    assert uncertainty_parts.title(found) == title
    assert sum(uncertainty_parts.of_ten(found)) == 10
    assert uncertainty_parts.of_ten(found) == pytest.approx(parts, abs=1)
    assert uncertainty_parts.of_ten(found)[0 if weights > judgements else 1] == parts[0 if weights > judgements else 1]


def test_none_is_none_and_a_little_is_hardly_any() -> None:
    assert "hardly any goes with the weights alone" in uncertainty_parts.findings(made(0.01, 0.7))[1]
    assert "none goes with the judgements alone, and none goes only with both" in uncertainty_parts.findings(made(1, 0))[1]
    assert "1 goes with the weights alone" in uncertainty_parts.findings(made(0.1, 0.6))[1]


@pytest.mark.parametrize("narrow", [False, True])
def test_the_chart_fills_the_dots_that_its_twin_counts(*, narrow: bool) -> None:
    blocks = uncertainty_parts.part(RANKED, narrow=narrow)
    (figure,), (table,) = kind_of(blocks, Figure), kind_of(blocks, Table)
    assert isinstance(figure, Figure)
    assert isinstance(table, Table)
    dots = figure.spec["data"]["values"]
    assert len(dots) == 30
    filled = {name: sum(dot["filled"] for dot in dots if dot["name"] == name) for name in uncertainty_parts.SETTLED}
    assert list(filled.items()) == [(row[0], row[1]) for row in table.rows]
    assert sum(filled.values()) == 10
    assert all(f"{name}: {count} of 10 parts" in figure.alternative for name, count in filled.items())
    assert figure.svg().count("<svg") == 1


def test_a_phone_gets_names_above_the_dots() -> None:
    wide, narrow = (kind_of(uncertainty_parts.part(RANKED, narrow=small), Figure)[0] for small in (False, True))
    assert wide != narrow
    assert isinstance(narrow, Figure)
    assert "The weights alone" in narrow.svg()


def test_a_doubt_too_small_to_be_split_is_said_and_not_drawn() -> None:
    rough = made(0.3, 0.3, error=0.2)
    (said,) = uncertainty_parts.findings(rough)
    assert said.endswith("That is too seldom to say whether weights or judgements are behind it.")
    seldom = appraise(make_problem({"a": [(49.5, 80, 100), 60], "b": [(0, 20, 50), 60]}, (1, 1)), 1)
    blocks = uncertainty_parts.part(seldom)
    assert kind_of(blocks, Figure) == kind_of(blocks, Table) == []


def test_where_the_same_always_comes_first_there_is_nothing_left_to_settle() -> None:
    blocks = uncertainty_parts.part(appraise(make_problem({"a": [90, 90], "b": [10, 10]}), 1))
    assert [type(block) for block in blocks] == [Heading, Paragraph, Paragraph]
    assert blocks[1] == Paragraph(uncertainty_parts.NOTHING_LEFT)


def test_nothing_is_said_while_the_order_is_withheld_or_one_option_is_left() -> None:
    for state in (*NOT_RANKED, "one left"):
        assert uncertainty_parts.part(found_in(STATES[state])) == []
        assert uncertainty_parts.data(found_in(STATES[state])) is None


def test_data_hold_every_share_with_its_standard_error() -> None:
    found = RANKED.uncertainty
    data = uncertainty_parts.data(RANKED)
    assert found is not None
    assert data is not None
    assert data.pop("samples") == 16_384
    assert data == {
        name: {"share": number(getattr(found, name).share), "error": number(getattr(found, name).error)}
        for name in ("doubt", "same_weights", "same_judgements", "weights", "judgements", "both")
    }
    assert sum(data[name]["share"] for name in ("weights", "judgements", "both")) == pytest.approx(1, abs=2e-6)
