"""Every path there is stands in docs/hosting.md, answers what it says there, and without login gives nothing away and starts nothing."""

from __future__ import annotations

import http.client
import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tornado.routing import PathMatches, Router

from partnership_model.delivery.access import Access, VisitorIdentity
from partnership_model.delivery.server import DashboardServer
from partnership_model.knowledge.shipped import shipped
from tests.delivery.serving import NOTHING, UPGRADE, WAIT, Answer, Server

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTING = Path(__file__).resolve().parents[2] / "docs" / "hosting.md"
PLACES = {"KERNEL": NOTHING}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SOME = 3  # the door looks at who asks before it looks at the path
ALSO = {"GET": ("GET", "HEAD"), "websocket": ("GET",)}
WRONG = frozenset([http.HTTPStatus.FORBIDDEN, http.HTTPStatus.NOT_FOUND, http.HTTPStatus.METHOD_NOT_ALLOWED])
# What Jupyter, Voila and their extensions would answer, and ways round a table of paths.
ELSEWHERE = (
    "/api",
    "/api/status",
    "/api/me",
    "/api/spec.yaml",
    "/api/contents",
    "/api/contents/toy.ipynb",
    "/api/contents/toy.ipynb/checkpoints",
    "/api/kernels",
    "/api/kernels/",
    f"/api/kernels/{NOTHING}",
    f"/api/kernels/{NOTHING}/restart",
    f"/api/kernels/{NOTHING}/interrupt",
    f"/api/kernels/{NOTHING}/channels/",
    "/api/kernelspecs",
    "/api/sessions",
    "/api/terminals",
    "/terminals/websocket/1",
    "/api/config/notebook",
    "/api/nbconvert",
    "/api/events/subscribe",
    "/api/shutdown",
    "/kernelspecs/python3/logo-64x64.png",
    "/files/toy.ipynb",
    "/view/toy.ipynb",
    "/edit/toy.ipynb",
    "/notebooks/toy.ipynb",
    "/nbconvert/html/toy.ipynb",
    "/nbextensions/x.js",
    "/lab",
    "/lab/tree/toy.ipynb",
    "/lab/api/settings",
    "/lab/extensions/x.js",
    "/tree",
    "/doc",
    "/login",
    "/logout",
    "/custom/custom.css",
    "/metrics",
    "/static/style/style.min.css",
    "/static/favicons/favicon.ico",
    "/favicon.ico",
    "/robots.txt",
    "/voila",
    "/voila/",
    "/voila/tree",
    "/voila/tree/case",
    "/voila/render/toy.ipynb",
    "/voila/query/x",
    "/voila/execution/x",
    "/voila/login",
    "/voila/files/toy.ipynb",
    "/voila/files/x.png",
    "/voila/files/case/case.yaml",
    f"/voila/api/shutdown/{NOTHING}",
    "/voila/api/contents",
    "/voila/api/themes/x",
    "/voila/templates/lab/static/voila.js",
    "/voila/templates/partnership/index.html.j2",
    "/voila/labextensions/jupyterlab_pygments/package.json",
    "/toy.ipynb",
    "/toy/",
    "/toy/more",
    "/TOY",
    "//toy",
    "/./toy",
    "/x/../toy",
    "/%2e%2e/toy",
    "/toy%2f",
    "/%74oy/",
    "/toy%00",
    "/toy%0a",
    "/toy;x",
    "/toy\\x",
    "/voila%2fstatic%2fvoila.js",
    "/voila/static",
    "/voila/static/",
    "/voila/static/voila.js",
    "/voila/labextensions/anywidget/package.json",
    "/voila/static/../../etc/passwd",
    "/voila/static/%2e%2e/%2e%2e/voila.json",
    "/voila/static//etc/passwd",
    "/voila/static/..%2f..%2fetc%2fpasswd",
    "/voila/static/..%5c..%5cx",
    "/voila/labextensions/anywidget/../../x",
    "/voila/labextensions/@jupyter-widgets/jupyterlab-manager/../../../kernels",
    "/partnership",
    "/partnership/alive",
    "/partnership/alive/x",
    "/partnership/vega.js/",
    "/api/kernels/..%2f..",
    "/" + "x" * 8000,
)


