"""What a governor has chosen so far in the dashboard, and how each move changes it; a wrong move keeps the last good state."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import ValidationError

from partnership_model.display.moves import (
    MOVES,
    Ask,
    ChooseRole,
    ChooseSchool,
    ChooseSweep,
    ChooseWays,
    Compare,
    Gate,
    Go,
    Judge,
    Look,
    Move,
    OpenJudgement,
    Present,
    Replay,
    Show,
    Stand,
    Step,
    Swing,
    UseWeights,
    Width,
)
from partnership_model.display.typed import figure as _figure
from partnership_model.display.typed import known as _known
from partnership_model.display.weighing import Weighing, as_swings
from partnership_model.display.weighing_moves import Pair, Points
from partnership_model.display.weighing_steps import rest_gets_nothing, weigh
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.days import days_known
from partnership_model.knowledge.schema import Range, parse_day, plain_day
from partnership_model.knowledge.weighings import GroupWeights
from partnership_model.model.problem import COST, DecisionProblem, Judgement, build_problem
from partnership_model.model.weights import from_points

if TYPE_CHECKING:
    import datetime as dt

    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case
    from partnership_model.knowledge.catalogue import NonNegotiable
    from partnership_model.knowledge.facts import Role
    from partnership_model.knowledge.weight_sets import SetName

MOST_COMPARED = 3
WITH_JUDGEMENTS = ("what_follows", "how_sure")  # the steps on which every judgement stands


@dataclass(frozen=True)
class Exploration:
    """Everything chosen so far.

    Attributes:
        swings: what each lift is worth, 0 to 100; empty while nobody has weighed.
        judgements: what the group said about single cells, over the case's own.
        problems: what was wrong with the last move, by field; shown beside the field.
        asked: the question that was typed last.
        role: for whom the changes are shown.
        standing: the option from which the map of doors is drawn; empty while nobody has chosen.
        presenting: the slide that is shown; None while the pages are.
        ways: which set of weights counts as plausible; the case's own while nobody has chosen.
        sweep: the criteria whose weights move in the pictures, by place; what nobody has chosen is left out.
        weighing: what was said by other ways of weighing than lifts, and a first weighing that was put aside.
        opened: the option and criterion of the judgement that is looked at, with what stands behind it.
        own_day: the day whose law and facts count for the case; `knowledge` is that of another one in a replay.
    """

    case: Case
    knowledge: KnowledgeOfDay
    school: str
    step: Step = "why"
    visited: frozenset[str] = frozenset({"why"})
    compared: tuple[str, ...] = ()
    show_same: bool = False
    show_all: bool = False
    gates: tuple[str, ...] = ()
    swings: dict[str, float] = field(default_factory=dict)
    judgements: dict[tuple[str, str], Judgement] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    narrow: bool = False
    asked: str = ""
    role: Role = "governor"
    standing: str = ""
    presenting: int | None = None
    ways: SetName | None = None
    sweep: dict[str, str] = field(default_factory=dict)
    weighing: Weighing = field(default_factory=Weighing)
    opened: tuple[str, str] | None = None
    own_day: dt.date | None = None

    @property
    def replayed(self) -> bool:
        """Whether the law and facts of another day are shown than the case's own."""
        return self.own_day is not None and self.knowledge.day != self.own_day

    @property
    def offered_gates(self) -> tuple[NonNegotiable, ...]:
        """Give the case's own must-haves and the ones that groups often name."""
        own = self.case.file.non_negotiables
        return (*own, *(gate for gate in self.knowledge.base.non_negotiables if gate.id not in {one.id for one in own}))

    @property
    def problem(self) -> DecisionProblem:
        """Build the decision problem of this moment."""
        chosen = tuple(gate.id for gate in self.offered_gates if gate.id in self.gates)
        problem = _built(ThisCase(self.case), self.knowledge, chosen, self.replayed)
        for judgement in self.judgements.values():
            problem = problem.with_judgement(_of_this_day(judgement, problem))
        problem = problem.with_weight_set(self.ways) if self.ways else problem
        weighed = {name: self.swings.get(name, 0.0) for name in problem.criteria}
        ready = not self.unweighed and any(weighed.values())
        return problem.with_weights(from_points(weighed, "what was said here") if ready else None)

    @property
    def unweighed(self) -> tuple[str, ...]:
        """Give the criteria that nobody has given a weight yet, not even nought: silence is no zero."""
        scored = (
            self.case.file.criteria if self.case.file.money.cost_in_score else [name for name in self.case.file.criteria if name != COST]
        )
        return tuple(name for name in scored if name not in self.swings)


