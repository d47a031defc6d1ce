"""The pages on which meetings, letters and the sheets of classes are entered, and the one that puts all channels side by side."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from tornado.web import HTTPError, authenticated

from partnership_model.analysis.consultation.apart import recorded_classes
from partnership_model.analysis.consultation.channels import channels_of
from partnership_model.delivery.consultation.facilitator import FacilitatorHandler
from partnership_model.delivery.consultation.kept_rows import ClosedError
from partnership_model.delivery.consultation.told_store import (
    keep_meeting,
    keep_sheet,
    meetings_of,
    remove_meeting,
    remove_sheet,
    sheets_of,
)
from partnership_model.delivery.consultation.voucher_store import voucher_runs_of, vouchers_used
from partnership_model.display.consultation import entry_pages as pages
from partnership_model.knowledge.consultation.class_sheets import read_sheet, typed_of_sheet
from partnership_model.knowledge.consultation.meetings import read_meeting, typed_of_meeting

if TYPE_CHECKING:
    from collections.abc import Mapping


CLOSED = "The consultation is closed; nothing is added or taken out any more."


class _EntryHandler(FacilitatorHandler):
    """What the two pages share: what was typed is kept where something is wrong with it."""

    def typed(self) -> dict[str, str]:
        """Give what was typed."""
        return {name: self.get_body_argument(name, "") for name in list(self.request.body_arguments)[:100]}

    @authenticated
    async def get(self) -> None:
        """Show what is in, and an empty form."""
        await self.show({}, {})

    @authenticated
    async def post(self) -> None:
        """Add one, or take one out."""
        typed = self.typed()
        try:
            if typed.get("act") == "back":
                await self.show(await self.take_back(typed.get("wanted", "")), {}, taken_back=True)
                return
            faults = await self.add(typed)
        except ClosedError:
            faults = {"closed": CLOSED}
        if faults:
            self.set_status(HTTPStatus.UNPROCESSABLE_ENTITY)
            await self.show(typed, faults)
        else:
            self.redirect(self.request.path, status=HTTPStatus.SEE_OTHER)

    async def add(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Add what was typed; give what is wrong with it."""
        raise NotImplementedError

    async def take_back(self, wanted: str) -> Mapping[str, str]:
        """Take one out, and give what was typed, to be mended and entered again."""
        raise NotImplementedError

    async def show(self, typed: Mapping[str, str], faults: Mapping[str, str], *, taken_back: bool = False) -> None:
        """Show the page."""
        raise NotImplementedError


class MeetingsHandler(_EntryHandler):
    """Meetings and letters."""

    async def add(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Add a meeting."""
        meeting, faults = read_meeting(typed, self.desk.consultation.questions, dt.datetime.now(dt.UTC).date())
        if meeting:
            await self.desk.ask(keep_meeting, self.desk.store, self.desk.consultation.id, meeting)
        return faults

    async def take_back(self, wanted: str) -> Mapping[str, str]:
        """Take a meeting out."""
        found = await self.desk.ask(remove_meeting, self.desk.store, self.desk.consultation.id, wanted)
        return typed_of_meeting(found) if found else {}

    async def show(self, typed: Mapping[str, str], faults: Mapping[str, str], *, taken_back: bool = False) -> None:
        """Show all meetings."""
        about = self.desk.consultation
        found = await self.desk.ask(meetings_of, self.desk.store, about.id)
        entry = pages.Entry(self.xsrf_token.decode(), typed, faults, taken_back=taken_back and bool(typed), closed=about.closed is not None)
        self.page(pages.meetings_page(about.questions, found, entry))


class SheetsHandler(_EntryHandler):
    """Sheets of classes and school councils."""

    async def prepare(self) -> None:
        """Answer only where learners are asked."""
        await super().prepare()
        if not self.desk.consultation.questions.learners:
            raise HTTPError(404)

    async def add(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Add a sheet."""
        sheet, faults = read_sheet(typed, self.desk.consultation.questions)
        if sheet:
            await self.desk.ask(keep_sheet, self.desk.store, self.desk.consultation.id, sheet)
        return faults

    async def take_back(self, wanted: str) -> Mapping[str, str]:
        """Take a sheet out."""
        found = await self.desk.ask(remove_sheet, self.desk.store, self.desk.consultation.id, wanted)
        return typed_of_sheet(found, self.desk.consultation.questions) if found else {}

    async def show(self, typed: Mapping[str, str], faults: Mapping[str, str], *, taken_back: bool = False) -> None:
        """Show the sheets that are in and what is shown of all of them, or the one to print."""
        questions, closed = self.desk.consultation.questions, self.desk.consultation.closed is not None
        if self.get_query_argument("as", "") == "print":
            self.page(pages.printed_sheet(questions), pages.print_policy())
            return
        found = await self.desk.ask(sheets_of, self.desk.store, self.desk.consultation.id)
        together = recorded_classes([one.sheet for one in found], questions)
        entry = pages.Entry(self.xsrf_token.decode(), typed, faults, taken_back=taken_back and bool(typed), closed=closed)
        self.page(pages.sheets_page(questions, found, together, entry))


class ChannelsHandler(FacilitatorHandler):
    """All channels side by side, each with its own number and unit."""

    @authenticated
    async def get(self) -> None:
        """Show them."""
        store, about = self.desk.store, self.desk.consultation
        kept = await self.desk.ask(store.ballots, about.id)
        found = channels_of([one.ballot for one in kept], about.questions)
        meetings = await self.desk.ask(meetings_of, store, about.id)
        sheets = await self.desk.ask(sheets_of, store, about.id)
        runs = await self.desk.ask(voucher_runs_of, store, about.id)
        used = await self.desk.ask(vouchers_used, store, about.id)
        said = {"meetings": meetings, "sheets": sheets, "runs": runs, "used": used, "closed": about.closed is not None}
        self.page(pages.channels_page(about.questions, found, **said))


def told_routes(about: dict[str, Any]) -> list[tuple[Any, ...]]:
    """List the addresses of what is told apart from ballots."""
    return [
        (r"/consultation/meetings", MeetingsHandler, about),
        (r"/consultation/sheets", SheetsHandler, about),
        (r"/consultation/channels", ChannelsHandler, about),
    ]