class Row(NamedTuple):
    """A row of the table in the document."""

    path: str
    method: str
    let_in: int
    not_let_in: int


def table() -> list[Row]:
    """Read the document's table, with a real kernel id and real files put in."""
    rows = re.findall(r"^\| `(/[^`]*)` \| (\w+) \|.*\| (\d+) \| (\d+) \|$", HOSTING.read_text(encoding="utf-8"), re.MULTILINE)
    found = []
    for path, method, let_in, not_let_in in rows:
        for word, place in PLACES.items():
            path = path.replace(word, place)  # noqa: PLW2901
        found.append(Row(path, method, int(let_in), int(not_let_in)))
    return found


def routes(router: Router) -> Iterator[re.Pattern[str]]:
    """Give every path that an application knows."""
    for rule in router.rules:
        if isinstance(rule.matcher, PathMatches):
            yield rule.matcher.regex
        elif isinstance(rule.target, Router):
            yield from routes(rule.target)


def test_the_documents_table_has_every_path_of_the_application_and_no_other(tmp_path: Path) -> None:
    """A new path has to be described in docs/hosting.md, under "Every path there is"."""
    server = DashboardServer(
        Access(8866, b"s" * 32),
        tmp_path,
        notebooks={"governors": str(shipped("dashboards", "governors.ipynb"))},
        identity_provider_class=VisitorIdentity,
        connection_dir=str(tmp_path),
    )
    server.initialize()
    known = list(routes(server.application().default_router))
    rows = [row.path for row in table()]
    assert len(rows) > 5
    missing = [path.pattern for path in known if not any(path.fullmatch(row) for row in rows)]
    assert missing == []
    gone = [row for row in rows if sum(bool(path.fullmatch(row)) for path in known) != 1]
    assert gone == []


def paths() -> list[str]:
    """List what is asked for: the table's paths, of the notebook that is served here, and those that there are not."""
    return [row.path.replace("/governors", "/toy") for row in table()] + list(ELSEWHERE)


WHO = (
    "nobody",
    "somebody with a made-up cookie",
    "somebody with a bent cookie",
    "somebody with a token",
    "a name that only leads here",
    "a name without the port",
    "another site's page",
    "another server on this computer",
    "a page without an origin",
    "another site in an old browser",
    "another site's websocket",
    "nobody's websocket",
)


def askers(server: Server) -> dict[str, dict[str, str]]:
    """List who asks without being let in, by the headers that they send."""
    port, value = server.port, server.cookie.partition("=")[2].strip('"')
    own = {"cookie": server.cookie}
    headers = (
        {"cookie": ""},
        {"cookie": f"partnership-{port}=visitor"},
        {"cookie": f'partnership-{port}="{value[:-1]}"'},
        {"cookie": "", "Authorization": f"token {server.token}"},
        {**own, "Host": "example.org"},
        {**own, "Host": "127.0.0.1"},
        {**own, "Sec_Fetch_Site": "cross-site", "Origin": "https://example.org"},
        {**own, "Sec_Fetch_Site": "same-site", "Origin": "http://127.0.0.1:1"},
        {**own, "Origin": "null"},
        {**own, "Origin": f"http://127.0.0.1:{port}.example.org"},
        {**own, "Origin": "https://example.org", **UPGRADE},
        {"cookie": "", "Origin": f"http://127.0.0.1:{port}", **UPGRADE},
    )
    return dict(zip(WHO, headers, strict=True))


