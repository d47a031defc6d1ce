"""Refuses a mistyped parameter of a notebook, which papermill would silently set and nobody would read."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from partnership_model.errors import PartnershipError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PLAIN = (str, int, float, bool, type(None), list, tuple, dict)  # what papermill can set
OF_JUPYTER = ("In", "Out")


def refuse_unknown(takes: Callable[..., object], names: Mapping[str, object]) -> None:
    """Make sure that all plain values that a notebook has by now are parameters of what it calls next.

    Args:
        takes: what is called with the parameters.
        names: the notebook's own names with their values: `globals()`.

    Raises:
        PartnershipError: one of them is no parameter, with the nearest that is.
    """
    known = list(inspect.signature(takes).parameters)
    for name, value in names.items():
        if type(value) in PLAIN and name not in (*known, *OF_JUPYTER) and not name.startswith("_"):
            message = f'"{name}" is no parameter of this notebook. {nearest(name, known)} (Restart the kernel if you set it yourself.)'
            raise PartnershipError(message)
