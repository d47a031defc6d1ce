"""The moves that a page of the dashboard can send, and the steps that it can open; whatever else arrives is refused."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, TypeAdapter

from partnership_model.display.move_kinds import Changing, Looking, Setting
from partnership_model.display.weighing_moves import WeighingMove
from partnership_model.knowledge.facts import Role
from partnership_model.knowledge.schema import Flag, Key, Text, Whole
from partnership_model.knowledge.weight_sets import SetName

Step = Literal["why", "facts", "must_haves", "research", "what_matters", "what_follows", "how_sure", "doors", "next"]
STEPS: dict[str, str] = {
    "why": "Why",
    "facts": "Facts",
    "must_haves": "Must-haves",
    "research": "What research shows",
    "what_matters": "What matters",
    "what_follows": "What follows",
    "how_sure": "How sure",
    "doors": "Doors that stay open",
    "next": "Next",
}
Typed = Annotated[str, Field(max_length=40)]


class Go(Looking):
    """Open a step."""

    field: ClassVar[tuple[str, ...]] = ("step",)
    do: Literal["go"]
    step: Step


class ChooseSchool(Looking):
    """Look at the facts as one school."""

    do: Literal["school"]
    value: Text


class Compare(Looking):
    """Put an option beside staying, or take it away."""

    field: ClassVar[tuple[str, ...]] = ("option",)
    do: Literal["compare"]
    option: Key
    on: Flag


class Show(Looking):
    """Show questions with the same answer, or all questions."""

    field: ClassVar[tuple[str, ...]] = ("what",)
    do: Literal["show"]
    what: Literal["same", "all"]
    on: Flag


class Stand(Looking):
    """Choose the option from which the map of doors is drawn."""

    do: Literal["stand"]
    option: Key


class Present(Looking):
    """Open a slide of the presentation view, or leave it; whoever opens a link to this state finds the pages, not a slide."""

    kept: ClassVar[bool] = False
    do: Literal["present"]
    slide: Annotated[Whole, Field(ge=0, le=50)] | None


class Width(Looking):
    """Say whether the screen is narrow, so that charts are drawn for it."""

    kept: ClassVar[bool] = False
    do: Literal["width"]
    narrow: Flag


class Ask(Looking):
    """Ask one question, as it was typed; nothing takes it away."""

    do: Literal["ask"]
    text: Annotated[str, Field(max_length=200)]


class ChooseRole(Looking):
    """Look at what changes as one of those whom it concerns."""

    do: Literal["role"]
    value: Role


class ChooseWays(Changing):
    """Say which ways of weighing count as plausible, by the name of a set of weights."""

    do: Literal["ways"]
    value: SetName


class Gate(Changing):
    """Name a must-have, or give it up."""

    field: ClassVar[tuple[str, ...]] = ("gate",)
    do: Literal["gate"]
    gate: Key
    on: Flag


class Swing(Changing):
    """Say how much one lift is worth, as it was typed."""

    field: ClassVar[tuple[str, ...]] = ("criterion",)
    do: Literal["swing"]
    criterion: Key
    value: Typed


class ChooseSweep(Looking):
    """Choose the weight that moves alone, or one of the two that move together."""

    field: ClassVar[tuple[str, ...]] = ("what",)
    do: Literal["sweep"]
    what: Literal["alone", "across", "up"]
    criterion: Key


class UseWeights(Changing):
    """Start from the weights of the case, or from nothing; or say that the rest is worth nothing."""

    do: Literal["weights"]
    of: Literal["case", "nobody", "rest"]


class Look(Changing):
    """Say that the group has looked at a judgement and leaves it as it is."""

    field: ClassVar[tuple[str, ...]] = ("option", "criterion")
    do: Literal["look"]
    option: Key
    criterion: Key


class Judge(Changing):
    """Give the group's own figures for a judgement, as they were typed, and why."""

    field: ClassVar[tuple[str, ...]] = ("option", "criterion")
    do: Literal["judge"]
    option: Key
    criterion: Key
    low: Typed
    likely: Typed
    high: Typed
    note: Annotated[str, Field(max_length=500)]


class OpenJudgement(Looking):
    """Look at what stands behind one judgement, or close it again; a look, which changes no number."""

    do: Literal["judgement"]
    option: Key
    criterion: Key
    on: Flag


class Replay(Setting):
    """Look at the law and the facts of another day, as it was typed; what the group says then is said of that day."""

    do: Literal["replay"]
    day: Typed


Move = Annotated[
    Go
    | ChooseSchool
    | ChooseRole
    | ChooseWays
    | Compare
    | Show
    | Stand
    | Present
    | Width
    | Ask
    | Gate
    | Swing
    | ChooseSweep
    | UseWeights
    | Look
    | Judge
    | OpenJudgement
    | Replay
    | WeighingMove,
    Field(discriminator="do"),
]
MOVES: TypeAdapter[Move] = TypeAdapter(Move)
