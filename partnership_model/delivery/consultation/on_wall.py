"""What the hall sees on the wall: how to join, the pictures, or a few comments, each once the facilitator shows them."""

from __future__ import annotations

import contextlib
import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from tornado.web import HTTPError, authenticated

from partnership_model.delivery.consultation.acts import note, refuse_closed
from partnership_model.delivery.consultation.facilitator import FORMS, FacilitatorHandler
from partnership_model.delivery.consultation.kept_rows import ClosedError
from partnership_model.delivery.consultation.moderation import comments_of, quotations_of
from partnership_model.display.consultation.live_page import answered_at
from partnership_model.display.consultation.own_words import few_at_a_time, said_html
from partnership_model.display.consultation.projector_page import projector_page, time_left

if TYPE_CHECKING:
    import datetime as dt

    from partnership_model.delivery.consultation.kept_rows import Session
    from partnership_model.delivery.consultation.live import Now
    from partnership_model.delivery.consultation.store import Store
    from partnership_model.display.consultation.own_words import Few

MARK = 16


class WallHandler(FacilitatorHandler):
    """The base of what shows the wall, or changes it."""

    async def few(self) -> list[Few]:
        """Give the comments that may stand on the wall, as they were approved by now."""
        return await self.desk.ask(approved, self.desk.store, self.desk.consultation.id)

    async def joined(self) -> tuple[list[Session], dt.datetime | None]:
        """Give the sessions that one can join, and when the last of those closes of which forms that are open can still be sent."""
        open_ = [one for one in await self.sessions() if one.closed is None and one.channel in FORMS]
        ends = {one.id: until for one in open_ if (until := self.desk.last_minutes.until(one.id))}
        return [one for one in open_ if one.id not in ends], max(ends.values(), default=None)

    async def shown(self, now: Now) -> tuple[str, str]:
        """Give what the hall sees, and a mark that changes when that does."""
        if self.wall.said is None:
            return (now.drawn if now.revealed else ""), now.mark
        said = said_html(await self.few(), self.wall.said)
        return said, hashlib.sha256(said.encode()).hexdigest()[:MARK]


def approved(store: Store, consultation: str) -> list[Few]:
    """Give what was approved, a few at a time."""
    return few_at_a_time(quotations_of(comments_of(store, consultation)))


class NowHandler(WallHandler):
    """Says how many answers there are, and whether what is shown changed."""

    @authenticated
    async def get(self) -> None:
        """Count them."""
        now = await self.live.now()
        mark = (await self.shown(now))[1] if self.get_argument("on", "") == "projector" else now.mark
        schools = answered_at(self.desk.consultation.questions, now.by_school)
        about = {"answers": now.answers, "sessions": now.by_session, "schools": schools, "warned": await self.warned(now)}
        open_, ends = await self.joined()
        about |= {"joined": [one.id for one in open_], "ends": ends is not None, "left": time_left(ends)}
        self.finish({**about, "mark": mark, "closed": now.record is not None})


class PicturesHandler(WallHandler):
    """Gives the pictures alone, to be put in the place of those that a page shows."""

    @authenticated
    async def get(self) -> None:
        """Give them; to the projector only what is shown to the hall."""
        now = await self.live.now()
        self.page((await self.shown(now))[0] if self.get_argument("on", "") == "projector" else now.drawn)


class ProjectorHandler(WallHandler):
    """What the hall sees on the wall."""

    @authenticated
    async def get(self) -> None:
        """Show how to join, and the pictures or comments once they are shown to the hall."""
        open_, ends = await self.joined()
        over = not open_ and not ends and any(one.channel in FORMS for one in await self.sessions())
        wanted = self.get_argument("session", "")
        session = next((one for one in open_ if one.id == wanted), open_[0] if open_ else None)
        codes = (self.wall.join_code(session) if session else "", self.wall.wifi_code())
        now = await self.live.now()
        shown = await self.shown(now)
        about = {"wall": self.wall, "codes": codes, "ends": ends, "over": over}
        self.page(projector_page(self.desk.consultation.questions, session, now, shown, **about))


class SaidHandler(WallHandler):
    """Shows comments to the hall, a few at a time, or takes them off the wall."""

    @authenticated
    async def post(self) -> None:
        """Do so, and show the facilitator's page again."""
        act = self.get_body_argument("act", "")
        if act not in ("show", "next", "hide"):
            raise HTTPError(HTTPStatus.BAD_REQUEST)
        before, few = self.wall.said, await self.few()
        self.wall.said = None if act == "hide" or not few else 0 if before is None else (before + (act == "next")) % len(few)
        if (before is None) != (self.wall.said is None):
            await self.desk.ask(
                noted, self.desk.store, self.desk.consultation.id, "comments hidden" if before is not None else "comments shown"
            )
        self.redirect("/consultation#said", status=HTTPStatus.SEE_OTHER)


def noted(store: Store, consultation: str, act: str) -> None:
    """Write it down, as long as the consultation is open: its record stays as it was closed."""
    with contextlib.suppress(ClosedError), store.transaction() as connection:
        refuse_closed(connection, consultation)
        note(connection, consultation, act, "")


def wall_routes(about: dict[str, Any]) -> list[tuple[Any, ...]]:
    """List the addresses of what the hall sees."""
    return [
        (r"/consultation/now", NowHandler, about),
        (r"/consultation/pictures", PicturesHandler, about),
        (r"/consultation/projector", ProjectorHandler, about),
        (r"/consultation/said", SaidHandler, about),
    ]