class ThisCase:
    """A case as a key: the same only as itself, however alike another one is."""

    def __init__(self, case: Case) -> None:
        """Keep the case."""
        self.case = case

    def __hash__(self) -> int:
        """Give a number that only this very case has."""
        return id(self.case)

    def __eq__(self, other: object) -> bool:
        """Say whether it is this very case."""
        return isinstance(other, ThisCase) and self.case is other.case


def _of_this_day(said: Judgement, problem: DecisionProblem) -> Judgement:
    """Give what the group said of a judgement; who looked at a figure has not looked at the one of another day."""
    now = problem.judgements[said.option, said.criterion]
    return said if said.origin == "group" or said.amount == now.amount else now


@lru_cache(maxsize=4)
def _built(this: ThisCase, knowledge: KnowledgeOfDay, gates: tuple[str, ...], replayed: bool) -> DecisionProblem:  # noqa: FBT001
    """Build the problem that most moves leave as it is: they change weights, judgements or what is looked at."""
    offered = Exploration(this.case, knowledge, "").offered_gates
    chosen = tuple(gate for gate in offered if gate.id in gates)
    case = replace(this.case, file=this.case.file.model_copy(update={"non_negotiables": chosen}))
    return build_problem(case, knowledge, replayed=replayed)


def begin(case: Case, knowledge: KnowledgeOfDay) -> Exploration:
    """Begin with the case as it is, before anybody in the room has weighed; one that was saved here goes on with its weights."""
    compared = [one.option for one in case.options if one.option != "stay"]
    ready = [name for name in ("co_operative_trust", "established_mat") if name in compared] or compared[:2]
    gates = tuple(gate.id for gate in case.file.non_negotiables)
    weights = build_problem(case, knowledge).weights if isinstance(case.file.weights_in_use, GroupWeights) else None
    swings = as_swings(weights.shares) if weights else {}
    return Exploration(case, knowledge, case.members[0].name, compared=tuple(ready), gates=gates, swings=swings, own_day=knowledge.day)


def after(state: Exploration, message: object) -> Exploration:
    """Make one move; whatever is wrong with it leaves everything as it was and says so beside the field.

    Args:
        message: what the page sent; it may come from anybody and hold anything.
    """
    try:
        move = MOVES.validate_python(message)
    except ValidationError:
        return replace(state, problems={"page": "That did not work. Nothing was changed."})
    state = replace(state, problems={})
    try:
        return _move(state, move)
    except PartnershipError as error:
        return replace(state, problems={_field(move): str(error)})


def _field(move: Move) -> str:
    if isinstance(move, Swing):
        return f"swing-{move.criterion}"
    if isinstance(move, Points):
        return f"points-{move.criterion}"
    if isinstance(move, Pair):
        return f"pair-{move.one}-{move.other}"
    if isinstance(move, Judge | Look):
        return f"judge-{move.option}-{move.criterion}"
    return move.do


def _move(state: Exploration, move: Move) -> Exploration:  # noqa: C901, PLR0911, PLR0912 - one line a kind of move
    match move:
        case Go():
            return replace(state, step=move.step, visited=state.visited | {move.step}, presenting=None, opened=None)
        case ChooseSchool():
            return _choose_school(state, move)
        case Compare():
            return _compare(state, move)
        case Show():
            return replace(state, show_same=move.on) if move.what == "same" else replace(state, show_all=move.on)
        case Stand():
            _known(move.option, [one.option for one in state.case.options])
            return replace(state, standing=move.option)
        case Present():
            return replace(state, presenting=move.slide)
        case Width():
            return replace(state, narrow=move.narrow)
        case Ask():
            return replace(state, asked=move.text.strip())
        case ChooseRole():
            return replace(state, role=move.value)
        case ChooseWays():
            _known(move.value, state.problem.weight_sets)
            return replace(state, ways=move.value)
        case Gate():
            return _gate(state, move)
        case Swing():
            return _swing(state, move)
        case ChooseSweep():
            return _sweep(state, move)
        case UseWeights():
            return _use_weights(state, move)
        case Look() | Judge():
            return _judge(state, move)
        case OpenJudgement():
            return _open(state, move)
        case Replay():
            return replace(state, knowledge=state.knowledge.base.on(_day(state, move.day.strip())))
    return weigh(state, move)


