"""What python-docx does not write by itself: table rows at once, repeated heads, links, page numbers, lists that begin at 1."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser

from partnership_model.display.blocks import figures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from partnership_model.delivery.page_fit import Fit
    from partnership_model.display.blocks import Table

TWENTIETHS = 20 * 72 / 25.4  # of a point, in a millimetre
LINE, SOFT, BLUE = "D5DAE0", "4A5763", "0B5394"
LONG_CELL = 1500  # letters, from which on a row may be divided between two pages
OURS = {"w": nsmap["w"]}
_known = lru_cache(maxsize=256)(qn)


def element(name: str, attributes: Mapping[str, str | int] | None = None, *children: Any) -> Any:  # noqa: ANN401 - lxml's own
    """Make an element with attributes of Word's name space and children."""
    made = oxml_parser.makeelement(_known(f"w:{name}"), nsmap=OURS)
    for key, value in (attributes or {}).items():
        made.set(_known(f"w:{key}"), str(value))
    made.extend(children)
    return made


def table_of(table: Table, fit: Fit) -> Any:  # noqa: ANN401 - lxml's own
    """Make a table whose head is repeated on each page, with the widths that it fits with."""
    widths = [round(one * TWENTIETHS) for one in fit.widths]
    line = {"val": "single", "sz": 4, "space": 0, "color": LINE}
    margins = [element(side, {"w": 80 if side in ("left", "right") else 24, "type": "dxa"}) for side in ("top", "left", "bottom", "right")]
    made = element(
        "tbl",
        None,
        element(
            "tblPr",
            None,
            element("tblW", {"w": sum(widths), "type": "dxa"}),
            element("tblBorders", None, element("bottom", line), element("insideH", line)),
            element("tblLayout", {"type": "fixed"}),
            element("tblCellMar", None, *margins),
            element("tblLook", {"val": "04A0", "firstRow": 1, "lastRow": 0, "firstColumn": 1, "lastColumn": 0, "noHBand": 0, "noVBand": 1}),
            element("tblCaption", {"val": table.caption}),
        ),
        element("tblGrid", None, *(element("gridCol", {"w": width}) for width in widths)),
    )
    numbers = {place for row in table.rows for place, cell in enumerate(row) if place and isinstance(cell, int)}
    made.append(_row(table.columns, _cells(widths, fit.size, numbers, head=True), head=True))
    cells = _cells(widths, fit.size, numbers)
    made.extend(_row(row, cells) for row in table.rows)
    return made


def _cells(widths: list[int], size: float, numbers: set[int], *, head: bool = False) -> list[Any]:
    """Make an empty cell of each column, to be copied for each row: that is many times as fast as making it anew."""
    made = []
    for place, width in enumerate(widths):
        colour = [element("color", {"val": SOFT})] if head else []
        bold = [element("b")] if head or not place else []
        letters = element("rPr", None, *bold, *colour, element("sz", {"val": round(size * 2)}))
        side = [element("jc", {"val": "right"})] if place in numbers else []
        about_text = element("pPr", None, *([element("keepNext")] if head else []), element("spacing", {"before": 0, "after": 0}), *side)
        about_cell = element("tcPr", None, element("tcW", {"w": width, "type": "dxa"}))
        made.append(element("tc", None, about_cell, element("p", None, about_text, element("r", None, letters))))
    return made


def _row(cells: tuple[str | int, ...], empty: list[Any], *, head: bool = False) -> Any:  # noqa: ANN401
    about = [] if max(len(str(cell)) for cell in cells) > LONG_CELL else [element("cantSplit")]
    about += [element("tblHeader")] if head else []
    row = element("tr", None, element("trPr", None, *about))
    for cell, like in zip(cells, empty, strict=True):
        made = deepcopy(like)
        made[-1][-1].append(text_of(figures(cell)))  # the run of its paragraph
        row.append(made)
    return row


def text_of(text: str) -> Any:  # noqa: ANN401 - lxml's own
    """Make a piece of text that keeps its spaces."""
    made = element("t")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def add_link(paragraph: Paragraph, text: str, address: str) -> None:
    """Add a link that is followed only when somebody chooses it."""
    made = element("hyperlink")
    made.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    letters = element("rPr", None, element("color", {"val": BLUE}), element("u", {"val": "single"}))
    made.append(element("r", None, letters, text_of(text)))
    paragraph._p.append(made)  # noqa: SLF001 - python-docx has no other way


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """Add a field that Word fills in, such as the number of the page."""
    for piece in ("begin", instruction, "separate", "1", "end"):
        run = paragraph.add_run()._r  # noqa: SLF001 - python-docx has no other way
        if piece in ("begin", "separate", "end"):
            run.append(element("fldChar", {"fldCharType": piece}))
        elif piece == instruction:
            made = element("instrText")
            made.text = f" {instruction} "
            run.append(made)
        else:
            run.append(text_of(piece))


def own_list(document: Document, style: str) -> Any | None:  # noqa: ANN401 - lxml's own
    """Make a list of its own, whose numbers begin at 1; none where the style has no numbers."""
    about = document.styles[style].element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    if about is None:
        return None
    numbering = document.part.numbering_part.element
    like = next((one for one in numbering.num_lst if one.numId == int(about.get(qn("w:val")))), None)
    if like is None:
        return None
    made = numbering.add_num(like.abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return element("numPr", None, element("ilvl", {"val": 0}), element("numId", {"val": made.numId}))


def end_of_section(last: Any, *, sideways: bool) -> Any:  # noqa: ANN401 - lxml's own
    """Make the paragraph that ends a part of the document whose pages lie or stand as asked for, else like its last part."""
    section = deepcopy(last)
    size = section.find(qn("w:pgSz"))
    if sideways and size is not None:
        width, height = size.get(qn("w:w")), size.get(qn("w:h"))
        size.set(qn("w:w"), height)
        size.set(qn("w:h"), width)
        size.set(qn("w:orient"), "landscape")
    spacing = element("spacing", {"before": 0, "after": 0, "line": 20, "lineRule": "exact"})
    return element("p", None, element("pPr", None, spacing, section))
