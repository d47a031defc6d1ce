"""Takes out of an executed notebook what is nobody's business: the places of files on the machine that ran it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any


def without_places(notebook: Any, case: str) -> Any:  # noqa: ANN401 - a notebook node
    """Give the notebook as if it had been run with the case's name, where it was run with its folder.

    Args:
        notebook: as papermill made it.
        case: the case's name.
    """
    from papermill.parameterize import parameterize_notebook  # noqa: PLC0415 - a second that `check` should not pay

    about = notebook.metadata.papermill
    made = parameterize_notebook(deepcopy(notebook), {**about.parameters, "case": case})
    made.metadata.papermill |= {"input_path": None, "output_path": None, "environment_variables": {}}
    for before, cell in zip(notebook.cells, made.cells, strict=True):
        if cell.cell_type == "code":
            cell.execution_count = before.execution_count
            cell.outputs = [output for output in before.outputs if "data" in output]  # no warnings of libraries, which name files
    return made
