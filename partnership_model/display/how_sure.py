"""The parts of "How sure": what would change the answer and what stands behind it, each the same on the page and in the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.display import robustness_parts
from partnership_model.display.blocks import Figure, Heading

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.display.blocks import Block


@dataclass(frozen=True)
class Part:
    """One question about the answer: a heading, findings in sentences, figures, tables and a note.

    Attributes:
        key: its name among the parts.
        folded: whether the page shows the heading alone until somebody opens it.
        blocks: the heading first.
    """

    key: str
    folded: bool
    blocks: tuple[Block, ...]

    @property
    def heading(self) -> str:
        """Give the part's heading."""
        first = self.blocks[0]
        return first.text if isinstance(first, Heading) else ""

    @property
    def figures(self) -> dict[str, Figure]:
        """Give the part's figures by the names of their places on a page."""
        found = (block for block in self.blocks if isinstance(block, Figure))
        return {f"{self.key}-{number}": figure for number, figure in enumerate(found, 1)}


@dataclass(frozen=True)
class _Maker:
    folded: bool
    blocks: Callable[..., list[Block]]


_MAKERS: dict[str, _Maker] = {
    "left_out": _Maker(folded=True, blocks=robustness_parts.left_out),
    "weights_moved": _Maker(folded=True, blocks=robustness_parts.weights_moved),
}


def parts(appraisal: Appraisal, *, narrow: bool = False) -> tuple[Part, ...]:
    """Give the parts that have something to say, in the order in which people ask; none while the order is withheld."""
    made = ((key, maker.folded, maker.blocks(appraisal, narrow=narrow)) for key, maker in _MAKERS.items())
    return tuple(Part(key, folded, tuple(blocks)) for key, folded, blocks in made if blocks)
