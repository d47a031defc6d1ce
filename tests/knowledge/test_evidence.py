"""Evidence: what studies measured on how many, and percentages that no whole number can make."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from partnership_model.knowledge.evidence import Percentage, Study
from partnership_model.knowledge.reading import read_knowledge
from tests.knowledge.small import EVIDENCE, Row, named, one_fault
from tests.making import pure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def percentage(percent: float, of: int, decimals: int = 0) -> Percentage:
    """A percentage of so many, printed with so many decimal places."""
    return Percentage(percent=percent, of=of, what="schools", decimals=decimals)


def study(**changes: Any) -> Study:  # noqa: ANN401
    """A survey of partnerships."""
    fields = {
        "title": "A survey", "source": "paper", "at": "page 2", "read": "2026-11-21", "mark": "sourced", "design": "survey",
        "unit": "partnerships", "year": 2014, "options": ["federation"], "direction": "better", "found": "Better.",
        "spread": "It was not seen.", "caution": "They judged themselves.", "grade": "C",
    }  # fmt: skip
    return Study.model_validate(fields | changes)


# Percentages


@pytest.mark.parametrize(
    ("mean", "of", "possible"),
    [
        ("5.93", 49, False),  # The Economist of 18 June 2016, on the test of Brown and Heathers: 49 people, scores from 1 to 7
        ("3.48", 20, False),  # the die that is rolled 20 times, of the encyclopaedias: only hundredths that end in 0 or 5
        ("3.45", 20, True),
        ("7.22", 32, True),  # from here the first rows of the example of the R package `scrutiny`, with its answers
        ("4.74", 25, False),
        ("5.23", 29, False),
        ("2.57", 24, False),
    ],
)
def test_published_examples_of_the_test_come_out_as_published(mean: str, of: int, possible: bool) -> None:  # noqa: FBT001
    """They are means of whole numbers; what stands after the point is a share of so many, in hundredths."""
    assert percentage(float(mean.partition(".")[2]), of).possible is possible


@pytest.mark.parametrize(
    ("percent", "of", "decimals", "possible"),
    [
        (95, 20, 0, True),
        (96, 20, 0, False),
        (96, 25, 0, True),
        (62, 32, 0, True),  # 20 of 32 are 62.5%, which some print as 62
        (62.4, 32, 1, False),
        (62.5, 32, 1, True),
        (63, 32, 0, True),
        (62, 37, 0, True),
        (61, 37, 0, False),
        (33.3, 3, 1, True),
        (33, 3, 0, True),
        (34, 3, 0, False),
        (33.4, 3, 1, False),
        (0, 7, 0, True),
        (100, 7, 0, True),
        (99, 7, 0, False),
        (1, 7, 0, False),
        (50, 1, 0, False),
    ],
)
def test_a_percentage_is_possible_where_some_whole_number_makes_it(percent: float, of: int, decimals: int, possible: bool) -> None:  # noqa: FBT001
    assert percentage(percent, of, decimals).possible is possible


@given(of=st.integers(1, 500), share=st.floats(0, 1), decimals=st.integers(0, 3), half=st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]))
@example(of=8, share=1 / 8, decimals=0, half=ROUND_HALF_EVEN)
@pure(400)
def test_a_percentage_made_by_rounding_a_whole_number_is_always_possible(of: int, share: float, decimals: int, half: str) -> None:
    """Also where a half was rounded to the even figure, as computers do."""
    count = round(share * of)
    printed = (Decimal(100 * count) / Decimal(of)).quantize(Decimal(1).scaleb(-decimals), rounding=half)
    assert percentage(float(printed), of, decimals).possible


@given(of=st.integers(1, 99), percent=st.integers(0, 100))
@pure(300)
def test_a_percentage_is_impossible_exactly_where_no_whole_number_rounds_to_it(of: int, percent: int) -> None:
    made = {
        int((Decimal(100 * count) / of).quantize(Decimal(1), rounding=half))
        for count in range(of + 1)
        for half in (ROUND_HALF_UP, ROUND_HALF_EVEN)
    }
    halves = {
        int(Decimal(100 * count) / of) for count in range(of + 1) if 200 * count % of == 0 and 100 * count % of
    }  # a half rounded down
    assert percentage(percent, of).possible is (percent in made | halves)


@given(of=st.integers(100, 5000), percent=st.integers(0, 100))
@pure(100)
def test_of_a_hundred_and_more_every_whole_percentage_is_possible(of: int, percent: int) -> None:
    assert percentage(percent, of).possible


@pytest.mark.parametrize(("percent", "of", "nearest"), [(96, 20, (19, 95.0)), (62, 32, (20, 62.5)), (0, 9, (0, 0.0)), (100, 9, (9, 100.0))])
def test_the_nearest_possible_percentage_is_given_with_its_count(percent: float, of: int, nearest: tuple[int, float]) -> None:
    assert percentage(percent, of).nearest_possible == nearest


@pytest.mark.parametrize(
    ("percent", "of", "decimals", "complaint"),
    [(101, 20, 0, "less than or equal to 100"), (-1, 20, 0, "greater than or equal to 0"), (50, 0, 0, "greater than or equal to 1"),
     (50, 20, 4, "less than or equal to 3"), (float("nan"), 20, 0, "finite")],
)  # fmt: skip
def test_what_cannot_be_a_percentage_is_refused(percent: float, of: int, decimals: int, complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        percentage(percent, of, decimals)


# Studies


def test_an_impossible_percentage_of_a_study_is_flagged_and_the_others_are_not() -> None:
    found = study(
        percentages=[{"percent": 96, "of": 20, "what": "a"}, {"percent": 95, "of": 20, "what": "b"}, {"percent": 61, "of": 32, "what": "c"}]
    )
    assert [one.what for one in found.impossible] == ["a", "c"]
    assert study().impossible == ()


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"n": 33, "out_of": 32}, "`n` is 33, more than the 32 there were"),
        ({"mark": "named"}, "whom to `ask`"),
        ({"mark": "memory", "ask": ""}, "whom to `ask`|at least 1"),
        ({"n": 0}, "greater than or equal to 1"),
        ({"year": 1889}, "1990"),
        ({"design": "rumour"}, "matched_comparison"),
        ({"direction": "up"}, "no_difference"),
        ({"grade": "E"}, "'A', 'B', 'C' or 'D'"),
        ({"caution": None}, "string"),
        ({"spread": ""}, "at least 1"),
        ({"sample": 20}, "[Ee]xtra"),
    ],
)
def test_a_study_that_does_not_hold_together_is_refused(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        study(**changes)


@pytest.mark.parametrize("changes", [{"n": 32, "out_of": 32}, {"n": 32}, {"out_of": 32}, {"mark": "named", "ask": "the council"}])
def test_a_study_that_holds_together_is_accepted(changes: dict[str, Any]) -> None:
    assert study(**changes).found == "Better."


# file, old words, new words, line, words of the message
ONE_FAULT: list[Row] = [
    (EVIDENCE, "source: paper", "source: papr", 5, '"papr" is not known. Did you mean "paper"?'),
    (EVIDENCE, "mark: named", "mark: sourced", 5, "a sourced fact needs a reference with a pinpoint, the day it was read, and an address"),
    (EVIDENCE, "[federation]", "[stay, federaton]", 14, '"federaton" is not known. Did you mean "federation"?'),
    (EVIDENCE, "[autonomy]", "[autonomi]", 15, '"autonomi" is not known. Did you mean "autonomy"?'),
    (EVIDENCE, "out_of: 32", "out_of: 19", 3, "`n` is 20, more than the 19 there were"),
    (EVIDENCE, "percent: 95", "percent: 950", 21, "less than or equal to 100"),
    (EVIDENCE, "    caution: Schools judged themselves.\n", "", 3, "this key is missing"),
    (EVIDENCE, "spread: It", "spred: x\n    spread: It", 18, 'unknown key. Did you mean "spread"?'),
    (EVIDENCE, "in_short: Little is known.\n", "", 1, "this key is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "line", "words"), ONE_FAULT, ids=named(ONE_FAULT))
def test_a_fault_of_the_evidence_is_found_with_its_line(  # noqa: PLR0913, PLR0917 - a row of a table
    file: str, old: str, new: str, line: int, words: str, data: Callable[..., Path]
) -> None:
    one_fault(data((file, old, new)), file, line, words)


def test_a_sourced_study_needs_a_source_with_an_address(data: Callable[..., Path]) -> None:
    study_of_the_act = (EVIDENCE, "source: paper", "source: act"), (EVIDENCE, "mark: named", "mark: sourced")
    assert read_knowledge(data(*study_of_the_act)).evidence.evidence["survey_2014"].mark == "sourced"


def test_an_impossible_percentage_is_kept_and_flagged_and_breaks_nothing(data: Callable[..., Path]) -> None:
    """What a publisher printed is kept as printed; readers are told that it cannot be."""
    base = read_knowledge(data((EVIDENCE, "percent: 95", "percent: 96")))
    assert [one.percent for one in base.evidence.evidence["survey_2014"].impossible] == [96]
