"""How exact the drawn numbers are: each kind of number with its largest standard error, on no page and in the annex."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from partnership_model.display import exactness
from partnership_model.display.how_sure import parts
from tests.display.page_reading import NOT_RANKED, STATES, found_in, text_of
from tests.display.saying import TABLE, appraised
from tests.making import make_problem


def test_each_kind_of_drawn_number_has_its_largest_standard_error() -> None:
    said = exactness.sentences(found_in(STATES["ranked"]))
    assert [line.split(":")[0] for line in said] == [
        "How often each option comes first",
        "How each option fares",
        "Under other ways of weighing the standard error of a share is at most 0.4 of 100.",
        "What finding out could be worth",
        "More weighing or more evidence",
    ]
    assert all(re.search(r"standard errors? of .*0\.\d", line) for line in said)


def test_the_largest_standard_error_of_a_share_is_the_largest_there_is() -> None:
    found = appraised(make_problem({"stay": [100, 0, 0], "federation": [0, 50, 50]}))
    drawn = found.robustness
    assert drawn is not None
    share = 100 * float(np.max(drawn.pairwise_error))
    assert f"of a share {math.ceil(100 * share - 1e-9) / 100:.2f} of 100" in exactness.sentences(found)[1]


def test_what_never_varies_has_no_error() -> None:
    said = exactness.sentences(appraised(make_problem({"stay": [90, 90], "federation": [10, 10]})))
    assert "of a share 0 of 100" in said[1]
    assert len(said) < 5


@pytest.mark.parametrize("state", NOT_RANKED)
def test_nothing_is_said_where_nothing_was_drawn(state: str) -> None:
    assert exactness.sentences(found_in(STATES[state])) == []


def test_no_page_has_a_standard_error() -> None:
    assert "standard error" not in text_of(STATES["ranked"], "how_sure")
    assert parts(appraised(make_problem(TABLE)))
