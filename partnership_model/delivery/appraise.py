"""Runs the appraisal notebook with papermill and writes its outputs, once all of them are made."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from jupyter_client.manager import AsyncKernelManager

from partnership_model.delivery.kernel_specs import OwnKernelSpecs
from partnership_model.delivery.outputs import Wanted, write_outputs
from partnership_model.delivery.report import result_of
from partnership_model.display.blocks import DRAWN_LATER
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.case_files import case_name
from partnership_model.knowledge.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode

TEMPLATE = "option_appraisal.ipynb"


@dataclass(frozen=True)
class Written:
    """What one run wrote."""

    folder: Path
    files: tuple[Path, ...]
    result: dict[str, Any]


def appraise_case(folder: Path, out: Path, wanted: Wanted, parameters: dict[str, Any]) -> Written:
    """Run one case through papermill and put its files into `out/CASE/`.

    Everything is made in a temporary folder beside the target and moved over only when all of it is there, so that
    a run that fails leaves what was there before.

    Args:
        folder: the case, or the file in which the dashboard saved it.
        out: where the case's own folder of results is made.
        wanted: which files of which edition.
        parameters: `as_of`, `samples` and `seed` of the notebook.

    Raises:
        PartnershipError: the run failed, or the results cannot be written.
    """
    target = out / case_name(folder)
    if target.is_symlink():
        message = f"{target}: this is a link; results are written into a real folder. Remove it, or use another --out."
        raise PartnershipError(message)
    new = [one for one in (target, *target.parents) if not one.exists()]
    try:
        target.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".partnership-", dir=target))
    except OSError as error:
        message = f"{target}: the results cannot be written there: {error.strerror}."
        raise PartnershipError(message) from None
    try:
        notebook = _run(folder, work, parameters | {"edition": wanted.edition})
        result = result_of(notebook)
        if not result:
            message = "The notebook ran but gave no result; was its last cell removed?"
            raise PartnershipError(message)
        files = _write(notebook, work, target, wanted)
    except OSError as error:
        message = f"{target}: the results cannot be written there: {error.strerror}."
        raise PartnershipError(message) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
        with contextlib.suppress(OSError):  # not empty: the run went well
            for one in new:
                one.rmdir()
    return Written(target, files, result)


def _write(notebook: NotebookNode, work: Path, target: Path, wanted: Wanted) -> tuple[Path, ...]:
    """Write every file beside its place, and move them over when all are there."""
    files = [target / name for name in wanted.names.values()]
    taken = next((file for file in files if file.is_dir()), None)
    if taken is not None:
        message = f"{taken}: the results cannot be written there: a folder has that name; move it away."
        raise PartnershipError(message)
    write_outputs(notebook, work, wanted)
    for file in files:
        (work / file.name).replace(file)
    return tuple(files)


def _run(folder: Path, work: Path, parameters: dict[str, Any]) -> NotebookNode:
    """Run the notebook in a kernel of this very Python that nobody else can reach."""
    import papermill  # noqa: PLC0415 - a second that `check` should not pay
    from nbclient.exceptions import DeadKernelError  # noqa: PLC0415
    from papermill.exceptions import PapermillExecutionError  # noqa: PLC0415

    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    template = nbformat.read(shipped("notebooks", TEMPLATE), as_version=4)
    try:
        with warnings.catch_warnings(), _private_kernels() as kernels:
            warnings.simplefilter("ignore")  # of the libraries that run the notebook; ours are in the result
            # Nothing is saved on the way: papermill takes braces in a path for parameters.
            return papermill.execute_notebook(
                template,
                None,
                {"case": str(folder.resolve()), **parameters},
                kernel_name=NATIVE_KERNEL_NAME,
                kernel_manager_class=kernels,
                progress_bar=False,
                log_output=False,
                cwd=str(work),
            )
    except PapermillExecutionError as error:
        ours = error.ename in ("PartnershipError", "FaultsError")
        message = f"{folder}: {error.evalue}" if ours else f"{folder}: the run stopped: {error.ename}: {error.evalue}"
        raise PartnershipError(message) from None
    except (DeadKernelError, RuntimeError) as error:
        message = f"{folder}: the run stopped, since Python ended in the middle of it ({error}). Try again; was there enough memory?"
        raise PartnershipError(message) from None


@contextlib.contextmanager
def _private_kernels() -> Iterator[type[AsyncKernelManager]]:
    """Let kernels be reached through this user's own sockets, not through ports that other users can see."""
    if os.name != "posix":
        yield OwnKernelManager
        return
    # The names of sockets may have no more than about a hundred letters, and macOS's own folder takes half of them.
    with tempfile.TemporaryDirectory(prefix="partnership-", dir="/tmp") as folder:

        class PrivateKernelManager(OwnKernelManager):
            transport = "ipc"
            ip = str(Path(folder) / "kernel")

        yield PrivateKernelManager


class OwnKernelManager(AsyncKernelManager):
    """Starts kernels of this very Python."""

    def _kernel_spec_manager_default(self) -> OwnKernelSpecs:
        return OwnKernelSpecs(parent=self)

    async def start_kernel(self, **settings: Any) -> None:  # noqa: ANN401 - whatever papermill gives
        """Let charts be drawn after the run, by the process that draws for many runs."""
        environment = {**os.environ, **settings.pop("env", {}), DRAWN_LATER: "yes"}
        await super().start_kernel(env=environment, **settings)

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """Keep quiet when the kernel is interrupted at its end; what fails in a cell is raised anyway."""
        return [*super().format_kernel_cmd(extra_arguments), "--log-level=CRITICAL"]
