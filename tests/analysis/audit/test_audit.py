"""The whole audit: what weights add up to, and tables that were published."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from partnership_model.analysis.audit.audit import Audit, audit
from partnership_model.knowledge.foreign_table import read_table
from tests.table_making import only

PUBLISHED = Path(__file__).parents[2] / "cases" / "published"


@pytest.mark.parametrize(
    ("weights", "found"),
    [
        ("30,65,100", (95, 100, True)),
        ("30,65,", (95, 100, False)),
        ("0.30,0.65,", (Fraction("0.95"), 1, False)),
        ("30,70,100", None),
        ("33.3,66.6,", None),
        ("33.3,66.6,100", None),
        ("0.33,0.66,", None),
        ("3,2,", None),
        ("3,2,5", None),
    ],
)
def test_weights_that_do_not_add_up_to_what_they_should_are_named(weights: str, found: tuple[Fraction, Fraction, bool] | None) -> None:
    one = only(f"Option,X,Y,Total\nweight,{weights}\nA,1,2,\nB,2,1,\n").weights_sum
    assert (None if one is None else (one.found, one.meant, one.stated)) == found


@pytest.fixture(scope="module")
def northampton() -> Audit:
    return audit(read_table(PUBLISHED / "northampton_2013.csv"))


def test_the_panel_points_of_northampton_were_added_and_tenants_brought_79_of_100(northampton: Audit) -> None:
    """Published 2013: 10294 + 2769 = 13063 and so on, ranks 5 1 3 2 4. No error, and a weight that nobody stated."""
    (one,) = northampton.schemes
    assert (one.reproduction.verdict, one.reproduction.best.rule.adds) == ("all", "sum")
    assert (one.errors, one.wrong_ranks, one.ties) == ((), (), ())
    assert one.panels is not None
    assert [(panel.name, round(float(panel.points), 3)) for panel in one.panels.panels] == [("Tenants", 0.792), ("Employees", 0.208)]
    assert [panel.first for panel in one.panels.panels] == [(1,), (1,)]
    assert [(found.option, found.by) for found in northampton.weightings.dominated] == [(0, 1), (2, 1), (3, 1), (4, 1)]


def test_an_adding_error_of_one_in_northamptons_table_would_be_found() -> None:
    text = (PUBLISHED / "northampton_2013.csv").read_text(encoding="utf-8").replace("15725", "15726")
    (error,) = only(text).errors
    assert (error.stated.place, error.off) == ("D5", 1)


def test_the_european_study_prints_632_where_its_printed_figures_give_631() -> None:
    """Table 4, 2018: right only if performances were rounded; and the two sets of weights have opposite winners."""
    found = audit(read_table(PUBLISHED / "selfie_2018.csv"))
    first, second = found.schemes
    assert [one.reproduction.verdict for one in found.schemes] == ["all", "all"]
    assert [row.fits for row in first.reproduction.best.rows] == ["agrees", "within_rounding"]
    assert first.reproduction.best.rows[1].total == Fraction("0.63125")
    assert (first.right_first, second.right_first) == ((0,), (1,))
    assert found.weightings.dominated == ()
