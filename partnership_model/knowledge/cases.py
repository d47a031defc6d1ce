"""A case: one group's question as a folder with `case.yaml` and `judgements.csv`, read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from partnership_model.errors import Fault, FaultsError, nearest, shown
from partnership_model.knowledge.catalogue import NonNegotiable
from partnership_model.knowledge.files import Document, Row, read_csv, read_yaml
from partnership_model.knowledge.reading import GRADES, gate_faults, outside_anchors, range_of
from partnership_model.knowledge.schema import Day, Flag, Key, Number, Range, Strict, Text, Whole, parse

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.files import Place

JUDGEMENT_COLUMNS = ("option", "criterion", "low", "likely", "high", "evidence", "note")
FIGURES = ("low", "likely", "high")
ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Category = Key


class Said(Strict):
    """Something that is said, and by whom."""

    says: Text
    source: Key | None = None


class School(Strict):
    """A school that has to choose, or one that is invited to join the others."""

    name: ShortText
    category: Category
    phase: Literal["nursery", "primary", "secondary", "all_through", "special", "sixteen_plus"]
    pupils: Whole = Field(ge=1, le=10000)
    budget: Number = Field(gt=0, le=100_000_000)
    role: Literal["member", "invited"] = "member"
    joins_later: Day | None = None


class ChosenOption(Strict):
    """An option of the case, under the name that the group uses."""

    option: Key
    label: ShortText | None = None
    named: ShortText | None = None


class Elicited(Strict):
    """How and when a stakeholder group's weights were taken."""

    on: Day
    how: Text
    people: Whole = Field(ge=1)


class GroupWeights(Strict):
    """What one stakeholder group said matters, before it becomes weights."""

    group: ShortText
    method: Literal["swing", "points", "ranking"]
    values: dict[Key, Number] | tuple[Key | tuple[Key, ...], ...]
    elicited: Elicited

    @model_validator(mode="after")
    def _usable(self) -> GroupWeights:
        if isinstance(self.values, dict):
            if self.method == "ranking":
                message = "a ranking is a list of criteria, the most important first; put those that tie in one inner list"
                raise ValueError(message)
            negative = [name for name, value in self.values.items() if value < 0]
            if negative:
                message = f"a weight cannot be negative; found {', '.join(f'{name}: {self.values[name]:g}' for name in negative)}"
                raise ValueError(message)
            if not any(self.values.values()):
                message = "all weights are zero; give at least one criterion a weight above zero"
                raise ValueError(message)
        elif self.method != "ranking":
            message = f"{self.method} needs a number for each criterion, such as `autonomy: 100`"
            raise ValueError(message)
        return self


class Recommendation(Strict):
    """The group's own words; the workbook never writes one."""

    says: Text
    conditions: tuple[Text, ...] = ()
    dissent: tuple[Text, ...] = ()


class Money(Strict):
    """Assumptions on money."""

    years: Whole | None = Field(default=None, ge=1, le=30)
    cost_in_score: Flag = True


class CaseFile(Strict):
    """What `case.yaml` holds."""

    title: ShortText
    decision: Text
    decides: Text
    status: Literal["exploring", "consulting", "emerging", "decided"]
    as_of: Day | None = None
    illustrative: Flag = False
    illustrative_note: Text | None = None
    why: tuple[Said, ...] = ()
    aims: tuple[Said, ...] = ()
    claims: tuple[Said, ...] = ()
    next_steps: tuple[Said, ...] = ()
    schools: tuple[School, ...] = Field(min_length=1)
    least_full_members: Whole = Field(default=2, ge=1)
    options: tuple[Key | ChosenOption, ...] = Field(min_length=1)
    criteria: tuple[Key, ...] = Field(min_length=1)
    weights: tuple[GroupWeights, ...] = ()
    who_counts: Literal["person", "group"] = "group"
    non_negotiables: tuple[NonNegotiable, ...] = ()
    money: Money = Field(default_factory=Money)
    recommendation: Recommendation | None = None


