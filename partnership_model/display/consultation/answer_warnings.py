"""What the facilitator is told where more answers come than a hall gives: a code on the wall is open to programs too."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

BURST = 100  # answers within a minute: a full hall may give them, one telephone does not
NEARLY = 0.8  # of the room that a form has
_MORE = "For more, open another session, or write `most_answers` under `consultation` in the case and start the program again."


def answer_warnings(by_session: Mapping[str, int], came: Mapping[str, int], most: int) -> dict[str, str]:
    """Say it of each session, by its id; nothing where nothing is odd. Numbers are round, lest a screen reader say each of them.

    Args:
        by_session: how many answers each has.
        came: how many of them came within the last minute.
        most: for how many a form has room.
    """
    said = {}
    for session, number in by_session.items():
        lines = []
        if came.get(session, 0) >= BURST:
            lines.append(
                f"{came[session] // BURST * BURST} answers or more came within a minute. If fewer people than that are answering, somebody "
                "sends them by a program: close this session and open another, which has a new code. Answers that are in stay in."
            )
        if number >= most:
            lines.append(f"This form is full: it takes {most} answers, and tells people to ask for paper. {_MORE}")
        elif number > most * NEARLY:
            lines.append(f"More than four fifths of the {most} answers that this form takes are in. {_MORE}")
        if lines:
            said[session] = " ".join(lines)
    return said
