"""The facilitator's pages: behind the door of the dashboards' server, without a kernel."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from tornado.web import HTTPError, authenticated

from partnership_model.delivery.consultation.closing import Closed, close, counts_of
from partnership_model.delivery.consultation.kept_rows import ClosedError
from partnership_model.delivery.consultation.live import LivePictures
from partnership_model.delivery.consultation.moderation import STATES, DecisionError, comments_of, moderate, quotations_of
from partnership_model.delivery.consultation.paper_store import paper_counts_of
from partnership_model.delivery.consultation.results_page import POLICY, results_page
from partnership_model.delivery.consultation.wall import Wall
from partnership_model.delivery.pages import PlainHandler
from partnership_model.display.consultation.answer_warnings import answer_warnings
from partnership_model.display.consultation.closing_pages import Loose, close_page
from partnership_model.display.consultation.comments_page import Refused, comments_page
from partnership_model.display.consultation.facilitated import policy as own_policy
from partnership_model.display.consultation.facilitator_page import facilitator_page
from partnership_model.display.consultation.own_words import few_at_a_time
from partnership_model.knowledge.case_archive import CONSULTATION
from partnership_model.knowledge.consultation.ballots import CHANNELS, LONGEST_COMMENT
from partnership_model.knowledge.consultation.comment_themes import read_comment_themes
from partnership_model.knowledge.consultation.typed_text import title_line
from partnership_model.knowledge.reading import read_knowledge

if TYPE_CHECKING:
    from partnership_model.delivery.consultation.desk import Desk
    from partnership_model.delivery.consultation.kept_rows import Session
    from partnership_model.delivery.consultation.live import Now

FORMS = ("session", "open_form")  # channels in which people answer by themselves


class FacilitatorHandler(PlainHandler):
    """The base of the facilitator's pages."""

    def initialize(self, desk: Desk, wall: Wall, live: LivePictures) -> None:
        """Take the desk, what the wall shows, and what may be shown at this moment."""
        self.desk, self.wall, self.live = desk, wall, live

    def set_default_headers(self) -> None:
        """Say nothing of what serves this, and let nothing be kept, wherever an answer leads."""
        super().set_default_headers()
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")

    def page(self, text: str, policy: str = "") -> None:
        """Answer with a page that nothing may keep or frame."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", policy or own_policy())
        self.finish(text)

    async def sessions(self) -> tuple[Session, ...]:
        """Give the sessions of the consultation."""
        return await self.desk.ask(self.desk.store.sessions, self.desk.consultation.id)

    async def warned(self, now: Now) -> dict[str, str]:
        """Say of each form that is open where more answers came than a hall gives; printed codes are only so many."""
        said = answer_warnings(now.by_session, self.live.came(now), self.desk.most)
        if not said or self.desk.consultation.questions.once == "voucher":
            return {}
        return {one.id: said[one.id] for one in await self.sessions() if one.id in said and one.closed is None and one.channel in FORMS}


class ConsultationHandler(FacilitatorHandler):
    """Shows what is open and what came in, and does what the facilitator asks for."""

    @authenticated
    async def get(self) -> None:
        """Show the page."""
        about, now = self.desk.consultation, await self.live.now()
        found = await self.sessions()
        comments = await self.desk.ask(comments_of, self.desk.store, about.id)
        parts = len(few_at_a_time(quotations_of(comments)))
        said = {"wall": self.wall, "warned": await self.warned(now), "xsrf": self.xsrf_token.decode()}
        said |= {"ends": {one.id: until for one in found if (until := self.desk.last_minutes.until(one.id))}}
        said |= {"paper": await self.desk.ask(paper_counts_of, self.desk.store, about.id)}
        self.page(facilitator_page(about.questions, found, now, parts, **said))

    @authenticated
    async def post(self) -> None:
        """Do one thing and show the page again."""
        acts = {"open": self._open, "reveal": self._reveal, "hide": self._hide, "wifi": self._wifi}
        act = acts.get(self.get_body_argument("act", ""))
        if act is None:
            raise HTTPError(400)
        await act()
        self.redirect("/consultation", status=303)

    async def _open(self) -> None:
        title = title_line(self.get_body_argument("title", ""))
        channel = next((one for one in CHANNELS if one == self.get_body_argument("channel", "")), None)
        if not title or channel is None:
            raise HTTPError(400)
        await self.desk.ask(self.desk.store.open_session, self.desk.consultation.id, title, channel, _today())

    async def _reveal(self) -> None:
        await self.desk.ask(self.desk.store.reveal, self.desk.consultation.id, revealed=True)

    async def _wifi(self) -> None:
        self.wall.name_wifi(self.get_body_argument("wifi", ""), self.get_body_argument("password", ""))

    async def _hide(self) -> None:
        await self.desk.ask(self.desk.store.reveal, self.desk.consultation.id, revealed=False)


class CommentsHandler(FacilitatorHandler):
    """Shows the comments, and takes what is decided on them."""

    @authenticated
    async def get(self) -> None:
        """Show all of them."""
        await self._show()

    @authenticated
    async def post(self) -> None:
        """Decide on one."""
        wanted = self.get_body_argument("state", "")
        state = next((one for one in STATES if one == wanted), None)
        if state is None:
            raise HTTPError(400)
        known = read_comment_themes().themes
        comment, shown = self.get_body_argument("comment", ""), self.get_body_argument("shown", "")[:LONGEST_COMMENT]
        reason = self.get_body_argument("reason", "")
        themes = [one for one in self.get_body_arguments("theme") if one in known]
        said = {"shown": shown, "reason": reason, "themes": themes, "sure": self.get_body_argument("sure", "") == "yes"}
        try:
            await self.desk.ask(moderate, self.desk.store, self.desk.consultation.id, comment, state, **said)
        except DecisionError as error:
            self.set_status(HTTPStatus.UNPROCESSABLE_ENTITY)
            await self._show(Refused(comment, error.at, str(error), shown, reason, tuple(themes)))
        except ClosedError as error:
            self.set_status(HTTPStatus.GONE)
            await self._show(Refused(comment, "", str(error), shown, reason, tuple(themes)))
        else:
            self.redirect("/consultation/comments", status=HTTPStatus.SEE_OTHER)

    async def _show(self, refused: Refused | None = None) -> None:
        about = self.desk.consultation
        found = await self.desk.ask(comments_of, self.desk.store, about.id)
        said = {"named": (await self.live.now()).named, "closed": about.closed is not None, "xsrf": self.xsrf_token.decode()}
        self.page(comments_page(about.questions, found, refused=refused, **said))


class CloseHandler(FacilitatorHandler):
    """Closes the consultation for good, and says what became of its record."""

    @authenticated
    async def get(self) -> None:
        """Ask once more, or say that it is closed."""
        await self._show()

    @authenticated
    async def post(self) -> None:
        """Close it, unless something is loose and nobody says that it is meant so."""
        sure = self.desk.consultation.closed is not None or self.get_body_argument("sure", "") == "yes"
        if not sure and await self._loose():
            self.set_status(HTTPStatus.UNPROCESSABLE_ENTITY)
            await self._show(refused=True)
            return
        try:
            await self.desk.ask(self._record)
        finally:
            await self.desk.read_again()
        self.wall.said = None  # the hall sees what the record says
        self.redirect("/consultation/close", status=303)

    async def _show(self, *, refused: bool = False) -> None:
        closed = self.desk.consultation.closed is not None
        made = await self.desk.ask(self._record) if closed else None
        own = await self.desk.ask(self._own) if not closed else []
        loose, xsrf = await self._loose(), self.xsrf_token.decode()
        self.page(close_page(self.desk.consultation.questions, made, loose, own, xsrf, refused=refused))

    async def _loose(self) -> Loose:
        """Say what is not done yet."""
        store, about = self.desk.store, self.desk.consultation.id
        waiting = sum(one.state == "waiting" for one in await self.desk.ask(comments_of, store, about))
        open_ = [one for one in await self.sessions() if one.closed is None]
        forms = sum(self.desk.open_forms.count(one.id) for one in open_)
        counts = await self.desk.ask(paper_counts_of, store, about)
        paper = sum(max(0, printed - entered) for printed, entered in counts.values())
        return Loose(waiting, [one.title for one in open_], forms, paper)

    def _own(self) -> list[str]:
        return counts_of(self.desk.consultation, read_knowledge())

    def _record(self) -> Closed:
        return close(self.desk.store, self.desk.consultation, read_knowledge(), _today())


class RecordHandler(CloseHandler):
    """Gives the record as a file, for a case that could not be written to."""

    @authenticated
    async def get(self) -> None:
        """Give it, once the consultation is closed."""
        if self.desk.consultation.closed is None:
            raise HTTPError(404)
        made = await self.desk.ask(self._record)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{CONSULTATION}"')
        self.finish(made.text)


class ResultsHandler(CloseHandler):
    """Shows what the closed consultation says."""

    @authenticated
    async def get(self) -> None:
        """Show it, once the consultation is closed."""
        if self.desk.consultation.closed is None:
            raise HTTPError(404)
        self.page(await results_page(await self.desk.ask(self._record)))

    def page(self, text: str) -> None:
        """Answer with a page whose style stands in it."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", POLICY)
        self.finish(text)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def facilitator_routes(desk: Desk, hall: str) -> list[tuple[Any, ...]]:
    """List the facilitator's addresses."""
    about = {"desk": desk, "wall": Wall(hall), "live": LivePictures(desk)}
    return [
        (r"/consultation", ConsultationHandler, about),
        (r"/consultation/comments", CommentsHandler, about),
        (r"/consultation/close", CloseHandler, about),
        (r"/consultation/record", RecordHandler, about),
        (r"/consultation/results", ResultsHandler, about),
    ]
