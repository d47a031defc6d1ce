"""Finds what travels with the package: the knowledge base, example cases, notebooks and dashboards."""

from __future__ import annotations

import contextlib
from pathlib import Path

from partnership_model.errors import PartnershipError

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(*parts: str) -> Path:
    """Give the path of something that ships, in the wheel and in a checkout alike.

    >>> shipped("data", "options.yaml").name
    'options.yaml'
    """
    for root in (_PACKAGE / "_shipped", _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    message = f"{'/'.join(parts)} is missing from this installation. Install the package again."
    raise PartnershipError(message)


def find_case(case: str | Path) -> Path:
    """Find a case: a folder, a file that the dashboard saved, or the name of an example that ships.

    Raises:
        PartnershipError: there is neither.
    """
    path = Path(case)
    with contextlib.suppress(OSError):  # of a name that no disk can hold
        if path.exists():
            return path
    examples = shipped("data", "cases")
    known = sorted(one.name for one in examples.iterdir() if one.is_dir())
    if path.name in known and str(case) in (path.name, f"data/cases/{path.name}"):
        return examples / path.name
    message = f"{case}: there is no such folder, and no example of that name. Examples: {', '.join(known)}."
    raise PartnershipError(message)
