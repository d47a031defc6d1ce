"""The executed report's annex against the methods' published formulas, worked out from `result.json` alone."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

import papermill
import pytest

from partnership_model.delivery.report import report_of
from partnership_model.delivery.report_html import write_html
from partnership_model.display.blocks import RESULT_MIME
from partnership_model.knowledge.shipped import shipped
from tests.analysis import methods_by_hand as by_hand
from tests.display.test_blocks import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEADS = ["Option", "Here", "TOPSIS", "VIKOR", "PROMETHEE II", "Weighted product"]


class Executed:
    """A report as papermill makes it, and the result beside it."""

    def __init__(self, work: Path) -> None:
        """Run the notebook on the example, with one block of samples."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the libraries that run the notebook
            made = papermill.execute_notebook(
                shipped("notebooks", "option_appraisal.ipynb"), work / "out.ipynb", {"case": "ember-2016", "samples": 1}, progress_bar=False
            )
        outputs = [output.get("data", {}) for cell in made.cells for output in cell.get("outputs", [])]
        (self.result,) = [json.loads(json.dumps(data[RESULT_MIME])) for data in outputs if RESULT_MIME in data]
        write_html(report_of(made), work / "report.html")
        self.page = Reader((work / "report.html").read_text(encoding="utf-8"))

    @property
    def options(self) -> list[dict[str, Any]]:
        """Give the options that stand in the ranking."""
        return [one for one in self.result["options"] if one["rank"]]

    def rows(self) -> tuple[list[list[float]], list[float]]:
        """Give likely values and weights: a contribution is weight times value, and all weights of the example are above nought."""
        weights = self.result["weights"]
        values = [[one["contributions"][name] / weight for name, weight in weights.items()] for one in self.options]
        return values, list(weights.values())


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Executed:
    """Execute the notebook once."""
    return Executed(tmp_path_factory.mktemp("executed"))


def shown(places: Sequence[int]) -> list[str]:
    """Write places as a table does."""
    return [f"{place}=" if list(places).count(place) > 1 else str(place) for place in places]


def test_the_report_shows_the_places_that_the_published_formulas_give(executed: Executed) -> None:
    rows, weights = executed.rows()
    assert executed.page.rows("Place of each option")[0] == HEADS
    table = {row[0]: row[1:] for row in executed.page.rows("Place of each option")[1:]}
    columns = {
        "TOPSIS": by_hand.places(by_hand.topsis(rows, weights)),
        "VIKOR": by_hand.places(by_hand.vikor(rows, weights), less_is_better=True),
        "PROMETHEE II": by_hand.places(by_hand.promethee([[round(value, 3) for value in row] for row in rows], weights)),
        "Weighted product": by_hand.places(by_hand.product(rows, weights)),
    }
    for head, places in columns.items():
        found = [table[one["label"]][HEADS.index(head) - 1] for one in executed.options]
        assert found == shown(places), head


def test_the_report_shows_its_own_places_beside_them(executed: Executed) -> None:
    table = {row[0]: row[1] for row in executed.page.rows("Place of each option")[1:]}
    assert table == {
        one["label"]: place for one, place in zip(executed.options, shown([one["rank"] for one in executed.options]), strict=True)
    }


def test_the_annex_asks_whether_other_methods_agree_and_answers(executed: Executed) -> None:
    assert "Do other methods agree?" in executed.page.texts("h3")
    assert "a check by other methods" not in executed.page.text
    rows, weights = executed.rows()
    first = [one["label"] for one, place in zip(executed.options, by_hand.places(by_hand.topsis(rows, weights)), strict=True) if place == 1]
    leaders = [one["label"] for one in executed.options if one["rank"] == 1]
    assert ("TOPSIS" in executed.page.text.partition("put first what comes first here")[2].partition(".")[0]) == (
        set(first) <= set(leaders)
    )


def test_in_the_report_no_order_here_hangs_on_the_list_of_options(executed: Executed) -> None:
    """Without each option, and with a copy of each, overall values worked out from the result alone keep their order."""
    options = executed.result["ranking"]
    count = sum(len(tied) for tied in options)
    rows = executed.page.rows("How many options make two others change places")
    assert rows[1][1:] == [f"0 of {count}", f"0 of {count}"]
    values, weights = executed.rows()
    before = by_hand.topsis(values, weights)
    for head, lists in (
        (1, [[other for other in range(count) if other != gone] for gone in range(count)]),
        (2, [[*range(count), twice] for twice in range(count)]),
    ):
        changed = 0
        for kept in lists:
            after = dict(zip(kept[:count], by_hand.topsis([values[row] for row in kept], weights), strict=False))
            changed += any(before[a] > before[b] + 1e-9 and after[b] > after[a] + 1e-9 for a in after for b in after)
        assert next(row for row in rows if row[0] == "TOPSIS")[head] == f"{changed} of {count}"
