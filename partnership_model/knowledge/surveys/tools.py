"""The tools whose exports are read: how each is known by its headings, and what it says of whoever answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from partnership_model.knowledge.surveys.headings import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

ToolName = Literal["microsoft_forms", "google_forms", "surveymonkey", "limesurvey", "paper", "other"]
BALLOT_NUMBER = "Ballot number"


@dataclass(frozen=True)
class Tool:
    """What a tool writes beside the answers.

    Attributes:
        known_by: headings that all stand in its exports, in any of these wordings.
        date: the column with the day of the answer.
        respondents: columns by which the same person is known again; compared, and never kept.
        dropped: other columns of its own, as patterns.
        heading_rows: how many rows of headings there are.
        empty_date_is_unfinished: whether somebody who has no date never sent the form.
    """

    label: str
    known_by: tuple[tuple[str, ...], ...] = ()
    date: tuple[str, ...] = ()
    respondents: tuple[str, ...] = ()
    dropped: str = "(?!)"
    heading_rows: int = 1
    empty_date_is_unfinished: bool = False

    def drops(self, heading: str) -> bool:
        """Say whether a column is the tool's own and no answer."""
        return re.fullmatch(self.dropped, bare(heading), re.IGNORECASE) is not None


TOOLS: dict[ToolName, Tool] = {
    "microsoft_forms": Tool(
        "Microsoft Forms",
        (("id",), ("start time",), ("completion time",)),
        ("completion time",),
        ("id", "email"),
        "start time|name|last modified time|language|total points|quiz feedback|(points|feedback) - .*",
    ),
    "google_forms": Tool("Google Forms", (("timestamp",),), ("timestamp",), ("email address", "username"), "score"),
    "surveymonkey": Tool(
        "SurveyMonkey",
        (("respondent id",), ("collector id",)),
        ("end date",),
        ("respondent id", "email address"),
        r"collector id|start date|date (created|modified)|ip address|first name|last name|custom data( \d+)?",
        heading_rows=2,
    ),
    "limesurvey": Tool(
        "LimeSurvey",
        (("id", "response id"), ("submitdate", "date submitted")),
        ("submitdate", "date submitted"),
        ("id", "response id", "token", "access code"),
        "lastpage|last page|startlanguage|start language|seed|startdate|date started|datestamp|date last action|ipaddr|ip address|"
        "refurl|referrer url|firstname|lastname|email|interviewtime|total time|.*time",
        empty_date_is_unfinished=True,
    ),
    "paper": Tool("paper sheet", ((BALLOT_NUMBER.lower(),),), (), (BALLOT_NUMBER.lower(),)),
    "other": Tool("table of another tool"),
}


def bare(heading: str) -> str:
    """Give the name of a tool's own column, without LimeSurvey's code or text beside it.

    >>> bare("submitdate. Date submitted"), bare(" Completion time ")
    ('submitdate', 'completion time')
    """
    return plain(heading).split(". ")[0].casefold()


def tool_of(headings: Sequence[str]) -> ToolName:
    """Say which tool wrote a table, by its row of headings.

    >>> tool_of(["Timestamp", "Which group?"]), tool_of(["Which group?"])
    ('google_forms', 'other')
    """
    names = {bare(one) for one in headings}
    for name, tool in TOOLS.items():
        if tool.known_by and all(names & set(wordings) for wordings in tool.known_by):
            return name
    return "other"
