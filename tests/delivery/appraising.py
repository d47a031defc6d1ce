"""What tests of runs share: an order, a run of it, and what lies in a folder afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.delivery.appraise import Order, Outcome, appraise_case
from partnership_model.delivery.outputs import Wanted
from partnership_model.delivery.run_key import workbook_hash

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PARAMETERS = {"as_of": "", "samples": 1, "seed": 2016}
FILES = Wanted().names
KEY = "0" * 64


def order(case: Path, out: Path, formats: Sequence[str] = ("json",), key: str = KEY, **changes: Any) -> Order:  # noqa: ANN401
    """Ask for one appraisal."""
    whole = case.resolve()
    name = whole.stem if whole.is_file() else whole.name
    fields = {"parameters": PARAMETERS, "workbook": workbook_hash(), "wanted": Wanted(tuple(formats))} | changes
    return Order(name=name, case=whole, target=out / name, key=key, **fields)


def appraised(case: Path, out: Path, formats: Sequence[str] = ("json",), key: str = KEY) -> Outcome:
    """Run one appraisal in this process."""
    out.mkdir(parents=True, exist_ok=True)
    return appraise_case(order(case, out, formats, key))


def contents(folder: Path) -> dict[str, str]:
    """Give every file below a folder, hidden ones too, with its text; folders with nothing in them end in a slash."""
    if not folder.exists():
        return {}
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            if not any(path.iterdir()):
                found[name + "/"] = ""
        else:
            found[name] = path.read_text(encoding="utf-8", errors="replace")
    return found
