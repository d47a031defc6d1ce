"""The screen on which ballots on paper are entered, behind the facilitator's door."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tornado.web import HTTPError, authenticated

from partnership_model.delivery.consultation.facilitator import FacilitatorHandler
from partnership_model.delivery.consultation.kept_rows import ClosedError, EnteredError
from partnership_model.delivery.consultation.paper_store import HIGHEST_NUMBER, enter, numbers_entered, paper_runs_of, take_back
from partnership_model.display.consultation import paper_pages as pages
from partnership_model.display.consultation.form_page import typed_of
from partnership_model.knowledge.consultation.ballots import read_ballot
from partnership_model.knowledge.consultation.typed_text import whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.delivery.consultation.kept_rows import Session

UNREADABLE = "?"
NOT_THE_LAST = "only the one that was entered last can be, as long as the program runs, so that nobody reads through those that are in."
CLOSED = "The consultation is closed; nothing is entered or taken out any more."


class PaperHandler(FacilitatorHandler):
    """Takes ballots on paper, one at a time."""

    @authenticated
    async def get(self) -> None:
        """Show an empty form for the next one."""
        await self.show_entry({}, entered=whole_number(self.get_query_argument("entered", "")))

    @authenticated
    async def post(self) -> None:
        """Enter one, or take back the one that was entered last."""
        session = await self.chosen()
        number = whole_number(self.get_body_argument("number", ""))
        typed = {name: self.get_body_argument(name, "") for name in list(self.request.body_arguments)[:100]}
        if session is None:
            raise HTTPError(400)
        if not 1 <= number <= HIGHEST_NUMBER:
            await self.show_entry(typed, {"number": f"Give the number that stands on top of the ballot, from 1 to {HIGHEST_NUMBER}."})
        elif typed.get("act") == "back":
            if self.desk.last_paper == (session.id, number):
                await self.take_back(session, number)
            else:
                await self.show_entry({}, {"number": f"Ballot {number} was not taken back: {NOT_THE_LAST}"})
        elif wrong := (await self.pile(session)).wrong_number(number, sure=typed.get("anyway") == "yes"):
            await self.show_entry(typed, wrong)
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
            await self.desk.ask(enter, self.desk.store, session, self.mark(session, number), ballot)
        except EnteredError:
            await self.show_entry(typed, {"number": f"Ballot {number} was entered already. Look at the number on the paper again."})
        except ClosedError:
            await self.show_entry(typed, {"number": CLOSED})
        else:
            self.desk.last_paper = (session.id, number)
            asked = urlencode({"session": session.id, "entered": number})
            self.redirect(f"/consultation/paper?{asked}", status=HTTPStatus.SEE_OTHER)

    async def take_back(self, session: Session, number: int) -> None:
        """Take one out, and show what it said, to be mended and entered again."""
        try:
            found = await self.desk.ask(take_back, self.desk.store, session.id, self.mark(session, number))
        except ClosedError:
            await self.show_entry({}, {"number": CLOSED})
            return
        self.desk.last_paper = None
        if found is None:
            await self.show_entry({}, {"number": f"Ballot {number} is not in."})
            return
        anyway = {} if number in (await self.pile(session)).printed else {"anyway": "yes"}
        await self.show_entry({"number": str(number), **typed_of(found), **anyway}, taken_back=number)

    async def piles(self) -> list[Session]:
        """Give the sessions whose paper is entered, those that are open first; none once the consultation is closed."""
        if self.desk.consultation.closed is not None:
            return []
        return sorted((one for one in await self.sessions() if one.channel != "survey"), key=lambda one: one.closed is not None)

    async def chosen(self) -> Session | None:
        """Give the session whose pile of paper is entered; the first where none is named."""
        found = await self.piles()
        wanted = self.get_argument("session", "")
        return next((one for one in found if one.id == wanted), found[0] if found and not wanted else None)

    async def pile(self, session: Session) -> pages.Pile:
        """Give what was printed and entered of a session's paper."""
        store, about = self.desk.store, self.desk.consultation
        sessions = {one.id: one for one in await self.sessions()}
        runs = await self.desk.ask(paper_runs_of, store, about.id)
        return pages.Pile(
            printed=frozenset(number for run in runs if run.session == session.id for number in run.numbers),
            elsewhere={number: sessions[run.session] for run in runs if run.session != session.id for number in run.numbers},
            entered=await self.desk.ask(numbers_entered, store, session.id, lambda number: self.mark(session, number)),
            addresses=frozenset(run.address for run in runs if run.session == session.id),
        )

    def mark(self, session: Session, number: int) -> str:
        """Make the mark under which a number is kept; it leads from the number to the ballot until the closing, and to no person."""
        return self.desk.mark(f"paper {session.id} {number}")

    async def show_entry(
        self, typed: Mapping[str, str], faults: Mapping[str, str] | None = None, *, entered: int = 0, taken_back: int = 0
    ) -> None:
        """Show the screen."""
        session = await self.chosen()
        pile = await self.pile(session) if session else pages.Pile()
        if faults:
            self.set_status(HTTPStatus.UNPROCESSABLE_ENTITY)
        page = pages.paper_entry_page(
            self.desk.consultation.questions,
            await self.piles(),
            session,
            pile,
            self.xsrf_token.decode(),
            typed=typed,
            faults=faults or {},
            entered=entered if session and self.desk.last_paper == (session.id, entered) else 0,
            taken_back=taken_back,
            wall=self.wall,
            closed=self.desk.consultation.closed is not None,
        )
        self.page(page)
