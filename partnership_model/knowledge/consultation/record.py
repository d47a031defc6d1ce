"""What a closed consultation leaves in the case, as the file `consultation.json`: every figure that may be shown, and no ballot."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from partnership_model.knowledge.consultation.ballots import Channel, Support
from partnership_model.knowledge.consultation.plan import Unit
from partnership_model.knowledge.consultation.question_set import QuestionSet
from partnership_model.knowledge.consultation.record_consistency import inconsistencies
from partnership_model.knowledge.consultation.recorded_apart import MOST_COUNTED, MOST_LINES, Count, RecordedClasses, RecordedMeeting
from partnership_model.knowledge.schema import Day, Flag, Number, ShortText, Strict, Text, Whole

FORMAT: Literal[1] = 1
HUNDRED = 100
FEWEST = 5  # ballots behind any figure
MOST = 1000  # entries of one list
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Points = Annotated[Whole, Field(ge=0, le=HUNDRED)]
Share = Annotated[Number, Field(ge=-1, le=1)]
Rank = Annotated[Number, Field(ge=1, le=100)]
Steps = tuple[tuple[ShortText, ...], ...]
Levels = tuple[Annotated[tuple[Support, ...], Field(min_length=1)], ...]
Counting = Literal["person", "group", "school"]


class RecordedSession(Strict):
    """One evening, one form that was open for weeks, or one pile of paper; `answered` is None for so few that they are not shown."""

    title: ShortText
    channel: Channel
    opened: Day
    closed: Day
    answered: Count | None


class RecordedResponse(Strict):
    """How many answered of how many were invited; None is what is not shown, or what nobody counted.

    Attributes:
        counted: of a school, the groups that are counted there.
        with_others: whether the few answers of other groups are among these.
        why: why a group or school is not shown: too few, or others could be computed from it.
    """

    name: Annotated[str, Field(max_length=120)]
    answered: Count | None
    invited: Count | None
    unit: Unit | None
    counted: tuple[ShortText, ...]
    with_others: Flag
    why: Literal["few", "others"] | None


class RecordedResponses(Strict):
    """How many answered: all of them, by group, by school and by the way in which they answered."""

    everybody: RecordedResponse
    groups: Annotated[tuple[RecordedResponse, ...], Field(max_length=MOST)]
    schools: Annotated[tuple[RecordedResponse, ...], Field(max_length=MOST)]
    channels: dict[Channel, Count | None]


class RecordedPoint(Strict):
    """What one criterion weighs, of 100, with its interval, its ranks and how far opinions lie apart."""

    criterion: ShortText
    weight: Points
    low: Points
    high: Points
    mean_rank: Rank
    median_rank: Rank
    first: Count | None
    ranked: Count | None
    polarisation: Annotated[Number, Field(ge=0, le=1)]


class RecordedWeights(Strict):
    """What matters to the people of one group, or to all of them.

    Attributes:
        counted: how many said what matters.
        by_points: how many of them shared out points.
        partial: how many left a criterion out, which then counts last.
    """

    counted: Annotated[Whole, Field(ge=FEWEST, le=MOST_COUNTED)]
    by_points: Count | None
    partial: Count | None
    points: Annotated[tuple[RecordedPoint, ...], Field(min_length=1, max_length=MOST)]

    @model_validator(mode="after")
    def _of_hundred(self) -> RecordedWeights:
        total = sum(one.weight for one in self.points)
        if total != HUNDRED:
            message = f"the weights sum to {total}, not to {HUNDRED}"
            raise ValueError(message)
        return self


class RecordedAtSchool(Strict):
    """What matters to those who named one school, of those groups of which five or more said so there."""

    groups: Annotated[tuple[ShortText, ...], Field(min_length=1, max_length=MOST)]
    said: RecordedWeights


class RecordedPair(Strict):
    """How alike two groups' orders are, from -1 to 1."""

    one: ShortText
    other: ShortText
    alike: Share


class RecordedAgreement(Strict):
    """How far people agree within groups, between groups and together: Kendall's W."""

    within: dict[ShortText, Share | None]
    between: Share | None
    together: Share | None
    pairs: Annotated[tuple[RecordedPair, ...], Field(max_length=MOST)]


class RecordedSupport(Strict):
    """What people think of one option, in the levels that could be shown."""

    option: ShortText
    cells: Levels
    together: tuple[Count, ...]
    group_cells: Levels
    by_group: dict[ShortText, tuple[Count, ...]]
    agreement: Share | None
    answered: Count | None


