"""A comparison of two runs as tables in a terminal."""

from __future__ import annotations

import itertools
import textwrap
from typing import TYPE_CHECKING

from partnership_model.display.comparison_blocks import sections, sizes
from partnership_model.display.comparison_findings import NO_CAUSE, counts, headline, notes
from partnership_model.errors import printable
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from partnership_model.analysis.run_comparison import Comparison
    from partnership_model.display.comparison_words import Row
    from partnership_model.knowledge.base import KnowledgeBase

LEAST, GAP = 60, "  "
LONGEST = 300  # letters of one cell; the page has all of them


def text(found: Comparison, base: KnowledgeBase, width: int = 100) -> str:
    """Write a comparison as lines of at most so many letters."""
    wide, every = max(width, LEAST), sections(found, base)
    runs = [
        f"{name}: {run.case}, as of {plain_day(run.as_of)}, {run.edition}, seed {run.seed}, version {run.version}"
        for name, run in (("A", found.before), ("B", found.after))
    ]
    lines = [
        *_wrapped(f"{headline(found)}.", wide),
        *_wrapped(counts(*sizes(every)), wide),
        *itertools.chain(*(_wrapped(one, wide) for one in runs)),
    ]
    lines += [line for note in notes(found) for line in _wrapped(note, wide, "- ")]
    for _, title, tables in every:
        lines += ["", title.upper() if tables else f"{title.upper()}: nothing differs"]
        for caption, rows in tables:
            lines += ["", *_table(caption, rows, wide)]
    return "\n".join([*lines, "", *_wrapped(NO_CAUSE, wide)])


def _wrapped(sentence: str, width: int, mark: str = "") -> list[str]:
    return textwrap.wrap(printable(sentence), width, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False)


def _table(caption: str, rows: Sequence[Row], width: int) -> Iterator[str]:
    """Lay out three columns, of which the first is a little wider."""
    each = (width - 2 * len(GAP)) // 3
    widths = (width - 2 * len(GAP) - 2 * each + 4, each - 2, each - 2)
    yield from _laid((caption, "A", "B"), widths)
    yield GAP.join("-" * one for one in widths)
    for row in rows:
        yield from _laid((row.what, row.before, row.after), widths)


def _laid(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    columns = [
        textwrap.wrap(textwrap.shorten(printable(cell), LONGEST, placeholder=" ..."), wide)
        for cell, wide in zip(cells, widths, strict=True)
    ]
    for line in itertools.zip_longest(*columns, fillvalue=""):
        yield GAP.join(part.ljust(wide) for part, wide in zip(line, widths, strict=True)).rstrip()
