"""What may pass between a page and its kernel, on paper and over a websocket that is really opened."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import websocket
from hypothesis import given
from hypothesis import strategies as st
from jupyter_client.session import Session
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1

from partnership_model.delivery.channel_messages import FROM_PAGE, TO_PAGE, V1, may_reach_kernel, may_reach_page
from tests.delivery.serving import WAIT, Server, running
from tests.making import pure

if TYPE_CHECKING:
    from collections.abc import Iterator

SESSION = Session()
NESTED = st.recursive(st.none() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
QUIET = 1.5  # seconds in which an answer would have come
WIDGET = """
from ipywidgets import IntSlider
shown = IntSlider(value=7)
shown
"""
WIDGETS = "jupyter.widget.control"
HOSTILE_KINDS = (
    "comm_open",
    "comm_info_request",
    "kernel_info_request",
    "execute_request",
    "complete_request",
    "inspect_request",
    "history_request",
    "is_complete_request",
    "debug_request",
    "interrupt_request",
    "shutdown_request",
    "create_subshell_request",
    "input_reply",
    "connect_request",
    "usage_request",
)


def written(kind: str, content: dict[str, Any], *, channel: str = "shell", protocol: str = "") -> str | bytes:
    """Write a message as a page does."""
    message = SESSION.msg(kind, content, metadata={"version": "2.1.0"})
    if protocol == V1:
        return serialize_msg_to_ws_v1(message, channel, SESSION.pack)
    return json.dumps({**message, "channel": channel}, default=str)


@pytest.mark.parametrize("protocol", ["", V1])
def test_what_widgets_send_passes_and_nothing_else(protocol: str) -> None:
    for kind in FROM_PAGE:
        assert may_reach_kernel(written(kind, {}, protocol=protocol), protocol)
        assert not may_reach_kernel(written(kind, {}, channel="control", protocol=protocol), protocol)
    for target in ("jupyter.widget", WIDGETS, "debug", "", None, [WIDGETS]):
        assert not may_reach_kernel(written("comm_open", {"target_name": target}, protocol=protocol), protocol)
    for kind in HOSTILE_KINDS:
        assert not may_reach_kernel(written(kind, {"code": "1"}, protocol=protocol), protocol)
    for kind in ("error", "stream", "status", "comm_info_reply", "execute_input", "execute_result", "display_data", "complete_reply"):
        assert not may_reach_page(written(kind, {}, channel="iopub", protocol=protocol), protocol)
    assert all(may_reach_page(written(kind, {}, channel="iopub", protocol=protocol), protocol) for kind in TO_PAGE)


@pure(200)
@given(
    st.one_of(
        st.text(),
        st.binary(),
        st.recursive(st.none() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)).map(json.dumps),
    )
)
def test_whatever_is_made_up_is_no_message(message: str | bytes) -> None:
    for protocol in ("", None, V1):
        assert not may_reach_kernel(message, protocol)
        assert not may_reach_page(message, protocol)


class Visit:
    """A page's websocket, opened by hand."""

    def __init__(self, server: Server, protocol: str) -> None:
        """Draw the page, and connect as its script does."""
        self.protocol = protocol
        self.page = server.ask("/widget")
        self.kernel = self.page.kernel
        self.line = websocket.create_connection(
            f"ws://127.0.0.1:{server.port}/api/kernels/{self.kernel}/channels?session_id=x",
            timeout=WAIT,
            cookie=server.cookie,
            origin=server.origin,
            subprotocols=[protocol] if protocol else None,
        )
        self.texts = ""
        (self.slider,) = re.findall(r'"model_id": "(\w+)"', self.page.text)

    def send(self, kind: str, content: dict[str, Any], channel: str = "shell") -> None:
        """Send a message."""
        message = written(kind, content, channel=channel, protocol=self.protocol)
        self.line.send(message, websocket.ABNF.OPCODE_BINARY if self.protocol else websocket.ABNF.OPCODE_TEXT)

    def answers(self, seconds: float = QUIET) -> list[tuple[str, dict[str, Any]]]:
        """Read what comes until it has been quiet for some time."""
        found = []
        self.line.settimeout(seconds)
        try:
            while True:
                _, message = self.line.recv_data()
                if self.protocol:
                    _, parts = deserialize_msg_from_ws_v1(message)
                    found.append((json.loads(parts[0])["msg_type"], json.loads(parts[3])))
                else:
                    read = json.loads(message)
                    found.append((read["header"]["msg_type"], read["content"]))
                self.texts += repr(message)
        except websocket.WebSocketTimeoutException:
            return found

    def value(self) -> int:
        """Ask the kernel for its slider's value, as a page that was opened again does."""
        self.send("comm_msg", {"comm_id": self.slider, "data": {"method": "request_state"}})
        (found,) = [content["data"]["state"] for kind, content in self.answers() if kind == "comm_msg"]
        return int(found["value"])


