"""The export of rows: one file of a closed consultation, the same whenever it is asked for."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from tornado.web import HTTPError, authenticated

from partnership_model.analysis.consultation.closing import closing
from partnership_model.analysis.consultation.live_pictures import live_of
from partnership_model.analysis.consultation.rows import rows_of
from partnership_model.delivery.consultation.facilitator import FacilitatorHandler
from partnership_model.delivery.fact_list import as_cell
from partnership_model.display.consultation.export_table import export_table

if TYPE_CHECKING:
    from partnership_model.delivery.consultation.kept_rows import Consultation
    from partnership_model.delivery.consultation.store import Store

FILE = "consultation-rows.csv"


def rows_text(store: Store, consultation: Consultation) -> str:
    """Write the rows of a closed consultation as CSV, of which no spreadsheet takes a text for a formula.

    The order comes from the consultation's id, which is drawn at random and stays in the store.
    """
    ballots = {one.id: one.ballot for one in store.ballots(consultation.id)}
    released = closing(live_of(json.loads(consultation.live)), ballots, consultation.questions)
    rows = rows_of(released, consultation.questions, seed=int(consultation.id, 16))
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerows([[as_cell(cell) for cell in row] for row in export_table(rows, consultation.questions)])
    return held.getvalue()


class RowsHandler(FacilitatorHandler):
    """Gives the rows as a file, once the consultation is closed: before, a row that is new since the last export would be somebody's."""

    @authenticated
    async def get(self) -> None:
        """Give it."""
        if self.desk.consultation.closed is None:
            raise HTTPError(404)
        text = await self.desk.ask(rows_text, self.desk.store, self.desk.consultation)
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{FILE}"')
        self.set_header("Cache-Control", "no-store")
        self.finish("\ufeff" + text)


def export_routes(about: dict[str, Any]) -> list[tuple[Any, ...]]:
    """List the address of the export."""
    return [(r"/consultation/rows", RowsHandler, about)]
