"""A mistyped parameter is refused by the notebook itself, whoever runs it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import nbformat
import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

from partnership_model.display.notebook import open_appraisal
from partnership_model.display.notebook_parameters import refuse_unknown
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

NOTEBOOK = shipped("notebooks", "option_appraisal.ipynb")
GIVEN = {"case": "a", "samples": 5, "In": [""], "Out": {}, "_i1": "x", "__name__": "__main__", "sys": sys, "open_appraisal": open_appraisal}


def test_known_parameters_and_what_jupyter_and_imports_bring_are_fine() -> None:
    refuse_unknown(open_appraisal, GIVEN)


@pytest.mark.parametrize("value", ["x", 5, 0.5, True, None, [1], {"a": 1}])
def test_any_other_plain_value_is_refused(value: object) -> None:
    with pytest.raises(PartnershipError, match=r'"sampels" is no parameter of this notebook\. Did you mean "samples"\?'):
        refuse_unknown(open_appraisal, {**GIVEN, "sampels": value})


def test_papermill_shows_each_parameter_with_its_type_and_what_it_is() -> None:
    found = papermill.inspect_notebook(str(NOTEBOOK))
    assert list(found) == ["case", "as_of", "samples", "seed", "edition"]
    assert {one["inferred_type_name"] for one in found.values()} == {"str", "int"}
    assert all(len(one["help"]) > 20 for one in found.values())


def test_plain_papermill_with_a_mistyped_parameter_stops_at_once(tmp_path: Path) -> None:
    """Papermill itself only warns (nteract/papermill#667)."""
    with pytest.raises(PapermillExecutionError, match="Did you mean") as caught:
        papermill.execute_notebook(
            str(NOTEBOOK), str(tmp_path / "out.ipynb"), {"case": "ember-2016", "sampels": 5}, kernel_name="python3", progress_bar=False
        )
    assert caught.value.evalue.startswith('"sampels" is no parameter of this notebook.')
    assert [cell.id for cell in nbformat.read(tmp_path / "out.ipynb", as_version=4).cells if cell.get("execution_count")][-1:] == ["open"]
