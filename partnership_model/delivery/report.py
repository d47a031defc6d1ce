"""A report as its writers get it: the blocks of an executed notebook, the drawings of its charts, and what stands on each page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from partnership_model.delivery.drawing_letters import know_only_own_letters
from partnership_model.display.blocks import MIME, RESULT_MIME, Block, Figure, Heading, Stamp, as_data, from_data
from partnership_model.knowledge.schema import parse_day, plain_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SVG = "image/svg+xml"
# What XML, and so Word and Excel, cannot hold, and no font can show.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
BREAKS = re.compile("[\t\n\r\x85\u2028\u2029]+")
ADDRESS = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,:;!?)\]]")


@dataclass(frozen=True)
class Report:
    """Everything that a writer needs, whatever the format.

    Attributes:
        title: of the document.
        about: which case and day it is about, for the foot of each page.
        drawings: the charts as SVG, by the place of their figure among the blocks.
    """

    title: str
    blocks: tuple[Block, ...]
    about: str = ""
    drawings: Mapping[int, str] = field(default_factory=dict, repr=False)

    @property
    def stamps(self) -> list[str]:
        """Give the words that no page may be without, such as the edition."""
        return [block.text for block in self.blocks if isinstance(block, Stamp)]

    @property
    def foot(self) -> str:
        """Give the line that stands on each page; what a reader must not miss comes first, where it is never cut off."""
        return ". ".join(one for one in (*self.stamps, self.title, self.about) if one)

    def drawing(self, place: int) -> str:
        """Give the drawing of the figure at a place, and draw it where nobody has yet."""
        figure = self.blocks[place]
        assert isinstance(figure, Figure)  # noqa: S101 - asked for figures alone
        return self.drawings.get(place) or figure.svg()


def report_of(notebook: Any, mime: str = MIME) -> Report:  # noqa: ANN401 - a notebook node
    """Read the report of an executed notebook, or another paper whose blocks it shows."""
    blocks, drawings = blocks_of(notebook, mime)
    title = next((block.text for block in blocks if isinstance(block, Heading) and block.level == 1), "Option appraisal")
    result = result_of(notebook)
    about = f"Case {result['case']}, as of {plain_day(parse_day(result['as_of'], 'as_of'))}" if result else ""
    return Report(writable(title), tuple(map(_writable_block, blocks)), writable(about), drawings)


def blocks_of(notebook: Any, mime: str = MIME) -> tuple[list[Block], dict[int, str]]:  # noqa: ANN401 - a notebook node
    """Read the blocks of an executed notebook, and the drawing of each chart by its place."""
    blocks: list[Block] = []
    drawings: dict[int, str] = {}
    for data in _outputs(notebook):
        if mime not in data:
            continue
        block = from_data(dict(data[mime]))
        if isinstance(block, Figure) and SVG in data:
            drawings[len(blocks)] = str(data[SVG])
        blocks.append(block)
    return blocks, drawings


def result_of(notebook: Any) -> dict[str, Any]:  # noqa: ANN401 - a notebook node
    """Read the result of an executed notebook; empty where it gave none."""
    return next((dict(data[RESULT_MIME]) for data in _outputs(notebook) if RESULT_MIME in data), {})


def draw_charts(notebook: Any) -> None:  # noqa: ANN401 - a notebook node
    """Draw the charts that the notebook only described, and put the drawings into its outputs."""
    know_only_own_letters()
    for data in _outputs(notebook):
        if MIME in data and SVG not in data:
            block = from_data(dict(data[MIME]))
            if isinstance(block, Figure):
                data[SVG] = block.svg()


def _outputs(notebook: Any) -> Iterator[Any]:  # noqa: ANN401 - a notebook node
    for cell in notebook.cells:
        yield from (output["data"] for output in cell.get("outputs", []) if "data" in output)


def writable(text: str) -> str:
    """Keep of a text what every format can hold: breaks become spaces, and what no font shows a mark of its own.

    >>> writable("one" + chr(10) + "two" + chr(7))
    'one two\ufffd'
    """
    return UNWRITABLE.sub("\ufffd", BREAKS.sub(" ", text))


def _writable_block(block: Block) -> Block:
    return from_data({key: value if key == "spec" else _writable_part(value) for key, value in as_data(block).items()})


def _writable_part(part: Any) -> Any:  # noqa: ANN401 - a part of a block
    if isinstance(part, tuple | list):
        return tuple(map(_writable_part, part))
    return writable(part) if isinstance(part, str) else part


def shortened(text: str, most: int) -> str:
    """Cut a text where a format lets it be no longer.

    >>> shortened("governors", 9), shortened("governors", 6)
    ('governors', 'gover…')
    """
    return text if len(text) <= most else text[: most - 1] + "…"


def with_links(text: str) -> Sequence[tuple[str, str]]:
    """Cut a text into pieces, each with the web address to which it leads, or none.

    >>> with_links("See https://example.org/a.")
    [('See ', ''), ('https://example.org/a', 'https://example.org/a'), ('.', '')]
    """
    pieces, at = [], 0
    for found in ADDRESS.finditer(text):
        pieces += [(text[at : found.start()], ""), (found[0], found[0])]
        at = found.end()
    return [(piece, address) for piece, address in [*pieces, (text[at:], "")] if piece]
