"""Reads numbers as people print them (6.0, 6,5, £1,200, 45%, 23/30), and says of anything else what it seems to be."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from partnership_model.errors import printable
from partnership_model.knowledge.scoring_table import Printed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from partnership_model.knowledge.grids import GridCell

Mark = Literal["point", "comma"]
BLANK = ("-", "–", "—", "n/a", "na", "n.a.", "none", "blank", "?")
SIGNIFICANT = 12  # digits of a computed number: what differs behind them differs by the computer's rounding
MOST_DIGITS = 15
LONGEST_SHOWN = 40
_POINT = re.compile(r"([-+−]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.([0-9]+))?")
_COMMA = re.compile(r"([-+−]?)([0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+)?(?:,([0-9]+))?")
_OUT_OF = re.compile(r"(.+?)\s*(?:/|out of)\s*([0-9]+)")
_DATE = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}|[0-9]{1,2}[- ][A-Za-z]{3,9}([- ][0-9]{2,4})?|[A-Za-z]{3,9}[- ][0-9]{2,4}")
_ONE_COMMA = re.compile(r"[-+−]?[0-9]+,[0-9]+")
_THOUSANDS = re.compile(r"[-+−]?[1-9][0-9]{0,2}(,[0-9]{3})+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def is_blank(cell: GridCell) -> bool:
    """Say whether a cell holds nothing, or a sign that stands for nothing."""
    return not cell.trouble and (cell.content is None or (isinstance(cell.content, str) and cell.content.lower() in BLANK))


def number_of(cell: GridCell, mark: Mark) -> Printed | str:
    """Read the number in a cell.

    Returns:
        The number; or what is wrong with the cell, and how to mend it.
    """
    content = cell.content
    if cell.trouble:
        return cell.trouble
    if isinstance(content, bool):
        return f"found {str(content).upper()}; a number was expected"
    if isinstance(content, dt.date):
        return f"found the date {content}; a number was expected. Excel turns figures such as 3/4 into dates: type the number again"
    if isinstance(content, str):
        return _of_text(content, cell.place, mark)
    if content is None:
        return "the cell is empty; a number was expected"
    return _of_figure(content, cell)


def _of_figure(content: float, cell: GridCell) -> Printed | str:
    if not abs(content) < 10**MOST_DIGITS:
        return f"found {content:g}; a number of at most {MOST_DIGITS} digits was expected"
    text = f"{content:.{SIGNIFICANT}g}"
    value = Fraction(text)
    stored = _decimals(text)
    step = Fraction(1, 10 ** max(stored, cell.decimals or 0))
    return Printed(value, step, shown(value, stored if cell.decimals is None else cell.decimals), cell.place)


def _decimals(text: str) -> int:
    digits, _, power = text.partition("e")
    return max(0, len(digits.partition(".")[2]) - int(power or 0))


def shown(value: Fraction, decimals: int) -> str:
    """Print a value with so many decimals, a half away from nought.

    >>> shown(Fraction("5.95"), 1), shown(Fraction("-0.5"), 0), shown(Fraction(7), 2)
    ('6.0', '-1', '7.00')
    """
    units = int(abs(value) * 10**decimals + Fraction(1, 2))
    text = f"{units:0{decimals + 1}d}"
    text = f"{text[:-decimals]}.{text[-decimals:]}" if decimals else text
    return f"-{text}" if value < 0 and units else text


def _of_text(text: str, place: str, mark: Mark) -> Printed | str:
    plain = text.replace("\u00a0", " ").replace("\u202f", " ").strip()
    if plain[:1] in ("=", "@"):
        return f"found the formula {_quoted(plain)}; save the file with results instead of formulas"
    if plain[:1] == "#":
        return f"found the error {_quoted(plain)}; mend the formula, or leave the cell empty"
    parts = _OUT_OF.fullmatch(plain)
    figure = _plain_number(parts[1] if parts else plain, place, mark, text)
    if isinstance(figure, Printed):
        return figure
    if _looks_like_a_date(plain):
        return f"found {_quoted(plain)}, which looks like a date; a number was expected"
    other = " (is a comma its decimal mark? Then give --decimal comma)" if mark == "point" and _ONE_COMMA.fullmatch(plain) else ""
    return f"found {_quoted(plain)}; a number was expected{other}"


def _plain_number(text: str, place: str, mark: Mark, as_shown: str) -> Printed | None:
    text = text.strip().removeprefix("£").removesuffix("%").strip()
    found = (_POINT if mark == "point" else _COMMA).fullmatch(text)
    if found is None or not (found[2] or found[3]):
        return None
    whole, decimals = re.sub("[^0-9]", "", found[2] or "0"), found[3] or ""
    if len(whole) + len(decimals) > MOST_DIGITS:
        return None
    value = Fraction(int(whole + decimals), 10 ** len(decimals))
    return Printed(-value if found[1] in ("-", "−") else value, Fraction(1, 10 ** len(decimals)), as_shown, place)


def _looks_like_a_date(text: str) -> bool:
    return bool(_DATE.fullmatch(text)) and (not re.search("[A-Za-z]", text) or any(month in text.lower() for month in _MONTHS))


def _quoted(text: str) -> str:
    short = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."
    return f'"{printable(short)}"'


def decimal_mark(texts: Iterable[str]) -> Mark | str:
    """Say which sign stands before the decimals in a file's numbers.

    Returns:
        `point` or `comma`; or why it cannot be said.

    >>> decimal_mark(["6.0", "1,234"]), decimal_mark(["0,25", "7"]), decimal_mark(["12", "x"])
    ('point', 'comma', 'point')
    """
    found = [text.removesuffix("%").strip() for text in texts]
    commas = [text for text in found if _ONE_COMMA.fullmatch(text)]
    points = [text for text in found if re.fullmatch(r"[-+−]?[0-9,]*\.[0-9]+", text)]
    thousands = all(_THOUSANDS.fullmatch(text) for text in commas)
    if not commas or (points and thousands):
        return "point"
    if points:
        return f"{_quoted(commas[0])} has a decimal comma and {_quoted(points[0])} a decimal point; write all numbers in one way"
    if thousands:
        return f"{_quoted(commas[0])} may be a thousand or a decimal; give --decimal point or --decimal comma"
    return "comma"
