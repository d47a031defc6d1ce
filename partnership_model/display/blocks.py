"""Blocks of which pages and reports are made; in a notebook each shows itself, and a report reads it back as data."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import jinja2

from partnership_model.display.rounding import number
from partnership_model.display.svg_tidying import tidied

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from partnership_model.display.drawing import Drawing

MIME = "application/vnd.partnership-model.block+json"
BOARD_MIME = "application/vnd.partnership-model.board+json"  # a block of the board paper, which is no part of the report
RESULT_MIME = "application/vnd.partnership-model.result+json"
# Notebooks put every cell to the right; ours hold words.
IN_A_NOTEBOOK = "<style>.rows-become-blocks :is(caption, th, td):not(.number) { text-align: left }</style>"
# Of a drawing that is made here and shown elsewhere: letters that are as wide everywhere as they were measured here.
DRAWN_FONT = "Arial, 'Liberation Sans', Arimo, Helvetica, sans-serif"
DRAWN_LATER = "PARTNERSHIP_CHARTS_DRAWN_LATER"  # set by whoever runs the notebook and draws its charts afterwards
TEMPLATES = jinja2.Environment(
    loader=jinja2.PackageLoader("partnership_model.display"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,  # no look at the files at each move
)


def _counting_columns(rows: Sequence[Sequence[str | int]]) -> set[int]:
    """Give the places of the columns that hold whole numbers; the first one heads its row whatever it holds."""
    return {place for row in rows for place, cell in enumerate(row) if place and isinstance(cell, int)}


def _column_labels(columns: Sequence[str]) -> str:
    r"""Give the names of the columns as properties of a style, by which a narrow screen names each cell; the first heads its row.

    >>> _column_labels(["Option", 'So "many"'])
    '--c2:"So \\22 many\\22 "'
    """
    named = (re.sub(r"[^\w .,:()-]", lambda found: f"\\{ord(found[0]):x} ", one) for one in columns[1:])
    return ";".join(f'--c{place}:"{name}"' for place, name in enumerate(named, 2))


def figures(cell: str | int) -> str:
    """Write a cell of a table as people read it: a whole number in groups of three.

    >>> figures(-1031875), figures(42), figures("45 to 78")
    ('-1,031,875', '42', '45 to 78')
    """
    return f"{cell:,}" if isinstance(cell, int) else cell


TEMPLATES.filters["counting_columns"] = _counting_columns
TEMPLATES.filters["figures"] = figures
TEMPLATES.filters["column_labels"] = _column_labels


@dataclass(frozen=True)
class Heading:
    """A heading: the finding where there is one. Level 1 stands once, on top."""

    text: str
    level: Literal[1, 2, 3] = 2
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `lead` is larger, `note` says what a number is not, `missing` names what the case does not give."""

    text: str
    style: Literal["plain", "lead", "note", "missing"] = "plain"


@dataclass(frozen=True)
class Bullets:
    """A list of short sentences; `linked` turns the web addresses in them into links."""

    items: tuple[str, ...]
    ordered: bool = False
    linked: bool = False


