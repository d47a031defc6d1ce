"""An overall value taken apart: each step is there, and an option that has none is refused."""

from __future__ import annotations

import pytest

from partnership_model.display.score_table import POINTS, VALUE, WEIGHT, score_table
from partnership_model.errors import PartnershipError
from tests.display.test_notebook import closed, ember, unweighed


def test_the_points_add_up_to_the_overall_value_within_their_rounding() -> None:
    appraisal = ember().appraisal
    for option in appraisal.values.options:
        table = score_table(appraisal, option)
        steps, total = table[:-1], table.iloc[-1]
        assert total[POINTS] == round((appraisal.overall or {})[option].likely)
        assert abs(steps[POINTS].sum() - total[POINTS]) <= len(steps) / 2
        assert all(abs(row[VALUE] * row[WEIGHT] / 100 - row[POINTS]) <= 1.6 for _, row in steps.iterrows())


def test_before_anybody_has_weighed_there_is_no_weight_and_no_total() -> None:
    assert list(score_table(unweighed().appraisal, "stay").columns) == ["Criterion", "Judgement", VALUE]


def test_an_option_that_is_closed_or_not_of_the_case_is_refused_with_the_nearest() -> None:
    with pytest.raises(PartnershipError, match=r'option: found "federaton", which is not ranked in this case. Did you mean "federation"\?'):
        score_table(ember().appraisal, "federaton")
    with pytest.raises(PartnershipError, match='found "stay", which is not ranked'):
        score_table(closed().appraisal, "stay")
