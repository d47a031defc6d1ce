"""The three kinds of moves: a change is listed and can be undone, a look is not listed, a setting says how later changes are read."""

from __future__ import annotations

from typing import ClassVar

from partnership_model.knowledge.schema import Strict


class Kind(Strict):
    """What every move has.

    Attributes:
        field: the attributes that, beside `do`, name what the move is about: of two moves about the same, the newer one counts.
    """

    field: ClassVar[tuple[str, ...]] = ()

    @property
    def about(self) -> tuple[object, ...]:
        """Name what the move is about."""
        return getattr(self, "do", ""), *(getattr(self, name) for name in self.field)


class Changing(Kind):
    """Changes what follows or what stands behind it: it is listed, in its place, and can be undone."""


class Setting(Kind):
    """Changes nothing itself, but how later changes are read: kept in its place and not listed."""


class Looking(Kind):
    """Only looks: what follows stays as it is, so that the newest of each field is enough, whatever else was done meanwhile.

    Attributes:
        kept: whether it goes into the log; what the screen says of itself does not.
    """

    kept: ClassVar[bool] = True
