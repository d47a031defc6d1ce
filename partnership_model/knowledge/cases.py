"""A case: one group's question as a folder with `case.yaml` and `judgements.csv`, or saved as one file, read strictly."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from partnership_model.errors import Fault, FaultsError, nearest
from partnership_model.knowledge.appraisal_record import AppraisalRecord
from partnership_model.knowledge.assumptions import GRADES
from partnership_model.knowledge.case_archive import CASE, CHANGES, CONSULTATION, JUDGEMENTS
from partnership_model.knowledge.case_files import case_name, digest, read_texts
from partnership_model.knowledge.case_names import MOST_READ, Hints, Names, case_faults
from partnership_model.knowledge.case_workbook import is_case_workbook, read_case_sheets
from partnership_model.knowledge.catalogue import NonNegotiable
from partnership_model.knowledge.consultation.consulted_weights import consulted_faults, with_consulted
from partnership_model.knowledge.consultation.plan import ConsultationPlan, plan_faults
from partnership_model.knowledge.consultation.record_file import read_record
from partnership_model.knowledge.contradictions import contradiction_faults
from partnership_model.knowledge.csv_file import Row, parse_csv
from partnership_model.knowledge.editions import EDITIONS, Edition
from partnership_model.knowledge.facts import Form
from partnership_model.knowledge.record_faults import record_faults
from partnership_model.knowledge.resolutions import Resolution, resolution_faults
from partnership_model.knowledge.saved_changes import SavedChanges, parse_changes
from partnership_model.knowledge.schema import Day, Flag, Number, Range, ShortText, Strict, Text, Whole, parse
from partnership_model.knowledge.spreads import SPREAD, Outcomes, Shape, read_spread
from partnership_model.knowledge.weighings import GroupWeights
from partnership_model.knowledge.weight_sets import WeightSet, name_faults
from partnership_model.knowledge.yaml_file import UnreadableError, parse_yaml

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.consultation.record import ConsultationRecord
    from partnership_model.knowledge.files import Document, Place

JUDGEMENT_COLUMNS = ("option", "criterion", "low", "likely", "high", "evidence", "note")
FOR = "for"  # the key and the column that say for whom an item is
Known = tuple[tuple[str, str, frozenset[str]], ...]
Name = ShortText  # of something that is known elsewhere, where it is looked up with the nearest known name


class Said(Strict):
    """Something that is said, by whom, and for whom (see `knowledge/editions.py`)."""

    says: Text
    source: Name | None = None
    audience: Edition | None = Field(default=None, alias=FOR)


def _shape_of_days(value: object) -> str:
    return "by_option" if isinstance(value, dict) else "day"


LaterDays = Annotated[Annotated[Day | None, Tag("day")] | Annotated[dict[Name, Day], Tag("by_option")], Discriminator(_shape_of_days)]
Articles = Literal["church_majority", "church_minority", "no_church"]
DiocesePolicy = Literal["majority_only", "majority_or_minority", "any"]


class School(Strict):
    """A school that has to choose, or one that is invited to join the others.

    Attributes:
        form: how it stands today: alone, in a federation, with a foundation trust, or in a multi-academy trust.
        joins_later: the day from which it can be a member: one day for every option that has no place for it today,
            or a day for each of the options named.
        diocese_policy: which academy trusts the school's diocese agrees to, where it has one and somebody asked it;
            policies differ.
        balance: what is in hand at the end of the year, in pounds; below zero is a deficit.
        balance_audience: for whom the balance is; for governors only where nothing is said.
    """

    name: ShortText
    category: Name
    form: Form = "alone"
    phase: Literal["nursery", "primary", "secondary", "all_through", "special", "sixteen_plus"]
    pupils: Whole = Field(ge=1, le=10000)
    budget: Number = Field(gt=0, le=100_000_000)
    role: Literal["member", "invited"] = "member"
    joins_later: LaterDays = None
    diocese_policy: DiocesePolicy | None = None
    balance: Number | None = Field(default=None, ge=-100_000_000, le=100_000_000)
    balance_audience: Edition | None = Field(default=None, alias="balance_for")


class ChosenOption(Strict):
    """An option of the case, under the name that the group uses.

    Attributes:
        named: the lead school or the trust that is meant.
        articles: how much of an academy trust the church appoints, where the trust is known.
        members_today: the schools that are full members of this very one already.
        ranked: whether it is ranked; the knowledge base's own rule where nothing is said.
    """

    option: Name
    label: ShortText | None = None
    in_a_sentence: ShortText | None = None
    named: ShortText | None = None
    articles: Articles | None = None
    members_today: tuple[ShortText, ...] = Field(default=(), max_length=MOST_READ)
    ranked: Flag | None = None


def _shape_of_use(value: object) -> str:
    return "word" if isinstance(value, str) else "entry"


# Whose weights the ranking uses, in place of what the groups said together.
InUse = Annotated[Annotated[Literal["nobody"], Tag("word")] | Annotated[GroupWeights, Tag("entry")], Discriminator(_shape_of_use)]


def _chosen(value: object) -> object:
    return {"option": value} if isinstance(value, str) else value


class Recommendation(Strict):
    """The group's own words; the workbook never writes one. It is public as a whole or not at all.

    Attributes:
        conditions, dissent: an empty list says that there are none; None says nothing.
    """

    says: Text
    conditions: tuple[Text, ...] | None = None
    dissent: tuple[Text, ...] | None = None
    audience: Edition | None = Field(default=None, alias=FOR)


class Money(Strict):
    """Assumptions on money.

    Attributes:
        optimism_bias: by how many in a hundred the group raises costs that are estimated, since estimates are hopeful.
    """

    years: Whole | None = Field(default=None, ge=1, le=30)
    cost_in_score: Flag = True
    optimism_bias: Number | None = Field(default=None, ge=0, le=300)


class CaseFile(Strict):
    """What `case.yaml` holds."""

    title: ShortText
    decision: Text
    decides: Text
    status: Literal["exploring", "consulting", "emerging", "decided"]
    as_of: Day | None = None
    illustrative: Flag = False
    illustrative_note: Text | None = None
    why: tuple[Said, ...] = Field(default=(), max_length=100)
    aims: tuple[Said, ...] = Field(default=(), max_length=100)
    claims: tuple[Said, ...] = Field(default=(), max_length=100)
    next_steps: tuple[Said, ...] = Field(default=(), max_length=100)
    schools: tuple[School, ...] = Field(min_length=1, max_length=MOST_READ)
    least_full_members: Whole = Field(default=2, ge=1)
    options: tuple[Annotated[ChosenOption, BeforeValidator(_chosen)], ...] = Field(min_length=1, max_length=50)
    criteria: tuple[Name, ...] = Field(min_length=1, max_length=100)
    weights: tuple[GroupWeights, ...] = Field(default=(), max_length=50)
    who_counts: Literal["person", "group", "school"] = "group"
    weights_in_use: InUse | None = None
    plausible_weights: WeightSet = Field(default_factory=WeightSet)
    non_negotiables: tuple[NonNegotiable, ...] = Field(default=(), max_length=50)
    money: Money = Field(default_factory=Money)
    recommendation: Recommendation | None = None
    resolutions: tuple[Resolution, ...] = Field(default=(), max_length=100)
    appraisal: AppraisalRecord = Field(default_factory=AppraisalRecord)
    consultation: ConsultationPlan | None = None

    @property
    def weighings(self) -> tuple[GroupWeights, ...]:
        """Give what everybody said who weighed: the stakeholder groups, and those whose weights are used instead."""
        return (*self.weights, self.weights_in_use) if isinstance(self.weights_in_use, GroupWeights) else self.weights

    @property
    def used(self) -> tuple[GroupWeights, ...]:
        """Give those whose weights the ranking uses."""
        if self.weights_in_use is None:
            return self.weights
        return (self.weights_in_use,) if isinstance(self.weights_in_use, GroupWeights) else ()


@dataclass(frozen=True)
class CaseJudgement:
    """One row of `judgements.csv`: the group looked at a cell, and confirmed or changed it.

    Attributes:
        amount: the group's own figures, or None where it confirmed the starting assumption as it stands.
        shape, outcomes: how the figures spread (see `knowledge/spreads.py`).
        audience: for whom the reason is; for governors only where nothing is said.
    """

    option: str
    criterion: str
    amount: Range | None
    evidence: str
    note: str
    shape: Shape = "triangle"
    outcomes: Outcomes = ()
    audience: Edition | None = None


@dataclass(frozen=True)
class Case:
    """A case as it was read, with nothing left unchecked.

    Attributes:
        edition: `governors` as it was read, with everything; `public` where it holds only public items.
        texts: its files as they were read; none in a public edition.
        changes: what the dashboard wrote beside it, where it was saved there; nothing in a public edition.
        consulted: what a closed consultation left; its groups' weights stand in `file.weights` too.
    """

    folder: Path
    name: str
    file: CaseFile
    judgements: tuple[CaseJudgement, ...]
    edition: Edition = "governors"
    texts: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    changes: SavedChanges | None = field(default=None, repr=False, compare=False)
    consulted: ConsultationRecord | None = field(default=None, repr=False)

    @property
    def digest(self) -> str:
        """Give the hash of what its files say."""
        return digest(self.texts)

    @property
    def options(self) -> tuple[ChosenOption, ...]:
        """Give the options with the names that the group uses, in the case's order."""
        return self.file.options

    @property
    def members(self) -> tuple[School, ...]:
        """Give the schools that decide, without those that are only invited."""
        return tuple(school for school in self.file.schools if school.role == "member")

    def as_of(self, today: dt.date) -> dt.date:
        """Give the day whose law and facts count: the case's own, or today."""
        return self.file.as_of or today


