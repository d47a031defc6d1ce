"""How tables fit on A4: columns share the room, none is too narrow for its words, and what does not fit is divided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.delivery.page_fit import POINT, SANS, SERIF, SIDEWAYS, UPRIGHT, fitted
from partnership_model.display.blocks import Table
from tests.making import pure

CELLS = st.one_of(st.text(max_size=300), st.integers(-(10**6), 10**6))


def table_of(columns: int, cell: str = "some words", rows: int = 2) -> Table:
    """Make a table."""
    return Table("A table", ("Option", *["A column"] * (columns - 1)), (("Stay as we are", *[cell] * (columns - 1)),) * rows)


@pure(80)
@given(st.integers(1, 40).flatmap(lambda columns: st.lists(st.tuples(*[CELLS] * columns), min_size=1, max_size=4)))
def test_every_table_fits_on_a_page_and_no_cell_is_lost(rows: list[tuple[str | int, ...]]) -> None:
    table = Table("A table", tuple(f"Column {place}" for place in range(len(rows[0]))), tuple(rows))
    parts = fitted(table)
    for part, fit in parts:
        assert sum(fit.widths) <= (SIDEWAYS if fit.sideways else UPRIGHT) + 0.01
        assert len(fit.widths) == len(part.columns) == len(part.rows[0])
        assert min(fit.widths) > 0
        assert fit.size in SERIF.sizes
    heads = [head for part, _ in parts for head in part.columns]
    assert set(heads) == set(table.columns)
    for number, row in enumerate(rows):
        joined = {head: cell for part, _ in parts for head, cell in zip(part.columns, part.rows[number], strict=True)}
        assert joined == dict(zip(table.columns, row, strict=True))


@pytest.mark.parametrize(("columns", "sideways"), [(3, False), (8, False), (20, True)])
def test_only_a_table_with_many_columns_lies_on_its_side(columns: int, sideways: bool) -> None:  # noqa: FBT001 - a row of a table
    ((_, fit),) = fitted(table_of(columns))
    assert fit.sideways == sideways


def test_a_table_of_very_long_texts_lies_on_its_side_and_a_single_long_one_does_not() -> None:
    assert fitted(table_of(5, "long " * 200))[0][1].sideways
    assert not fitted(table_of(2, "long " * 150))[0][1].sideways


def test_more_columns_than_a_page_can_hold_are_divided_and_each_part_begins_with_the_first() -> None:
    parts = [part for part, _ in fitted(table_of(60))]
    assert len(parts) > 1
    assert {part.columns[0] for part in parts} == {"Option"}
    assert parts[0].caption.startswith("A table (first columns)")
    assert sum(len(part.columns) - 1 for part in parts) == 59


def test_a_column_is_wide_enough_for_its_longest_word_and_a_long_text_gets_more_room() -> None:
    table = Table("A table", ("Option", "Why", "Points"), (("Collaborative", "long " * 60, 5),))
    ((_, fit),) = fitted(table, SANS)
    letter = fit.size * POINT * SANS.width
    assert fit.widths[0] >= len("Collaborative") * letter
    assert fit.widths[2] >= len("Points") * letter
    assert fit.widths[1] > fit.widths[0] > fit.widths[2]


def test_a_height_is_guessed_that_grows_with_the_rows() -> None:
    heights = [fitted(table_of(4, rows=rows))[0][1].height for rows in (1, 10, 40)]
    assert 5 < heights[0] < 40
    assert heights[0] < heights[1] < 100 < heights[2]
