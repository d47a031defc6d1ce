"""What a case says of how it was appraised: one group of keys, all of which may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from partnership_model.knowledge.editions import Edition
from partnership_model.knowledge.record_entries import (
    FOR,
    MOST,
    Absent,
    Assurance,
    Conflict,
    Consultation,
    Entry,
    Equality,
    LeftOut,
    LoggedAssumption,
    LoggedDecision,
    LongListed,
    Name,
    Note,
    OverlapChecked,
    PolicyScenario,
    Risk,
    TookPart,
)
from partnership_model.knowledge.schema import Day, Strict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AT_LEAST_ONE = Field(min_length=1, max_length=MOST)
OR_NONE = Field(max_length=MOST)  # an empty list says that there are none


class AppraisalRecord(Strict):
    """Who took part, what was looked at, asked, assumed, decided and checked.

    What is left out was not given. A list that may be empty says with `[]` that there are none.

    Attributes:
        decide_by: the day by which it is to be decided.
        expires: the day from which the appraisal counts no longer.
        shortlist: the options that are compared on money, risk, consultation and law.
        audience: for whom it is, but for entries that say it themselves (see `knowledge/editions.py`).
    """

    decide_by: Day | None = None
    expires: Day | None = None
    shortlist: Annotated[tuple[Name, ...], AT_LEAST_ONE] | None = None
    took_part: Annotated[tuple[TookPart, ...], AT_LEAST_ONE] | None = None
    absent: Annotated[tuple[Absent, ...], OR_NONE] | None = None
    conflicts: Annotated[tuple[Conflict, ...], OR_NONE] | None = None
    trend: Annotated[tuple[Note, ...], AT_LEAST_ONE] | None = None
    long_list: Annotated[tuple[LongListed, ...], AT_LEAST_ONE] | None = None
    criteria_left_out: Annotated[tuple[LeftOut, ...], OR_NONE] | None = None
    overlaps_checked: Annotated[tuple[OverlapChecked, ...], AT_LEAST_ONE] | None = None
    risks: Annotated[tuple[Risk, ...], AT_LEAST_ONE] | None = None
    equality: Equality | None = None
    consultation: Annotated[tuple[Consultation, ...], AT_LEAST_ONE] | None = None
    policy_scenarios: Annotated[tuple[PolicyScenario, ...], AT_LEAST_ONE] | None = None
    triggers: Annotated[tuple[Note, ...], AT_LEAST_ONE] | None = None
    assumptions: Annotated[tuple[LoggedAssumption, ...], AT_LEAST_ONE] | None = None
    decisions: Annotated[tuple[LoggedDecision, ...], AT_LEAST_ONE] | None = None
    assurance: Annotated[tuple[Assurance, ...], AT_LEAST_ONE] | None = None
    audience: Edition | None = Field(default=None, alias=FOR)

    @property
    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Give every entry with the name of its key."""
        for key in type(self).model_fields:
            found: Any = getattr(self, key)
            for one in found if isinstance(found, tuple) else (found,):
                if isinstance(one, Entry):
                    yield key, one

    def keeping(self, kept: Callable[[Entry], bool], *, said_of_none: bool) -> AppraisalRecord:
        """Give the record with some of its entries; a key that loses all of them is as if it had not been given.

        Args:
            kept: whether an entry stays.
            said_of_none: whether an empty list, which says that there are none, stays.
        """
        changed: dict[str, object] = {}
        for key in type(self).model_fields:
            found: Any = getattr(self, key)
            if isinstance(found, Entry) and not kept(found):
                changed[key] = None
            elif isinstance(found, tuple) and key != "shortlist":
                rest = tuple(one for one in found if kept(one))
                changed[key] = rest if rest or (said_of_none and not found) else None
        return self.model_copy(update=changed)
