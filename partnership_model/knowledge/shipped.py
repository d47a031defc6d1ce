"""Finds what travels with the package: the knowledge base, example cases, notebooks and dashboards."""

from __future__ import annotations

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
