"""The moves of the step What matters: ways of weighing, and weighing again."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from partnership_model.display.move_kinds import Changing, Setting
from partnership_model.knowledge.schema import Key
from partnership_model.knowledge.weighings import RankRule

Way = Literal["swing", "points", "order", "pairs", "trade_offs"]
Reply = Literal["one", "other", "same", "skip"]


class ChooseWay(Setting):
    """Weigh in another way; what was said in the others is kept."""

    do: Literal["way"]
    value: Way


class Points(Changing):
    """Give a lift some of the hundred points, as they were typed; nothing takes them back."""

    field: ClassVar[tuple[str, ...]] = ("criterion",)
    do: Literal["points"]
    criterion: Key
    value: Annotated[str, Field(max_length=40)]


class Place(Changing):
    """Put a lift next in the order, move it, put it level with the one above, or take it out."""

    do: Literal["place"]
    criterion: Key
    where: Literal["next", "up", "down", "level", "out"]


class Rule(Changing):
    """Choose how an order becomes weights."""

    do: Literal["rule"]
    value: RankRule


class Pair(Changing):
    """Say how many times one lift is worth another; below nought the other is worth more, nothing takes it back."""

    field: ClassVar[tuple[str, ...]] = ("one", "other")
    do: Literal["pair"]
    one: Key
    other: Key
    value: Annotated[str, Field(pattern=r"^(-?[2-9]|1|)$")]


class Trade(Changing):
    """Answer which of two one would rather have."""

    do: Literal["trade"]
    one: Key
    other: Key
    part: Literal["1", "0.75", "0.5", "0.25"]
    said: Reply


class Weigh(Changing):
    """Use what was said; take the last trade-off back; weigh again, compare, and choose which of two weighings is used."""

    do: Literal["weigh"]
    value: Literal["use", "back", "again", "done", "first", "second", "mean", "drop"]


WeighingMove = ChooseWay | Points | Place | Rule | Pair | Trade | Weigh
