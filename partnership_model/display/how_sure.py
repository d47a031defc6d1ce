"""The parts of "How sure": what would change the answer and what stands behind it, each the same on the page and in the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from partnership_model.display import (
    exact_parts,
    information_parts,
    judgement_change_parts,
    potential_parts,
    robustness_detail,
    robustness_parts,
    sweep_parts,
    uncertainty_parts,
    ways_of_weighing,
)
from partnership_model.display.blocks import Figure, Heading
from partnership_model.display.how_sure_findings import FINDINGS

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
        finding: what it found, as the heading of its card; empty where the card shows all of it under its question.
    """

    key: str
    folded: bool
    blocks: tuple[Block, ...]
    finding: str = ""

    @property
    def heading(self) -> str:
        """Give the question that the part answers, as the report's heading."""
        first = self.blocks[0]
        return first.text if isinstance(first, Heading) else ""

    @property
    def figures(self) -> dict[str, Figure]:
        """Give the part's figures by the names of their places on a page."""
        found = (block for block in self.blocks if isinstance(block, Figure))
        return {f"{self.key}-{number}": figure for number, figure in enumerate(found, 1)}


# On the page: open, or folded until somebody opens it, or not there. In the report: under How sure, or in the annex.
Where = Literal["open", "folded", "report", "annex"]
_MAKERS: dict[str, tuple[Where, Callable[..., list[Block]]]] = {
    "sweep": ("report", sweep_parts.part),  # the page has a card of its own, with a choice of weights
    "judgement_changes": ("open", judgement_change_parts.part),
    "weights_moved": ("folded", robustness_parts.weights_moved),
    "under_each_set": ("folded", ways_of_weighing.part),
    "information": ("open", information_parts.part),
    "uncertainty": ("folded", uncertainty_parts.part),
    "potential": ("annex", potential_parts.part),
    "left_out": ("folded", robustness_parts.left_out),
    "robustness": ("annex", robustness_detail.part),
    "without_chance": ("annex", exact_parts.part),
}
_LEADS: dict[str, Callable[[Appraisal], dict[str, list[list[dict[str, str] | None]]]]] = {
    "judgement_changes": judgement_change_parts.leads,
    "information": information_parts.leads,
}
_DATA: dict[str, Callable[[Appraisal], Any]] = {
    "judgement_changes": judgement_change_parts.data,
    "potential": potential_parts.data,
    "sweep": sweep_parts.data,
    "information": information_parts.data,
    "uncertainty": uncertainty_parts.data,
    "robustness": robustness_detail.data,
    "without_chance": exact_parts.data,
    "under_each_set": ways_of_weighing.data,
}


def leads(appraisal: Appraisal, key: str, caption: str) -> list[list[dict[str, str] | None]] | None:
    """Say to which judgement the figures of a part's table lead; None where they lead nowhere."""
    return _LEADS[key](appraisal).get(caption) if key in _LEADS and caption else None


def parts(appraisal: Appraisal, *, narrow: bool = False) -> tuple[Part, ...]:
    """Give a page's parts that have something to say, in the order in which people ask; none while the order is withheld."""
    return _made(appraisal, ("open", "folded", "annex"), narrow=narrow)


def report_parts(appraisal: Appraisal, *, annex: bool) -> tuple[Part, ...]:
    """Give the parts of the report's section, or those of its annex: what stands behind the answer for who wants to check it."""
    return _made(appraisal, ("annex",) if annex else ("open", "folded", "report"), narrow=False)


def _made(appraisal: Appraisal, wanted: tuple[Where, ...], *, narrow: bool) -> tuple[Part, ...]:
    made = ((key, where, blocks(appraisal, narrow=narrow)) for key, (where, blocks) in _MAKERS.items() if where in wanted)
    return tuple(
        Part(key, where != "open", tuple(found), FINDINGS[key](appraisal) if key in FINDINGS else "") for key, where, found in made if found
    )


def data(appraisal: Appraisal) -> dict[str, Any]:
    """Give the numbers of the parts, for `result.json`; None for a part that has none."""
    return {key: make(appraisal) or None for key, make in _DATA.items()}
