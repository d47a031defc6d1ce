"""What every page of the hall shares: its language, what was typed, and answers that say nothing of what serves them."""

from __future__ import annotations

import contextlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import tornado.web

from partnership_model.delivery.consultation.asked_language import asked_language
from partnership_model.delivery.consultation.desk import LOG
from partnership_model.delivery.consultation.form_door import FORWARDED
from partnership_model.delivery.consultation.kept_rows import StoreDownError
from partnership_model.display.consultation import form_page as pages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.delivery.consultation.desk import Desk
    from partnership_model.delivery.consultation.form_door import FormDoor
    from partnership_model.delivery.consultation.kept_rows import Session
    from partnership_model.delivery.consultation.wrong_codes import WrongCodes

RETRY = 10  # seconds
MOST_FIELDS = 100


class FormHandler(tornado.web.RequestHandler):
    """The base of all: says nothing of what serves this, and lets nothing be kept or framed."""

    def initialize(self, desk: Desk, wrong: WrongCodes, door: FormDoor) -> None:
        """Take the desk, the count of wrong codes, and the way in."""
        self.desk, self.wrong, self.door = desk, wrong, door

    def prepare(self) -> None:
        """Answer only to who meant this computer, and take only what was typed into a page of ours."""
        if not self.door.knows(self.request.host_name):
            self.show(pages.message_page("nowhere", self.language), HTTPStatus.MISDIRECTED_REQUEST)
        elif self.request.method == "POST" and not self.door.sent_from_here(self.request.headers.get("Origin"), self.request.host):
            way = (f"/{self.path_kwargs.get('code', '')}?lang={self.language}", "voucher_change_way")
            self.show(pages.message_page("elsewhere", self.language, link=way), HTTPStatus.FORBIDDEN)

    def set_default_headers(self) -> None:
        """Keep nothing in a browser that the next person on it could go back to."""
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Content-Security-Policy", pages.form_policy())

    def compute_etag(self) -> None:
        """Make no mark of a page: nobody may keep one to come back with."""

    def check_xsrf_cookie(self) -> None:
        """Need no cookie: a form proves itself, `prepare` sees where it was sent from, and there is no login that could be misused."""

    @property
    def language(self) -> str:
        """Give the language that was chosen, or else the one that the browser asks for, if there is a form in it."""
        known = self.desk.consultation.questions.languages
        with contextlib.suppress(tornado.web.HTTPError):  # of letters that are none
            asked = self.get_argument("lang", "")
            if asked in known:
                return asked
        return asked_language(self.request.headers.get("Accept-Language", ""), known)

    @property
    def languages(self) -> tuple[str, ...]:
        """Give the languages in which there is a form."""
        return self.desk.consultation.questions.languages

    @property
    def asker(self) -> str:
        """Give the address that wrong codes are counted of."""
        return self.door.asker(self.request.remote_ip or "", self.request.headers.get(FORWARDED, ""))

    def fields(self) -> Mapping[str, str]:
        """Give what was typed; of a field that was sent twice the last."""
        names = list(self.request.body_arguments)[:MOST_FIELDS]
        return {name: self.get_body_argument(name, "", strip=False) for name in names}

    def show(self, page: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        """Answer with a page."""
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            self.set_header("Retry-After", str(RETRY))
        self.finish(page)

    async def session(self, code: str) -> Session | None:
        """Give the session; where there is none, say so and count the code as wrong."""
        found = await self.desk.session(code.upper())
        if found is None:
            self.refuse_code(code)
        return found

    def refuse_code(self, typed: str) -> None:
        """Say that a code is wrong, or that there were too many."""
        many = self.wrong.too_many(self.asker)
        self.wrong.count(self.asker)
        status = HTTPStatus.TOO_MANY_REQUESTS if many else HTTPStatus.NOT_FOUND
        fault = "too_many" if many else "wrong_code"
        self.show(pages.join_page("/", self.language, typed=typed[:40], fault=fault, languages=self.languages), status)

    def write_error(self, status_code: int, **_: Any) -> None:  # noqa: ANN401 - Tornado's own
        """Show no traceback and no status number."""
        down = status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
        page = pages.message_page(
            "down" if down else "nowhere", self.language, refresh=str(RETRY) if down else "", link=None if down else ("/", "join_title")
        )
        self.set_header("Content-Type", "text/html; charset=utf-8")
        if status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            self.set_header("Retry-After", str(RETRY))
        self.finish(page)

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:  # noqa: ANN401 - Tornado's own
        """Write down our own faults, without the address that the request came from; of a store that is down the desk speaks once."""
        if not isinstance(error, StoreDownError | tornado.web.HTTPError):
            LOG.error("A form could not be answered.", exc_info=(kind, error, trace))

    def _handle_request_exception(self, error: BaseException) -> None:
        if isinstance(error, StoreDownError) and not self._finished:
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        super()._handle_request_exception(error)


class NowhereHandler(FormHandler):
    """Answers every address that is not in the table."""

    def prepare(self) -> None:
        """Refuse before the method is looked at."""
        super().prepare()
        if self._finished:
            return
        page = pages.message_page("nowhere", self.language, link=("/", "join_title"))
        self.show(page, HTTPStatus.NOT_FOUND)