@dataclass(frozen=True)
class CaseJudgement:
    """One row of `judgements.csv`: the group looked at a cell, and confirmed or changed it.

    Attributes:
        amount: the group's own figures, or None where it confirmed the starting assumption as it stands.
    """

    option: str
    criterion: str
    amount: Range | None
    evidence: str
    note: str


@dataclass(frozen=True)
class Case:
    """A case as it was read, with nothing left unchecked."""

    folder: Path
    name: str
    file: CaseFile
    judgements: tuple[CaseJudgement, ...]

    @property
    def options(self) -> tuple[ChosenOption, ...]:
        """Give the options with the names that the group uses, in the case's order."""
        return tuple(ChosenOption(option=one) if isinstance(one, str) else one for one in self.file.options)

    @property
    def members(self) -> tuple[School, ...]:
        """Give the schools that decide, without those that are only invited."""
        return tuple(school for school in self.file.schools if school.role == "member")

    def as_of(self, today: dt.date) -> dt.date:
        """Give the day whose law and facts count: the case's own, or today."""
        return self.file.as_of or today


def read_case(folder: Path, base: KnowledgeBase) -> Case:
    """Read a case and hold it against the knowledge base.

    Raises:
        FaultsError: everything that is wrong with it, each with file and line.
    """
    if not folder.is_dir():
        says = "there is no such folder" if not folder.exists() else "a case is a folder with case.yaml; this is a file"
        raise FaultsError([Fault(shown(folder), None, "", says)])
    faults: list[Fault] = []
    file: CaseFile | None = None
    try:
        document = read_yaml(folder / "case.yaml", inside=folder)
        file = parse(CaseFile, document)
        faults += _case_faults(document, file, base)
    except FaultsError as error:
        faults += error.faults
    judgements, more = _judgements(folder, base, file)
    faults += more
    if faults or file is None:
        raise FaultsError(faults)
    return Case(folder, folder.resolve().name, file, judgements)


def _case_faults(document: Document, file: CaseFile, base: KnowledgeBase) -> Iterator[Fault]:
    yield from _option_faults(document, file, base)
    for index, name in enumerate(file.criteria):
        if name not in base.criteria:
            yield document.fault(("criteria", index), f'"{name}" is not a criterion. {nearest(name, base.criteria)}')
        if name in file.criteria[:index]:
            yield document.fault(("criteria", index), f'"{name}" is repeated')
    yield from _school_faults(document, file, base)
    for index, group in enumerate(file.weights):
        yield from _weight_faults(document, index, group, file)
    yield from gate_faults(document, file.non_negotiables, base.attributes)
    for key in ("why", "aims", "claims", "next_steps"):
        for index, said in enumerate(getattr(file, key)):
            if said.source and said.source not in base.sources:
                yield document.fault((key, index, "source"), f'"{said.source}" is not a source. {nearest(said.source, base.sources)}')


def _school_faults(document: Document, file: CaseFile, base: KnowledgeBase) -> Iterator[Fault]:
    names: set[str] = set()
    for index, school in enumerate(file.schools):
        place = ("schools", index)
        if school.category not in base.categories:
            says = (
                f'"{school.category}" is not a category of school that the workbook knows yet. {nearest(school.category, base.categories)}'
            )
            yield document.fault((*place, "category"), says)
        if school.name in names:
            yield document.fault((*place, "name"), f'two schools are called "{school.name}"')
        names.add(school.name)
    if not any(school.role == "member" for school in file.schools):
        yield document.fault(("schools",), "at least one school must be a member, not only invited")


