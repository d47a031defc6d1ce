"""The dashboards' server: who gets in, what there is, and that kernels end with their page."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import nbformat
import pytest

from partnership_model.delivery.access import Access, cookie_secret
from partnership_model.delivery.server import PORT, serve
from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOTHING = "00000000-0000-0000-0000-000000000000"
CAP = 2
WAIT = 30
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
PRIVATE = "private to this computer"
START = """
import sys
from pathlib import Path
from partnership_model.delivery.server import serve
folder = Path(sys.argv[1])
notebooks = {"toy": folder / "toy.ipynb", "broken": folder / "broken.ipynb"}
serve(folder / "case", port=0, open_browser=False, notebooks=notebooks, sessions=int(sys.argv[2]))
"""


class Answer:
    """What came back."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        """Read all of it."""
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode()

    @property
    def kernel(self) -> str:
        """The kernel that a dashboard's page belongs to."""
        return re.search(r'"kernelId": "([^"]+)"', self.text)[1]


class Server:
    """A running server and, once somebody has the cookie, what they may ask."""

    def __init__(self, process: subprocess.Popen[str], home: Path) -> None:
        """Wait for the printed address."""
        self.process = process
        self.home = home
        self.line = process.stdout.readline()
        self.port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", self.line)[1])
        self.token = re.search(r"token=(\S+)", self.line)[1]
        self.cookie = ""
        self.said = ("", "")

    def ask(self, path: str, method: str = "GET", *, cookie: str | None = None, **headers: str) -> Answer:
        """Send a request, with the cookie unless another one (or "") is given."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        value = self.cookie if cookie is None else cookie
        if value:
            sent["Cookie"] = value
        try:
            connection.request(method, path, headers=sent)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def enter(self) -> Answer:
        """Exchange the token for the cookie."""
        answer = self.ask(f"/?token={self.token}", cookie="")
        if answer.headers["Set-Cookie"]:
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        return answer

    def lives(self, kernel: str) -> bool:
        """Ask whether a kernel is there, as an open page does."""
        return self.ask(f"/partnership/alive/{kernel}").status == http.HTTPStatus.NO_CONTENT

    def leave(self, kernel: str, **headers: str) -> Answer:
        """Send what a closing page sends."""
        return self.ask(f"/partnership/leave/{kernel}", "POST", Origin=f"http://127.0.0.1:{self.port}", **headers)

    def kernels(self) -> list[int]:
        """List the processes of the kernels: the server's children, or those of its warm parent."""
        found = []
        for child in children(self.process.pid):
            command = Path(f"/proc/{child}/cmdline").read_text()
            found += [child] if "ipykernel_launcher" in command else []
            found += children(child) if "warm_kernels" in command else []
        return found


def children(process: int) -> list[int]:
    """List a process's children."""
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@contextmanager
def running(folder: Path, cap: int = CAP) -> Iterator[Server]:
    """Run a server on a free port, in a folder full of files that must not matter."""
    _notebook(folder / "toy.ipynb", "import os\nos.environ['PARTNERSHIP_CASE']")
    _notebook(folder / "broken.ipynb", "raise ValueError('a detail for developers')")
    (folder / "start.py").write_text(START)
    stray = folder / "stray"
    stray.mkdir()
    settings = {"VoilaConfiguration": {"template": "lab", "file_allowlist": [".*"], "show_tracebacks": True}}
    (stray / "voila.json").write_text(json.dumps(settings))
    (stray / "voila.py").write_text("raise SystemExit('read')")
    (stray / "index.html.j2").write_text("stray")
    home = folder / "home"
    environment = {**os.environ, "HOME": str(home), "JUPYTER_CONFIG_DIR": str(stray), "PYTHONSAFEPATH": "1"}
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME"):
        environment[name] = str(home)
    with subprocess.Popen(
        [sys.executable, folder / "start.py", folder, str(cap)],
        cwd=stray,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        started = None
        try:
            started = Server(process, home)
            yield started
        finally:
            process.send_signal(signal.SIGTERM)
            said = process.communicate(timeout=WAIT)
            if started:
                started.said = said


def _notebook(path: Path, source: str) -> None:
    """Write a notebook of one cell."""
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]), path)


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that nobody has entered yet."""
    with running(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="module")
def server(stranger: Server) -> Server:
    """The same server, entered."""
    if not stranger.cookie:
        stranger.enter()
    return stranger


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/toy",
        "/nowhere",
        "/voila/static/voila.js",
        "/voila/labextensions/anywidget/package.json",
        "/voila/files/toy.ipynb",
        "/partnership/vega.js",
        f"/partnership/alive/{NOTHING}",
        f"/api/kernels/{NOTHING}",
        "/?token=wrong",
        "/toy?token=",
    ],
)
def test_without_the_cookie_nothing_answers(stranger: Server, path: str) -> None:
    """A stranger is told to use the printed address, whatever they ask for."""
    answer = stranger.ask(path, cookie="")
    assert answer.status == http.HTTPStatus.FORBIDDEN
    assert PRIVATE in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_without_the_cookie_no_method_answers(stranger: Server, method: str) -> None:
    """The door does not look at the method, and only a visit spends the token."""
    assert stranger.ask(f"/toy?token={stranger.token}", method, cookie="").status == http.HTTPStatus.FORBIDDEN


def test_without_the_cookie_no_websocket_opens(stranger: Server) -> None:
    """A kernel's channel is behind the same door."""
    answer = stranger.ask(f"/api/kernels/{NOTHING}/channels", cookie="", **UPGRADE)
    assert answer.status == http.HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.example.org:{port}", ""])
