"""The page on which the facilitator closes a session: it says what closes, and for whom."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from tornado.web import HTTPError, authenticated

from partnership_model.delivery.consultation.facilitator import FacilitatorHandler
from partnership_model.delivery.consultation.last_minutes import GRACE
from partnership_model.display.consultation.closing_pages import close_session_page

if TYPE_CHECKING:
    from partnership_model.delivery.consultation.kept_rows import Session


class CloseSessionHandler(FacilitatorHandler):
    """Asks before a session is closed: people may be typing."""

    @authenticated
    async def get(self) -> None:
        """Ask."""
        session = await self._wanted(self.get_query_argument("session", ""))
        if session.closed is not None:
            self.redirect("/consultation", status=HTTPStatus.SEE_OTHER)
            return
        still = self.desk.open_forms.count(session.id)
        said = {"minutes": round(GRACE / 60), "xsrf": self.xsrf_token.decode()}
        self.page(close_session_page(self.desk.consultation.questions, session, still, **said))

    @authenticated
    async def post(self) -> None:
        """Close it now or shortly, or keep it open after all."""
        session = await self._wanted(self.get_body_argument("session", ""))
        act = self.get_body_argument("act", "")
        if act == "shortly" and session.closed is None:
            self.desk.last_minutes.begin(session.id)
        elif act in ("now", "keep"):
            if act == "now":  # first, so that where it fails the last minutes go on
                await self.desk.close_session(session.id)
            self.desk.last_minutes.stop(session.id)
        elif act != "shortly":
            raise HTTPError(400)
        self.redirect("/consultation", status=HTTPStatus.SEE_OTHER)

    async def _wanted(self, wanted: str) -> Session:
        found = next((one for one in await self.sessions() if one.id == wanted), None)
        if found is None:
            raise HTTPError(400)
        return found


def session_closing_routes(about: dict[str, Any]) -> list[tuple[Any, ...]]:
    """List the address."""
    return [(r"/consultation/close-session", CloseSessionHandler, about)]
