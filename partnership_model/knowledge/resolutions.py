"""Resolutions: what each body that has a say is asked to resolve, and how far that has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from pydantic import Field, model_validator

from partnership_model.knowledge.editions import Edition
from partnership_model.knowledge.schema import Day, ShortText, Strict
from partnership_model.knowledge.unnamed_text import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.errors import Fault
    from partnership_model.knowledge.case_names import Hints, Names
    from partnership_model.knowledge.files import Document, Place

Name = ShortText  # of an option or a school, which is looked up with the nearest known name
Body = Literal[
    "governing_body", "trust_board", "trustees", "diocese", "foundation_trust", "receiving_trust", "secretary_of_state", "council", "other"
]
BODIES: tuple[Body, ...] = get_args(Body)
State = Literal["not_asked", "asked", "passed", "refused"]
MOST = 100


class Resolution(Strict):
    """One resolution, of one kind of body at one or more schools.

    Attributes:
        body: the kind of body.
        called: what the body is called, where its kind does not say it.
        schools: whose body it is; of all schools that decide where none is named.
        options: the options on which it resolves; all of them where none is named.
        says: the wording, as the group gives it.
        state: `asked` for a day to come, `passed` or `refused` on a day, or `not_asked` yet.
        quorum: how many have to be there, or have to agree.
        audience: for whom it is (see `knowledge/editions.py`).
    """

    body: Body
    called: ShortText | None = None
    schools: tuple[Name, ...] = Field(default=(), max_length=MOST)
    options: tuple[Name, ...] = Field(default=(), max_length=MOST)
    says: Words | None = None
    state: State
    on: Day | None = None
    quorum: Words | None = None
    audience: Edition | None = Field(default=None, alias="for")

    @model_validator(mode="after")
    def _has_its_day(self) -> Resolution:
        if (self.state == "not_asked") != (self.on is None):
            message = "`asked`, `passed` and `refused` have a day (`on`); `not_asked` has none"
            raise ValueError(message)
        if self.body == "other" and self.called is None:
            message = "say which body it is: `called`"
            raise ValueError(message)
        return self


def resolution_faults(document: Document, names: Names, hints: Hints) -> Iterator[Fault]:
    """Find every school and option of a resolution that is not one of the case."""
    value = document.value if isinstance(document.value, dict) else {}
    found = value.get("resolutions")
    schools = [one["name"] for one in _list(value.get("schools")) if isinstance(one, dict) and isinstance(one.get("name"), str)]
    known = {"schools": (schools, "is not a school of this case."), "options": (names.options, "is not an option of this case.")}
    for index, one in enumerate(_list(found)):
        for key, (allowed, says) in known.items():
            for at, name in enumerate(_list(one.get(key)) if isinstance(one, dict) else ()):
                place: Place = ("resolutions", index, key, at)
                if isinstance(name, str) and name not in allowed:
                    yield document.fault(place, f'"{name}" {says} {hints.near(name, allowed)}')


def _list(value: object) -> list[object]:
    return value[:MOST] if isinstance(value, list) else []