def read_case(path: Path, base: KnowledgeBase) -> Case:
    """Read a case, a folder, a workbook or a file that the dashboard saved, and hold it against the knowledge base.

    Raises:
        FaultsError: everything that is wrong with it, each with file and line, or with sheet and cell.
    """
    if is_case_workbook(path):
        return _read_workbook(path, base)
    texts, faults = read_texts(path)
    return _checked(texts, faults, path, case_name(path), base)


def _read_workbook(path: Path, base: KnowledgeBase) -> Case:
    sheets = read_case_sheets(path)
    try:
        case = _checked(sheets.texts, [], path, case_name(path), base)
    except FaultsError as error:
        raise FaultsError([*sheets.faults, *sheets.located(error.faults)]) from None
    if sheets.faults:
        raise FaultsError(sheets.faults)
    return case


def case_of(texts: Mapping[str, str], name: str, base: KnowledgeBase) -> Case:
    """Make a case of its files' texts, as `read_case` does.

    Raises:
        FaultsError: everything that is wrong with it, each with file and line.
    """
    return _checked(texts, [], Path(name), name, base)


def _checked(texts: Mapping[str, str], faults: list[Fault], path: Path, name: str, base: KnowledgeBase) -> Case:
    file: CaseFile | None = None
    document: Document | None = None
    if CASE in texts:
        try:
            document = parse_yaml(texts[CASE], CASE)
        except UnreadableError as error:
            faults += error.faults
            document = error.document
    names = Names.of(document, base) if document else Names([], [], list(base.options), list(base.criteria))
    consulted, unread = _consulted(texts, names.criteria)
    faults += unread
    if document:
        faults += case_faults(document, names, base)
        faults += name_faults(document, frozenset(names.criteria), Hints())
        faults += record_faults(document, names, base, Hints())
        faults += resolution_faults(document, names, Hints())
        faults += plan_faults(document, names, Hints())
        try:
            file = parse(CaseFile, document)
            faults += consulted_faults(document, file, consulted) if not unread else ()
            file = with_consulted(file, consulted)
            faults += weight_set_faults(document, file)
        except FaultsError as error:
            faults += error.faults
    judgements, more = _judgements(texts, base, names.options, names.criteria)
    changes, wrong = _changes(texts)
    faults += [*more, *wrong]
    if faults or file is None:
        raise FaultsError(faults)
    return Case(path, name, file, judgements, texts=dict(texts), changes=changes, consulted=consulted)


