"""The forms that the hall fills in: plain pages without a kernel, an account or a cookie."""

from __future__ import annotations

import contextlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import tornado.web

from partnership_model.delivery.consultation.asked_language import asked_language
from partnership_model.delivery.consultation.ballot_writing import Cast
from partnership_model.delivery.consultation.codes import CODE, LETTERS, RECEIPT, VOUCHER, read_code, receipt_code, spaced
from partnership_model.delivery.consultation.desk import LOG
from partnership_model.delivery.consultation.form_server import FormApplication
from partnership_model.delivery.consultation.kept_rows import ClosedError, StoreDownError, VoucherError
from partnership_model.display.consultation import form_page as pages
from partnership_model.display.consultation.case_texts import CaseTexts
from partnership_model.knowledge.consultation.ballots import FormFault, read_ballot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.delivery.consultation.desk import Desk
    from partnership_model.delivery.consultation.kept_rows import Session
    from partnership_model.delivery.consultation.wrong_codes import WrongCodes
    from partnership_model.knowledge.consultation.ballots import Channel

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
        page = pages.message_page("nowhere", self.language, link=("/", "join_title"))
        self.show(page, HTTPStatus.NOT_FOUND)


class JoinHandler(FormHandler):
    """Asks for the code, and leads to the form."""

    def get(self) -> None:
        """Show where the code is typed."""
        self.show(pages.join_page("/", self.language, languages=self.languages))

    async def post(self) -> None:
        """Lead on, if a session has this code."""
        code = read_code(self.fields().get("typed", ""))
        found = await self.desk.session(code) if CODE.fullmatch(code) else None
        if found is None:
            self.refuse_code(code)
        else:
            self.redirect(f"/{found.code}?lang={self.language}", status=HTTPStatus.SEE_OTHER)


