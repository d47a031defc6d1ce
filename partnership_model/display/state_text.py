"""A visit as a short text: for the `#` of a link, for the browser's own store, and to be pasted.

The text is `1.` (the version of the format) and then, in base64url without padding, a zlib stream of UTF-8 JSON:
`{"case": "16 hexadecimal digits", "day": "2016-04-15", "log": [moves]}`. `case` stands for all that is public in the case's files, `day`
is the day whose facts counted, and `log` is the log of `display/history.py`. Nothing of it is trusted: it may have been made up.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import Field, ValidationError

from partnership_model.errors import PartnershipError
from partnership_model.knowledge.schema import Day, Strict

if TYPE_CHECKING:
    import datetime as dt

    from partnership_model.display.history import Visit

VERSION = "1."
IN_A_LINK = "#state="
MOST_IN_LINK = 6_000  # characters: longer ones are cut by some mail programs
MOST_TEXT = 1_500_000
MOST_INFLATED = 1_000_000  # bytes: more than any log that is kept can have
NO_TEXT = "This is no link or code of this workbook, or only a part of one. Copy all of it."
OTHER_VERSION = "This link or code was made by another version of the workbook, which this one cannot read."
OTHER_CASE = "This link or code belongs to another case, or to this one before its files were changed. Nothing was opened."


class StateOfCase(Strict):
    """What the text holds."""

    case: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    day: Day
    log: Annotated[list[Any], Field(max_length=5_000)]


class Found(NamedTuple):
    """What was read: a log that nobody has checked yet, and the day whose facts counted when it was made."""

    log: list[Any]
    day: dt.date


def written(visit: Visit, key: str) -> str:
    """Write a visit as text; nothing where nothing was done.

    Args:
        key: the name of its case, as `knowledge.editions.case_key` gives it.
    """
    log = visit.log
    if not log:
        return ""
    plain = json.dumps({"case": key, "day": str(visit.start.knowledge.day), "log": log}, ensure_ascii=False, separators=(",", ":"))
    return VERSION + base64.urlsafe_b64encode(zlib.compress(plain.encode(), 9)).decode().rstrip("=")


def read(text: str, key: str) -> Found:
    """Read a text, or a whole link with one in it.

    Raises:
        PartnershipError: it is none, or belongs to another case; what it takes to find that out is bounded.
    """
    code = "".join(text[: MOST_TEXT + 1].rpartition(IN_A_LINK)[2].split())
    version, dot, packed = code.partition(".")
    if dot and version.isdecimal() and version + dot != VERSION:
        raise PartnershipError(OTHER_VERSION)
    if version + dot != VERSION or len(code) > MOST_TEXT:
        raise PartnershipError(NO_TEXT)
    try:
        found = StateOfCase.model_validate_json(_inflated(packed))
    except ValidationError:
        raise PartnershipError(NO_TEXT) from None
    if found.case != key:
        raise PartnershipError(OTHER_CASE)
    return Found(found.log, found.day)


def _inflated(packed: str) -> bytes:
    """Unpack no more than a log can have, however much there is."""
    try:
        data = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        stream = zlib.decompressobj()
        plain = stream.decompress(data, MOST_INFLATED)
    except (binascii.Error, ValueError, zlib.error):
        raise PartnershipError(NO_TEXT) from None
    if not stream.eof or stream.unused_data:
        raise PartnershipError(NO_TEXT)
    return plain
