"""Where a consultation is served: the forms at one address of this computer, the facilitator's pages on it alone or behind a login."""

from __future__ import annotations

import asyncio
import dataclasses
import re
import signal
import socket
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from tornado.httpclient import AsyncHTTPClient

from partnership_model.delivery.consultation import database, serving
from partnership_model.delivery.consultation.ballot_writing import Cast
from partnership_model.delivery.consultation.form_server import FILES_FOR_OTHERS, MOST_CONNECTIONS, most_connections
from partnership_model.delivery.consultation.kept_rows import StoreDownError
from partnership_model.delivery.consultation.retention import delete_consultation
from partnership_model.delivery.consultation.serving import Places, consult, hall_sockets, own_addresses
from partnership_model.delivery.consultation.store import Store
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.consultation.plan import room_for
from partnership_model.knowledge.shipped import find_case
from tests.delivery.consultation.clocks import due_today, seen_this_morning
from tests.delivery.consultation.voting import ballot, mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from partnership_model.delivery.consultation.kept_rows import Consultation, Session
    from partnership_model.knowledge.base import KnowledgeBase
    from tests.delivery.commanding import Said

CASE = "ember-2016"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Keep what the server would be started with, instead of starting it."""
    found: list[dict[str, Any]] = []

    def serve(folder: Path, **about: Any) -> None:  # noqa: ANN401 - what `serve` takes
        found.append({"folder": folder, **about})
        about["beside"]._sockets[0].close()  # noqa: SLF001 - nobody serves them
        about["beside"].desk.close()

    monkeypatch.setattr(serving, "serve", serve)
    return found


def run(base: KnowledgeBase, store: str, places: Places | None = None, case: str = CASE) -> None:
    folder = find_case(case)
    consult(folder, read_case(folder, base), base, store, places or Places(hall_port=0), open_browser=False)


def test_the_forms_are_refused_at_an_address_of_the_open_internet() -> None:
    for address in ("8.8.8.8", "2a00:1450:4009:81f::200e"):
        with pytest.raises(PartnershipError, match=r"is reached from the whole internet.*--forms-at https://NAME"):
            hall_sockets(address, 0)


def test_an_address_that_is_not_this_computers_is_refused_with_those_that_are() -> None:
    with pytest.raises(PartnershipError, match=r"cannot be served at 192\.168\.255\.254: .*Addresses of this computer: "):
        hall_sockets("192.168.255.254", 0)
    assert not [one for one in own_addresses() if one.startswith("127.")]


def test_a_port_that_is_taken_is_refused_where_it_was_asked_for_and_else_passed_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PartnershipError, match="cannot be served at"):
            hall_sockets("127.0.0.1", port)
    (one,), (two,) = hall_sockets("127.0.0.1", None), hall_sockets("127.0.0.1", None)
    assert one.getsockname()[1] != two.getsockname()[1]
    one.close()
    two.close()


def test_a_consultation_goes_on_with_the_questions_it_began_with(
    base: KnowledgeBase, tmp_path: Path, started: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"sqlite:///{tmp_path / 'x.db'}"
    run(base, address)
    run(
        base,
        address,
        Places(hall="127.0.0.1", hall_port=0, forms_at="https://forms.example.org", port=8867, behind="https://a.example.org"),
    )
    first, second = started
    assert first["beside"].desk.consultation == second["beside"].desk.consultation
    assert first["beside"].address.startswith("http://127.0.0.1:")
    assert second["beside"].address == "https://forms.example.org"
    assert (first["behind"], second["behind"], second["port"]) == ("", "https://a.example.org", 8867)
    assert "host" not in first, "the facilitator's pages are on this computer alone, whatever is asked for"
    assert capsys.readouterr().out == ""


def test_a_form_takes_as_many_answers_as_the_case_says_now_and_else_several_times_those_invited(
    base: KnowledgeBase, tmp_path: Path, started: list[dict[str, Any]]
) -> None:
    address = f"sqlite:///{tmp_path / 'x.db'}"
    run(base, address)
    folder = find_case(CASE)
    case = read_case(folder, base)
    plan = case.file.consultation.model_copy(update={"most_answers": 77})
    changed = dataclasses.replace(case, file=case.file.model_copy(update={"consultation": plan}))
    consult(folder, changed, base, address, Places(hall_port=0), open_browser=False)
    assert [one["beside"].desk.most for one in started] == [room_for(plan.groups), 77]
    assert started[0]["beside"].desk.consultation == started[1]["beside"].desk.consultation


def test_what_is_overdue_takes_no_answers_and_is_deleted_at_the_start_once_the_clock_said_so_twice(
    base: KnowledgeBase, tmp_path: Path, started: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"sqlite:///{tmp_path / 'x.db'}"
    run(base, address)
    store = Store(address)
    due_today(store)
    with pytest.raises(PartnershipError, match=r"are to be gone by .*, and that day has come by this computer's clock"):
        run(base, address)
    assert "The ballots of ember-2016 are to be gone by" in capsys.readouterr().out
    seen_this_morning(store)
    store.close()
    run(base, address)
    assert "Deleted: 0 ballots and 0 comments of ember-2016, which were to be gone by" in capsys.readouterr().out
    first, second = started
    assert first["beside"].desk.consultation.id != second["beside"].desk.consultation.id


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_server_whose_consultation_is_deleted_stops_as_if_it_were_asked_to(
    store: Store, consultation: Consultation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("partnership_model.delivery.consultation.upkeep.EVERY", 0.05)
    asked: list[int] = []

    async def run() -> None:
        stopped = asyncio.Event()
        monkeypatch.setattr(signal, "raise_signal", lambda number: (asked.append(number), stopped.set()))
        hall = serving.Hall(store, consultation, hall_sockets("127.0.0.1", 0), "http://127.0.0.1")
        await hall.begin()
        await asyncio.sleep(0.2)
        assert asked == []
        delete_consultation(store, consultation.id)
        await asyncio.wait_for(stopped.wait(), 10)
        await hall.end()

    asyncio.run(run())
    assert asked == [signal.SIGTERM]
    assert "The consultation that was served here is deleted, so this server stops." in capsys.readouterr().out


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("expected", [(10.0, 200), (0.2, 503)])
def test_who_stops_a_server_whose_store_is_slow_leaves_nobody_without_a_true_answer(
    store: Store, consultation: Consultation, session: Session, monkeypatch: pytest.MonkeyPatch, expected: tuple[float, int]
) -> None:
    """A ballot that is being written gets its receipt, or is told to be sent again: then it may be kept, and counts once."""
    monkeypatch.setattr(serving, "WRITTEN_WITHIN", expected[0])
    writes, goes_on, free = threading.Event(), threading.Event(), list[bool]()
    real = store.cast_all

    def slow(casts: Sequence[Cast]) -> object:
        writes.set()
        free.append(goes_on.wait(5))
        return real(casts)

    monkeypatch.setattr(store, "cast_all", slow)
    places = hall_sockets("127.0.0.1", 0)

    async def run() -> int:
        hall = serving.Hall(store, consultation, places, "http://127.0.0.1")
        await hall.begin()
        address, asked = f"http://127.0.0.1:{places[0].getsockname()[1]}/{session.code}", AsyncHTTPClient()
        page = (await asked.fetch(address)).body.decode()
        hidden = dict(re.findall(r'name="(participant|proof|sitting)" value="(.*?)"', page))
        body = urlencode({**hidden, "place.cost": "1", "group": "Staff"})
        sent = asyncio.ensure_future(asked.fetch(address, method="POST", body=body, raise_error=False))
        await asyncio.to_thread(writes.wait, 10)
        asyncio.get_running_loop().call_later(1.0, goes_on.set)
        await hall.end()
        return (await sent).code

    assert asyncio.run(run()) == expected[1]
    assert free == [True], "the loop went on meanwhile"
    assert len(store.ballots(consultation.id)) == 1


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_ballot_that_comes_after_the_end_is_refused_and_one_that_nobody_waits_for_is_written(
    store: Store, consultation: Consultation, session: Session
) -> None:
    async def run() -> None:
        desk = serving.Desk(store, consultation)
        casting = asyncio.ensure_future(desk.box.cast(Cast(session.id, mark(1), ballot(1))))
        await asyncio.sleep(0)
        waiting = asyncio.ensure_future(desk.box.emptied())
        await asyncio.sleep(0)
        waiting.cancel()
        assert await casting == 1
        await desk.box.end()
        with pytest.raises(StoreDownError, match="before this program was stopped"):
            await desk.box.cast(Cast(session.id, mark(2), ballot(1)))
        desk.close()

    asyncio.run(asyncio.wait_for(run(), 10))
    assert len(store.ballots(consultation.id)) == 1


def test_a_database_that_is_down_is_known_to_be_so_before_nobody_waits_for_it_any_more() -> None:
    assert database.WAITS + database.ALIVE["tcp_user_timeout"] / 1000 < serving.WRITTEN_WITHIN


def test_a_case_that_asks_nothing_is_refused_with_where_to_look(base: KnowledgeBase, tmp_path: Path) -> None:
    with pytest.raises(PartnershipError, match=r"does not say what to ask. Add the key `consultation`"):
        run(base, f"sqlite:///{tmp_path / 'x.db'}", case="typical-2026")


def test_as_many_connections_are_taken_as_the_system_allows() -> None:
    import resource  # noqa: PLC0415 - as the module does; Windows has none

    assert most_connections() == min(MOST_CONNECTIONS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - FILES_FOR_OTHERS)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--hall", "0.0.0.0"], "stands for every network at once"),  # noqa: S104 - it is refused
        (["--hall", "::"], "stands for every network at once"),
        (["--hall", "example.org"], "an address of this computer such as 192.168.1.20 was expected"),
        (["--hall", "8.8.8.8"], "is reached from the whole internet"),
        (["--forms-at", "http://forms.example.org"], "--forms-at: "),
        (["--forms-at", "https://forms.example.org/path"], "--forms-at: "),
        (["--behind", "http://a.example.org"], "--behind: "),
        (["--host", "0.0.0.0"], "No such option"),  # noqa: S104 - it is refused
        (["--store", "mysql://somebody:hidden@db/x"], "begins with postgresql:// or sqlite:///"),
    ],
)
def test_what_would_open_it_too_far_is_refused(
    options: list[str], says: str, command: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNERSHIP_STORE", f"sqlite:///{tmp_path / 'x.db'}")
    said = command("consult", CASE, "--no-browser", "--hall-port", "0", *options)
    assert said.code != 0
    assert says in said.err, said.err
    assert "hidden" not in said.err + said.out
    assert "Traceback" not in said.err


def test_the_store_is_named_by_the_environment_so_that_no_command_line_shows_it(
    command: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list[dict[str, Any]]
) -> None:
    monkeypatch.setenv("PARTNERSHIP_STORE", f"sqlite:///{tmp_path / 'named.db'}")
    assert command("consult", CASE, "--no-browser", "--hall-port", "0").code == 0
    assert (tmp_path / "named.db").exists()
    assert command("consult", CASE, "--no-browser", "--hall-port", "0", "--store", f"sqlite:///{tmp_path / 'given.db'}").code == 0
    assert (tmp_path / "given.db").exists()
    assert len(started) == 2
