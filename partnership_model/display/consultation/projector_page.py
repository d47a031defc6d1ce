"""What the hall sees on the wall, around what is shown to it."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from markupsafe import Markup

from partnership_model.display.consultation.facilitated import drawn_page
from partnership_model.display.consultation.facilitator_page import answers

if TYPE_CHECKING:
    from partnership_model.display.consultation.facilitator_page import Now, Session, Wall
    from partnership_model.knowledge.consultation.question_set import QuestionSet


def projector_page(  # noqa: PLR0913 - what stands on the page
    questions: QuestionSet,
    session: Session | None,
    now: Now,
    shown: tuple[str, str],
    *,
    wall: Wall,
    codes: tuple[str, str],
    ends: dt.datetime | None = None,
    over: bool = False,
) -> str:
    """Write what the hall sees: how to join or until when to send, how many have answered, and what is shown, with its mark.

    Args:
        questions: what is asked.
        session: the one to join.
        now: what may be shown.
        shown: what is shown to the hall, and its mark.
        wall: what stands there for people to join.
        codes: of the form and of the Wi-Fi, drawn.
        ends: when the last session closes, of which forms can still be sent.
        over: whether there were sessions, and none is open any more.
    """
    return drawn_page(
        "projector",
        questions.asks,
        questions=questions,
        session=session,
        wall=wall,
        hall=wall.hall.removeprefix("http://"),
        ends=f"{ends.astimezone():%H:%M:%S}" if ends else "",
        left=time_left(ends),
        over=over,
        codes=tuple(Markup(one) for one in codes),  # noqa: S704 - drawn by segno: squares and nothing else
        now=now,
        answers=answers(now),
        shown=Markup(shown[0].strip()),  # noqa: S704 - our own template
        mark=shown[1],
    )


def time_left(ends: dt.datetime | None) -> str:
    """Say how many minutes and seconds are left; "" where nothing ends."""
    if ends is None:
        return ""
    seconds = max(0, math.ceil((ends - dt.datetime.now(dt.UTC)).total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02}"
