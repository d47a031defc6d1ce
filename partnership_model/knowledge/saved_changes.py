"""What the dashboard writes beside a case that it saved: who saved it, from which case, and every change in its order."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue, StringConstraints, ValidationError

from partnership_model.errors import Fault, FaultsError
from partnership_model.knowledge.case_archive import CHANGES
from partnership_model.knowledge.schema import Day, ShortText, Strict, Text, Whole

FORMAT = 1
MOST_MOVES = 5000
MOST_PEOPLE = 100_000
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class SavedBy(Strict):
    """Who saved, when, and how many took part."""

    on: Day
    by: ShortText
    people: Whole = Field(ge=1, le=MOST_PEOPLE)


class BeganFrom(Strict):
    """The case from which the changes began: its name, and the hash of its files."""

    name: Text
    sha256: Digest


class SavedChanges(Strict):
    """The file `changes.json`.

    Attributes:
        facts_of: the day whose law and facts counted.
        changes: each change in words, in its order.
        moves: what was done, as the dashboard takes it; done again on the same case, the same follows.
        files: the hash of each file that was saved beside this one.
    """

    format: Literal[1]
    saved: SavedBy
    case: BeganFrom
    facts_of: Day
    changes: tuple[Text, ...] = Field(default=(), max_length=MOST_MOVES)
    moves: tuple[dict[str, JsonValue], ...] = Field(default=(), max_length=MOST_MOVES)
    files: dict[ShortText, Digest]


def parse_changes(text: str) -> SavedChanges:
    """Read what was saved.

    Raises:
        FaultsError: it is not what the dashboard writes.
    """
    try:
        return SavedChanges.model_validate_json(text)
    except ValidationError as error:
        raise FaultsError(_fault(one) for one in error.errors(include_url=False, include_context=False)) from None


def _fault(wrong: Any) -> Fault:  # noqa: ANN401 - what pydantic says of one error
    place = ".".join(map(str, wrong["loc"]))[:100]
    if wrong["loc"] == ("format",):
        return Fault(CHANGES, None, place, f"expected {FORMAT}; a newer version of the workbook may read it")
    return Fault(CHANGES, None, place, f"this is not what the dashboard writes ({wrong['msg']}); leave the file out to read the case alone")


def changes_text(changes: SavedChanges) -> str:
    """Write it so that people can read it too: a change and a move a line."""
    keys = [f"{json.dumps(key)}: {_in_lines(value)}" for key, value in changes.model_dump(mode="json").items()]
    return "{\n" + ",\n".join(keys) + "\n}\n"


def _in_lines(value: Any) -> str:  # noqa: ANN401 - JSON
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[\n  " + ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n]"
