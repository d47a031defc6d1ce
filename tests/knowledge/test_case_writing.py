"""Writing a case's files anew: what was not changed stands as it did, and what was written is read as it was meant."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.knowledge.case_writing import as_yaml, cell, figure, judgement_rows, plain, with_keys, with_rows
from partnership_model.knowledge.yaml_file import parse_yaml
from tests.making import pure

CASE = """\
# About us.
title: Three schools   # for now
why:                   # asked in May
  - says: |
      money: is short
    # not a key of the case

# What closes an option.
non_negotiables:
  - {id: way_out, says: "We can, get out: again"}   # agreed
  # one more is to come

# The money.
money: {years: 5}
"""
GATE = {"id": "no", "says": "on", "accept": ["0123", "1.5", "null", "~", "2016-04-15", "= a", "- b", "a: b # c", "'", '"', "\u00e9\u2028x"]}
HEADING = "option,criterion,low,likely,high,evidence,note\n"
ROWS = HEADING + 'stay,staff,,,,B,"One, and\nmore"\nstay,cost,1,2,3,C,x\n'
text = st.text(alphabet=st.characters(exclude_categories=["Cs"], max_codepoint=0x3000), max_size=30).map(plain)
values = st.recursive(
    st.one_of(text, st.integers(-(10**17), 10**17), st.floats(-1e12, 1e12), st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(text, inner, max_size=3)),
    max_leaves=8,
)


def read(written: str) -> Any:  # noqa: ANN401 - a case
    return parse_yaml(written, "case.yaml").value


def test_a_changed_key_leaves_every_other_line_and_every_other_comment_as_it_stands() -> None:
    written = with_keys(CASE, {"non_negotiables": [GATE]})
    assert read(written) == read(CASE) | {"non_negotiables": [GATE]}
    before, after = (re.split("(?=# What closes)|(?=# The money)", one) for one in (CASE, written))
    assert (before[0], before[2]) == (after[0], after[2])
    assert after[1].startswith("# What closes an option.\nnon_negotiables:\n- id: 'no'\n")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_new_key_stands_at_the_end_with_the_line_ends_of_the_file(ends: str) -> None:
    case = CASE.replace("\n", ends)
    written = with_keys(case, {"who_counts": "person"})
    assert written == f"{case}{ends}who_counts: person{ends}"
    assert with_keys(case, {}) == case


@pytest.mark.parametrize(
    "case",
    [
        "{title: Three schools, money: {years: 5}}",
        "---\ntitle: Three schools\nmoney: {years: 5}\n...\n",
        "? title\n: Three schools\n? money\n: {years: 5}\n",
        "  title: Three schools\n  money: {years: 5}",
        "title: 'Three\n\n  schools'\nmoney:\n  years: 5",
        "title: Three schools\rmoney: {years: 5}\r",
        "title: Three\u2028 schools\nmoney: {years: 5}\n",
    ],
)
def test_a_case_is_changed_however_it_is_laid_out(case: str) -> None:
    new = {"money": {"years": 7.5}, "why": [{"says": "Rolls fall."}]}
    assert read(with_keys(case, new)) == read(case) | new


@pure(150)
@given(st.dictionaries(st.sampled_from(["title", "money", "non_negotiables", "new", "no"]), values, min_size=1, max_size=3))
def test_whatever_is_written_is_read_as_it_was(new: dict[str, Any]) -> None:
    found = read(with_keys(CASE, new))
    assert found == read(CASE) | new
    assert read(as_yaml(new)) == new


@pure(200)
@given(st.floats(-1e15, 1e15))
def test_a_figure_is_read_as_the_very_same(number: float) -> None:
    assert float(figure(number)) == number
    assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", figure(number))


def test_a_changed_row_stands_in_its_place_and_a_new_one_at_the_end() -> None:
    changed = {"option": "stay", "criterion": "staff", "low": "1", "likely": "2", "high": "3", "evidence": "D", "note": "We, all"}
    new = {"option": "stay", "criterion": "autonomy", "evidence": "B", "note": "Seen.", "spread": "even"}
    written = with_rows(ROWS, {("stay", "staff"): changed, ("stay", "autonomy"): new})
    assert written is not None
    rows = judgement_rows(written)
    assert list(rows) == [("stay", "staff"), ("stay", "cost"), ("stay", "autonomy")]
    assert rows["stay", "staff"] == changed | {"spread": ""}
    assert rows["stay", "cost"] == judgement_rows(ROWS)["stay", "cost"] | {"spread": ""}
    assert rows["stay", "autonomy"]["spread"] == "even"


def test_without_a_change_the_rows_stay_as_they_were_written() -> None:
    assert with_rows(ROWS, {}) == ROWS
    assert with_rows(None, {}) is None


@pure(150)
@given(st.text(max_size=60))
def test_no_cell_is_a_formula_or_holds_a_control_character(said: str) -> None:
    found = cell(said)
    assert not found.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", found)
    assert found.lstrip("'") == plain(said).lstrip("'")
