"""What tests of the dashboards' server need: to run one, to ask it as a browser does, and to see its processes."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

if TYPE_CHECKING:
    from collections.abc import Iterator


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
notebooks = {path.stem: path for path in sorted(folder.glob("*.ipynb"), key=lambda path: path.stem != "toy")}
serve(folder / "case", port=0, open_browser=False, notebooks=notebooks, sessions=int(sys.argv[2]), behind=sys.argv[3])
"""
NOTEBOOKS = {"toy": "import os\nos.environ['PARTNERSHIP_CASE']", "broken": "raise ValueError('a detail for developers')"}


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
        return re.search(r'const kernel = "([^"]+)"', self.text)[1]


class Server:
    """A running server and, once somebody has the cookie, what they may ask."""

    def __init__(self, process: subprocess.Popen[str], home: Path, *, behind: str = "") -> None:
        """Wait for the printed address, and behind a proxy for the place of the proof."""
        self.process = process
        self.home = home
        self.line = process.stdout.readline() + (process.stdout.readline() if behind else "")
        assert self.line, process.communicate()[1]
        self.port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", self.line)[1])
        self.token = "" if behind else re.search(r"token=(\S+)", self.line)[1]
        self.kept = Path(re.search(r"stands in (.+)", self.line)[1]) if behind else None
        self.origin = behind or f"http://127.0.0.1:{self.port}"
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
        return self.ask(f"/partnership/leave/{kernel}", "POST", Origin=self.origin, **headers)

    def kernels(self) -> list[int]:
        """List the processes of the kernels: the server's children, or those of its warm parent."""
        found = []
        for child in children(self.process.pid):
            command = Path(f"/proc/{child}/cmdline").read_text()
            found += [child] if "ipykernel_launcher" in command else []
            found += children(child) if "warm_forks" in command else []
        return found


def is_told(page: Answer) -> bool:
    """Say whether the page itself says that it could not be drawn, or lets its script say so."""
    return 'class="notice failed" role="alert">The workbook could not be drawn.' in page.text or "<script>partnership.fail()" in page.text


def children(process: int) -> list[int]:
    """List a process's children."""
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@contextmanager
def running(
    folder: Path, cap: int = CAP, *, behind: str = "", notebooks: dict[str, str] | None = None, start: str = START
) -> Iterator[Server]:
    """Run a server on a free port, in a folder full of files that must not matter."""
    for name, source in {**NOTEBOOKS, **(notebooks or {})}.items():
        _notebook(folder / f"{name}.ipynb", source)
    (folder / "start.py").write_text(start)
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
        [sys.executable, folder / "start.py", folder, str(cap), behind],
        cwd=stray,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        started = None
        try:
            started = Server(process, home, behind=behind)
            yield started
        finally:
            process.send_signal(signal.SIGTERM)
            said = process.communicate(timeout=WAIT)
            if started:
                started.said = said


def _notebook(path: Path, source: str) -> None:
    """Write a notebook of one cell."""
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]), path)
