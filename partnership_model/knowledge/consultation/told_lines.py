"""What an adult writes down of others: a line each, in which nobody is named, and of which the adult says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from partnership_model.knowledge.surveys.personal import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CONFIRMED = "nobody"  # the field in which the adult says that each line was read for what points to a person
UNCONFIRMED = "Read each line again, and tick that nobody can be recognised by it: it is published as it stands."
_NAMED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Cllr)\b\.?\s+[A-Z][\w'-]*")


def pointing(line: str, named: str = "names somebody") -> str:
    """Say what in a line points to a person; "" where nothing is found, which does not say that nothing does.

    Args:
        line: what was written.
        named: what is said of a title and a name.

    >>> pointing("Ask Mrs Oak"), pointing("Miss the bus"), pointing("Write to a.b@example.org")
    ('“Mrs Oak” names somebody', '', 'an e-mail address stands in it')
    """
    if found := _NAMED.search(line):
        return f"\N{LEFT DOUBLE QUOTATION MARK}{found[0]}\N{RIGHT DOUBLE QUOTATION MARK} {named}"
    kind = next((kind for kind, shape in KINDS.items() if shape.search(line)), "")
    return f"{kind} stands in it" if kind else ""


def line_faults(at: str, lines: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Say of the first line that points to a person what is wrong with it."""
    found = next(((number, says) for number, line in enumerate(lines, start=1) if (says := pointing(line))), None)
    if found:
        where = f"Line {found[0]}: " if len(lines) > 1 else ""
        yield at, f"{where}{found[1]}. Write it so that nobody can be recognised; roles will do, such as a teacher or a governor."


def unconfirmed(cells: Mapping[str, str]) -> bool:
    """Say whether the adult has yet to say that nobody can be recognised."""
    return cells.get(CONFIRMED) != "yes"
