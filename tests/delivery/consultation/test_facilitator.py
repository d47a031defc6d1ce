"""The facilitator's door as a browser knocks at it: what it opens can be closed, whatever became of the case."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from jupyter_server.auth.identity import IdentityProvider, User
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from partnership_model.delivery.consultation.desk import Desk
from partnership_model.delivery.consultation.facilitator import facilitator_routes
from partnership_model.delivery.consultation.store import Store
from partnership_model.knowledge.consultation.record_file import read_record
from tests.consulting import CASE, Evening, consulted, drawn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tornado.httpclient import HTTPResponse

    from partnership_model.knowledge.base import KnowledgeBase

STAFF_ROOM = Evening("Staff room", "session", drawn("Staff", 7, "session", 1))


class LetIn(IdentityProvider):
    """Takes whoever knocks for the facilitator."""

    def get_user(self, _: object) -> User:
        """Name them."""
        return User("facilitator")


@contextlib.asynccontextmanager
async def door(store: Store, desk: Desk) -> AsyncIterator[Callable[..., object]]:
    """Serve the facilitator's pages to somebody who is let in; give how to ask for one."""
    settings = {
        "identity_provider": LetIn(),
        "cookie_secret": "s" * 32,
        "disable_check_xsrf": True,
        "base_url": "/",
        "allow_remote_access": True,
    }
    sockets = bind_sockets(0, "127.0.0.1")
    server = HTTPServer(Application(facilitator_routes(desk, "http://127.0.0.1"), **settings))
    server.add_sockets(sockets)
    client = AsyncHTTPClient(force_instance=True)

    async def ask(path: str, body: str | None = None) -> HTTPResponse:
        method = "GET" if body is None else "POST"
        at = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/consultation{path}"
        return await client.fetch(at, method=method, body=body, raise_error=False, follow_redirects=True)

    try:
        yield ask
    finally:
        client.close()
        server.stop()
        await server.close_all_connections()
        desk.close()
        store.close()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: shutil.move(folder, folder.with_name("moved")), ("is not there any more", "put the record beside the case.yaml")),
        (
            lambda folder: (folder / "case.yaml").write_text(CASE + "\nnonsense: 1\n", encoding="utf-8"),
            (f"case.yaml:{CASE.count(chr(10)) + 2}: nonsense: ", "Once that is mended, open this page again."),
        ),
    ],
    ids=["moved", "mistyped"],
)
def test_a_consultation_closes_whatever_became_of_its_case_and_its_record_and_results_are_given(
    tmp_path: Path, base: KnowledgeBase, spoil: Callable[[Path], object], said: tuple[str, str]
) -> None:
    folder = tmp_path / "elm-hill"
    folder.mkdir()
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    store = Store(f"sqlite:///{tmp_path}/ballots.db")
    about = consulted(folder, store, base, [STAFF_ROOM])

    async def run() -> None:
        async with door(store, Desk(store, about)) as ask:
            opened = await ask("", "act=open&title=Hall%0Bone%7F&channel=session")
            assert opened.code == 200
            assert {one.title for one in store.sessions(about.id)} == {"Staff room", "Hall one"}
            assert (await ask("", "act=open&title=%7F%C2%85&channel=session")).code == 400
            spoil(folder)
            closed = await ask("/close", "sure=yes")
            assert closed.code == 200
            assert store.consultation(about.id).closed is not None
            text = " ".join(re.sub(r"<[^>]+>", "", closed.body.decode()).split())
            assert "The record could not be put into the case" in text
            assert all(one in text for one in said), text
            given = await ask("/record")
            assert read_record(given.body.decode()).response.everybody.answered == 7
            assert "What matters" in (await ask("/results")).body.decode()
            if (folder / "case.yaml").exists():
                (folder / "case.yaml").write_text(CASE, encoding="utf-8")
                assert "stands in the case now" in (await ask("/close")).body.decode()
                assert (folder / "consultation.json").read_text(encoding="utf-8") == given.body.decode()

    asyncio.run(run())
