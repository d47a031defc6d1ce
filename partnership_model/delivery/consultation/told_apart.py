"""The pages on which meetings, letters and the sheets of classes are entered, and the one that puts all channels side by side."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from tornado.web import HTTPError, authenticated

from partnership_model.delivery.consultation.facilitator import FacilitatorHandler
from partnership_model.delivery.consultation.freezing import frozen_of
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
from partnership_model.display.consultation.channel_words import Classes, twice_lines
from partnership_model.knowledge.consultation.ballots import CHANNELS
from partnership_model.knowledge.consultation.class_sheets import read_sheet, typed_of_sheet
from partnership_model.knowledge.consultation.meetings import read_meeting, typed_of_meeting
from partnership_model.knowledge.consultation.record_file import read_record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.delivery.consultation.voucher_store import VoucherRun
    from partnership_model.knowledge.consultation.record import ConsultationRecord


CLOSED = "The consultation is closed; nothing is added or taken out any more."


class _ToldHandler(FacilitatorHandler):
    """What all three pages share."""

    async def recorded(self) -> ConsultationRecord:
        """Give what was written when the consultation was closed."""
        return read_record((await self.desk.ask(frozen_of, self.desk.store, self.desk.consultation.id)).record)


class _EntryHandler(_ToldHandler):
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
        """Show all meetings; once the consultation is closed, as the record has them."""
        about = self.desk.consultation
        if about.closed is None:
            found = [(one.id, one.meeting) for one in await self.desk.ask(meetings_of, self.desk.store, about.id)]
        else:
            found = [("", one) for one in (await self.recorded()).meetings]
        entry = pages.Entry(self.xsrf_token.decode(), typed, faults, taken_back=taken_back and bool(typed), closed=about.closed is not None)
        self.page(pages.meetings_page(about.questions, found, entry))


class SheetsHandler(_EntryHandler):
    """Sheets of classes and school councils."""

    def initialize(self, last: dict[str, str], **about: Any) -> None:  # noqa: ANN401 - what the base takes
        """Take which sheet was entered last, since this program started: it alone comes back with what it says."""
        super().initialize(**about)
        self.last, self.taken_out = last, False

    async def prepare(self) -> None:
        """Answer only where learners are asked."""
        await super().prepare()
        if not self.desk.consultation.questions.learners:
            raise HTTPError(404)

    async def add(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Add a sheet."""
        sheet, faults = read_sheet(typed, self.desk.consultation.questions)
        if sheet:
            self.last["sheet"] = await self.desk.ask(keep_sheet, self.desk.store, self.desk.consultation.id, sheet)
        return faults

    async def take_back(self, wanted: str) -> Mapping[str, str]:
        """Take a sheet out; only what was entered last comes back, so that nobody pages through what each class said."""
        found = await self.desk.ask(remove_sheet, self.desk.store, self.desk.consultation.id, wanted)
        if found and self.last.get("sheet") == wanted:
            del self.last["sheet"]
            return typed_of_sheet(found, self.desk.consultation.questions)
        self.taken_out = found is not None
        return {}

    async def show(self, typed: Mapping[str, str], faults: Mapping[str, str], *, taken_back: bool = False) -> None:
        """Show which sheets are in and, once it is closed, what the record says of them; or the sheet to print."""
        questions, closed = self.desk.consultation.questions, self.desk.consultation.closed is not None
        if self.get_query_argument("as", "") == "print":
            self.page(pages.printed_sheet(questions), pages.print_policy())
            return
        found = await self.desk.ask(sheets_of, self.desk.store, self.desk.consultation.id)
        together = (await self.recorded()).classes if closed else ()
        back = {"taken_back": taken_back and bool(typed), "taken_out": self.taken_out}
        entry = pages.Entry(self.xsrf_token.decode(), typed, faults, **back, closed=closed, last=self.last.get("sheet", ""))
        self.page(pages.sheets_page(questions, found, together, entry))


class ChannelsHandler(_ToldHandler):
    """All channels side by side, each with its own number and unit."""

    @authenticated
    async def get(self) -> None:
        """Show them: as they are while people answer, and from then on as the record says."""
        about = self.desk.consultation
        runs = await self.desk.ask(voucher_runs_of, self.desk.store, about.id)
        used = await self.desk.ask(vouchers_used, self.desk.store, about.id)
        found = await self._as_they_are(runs, used) if about.closed is None else await self._as_recorded(runs, used)
        self.page(pages.channels_page(about.questions, found))

    async def _as_they_are(self, runs: Sequence[VoucherRun], used: int) -> pages.AllChannels:
        store, about = self.desk.store, self.desk.consultation
        came = Counter(one.ballot.channel for one in await self.desk.ask(store.ballots, about.id))
        told = [one.meeting for one in await self.desk.ask(meetings_of, store, about.id)]
        sheets = [one.sheet for one in await self.desk.ask(sheets_of, store, about.id)]
        classes = Classes(len(sheets), sum(one.learners for one in sheets))
        answered = {channel: came[channel] for channel in CHANNELS if came[channel]}
        return pages.AllChannels(came.total(), answered, told, classes, (pages.NOT_YET,), runs, used)

    async def _as_recorded(self, runs: Sequence[VoucherRun], used: int) -> pages.AllChannels:
        record = await self.recorded()
        said = record.response
        classes = Classes(sum(one.sheets for one in record.classes), sum(one.learners for one in record.classes))
        # Each form used a code: their number beside that of all ballots would tell how few came by paper.
        told = used if said.channels and None not in said.channels.values() else None
        return pages.AllChannels(said.everybody.answered, said.channels, record.meetings, classes, twice_lines(record), runs, told)


def told_routes(about: dict[str, Any]) -> list[tuple[Any, ...]]:
    """List the addresses of what is told apart from ballots."""
    return [
        (r"/consultation/meetings", MeetingsHandler, about),
        (r"/consultation/sheets", SheetsHandler, {**about, "last": {}}),
        (r"/consultation/channels", ChannelsHandler, about),
    ]