@dataclass(frozen=True)
class Stamp:
    """A word in a box: `illustrative`, `not decided`."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first column heads its rows, whole numbers stand to the right.

    Attributes:
        exact: for spreadsheets, columns of numbers that are not rounded; one that is called like a column stands in its place,
            any other to the right.
        total: which of the exact columns is the sum of the other ones.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    exact: tuple[tuple[str, tuple[float | None, ...]], ...] = ()
    total: str = ""

    @classmethod
    def of(cls, caption: str, frame: pd.DataFrame, exact: Mapping[str, Sequence[float | None]] | None = None, total: str = "") -> Table:
        """Make a table from a frame of words and whole numbers."""
        rows = tuple(
            tuple(cell if isinstance(cell, str) else int(cell) for cell in row) for row in frame.itertuples(index=False, name=None)
        )
        numbers = tuple((name, tuple(None if one is None else number(one) for one in column)) for name, column in (exact or {}).items())
        return cls(caption, tuple(map(str, frame.columns)), rows, numbers, total)

    @classmethod
    def of_rows(cls, caption: str, rows: Sequence[Mapping[str, str | int]]) -> Table:
        """Make a table from rows that all have the same columns."""
        return cls(caption, tuple(rows[0]), tuple(tuple(row.values()) for row in rows))


@dataclass(frozen=True)
class Figure:
    """A chart, its title that states the finding, and its text alternative; the table that follows is its twin."""

    title: str
    alternative: str
    spec: dict[str, Any] = field(repr=False)

    @classmethod
    def of(cls, title: str, chart: Drawing) -> Figure:
        """Make a figure from a chart."""
        spec = _rounded(chart.to_dict())
        return cls(title, str(spec.get("description", title)), spec)

    def svg(self) -> str:
        """Draw the chart as SVG, without a network."""
        import vl_convert  # noqa: PLC0415 - half a second that only those who draw here should pay

        config = {**self.spec.get("config", {}), "font": DRAWN_FONT}
        return tidied(vl_convert.vegalite_to_svg({**self.spec, "config": config}))


def _rounded(part: Any) -> Any:  # noqa: ANN401 - a part of a specification
    """Keep six decimals of every number, so that the same chart is the same specification however its numbers were added up."""
    if isinstance(part, dict):
        return {key: _rounded(one) for key, one in part.items()}
    if isinstance(part, list):
        return [_rounded(one) for one in part]
    return number(part) if isinstance(part, float) else part


Block = Heading | Paragraph | Bullets | Stamp | Table | Figure
KINDS: dict[str, type[Any]] = {kind.__name__.lower(): kind for kind in (Heading, Paragraph, Bullets, Stamp, Table, Figure)}


def as_data(block: Block) -> dict[str, Any]:
    """Give a block as plain data, with its kind."""
    return {"kind": type(block).__name__.lower(), **vars(block)}


def from_data(data: dict[str, Any]) -> Block:
    """Make a block again from its data.

    >>> from_data(as_data(Heading("Why we are asking"))).text
    'Why we are asking'
    """
    fields = {key: _frozen(value) if key != "spec" else value for key, value in data.items() if key != "kind"}
    return KINDS[data["kind"]](**fields)  # type: ignore[no-any-return]


def _frozen(value: Any) -> Any:  # noqa: ANN401 - plain data
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def html(blocks: list[Block], drawings: dict[int, str] | None = None, *, slim: bool = False) -> str:
    """Write blocks as HTML; charts are drawn as SVG, or taken from `drawings` by their place in the list.

    Args:
        blocks: of the known kinds.
        drawings: the charts that somebody has drawn.
        slim: name the columns once a table, for a page whose style says how a narrow screen names each cell by them.
    """
    unknown = next((block for block in blocks if not isinstance(block, tuple(KINDS.values()))), None)
    if unknown is not None:
        message = f"A block of this kind cannot be written: {unknown!r}"
        raise TypeError(message)
    drawn = {place: (drawings or {}).get(place) or block.svg() for place, block in enumerate(blocks) if isinstance(block, Figure)}
    return TEMPLATES.get_template("blocks.html.j2").render(blocks=[as_data(block) for block in blocks], drawn=drawn, slim=slim)


class Shown:
    """Blocks that show themselves in a notebook, one output each, and can be read back from it."""

    def __init__(self, blocks: list[Block], mime: str = MIME) -> None:
        """Keep the blocks, and as a part of which paper they are read back."""
        self.blocks, self.mime = blocks, mime

    def _ipython_display_(self) -> None:
        from IPython.display import display  # noqa: PLC0415 - only inside a notebook

        for block in self.blocks:
            data: dict[str, Any] = {
                self.mime: as_data(block),
                "text/plain": getattr(block, "text", "") or getattr(block, "caption", "") or repr(block),
            }
            if isinstance(block, Figure):
                data["text/plain"] = block.alternative
                if DRAWN_LATER not in os.environ:
                    data["image/svg+xml"] = block.svg()
                    # What notebooks show: the drawing alone would have neither its title nor its text alternative.
                    data["text/html"] = html([block], {0: data["image/svg+xml"]})
            else:
                data["text/html"] = html([block]) + (IN_A_NOTEBOOK if isinstance(block, Table) else "")
            display(data, raw=True)
