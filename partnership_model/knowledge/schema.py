"""Checks plain data against a pydantic model and turns every complaint into a fault with its line."""

from __future__ import annotations

import datetime as dt
import textwrap
import types
import typing
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError, model_validator
from pydantic import Strict as OnlyThis

from partnership_model.errors import Fault, FaultsError, PartnershipError, nearest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from partnership_model.knowledge.files import Document, Place


class Strict(BaseModel):
    """A frozen model that refuses keys it does not know and never turns one kind of value into another."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, populate_by_name=True)


def _day(value: object) -> object:
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        message = "expected a whole date such as 2016-04-15"
        raise ValueError(message)  # noqa: TRY004 - pydantic collects ValueError
    try:
        return dt.datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        message = "expected a date that exists, such as 2016-04-15"
        raise ValueError(message) from None


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = "expected a number"
        raise ValueError(message)  # noqa: TRY004 - pydantic collects ValueError
    return float(value)


def parse_day(text: str, name: str) -> dt.date:
    """Read a day that somebody typed.

    Raises:
        PartnershipError: it is not a whole date that exists.
    """
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        message = f'{name}: found "{text}"; expected a date that exists, such as 2016-04-15.'
        raise PartnershipError(message) from None


def plain_day(day: dt.date) -> str:
    """Write a day as people say it.

    >>> plain_day(dt.date(2016, 4, 5))
    '5 April 2016'
    """
    return f"{day.day} {day:%B %Y}"


Day = Annotated[dt.date, BeforeValidator(_day)]
Number = Annotated[float, BeforeValidator(_number)]
Whole = Annotated[int, OnlyThis()]
Flag = Annotated[bool, OnlyThis()]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Href = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"']+$", max_length=500)]


class Range(Strict):
    """A low, a likely and a high figure, in that order."""

    low: Number
    likely: Number
    high: Number

    @model_validator(mode="after")
    def _ordered(self) -> Range:
        if not self.low <= self.likely <= self.high:
            message = f"expected low <= likely <= high, found {self.low:g}, {self.likely:g}, {self.high:g}"
            raise ValueError(message)
        return self


ModelT = TypeVar("ModelT", bound=BaseModel)


def parse(model: type[ModelT], document: Document) -> ModelT:
    """Check a document against a model.

    Raises:
        FaultsError: every complaint, with the line and the nearest known name.
    """
    if not isinstance(document.value, dict):
        raise FaultsError([document.fault((), "expected keys with values, such as `title: ...`")])
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        raise FaultsError(_fault(model, document, detail) for detail in error.errors()) from None


def _fault(model: type[BaseModel], document: Document, detail: ErrorDetails) -> Fault:
    place = _place(document.value, detail["loc"])
    if detail["type"] == "extra_forbidden":
        known = _keys_at(model, detail["loc"][:-1])
        return document.fault(place, f"unknown key. {nearest(str(place[-1]), known)}")
    if detail["type"] == "missing":
        return document.fault(place, "this key is missing")
    expected = detail["msg"].removeprefix("Value error, ")
    expected = expected[0].lower() + expected[1:]
    found = detail["input"]
    if isinstance(found, dict | list):
        return document.fault(place, expected)
    return document.fault(place, f"found {_short(found)}; {expected}")


def _short(value: object) -> str:
    text = "nothing" if value is None else repr(value) if isinstance(value, str) else str(value)
    return textwrap.shorten(text, 60, placeholder="...")


def _place(value: Any, location: tuple[str | int, ...]) -> Place:  # noqa: ANN401 - plain data
    """Keep of a pydantic location what is really a key or an index of the data."""
    place: list[str | int] = []
    for index, part in enumerate(location):
        last = index == len(location) - 1
        if isinstance(value, dict) and (part in value or last) and isinstance(part, str):
            place.append(part)
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            place.append(part)
            value = value[part]
    return tuple(place)


def _keys_at(model: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """Give the keys that are allowed at a place."""
    found: Any = model
    for part in location:
        models = _models_in(found)
        fields = {field.alias or name: field.annotation for one in models for name, field in one.model_fields.items()}
        if part in fields:
            found = fields[str(part)]
    return [field.alias or name for one in _models_in(found) for name, field in one.model_fields.items()]


def _models_in(annotation: Any) -> list[type[BaseModel]]:  # noqa: ANN401 - any annotation
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return [annotation] if issubclass(annotation, BaseModel) else []
    return [model for inner in typing.get_args(annotation) for model in _models_in(inner)]