def test_another_host_is_refused_even_with_the_token(stranger: Server, host: str) -> None:
    """A name that merely leads here gets nothing, so that no other site can read through it."""
    answer = stranger.ask(f"/?token={stranger.token}", cookie="", Host=host.format(port=stranger.port))
    assert answer.status in (http.HTTPStatus.FORBIDDEN, http.HTTPStatus.BAD_REQUEST)
    assert "Set-Cookie" not in answer.headers


def test_the_token_works_once(tmp_path: Path) -> None:
    """The first visit gets a cookie that scripts and other sites cannot use; the second gets nothing."""
    with running(tmp_path) as server:
        first = server.enter()
        assert first.status == http.HTTPStatus.SEE_OTHER
        assert first.headers["Location"] == "/"
        attributes = {part.strip() for part in first.headers["Set-Cookie"].split(";")[1:]}
        assert attributes == {"HttpOnly", "Path=/", "SameSite=Strict"}
        second = server.ask(f"/?token={server.token}", cookie="")
        assert second.status == http.HTTPStatus.FORBIDDEN
        again = server.ask(f"/toy?token={server.token}")
        assert (again.status, again.headers["Location"]) == (http.HTTPStatus.SEE_OTHER, "/")
        assert server.kernels() == []
    assert (server.said, server.process.returncode) == (("", ""), 0)


def test_from_another_page_the_browser_asks_again_by_itself(tmp_path: Path) -> None:
    """A strict cookie does not follow a redirect that another site began."""
    with running(tmp_path) as server:
        answer = server.ask(f"/?token={server.token}", cookie="", Sec_Fetch_Site="cross-site")
        assert answer.status == http.HTTPStatus.OK
        assert 'http-equiv="refresh" content="0; url=/"' in answer.text


def test_the_cookie_opens_the_dashboard(server: Server) -> None:
    """The bare address leads to the dashboard, whose kernel knows the case."""
    home = server.ask("/")
    assert (home.status, home.headers["Location"]) == (http.HTTPStatus.SEE_OTHER, "/toy")
    page = server.ask("/toy")
    assert page.status == http.HTTPStatus.OK
    assert "<title>Partnership Model</title>" in page.text
    assert json.dumps(str(server.home.parent / "case")).strip('"') in page.text
    assert "Loading the workbook…" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert server.lives(page.kernel)
    assert server.leave(page.kernel).status == http.HTTPStatus.NO_CONTENT


@pytest.mark.parametrize("cookie", ["partnership-{port}=visitor", "partnership-1={value}", "partnership-{port}={value}x"])
def test_a_made_up_cookie_is_refused(server: Server, cookie: str) -> None:
    """Only a cookie that this server signed for this port is good."""
    value = server.cookie.partition("=")[2].strip('"')
    assert server.ask("/", cookie=cookie.format(port=server.port, value=value)).status == http.HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/toy.ipynb",
        "/toy/more",
        "/voila/tree",
        "/voila/render/toy.ipynb",
        "/voila/files/toy.ipynb",
        "/voila/files/stray/voila.json",
        "/voila/api/contents",
        "/voila/api/themes/x",
        "/voila/templates/lab/static/voila.js",
        "/voila/labextensions/jupyterlab_pygments/package.json",
        "/api/kernels",
        "/api/contents",
        "/api/terminals",
        "/login",
        "/logout",
        "/tree",
        "/lab",
    ],
)
def test_every_other_address_is_404(server: Server, path: str) -> None:
    """There is a fixed table of addresses and no tree of files."""
    assert server.ask(path).status == http.HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("start", ["/voila/static", "/voila/labextensions/anywidget"])
