"""Draws the pictures of docs/method/ from the real thing, into docs/img/method/: `python tests/browser/method_pictures.py [TOPIC...]`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import vl_convert

from partnership_model.display import exact_parts, other_methods_parts, robustness_detail, sweep_parts, uncertainty_parts, ways_of_weighing
from partnership_model.display.blocks import Block, Figure
from partnership_model.display.notebook import open_appraisal

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.analysis.appraisal import Appraisal

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "img" / "method"
CASE = "ember-2016"  # its group has looked at every judgement that could change the answer, so that nothing is withheld
# The name of a page in docs/method/, and what makes the blocks whose first chart is its picture.
PARTS: dict[str, Callable[[Appraisal], list[Block]]] = {
    "exact": exact_parts.part,
    "find_out_next": uncertainty_parts.part,
    "other_methods": other_methods_parts.part,
    "robustness": robustness_detail.part,
    "ways_of_weighing": ways_of_weighing.part,
    "what_would_change": sweep_parts.part,
}


def figure(topic: str, appraisal: Appraisal) -> Figure:
    """Give the first chart of a topic."""
    found = next((block for block in PARTS[topic](appraisal) if isinstance(block, Figure)), None)
    return found or sys.exit(f"{topic}: this part draws no chart for {CASE}.")


def png(drawn: Figure) -> bytes:
    """Draw a chart as a picture on white, twice as fine as it is shown."""
    return vl_convert.vegalite_to_png({**drawn.spec, "background": "white"}, scale=2)


def main(topics: list[str]) -> None:
    """Draw the pictures of these topics, or of all."""
    unknown = sorted(set(topics) - set(PARTS))
    if unknown:
        sys.exit(f"Unknown: {', '.join(unknown)}. Known: {', '.join(PARTS)}.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    appraisal = open_appraisal(CASE).appraisal
    for topic in topics or PARTS:
        (PICTURES / f"{topic}.png").write_bytes(png(figure(topic, appraisal)))


if __name__ == "__main__":
    main(sys.argv[1:])
