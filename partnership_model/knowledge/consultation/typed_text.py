"""What somebody typed, made harmless: text without what is no text, and whole numbers that are written as such."""

from __future__ import annotations

import unicodedata

LONGEST = 8000  # letters that are read at all
NO_NUMBER = -1
DIGITS = 5
LONGEST_TITLE = 120  # letters, as `ShortText` has them


def clean_text(value: str) -> str:
    """Take out what is no text; line ends stay, and what parts words, such as a tab, becomes a blank.

    >>> clean_text(" Keep" + chr(0) + " it. "), clean_text(chr(0) + " " + chr(0)), clean_text("more" + chr(9) + "time")
    ('Keep it.', '', 'more time')
    """
    text = value[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_cleaned(letter) for letter in text).strip()


def _cleaned(letter: str) -> str:
    if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs", "Co", "Cn"):
        return letter
    return " " if letter.isspace() else ""


def title_line(value: str) -> str:
    """Give what somebody typed as a title: one line, no longer than a record holds; "" where nothing is left.

    >>> title_line(" Hall" + chr(11) + "one" + chr(127)), title_line("two" + chr(10) + "lines"), title_line(chr(127))
    ('Hall one', 'two lines', '')
    """
    return " ".join(clean_text(value).split())[:LONGEST_TITLE].strip()


def lines_of(text: str) -> tuple[str, ...]:
    """Give the lines in which something stands."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def whole_number(text: str) -> int:
    """Read a whole number, in the figures of any script; what is none is below every number that is asked for.

    >>> whole_number("28"), whole_number("٢٨"), whole_number("2.8"), whole_number("-1"), whole_number("")
    (28, 28, -1, -1, -1)
    """
    return int(text) if text.isdecimal() and len(text) <= DIGITS else NO_NUMBER
