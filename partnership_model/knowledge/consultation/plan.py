"""What a case says of its consultation: what is asked, of whom, and for how long the ballots are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from partnership_model.knowledge.consultation.case_words import CaseWords, language_faults
from partnership_model.knowledge.consultation.class_sheets import LearnerQuestion
from partnership_model.knowledge.editions import Edition
from partnership_model.knowledge.schema import Flag, ShortText, Strict, Text, Whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from partnership_model.errors import Fault
    from partnership_model.knowledge.case_names import Hints, Names
    from partnership_model.knowledge.files import Document, Place

KEY = "consultation"
MOST_CRITERIA = 8  # more than a person can put in order on a telephone
LEAST_CRITERIA = 2
MOST_INVITED = 100_000
ROOM_FOR_EACH = 5  # ballots that a form takes for each who was invited: neighbours come uncounted, and some answer twice
LEAST_ROOM = 1000
MOST_ROOM = 1_000_000
EVERYWHERE = ""  # the school of those who were counted for all schools together
Name = ShortText
Unit = Literal["people", "households", "classes"]
Also = Literal["points", "support", "comment"]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Once = Literal["open", "voucher"]
MOST_LEARNER_QUESTIONS = 3


def _by_school(value: object) -> object:
    return {EVERYWHERE: value} if isinstance(value, int) and not isinstance(value, bool) else value


Invited = Annotated[dict[str, Annotated[Whole, Field(ge=0, le=MOST_INVITED)]], BeforeValidator(_by_school)]


class ConsultedGroup(Strict):
    """A stakeholder group that is asked.

    Attributes:
        invited: how many were invited, by school or in all; nothing where nobody counted them.
        unit: what is counted: people, households or classes.
        learners: whether an adult enters what a class or a school council said, which is no ballot.
    """

    group: ShortText
    invited: Invited = Field(default_factory=dict)
    unit: Unit = "people"
    learners: Flag = False


class ThemeAnswer(Strict):
    """What those who decide answer to a theme of the comments, in their own words.

    Attributes:
        theme: its key in the record of the consultation.
        why: why it is accepted, or is not.
        changed: what was changed because of it.
        audience: for whom the answer is; for everybody where nothing is said, since people asked.
    """

    theme: ShortText
    response: Literal["accepted", "partly", "not_accepted"]
    why: Text
    changed: Text | None = None
    audience: Edition | None = Field(default=None, alias="for")


class ConsultationPlan(Strict):
    """The key `consultation` of a case.

    Attributes:
        asks: the question that stands above the form.
        about: what people need to know before they answer.
        criteria: what is put in order; all of the case's where nothing is said.
        also: what is asked beside the order: 100 points, support for each option, a comment.
        once: how far somebody is kept from answering twice: not at all, or by a printed code for each invited person.
        option_order: whether the options are put in one order from what people support; off, since it is no vote.
        keep_days: how many days after it was opened the ballots are deleted.
        most_answers: how many ballots one form takes; several times those who were invited where nothing is said.
        notice: where the schools' full privacy notice can be read, and whom to ask.
        translations: the case's own texts in other languages, by their codes.
        learner_questions: what an adult asks a class or a school council; three plain questions where nothing is said.
        themes: what those who decide answer to each theme of the comments, once the consultation is closed.
    """

    asks: Text
    about: Text | None = None
    criteria: tuple[Name, ...] = Field(default=(), max_length=MOST_CRITERIA)
    groups: tuple[ConsultedGroup, ...] = Field(min_length=1, max_length=12)
    also: tuple[Also, ...] = ("comment",)
    languages: tuple[Language, ...] = Field(default=("en",), min_length=1, max_length=12)
    once: Once = "open"
    option_order: Flag = False
    keep_days: Whole = Field(default=365, ge=1, le=1100)
    most_answers: Annotated[Whole, Field(ge=1, le=MOST_ROOM)] | None = None
    notice: Text | None = None
    translations: dict[Language, CaseWords] = Field(default_factory=dict)
    learner_questions: tuple[LearnerQuestion, ...] = Field(default=(), max_length=MOST_LEARNER_QUESTIONS)
    themes: tuple[ThemeAnswer, ...] = Field(default=(), max_length=100)

    @model_validator(mode="after")
    def _named_once(self) -> ConsultationPlan:
        lists = {"the group": [one.group for one in self.groups], "the criterion": self.criteria, "`also`:": self.also}
        for what, names in (lists | {"the language": self.languages}).items():
            twice = next((name for name in names if names.count(name) > 1), None)
            if twice:
                message = f'{what} "{twice}" stands twice'
                raise ValueError(message)
        if len(self.criteria) == 1:
            message = f"one criterion alone cannot be put in order: name {LEAST_CRITERIA} to {MOST_CRITERIA} under `criteria`, or none"
            raise ValueError(message)
        answered = [one.theme for one in self.themes]
        again = next((name for name in answered if answered.count(name) > 1), None)
        if again:
            message = f'the theme "{again}" is answered twice'
            raise ValueError(message)
        if all(one.learners for one in self.groups):
            message = "learners alone cannot be asked here: name a group of adults too"
            raise ValueError(message)
        if self.option_order and "support" not in self.also:
            message = "`option_order` needs `support` in `also`: without it nobody says what they think of the options"
            raise ValueError(message)
        return self


def room_for(groups: Iterable[ConsultedGroup]) -> int:
    """Give how many ballots one form takes where the case does not say: more than any hall, and fewer than fill a disk."""
    invited = sum(sum(one.invited.values()) for one in groups if not one.learners)
    return max(LEAST_ROOM, ROOM_FOR_EACH * invited)


def plan_faults(document: Document, names: Names, hints: Hints) -> Iterator[Fault]:
    """Find every name under `consultation` that the case does not know, and a list of criteria that is too long to be asked."""
    value = document.value if isinstance(document.value, dict) else {}
    plan = value.get(KEY)
    if not isinstance(plan, dict):
        return
    asked = plan.get("criteria")
    for index, name in enumerate(asked[:100] if isinstance(asked, list) else ()):
        if isinstance(name, str) and name not in names.criteria:
            yield document.fault((KEY, "criteria", index), f'"{name}" is not a criterion of this case. {hints.near(name, names.criteria)}')
    if asked is None and len(names.criteria) > MOST_CRITERIA:
        says = f"the case has {len(names.criteria)} criteria; name the {MOST_CRITERIA} at most that are put in order, under `criteria`"
        yield document.fault((KEY,), says)
    schools = _named(value, "schools", "name")  # empty where they stand in schools.csv
    groups = plan.get("groups")
    for index, one in enumerate(groups[:100] if isinstance(groups, list) and schools else ()):
        invited = one.get("invited") if isinstance(one, dict) else None
        for name in invited if isinstance(invited, dict) else ():
            place: Place = (KEY, "groups", index, "invited", name)
            if isinstance(name, str) and name not in schools:
                yield document.fault(place, f'"{name}" is not a school of this case. {hints.near(name, schools)}')
    known = {"criteria": names.criteria, "options": names.options, "groups": _named(plan, "groups", "group")}
    yield from language_faults(document, KEY, plan, known, hints)


def _named(value: dict[object, object], key: str, name: str) -> list[str]:
    found = value.get(key)
    listed = found[:200] if isinstance(found, list) else []
    return [one[name] for one in listed if isinstance(one, dict) and isinstance(one.get(name), str)]
