"""Ballots on paper to be printed: their numbers are remembered, and an address that leads nowhere is asked about."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tornado.web import HTTPError, authenticated

from partnership_model.delivery.consultation.kept_rows import ClosedError
from partnership_model.delivery.consultation.paper_entry import CLOSED, PaperHandler
from partnership_model.delivery.consultation.paper_pdf import paper_pdf
from partnership_model.delivery.consultation.paper_store import HIGHEST_NUMBER, PaperRun, keep_paper_run
from partnership_model.display.consultation import paper_ballot as paper
from partnership_model.display.consultation.entry_pages import print_policy
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.consultation.typed_text import whole_number

if TYPE_CHECKING:
    from partnership_model.delivery.consultation.kept_rows import Session

MOST_PRINTED = 60  # ballots in one file


class PaperPrintHandler(PaperHandler):
    """Gives ballots to print."""

    @authenticated
    async def get(self) -> None:
        """Lead to where they are asked for: looking at an address prints nothing."""
        self.redirect("/consultation/paper")

    @authenticated
    async def post(self) -> None:
        """Write them as a PDF, or as a page, and remember their numbers."""
        session = await self.chosen()
        typed = {name: self.get_body_argument(name, "") for name in ("first", "last", "lang", "as", "sure")}
        run = PaperRun(session.id if session else "", whole_number(typed["first"]), whole_number(typed["last"]), self.wall.hall)
        questions = self.desk.consultation.questions
        language = typed["lang"] or questions.languages[0]
        if session is None or language not in questions.languages:
            raise HTTPError(400)
        if faults := await self._wrong(session, run, sure=typed["sure"] == "yes"):
            await self.show_entry(typed, faults)
            return
        ballot = paper.paper_ballot(questions, language, session.code, run.address)
        named = paper.numbers(language, run.first, run.last)
        try:
            # The PDF takes seconds, in which the store's thread takes ballots.
            data = "" if typed["as"] == "page" else await asyncio.to_thread(paper_pdf, ballot, named)
            await self.desk.ask(keep_paper_run, self.desk.store, session.consultation, run)
        except ClosedError:
            await self.show_entry(typed, {"first": CLOSED})
        except PartnershipError as error:
            await self.show_entry(typed, {"first": str(error)})
        else:
            self._give(data or paper.paper_page(ballot, named), f"ballots-{session.code}-{run.first}-{run.last}.pdf")

    async def _wrong(self, session: Session, run: PaperRun, *, sure: bool) -> dict[str, str]:
        """Say why these are not printed, or not unless somebody is sure."""
        if not 1 <= run.first <= run.last <= min(HIGHEST_NUMBER, run.first + MOST_PRINTED - 1):
            says = f"at most {MOST_PRINTED} ballots at a time and none above {HIGHEST_NUMBER}"
            return {"first": f"Give the first and the last number, {says}."}
        pile, closed = await self.pile(session), session.closed is not None
        return pile.wrong_run(run.numbers, only_here=self.wall.only_here, closed=closed, sure=sure)

    def _give(self, data: bytes | str, name: str) -> None:
        if isinstance(data, str):
            self.page(data, print_policy())
            return
        self.set_header("Content-Type", "application/pdf")
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(data)


def paper_routes(about: dict[str, Any]) -> list[tuple[Any, ...]]:
    """List the addresses of what has to do with paper."""
    return [(r"/consultation/paper", PaperHandler, about), (r"/consultation/paper/print", PaperPrintHandler, about)]
