"""Text in which nobody is named: roles only, and nothing by which a person could be reached."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from partnership_model.knowledge.schema import ShortText, Text

_E_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
# British numbers begin with 0 and have ten or eleven digits; others begin with their country's code. No letter, digit or sign before.
_TELEPHONE = re.compile(r"(?<![\w£.,/-])(?:\+[0-9]|\(?0[1-9])(?:[ ()-]{0,3}[0-9]){8,13}(?![0-9])")
_DATES = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b|\b[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}\b")
_TITLE = re.compile(r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|cllr|councillor|rev|revd|sir|dame|lord|lady|canon)\.?\s+\w", re.IGNORECASE)
ROLES_ONLY = "name roles, such as chair of governors of Infant A, and no person"


def _unreachable(text: str) -> str:
    if _E_MAIL.search(text):
        message = f"this looks like an e-mail address; {ROLES_ONLY}"
        raise ValueError(message)
    if _TELEPHONE.search(_DATES.sub(" ; ", text)):
        message = f"this looks like a telephone number; {ROLES_ONLY}"
        raise ValueError(message)
    return text


def _a_role(text: str) -> str:
    if _TITLE.match(text):
        message = f"this looks like a person's name; {ROLES_ONLY}"
        raise ValueError(message)
    return text


Words = Annotated[Text, AfterValidator(_unreachable)]
Role = Annotated[ShortText, AfterValidator(_unreachable), AfterValidator(_a_role)]
Label = Annotated[ShortText, AfterValidator(_unreachable)]