@pytest.fixture(scope="module")
def widget(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a page of one slider."""
    folder = tmp_path_factory.mktemp("widget")
    with running(folder, notebooks={"widget": WIDGET}) as server:
        server.enter()
        yield server


@pytest.fixture(params=["", V1], ids=["json", "v1"])
def visit(widget: Server, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A page that is open, in either way of writing messages."""
    opened = Visit(widget, request.param)
    yield opened
    opened.line.close()
    widget.leave(opened.kernel)


def test_no_code_runs_nothing_is_told_and_no_traceback_comes_back(visit: Visit, widget: Server, tmp_path: Path) -> None:
    """The slider answers all the while, so that silence is not for want of a kernel."""
    assert visit.value() == 7
    mark = tmp_path / "ran"
    code = f"open({str(mark)!r}, 'w').write('ran'); shown.value = 1"
    for channel in ("shell", "control", "stdin", "iopub"):
        for kind in HOSTILE_KINDS:
            visit.send(kind, {"code": code, "cursor_pos": 1, "silent": False, "value": code, "restart": True}, channel)
    states: list[Any] = [None, "x", {}, {"_model_module": "os", "_model_name": "system"}, {"_model_name": "IntSlider", "value": code}]
    for target in ("jupyter.widget", WIDGETS, "no such target"):
        for state in states:
            visit.send("comm_open", {"comm_id": "made-up", "target_name": target, "data": {"state": state, "buffer_paths": [["x"]]}})
    for data in ({"method": "update", "state": {"value": "seven", "no_such": code}}, {"method": "made up"}, {"method": []}, "x", None):
        visit.send("comm_msg", {"comm_id": "made-up", "data": data})
    for nonsense in ("", "{", "[]", '{"channel": "shell"}', '{"header": {"msg_type": "execute_request"}}'):
        visit.line.send(nonsense)
        visit.line.send_binary(nonsense.encode() * 9)
    assert {kind for kind, _ in visit.answers()} <= TO_PAGE
    assert visit.value() == 7
    assert not mark.exists()
    for word in ("Traceback", "Error", "site-packages", "ipykernel", str(Path.home()), "partnership_model"):
        assert word not in visit.texts
    assert widget.lives(visit.kernel)


def test_a_widget_that_is_sent_nonsense_tells_nothing_and_goes_on(visit: Visit) -> None:
    """The slider belongs to ipywidgets, which answers a wrong value with an error; it does not reach the page."""
    for data in ({"method": "update", "state": {"value": "seven"}, "buffer_paths": [["x", "y"]]}, {"method": "made up"}, {}, None, "x"):
        visit.send("comm_msg", {"comm_id": visit.slider, "data": data})
    assert {kind for kind, _ in visit.answers()} <= TO_PAGE
    assert "Traceback" not in visit.texts
    assert "site-packages" not in visit.texts
    assert visit.value() == 7


@pytest.mark.parametrize(
    "origin", ["http://example.org", "null", "http://localhost:1", "https://127.0.0.1:{port}", "http://127.0.0.1:{port}.example.org"]
)
def test_no_other_sites_page_can_open_the_channel(visit: Visit, widget: Server, origin: str) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        websocket.create_connection(
            f"ws://127.0.0.1:{widget.port}/api/kernels/{visit.kernel}/channels",
            timeout=WAIT,
            cookie=widget.cookie,
            origin=origin.format(port=widget.port),
        )
