"""The page on which comments are read and decided on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.display import phrases
from partnership_model.display.consultation.facilitated import facilitated
from partnership_model.knowledge.consultation.comment_themes import read_comment_themes

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import Protocol

    from partnership_model.knowledge.consultation.comment_themes import CommentThemes
    from partnership_model.knowledge.consultation.question_set import QuestionSet

    class Comment(Protocol):
        """A comment as it is read."""

        id: str
        group: str
        written: str
        state: str
        shown: str
        reason: str
        themes: tuple[str, ...]


STATE_WORDS = {"waiting": "Waits for you", "approved": "Shown", "redacted": "Shown in part", "rejected": "Kept back"}


@dataclass(frozen=True)
class Refused:
    """A decision on a comment that was not taken, with all that was typed.

    Attributes:
        comment: its id.
        at: the field that is wrong, `reason`, `shown` or `sure`; "" where it is none of them.
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
            "themes": one.themes or suggested,
            "suggested": [themes.themes[key].label for key in suggested],
            "refused": refused if refused and refused.comment == one.id else None,
        }
        for one in comments
        for suggested in [() if closed else _suggested(one, themes)]
    ]
    rows.sort(key=lambda row: row["refused"] is None)
    gone = refused is not None and not any(row["refused"] for row in rows)
    labels = {key: theme.label for key, theme in themes.themes.items()}
    states = {**STATE_WORDS, "waiting": "Nobody decided on it"} if closed else STATE_WORDS
    about = {"states": states, "themes": labels, "xsrf": xsrf, "refused": refused, "gone": gone, "closed": closed}
    return facilitated("comments", title, "/consultation/comments", questions, comments=rows, **about)


def _suggested(comment: Comment, themes: CommentThemes) -> tuple[str, ...]:
    """Give the themes that are ticked on a comment that waits, until somebody has said what it is about."""
    return () if comment.themes or comment.state != "waiting" else themes.suggested(comment.written)
