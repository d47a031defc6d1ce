"""The export of rows: one file of a closed consultation, as it was written at the closing."""

from __future__ import annotations

from typing import Any

from tornado.web import HTTPError, authenticated

from partnership_model.delivery.consultation.facilitator import FacilitatorHandler
from partnership_model.delivery.consultation.freezing import frozen_of

FILE = "consultation-rows.csv"


class RowsHandler(FacilitatorHandler):
    """Gives the rows as a file, once the consultation is closed: before, a row that is new since the last export would be somebody's."""

    @authenticated
    async def get(self) -> None:
        """Give it."""
        if self.desk.consultation.closed is None:
            raise HTTPError(404)
        text = (await self.desk.ask(frozen_of, self.desk.store, self.desk.consultation.id)).rows
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{FILE}"')
        self.finish("\ufeff" + text)


def export_routes(about: dict[str, Any]) -> list[tuple[Any, ...]]:
    """List the address of the export."""
    return [(r"/consultation/rows", RowsHandler, about)]