def _choose_school(state: Exploration, move: ChooseSchool) -> Exploration:
    _known(move.value, [school.name for school in state.case.file.schools])
    return replace(state, school=move.value)


def _compare(state: Exploration, move: Compare) -> Exploration:
    _known(move.option, [one.option for one in state.case.options if one.option != "stay"])
    kept = [name for name in state.compared if name != move.option]
    if move.on and len(kept) >= MOST_COMPARED:
        message = f"{MOST_COMPARED} options at a time can stand beside staying. Take one away first."
        raise PartnershipError(message)
    order = [one.option for one in state.case.options]
    return replace(state, compared=tuple(sorted([*kept, move.option] if move.on else kept, key=order.index)))


def _gate(state: Exploration, move: Gate) -> Exploration:
    _known(move.gate, [gate.id for gate in state.offered_gates])
    kept = tuple(name for name in state.gates if name != move.gate)
    return replace(state, gates=(*kept, move.gate) if move.on else kept)


def _swing(state: Exploration, move: Swing) -> Exploration:
    _known(move.criterion, state.problem.criteria)
    return replace(state, swings={**state.swings, move.criterion: _figure(move.value, 0, 100)})


def _sweep(state: Exploration, move: ChooseSweep) -> Exploration:
    _known(move.criterion, state.problem.criteria)
    sweep = {**state.sweep, move.what: move.criterion}
    if sweep.get("across", "") == sweep.get("up"):
        message = "Choose two different criteria."
        raise PartnershipError(message)
    return replace(state, sweep=sweep)


def _use_weights(state: Exploration, move: UseWeights) -> Exploration:
    if move.of == "nobody":
        return replace(state, swings={}, weighing=state.weighing.cleared())
    if move.of == "rest" and state.weighing.way == "points":
        return rest_gets_nothing(state)
    if move.of == "rest":
        return replace(state, swings={**dict.fromkeys(state.unweighed, 0.0), **state.swings})
    if not state.case.file.used:
        message = "The case holds no weights."
        raise PartnershipError(message)
    weights = build_problem(state.case, state.knowledge, replayed=state.replayed).weights
    return replace(state, swings=as_swings(weights.shares if weights else {}), weighing=replace(state.weighing, way="swing"))


def _open(state: Exploration, move: OpenJudgement) -> Exploration:
    """Open a judgement in the table of all of them, which stands on two steps."""
    _known(move.option, [option.key for option in state.problem.ranked_options])
    _known(move.criterion, state.problem.criteria)
    step: Step = state.step if state.step in WITH_JUDGEMENTS else "what_follows"
    return replace(state, opened=(move.option, move.criterion) if move.on else None, step=step, visited=state.visited | {step})


def _day(state: Exploration, text: str) -> dt.date:
    """Read a day to be replayed: the case's own, or one that the knowledge base knows."""
    day = parse_day(text, "The day")
    first, last = days_known(state.knowledge.base)
    if day != state.own_day and not first <= day <= last:
        message = f"{plain_day(day)} is not known here. Choose a day from {plain_day(first)} to {plain_day(last)}."
        raise PartnershipError(message)
    return day


def _judge(state: Exploration, move: Look | Judge) -> Exploration:
    problem = state.problem
    cell = (move.option, move.criterion)
    if cell not in problem.judgements:
        message = "There is no such judgement."
        raise PartnershipError(message)
    before = problem.judgements[cell]
    if isinstance(move, Look):
        now = replace(before, confirmed=True)
    else:
        scale = problem.criteria[move.criterion].scale
        least, most = sorted((scale.worst, scale.best))
        low, likely, high = (_figure(text, least, most) for text in (move.low, move.likely, move.high))
        if not low <= likely <= high:
            message = f"Put the lowest figure first, then the likely one, then the highest: found {low:g}, {likely:g}, {high:g}."
            raise PartnershipError(message)
        if not move.note.strip():
            message = "Say why in a few words: every change has a reason."
            raise PartnershipError(message)
        now = replace(
            before,
            amount=Range(low=low, likely=likely, high=high),
            shape="triangle",
            outcomes=(),
            origin="group",
            confirmed=True,
            grade="D",
            evidence=(),
            reasoning=move.note.strip(),
        )
    return replace(state, judgements={**state.judgements, cell: now})
