"""What a public edition says of all that is not in it: once, and never whether the case has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display.blocks import Heading, Paragraph

if TYPE_CHECKING:
    from partnership_model.display.blocks import Block
    from partnership_model.knowledge.cases import Case

NOTHING = "Nothing on this is in the public edition of the case."


def lacks(case: Case, says: str) -> str:
    """Say what a case lacks; of a public edition only that it is not in it, so that nobody learns whether there is any."""
    return says if case.edition == "governors" else NOTHING


def said_once(blocks: list[Block]) -> list[Block]:
    """Leave out what says no more than that, and headings with nothing below them: the annex names all that is missing in one list."""
    kept = [block for block in blocks if block != Paragraph(NOTHING, "missing")]
    return [block for block, after in zip(kept, [*kept[1:], None], strict=True) if not _heads_nothing(block, after)]


def _heads_nothing(block: Block, after: Block | None) -> bool:
    """Say whether a heading inside a section is followed by the next one."""
    return isinstance(block, Heading) and block.level > 2 and (after is None or isinstance(after, Heading))
