"""What a group writes down while it appraises: one kind of entry for each thing that a hostile reader asks about."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from partnership_model.knowledge.editions import Edition
from partnership_model.knowledge.schema import Day, ShortText, Strict, Whole
from partnership_model.knowledge.unnamed_text import Label, Role, Words

Name = ShortText  # of an option, a criterion or a source, which is looked up with the nearest known name
FOR = "for"
Likely = Literal["unlikely", "possible", "likely"]
Effect = Literal["slight", "serious", "severe"]
Reliability = Literal["high", "medium", "low"]
Kind = Literal["options_agreed", "criteria_agreed", "weights_set", "scores_agreed", "result_seen", "status_changed", "other"]
MOST = 100  # entries of one list


class Entry(Strict):
    """Something that is written down, with the source that says it where there is one.

    Attributes:
        audience: for whom it is (see `knowledge/editions.py`).
    """

    source: Name | None = None
    audience: Edition | None = Field(default=None, alias=FOR)


class TookPart(Entry):
    """Somebody who took part.

    Attributes:
        did: what the role did: weighed, judged, checked facts, was asked.
        interests: what was declared, or that nothing was; None where nobody was asked.
    """

    role: Role
    did: Words | None = None
    interests: Words | None = None


class Absent(Entry):
    """Somebody who should have taken part and did not."""

    role: Role
    why: Words | None = None


class Conflict(Entry):
    """An interest that stood against the task, and what was done about it."""

    role: Role
    says: Words
    handled: Words


class Note(Entry):
    """One thing that is said."""

    says: Words


class LongListed(Entry):
    """An option of the long list; `fell` says why it fell, and is left out where it did not."""

    option: Label
    fell: Words | None = None


class LeftOut(Entry):
    """A criterion that was thought of and left out, and why."""

    criterion: Label
    why: Words


class OverlapChecked(Entry):
    """Criteria that might count one thing twice, and what was found."""

    criteria: tuple[Name, ...] = Field(min_length=2, max_length=MOST)
    says: Words


class Risk(Entry):
    """What may go wrong, how likely and how bad it is in words, how it is met, and who does that.

    Attributes:
        options: those that carry the risk; all of them where none is named.
    """

    risk: Words
    options: tuple[Name, ...] = Field(default=(), max_length=MOST)
    likely: Likely
    effect: Effect
    meet: Words
    who: Role


class Equality(Entry):
    """What was looked at for the public sector equality duty, what was found, and who signed it on which day."""

    looked_at: Words
    findings: tuple[Words, ...] = Field(min_length=1, max_length=MOST)
    signed: Role | None = None
    on: Day | None = None

    @model_validator(mode="after")
    def _signed_on_a_day(self) -> Equality:
        if (self.signed is None) != (self.on is None):
            message = "a signature has a role and a day: give both `signed` and `on`, or neither"
            raise ValueError(message)
        return self


class Heard(Strict):
    """What those who answered said, of one option or of all of it."""

    option: Name | None = None
    says: Words


class Consultation(Entry):
    """One question that was put to one group of people.

    Attributes:
        asked: the question, word for word.
        opened, closed: its first and its last day.
        heard: what the answers said.
        changed: what they changed, or that they changed nothing.
    """

    asked: Words
    of: Label
    how: Words | None = None
    opened: Day | None = None
    closed: Day | None = None
    invited: Whole | None = Field(default=None, ge=1, le=10_000_000)
    answered: Whole | None = Field(default=None, ge=0, le=10_000_000)
    heard: tuple[Heard, ...] = Field(default=(), max_length=MOST)
    changed: Words | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Consultation:
        if self.opened and self.closed and self.closed < self.opened:
            message = f"it closed on {self.closed}, before it opened on {self.opened}"
            raise ValueError(message)
        if self.invited is not None and self.answered is not None and self.answered > self.invited:
            message = f"{self.answered} answered of {self.invited} invited; expected no more answers than invitations"
            raise ValueError(message)
        return self


class Meaning(Strict):
    """What a policy would mean for one option."""

    option: Name
    says: Words


class PolicyScenario(Entry):
    """A policy that may come, and what it would mean for the options."""

    name: Label
    says: Words
    means: tuple[Meaning, ...] = Field(default=(), max_length=MOST)


class LoggedAssumption(Entry):
    """Something that was taken for true, what it does to the result, how reliable it is, and who answers for it."""

    says: Words
    effect: Words
    reliability: Reliability
    who: Role
    on: Day | None = None


class LoggedDecision(Entry):
    """A step of the appraisal itself, with its day: so one can see whether weights were set before scores were seen."""

    on: Day
    kind: Kind
    says: Words
    by: Role


class Assurance(Entry):
    """Who checked the appraisal, when, what was checked and what was not."""

    by: Role
    on: Day
    checked: Words
    limits: Words
