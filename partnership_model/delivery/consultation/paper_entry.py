"""The screen on which ballots on paper are entered, and the ballots to print, behind the facilitator's door."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from tornado.web import HTTPError, authenticated

from partnership_model.delivery.consultation.facilitator import FacilitatorHandler
from partnership_model.delivery.consultation.kept_rows import ClosedError, EnteredError
from partnership_model.delivery.consultation.paper_pdf import paper_pdf
from partnership_model.delivery.consultation.paper_store import HIGHEST_NUMBER, numbers_entered, take_back
from partnership_model.display.consultation import entry_pages as pages
from partnership_model.display.consultation import paper_ballot as paper
from partnership_model.display.consultation.form_page import typed_of
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.consultation.ballots import read_ballot
from partnership_model.knowledge.consultation.typed_text import whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.delivery.consultation.kept_rows import Session

UNREADABLE = "?"
MOST_PRINTED = 60  # ballots in one file


class PaperHandler(FacilitatorHandler):
    """Takes ballots on paper, one at a time."""

    @authenticated
    async def get(self) -> None:
        """Show an empty form for the next one."""
        await self.show_entry({}, entered=whole_number(self.get_query_argument("entered", "")))

    @authenticated
    async def post(self) -> None:
        """Enter one, or take the last one back."""
        session = await self.chosen()
        number = whole_number(self.get_body_argument("number", ""))
        typed = {name: self.get_body_argument(name, "") for name in list(self.request.body_arguments)[:100]}
        if session is None:
            raise HTTPError(400)
        if not 1 <= number <= HIGHEST_NUMBER:
            await self.show_entry(typed, {"number": f"Give the number that stands on top of the ballot, from 1 to {HIGHEST_NUMBER}."})
        elif typed.get("act") == "back":
            await self.take_back(session, number)
        else:
            await self.enter(session, number, typed)

    async def enter(self, session: Session, number: int, typed: Mapping[str, str]) -> None:
        """Write one ballot; what nobody can read is left out, and equal places are meant."""
        read = {name: "" if value.strip() == UNREADABLE else value for name, value in typed.items()}
        ballot, faults = read_ballot({**read, "level": "yes"}, self.desk.consultation.questions, "paper")
        if ballot is None:
            await self.show_entry(typed, pages.said_of(faults))
            return
        try:
            await self.desk.ask(self.desk.store.cast, session.id, self.mark(session, number), ballot, first=True)
        except EnteredError:
            await self.show_entry(typed, {"number": f"Ballot {number} was entered already. Look at the number on the paper again."})
        except ClosedError:
            await self.show_entry(typed, {"number": "This session is closed; it takes no more ballots."})
        else:
            asked = urlencode({"session": session.id, "entered": number})
            self.redirect(f"/consultation/paper?{asked}", status=HTTPStatus.SEE_OTHER)

    async def take_back(self, session: Session, number: int) -> None:
        """Take one out, and show what it said, to be mended and entered again."""
        try:
            found = await self.desk.ask(take_back, self.desk.store, session.id, self.mark(session, number))
        except ClosedError:
            await self.show_entry({}, {"number": "This session is closed; nothing is taken out any more."})
            return
        if found is None:
            await self.show_entry({}, {"number": f"Ballot {number} is not in."})
            return
        await self.show_entry({"number": str(number), **typed_of(found)}, taken_back=number)

    async def chosen(self) -> Session | None:
        """Give the session whose pile of paper is entered; the first that is open where none is named."""
        found = [one for one in await self.sessions() if one.closed is None and one.channel != "survey"]
        wanted = self.get_argument("session", "")
        return next((one for one in found if one.id == wanted), found[0] if found and not wanted else None)

    def mark(self, session: Session, number: int) -> str:
        """Make the mark under which a number is kept; it leads from the number to the ballot until the closing, and to no person."""
        return self.desk.mark(f"paper {session.id} {number}")

    async def show_entry(
        self, typed: Mapping[str, str], faults: Mapping[str, str] | None = None, *, entered: int = 0, taken_back: int = 0
    ) -> None:
        """Show the screen."""
        session = await self.chosen()
        numbers: tuple[int, ...] = ()
        if session:
            numbers = await self.desk.ask(numbers_entered, self.desk.store, session.id, lambda number: self.mark(session, number))
        if faults:
            self.set_status(HTTPStatus.UNPROCESSABLE_ENTITY)
        open_ = [one for one in await self.sessions() if one.closed is None and one.channel != "survey"]
        page = pages.paper_entry_page(
            self.desk.consultation.questions,
            open_,
            session,
            numbers,
            self.xsrf_token.decode(),
            typed=typed,
            faults=faults or {},
            entered=entered if entered in numbers else 0,
            taken_back=taken_back,
        )
        self.page(page)


class PaperPrintHandler(PaperHandler):
    """Gives ballots to print."""

    @authenticated
    async def get(self) -> None:
        """Write them as a PDF, or as a page."""
        session = await self.chosen()
        first, last = (whole_number(self.get_query_argument(name, "")) for name in ("first", "last"))
        questions = self.desk.consultation.questions
        language = self.get_query_argument("lang", questions.languages[0])
        if session is None or language not in questions.languages:
            raise HTTPError(400)
        if not 1 <= first <= last <= min(HIGHEST_NUMBER, first + MOST_PRINTED - 1):
            says = f"Give the first and the last number, at most {MOST_PRINTED} ballots at a time and none above {HIGHEST_NUMBER}."
            await self.show_entry({}, {"first": says})
            return
        ballot = paper.paper_ballot(questions, language, session.code, self.wall.hall)
        named = paper.numbers(language, first, last)
        if self.get_query_argument("as", "") == "page":
            self.page(paper.paper_page(ballot, named), pages.print_policy())
            return
        try:
            data = await asyncio.to_thread(paper_pdf, ballot, named)  # seconds, in which the store's thread takes ballots
        except PartnershipError as error:
            await self.show_entry({}, {"first": str(error)})
            return
        self.set_header("Content-Type", "application/pdf")
        self.set_header("Content-Disposition", f'attachment; filename="ballots-{session.code}-{first}-{last}.pdf"')
        self.set_header("Cache-Control", "no-store")
        self.finish(data)

    async def post(self) -> None:
        """Take nothing."""
        raise HTTPError(405)


def paper_routes(about: dict[str, Any]) -> list[tuple[Any, ...]]:
    """List the addresses of what has to do with paper."""
    return [(r"/consultation/paper", PaperHandler, about), (r"/consultation/paper/print", PaperPrintHandler, about)]
