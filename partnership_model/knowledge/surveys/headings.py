"""The headings of a survey's table: what question a column answers, and about which item."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.knowledge.grids import column_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WITH_ITEM = re.compile(r"(.*\S)\s*\[([^\[\]]+)\]")
_WITH_CODE = re.compile(r"([A-Za-z][A-Za-z0-9_]*)(?:\[([^\[\]]*)\])?\.\s+(\S.*)")
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn")  # categories of what is no text
ANSWERS = ("response", "open-ended response")  # of SurveyMonkey's second row: the answer to the question above, and no item


@dataclass(frozen=True)
class Heading:
    """What stands above a column.

    Attributes:
        name: the whole heading in one line; unlike that of any other column.
        question: the question without its item.
        item: the row of a grid, the thing to be ranked or the place of a ranking; "" where the question has none.
    """

    name: str
    question: str
    item: str = ""


def plain(text: str) -> str:
    r"""Write a text in one line, with ordinary spaces and without what cannot be seen.

    >>> plain("What\u00a0matters\n most? ")
    'What matters most?'
    """
    one_line = " ".join(unicodedata.normalize("NFC", text).split())
    if one_line.isascii() and one_line.isprintable():
        return one_line
    return "".join(letter for letter in one_line if unicodedata.category(letter) not in _INVISIBLE).strip()


def alike(text: str) -> str:
    """Give what of a text counts when two are compared.

    >>> alike(" Parents &  Carers. ") == alike("parents and carers")
    True
    """
    return " ".join(re.sub(r"[^\w\s]", " ", plain(text).replace("&", " and ").casefold()).split())


def headings(first: Sequence[str], second: Sequence[str] = ()) -> tuple[Heading, ...]:
    """Read one row of headings, or SurveyMonkey's two, of which the first names a question once for all its items.

    >>> [one.name for one in headings(["Order", "", "Say"], ["Cost", "Staff", "Open-Ended Response"])]
    ['Order [Cost]', 'Order [Staff]', 'Say']
    """
    if second:
        return _told_apart(_two_rows(first, second))
    return _told_apart(_heading(plain(text)) for text in first)


def _heading(text: str) -> Heading:
    coded = _WITH_CODE.fullmatch(text)
    item = _WITH_ITEM.fullmatch(coded[3] if coded else text)
    if item:
        return Heading(text, plain(item[1]), plain(item[2]))
    if coded:
        return Heading(text, coded[3], coded[2] or "")
    return Heading(text, text)


def _two_rows(first: Sequence[str], second: Sequence[str]) -> Iterable[Heading]:
    question = ""
    for above, below in zip(first, second, strict=True):
        question, item = plain(above) or question, plain(below)
        if not item or item.casefold() in ANSWERS:
            yield Heading(plain(above), plain(above))
        else:
            yield Heading(f"{question} [{item}]", question, item)


def _told_apart(found: Iterable[Heading]) -> tuple[Heading, ...]:
    """Number headings that are repeated, as some tools do themselves, and name what has none after its place."""
    every = list(found)
    taken = {one.name for one in every}
    seen: set[str] = set()
    apart = []
    for at, one in enumerate(every, 1):
        first = one.name or f"column {column_name(at)}"
        again, name = 1, first
        while name in seen or (name != one.name and name in taken):
            again += 1
            name = f"{first} ({again})"
        seen.add(name)
        apart.append(Heading(name, one.question, one.item))
    return tuple(apart)