@pytest.mark.parametrize("way", ["/../../../../../../../../../../etc/passwd", "//etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/package.json"])
def test_no_way_leads_out_of_the_served_folders(server: Server, start: str, way: str) -> None:
    """Scripts are served from their folders alone."""
    assert server.ask(start + way).status in (http.HTTPStatus.FORBIDDEN, http.HTTPStatus.NOT_FOUND)


def test_kernels_cannot_be_made_or_ended_from_outside(server: Server) -> None:
    """Jupyter's own interface to kernels is for reading one's own."""
    assert server.ask("/api/kernels", "POST").status == http.HTTPStatus.NOT_FOUND
    assert server.ask(f"/api/kernels/{NOTHING}", "DELETE").status in (
        http.HTTPStatus.FORBIDDEN,
        http.HTTPStatus.METHOD_NOT_ALLOWED,
    )
    assert server.ask(f"/api/kernels/{NOTHING}/channels", **UPGRADE).status == http.HTTPStatus.NOT_FOUND


def test_template_and_theme_in_the_address_have_no_effect(server: Server) -> None:
    """The page stays ours, whatever the address and the files in the folder ask for."""
    page = server.ask("/toy?template=lab&theme=dark")
    assert "<title>Partnership Model</title>" in page.text
    assert "theme-dark" not in page.text
    assert "jsdelivr" not in page.text
    assert '"jupyterLabTheme": "light"' in page.text
    server.leave(page.kernel)


def test_an_error_is_one_plain_sentence(server: Server) -> None:
    """A visitor sees no traceback, a developer finds it in the log."""
    page = server.ask("/broken")
    assert "The workbook could not be drawn." in page.text
    assert "ValueError" not in page.text
    assert "a detail for developers" not in page.text
    server.leave(page.kernel)
    logs = [path for path in server.home.rglob("dashboards.log") if "a detail for developers" in path.read_text()]
    assert logs