def _changes(texts: Mapping[str, str]) -> tuple[SavedChanges | None, list[Fault]]:
    try:
        return (parse_changes(texts[CHANGES]) if CHANGES in texts else None), []
    except FaultsError as error:
        return None, list(error.faults)


def _consulted(texts: Mapping[str, str], criteria: list[str]) -> tuple[ConsultationRecord | None, list[Fault]]:
    """Read what a closed consultation left, and hold what it asked about against the case's criteria."""
    if CONSULTATION not in texts:
        return None, []
    try:
        record = read_record(texts[CONSULTATION])
    except FaultsError as error:
        return None, list(error.faults)
    says = 'people were asked about "{}", which is not a criterion of this case; add it to `criteria`, or take this file out'
    gone = [one.key for one in record.questions.criteria if one.key not in criteria]
    return (None if gone else record), [Fault(CONSULTATION, None, "questions.criteria", says.format(name)) for name in gone]


def weight_set_faults(document: Document, file: CaseFile) -> Iterator[Fault]:
    """Find what is wrong with the plausible weights of a case whose shape is right."""
    asked = file.plausible_weights
    place: Place = ("plausible_weights",)
    if asked.named == "groups" and len(file.weights) < 2:  # noqa: PLR2004 - one group alone is no mixture
        yield document.fault((*place, "set"), f"`groups` needs at least two groups under `weights`, found {len(file.weights)}")
    for one in asked.limits:
        if not file.money.cost_in_score and any(name == "cost" for name, _ in one.factors):
            yield document.fault((*place, *one.place), '"cost" stands outside the score (`money`), so it has no weight; leave it out')
    scored = [name for name in file.criteria if file.money.cost_in_score or name != "cost"]
    yield from contradiction_faults(document, asked, scored)


