"""What tests of the forms need: a consultation on the example case, served to this process, and asked as a phone without scripts does."""

from __future__ import annotations

import asyncio
import datetime as dt
import http.client
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from tornado.netutil import bind_sockets

from partnership_model.delivery.consultation.desk import Desk
from partnership_model.delivery.consultation.form_door import FormDoor
from partnership_model.delivery.consultation.form_server import FormServer
from partnership_model.delivery.consultation.forms import form_application
from partnership_model.delivery.consultation.store import Store
from partnership_model.delivery.consultation.wrong_codes import WrongCodes
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.consultation.question_set import QuestionSet, question_set
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import find_case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from partnership_model.delivery.consultation.kept_rows import Consultation, Session

T = TypeVar("T")
TODAY = dt.date(2026, 11, 22)


@cache
def questions() -> QuestionSet:
    """Give what the example case asks."""
    base = read_knowledge()
    case = read_case(find_case("ember-2016"), base)
    return question_set(case, case.file.consultation, base, TODAY)


class _Fields(HTMLParser):
    """Reads what a browser would send of a form."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._select, self._text = "", ""
        self._chosen = False  # whether what comes next is the text of an option that has no other value

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        name, value = about.get("name") or "", about.get("value") or ""
        if tag == "input" and name and (about.get("type") not in ("radio", "checkbox") or "checked" in about):
            self.fields[name] = value
        elif tag == "select":
            self._select = name
            self.fields[name] = ""
        elif tag == "option" and "selected" in about:
            self.fields[self._select] = value
            self._chosen = "value" not in about
        elif tag == "textarea":
            self._text = name
            self.fields[name] = ""

    def handle_data(self, data: str) -> None:
        if self._chosen:
            self.fields[self._select], self._chosen = data, False
        if self._text:
            self.fields[self._text] = data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def receipt(self) -> str:
        """Give the receipt that stands on it."""
        return self.text.split('<p class="code" dir="ltr">')[1].split("<")[0]

    @property
    def fields(self) -> dict[str, str]:
        """Give the fields of its form with what stands in them."""
        reader = _Fields()
        reader.feed(self.text)
        return reader.fields


@dataclass(frozen=True)
class Hall:
    """A hall and its forms."""

    store: Store
    consultation: Consultation
    session: Session
    desk: Desk
    wrong: WrongCodes
    port: int
    loop: asyncio.AbstractEventLoop

    def ask(self, path: str, typed: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """Ask for a page, or send a form."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            method, body = ("GET", None) if typed is None else ("POST", urlencode(typed))
            kind = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
            line.request(method, path, body, {**kind, **{name.replace("_", "-"): value for name, value in headers.items()}})
            got = line.getresponse()
            return Answer(got.status, dict(got.getheaders()), got.read().decode())
        finally:
            line.close()

    @property
    def form(self) -> str:
        """Give the path of the form."""
        return f"/{self.session.code}"

    @property
    def address(self) -> str:
        """Give the address of the form."""
        return f"http://127.0.0.1:{self.port}{self.form}"

    def do(self, what: Callable[..., T], *about: object) -> T:
        """Do something where the server does what it does."""

        async def done() -> T:
            return what(*about)

        return asyncio.run_coroutine_threadsafe(done(), self.loop).result(30)

    def send(self, **typed: str) -> Answer:
        """Fill in an empty form and send it; two underscores stand for a full stop."""
        fields = self.ask(self.form).fields
        return self.ask(self.form, {**fields, **{name.replace("__", "."): value for name, value in typed.items()}})


@contextmanager
def hall(tmp_path: Path, **changed: object) -> Iterator[Hall]:
    """Serve the forms of the example case, with what is changed in its questions."""
    store = Store(f"sqlite:///{tmp_path / 'ballots.db'}")
    consultation = store.open_consultation(str(tmp_path), questions().model_copy(update=changed), TODAY)
    session = store.open_session(consultation.id, "An evening", "session", TODAY)
    desk, wrong = Desk(store, consultation), WrongCodes()
    loop, sockets = asyncio.new_event_loop(), bind_sockets(0, "127.0.0.1")
    servers: list[FormServer] = []

    async def begin() -> None:
        server = FormServer(form_application(desk, wrong, FormDoor()))
        server.add_sockets(sockets)
        servers.append(server)

    async def end() -> None:
        servers[0].stop()
        await servers[0].close_all_connections()

    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(begin(), loop).result(30)
    try:
        yield Hall(store, consultation, session, desk, wrong, sockets[0].getsockname()[1], loop)
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(30)
        loop.close()
        desk.close()
        store.close()
