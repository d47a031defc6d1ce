"""A ballot: what one person said matters, and what was typed into a form held against the questions."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from partnership_model.knowledge.consultation.typed_text import clean_text, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from partnership_model.knowledge.consultation.question_set import QuestionSet

Channel = Literal["session", "open_form", "paper", "survey"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
Support = Literal["strongly_for", "for", "neither", "against", "strongly_against"]
SUPPORTS: tuple[Support, ...] = get_args(Support)
UNSAID = ""  # the group or the school that somebody would rather not say
POINTS = 100
LONGEST_COMMENT = 2000
PLACE, SHARE, SUPPORT = "place.", "points.", "support."  # how the names of fields begin


@dataclass(frozen=True)
class Ballot:
    """What one person said.

    Attributes:
        group, school: as the person gave them, or UNSAID.
        places: the place of each criterion that was put in order, 1 for what matters most; equal places are ties.
        points: how the person shared out 100 points; empty where that was left out.
        support: what the person thinks of each option; empty where nothing was said.
        comment: in the person's own words, unmoderated; "" where there is none.
    """

    group: str
    school: str
    channel: Channel
    places: Mapping[str, int] = field(default_factory=dict)
    points: Mapping[str, int] = field(default_factory=dict)
    support: Mapping[str, Support] = field(default_factory=dict)
    comment: str = ""

    @property
    def steps(self) -> tuple[tuple[str, ...], ...]:
        """Give the criteria from what matters most; ties share a step.

        >>> Ballot("Staff", "", "paper", {"cost": 3, "staff": 1, "autonomy": 3}).steps
        (('staff',), ('autonomy', 'cost'))
        """
        return tuple(
            tuple(sorted(name for name, other in self.places.items() if other == place)) for place in sorted(set(self.places.values()))
        )

    @property
    def answers(self) -> str:
        """Give what was answered as text, without who answered and without the comment."""
        said = {"places": dict(self.places), "points": dict(self.points), "support": dict(self.support)}
        return json.dumps(said, sort_keys=True)


def ballot_of(answers: str, group: str, school: str, channel: Channel, comment: str = "") -> Ballot:
    """Read what `answers` wrote."""
    said = json.loads(answers)
    return Ballot(group, school, channel, said["places"], said["points"], said["support"], comment)


@dataclass(frozen=True)
class FormFault:
    """What is wrong with a form, to be said in the reader's language.

    Attributes:
        at: the field to which the message leads.
        key: which message.
        about: what stands in the message's gaps.
    """

    at: str
    key: Literal["group", "school", "place", "level", "points", "points_sum", "support", "too_long", "empty"]
    about: Mapping[str, str] = field(default_factory=dict)


def read_ballot(typed: Mapping[str, str], questions: QuestionSet, channel: Channel) -> tuple[Ballot | None, tuple[FormFault, ...]]:
    """Hold what was typed against the questions: the ballot, or all that is wrong at once.

    A criterion without a place has none. Two in one place are asked about once: `level` says that they are meant so.
    """
    cells = {name: clean_text(value) for name, value in typed.items()}
    reader = _Reader(cells, questions)
    faults = tuple(reader.faults())
    if faults:
        return None, faults
    said = reader
    return Ballot(cells.get("group", ""), cells.get("school", ""), channel, said.places, said.points, said.support, said.comment), ()


class _Reader:
    """One form on its way to a ballot."""

    def __init__(self, cells: Mapping[str, str], questions: QuestionSet) -> None:
        self.cells, self.questions = cells, questions
        self.places: dict[str, int] = {}
        self.points: dict[str, int] = {}
        self.support: dict[str, Support] = {}
        self.comment = cells.get("comment", "") if "comment" in questions.also else ""

    def faults(self) -> Iterator[FormFault]:
        """Read every field in the form's order."""
        if self.cells.get("group", UNSAID) not in (UNSAID, *(one.group for one in self.questions.adults)):
            yield FormFault("group", "group")
        if self.cells.get("school", UNSAID) not in (UNSAID, *self.questions.schools):
            yield FormFault("school", "school")
        yield from self._places()
        yield from self._points()
        yield from self._support()
        if len(self.comment) > LONGEST_COMMENT:
            yield FormFault("comment", "too_long", {"letters": str(len(self.comment)), "most": str(LONGEST_COMMENT)})
        if not (self.places or self.points or self.support or self.comment):
            yield FormFault(f"{PLACE}{self.questions.criteria[0].key}", "empty")

    def _places(self) -> Iterator[FormFault]:
        last = len(self.questions.criteria)
        labels = {one.key: one.label for one in self.questions.criteria}
        for name, label in labels.items():
            text = self.cells.get(f"{PLACE}{name}", "")
            number = whole_number(text)
            if text and not 1 <= number <= last:
                yield FormFault(f"{PLACE}{name}", "place", {"criterion": label, "last": str(last)})
            elif text:
                self.places[name] = number
        if self.cells.get("level") == "yes":
            return
        for place in sorted(set(self.places.values())):
            together = [name for name, other in self.places.items() if other == place]
            if len(together) > 1:
                about = {"place": str(place), "criteria": ", ".join(labels[name] for name in together)}
                yield FormFault(f"{PLACE}{together[1]}", "level", about)

    def _points(self) -> Iterator[FormFault]:
        if "points" not in self.questions.also:
            return
        read = True
        for one in self.questions.criteria:
            text = self.cells.get(f"{SHARE}{one.key}", "")
            number = whole_number(text)
            if text and not 0 <= number <= POINTS:
                read = False
                yield FormFault(f"{SHARE}{one.key}", "points", {"criterion": one.label})
            elif text:
                self.points[one.key] = number
        total = sum(self.points.values())
        if not total:
            self.points = {}
        elif read and total != POINTS:
            yield FormFault(f"{SHARE}{self.questions.criteria[0].key}", "points_sum", {"total": str(total)})

    def _support(self) -> Iterator[FormFault]:
        for one in self.questions.options:
            text = self.cells.get(f"{SUPPORT}{one.key}", "")
            known = next((level for level in SUPPORTS if level == text), None)
            if text and known is None:
                yield FormFault(f"{SUPPORT}{one.key}", "support", {"option": one.label})
            elif known:
                self.support[one.key] = known