def assert_gives_nothing_away(answer: Answer, server: Server, asked: str) -> None:
    """No path of this computer, name or version of a program, kernel id or traceback stands in an answer."""
    said = answer.text.replace("127.0.0.1", "") + "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
    for word in ("Traceback", "tornado", "jupyter", "voila", ".py", "/home", "/usr", str(server.home.parent), "site-packages"):
        assert word.lower() not in said.lower(), (asked, word)
    assert re.search(r"\d+\.\d+\.\d+", said) is None, asked
    assert re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", said) is None, asked


@pytest.mark.parametrize("who", WHO)
def test_who_is_not_let_in_gets_403_for_every_path_and_starts_nothing(server: Server, who: str) -> None:
    headers = askers(server)[who]
    expected = {row.path.replace("/governors", "/toy"): row.not_let_in for row in table()}
    for path in paths()[:: 1 if who == "nobody" else SOME]:
        for method in METHODS if who == "nobody" and path in expected else ("GET",):
            answer = server.ask(path, method, **headers)
            assert answer.status == expected.get(path, http.HTTPStatus.FORBIDDEN), (method, path)
            assert "Set-Cookie" not in answer.headers
            assert_gives_nothing_away(answer, server, path)
    assert server.kernels() == []


@pytest.mark.parametrize(
    "request_line",
    [
        "GET http://127.0.0.1:{port}/toy HTTP/1.1",
        "GET http://example.org/toy HTTP/1.1",
        "GET toy HTTP/1.1",
        "GET * HTTP/1.1",
        "CONNECT 127.0.0.1:22 HTTP/1.1",
        "TRACE /toy HTTP/1.1",
        "MADE-UP /toy HTTP/1.1",
        "get /toy HTTP/1.1",
        "GET /toy HTTP/1.0",
        "GET /toy HTTP/3.0",
        "GET /toy",
        "",
        "\x16\x03\x01",
    ],
)
def test_a_request_that_no_browser_writes_starts_nothing(server: Server, request_line: str) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=WAIT) as connection:
        connection.sendall(
            f"{request_line.format(port=server.port)}\r\nHost: 127.0.0.1:{server.port}\r\nConnection: close\r\n\r\n".encode()
        )
        said = connection.makefile("rb").read().decode(errors="replace")
    assert not said or re.match(r"HTTP/1\.1 (400|403|405|505) ", said), said
    for word in ("Traceback", "tornado", "voila", ".py"):
        assert word not in said
    assert server.kernels() == []


def test_who_is_let_in_finds_what_the_table_says(server: Server) -> None:
    page = server.ask("/toy")
    for row in table():
        path = row.path.replace("/governors", "/toy").replace(NOTHING, page.kernel)
        if row.method == "POST" or row.path == "/governors":
            continue
        headers = {"Origin": server.origin, **UPGRADE} if row.method == "websocket" else {}
        answer = page if path == "/toy" else server.ask(path, **headers)
        assert answer.status == row.let_in, path
    assert server.leave(page.kernel).status == http.HTTPStatus.NO_CONTENT


def test_who_is_let_in_finds_nothing_else(server: Server) -> None:
    """No list of kernels, no file, no way to start, stop or change anything."""
    page = server.ask("/toy")
    for path in ELSEWHERE:
        for method in ("GET", "POST", "DELETE"):
            answer = server.ask(path, method)
            expected = WRONG if path.startswith(("/voila/static", "/voila/labextensions")) else {http.HTTPStatus.NOT_FOUND}
            assert answer.status in expected, (method, path)
            if method == "GET":
                assert page.kernel not in answer.text
                assert "Traceback" not in answer.text
    for row in table():
        path = row.path.replace("/governors", "/toy").replace(NOTHING, page.kernel)
        for method in METHODS:
            if method not in ALSO.get(row.method, (row.method,)):
                assert server.ask(path, method).status in WRONG, (method, path)
    assert server.lives(page.kernel)
    assert len(server.kernels()) == 1
    server.leave(page.kernel)
