"""What the record of a consultation holds beside the ballots: meetings, letters, classes, and how many may have answered twice."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from partnership_model.knowledge.consultation.meetings import MeetingKind, MeetingUnit
from partnership_model.knowledge.schema import Day, ShortText, Strict, Text, Whole

MOST_COUNTED = 10**12  # far more than all whom a plan can say were invited, at every school of a case
Count = Annotated[Whole, Field(ge=0, le=MOST_COUNTED)]


class RecordedMeeting(Strict):
    """A meeting, or letters of one kind: no ballots, and counted in a unit of their own."""

    kind: MeetingKind
    title: ShortText
    group: Annotated[str, Field(max_length=120)]
    school: Annotated[str, Field(max_length=120)]
    held: Day
    unit: MeetingUnit
    number: Count | None
    themes: tuple[Text, ...]


class RecordedQuestion(Strict):
    """What learners answered to one question: hands (None for those that may not be shown), or lines of what was said."""

    asks: Text
    hands: dict[Literal["yes", "not_sure", "no"], Count | None]
    said: Annotated[tuple[Text, ...], Field(max_length=5000)]


class RecordedClasses(Strict):
    """What all sheets of one group of learners say together."""

    group: ShortText
    sheets: Count
    learners: Count
    questions: tuple[RecordedQuestion, ...]


class RecordedRepeats(Strict):
    """How many people may have answered by two ways (see `analysis/consultation/channels.py`); None for fewer than five.

    Attributes:
        channels: by how many ways ballots came.
        compared: how many put every criterion in order, and so could be recognised.
        lower, upper: between how many of those are repeats, as far as equal answers tell.
        over_invited: how many more ballots than invitations there are.
        most: how many repeats nobody could rule out.
    """

    channels: Count
    compared: Count | None
    lower: Count | None
    upper: Count | None
    over_invited: Count | None
    most: Count | None
