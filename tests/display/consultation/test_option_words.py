"""What is said of the support for options: two camps only where most stand at the ends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnership_model.analysis.consultation.published import Support
from partnership_model.analysis.consultation.support import EVERY_LEVEL, THREE_LEVELS, agreement
from partnership_model.display.consultation import option_words
from tests.display.consultation.test_section import results

CAMPS = ["Stay: people stand in two camps, with fewer in between."]
OVER_ALL = ["Stay: opinions are spread over all levels."]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((11, 6, 7, 9, 11), OVER_ALL),  # drawn evenly from all levels
        ((10, 9, 6, 9, 10), OVER_ALL),
        ((15, 10, 5, 10, 15), OVER_ALL),
        ((25, 10, 2, 10, 25), CAMPS),
        ((20, 0, 0, 0, 20), CAMPS),
        ((20, 5, 20), CAMPS),
        ((20, 15, 20), OVER_ALL),
        ((20, 20, 0, 20, 20), []),
        ((2, 8, 20, 8, 2), []),
    ],
)
def test_people_are_said_to_stand_in_two_camps_only_where_most_stand_at_the_ends(counts: tuple[int, ...], said: list[str]) -> None:
    found = agreement(counts)
    assert found is not None
    cells = EVERY_LEVEL if len(counts) == 5 else THREE_LEVELS
    one = Support("stay", cells, counts, (), {}, round(found, 1), sum(counts))
    assert option_words.spread(replace(results(), support=(one,))) == said
