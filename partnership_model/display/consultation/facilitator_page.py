"""The facilitator's page: what is open, what is shown, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from partnership_model.display import phrases
from partnership_model.display.consultation.case_texts import untranslated
from partnership_model.display.consultation.facilitated import facilitated
from partnership_model.display.consultation.live_page import answered_at

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from typing import Protocol

    from partnership_model.knowledge.consultation.question_set import QuestionSet

    class Session(Protocol):
        """A session as it is listed."""

        id: str
        code: str
        title: str
        channel: str
        closed: object

    class Now(Protocol):
        """What may be shown at a moment."""

        answers: int | None
        by_session: Mapping[str, int]
        by_school: Mapping[str, int]
        revealed: bool
        drawn: str
        mark: str
        record: object

    class Wall(Protocol):
        """What stands on the wall for people to join."""

        hall: str
        only_here: bool
        wifi: str
        password: str
        said: int | None


CHANNEL_WORDS = {"session": "an evening", "open_form": "a form open for weeks", "paper": "paper", "survey": "a survey made elsewhere"}


def paper_counts(printed: int, entered: int) -> str:
    """Say how many ballots on paper were printed and entered.

    >>> paper_counts(40, 31), paper_counts(0, 1)
    ('40 ballots printed, 31 entered', '1 ballot on paper entered')
    """
    if printed:
        return f"{phrases.counted(printed, 'ballot')} printed, {entered} entered"
    return f"{phrases.counted(entered, 'ballot')} on paper entered"


def facilitator_page(  # noqa: PLR0913 - what stands on the page
    questions: QuestionSet,
    sessions: Sequence[Session],
    now: Now,
    parts: int,
    *,
    wall: Wall,
    warned: Mapping[str, str],
    xsrf: str,
    ends: Mapping[str, dt.datetime],
    paper: Mapping[str, tuple[int, int]],
) -> str:
    """Write the facilitator's page: what is open, what is shown, and what can be done.

    Args:
        questions: what is asked.
        sessions: of the consultation.
        now: what may be shown.
        parts: how many there are of the approved comments, for the wall.
        wall: what stands on it.
        warned: what is odd about some sessions.
        xsrf: what proves that a form is ours.
        ends: until when a session that is being closed still takes forms.
        paper: how many ballots on paper of a session were printed, and how many are in.
    """
    closed = now.record is not None
    title = f"Closed, with {answers(now)}" if closed else f"{answers(now)} so far"
    shown = {"pictures": Markup(now.drawn), "parts": parts, "paper": {session: paper_counts(*both) for session, both in paper.items()}}  # noqa: S704 - our own template
    closing = {session: f"{at.astimezone():%H:%M:%S}" for session, at in ends.items()}
    about = {
        "sessions": sessions,
        "closing": closing,
        "now": now,
        "schools": answered_at(questions, now.by_school),
        "wall": wall,
        "warned": warned,
        "xsrf": xsrf,
        "untranslated": untranslated(questions),
        **shown,
    }
    return facilitated("facilitator", title, "/consultation", questions, channels=CHANNEL_WORDS, closed=closed, **about)


def answers(now: Now) -> str:
    """Say how many answered, as far as that may be known."""
    return "fewer than five answers" if now.answers is None else f"{now.answers} answer{'' if now.answers == 1 else 's'}"