class RecordedOrders(Strict):
    """Orders of the options, where the case asked for them."""

    voices: Count
    by_borda: Steps
    by_copeland: Steps
    by_ranked_pairs: Steps
    condorcet: ShortText | None
    cycle: tuple[ShortText, ...]


class RecordedCounting(Strict):
    """The weights with one voice for each person, each group or each school, in points of 100."""

    by: Counting
    voices: Annotated[Whole, Field(ge=1, le=MOST_COUNTED)]
    points: dict[ShortText, Points]

    @model_validator(mode="after")
    def _of_hundred(self) -> RecordedCounting:
        total = sum(self.points.values())
        if total != HUNDRED:
            message = f"the weights sum to {total}, not to {HUNDRED}"
            raise ValueError(message)
        return self


class RecordedTheme(Strict):
    """How many comments are about a theme; None for fewer than five."""

    theme: ShortText
    label: ShortText
    comments: Count | None
    by_group: dict[ShortText, Count]


class Quotation(Strict):
    """A comment, or what is left of it, that was approved for others to read."""

    themes: tuple[ShortText, ...]
    says: Annotated[str, Field(min_length=1, max_length=2000)]


class RecordedComments(Strict):
    """What comments were about; `read` is how many were read and put under themes."""

    read: Count | None
    themes: Annotated[tuple[RecordedTheme, ...], Field(max_length=MOST)]
    quotations: Annotated[tuple[Quotation, ...], Field(max_length=MOST_LINES)]


class Act(Strict):
    """Something that the facilitator did on a day: opened or closed a session, showed or hid the pictures."""

    on: Day
    act: ShortText
    about: Annotated[str, Field(max_length=200)]


class Draws(Strict):
    """How the intervals were drawn."""

    resamples: Annotated[Whole, Field(ge=1, le=1_000_000)]
    seed: Whole


class ConsultationRecord(Strict):
    """What a closed consultation leaves in the case. Ballots are never in it.

    Attributes:
        questions: all that was asked, as it was frozen; `questions_sha256` stands on every form.
        by_group: what matters to each group of which five or more said so.
        by_school: what matters at each school of which that can be shown.
        takes_in: the group with which the few are counted who named another group, or none; "" where there are no such few.
        together: what matters to all who said so.
        counting: one voice for each person, group or school.
        meetings, classes: what was told apart from ballots.
        acts: what was done and shown, and when.
        withheld: what is not shown, and why.
        ballots_sha256: by which whoever has the store can check that this is the record of those ballots.
        sealed: the hash of each part of this file, so that a part that was changed is named.
    """

    format: Literal[1]
    questions: QuestionSet
    questions_sha256: Digest
    opened: Day
    closed: Day
    sessions: Annotated[tuple[RecordedSession, ...], Field(max_length=MOST)]
    response: RecordedResponses
    by_group: dict[ShortText, RecordedWeights]
    by_school: dict[ShortText, RecordedAtSchool] = Field(default_factory=dict)
    takes_in: Annotated[str, Field(max_length=120)]
    together: RecordedWeights | None
    agreement: RecordedAgreement
    support: Annotated[tuple[RecordedSupport, ...], Field(max_length=MOST)]
    orders: RecordedOrders | None
    counting: Annotated[tuple[RecordedCounting, ...], Field(max_length=3)]
    comments: RecordedComments
    meetings: Annotated[tuple[RecordedMeeting, ...], Field(max_length=MOST)]
    classes: Annotated[tuple[RecordedClasses, ...], Field(max_length=MOST)]
    acts: Annotated[tuple[Act, ...], Field(max_length=MOST_LINES)]
    withheld: Annotated[tuple[Text, ...], Field(max_length=MOST)]
    draws: Draws
    ballots_sha256: Digest
    sealed: dict[ShortText, Digest] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _of_one_piece(self) -> ConsultationRecord:
        wrong = "; ".join(inconsistencies(self))
        if wrong:
            message = f"its parts do not fit together: {wrong}"
            raise ValueError(message)
        return self

    def counted_by(self, by: Counting) -> RecordedCounting | None:
        """Give the weights by one way of counting; None where the ballots that may be shown do not give it."""
        return next((one for one in self.counting if one.by == by), None)
