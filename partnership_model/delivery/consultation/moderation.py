"""Comments are read by somebody before anybody else sees them: approved, shortened or kept back, with a reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from sqlalchemy import select, update

from partnership_model.delivery.consultation.acts import note, refuse_closed
from partnership_model.delivery.consultation.schema import comments
from partnership_model.display import phrases
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.consultation.ballots import LONGEST_COMMENT
from partnership_model.knowledge.consultation.record import Quotation
from partnership_model.knowledge.consultation.told_lines import pointing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.delivery.consultation.store import Store

State = Literal["waiting", "approved", "redacted", "rejected"]
STATES: tuple[State, ...] = get_args(State)
SHOWN: tuple[State, ...] = ("approved", "redacted")
MOST_REASON = 500
MOST_QUOTED = 400  # comments, so that a case stays small enough to be mailed


class DecisionError(PartnershipError):
    """A decision lacks something, or its comment is gone.

    Attributes:
        at: what is missing; "" where the comment is gone.
    """

    def __init__(self, message: str, at: Literal["reason", "shown", "sure", ""] = "") -> None:
        """Say what is wrong, and with what."""
        super().__init__(message)
        self.at = at


@dataclass(frozen=True)
class Comment:
    """A comment as the facilitator sees it.

    Attributes:
        written: in the person's own words.
        shown: what others may read of it; nothing unless it was approved or shortened.
        reason: why it was shortened or kept back.
        themes: what it is about, by the keys of themes.
    """

    id: str
    group: str
    written: str
    state: State
    shown: str
    reason: str
    themes: tuple[str, ...]


def comments_of(store: Store, consultation: str) -> tuple[Comment, ...]:
    """Give all comments, in no order that says when they came; those that wait come first."""
    wanted = select(comments).where(comments.c.consultation == consultation).order_by(comments.c.id)
    with store.transaction() as connection:
        found = [
            Comment(row.id, row.stakeholders, row.written, row.state, row.shown, row.reason, tuple(json.loads(row.themes)))
            for row in connection.execute(wanted)
        ]
    return tuple(sorted(found, key=lambda one: STATES.index(one.state)))


def quotations_of(comments: Sequence[Comment]) -> list[Quotation]:
    """Give what others may read, without the group: a quotation and a group together can name a person."""
    return [
        Quotation(themes=one.themes, says=one.shown.strip()[:LONGEST_COMMENT])
        for one in sorted(comments, key=lambda one: one.shown)
        if one.state in SHOWN and one.shown.strip()
    ][:MOST_QUOTED]


def moderate(  # noqa: PLR0913 - what a decision says
    store: Store,
    consultation: str,
    comment: str,
    state: State,
    *,
    shown: str = "",
    reason: str = "",
    themes: Sequence[str] = (),
    sure: bool = False,
) -> None:
    """Decide on a comment; the decision can be changed.

    Args:
        store: where it is kept.
        consultation: whose comment it is.
        comment: its id.
        state: what is decided.
        shown: what is left of a comment that is shortened.
        reason: why it is shortened or kept back.
        themes: what it is about.
        sure: whether what looks like a name is meant to be shown.

    Raises:
        DecisionError: there is no such comment, the decision lacks its reason or what is left of the comment, or others would read a name.
        ClosedError: the consultation is closed.
    """
    if state in ("redacted", "rejected") and not reason.strip():
        message = "Say why: a comment that is shortened or kept back has a reason, which is kept with it."
        raise DecisionError(message, "reason")
    if state == "redacted" and not shown.strip():
        message = "Leave something of the comment, or keep it back as a whole."
        raise DecisionError(message, "shown")
    mine = (comments.c.id == comment) & (comments.c.consultation == consultation)
    with store.transaction() as connection:
        refuse_closed(connection, consultation)  # the record of a closed one, and its hash, stay as they are
        row = connection.execute(select(comments).where(mine)).first()
        if row is None:
            message = "This comment was changed by its author, or taken back, in the meantime. Read it again: nothing was decided on it."
            raise DecisionError(message)
        left = {"approved": row.written, "redacted": shown.strip(), "rejected": "", "waiting": ""}[state]
        if not sure and (found := pointing(left, "looks like a name")):
            message = f"{phrases.capital(found)}. Take it out, or tick that you mean it."
            raise DecisionError(message, "sure")
        values = {"state": state, "shown": left, "reason": reason.strip()[:MOST_REASON], "themes": json.dumps(list(themes))}
        connection.execute(update(comments).where(mine).values(values))
        note(connection, consultation, f"comment {state}", reason.strip()[:MOST_REASON])
