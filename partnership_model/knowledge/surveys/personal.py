"""What says who somebody is: columns of names and addresses, found by their headings and by what stands in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from partnership_model.knowledge.surveys.headings import alike

if TYPE_CHECKING:
    from collections.abc import Sequence

# Every part is bounded, so that no text takes long to look through.
E_MAIL = re.compile(r"[^\s@<>\"'(),;:]{1,64}@[^\s@<>\"'(),;:]{1,200}\.[A-Za-z]{2,20}")
_IP = re.compile(
    r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])|(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])",
    re.IGNORECASE,
)
# British numbers begin with 0 and have ten or eleven digits; others begin with their country's code.
_TELEPHONE = re.compile(r"(?<![\w£.,/-])(?:\+[0-9]|\(?0[1-9])(?:[ ()-]{0,3}[0-9]){8,13}(?![0-9])")
# In small letters too, but not where the second part is a rank: "KS2 3rd".
_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?(?!1st|2nd|3rd|[0-9]th)[0-9][A-Z]{2}\b", re.IGNORECASE)
KINDS = {
    "an e-mail address": E_MAIL,
    "an internet address": _IP,
    "a telephone number": _TELEPHONE,
    "a postcode": _POSTCODE,
}
_HEADING = re.compile(
    r"\b(names?|forename|surname|e mail|email|ip|ipaddr|phone|telephone|mobile|contact|address|post code|postcode|date of birth|dob|"
    r"username|signature)\b"
)
_NOT_A_PERSON = re.compile(r"\bname of (the |your |our )?(school|group)\b|\b(school|group|school s) name\b")
_OFTEN = 0.5


def is_personal(heading: str, values: Sequence[str]) -> str:
    """Say why a column says who somebody is; "" where nothing speaks for it.

    >>> is_personal("E-mail of parent", []), is_personal("Which school?", ["Infant A"]), is_personal("Q7", ["10.0.0.7"])
    ('its heading', '', 'an internet address stands in it')
    """
    words = _NOT_A_PERSON.sub(" ", alike(heading))
    if _HEADING.search(words):
        return "its heading"
    found = next((kind for kind, shape in KINDS.items() if any(shape.fullmatch(one.strip()) for one in values)), "")
    return f"{found} stands in it" if found else ""


def mostly_personal(values: Sequence[str]) -> bool:
    """Say whether what was meant to hold comments holds addresses."""
    matched = sum(any(shape.fullmatch(one.strip()) for shape in KINDS.values()) for one in values)
    return matched > _OFTEN * len(values)


def without_addresses(text: str) -> tuple[str, int]:
    """Take out of a text by what somebody could be reached.

    Returns:
        The text, and how many addresses and numbers were in it.

    >>> without_addresses("Ring 01522 000 000 or a.b@example.org, please.")
    ('Ring [a telephone number was here] or [an e-mail address was here], please.', 2)
    """
    taken = 0
    for kind, shape in KINDS.items():
        text, times = shape.subn(f"[{kind} was here]", text)
        taken += times
    return text, taken