class BallotHandler(FormHandler):
    """Shows the form, and takes what it sends."""

    def head(self, code: str) -> None:  # noqa: ARG002 - nothing is said of any code
        """Say to a form that waits for the network that there is one."""
        self.set_status(HTTPStatus.NO_CONTENT)

    async def get(self, code: str) -> None:
        """Show a new participant's form."""
        session = await self.session(code)
        if session is not None and not self.is_over(session):
            participant = receipt_code()
            filled = {"participant": participant, "proof": self.desk.proof(session, participant), "sitting": receipt_code()}
            self.show(self.desk.blank.page(f"/{session.code}", self.language, **filled))

    async def post(self, code: str) -> None:
        """Keep the ballot, or say what is wrong with it; what was typed is never lost."""
        session = await self.session(code)
        if session is None or self.is_over(session):
            return
        typed = self.fields()
        participant, wanted = typed.get("participant", ""), typed.get("switch", "")
        proven = RECEIPT.fullmatch(participant) is not None and self.desk.proves(session, participant, typed.get("proof", ""))
        if wanted in self.languages:
            self.form(session, participant if proven else receipt_code(), typed, language=wanted)
        elif not proven:
            self.form(session, receipt_code(), typed, trouble="stale", status=HTTPStatus.FORBIDDEN)
        else:
            await self.take(session, participant, typed)

    async def take(self, session: Session, participant: str, typed: Mapping[str, str]) -> None:
        """Write the ballot, if nothing is wrong with it."""
        questions = self.desk.consultation.questions
        ballot, faults = read_ballot(typed, questions, _by_form(session))
        by_voucher, voucher = questions.once == "voucher", read_code(typed.get("voucher", ""))
        if by_voucher and not VOUCHER.fullmatch(voucher):
            faults = (FormFault("voucher", "voucher"), *faults)
        if ballot is None or faults:
            self.form(session, participant, typed, faults, status=HTTPStatus.UNPROCESSABLE_ENTITY)
            return
        mark = self.desk.mark(f"voucher {voucher}" if by_voucher else participant)
        try:
            known = self.desk.voucher_mark(voucher) if by_voucher else ""
            revision = await self.desk.box.cast(Cast(session.id, mark, ballot, known))
        except ClosedError:
            self.show(pages.message_page("closed", self.language), HTTPStatus.GONE)
        except VoucherError as error:
            self.refuse_voucher(session, participant, typed, error)
        except StoreDownError:
            self.form(session, participant, typed, trouble="down", status=HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            receipt = "" if by_voucher else spaced(participant)
            sitting = self.desk.sittings.named(typed.get("sitting", ""))
            self.show(pages.receipt_page(receipt, f"/{session.code}", self.language, again=revision > 1, sitting=sitting))

    def refuse_voucher(self, session: Session, participant: str, typed: Mapping[str, str], error: VoucherError) -> None:
        """Say of a printed code that it is wrong or too late, or that too many were wrong."""
        address = self.request.remote_ip or ""
        many = self.wrong.too_many(address)
        self.wrong.count(address)
        if error.until is not None and not many:
            day = CaseTexts(self.desk.consultation.questions, self.language).day(error.until)
            faults = (FormFault("voucher", "voucher_expired", {"day": day}),)
        else:
            faults = (FormFault("voucher", "voucher_many" if many else "voucher"),)
        status = HTTPStatus.TOO_MANY_REQUESTS if many else HTTPStatus.UNPROCESSABLE_ENTITY
        self.form(session, participant, typed, faults, status=status)

    def is_over(self, session: Session) -> bool:
        """Say so where the session is closed, or where the next person is at this device already."""
        if session.closed or self.desk.consultation.closed:
            self.show(pages.message_page("closed", self.language), HTTPStatus.GONE)
        elif self.desk.sittings.over(self.fields().get("sitting", "")):
            way = (f"/{session.code}?lang={self.language}", "left_way")
            self.show(pages.message_page("left", self.language, link=way), HTTPStatus.GONE)
        else:
            return False
        return True

    def form(  # noqa: PLR0913 - what a form is filled with
        self,
        session: Session,
        participant: str,
        typed: Mapping[str, str],
        faults: tuple[FormFault, ...] = (),
        *,
        trouble: str = "",
        language: str = "",
        status: HTTPStatus = HTTPStatus.OK,
    ) -> None:
        """Show the form, with what was typed."""
        page = pages.form_page(
            self.desk.consultation.questions,
            f"/{session.code}",
            language or self.language,
            participant=participant,
            proof=self.desk.proof(session, participant),
            sitting=self.desk.sittings.named(self.fields().get("sitting", "")),
            typed=typed,
            faults=faults,
            trouble=trouble,
        )
        self.show(page, status)


class ChangeHandler(BallotHandler):
    """Gives a form back to whoever has its receipt; a printed code alone opens nothing."""

    async def get(self, code: str) -> None:
        """Ask for the receipt."""
        session = await self.session(code)
        if session is not None and not self.is_over(session):
            self.ask_for_receipt(session)

    async def post(self, code: str) -> None:
        """Show the ballot as it stands, to be changed."""
        session = await self.session(code)
        if session is None or self.is_over(session):
            return
        typed = self.fields().get("typed", "")
        receipt = read_code(typed)
        found = None
        if RECEIPT.fullmatch(receipt) and self.desk.consultation.questions.once != "voucher":
            found = await self.desk.ask(self.desk.store.ballot_of, session.consultation, self.desk.mark(receipt))
        if found is None:
            self.ask_for_receipt(session, typed[:40], "wrong_receipt", HTTPStatus.NOT_FOUND)
        else:
            self.form(session, receipt, pages.typed_of(found))

    def ask_for_receipt(self, session: Session, typed: str = "", fault: str = "", status: HTTPStatus = HTTPStatus.OK) -> None:
        """Show where the receipt is typed; where codes are printed, how one changes what was said."""
        address = f"/{session.code}"
        if self.desk.consultation.questions.once == "voucher":
            way = (f"{address}?lang={self.language}", "voucher_change_way")
            self.show(pages.message_page("voucher_change", self.language, link=way))
            return
        sitting = self.desk.sittings.named(self.fields().get("sitting", ""))
        self.show(pages.change_page(f"{address}/change", self.language, typed=typed, fault=fault, sitting=sitting), status)


class NextHandler(FormHandler):
    """Ends one person's sitting, and begins the next one's."""

    async def post(self, code: str) -> None:
        """Forget, and show an empty form."""
        session = await self.session(code)
        if session is not None:
            await self.desk.leave(self.fields().get("sitting", ""))
            self.redirect(f"/{session.code}?lang={self.language}", status=HTTPStatus.SEE_OTHER)


class PrivacyHandler(FormHandler):
    """Says what happens with the answers, after the closing too."""

    async def get(self, code: str) -> None:
        """Show the notice."""
        session = await self.session(code)
        if session is not None:
            self.show(pages.privacy_page(self.desk.consultation.questions, f"/{session.code}", self.language))


def _by_form(session: Session) -> Channel:
    """Give the channel of what a form sends: never paper, though the code on a ballot leads to a form too."""
    return session.channel if session.channel == "session" else "open_form"


def form_routes(desk: Desk, wrong: WrongCodes) -> list[tuple[Any, ...]]:
    """List every address that the hall reaches; everything else is 404."""
    about = {"desk": desk, "wrong": wrong}
    return [
        (r"/", JoinHandler, about),
        (rf"/{CODE_PATH}", BallotHandler, about),
        (rf"/{CODE_PATH}/change", ChangeHandler, about),
        (rf"/{CODE_PATH}/next", NextHandler, about),
        (rf"/{CODE_PATH}/privacy", PrivacyHandler, about),
    ]


def form_application(desk: Desk, wrong: WrongCodes) -> FormApplication:
    """Make the application of the second listener, which knows the forms and nothing else."""
    return FormApplication(
        form_routes(desk, wrong),
        default_handler_class=NowhereHandler,
        default_handler_args={"desk": desk, "wrong": wrong},
        compress_response=True,  # a quarter of the bytes on a Wi-Fi that three hundred share
        log_function=lambda _handler: None,  # a line of a log would hold a participant's address
    )
