"""Notebooks are thin and arrive empty: what they show is worked out when somebody runs them."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS, DASHBOARDS = (
    sorted(path for path in (ROOT / folder).rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)
    for folder in ("notebooks", "dashboards")
)
BOTH = [pytest.param(path, id=str(path.relative_to(ROOT))) for path in [*NOTEBOOKS, *DASHBOARDS]]
MAY_IMPORT = {"partnership_model", "pandas", "altair", "ipywidgets"}
LONGEST_CELL = 15


def read(path: Path) -> nbformat.NotebookNode:
    """Read a notebook and refuse one that breaks the format."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def code(notebook: nbformat.NotebookNode) -> Iterator[tuple[int, nbformat.NotebookNode, ast.Module]]:
    """Give each cell of code with its number from 1; what is not plain Python fails here."""
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code":
            yield number, cell, ast.parse(cell.source, filename=f"cell {number}")


def parameters(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Give the cells that papermill fills in."""
    return [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]


def undocumented(source: str) -> list[str]:
    """Say which lines of a parameters cell lack a type hint, a value or a trailing comment."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    commented = {token.start[0] for token in tokens if token.type == tokenize.COMMENT and token.start[1] > 0}
    return [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.parse(source).body
        if not (isinstance(node, ast.AnnAssign) and node.value and node.end_lineno in commented)
    ]


def test_there_are_notebooks_and_dashboards() -> None:
    """An empty folder would let every test below pass."""
    assert NOTEBOOKS
    assert DASHBOARDS


@pytest.mark.parametrize("path", BOTH)
def test_a_notebook_is_committed_without_outputs(path: Path) -> None:
    """No outputs, no execution counts and no state of widgets."""
    notebook = read(path)
    assert "widgets" not in notebook.metadata
    for number, cell, _ in code(notebook):
        assert not cell.outputs, f"cell {number} has outputs"
        assert cell.execution_count is None, f"cell {number} has an execution count"


@pytest.mark.parametrize("path", BOTH)
def test_a_notebook_holds_no_logic(path: Path) -> None:
    """No function or class, only short cells, and imports from the package and what it shows things with."""
    for number, _, tree in code(read(path)):
        for node in ast.walk(tree):
            defined = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda)
            assert not defined, f"cell {number} defines something"
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [node.module or "."] if isinstance(node, ast.ImportFrom) else [item.name for item in node.names]
                assert {name.partition(".")[0] for name in names} <= MAY_IMPORT, f"cell {number} imports {names}"
    for number, cell in enumerate(read(path).cells, start=1):
        assert len(cell.source.splitlines()) <= LONGEST_CELL, f"cell {number} is too long"


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in NOTEBOOKS])
def test_a_notebook_starts_with_a_heading(path: Path) -> None:
    """A reader sees first what it is."""
    first = read(path).cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in DASHBOARDS])
def test_a_dashboard_is_at_most_a_title_and_one_widget(path: Path) -> None:
    """One cell of code that ends with the widget, and at most a title above it."""
    notebook = read(path)
    ((number, _, tree),) = code(notebook)
    assert number == len(notebook.cells)
    assert isinstance(tree.body[-1], ast.Expr)
    assert all(isinstance(node, ast.Import | ast.ImportFrom) for node in tree.body[:-1])
    titles = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    assert len(titles) == len(notebook.cells) - 1 <= 1
    assert all(cell.source.startswith("# ") for cell in titles)


@pytest.mark.parametrize("path", BOTH)
def test_parameters_say_what_they_are(path: Path) -> None:
    """What papermill can set stands in one cell, each parameter with a type hint, a default and a comment."""
    cells = parameters(read(path))
    assert len(cells) <= 1
    for cell in cells:
        assert not undocumented(cell.source)


def test_a_parameter_without_hint_or_comment_is_found() -> None:
    """The test above can fail."""
    assert not undocumented('case: str = "a"  # the folder of the case')
    assert undocumented('case = "a"  # no hint\nseed: int = 1\n# comment of its own\nsamples: int = 10') == [
        "line 1: case = 'a'",
        "line 2: seed: int = 1",
        "line 4: samples: int = 10",
    ]
