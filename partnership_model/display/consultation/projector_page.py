"""What the hall sees on the wall, around what is shown to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from partnership_model.display.consultation.facilitated import drawn_page
from partnership_model.display.consultation.facilitator_page import answers

if TYPE_CHECKING:
    import datetime as dt

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
) -> str:
    """Write what the hall sees: how to join or until when to send, how many have answered, and what is shown, with its mark."""
    return drawn_page(
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
