"""The pages that ask whether a session, or the consultation, is to be closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.display import phrases
from partnership_model.display.consultation.facilitated import facilitated
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    from partnership_model.display.consultation.facilitator_page import Session
    from partnership_model.knowledge.consultation.question_set import QuestionSet

    class Closed(Protocol):
        """What became of a consultation that was closed."""

        sha256: str
        written: object
        because: str
        kept: object
        counts: Sequence[str]


def close_session_page(questions: QuestionSet, session: Session, still: int, *, minutes: int, xsrf: str) -> str:
    """Ask whether a session is to be closed, of which so many forms are known to be open."""
    title = f"Close \N{LEFT DOUBLE QUOTATION MARK}{session.title}\N{RIGHT DOUBLE QUOTATION MARK}?"
    return facilitated(
        "close_session", title, "/consultation/close-session", questions, session=session, still=still, minutes=minutes, xsrf=xsrf
    )


@dataclass(frozen=True)
class Loose:
    """What is not done when a consultation is about to be closed.

    Attributes:
        comments: how many nobody decided on.
        sessions: the titles of those that are open.
        forms: how many forms of theirs are known to be open and not sent.
        paper: how many ballots on paper were printed and are not in.
    """

    comments: int
    sessions: Sequence[str]
    forms: int
    paper: int

    def __bool__(self) -> bool:
        """Say whether anything is not done."""
        return bool(self.comments or self.sessions or self.paper)


UNSURE = "Something is not done yet. Do it first, or tick that you mean to close without it."


def close_page(  # noqa: PLR0913 - what the page shows
    questions: QuestionSet, made: Closed | None, loose: Loose, own: Sequence[str], xsrf: str, *, refused: bool = False
) -> str:
    """Ask whether the consultation is to be closed for good, and say what is not done yet; or say where its record is.

    Args:
        questions: what was asked.
        made: the record of one that is closed.
        loose: what is not done yet.
        own: what its weights will not do in the case.
        xsrf: what proves that a form is ours.
        refused: whether it was not closed just now, since nobody ticked that what is not done is meant so.
    """
    title = "The consultation is closed" if made else "Close the consultation?"
    about = {
        "made": made,
        "loose": loose,
        "own": own,
        "open_sessions": phrases.listed(loose.sessions),
        "day": plain_day(questions.keep_until),
        "faults": {"sure": UNSURE} if refused else {},
    }
    return facilitated("close", title, "/consultation/close", questions, xsrf=xsrf, **about)
