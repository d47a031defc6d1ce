"""The forms that the hall fills in: plain pages without a kernel, an account or a cookie."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import tornado.web

from partnership_model.delivery.consultation.codes import CODE, LETTERS, RECEIPT, VOUCHER, read_code, receipt_code, spaced
from partnership_model.delivery.consultation.desk import LOG
from partnership_model.delivery.consultation.form_server import FormApplication
from partnership_model.delivery.consultation.store import ClosedError, StoreDownError, VoucherError
from partnership_model.display.consultation import form_page as pages
from partnership_model.knowledge.consultation.ballots import FormFault, read_ballot
from partnership_model.knowledge.consultation.form_words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.delivery.consultation.desk import Desk
    from partnership_model.delivery.consultation.store import Session
    from partnership_model.delivery.consultation.wrong_codes import WrongCodes

RETRY = 10  # seconds
MOST_FIELDS = 100
CODE_PATH = rf"(?P<code>[{LETTERS}{LETTERS.lower()}]{{6}})"


class FormHandler(tornado.web.RequestHandler):
    """The base of all: says nothing of what serves this, and lets nothing be kept or framed."""

    def initialize(self, desk: Desk, wrong: WrongCodes) -> None:
        """Take the desk, and the count of wrong codes."""
        self.desk, self.wrong = desk, wrong

    def set_default_headers(self) -> None:
        """Keep nothing in a browser that the next person on it could go back to."""
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Content-Security-Policy", pages.form_policy())

    def check_xsrf_cookie(self) -> None:
        """Need no cookie: a form proves itself, and there is no login that another site could misuse."""

    @property
    def language(self) -> str:
        """Give the language that was asked for, if the question set names it."""
        known = self.desk.consultation.questions.languages
        asked = self.get_argument("lang", "")
        return asked if asked in known else known[0]

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
        address = self.request.remote_ip or ""
        many = self.wrong.too_many(address)
        self.wrong.count(address)
        status = HTTPStatus.TOO_MANY_REQUESTS if many else HTTPStatus.NOT_FOUND
        self.show(pages.join_page("/", self.language, typed=typed[:40], fault="too_many" if many else "wrong_code"), status)

    def write_error(self, status_code: int, **_: Any) -> None:  # noqa: ANN401 - Tornado's own
        """Show no traceback and no status number."""
        down = status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
        page = pages.message_page(
            "down" if down else "nowhere", ENGLISH, refresh=str(RETRY) if down else "", link=None if down else ("/", "join_title")
        )
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(page)

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:  # noqa: ANN401 - Tornado's own
        """Write down our own faults, without the address that the request came from; of a store that is down the desk speaks once."""
        if not isinstance(error, StoreDownError | tornado.web.HTTPError):
            LOG.error("A form could not be answered.", exc_info=(kind, error, trace))

    def _handle_request_exception(self, error: BaseException) -> None:
        if isinstance(error, StoreDownError) and not self._finished:
            self.set_header("Retry-After", str(RETRY))
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        super()._handle_request_exception(error)


class NowhereHandler(FormHandler):
    """Answers every address that is not in the table."""

    def prepare(self) -> None:
        """Refuse before the method is looked at."""
        page = pages.message_page("nowhere", link=("/", "join_title"))
        self.show(page, HTTPStatus.NOT_FOUND)


class JoinHandler(FormHandler):
    """Asks for the code, and leads to the form."""

    def get(self) -> None:
        """Show where the code is typed."""
        self.show(pages.join_page("/", self.language))

    async def post(self) -> None:
        """Lead on, if a session has this code."""
        code = read_code(self.fields().get("typed", ""))
        found = await self.desk.session(code) if CODE.fullmatch(code) else None
        if found is None:
            self.refuse_code(code)
        else:
            self.redirect(f"/{found.code}", status=HTTPStatus.SEE_OTHER)


class BallotHandler(FormHandler):
    """Shows the form, and takes what it sends."""

    async def get(self, code: str) -> None:
        """Show a new participant's form."""
        session = await self.session(code)
        if session is None:
            return
        if session.closed:
            self.show(pages.message_page("closed", self.language), HTTPStatus.GONE)
            return
        self._form(session, receipt_code(), {})

    async def post(self, code: str) -> None:
        """Keep the ballot, or say what is wrong with it; what was typed is never lost."""
        session = await self.session(code)
        if session is None:
            return
        typed = self.fields()
        participant = typed.get("participant", "")
        if not RECEIPT.fullmatch(participant) or not self.desk.proves(session, participant, typed.get("proof", "")):
            self._form(session, receipt_code(), typed, trouble="stale", status=HTTPStatus.FORBIDDEN)
            return
        questions = self.desk.consultation.questions
        ballot, faults = read_ballot(typed, questions, session.channel)
        voucher = read_code(typed.get("voucher", ""))
        if questions.once == "voucher" and not VOUCHER.fullmatch(voucher):
            faults = (FormFault("voucher", "voucher"), *faults)
        if ballot is None or faults:
            self._form(session, participant, typed, faults, status=HTTPStatus.UNPROCESSABLE_ENTITY)
            return
        by_voucher = questions.once == "voucher"
        mark = self.desk.mark(f"voucher {voucher}" if by_voucher else participant)
        try:
            revision = await self.desk.ask(
                self.desk.store.cast, session.id, mark, ballot, self.desk.voucher_mark(voucher) if by_voucher else ""
            )
        except ClosedError:
            self.show(pages.message_page("closed", self.language), HTTPStatus.GONE)
        except VoucherError:
            self.wrong.count(self.request.remote_ip or "")
            self._form(session, participant, typed, (FormFault("voucher", "voucher"),), status=HTTPStatus.UNPROCESSABLE_ENTITY)
        except StoreDownError:
            self._form(session, participant, typed, trouble="down", status=HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            receipt = "" if by_voucher else spaced(participant)
            self.show(pages.receipt_page(receipt, f"/{session.code}", self.language, again=revision > 1))

    def _form(  # noqa: PLR0913 - what a form is filled with
        self,
        session: Session,
        participant: str,
        typed: Mapping[str, str],
        faults: tuple[FormFault, ...] = (),
        *,
        trouble: str = "",
        known: bool = False,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> None:
        proof = self.desk.proof(session, participant)
        page = pages.form_page(
            self.desk.consultation.questions,
            f"/{session.code}",
            self.language,
            participant=participant,
            proof=proof,
            typed=typed,
            faults=faults,
            trouble=trouble,
            known=known,
        )
        self.show(page, status)


class ChangeHandler(BallotHandler):
    """Gives a form back to whoever has its receipt."""

    async def get(self, code: str) -> None:
        """Ask for the receipt."""
        session = await self.session(code)
        if session is not None:
            self.show(pages.change_page(f"/{session.code}/change?lang={self.language}", self.language))

    async def post(self, code: str) -> None:
        """Show the ballot as it stands, to be changed."""
        session = await self.session(code)
        if session is None:
            return
        if session.closed:
            self.show(pages.message_page("closed", self.language), HTTPStatus.GONE)
            return
        typed = self.fields().get("typed", "")
        receipt = read_code(typed)
        found = None
        if RECEIPT.fullmatch(receipt):
            found = await self.desk.ask(self.desk.store.ballot_of, session.consultation, self.desk.mark(receipt))
        if found is None:
            address = f"/{session.code}/change?lang={self.language}"
            self.show(pages.change_page(address, self.language, typed=typed[:40], fault="wrong_receipt"), HTTPStatus.NOT_FOUND)
            return
        self._form(session, receipt, pages.typed_of(found))


def form_routes(desk: Desk, wrong: WrongCodes) -> list[tuple[Any, ...]]:
    """List every address that the hall reaches; everything else is 404."""
    about = {"desk": desk, "wrong": wrong}
    return [
        (r"/", JoinHandler, about),
        (rf"/{CODE_PATH}", BallotHandler, about),
        (rf"/{CODE_PATH}/change", ChangeHandler, about),
    ]


def form_application(desk: Desk, wrong: WrongCodes) -> FormApplication:
    """Make the application of the second listener, which knows the forms and nothing else."""
    return FormApplication(
        form_routes(desk, wrong),
        default_handler_class=NowhereHandler,
        default_handler_args={"desk": desk, "wrong": wrong},
        log_function=lambda _handler: None,  # a line of a log would hold a participant's address
    )
