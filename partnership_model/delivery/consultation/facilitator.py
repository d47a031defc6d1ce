"""The facilitator's pages: behind the door of the dashboards' server, without a kernel."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import segno
from tornado.web import HTTPError, authenticated

from partnership_model.analysis.consultation.live_agreement import shown_agreement
from partnership_model.delivery.consultation.live import LivePictures
from partnership_model.delivery.consultation.moderation import STATES, comments_of, moderate
from partnership_model.delivery.consultation.store import StoreDownError
from partnership_model.delivery.pages import PlainHandler
from partnership_model.display.consultation import facilitator_page as pages
from partnership_model.display.consultation.live_page import pictures_html
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.consultation.ballots import CHANNELS, LONGEST_COMMENT
from partnership_model.knowledge.consultation.comment_themes import read_comment_themes

if TYPE_CHECKING:
    from partnership_model.delivery.consultation.desk import Desk
    from partnership_model.delivery.consultation.live import Now
    from partnership_model.delivery.consultation.store import Consultation, Session

LONGEST_TITLE = 120


def qr_svg(text: str) -> str:
    """Draw a QR code that scales; its text stands beside it, so it is hidden from screen readers."""
    return str(segno.make(text, micro=False, error="m").svg_inline(omitsize=True, border=4, svgclass="qr", lineclass=None))


class FacilitatorHandler(PlainHandler):
    """The base of the facilitator's pages."""

    def initialize(self, desk: Desk, hall: str, live: LivePictures) -> None:
        """Take the desk, the address that the hall types, and what may be shown at this moment."""
        self.desk, self.hall, self.live = desk, hall, live

    def page(self, text: str) -> None:
        """Answer with a page that nothing may keep or frame."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Security-Policy", pages.policy())
        self.finish(text)

    async def sessions(self) -> tuple[Session, ...]:
        """Give the sessions of the consultation."""
        return await self.desk.ask(self.desk.store.sessions, self.desk.consultation.id)


class ConsultationHandler(FacilitatorHandler):
    """Shows what is open and what came in, and does what the facilitator asks for."""

    @authenticated
    async def get(self) -> None:
        """Show the page."""
        about, now = self.desk.consultation, await self.live.now()
        found = await self.sessions()
        pictures = _pictures(about, now)
        self.page(pages.facilitator_page(about.questions, found, now, pictures, hall=self.hall, xsrf=self.xsrf_token.decode()))

    @authenticated
    async def post(self) -> None:
        """Do one thing and show the page again."""
        acts = {"open": self._open, "close": self._close, "reveal": self._reveal, "hide": self._hide}
        act = acts.get(self.get_body_argument("act", ""))
        if act is None:
            raise HTTPError(400)
        await act()
        self.redirect("/consultation", status=303)

    async def _open(self) -> None:
        title = self.get_body_argument("title", "").strip()[:LONGEST_TITLE]
        channel = next((one for one in CHANNELS if one == self.get_body_argument("channel", "")), None)
        if not title or channel is None:
            raise HTTPError(400)
        await self.desk.ask(self.desk.store.open_session, self.desk.consultation.id, title, channel, _today())

    async def _close(self) -> None:
        session = self.get_body_argument("session", "")
        if session not in [one.id for one in await self.sessions()]:
            raise HTTPError(400)
        await self.desk.ask(self.desk.store.close_session, session, _today())

    async def _reveal(self) -> None:
        await self.desk.ask(self.desk.store.reveal, self.desk.consultation.id, revealed=True)

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
        said = {
            "shown": self.get_body_argument("shown", "")[:LONGEST_COMMENT],
            "reason": self.get_body_argument("reason", ""),
            "themes": [one for one in self.get_body_arguments("theme") if one in known],
        }
        try:
            await self.desk.ask(moderate, self.desk.store, self.desk.consultation.id, self.get_body_argument("comment", ""), state, **said)
        except StoreDownError:
            raise
        except PartnershipError as error:
            await self._show(str(error))
        else:
            self.redirect("/consultation/comments", status=303)

    async def _show(self, trouble: str = "") -> None:
        found = await self.desk.ask(comments_of, self.desk.store, self.desk.consultation.id)
        self.page(pages.comments_page(self.desk.consultation.questions, found, self.xsrf_token.decode(), trouble))


class NowHandler(FacilitatorHandler):
    """Says how many answers there are, and whether the pictures changed."""

    @authenticated
    async def get(self) -> None:
        """Count them."""
        now = await self.live.now()
        self.set_header("Cache-Control", "no-store")
        self.finish({"answers": now.answers, "sessions": now.by_session, "mark": now.mark})


class PicturesHandler(FacilitatorHandler):
    """Gives the pictures alone, to be put in the place of those that a page shows."""

    @authenticated
    async def get(self) -> None:
        """Give them; to the projector only once they are shown to the hall."""
        now = await self.live.now()
        hidden = self.get_argument("on", "") == "projector" and not now.revealed
        self.page("" if hidden else _pictures(self.desk.consultation, now))


class ProjectorHandler(FacilitatorHandler):
    """What the hall sees on the wall."""

    @authenticated
    async def get(self) -> None:
        """Show how to join, and the pictures once they are shown to the hall."""
        open_ = [one for one in await self.sessions() if one.closed is None and one.channel in ("session", "open_form")]
        wanted = self.get_argument("session", "")
        session = next((one for one in open_ if one.id == wanted), open_[0] if open_ else None)
        drawn = qr_svg(f"{self.hall}/{session.code}".upper()) if session else ""
        about, now = self.desk.consultation, await self.live.now()
        pictures = _pictures(about, now) if now.revealed else ""
        self.page(pages.projector_page(about.questions, session, now, pictures, hall=self.hall, drawn=drawn))


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _pictures(about: Consultation, now: Now) -> str:
    pictures = now.live.pictures
    return pictures_html(about.questions, pictures, now.live.together, now.by_group, shown_agreement(pictures))


def facilitator_routes(desk: Desk, hall: str) -> list[tuple[Any, ...]]:
    """List the facilitator's addresses."""
    about = {"desk": desk, "hall": hall, "live": LivePictures(desk)}
    return [
        (r"/consultation", ConsultationHandler, about),
        (r"/consultation/comments", CommentsHandler, about),
        (r"/consultation/now", NowHandler, about),
        (r"/consultation/pictures", PicturesHandler, about),
        (r"/consultation/projector", ProjectorHandler, about),
    ]
