"""The tutorials run as they are, show their charts without a network, and have the numbers of the appraisal."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import papermill
import pytest

from partnership_model.delivery.report import SVG, blocks_of, result_of
from partnership_model.display.blocks import MIME, Bullets, Figure, Heading, Paragraph, Table
from partnership_model.display.notebook import open_appraisal
from partnership_model.display.rounding import number
from tests.display.test_blocks import Reader

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
NAMES = ("how_scores_are_made", "weigh_question_rerun")


@pytest.fixture(scope="module", params=NAMES)
def tutorial(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    """Run each tutorial once, as it is, in a folder where it leaves nothing."""
    folder = tmp_path_factory.mktemp("tutorial")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries that run the notebook
        notebook = papermill.execute_notebook(
            NOTEBOOKS / f"{request.param}.ipynb", None, kernel_name="python3", progress_bar=False, cwd=folder
        )
    assert [path.name for path in folder.iterdir()] == []
    return notebook


@pytest.fixture(scope="module")
def appraised() -> dict[str, Any]:
    """Give the result as `partnership appraise` writes it: its notebook calls the very same."""
    return open_appraisal("ember-2016").result().data


def outputs(notebook: NotebookNode, cell: str) -> list[Any]:
    """Give the outputs of a cell."""
    return [one.data for one in next(one for one in notebook.cells if one.id == cell).get("outputs", []) if "data" in one]


def test_every_chart_has_its_title_its_words_and_its_drawing_in_the_notebook(tutorial: NotebookNode) -> None:
    figures = [data for cell in tutorial.cells for data in outputs(tutorial, cell.id) if data.get(MIME, {}).get("kind") == "figure"]
    assert len(figures) >= 2
    for data in figures:
        assert data[SVG].startswith("<svg")
        assert data["text/plain"]
        read = Reader(data["text/html"])
        assert read.faults == []
        assert [one["aria-label"] for one in read.of("div") if one.get("role") == "img"] == [data["text/plain"]]
        assert read.of("script", "link", "img", "iframe") == []
        assert not any("vega" in mime for mime in data)


def test_every_chart_is_followed_by_a_table(tutorial: NotebookNode) -> None:
    blocks, _ = blocks_of(tutorial)
    places = [place for place, block in enumerate(blocks) if isinstance(block, Figure)]
    assert all(isinstance(blocks[place + 1], Table) for place in places)


def test_every_step_asks_and_answers(tutorial: NotebookNode) -> None:
    steps = [cell.source for cell in tutorial.cells if cell.cell_type == "markdown"][1:]
    asked = [step for step in steps if "**Question.**" in step]
    assert len(asked) >= 6
    assert all("**Answer.**" in step for step in asked)
    assert [step for step in steps if step not in asked] == [step for step in steps if step.startswith("## How do I hand it in?")]


def test_the_numbers_are_those_of_the_appraisal(tutorial: NotebookNode, appraised: dict[str, Any]) -> None:
    assert result_of(tutorial) == appraised


def test_what_is_changed_changes_what_is_shown(tutorial: NotebookNode) -> None:
    if "weighed" not in [cell.id for cell in tutorial.cells]:
        pytest.skip("nothing is changed in this one")
    titles = {cell: outputs(tutorial, cell)[0][MIME]["text"] for cell in ("weighed", "judge", "day", "luck")}
    first = "Co-operative trust and Collaborative partnership (tied)"
    assert titles == {
        "weighed": f"The first place changed from {first} to Stay as we are",
        "judge": f"The first place changed from {first} to Stay as we are",
        "day": f"The first place did not change: {first}",
        "luck": f"The first place did not change: {first}",
    }
    (share,) = [data["text/plain"] for data in outputs(tutorial, "weighed-shares") if SVG in data]
    assert "Stay as we are: 97 of 100" in share


def test_the_steps_of_a_score_add_up(tutorial: NotebookNode, appraised: dict[str, Any]) -> None:
    if "sum" not in [cell.id for cell in tutorial.cells]:
        pytest.skip("no score is taken apart in this one")
    table, told = (data[MIME] for data in outputs(tutorial, "sum"))
    federation = next(one for one in appraised["options"] if one["id"] == "federation")
    points = [row[-1] for row in table["rows"]]
    assert points[:-1] == [round(share) for share in federation["contributions"].values()]
    assert points[-1] == round(number(federation["overall"]["likely"]))
    assert "39 to 78, likely 58" in told["text"]
    assert {type(block) for block in blocks_of(tutorial)[0]} <= {Bullets, Figure, Heading, Paragraph, Table}
