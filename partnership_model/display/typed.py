"""What somebody types or chooses on a page: read strictly, and refused with words that can stand beside the field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from collections.abc import Collection

_TYPED = re.compile(r"(-?£? ?|£-)([0-9]{1,9}|[0-9]{1,3}(,[0-9]{3}){1,2})(\.[0-9]{1,6})?")


def figure(text: str, least: float, most: float) -> float:
    """Read a figure that was typed.

    Raises:
        PartnershipError: it is no number, or lies outside the scale.

    >>> figure(" £1,200 ", 0, 5000)
    1200.0
    """
    typed = text.strip()
    if not _TYPED.fullmatch(typed):
        message = f"“{typed or 'nothing'}” is not a number. Give one from {least:g} to {most:g}."
        raise PartnershipError(message)
    number = float(re.sub("[£, ]", "", typed))
    if not least <= number <= most:
        message = f"{typed} is outside the scale. Give a number from {least:g} to {most:g}."
        raise PartnershipError(message)
    return number + 0.0


def known(name: str, names: Collection[str]) -> None:
    """Take a choice that is on the list.

    Raises:
        PartnershipError: it is not.
    """
    if name not in names:
        message = "That choice is not on the list. Nothing was changed."
        raise PartnershipError(message)
