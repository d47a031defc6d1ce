"""The addresses that the hall reaches: plain pages without a kernel, an account or a cookie."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from partnership_model.delivery.consultation.ballot_forms import BallotHandler, ChangeHandler
from partnership_model.delivery.consultation.codes import CODE, LETTERS, read_code
from partnership_model.delivery.consultation.form_handler import FormHandler, NowhereHandler
from partnership_model.delivery.consultation.form_server import FormApplication
from partnership_model.display.consultation import form_page as pages

if TYPE_CHECKING:
    from partnership_model.delivery.consultation.desk import Desk
    from partnership_model.delivery.consultation.form_door import FormDoor
    from partnership_model.delivery.consultation.wrong_codes import WrongCodes

CODE_PATH = rf"(?P<code>[{LETTERS}{LETTERS.lower()}]{{6}})"


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


class NextHandler(FormHandler):
    """Ends one person's sitting, and begins the next one's."""

    async def post(self, code: str) -> None:
        """Forget, and show an empty form."""
        session = await self.session(code)
        if session is not None:
            typed = self.fields()
            await self.desk.leave(session, typed.get("sitting", ""), typed.get("proof", ""))
            self.redirect(f"/{session.code}?lang={self.language}", status=HTTPStatus.SEE_OTHER)


class PrivacyHandler(FormHandler):
    """Says what happens with the answers, after the closing too."""

    async def get(self, code: str) -> None:
        """Show the notice."""
        session = await self.session(code)
        if session is not None:
            self.show(pages.privacy_page(self.desk.consultation.questions, f"/{session.code}", self.language))


def form_routes(desk: Desk, wrong: WrongCodes, door: FormDoor) -> list[tuple[Any, ...]]:
    """List every address that the hall reaches; everything else is 404."""
    about = {"desk": desk, "wrong": wrong, "door": door}
    return [
        (r"/", JoinHandler, about),
        (rf"/{CODE_PATH}", BallotHandler, about),
        (rf"/{CODE_PATH}/change", ChangeHandler, about),
        (rf"/{CODE_PATH}/next", NextHandler, about),
        (rf"/{CODE_PATH}/privacy", PrivacyHandler, about),
    ]


def form_application(desk: Desk, wrong: WrongCodes, door: FormDoor) -> FormApplication:
    """Make the application of the second listener, which knows the forms and nothing else.

    Args:
        desk: the consultation.
        wrong: the count of wrong codes.
        door: under which names people come, and through which proxy.
    """
    return FormApplication(
        form_routes(desk, wrong, door),
        default_handler_class=NowhereHandler,
        default_handler_args={"desk": desk, "wrong": wrong, "door": door},
        compress_response=True,  # a quarter of the bytes on a Wi-Fi that three hundred share
        log_function=lambda _handler: None,  # a line of a log would hold a participant's address
    )
