"""One appraisal: the notebook run on one case, and all of its files written, or the notebook as far as it came."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import nbformat

from partnership_model.delivery.notebook_run import RunFailedError, run_notebook, stopped_at
from partnership_model.delivery.outputs import Wanted, write_outputs
from partnership_model.delivery.report import blocks_of, result_of
from partnership_model.delivery.result_folder import put, refusal, with_hashes, work_folder
from partnership_model.delivery.run_key import workbook_hash
from partnership_model.delivery.run_record import RunRecord, read_run
from partnership_model.delivery.warm_forks import Rehearsal
from partnership_model.display.blocks import Heading
from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

    from partnership_model.knowledge.editions import Edition

REHEARSE = "partnership_model.display.notebook:rehearse"
FAILED: dict[Edition, tuple[str, str]] = {
    "governors": ("failed.ipynb", "failed.txt"),
    "public": ("failed-public.ipynb", "failed-public.txt"),
}
NOT_KEPT = (
    "No notebook is kept of a public edition that was not finished: its traceback would name files of this computer. The same command "
    "with --edition governors stops at the same place in most cases, and keeps {}, which shows everything."
)


@dataclass(frozen=True)
class Order:
    """One appraisal that is asked for; a process on another machine may take it.

    Attributes:
        case: the case, or the file in which the dashboard saved it, by its whole path.
        target: the folder of its results, by its whole path.
        wanted: which files of which edition.
        parameters: those of the notebook besides `case`.
        key: the hash of all that the results depend on.
        workbook: the hash of the package, so that a machine that has another one is found out.
    """

    name: str
    case: Path
    target: Path
    wanted: Wanted
    parameters: dict[str, Any]
    key: str
    workbook: str


@dataclass(frozen=True)
class Outcome:
    """How one appraisal ended: `done`, `already` done before, or `failed`, which says why."""

    order: Order
    state: Literal["done", "already", "failed"]
    seconds: float = 0
    says: str = ""
    files: tuple[Path, ...] = field(default=())
    warnings: tuple[str, ...] = ()


def rehearsal_of(order: Order) -> Rehearsal:
    """Say what the warm parent of kernels goes through before the first of them is forked."""
    return Rehearsal(REHEARSE, str(order.case))


def done_already(order: Order) -> Outcome | None:
    """Give the outcome of an earlier run from which nothing has changed since, if all its files are there."""
    record = read_run(order.target, order.wanted.edition)
    names = order.wanted.names
    if record is None or record.state != "done" or record.key != order.key or not names.items() <= record.formats.items():
        return None
    files = tuple(order.target / file for file in names.values())
    return Outcome(order, "already", 0, "", files, record.warnings) if all(file.is_file() for file in files) else None


def appraise_case(order: Order) -> Outcome:
    """Run one case and put its files into the folder of its results; never ends in an error that another case would feel."""
    begun = time.monotonic()
    try:
        with work_folder(order.target.parent) as work:
            return _appraise(order, work, begun)
    except OSError as error:
        says = f"the results cannot be written there: {error.strerror or error}."
    except PartnershipError as error:
        says = str(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other cases go on
        says = f"something went wrong that should not have: {type(error).__name__}: {error}"
    return Outcome(order, "failed", time.monotonic() - begun, f"{order.target}: {says}")


def _appraise(order: Order, work: Path, begun: float) -> Outcome:
    if order.workbook != workbook_hash():
        message = "the process that was to run it has another version of the workbook. Install the same one everywhere, then run it again."
        raise PartnershipError(message)
    names = order.wanted.names
    says = refusal(order.target, order.wanted.edition, names.values())
    if says:
        raise PartnershipError(says)
    try:
        notebook = run_notebook(order.case, work, order.parameters)
    except RunFailedError as error:
        return _failed(order, work, error, begun)
    write_outputs(notebook, work, order.wanted)
    before = read_run(order.target, order.wanted.edition)
    true = before is not None and before.state == "done" and before.key == order.key
    older = before.formats if before and true else {}  # written from the same inputs, so they still say the same
    about = _about(order, begun) | _in_short(notebook)
    record = RunRecord(state="done", formats={**older, **names}, **about)
    put(work, order.target, with_hashes(work, record), kept=older.values())
    return Outcome(order, "done", record.seconds, "", tuple(order.target / name for name in names.values()), record.warnings)


def _failed(order: Order, work: Path, error: RunFailedError, begun: float) -> Outcome:
    """Keep the notebook as far as it came, under a name that nobody takes for a finished one, and say what happened."""
    notebook, message = FAILED[order.wanted.edition]
    before = read_run(order.target, order.wanted.edition)
    older = before.formats if before else {}
    says = str(error)
    lines = [f"The appraisal of {order.name} was not finished.", says]
    lines += [f"What stands in {', '.join(older.values())} is of an earlier run."] if older else []
    lines += [f"It stopped at {stopped}."] if (stopped := stopped_at(error.notebook)) else []
    told = error.notebook if order.wanted.edition == "governors" else None
    if told:
        lines.append(f"How far it came: {notebook}.")
    elif error.notebook:
        lines.append(NOT_KEPT.format(FAILED["governors"][0]))
    (work / message).write_text("\n".join([*lines, "The same command tries it again."]) + "\n", encoding="utf-8")
    if told:
        nbformat.write(told, work / notebook)
    record = RunRecord(state="failed", formats=older, says=says, **_about(order, begun))
    put(work, order.target, with_hashes(work, record), kept=older.values())
    return Outcome(order, "failed", record.seconds, f"{order.target}: {says}")


def _about(order: Order, begun: float) -> dict[str, Any]:
    ended = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    seconds = round(time.monotonic() - begun, 1)
    return {"case": order.name, "edition": order.wanted.edition, "key": order.key, "ended": ended, "seconds": seconds}


def _in_short(notebook: NotebookNode) -> dict[str, Any]:
    """Give what a list of many appraisals says of one; the finding in the words of its report."""
    finding = next((one.text for one in blocks_of(notebook)[0] if isinstance(one, Heading) and one.level > 1), "")
    result = result_of(notebook)
    labels = {option["id"]: option["label"] for option in result["options"]}
    ranking: list[list[str]] = result["ranking"] or []
    first = set(ranking[0]) if ranking else set()
    level = first.union(*(pair for pair in result["cannot_separate"] if first & set(pair)))
    leads = tuple(labels[key] for place in ranking for key in place if key in level)
    return {"as_of": result["as_of"], "finding": finding, "leads": leads, "warnings": tuple(result["warnings"])}
