"""Checks plain data against a pydantic model and turns every complaint into a fault with its line."""

from __future__ import annotations

import datetime as dt
import re
import types
import typing
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError, model_validator
from pydantic import Strict as OnlyThis

from partnership_model.errors import Fault, FaultsError, PartnershipError, nearest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from partnership_model.knowledge.files import Document, Place


class Strict(BaseModel):
    """A frozen model that refuses keys it does not know and never turns one kind of value into another."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, validate_by_name=True, validate_by_alias=True)


def _day(value: object) -> object:
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        message = "expected a whole date such as 2016-04-15"
        raise ValueError(message)  # noqa: TRY004 - pydantic collects ValueError
    try:
        return _whole_date(value)
    except ValueError:
        message = "expected a date that exists, such as 2016-04-15"
        raise ValueError(message) from None


def _whole_date(text: str) -> dt.date:
    """Read a date as YYYY-MM-DD and in no other of the shapes that the standard allows."""
    if not _DATE.fullmatch(text):
        raise ValueError
    return dt.date.fromisoformat(text)


def as_number(value: object) -> object:
    """Take a whole or decimal number, and nothing that only looks like one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = "expected a number"
        raise ValueError(message)  # noqa: TRY004 - pydantic collects ValueError
    return float(value)


def levels(value: object) -> object:
    """Take an order in which a name stands alone and those that are level stand in an inner list.

    >>> levels(["a", ["b", "c"]])
    [['a'], ['b', 'c']]
    """
    return [[step] if isinstance(step, str) else step for step in value] if isinstance(value, list | tuple) else value


def parse_day(text: str, name: str) -> dt.date:
    """Read a day that somebody typed.

    Raises:
        PartnershipError: it is not a whole date that exists.
    """
    try:
        return _whole_date(text)
    except ValueError:
        message = f'{name}: found "{text}"; expected a date that exists, such as 2016-04-15.'
        raise PartnershipError(message) from None


def plain_day(day: dt.date) -> str:
    """Write a day as people say it.

    >>> plain_day(dt.date(2016, 4, 5))
    '5 April 2016'
    """
    return f"{day.day} {day:%B %Y}"


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    stray = [letter for letter in text if unicodedata.category(letter) == "Cc" and letter not in "\t\r\n"]
    if stray:
        message = f"the control character {stray[0]!r} is not text"
        raise ValueError(message)
    return text


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_SHOWN = 60
_PLAIN_WORDS = {
    "string_type": "expected text",
    "string_too_short": "expected text",
    "int_type": "expected a whole number",
    "bool_type": "expected true or false",
    "dict_type": "expected keys with values",
    "model_type": "expected keys with values",
    "model_attributes_type": "expected keys with values",
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "none_required": "expected nothing",
    "finite_number": "expected a finite number",
    "too_short": "expected at least 1 entry",
}
Day = Annotated[dt.date, BeforeValidator(_day)]
Number = Annotated[float, BeforeValidator(as_number)]
Whole = Annotated[int, OnlyThis()]
Flag = Annotated[bool, OnlyThis()]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), AfterValidator(_printable)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Href = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"']+$", max_length=500)]


ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), AfterValidator(_printable)]


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
        return model.model_validate(document.value, by_alias=True, by_name=False)
    except ValidationError as error:
        complaints = _one_shape([_located(document.value, detail) for detail in error.errors() if not _only_seems_short(detail)])
        raise FaultsError(_fault(model, document, one.place, one.detail) for one in complaints) from None


@dataclass(frozen=True)
class _Complaint:
    """What pydantic says, and where in the data it says it.

    Attributes:
        owner: the place of a value that may have one of several shapes, if the complaint is about one of them.
        shape: which of the shapes.
    """

    place: Place
    detail: ErrorDetails
    owner: Place | None = None
    shape: str | int = ""


def _located(value: Any, detail: ErrorDetails) -> _Complaint:  # noqa: ANN401 - plain data
    """Keep of a pydantic location what is a key or an index of the data; what is neither names a shape."""
    place: Place = ()
    owner: Place | None = None
    shape: str | int = ""
    location = detail["loc"]
    for index, part in enumerate(location):
        absent = index == len(location) - 1 and detail["type"] in ("missing", "extra_forbidden")
        if isinstance(value, dict) and isinstance(part, str) and (part in value or absent):
            place, value = (*place, part), value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            place, value = (*place, part), value[part]
        elif owner is None:
            owner, shape = place, part
    return _Complaint(place, detail, owner, shape)


def _only_seems_short(detail: ErrorDetails) -> bool:
    """Whether a list is called too short only because pydantic does not count its wrong entries, which it names as well."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail.get("ctx", {}).get("min_length", 0)


def _one_shape(complaints: list[_Complaint]) -> list[_Complaint]:
    """Where a value may have one of several shapes, keep the complaints about the shape that it is nearest to."""
    kept = [one for one in complaints if one.owner is None]
    groups: dict[Place, list[_Complaint]] = {}
    for one in complaints:
        if one.owner is not None:
            groups.setdefault(one.owner, []).append(one)
    for owner, about in groups.items():
        deepest = max(about, key=lambda one: len(one.place))
        if len(deepest.place) > len(owner):
            kept += [one for one in about if one.shape == deepest.shape]
        else:
            kept.append(about[-1] if isinstance(about[-1].detail["input"], dict) else about[0])
    return kept


def _fault(model: type[BaseModel], document: Document, place: Place, detail: ErrorDetails) -> Fault:
    if detail["type"] == "extra_forbidden":
        known = _keys_at(model, detail["loc"][:-1])
        return document.fault(place, f"unknown key. {nearest(str(place[-1]), known)}")
    if detail["type"] == "missing":
        return document.fault(place, "this key is missing")
    expected = _expected(detail)
    found = detail["input"]
    if isinstance(found, dict | list):
        return document.fault(place, expected)
    return document.fault(place, f"found {_short(found)}; {expected}")


def _expected(detail: ErrorDetails) -> str:
    """Say in plain words what was expected."""
    context = detail.get("ctx", {})
    if detail["type"] == "literal_error":
        known = re.findall("'([^']+)'", str(context["expected"]))
        return f"expected {context['expected']}. {nearest(str(detail['input']), known)}"
    if detail["type"] == "string_pattern_mismatch":
        return (
            "expected a web address that begins with https://"
            if "http" in str(context["pattern"])
            else "expected a name in small letters, such as new_mat"
        )
    if detail["type"] == "too_long":
        return f"expected at most {context['max_length']} entries"
    if detail["type"] == "too_short" and context["min_length"] > 1:
        return f"expected at least {context['min_length']} entries"
    if detail["type"] == "string_too_long":
        return f"expected at most {context['max_length']} letters"
    said = _PLAIN_WORDS.get(detail["type"])
    message = detail["msg"].removeprefix("Value error, ").replace("Input should be", "expected")
    return said or message[0].lower() + message[1:]


def _short(value: object) -> str:
    text = "nothing" if value is None else repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


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
