"""What tests of the writers share: a small report with a block of each kind, and the Ember report without drawings."""

from __future__ import annotations

from functools import lru_cache

import nbformat

from partnership_model.delivery.report import Report, report_of
from partnership_model.display.blocks import RESULT_MIME, Block, Bullets, Figure, Heading, Paragraph, Stamp, Table
from tests.delivery.test_report import GOVERNORS, SMALL, executed, notebook_of
from tests.display.test_blocks import HOSTILE, a_chart
from tests.display.test_notebook import ember

# Each of these would do something in Typst, Word's templates or Excel if it were taken for code.
INSTRUCTIONS = (
    *HOSTILE,
    '#read("/etc/passwd") #sys.version *bold* _slanted_ $x^2$ @source <label> // gone /* gone */ ```raw``` \\u{41}',
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("https://example.org/","here")',
    "{=1+1}",
    "http://example.org/a",
    "007",
    "\t=1+1",
    "line\x00 with \x07 and \x1b[31m",
    "中文 😀 ਪੰਜਾਬੀ العربية",
)


def small(text: str = "A text") -> Report:
    """Make a report with a block of each kind, in which a text stands everywhere."""
    blocks: list[Block] = [
        Heading(text, 1),
        Stamp(GOVERNORS),
        Stamp(text),
        Heading("Summary", 2, "summary"),
        Paragraph(text),
        *(Paragraph(text, style) for style in ("lead", "note", "missing")),
        Heading("Second section", 2, "why"),
        Heading(text, 3),
        Bullets((text, "another")),
        Bullets((f"See https://example.org/a?b=1&c=2, and {text}", "another"), ordered=True, linked=True),
        Table(text, ("Option", text), ((text, 1), ("Other", 23))),
        Figure(text, f"What {text} shows", Figure.of("A title", a_chart("Federation")).spec),
    ]
    return report_of(notebook_of(blocks, drawing=SMALL))


@lru_cache(maxsize=1)
def ember_notebook() -> nbformat.NotebookNode:
    """Give the executed notebook of the Ember case, its charts not really drawn."""
    notebook = executed(ember(), SMALL)
    output = nbformat.v4.new_output("execute_result", {RESULT_MIME: ember().result().data, "text/plain": "a result"})
    notebook.cells.append(nbformat.v4.new_code_cell("run.result()", outputs=[output]))
    return notebook


def table_rows(report: Report, caption: str) -> list[list[str]]:
    """Give the cells of a table of a report, its head included."""
    table = next(one for one in report.blocks if isinstance(one, Table) and one.caption.startswith(caption))
    return [list(table.columns), *([str(cell) for cell in row] for row in table.rows)]
