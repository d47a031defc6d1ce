"""Sets documents with Typst, which can read no file: all that it is given is text, and its folder is empty."""

from __future__ import annotations

import json
import re
import tempfile
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import typst

from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from collections.abc import Sequence

FONT = "Libertinus Serif"  # Typst brings it along; no font of this machine is looked at
SURE = re.compile("[\n -~\u00a0-\u017f\u0391-\u03c9\u0410-\u044f\u2010-\u2015\u2018-\u201d\u2022\u2026\u20ac]")  # it has these
NOT_SHOWN = "\ufffd"
REMEMBERED = 11  # documents
PICTURES = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#for one in json(bytes(sys.inputs.drawings)) { page(image(bytes(one), format: "svg")) }
"""
DOTS = 96 * 2.0  # an inch of a drawing: two for each of its pixels, for paper


def shown_data(data: str) -> str:
    """Put a mark in the place of letters that no font at hand can show."""
    unknown = {letter for letter in set(SURE.sub("", data)) if not _can_be_shown(letter)}
    return re.sub(f"[{re.escape(''.join(sorted(unknown)))}]", NOT_SHOWN, data) if unknown else data


def compiled(source: str, **data: str) -> bytes:
    """Compile a document.

    Raises:
        PartnershipError: it cannot be made.
    """
    try:
        return _compiled(source, **data)
    except typst.TypstError as error:
        message = f"The PDF cannot be written: {str(error).splitlines()[0]}. The other formats can: leave pdf out of --to."
        raise PartnershipError(message) from None
    finally:
        _forget()


def _forget() -> None:
    """Let Typst forget what it worked out: it keeps that, a hundred megabytes a report, for some more documents."""
    with tempfile.TemporaryDirectory(prefix="partnership-") as empty:
        compiler = typst.Compiler(root=empty, ignore_system_fonts=True)
        for _ in range(REMEMBERED):
            compiler.compile(input=b" ", format="svg")


def counted_pages(source: str, **data: str) -> int:
    """Count the pages of a document that says how many it has (`<pages>`)."""
    with tempfile.TemporaryDirectory(prefix="partnership-") as empty:
        found = typst.query(source.encode(), "<pages>", field="value", one=True, root=empty, ignore_system_fonts=True, sys_inputs=data)
    return int(json.loads(found))


def _compiled(template: str, **data: str) -> bytes:
    """Compile a document that can read no file: its folder is empty, and all it is given is text."""
    with tempfile.TemporaryDirectory(prefix="partnership-") as empty:
        return bytes(
            typst.compile(template.encode(), root=empty, ignore_system_fonts=True, format="pdf", pdf_standards="ua-1", sys_inputs=data)
        )


@lru_cache(maxsize=2)
def template(name: str) -> str:
    """Read a template that ships."""
    return resources.files("partnership_model.delivery").joinpath("report_templates", name).read_text(encoding="utf-8")


@lru_cache(maxsize=4096)
def _can_be_shown(letter: str) -> bool:
    """Say whether the fonts that Typst brings have a letter; of one that they lack it would write nothing at all."""
    alone = f'#set document(title: "a")\n#set text(font: "{FONT}")\n#sys.inputs.letter'
    try:
        _compiled(alone, letter=letter)
    except typst.TypstError:
        return False
    return True


def pictures(drawings: Sequence[str]) -> list[bytes]:
    """Make drawings into pictures of dots (PNG), in the letters that they ask for, if this machine has them."""
    if not drawings:
        return []
    with tempfile.TemporaryDirectory(prefix="partnership-") as empty:
        made = typst.compile(PICTURES, root=empty, format="png", ppi=DOTS, sys_inputs={"drawings": json.dumps(list(drawings))})
    _forget()
    return made if isinstance(made, list) else [made]
