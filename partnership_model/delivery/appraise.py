"""Runs the appraisal notebook with papermill and writes its outputs: all of them, or none."""

from __future__ import annotations

import json
import logging
import os
import shutil
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnership_model.delivery.report import write_report
from partnership_model.display.blocks import RESULT_MIME
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMATS = {"html": "report.html", "ipynb": "option_appraisal.ipynb", "json": "result.json"}


@dataclass(frozen=True)
class Written:
    """What one run wrote."""

    folder: Path
    files: tuple[Path, ...]
    result: dict[str, Any]


def appraise_case(folder: Path, out: Path, formats: Sequence[str], parameters: dict[str, Any]) -> Written:
    """Run one case through papermill and put its files into `out/CASE/`.

    Everything is made in a temporary folder beside the target and moved over only when all of it is there, so that
    a run that fails leaves what was there before.

    Args:
        folder: the case.
        out: where the case's own folder of results is made.
        formats: some of `html`, `ipynb`, `json`.
        parameters: `as_of`, `samples` and `seed` of the notebook.

    Raises:
        PartnershipError: the run failed, or the results cannot be written.
    """
    target = out / folder.resolve().name
    try:
        target.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".partnership-", dir=target))
    except OSError as error:
        message = f"{target}: the results cannot be written there: {error.strerror}."
        raise PartnershipError(message) from None
    try:
        notebook = _run(folder, work, parameters)
        result = _result(notebook)
        if "html" in formats:
            write_report(notebook, work / FORMATS["html"])
        (work / FORMATS["json"]).write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        files = []
        for name in (FORMATS[one] for one in FORMATS if one in formats):
            (work / name).replace(target / name)
            files.append(target / name)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Written(target, tuple(files), result)


def _run(folder: Path, work: Path, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - a notebook node
    import papermill  # noqa: PLC0415 - a second that `check` should not pay
    from papermill.exceptions import PapermillExecutionError  # noqa: PLC0415

    logging.getLogger("papermill").setLevel(logging.ERROR)
    template = shipped("notebooks", FORMATS["ipynb"])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the libraries that run the notebook; ours are in the result
            return papermill.execute_notebook(
                template,
                work / FORMATS["ipynb"],
                {"case": str(folder.resolve()), **parameters},
                kernel_name="python3",
                kernel_manager_class=_private_kernels(),
                progress_bar=False,
                log_output=False,
            )
    except PapermillExecutionError as error:
        ours = error.ename in ("PartnershipError", "FaultsError")
        message = f"{folder}: {error.evalue}" if ours else f"{folder}: the run stopped: {error.ename}: {error.evalue}"
        raise PartnershipError(message) from None


def _private_kernels() -> type:
    """Let kernels be reached through this user's own sockets, not through ports that other users can see."""
    from jupyter_client.manager import AsyncKernelManager  # noqa: PLC0415 - see above

    if os.name != "posix":
        return AsyncKernelManager

    class PrivateKernelManager(AsyncKernelManager):
        transport = "ipc"

    return PrivateKernelManager


def _result(notebook: Any) -> dict[str, Any]:  # noqa: ANN401 - a notebook node
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if RESULT_MIME in output.get("data", {}):
                return dict(output["data"][RESULT_MIME])
    message = "The notebook ran but gave no result; was its last cell removed?"
    raise PartnershipError(message)
