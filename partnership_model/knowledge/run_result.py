"""The result of a run as it is read back from `result.json`: what two runs are compared by, checked, and nothing else."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from partnership_model.errors import Fault, FaultsError
from partnership_model.knowledge.editions import Edition  # noqa: TC001 - pydantic reads it
from partnership_model.knowledge.spreads import Shape  # noqa: TC001 - pydantic reads it

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.knowledge.facts import Form

SCHEMA_VERSION = 1
MEND = "Give a result.json that `partnership appraise` wrote, or make it anew with `--to json`."
Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[float, Field(ge=0, le=100)]
Place = tuple[str, ...]


class Read(BaseModel):
    """A part of a result; other versions of the workbook may write more than this."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, allow_inf_nan=False)


class Overall(Read):
    """An overall value."""

    low: Points
    likely: Points
    high: Points


class RunOption(Read):
    """One option of a result."""

    key: str = Field(alias="id")
    label: str
    status: str
    because: str
    membership: dict[str, str]
    overall: Overall | None
    rank: int | None
    rank_acceptability: tuple[Share, ...] | None
    rank_acceptability_error: tuple[Share, ...] | None

    @property
    def first_place(self) -> tuple[float, float] | None:
        """Give the share of first places and its standard error, where anything was drawn."""
        if not self.rank_acceptability or not self.rank_acceptability_error:
            return None
        return self.rank_acceptability[0], self.rank_acceptability_error[0]


class RunJudgement(Read):
    """One judgement in use."""

    option: str
    criterion: str
    low: float
    likely: float
    high: float
    shape: Shape
    outcomes: tuple[tuple[float, float], ...]
    grade: Literal["A", "B", "C", "D", ""]
    origin: Literal["group", "starting", "computed", "missing"]
    confirmed: bool
    why: str

    @model_validator(mode="after")
    def _in_order(self) -> RunJudgement:
        if not self.low <= self.likely <= self.high:
            message = "expected low <= likely <= high"
            raise ValueError(message)
        return self


class GivenValue(Read):
    """One value of the case and its place in it."""

    place: Annotated[Place, Field(min_length=1)]
    value: str | int | float | bool | tuple[str, ...]


class RunInputs(Read):
    """What a run was made from."""

    knowledge: str
    given: tuple[GivenValue, ...]
    judgements: tuple[RunJudgement, ...]


class RunMistake(Read):
    """One mistake that was found, or what looks like one."""

    kind: str
    where: Place
    says: str


class RunMistakes(Read):
    """What was found of the mistakes that appraisals are known for."""

    found: tuple[RunMistake, ...]


class CheckedPart(Read):
    """One part of the checklist."""

    item: int
    part: str
    title: str
    says: str
    state: str


class RunResult(Read):
    """One run. What older versions did not write is None."""

    schema_version: Literal[1]
    case: str
    as_of: dt.date
    version: str
    seed: int
    samples: int
    edition: Edition
    input_hash: str
    warnings: tuple[str, ...]
    options: Annotated[tuple[RunOption, ...], Field(min_length=1)]
    weights: dict[str, Share] | None
    ranking: tuple[Annotated[Place, Field(min_length=1)], ...] | None
    withheld: str | None
    cannot_separate: tuple[tuple[str, str], ...]
    inputs: RunInputs | None = None
    mistakes: RunMistakes | None = None
    checklist: tuple[CheckedPart, ...] | None = None

    @property
    def leaders(self) -> Place:
        """Give the options that come first, ties together; none where nothing is put in order."""
        return self.ranking[0] if self.ranking else ()

    @property
    def labels(self) -> Mapping[str, str]:
        """Give the name of each option."""
        return {one.key: one.label for one in self.options}

    @property
    def kinds(self) -> frozenset[tuple[str, Form]]:
        """Give the kinds of school that decide, with their present forms; none where the run does not say."""
        found: dict[str, dict[str, Any]] = {}
        for one in self.inputs.given if self.inputs else ():
            if one.place[0] == "schools" and len(one.place) == 3:  # noqa: PLR2004 - schools, a name, a key
                found.setdefault(one.place[1], {})[one.place[2]] = one.value
        return frozenset(
            (str(about.get("category")), about.get("form", "alone")) for about in found.values() if about.get("role") != "invited"
        )


def run_result(text: str, where: str) -> RunResult:
    """Check the text of a `result.json`.

    Raises:
        FaultsError: it is no result, or one of a format that is not known here; every fault with its place.
    """
    try:
        return RunResult.model_validate_json(text)
    except ValidationError as error:
        raise FaultsError(_fault(where, dict(one)) for one in error.errors(include_url=False)) from None


def _fault(where: str, detail: Mapping[str, Any]) -> Fault:
    place = ".".join(map(str, detail["loc"]))
    if detail["type"] == "json_invalid":
        return Fault(where, None, "", f"this is not JSON ({detail['ctx']['error']}). {MEND}")
    if place == "schema_version" and detail["type"] == "literal_error":
        found = detail["input"]
        return Fault(
            where, None, place, f"found {found!r}; this workbook reads format {SCHEMA_VERSION}. Install the version that wrote the file."
        )
    found = "" if detail["type"] == "missing" else f" (found {str(detail['input'])[:60]!r})"
    return Fault(where, None, place, f"{str(detail['msg'])[:1].lower()}{str(detail['msg'])[1:]}{found}. {MEND}")
