"""Runs the appraisal notebook of one case through papermill, in a kernel that nobody else can reach."""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import papermill
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import DeadKernelError
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError

from partnership_model.delivery import warm_kernels
from partnership_model.delivery.kernel_specs import OwnKernelSpecs
from partnership_model.delivery.report import result_of
from partnership_model.display.blocks import DRAWN_LATER
from partnership_model.errors import PartnershipError, listed, nearest
from partnership_model.knowledge.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jupyter_client.kernelspec import KernelSpec
    from nbformat import NotebookNode

TEMPLATE = "option_appraisal.ipynb"
ENGINE = "partnership"
OURS = ("PartnershipError", "FaultsError")
DEAD = "DeadKernelError"
_ONE_AT_A_TIME = threading.Lock()  # of the threads in a process: warnings and the folder one is in belong to all of them


class RunFailedError(PartnershipError):
    """A run that stopped, with the notebook as far as it came."""

    def __init__(self, message: str, notebook: NotebookNode | None) -> None:
        """Keep the notebook, where it came to one."""
        super().__init__(message)
        self.notebook = notebook


def run_notebook(case: Path, cwd: Path, parameters: Mapping[str, Any]) -> NotebookNode:
    """Run the notebook on one case.

    Args:
        case: the case, or the file in which the dashboard saved it.
        cwd: the folder in which the kernel runs.
        parameters: those of the notebook besides `case`.

    Raises:
        RunFailedError: a cell failed, the kernel ended in the middle, or there is no result.
    """
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries that run the notebook; ours are in the result
        notebook = _run(_template(parameters), {"case": str(case.resolve()), **parameters}, cwd)
    if not result_of(notebook):
        message = "the notebook ran but gave no result; was its last cell removed?"
        raise RunFailedError(message, notebook)
    return notebook


def _run(template: NotebookNode, parameters: dict[str, Any], cwd: Path) -> NotebookNode:
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    papermill_engines.register(ENGINE, RecordingEngine)
    kept: list[NotebookNode] = []
    try:
        with _private_kernels() as kernels:
            # Nothing is saved on the way: papermill takes braces in a path for parameters.
            return papermill.execute_notebook(
                template,
                None,
                parameters,
                engine_name=ENGINE,
                kernel_name=NATIVE_KERNEL_NAME,
                kernel_manager_class=kernels,
                shutdown_kernel="immediate",
                progress_bar=False,
                log_output=False,
                cwd=str(cwd),
                kept=kept,
            )
    except PapermillExecutionError as error:
        notebook = kept[0] if kept else None
        if error.ename == DEAD:
            message = f"the run stopped, since Python ended in the middle of it ({error.evalue}). Try again; was there enough memory?"
        else:
            message = str(error.evalue) if error.ename in OURS else f"the run stopped: {error.ename}: {error.evalue}"
        raise RunFailedError(message, notebook) from None
    except RuntimeError as error:  # no kernel came up at all
        message = f"the run stopped, since Python could not be started for it ({error}). Try again; was there enough memory?"
        raise RunFailedError(message, None) from None


def stopped_at(notebook: NotebookNode | None) -> str:
    """Name the cell in which a run stopped, by its number among the cells that run and its last line; nothing where none did."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"] if notebook else []
    for number, cell in enumerate(cells, 1):
        if any(output.output_type == "error" for output in cell.outputs):
            return f"step {number} of {len(cells)} of the notebook, “{cell.source.strip().splitlines()[-1]}”"
    return ""


def _template(parameters: Mapping[str, Any]) -> NotebookNode:
    """Read the notebook that ships, and make sure that it takes what it is given.

    Raises:
        PartnershipError: its cell of parameters is missing, or lacks one of them.
    """
    path = shipped("notebooks", TEMPLATE)
    notebook = nbformat.read(path, as_version=4)
    if not any("parameters" in cell.metadata.get("tags", []) for cell in notebook.cells):
        message = f"{path}: no cell has the tag “parameters”, so the notebook cannot be told which case to take. Install the package again."
        raise PartnershipError(message)
    known = papermill.inspect_notebook(str(path).replace("{", "{{").replace("}", "}}"))
    unknown = [name for name in ("case", *parameters) if name not in known]
    if unknown:
        message = f'{path}: "{unknown[0]}" is no parameter of this notebook. {nearest(unknown[0], known) if known else listed(known)}'
        raise PartnershipError(message)
    return notebook


class RecordingEngine(NBClientEngine):  # type: ignore[misc]  # papermill has no types
    """Runs a notebook as papermill does, keeps it when it fails, and writes a kernel's death into it."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, *, kept: list[NotebookNode], **choices: Any) -> None:  # noqa: ANN401
        """Run the cells."""
        kept.append(nb_man.nb)
        try:
            super().execute_managed_notebook(nb_man, kernel_name, **choices)
        except (DeadKernelError, RuntimeError) as error:
            started = [place for place, cell in enumerate(nb_man.nb.cells) if cell.metadata.papermill["start_time"]]
            if not started:
                raise
            # Papermill leaves this cell as if it had come to its end.
            cell = nb_man.nb.cells[started[-1]]
            says = f"{error}"
            cell.outputs.append(nbformat.v4.new_output("error", ename=DEAD, evalue=says, traceback=[f"{DEAD}: {says}"]))
            nb_man.cell_exception(cell)


_sockets: Path | None = None


def keep_sockets_in(folder: Path) -> None:
    """Let the sockets of all kernels of this process lie in a folder of somebody who takes it away."""
    global _sockets  # noqa: PLW0603 - a worker is told once
    _sockets = folder


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """Make a folder for sockets that is this user's alone; it goes in the end."""
    # The names of sockets may have no more than about a hundred letters, and macOS's own folder takes half of them.
    top = _sockets or ("/tmp" if os.name == "posix" else None)  # noqa: S108 - mkdtemp makes what nobody else can enter
    with tempfile.TemporaryDirectory(prefix="" if _sockets else "partnership-", dir=top, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextlib.contextmanager
def _private_kernels() -> Iterator[type[AsyncKernelManager]]:
    """Let kernels be reached through this user's own sockets, not through ports that other users can see."""
    if os.name != "posix":
        yield OwnKernelManager
        return
    with private_folder() as folder:

        class PrivateKernelManager(OwnKernelManager):
            transport = "ipc"
            ip = str(folder / "kernel")

        yield PrivateKernelManager


class WarmKernelSpecs(OwnKernelSpecs):
    """Lets kernels come from the warm parent, where the system can fork."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Give what a kernel is started by."""
        spec = super().get_kernel_spec(kernel_name)
        spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": warm_kernels.provisioner_name()}}
        return spec


class OwnKernelManager(AsyncKernelManager):
    """Starts kernels of this very Python."""

    def _kernel_spec_manager_default(self) -> WarmKernelSpecs:
        return WarmKernelSpecs(parent=self)

    async def start_kernel(self, **settings: Any) -> None:  # noqa: ANN401 - whatever papermill gives
        """Let charts be drawn after the run, by the process that draws for many runs, and nothing be said in the terminal.

        What fails in a cell stands in the notebook; a kernel that is ended while it begins would print a traceback.
        """
        environment = {**os.environ, **settings.pop("env", {}), DRAWN_LATER: "yes"}
        with Path(os.devnull).open("wb") as nowhere:  # noqa: ASYNC230 - it opens at once
            await super().start_kernel(env=environment, stdout=nowhere, stderr=nowhere, **settings)

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """Keep quiet when the kernel is interrupted at its end; what fails in a cell is raised anyway."""
        return [*super().format_kernel_cmd(extra_arguments), "--log-level=CRITICAL"]
