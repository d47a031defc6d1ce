"""What a closed consultation says, as one page for the facilitator: weights by group and school, agreement, support, themes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from partnership_model.delivery.background_work import worked_out
from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from partnership_model.delivery.consultation.closing import Closed

# In another process, since the server imports neither pandas nor Altair.
_WRITE = "import sys; from partnership_model.delivery.consultation.results_page import write_results; write_results(*sys.argv[1:])"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


async def results_page(made: Closed) -> str:
    """Write the page of a record; the record alone is read, so nothing is shown that may not be.

    Raises:
        PartnershipError: it could not be written.
    """
    with tempfile.TemporaryDirectory(prefix="partnership-") as folder:
        record, page = Path(folder) / "consultation.json", Path(folder) / "results.html"
        record.write_text(made.text, encoding="utf-8")
        done = await worked_out(_WRITE, str(record), str(page))
        if not done.well:
            message = f"The page of results could not be written: {done.complaint.strip().splitlines()[-1:]}"
            raise PartnershipError(message)
        return page.read_text(encoding="utf-8")


def write_results(record: str, page: str) -> None:
    """Write the page of the record in one file into another."""
    from partnership_model.analysis.consultation.recording import results_again  # noqa: PLC0415 - only the other process needs it
    from partnership_model.delivery.block_page import write_page  # noqa: PLC0415 - only the other process needs it
    from partnership_model.display.blocks import Heading  # noqa: PLC0415 - only the other process needs it
    from partnership_model.display.consultation.how_asked import how_asked, seal  # noqa: PLC0415 - only the other process needs it
    from partnership_model.display.consultation.own_words import quoted  # noqa: PLC0415 - only the other process needs it
    from partnership_model.display.consultation.section import consultation_section  # noqa: PLC0415 - only the other process needs it
    from partnership_model.knowledge.consultation.record_file import read_record  # noqa: PLC0415 - only the other process needs it

    found = read_record(Path(record).read_text(encoding="utf-8"))
    labels = {one.theme: one.label for one in found.comments.themes}
    title = f"{found.questions.title}: what people told us"
    again, heading = results_again(found), Heading(found.questions.title, 1)
    wide, narrow = (consultation_section(again, labels, narrow=narrow) for narrow in (False, True))
    rest = [*quoted(found.comments.quotations, labels), *how_asked(found), *seal(found)]
    write_page(title, [heading, *wide, *rest], Path(page), [heading, *narrow, *rest])