def _judgements(
    texts: Mapping[str, str], base: KnowledgeBase, options: list[str], criteria: list[str]
) -> tuple[tuple[CaseJudgement, ...], list[Fault]]:
    name = JUDGEMENTS
    try:
        rows = parse_csv(texts[name], name, JUDGEMENT_COLUMNS, (SPREAD, FOR)) if name in texts else []
    except FaultsError as error:
        return (), list(error.faults)
    found: dict[tuple[str, str], CaseJudgement] = {}
    faults: list[Fault] = []
    known: Known = (("option", "an option", frozenset(options)), ("criterion", "a criterion", frozenset(criteria)))
    hints = Hints()
    for row in rows:
        one, wrong = _judgement(name, row, known, hints, base)
        faults += wrong
        if one is None:
            continue
        if (one.option, one.criterion) in found:
            faults.append(Fault(name, row.line, "option", f"{one.option} on {one.criterion} stands in two rows; keep one"))
        found[one.option, one.criterion] = one
    return tuple(found.values()), faults


def _judgement(name: str, row: Row, known: Known, hints: Hints, base: KnowledgeBase) -> tuple[CaseJudgement | None, list[Fault]]:
    faults = [
        Fault(name, row.line, column, f'"{row.cells[column]}" is not {what} of this case. {hints.near(row.cells[column], names)}')
        for column, what, names in known
        if row.cells[column] not in names
    ]
    if not row.cells["note"]:
        faults.append(Fault(name, row.line, "note", "say why in one sentence: every change and every confirmation has a reason"))
    if row.cells["evidence"] not in GRADES:
        faults.append(
            Fault(name, row.line, "evidence", f'found "{row.cells["evidence"]}"; expected a grade from A (strong) to D (opinion)')
        )
    said = row.cells.get(FOR, "")
    audience = next((one for one in EDITIONS if one == said), None)
    if said and audience is None:
        expected = f'found "{said}"; expected public or governors, or nothing. {nearest(said, EDITIONS)}'
        faults.append(Fault(name, row.line, FOR, expected))
    spread, wrong = read_spread(name, row, base.criteria.get(row.cells["criterion"]))
    if faults or wrong:
        return None, faults + wrong
    option, criterion, evidence, note = (row.cells[column] for column in ("option", "criterion", "evidence", "note"))
    if spread is None:
        return CaseJudgement(option, criterion, None, evidence, note, audience=audience), []
    return CaseJudgement(option, criterion, spread.amount, evidence, note, spread.shape, spread.outcomes, audience), []


__all__ = ["Case", "CaseFile", "CaseJudgement", "GroupWeights", "NonNegotiable", "School", "case_of", "read_case"]