def test_leaving_the_page_frees_its_kernel(server: Server) -> None:
    """Only the page's own origin can say so."""
    kernel = server.ask("/toy").kernel
    foreign = server.ask(f"/partnership/leave/{kernel}", "POST", Origin="http://example.org")
    assert foreign.status == http.HTTPStatus.FORBIDDEN
    assert server.lives(kernel)
    assert server.leave(kernel).status == http.HTTPStatus.NO_CONTENT
    assert not server.lives(kernel)
    assert server.leave(kernel).status == http.HTTPStatus.NO_CONTENT


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="lists processes as Linux does")
def test_a_dead_kernel_is_not_replaced(server: Server) -> None:
    """The page is told instead, and the place is free again."""
    kernel = server.ask("/toy").kernel
    (process,) = server.kernels()
    os.kill(process, signal.SIGKILL)
    time.sleep(0.2)
    assert server.ask(f"/partnership/alive/{kernel}").status == http.HTTPStatus.GONE
    time.sleep(4)  # the restarter that Jupyter has on by default looks every three seconds
    assert server.kernels() == []


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="lists processes as Linux does")
def test_a_page_left_while_it_arrives_frees_its_kernel(server: Server) -> None:
    """A visitor who goes away before the page is there leaves nothing behind."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=WAIT) as connection:
        connection.sendall(f"GET /toy HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: {server.cookie}\r\n\r\n".encode())
        connection.recv(100)
    assert eventually(lambda: server.kernels() == [])


def eventually(holds: Callable[[], bool]) -> bool:
    """Say whether something comes true soon."""
    for _ in range(100):
        if holds():
            return True
        time.sleep(0.1)
    return False


def test_when_all_places_are_taken_a_page_says_so(server: Server) -> None:
    """The cap counts living kernels; a freed place can be taken at once, and a reload gets its own place again."""
    kernels = [server.ask("/toy").kernel for _ in range(CAP)]
    full = server.ask("/toy")
    assert full.status == http.HTTPStatus.SERVICE_UNAVAILABLE
    assert full.headers["Retry-After"] == "10"
    assert "too many places" in full.text
    server.leave(kernels.pop())
    kernels.append(server.ask("/toy").kernel)
    reloaded = server.ask("/toy", cookie=f"{server.cookie}; partnership-leaving={kernels.pop()}")
    kernels.append(reloaded.kernel)
    for kernel in kernels:
        server.leave(kernel)


def test_the_vega_module_is_served_and_kept(server: Server) -> None:
    """The module is made on this computer, and the browser may keep it."""
    module = server.ask("/partnership/vega.js")
    assert module.status == http.HTTPStatus.OK
    assert module.headers["Content-Type"].startswith("text/javascript")
    assert "max-age=86400" in module.headers["Cache-Control"]
    assert "as vegaEmbed" in module.text[-500:]
    assert server.ask("/partnership/vega.js", If_None_Match=module.headers["Etag"]).status == http.HTTPStatus.NOT_MODIFIED


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="lists processes as Linux does")
def test_stopping_leaves_no_kernel(tmp_path: Path) -> None:
    """Ctrl-C and a polite kill end the kernels of open pages too, without a word."""
    with running(tmp_path) as server:
        server.enter()
        server.ask("/toy")
        processes = [*server.kernels(), *children(server.process.pid)]
        assert processes
        server.process.send_signal(signal.SIGINT)
        server.process.wait(WAIT)
    assert not [process for process in processes if Path(f"/proc/{process}").exists()]
    assert (server.said, server.process.returncode) == (("", ""), 0)


@pytest.mark.parametrize("host", ["0.0.0.0", "", "192.0.2.1", "example.org"])  # noqa: S104
def test_only_this_computer_is_served(tmp_path: Path, host: str) -> None:
    """Any other host is refused with one sentence."""
    with pytest.raises(PartnershipError, match="on this computer only"):
        serve(tmp_path, host=host, port=0, open_browser=False)


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    """Somebody who chose the port is told that it is taken."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PartnershipError, match=r"^Port \d+ is in use"):
            serve(tmp_path, port=taken.getsockname()[1], open_browser=False)


def test_without_a_chosen_port_the_next_free_one_is_taken() -> None:
    """Two workbooks can be open at a time."""
    first = server_sockets(None)
    second = server_sockets(None)
    try:
        ports = [sockets[0].getsockname()[1] for sockets in (first, second)]
        assert PORT <= ports[0] < ports[1]
    finally:
        for bound in (*first, *second):
            bound.close()


def server_sockets(port: int | None) -> list[socket.socket]:
    """Bind as the server does."""
    from partnership_model.delivery.server import _sockets  # noqa: PLC0415

    return _sockets("127.0.0.1", port)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_the_cookie_secret_is_kept_and_private(tmp_path: Path) -> None:
    """The secret survives a restart, and is made anew once others could have read it."""
    first = cookie_secret(tmp_path)
    path = tmp_path / "cookie-secret"
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    assert cookie_secret(tmp_path) == first
    path.chmod(0o644)
    assert cookie_secret(tmp_path) != first


@pytest.mark.parametrize("site", ["same-site", "cross-site"])
def test_a_page_of_another_server_on_this_computer_cannot_fill_the_places(server: Server, site: str) -> None:
    """Cookies do not know ports, but the browser says on whose behalf it asks."""
    before = server.kernels()
    assert server.ask("/toy", Sec_Fetch_Site=site).status == http.HTTPStatus.FORBIDDEN
    assert server.kernels() == before


def test_a_cookie_is_good_for_its_own_case_only() -> None:
    """The secret outlives a run, and the next one on this port may show another case."""
    secret = b"s" * 32
    ours, other = Access(8866, secret, about="ours"), Access(8866, secret, about="other")
    request = SimpleNamespace(cookies={ours.cookie_name: SimpleNamespace(value=ours.cookie_value().decode())})
    assert ours.admits(request)
    assert not other.admits(request)


def test_on_the_browsers_own_port_the_bare_names_are_known() -> None:
    assert Access(80, b"s" * 32).knows_host(SimpleNamespace(host="127.0.0.1"))
    assert not Access(8866, b"s" * 32).knows_host(SimpleNamespace(host="127.0.0.1"))
