"""What the record of a consultation holds beside the ballots: meetings, letters and classes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from partnership_model.knowledge.consultation.meetings import MeetingKind, MeetingUnit
from partnership_model.knowledge.schema import Day, ShortText, Strict, Text, Whole

MOST_LINES = 100_000  # entries of a list that grows with what people do: no door counts them, and an evening has some hundred
MOST_COUNTED = 10**12  # far more than all whom a plan can say were invited, at every school of a case
Count = Annotated[Whole, Field(ge=0, le=MOST_COUNTED)]


class RecordedMeeting(Strict):
    """A meeting, or letters of one kind: no ballots, and counted in a unit of their own.

    Those of fewer than five people or letters are one entry for each unit, without a title, a group, a school and a day; its number is
    None where they are fewer than five together.
    """

    kind: MeetingKind
    title: Annotated[str, Field(max_length=120)]
    group: Annotated[str, Field(max_length=120)]
    school: Annotated[str, Field(max_length=120)]
    held: Day | None
    unit: MeetingUnit
    number: Count | None
    themes: tuple[Text, ...]


class RecordedQuestion(Strict):
    """What learners answered to one question: hands (None for those that may not be shown), or lines of what was said."""

    asks: Text
    hands: dict[Literal["yes", "not_sure", "no"], Count | None]
    said: Annotated[tuple[Text, ...], Field(max_length=MOST_LINES)]


class RecordedClasses(Strict):
    """What all sheets of one group of learners say together."""

    group: ShortText
    sheets: Count
    learners: Count
    questions: tuple[RecordedQuestion, ...]