def _option_faults(document: Document, file: CaseFile, base: KnowledgeBase) -> Iterator[Fault]:
    names = [one if isinstance(one, str) else one.option for one in file.options]
    for index, name in enumerate(names):
        if name not in base.options:
            yield document.fault(("options", index), f'"{name}" is not an option. {nearest(name, base.options)}')
            continue
        first, last = base.options[name].first_day, base.options[name].last_day
        if file.as_of and (file.as_of < first or (last and file.as_of > last)):
            yield document.fault(("options", index), f'"{name}" did not exist on {file.as_of}; its first day is {first}')
        if name in names[:index]:
            yield document.fault(("options", index), f'"{name}" is repeated')
    if "stay" not in names:
        yield document.fault(("options",), 'add "stay": every option is compared with staying as we are')


def _weight_faults(document: Document, index: int, group: GroupWeights, file: CaseFile) -> Iterator[Fault]:
    place = ("weights", index, "values")
    named: list[tuple[str, Place]]
    if isinstance(group.values, dict):
        named = [(name, (*place, name)) for name in group.values]
    else:
        named = [(name, (*place, step)) for step, tied in enumerate(group.values) for name in ([tied] if isinstance(tied, str) else tied)]
    for name, where in named:
        if name not in file.criteria:
            yield document.fault(where, f'"{name}" is not a criterion of this case. {nearest(name, file.criteria)}')
    chosen = [name for name, _ in named]
    for name in file.criteria:
        if chosen.count(name) == 0:
            yield document.fault(place, f'"{name}" has no weight; write 0 where it does not matter')
        if chosen.count(name) > 1:
            yield document.fault(place, f'"{name}" is ranked twice')
    if group.group in [other.group for other in file.weights[:index]]:
        yield document.fault(("weights", index, "group"), f'the group "{group.group}" stands twice')


def _judgements(folder: Path, base: KnowledgeBase, file: CaseFile | None) -> tuple[tuple[CaseJudgement, ...], list[Fault]]:
    path = folder / "judgements.csv"
    if not path.exists() and not path.is_symlink():
        return (), []
    try:
        name, rows = read_csv(path, JUDGEMENT_COLUMNS, inside=folder)
    except FaultsError as error:
        return (), list(error.faults)
    options = [one if isinstance(one, str) else one.option for one in file.options] if file else list(base.options)
    criteria = list(file.criteria) if file else list(base.criteria)
    found: dict[tuple[str, str], CaseJudgement] = {}
    faults: list[Fault] = []
    for row in rows:
        one, wrong = _judgement(name, row, options, criteria, base)
        faults += wrong
        if one is None:
            continue
        if (one.option, one.criterion) in found:
            faults.append(Fault(name, row.line, "option", f"{one.option} on {one.criterion} stands in two rows; keep one"))
        found[one.option, one.criterion] = one
    return tuple(found.values()), faults


def _judgement(
    name: str, row: Row, options: list[str], criteria: list[str], base: KnowledgeBase
) -> tuple[CaseJudgement | None, list[Fault]]:
    faults = [
        Fault(name, row.line, column, f'"{row.cells[column]}" is not {what} of this case. {nearest(row.cells[column], known)}')
        for column, what, known in (("option", "an option", options), ("criterion", "a criterion", criteria))
        if row.cells[column] not in known
    ]
    if not row.cells["note"]:
        faults.append(Fault(name, row.line, "note", "say why in one sentence: every change and every confirmation has a reason"))
    if row.cells["evidence"] not in GRADES:
        faults.append(
            Fault(name, row.line, "evidence", f'found "{row.cells["evidence"]}"; expected a grade from A (strong) to D (opinion)')
        )
    amount: Range | None = None
    if any(row.cells[column] for column in FIGURES):
        amount, wrong = range_of(name, row)
        faults += wrong
        criterion = base.criteria.get(row.cells["criterion"])
        if amount and criterion:
            faults += outside_anchors(name, row, amount, criterion)
    if faults:
        return None, faults
    return CaseJudgement(row.cells["option"], row.cells["criterion"], amount, row.cells["evidence"], row.cells["note"]), []


__all__ = ["Case", "CaseFile", "CaseJudgement", "GroupWeights", "NonNegotiable", "School", "read_case"]
