"""Finds the result of a run in whatever `partnership appraise` wrote, and reads it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from partnership_model.delivery.outputs import NAMES, file_name
from partnership_model.delivery.report import result_of
from partnership_model.errors import Fault, FaultsError
from partnership_model.knowledge.editions import EDITIONS
from partnership_model.knowledge.run_result import MEND, run_result

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.knowledge.run_result import RunResult

MOST_BYTES = 64 * 2**20  # a result has about 200,000, an executed notebook up to two million
READ = [file_name(form, edition) for form in ("json", "ipynb") for edition in reversed(EDITIONS)]  # the fuller edition first
MOST_NAMED = 5


def read_run(path: Path) -> RunResult:
    """Read the result of a run.

    Args:
        path: a `result.json`, an executed notebook, or the folder in which a run wrote either.

    Raises:
        FaultsError: there is none, or it cannot be read; where, what was found and how to mend it.
    """
    file = _in_folder(path) if path.is_dir() else path
    if not file.is_file():
        raise _refused(path, "there is no such file" if not file.exists() else "this is no ordinary file")
    other = next((name for form, name in NAMES.items() if form not in ("json", "ipynb") and file.suffix == f".{form}"), None)
    if other:
        raise _refused(file, "this is what people read, and holds no result for machines")
    try:
        if file.stat().st_size > MOST_BYTES:
            raise _refused(file, f"found {file.stat().st_size:,} bytes; a result has fewer than {MOST_BYTES:,}")
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise _refused(file, f"this cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise _refused(file, "this is not text in UTF-8") from None
    return run_result(_of_notebook(text, file) if file.suffix == ".ipynb" else text, str(file))


def _of_notebook(text: str, file: Path) -> str:
    import nbformat  # noqa: PLC0415 - a second that a result.json should not pay

    try:
        result = result_of(nbformat.reads(text, as_version=4))
    except Exception:  # noqa: BLE001 - nbformat raises whatever the file makes it stumble over
        raise _refused(file, "this is no notebook that can be read") from None
    if not result:
        raise _refused(file, "this notebook holds no result; was it run to its end?")
    return json.dumps(result)


def _in_folder(folder: Path) -> Path:
    """Find the result in the folder of a run, or in the one folder of a case below it."""
    found = next((folder / name for name in READ if (folder / name).is_file()), None)
    if found:
        return found
    below = sorted({path.parent for name in READ for path in folder.glob(f"*/{name}")})
    if len(below) == 1:
        return _in_folder(below[0])
    if below:
        names = ", ".join(path.name for path in below[:MOST_NAMED]) + (", ..." if len(below) > MOST_NAMED else "")
        raise FaultsError(
            [Fault(str(folder), None, "", f"found the runs of {len(below)} cases ({names}). Name the folder of one of them.")]
        )
    raise _refused(folder, f"found no {READ[0]} or {READ[1]} in this folder")


def _refused(path: Path, says: str) -> FaultsError:
    return FaultsError([Fault(str(path), None, "", f"{says}. {MEND}")])
