"""What people wrote and somebody approved, in their own words: by theme, and on the wall a few at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph
from partnership_model.display.consultation.form_page import PAGES
from partnership_model.knowledge.consultation.comment_themes import read_comment_themes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from partnership_model.knowledge.consultation.record import Quotation

MOST_QUOTED = 60
MOST_AT_ONCE = 3
ROOM = 300  # letters that can be read at once from the back of a hall; a longer comment stands alone
LONG = 800
ELSE = "Other things"
NOBODY_NAMED = (
    "Each was read and approved by a person before anybody else saw it. Neither a name nor a group stands beside it, since a group and "
    "what somebody says can be enough to know them by. One that is about several things stands under the first of them, and the same words "
    "of several people stand once."
)


def by_theme(quotations: Sequence[Quotation], labels: Mapping[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    """Put what was said under its first theme, in the order of the themes; what has no theme comes last.

    Each text stands once, under the first theme of all who said it: the same words under two themes would read as two voices.
    """
    order = {key: place for place, key in enumerate((*labels, ""))}
    place: dict[str, str] = {}
    for one in quotations:
        says, theme = " ".join(one.says.split()), next((key for key in one.themes if key in labels), "")
        place[says] = min(place.get(says, theme), theme, key=order.__getitem__)
    found = {key: tuple(says for says, theme in place.items() if theme == key) for key in order}
    return [(labels.get(key, ELSE), said) for key, said in found.items() if said]


def quoted(quotations: Sequence[Quotation], labels: Mapping[str, str]) -> list[Block]:
    """Give what was approved for others to read, by theme; nothing where nothing was."""
    themes = by_theme(quotations, labels)
    if not themes:
        return []
    blocks: list[Block] = [Heading("In people's own words", 3)]
    left = MOST_QUOTED
    for label, said in themes:
        shown, left = said[:left], max(0, left - len(said))
        if shown:
            blocks += [Paragraph(f"{label}:"), Bullets(tuple(f"“{one}”" for one in shown))]
    more = sum(len(said) for _, said in themes) - MOST_QUOTED
    if more > 0:
        blocks.append(Paragraph(f"{more} more stand in the record of the consultation.", "note"))
    return [*blocks, Paragraph(NOBODY_NAMED, "note")]


@dataclass(frozen=True)
class Few:
    """As many comments as can be read at once from the back of a hall.

    Attributes:
        theme: what they are about.
        said: the comments.
        size: how large they can stand.
    """

    theme: str
    said: tuple[str, ...]

    @property
    def size(self) -> str:
        """Name the size of the letters that they leave room for."""
        letters = sum(map(len, self.said))
        return "large" if letters <= ROOM else "middle" if letters <= LONG else "small"


def few_at_a_time(quotations: Sequence[Quotation]) -> list[Few]:
    """Divide what was approved into what stands on the wall at once."""
    labels = {key: one.label for key, one in read_comment_themes().themes.items()}
    return [Few(label, few) for label, said in by_theme(quotations, labels) for few in _few(said)]


def _few(said: Sequence[str]) -> Iterator[tuple[str, ...]]:
    held: list[str] = []
    for one in said:
        if held and (len(held) == MOST_AT_ONCE or sum(map(len, held)) + len(one) > ROOM):
            yield tuple(held)
            held = []
        held.append(one)
    if held:
        yield tuple(held)


def said_html(few: Sequence[Few], at: int) -> str:
    """Write what of it stands on the wall."""
    place = at % len(few) if few else 0
    return PAGES.get_template("consultation/said.html.j2").render(few=few[place] if few else None, place=place + 1, of=len(few))
