"""The pages of the facilitator and of the projector."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from partnership_model.display import phrases
from partnership_model.display.consultation.form_page import PAGES, form_style
from partnership_model.display.static_files import static_text
from partnership_model.knowledge.consultation.comment_themes import read_comment_themes
from partnership_model.knowledge.consultation.form_words import ENGLISH, form_words
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence
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

    class Closed(Protocol):
        """What became of a consultation that was closed."""

        sha256: str
        written: object
        because: str
        kept: object

    class Comment(Protocol):
        """A comment as it is read."""

        id: str
        group: str
        written: str
        state: str
        shown: str
        reason: str
        themes: tuple[str, ...]


WAYS = (
    ("/consultation", "Overview"),
    ("/consultation/comments", "Comments"),
    ("/consultation/paper", "Paper"),
    ("/consultation/meetings", "Meetings and letters"),
    ("/consultation/sheets", "Classes"),
    ("/consultation/channels", "All channels"),
    ("/consultation/projector", "For the projector (new tab)"),
    ("/governors", "The dashboard"),
)
STATE_WORDS = {"waiting": "Waits for you", "approved": "Shown", "redacted": "Shown in part", "rejected": "Kept back"}
CHANNEL_WORDS = {"session": "an evening", "open_form": "a form open for weeks", "paper": "paper", "survey": "a survey made elsewhere"}


@cache
def _style() -> str:
    return form_style() + static_text("consultation/facilitator.css")


@cache
def _script() -> str:
    return static_text("consultation/facilitator.js")


@cache
def policy() -> str:
    """Let a browser run our own style and script on these pages, and ask only where they came from."""
    style, script = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (_style(), _script()))
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def paper_counts(printed: int, entered: int) -> str:
    """Say how many ballots on paper were printed and entered.

    >>> paper_counts(40, 31), paper_counts(0, 1)
    ('40 ballots printed, 31 entered', '1 ballot on paper entered')
    """
    if printed:
        return f"{phrases.counted(printed, 'ballot')} printed, {entered} entered"
    return f"{phrases.counted(entered, 'ballot')} on paper entered"


def _page(template: str, title: str, **about: Any) -> str:  # noqa: ANN401
    words = form_words(ENGLISH)
    return PAGES.get_template(f"consultation/{template}.html.j2").render(
        language=ENGLISH,
        words=words,
        say=words.say,
        title=title,
        style=Markup(_style()),  # noqa: S704 - our own file
        script=Markup(_script()),  # noqa: S704 - our own file
        refresh="",
        translated=False,
        **about,
    )


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
    closing = {session: f"{at.astimezone():%H:%M}" for session, at in ends.items()}
    about = {"sessions": sessions, "closing": closing, "now": now, "wall": wall, "warned": warned, "xsrf": xsrf, **shown}
    return facilitated("facilitator", title, "/consultation", questions, channels=CHANNEL_WORDS, closed=closed, **about)


def answers(now: Now) -> str:
    """Say how many answered, as far as that may be known."""
    return "fewer than five answers" if now.answers is None else f"{now.answers} answer{'' if now.answers == 1 else 's'}"


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


def close_page(questions: QuestionSet, made: Closed | None, loose: Loose, xsrf: str) -> str:
    """Ask whether the consultation is to be closed for good, and say what is not done yet; or say where its record is."""
    title = "The consultation is closed" if made else "Close the consultation?"
    about = {"made": made, "loose": loose, "open_sessions": phrases.listed(loose.sessions), "day": plain_day(questions.keep_until)}
    return facilitated("close", title, "/consultation/close", questions, xsrf=xsrf, **about)


def facilitated(template: str, title: str, here: str, questions: QuestionSet, **about: Any) -> str:  # noqa: ANN401 - what the template takes
    """Write a page of the facilitator's, with the ways to the others."""
    ways = [one for one in WAYS if questions.learners or one[0] != "/consultation/sheets"]
    place = dict(ways).get(here, "Consultation")
    return _page(template, title, ways=ways, here=here, place=place, questions=questions, **about)


@dataclass(frozen=True)
class Refused:
    """A decision on a comment that was not taken, with all that was typed.

    Attributes:
        comment: its id.
        at: the field that is wrong, `reason` or `shown`; "" where it is none of them.
        says: what is wrong.
        shown, reason, themes: what was typed and ticked.
    """

    comment: str
    at: str
    says: str
    shown: str
    reason: str
    themes: tuple[str, ...]


def comments_page(  # noqa: PLR0913 - what the page shows
    questions: QuestionSet,
    comments: Sequence[Comment],
    *,
    named: Collection[str],
    closed: bool,
    xsrf: str,
    refused: Refused | None = None,
) -> str:
    """Write the page on which comments are read and decided on.

    Args:
        questions: what was asked.
        comments: all of them.
        named: the groups that may stand beside a comment.
        closed: whether nothing is decided any more.
        xsrf: what proves that a form is ours.
        refused: the decision that was not taken just now.
    """
    themes = read_comment_themes()
    waiting = sum(one.state == "waiting" for one in comments)
    plural = ("", "s") if waiting == 1 else ("s", "")
    title = f"{waiting} comment{plural[0]} wait{plural[1]} for you" if waiting else "No comment waits for you"
    if closed:
        title = f"Nobody decided on {phrases.counted(waiting, 'comment')}" if waiting else "Every comment was decided on"
    rows = [
        {
            **vars(one),
            "group": one.group if one.group in named else "",
            "suggested": [themes.themes[key].label for key in themes.suggested(one.written) if one.state == "waiting"],
            "refused": refused if refused and refused.comment == one.id else None,
        }
        for one in comments
    ]
    rows.sort(key=lambda row: row["refused"] is None)
    gone = refused is not None and not any(row["refused"] for row in rows)
    labels = {key: theme.label for key, theme in themes.themes.items()}
    states = {**STATE_WORDS, "waiting": "Nobody decided on it"} if closed else STATE_WORDS
    about = {"states": states, "themes": labels, "xsrf": xsrf, "refused": refused, "gone": gone, "closed": closed}
    return facilitated("comments", title, "/consultation/comments", questions, comments=rows, **about)


def projector_page(  # noqa: PLR0913 - what stands on the page
    questions: QuestionSet,
    session: Session | None,
    now: Now,
    shown: tuple[str, str],
    *,
    wall: Wall,
    codes: tuple[str, str],
    ends: dt.datetime | None = None,
) -> str:
    """Write what the hall sees: how to join or until when to send, how many have answered, and what is shown, with its mark."""
    return _page(
        "projector",
        questions.asks,
        questions=questions,
        session=session,
        wall=wall,
        hall=wall.hall.removeprefix("http://"),
        ends=f"{ends.astimezone():%H:%M}" if ends else "",
        codes=tuple(Markup(one) for one in codes),  # noqa: S704 - drawn by segno: squares and nothing else
        now=now,
        answers=answers(now),
        shown=Markup(shown[0].strip()),  # noqa: S704 - our own template
        mark=shown[1],
    )
