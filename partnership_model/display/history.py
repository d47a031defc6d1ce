"""A visit to the dashboard: what was chosen, as a log of moves from which the same state follows again, and how to take changes back.

The log is a list of plain moves, as `after` takes them. A state is always rebuilt by making them again from the beginning of
the case; nothing else is ever trusted or stored.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from partnership_model.display import phrases
from partnership_model.display.change_words import change_said
from partnership_model.display.exploration import after
from partnership_model.display.move_kinds import Changing, Looking
from partnership_model.display.moves import MOVES, Compare, Width

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.display.exploration import Exploration
    from partnership_model.display.moves import Move

MOST_MOVES = 2_000
MOST_SIZE = 200_000  # characters of all moves together
REPLAYED_WITHIN = 5.0  # seconds; two thousand plain changes take less than one
TOO_MANY = "More changes than this cannot be kept. Undo some of them, or start again."
NOT_A_LOG = "What was to be opened is no list of moves, or too long a one. Nothing of it was used."
TOO_LONG = "What was to be opened takes too long to be made again. Nothing of it was used."


@dataclass(frozen=True)
class Made:
    """A change or setting that was made.

    Attributes:
        before: the state that it was made in.
    """

    move: Move
    before: Exploration = field(repr=False)

    @cached_property
    def says(self) -> str:
        """Say in one sentence what was changed."""
        return change_said(self.before, self.move)

    @cached_property
    def size(self) -> int:
        """Count the characters of the move."""
        return len(self.move.model_dump_json())


@dataclass(frozen=True)
class Visit:
    """A state, and how it came about.

    Attributes:
        start: the case as it began.
        now: what is chosen; its problems are those of the last move.
        made_so_far: changes and settings in their order.
        looks: the newest look of each field.
        taken_back: the visit before something was undone, until something else is changed.
        aside: the visit that a start from the beginning, or something that was opened, took the place of.
        aside_for: what that was.
        aside_at: how many changes there were right after that.
        told: what is to be said once about the last thing done; empty for a plain move.
        skipped: how many changes of a log could not be made again.
        refused: why a log was not used at all.
    """

    start: Exploration = field(repr=False)
    now: Exploration
    made_so_far: tuple[Made, ...] = ()
    looks: dict[tuple[object, ...], Looking] = field(default_factory=dict)
    taken_back: Visit | None = field(default=None, repr=False)
    aside: Visit | None = field(default=None, repr=False)
    aside_for: str = ""
    aside_at: int = 0
    told: str = ""
    skipped: int = 0
    refused: str = ""

    @classmethod
    def begun(cls, start: Exploration) -> Visit:
        """Begin with nothing done."""
        return cls(start, start)

    @classmethod
    def replayed(cls, start: Exploration, moves: object, clock: Callable[[], float] = time.monotonic) -> Visit:
        """Make the moves of a log again; the log may come from anybody and hold anything.

        Changes that cannot be made any more are skipped and counted; what is no log, or takes too long, is refused as a whole.
        """
        visit = cls.begun(start)
        if not isinstance(moves, list) or len(moves) > 2 * MOST_MOVES:
            return replace(visit, refused=NOT_A_LOG)
        end = clock() + REPLAYED_WITHIN
        for message in moves:
            visit = _made_again(visit, message)
            if clock() > end:
                return replace(cls.begun(start), refused=TOO_LONG)
        return visit

    @property
    def log(self) -> list[dict[str, Any]]:
        """Give the moves from which this state follows, as plain JSON: changes in their order, then looks."""
        looks = (move for move in _in_order(self.looks) if move.kept)
        return [move.model_dump(mode="json") for move in (*(one.move for one in self.made_so_far), *looks)]

    @property
    def changes(self) -> tuple[Made, ...]:
        """Give what was changed, the oldest first."""
        return tuple(one for one in self.made_so_far if isinstance(one.move, Changing))

    def made(self, message: object) -> Visit:
        """Make a move; a wrong one leaves everything as it was and says so beside its field."""
        now = after(self.now, message)
        plain = replace(self._plain(), now=now)
        if now.problems:
            return plain
        move = MOVES.validate_python(message)
        if isinstance(move, Looking):
            return replace(plain, looks=_with_look(self.looks, move))
        if now == replace(self.now, problems={}):
            return plain
        merged = self._merged(move, now)
        if merged is not None:
            return replace(plain, made_so_far=merged, taken_back=None)
        one = Made(move, replace(self.now, problems={}))
        if len(self.made_so_far) >= MOST_MOVES or sum(each.size for each in self.made_so_far) + one.size > MOST_SIZE:
            return replace(plain, now=replace(self.now, problems={"page": TOO_MANY}))
        return replace(plain, made_so_far=(*self.made_so_far, one), taken_back=None)

    def _merged(self, move: Move, now: Exploration) -> tuple[Made, ...] | None:
        """Let a move take the place of the last one, if that was about the same and the same follows without it.

        A slider that is dragged through twenty figures is one change; one that ends where it began is none.
        """
        last = self.made_so_far[-1] if self.made_so_far else None
        if last is None or last.move.about != move.about or after(last.before, move.model_dump()) != now:
            return None
        if isinstance(last.move, Changing) and len(self.changes) <= self.aside_at:
            return None  # it came with what was opened, which is undone as a whole
        return self.made_so_far[:-1] if last.before == now else (*self.made_so_far[:-1], Made(move, last.before))

    @property
    def to_undo(self) -> str:
        """Say what undoing would take back; empty where there is nothing."""
        changes = self.changes
        return changes[-1].says if len(changes) > self.aside_at else self.aside_for

    @property
    def to_bring_back(self) -> str:
        """Say what was undone last and can be brought back; empty where there is nothing."""
        return self.taken_back.to_undo if self.taken_back else ""

    def undone(self) -> Visit:
        """Take the newest change back, or what took the place of another visit; the open step and other looks stay as they are."""
        if not self.to_undo:
            return replace(self._plain(), told="There is nothing left to undo.")
        told = f"Undone: {phrases.uncapital(self.to_undo)}."
        if self.aside is not None and len(self.changes) <= self.aside_at:
            return replace(self.aside.seen(self.looks), taken_back=self._plain(), told=told)
        at = max(place for place, one in enumerate(self.made_so_far) if isinstance(one.move, Changing))
        kept, state = list(self.made_so_far[:at]), self.made_so_far[at].before
        for one in self.made_so_far[at + 1 :]:
            kept.append(Made(one.move, state))
            state = after(state, one.move.model_dump())
        visit = replace(self._plain(), now=state, made_so_far=tuple(kept), taken_back=self._plain())
        return replace(visit.seen(self.looks), told=told)

    def brought_back(self) -> Visit:
        """Make again what was undone last."""
        if self.taken_back is None:
            return replace(self._plain(), told="There is nothing to bring back.")
        return replace(self.taken_back.seen(self.looks), told=f"Back again: {phrases.uncapital(self.to_bring_back)}.")

    def started_again(self) -> Visit:
        """Take every change back at once, and leave the looks; this can itself be undone."""
        if not self.made_so_far:
            return replace(self._plain(), told="Nothing was changed yet.")
        visit = Visit.begun(self.start).seen(self.looks)
        said = f"Started again, without {phrases.counted(len(self.changes), 'change')} made before"
        told = "Everything is as it was in the beginning. Undo brings it back."
        return replace(visit, aside=self._put_aside(), aside_for=said, told=told)

    def opened(self, moves: object) -> Visit:
        """Go on from another log; what was changed here is put aside, and undoing that brings it back."""
        visit = Visit.replayed(self.start, moves)
        if visit.refused:
            return replace(self._plain(), refused=visit.refused)
        screen = {about: move for about, move in self.looks.items() if isinstance(move, Width)}
        visit = visit.seen(visit.looks | screen)
        if not self.made_so_far:
            return visit
        return replace(visit, aside=self._put_aside(), aside_for="Opened what was sent", aside_at=len(visit.changes))

    def refusing(self, problems: dict[str, str]) -> Visit:
        """Leave everything as it is, and say what was wrong, by field."""
        plain = self._plain()
        return replace(plain, now=replace(plain.now, problems=problems))

    def telling(self, told: str) -> Visit:
        """Leave everything as it is, and say what was done."""
        return replace(self._plain(), told=told)

    def _plain(self) -> Visit:
        """Forget what was said about the last thing done."""
        return replace(self, now=replace(self.now, problems={}), told="", skipped=0, refused="")

    def _put_aside(self) -> Visit:
        return replace(self._plain(), aside=None, aside_for="", aside_at=0, taken_back=None)

    def seen(self, looks: dict[tuple[object, ...], Looking]) -> Visit:
        """Look at this state as at another one; what cannot be looked at here is left out."""
        state = _looked_at(replace(self.now, problems={}), looks)
        return replace(self, now=state, looks=looks)


def _made_again(visit: Visit, message: object) -> Visit:
    """Make a move of a log: none takes the place of another, so that as many changes are listed as before."""
    skipped = replace(visit, skipped=visit.skipped + 1)
    try:
        move = MOVES.validate_python(message)
    except ValidationError:
        return skipped
    now = after(visit.now, message)
    if isinstance(move, Looking):  # nobody misses one that cannot be made
        return visit if now.problems or not move.kept else replace(visit, now=now, looks=_with_look(visit.looks, move))
    if now.problems:
        return skipped
    if len(visit.made_so_far) >= MOST_MOVES:
        return skipped
    return replace(visit, now=now, made_so_far=(*visit.made_so_far, Made(move, visit.now)))


def _with_look(looks: dict[tuple[object, ...], Looking], move: Looking) -> dict[tuple[object, ...], Looking]:
    """Keep a look as the newest of its field."""
    return {**{about: one for about, one in looks.items() if about != move.about}, move.about: move}


def _in_order(looks: dict[tuple[object, ...], Looking]) -> list[Looking]:
    """Begin with options that are taken away, since only so many may stand side by side."""
    return sorted(looks.values(), key=lambda move: not (isinstance(move, Compare) and not move.on))


def _looked_at(state: Exploration, looks: dict[tuple[object, ...], Looking]) -> Exploration:
    for move in _in_order(looks):
        seen = after(state, move.model_dump())
        state = state if seen.problems else seen
    return state
