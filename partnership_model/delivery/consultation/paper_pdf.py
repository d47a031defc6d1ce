"""Ballots on paper as a PDF for large print, tagged for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.delivery.typesetting import NOT_SHOWN, compiled, shown_data, template
from partnership_model.display.consultation.paper_ballot import paper_data
from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from collections.abc import Sequence


def paper_pdf(ballot: dict[str, Any], named: Sequence[str]) -> bytes:
    """Write ballots as a PDF.

    Raises:
        PartnershipError: the language is written in letters that no font at hand has.
    """
    data = shown_data(paper_data(ballot, named))
    if ballot["direction"] == "rtl" or NOT_SHOWN in data:
        message = "The PDF's fonts do not have all letters of this language; print the web page instead."
        raise PartnershipError(message)
    return compiled(template("ballot.typ"), paper=data)
