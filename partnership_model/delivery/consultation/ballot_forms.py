"""The form itself: it is shown, taken, and given back to whoever has its receipt."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from partnership_model.delivery.consultation.ballot_writing import Cast
from partnership_model.delivery.consultation.codes import RECEIPT, VOUCHER, read_code, receipt_code, spaced
from partnership_model.delivery.consultation.form_handler import FormHandler
from partnership_model.delivery.consultation.form_proofs import FormTies
from partnership_model.delivery.consultation.kept_rows import ClosedError, FullError, StoreDownError, VoucherError
from partnership_model.display.consultation import form_page as pages
from partnership_model.display.consultation.case_texts import CaseTexts
from partnership_model.display.consultation.typed_back import typed_back
from partnership_model.knowledge.consultation.ballots import FormFault, read_ballot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.delivery.consultation.form_proofs import Proven
    from partnership_model.delivery.consultation.kept_rows import Session
    from partnership_model.knowledge.consultation.ballots import Channel


class BallotHandler(FormHandler):
    """Shows the form, and takes what it sends."""

    def head(self, code: str) -> None:  # noqa: ARG002 - nothing is said of any code
        """Say to a form that waits for the network that there is one."""
        self.set_status(HTTPStatus.NO_CONTENT)

    async def get(self, code: str) -> None:
        """Show a new participant's form."""
        session = await self.session(code)
        if session is not None and not self.is_over(session, new=True):
            ties = self.blank(session).ties
            self.desk.open_forms.handed_out(session.id, ties.proof)
            self.show(self.desk.blank.page(f"/{session.code}", self.language, **vars(ties)))

    async def post(self, code: str) -> None:
        """Keep the ballot, or say what is wrong with it; what was typed is never lost."""
        session, typed = await self.session(code), self.fields()
        if session is None or self.is_over(session, typed):
            return
        wanted, proven = typed.get("switch", ""), self.proven(session, typed)
        if proven is None and self.desk.last_minutes.until(session.id):  # the answer would be a new form
            self.show_closed(session, typed)
        elif wanted in self.languages:
            self.form(session, proven or self.blank(session), typed, language=wanted)
        elif proven is None:
            self.form(session, self.blank(session), typed, trouble="stale", status=HTTPStatus.FORBIDDEN)
        else:
            await self.take(session, proven, typed)

    def blank(self, session: Session, sitting: str = "") -> Proven:
        """Begin a form of somebody who has no ballot yet."""
        return self.desk.proofs.blank(session.code, receipt_code(), sitting or receipt_code())

    def proven(self, session: Session, typed: Mapping[str, str]) -> Proven | None:
        """Give what the form that was sent stands for, if it is one of ours."""
        ties = FormTies(**{name: typed.get(name, "") for name in ("participant", "sitting", "proof")})
        return self.desk.proofs.proven(session.code, ties)

    async def take(self, session: Session, proven: Proven, typed: Mapping[str, str]) -> None:
        """Write the ballot, if nothing is wrong with it."""
        questions = self.desk.consultation.questions
        ballot, faults = read_ballot(typed, questions, _by_form(session))
        by_voucher, voucher = questions.once == "voucher", read_code(typed.get("voucher", ""))
        if by_voucher and not VOUCHER.fullmatch(voucher):
            faults = (FormFault("voucher", "voucher"), *faults)
        if ballot is None or faults:
            self.form(session, proven, typed, faults, status=HTTPStatus.UNPROCESSABLE_ENTITY)
            return
        mark = self.desk.mark(f"voucher {voucher}" if by_voucher else proven.receipt)
        try:
            known = self.desk.voucher_mark(voucher) if by_voucher else ""
            most = None if by_voucher else self.desk.most  # there are only so many printed codes
            revision = await self.desk.box.cast(Cast(session.id, mark, ballot, known, most=most))
        except ClosedError:
            self.show_closed(session, typed)
        except VoucherError as error:
            self.refuse_voucher(session, proven, typed, error)
        except FullError:
            self.form(session, proven, typed, trouble="full", status=HTTPStatus.CONFLICT)
        except StoreDownError:
            self.form(session, proven, typed, trouble="down", status=HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            self.desk.open_forms.sent(session.id, proven.ties.proof)
            receipt = "" if by_voucher else spaced(proven.receipt)
            onward = self.onward(session, proven, mark)
            self.show(pages.receipt_page(receipt, f"/{session.code}", self.language, again=revision > 1, onward=onward))

    def onward(self, session: Session, proven: Proven, about: str) -> pages.Onward:
        """Let the next person begin where this one sent something; no other page ends a sitting, so that nobody ends another's."""
        sitting = proven.ties.sitting
        return pages.Onward(f"/{session.code}/next", sitting, self.desk.proofs.leaving(session.code, sitting, about))

    def refuse_voucher(self, session: Session, proven: Proven, typed: Mapping[str, str], error: VoucherError) -> None:
        """Say of a printed code that it is wrong or too late, or that too many were wrong."""
        many = self.wrong.too_many(self.asker)
        self.wrong.count(self.asker)
        if error.until is not None and not many:
            day = CaseTexts(self.desk.consultation.questions, self.language).day(error.until)
            faults = (FormFault("voucher", "voucher_expired", {"day": day}),)
        else:
            faults = (FormFault("voucher", "voucher_many" if many else "voucher"),)
        status = HTTPStatus.TOO_MANY_REQUESTS if many else HTTPStatus.UNPROCESSABLE_ENTITY
        self.form(session, proven, typed, faults, status=status)

    def is_over(self, session: Session, typed: Mapping[str, str] | None = None, *, new: bool = False) -> bool:
        """Say so where the next person is at this device already, or where the session is closed, or closes and hands out no new form."""
        if self.desk.sittings.over(self.fields().get("sitting", "")):
            way = (f"/{session.code}?lang={self.language}", "left_way")
            self.show(pages.message_page("left", self.language, link=way), HTTPStatus.GONE)
        elif session.closed or self.desk.consultation.closed:
            self.show_closed(session, typed or {})
        elif new and self.desk.last_minutes.until(session.id):
            self.show(pages.message_page("closing", self.language), HTTPStatus.GONE)
        else:
            return False
        return True

    def show_closed(self, session: Session, typed: Mapping[str, str]) -> None:
        """Say that it came too late, and show what was typed: it is in no store, and only its author has it."""
        said = typed_back(self.desk.consultation.questions, self.language, typed)
        proven = self.proven(session, typed)
        if proven is None and self.desk.consultation.closed:  # with its secret gone nobody can say whose form this was, and none is open
            proven = self.blank(session, self.desk.sittings.named(typed.get("sitting", "")))
        # No ballot stands for what came too late, so such forms count together, by the first letter that was drawn for each.
        onward = self.onward(session, proven, f"late {session.id} {proven.receipt[0]}") if said and proven else None
        self.show(pages.message_page("closed", self.language, said=said, onward=onward), HTTPStatus.GONE)

    def form(  # noqa: PLR0913 - what a form is filled with
        self,
        session: Session,
        proven: Proven,
        typed: Mapping[str, str],
        faults: tuple[FormFault, ...] = (),
        *,
        trouble: str = "",
        language: str = "",
        status: HTTPStatus = HTTPStatus.OK,
    ) -> None:
        """Show the form, with what was typed."""
        self.desk.open_forms.handed_out(session.id, proven.ties.proof)
        page = pages.form_page(
            self.desk.consultation.questions,
            f"/{session.code}",
            language or self.language,
            **vars(proven.ties),
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
            sitting = self.desk.sittings.named(self.fields().get("sitting", ""))
            self.form(session, self.desk.proofs.opened(session.code, receipt, sitting), pages.typed_of(found))

    def ask_for_receipt(self, session: Session, typed: str = "", fault: str = "", status: HTTPStatus = HTTPStatus.OK) -> None:
        """Show where the receipt is typed; where codes are printed, how one changes what was said."""
        address = f"/{session.code}"
        if self.desk.consultation.questions.once == "voucher":
            way = (f"{address}?lang={self.language}", "voucher_change_way")
            self.show(pages.message_page("voucher_change", self.language, link=way))
            return
        sitting = self.desk.sittings.named(self.fields().get("sitting", ""))
        self.show(pages.change_page(f"{address}/change", self.language, typed=typed, fault=fault, sitting=sitting), status)


def _by_form(session: Session) -> Channel:
    """Give the channel of what a form sends: never paper, though the code on a ballot leads to a form too."""
    return session.channel if session.channel == "session" else "open_form"
