"""Whatever breaks behind a page, its visitor is told within seconds in plain words, nothing hangs, and nothing is left running."""

from __future__ import annotations

import http.client
import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.delivery.serving import START, WAIT, Answer, Server, is_told, running
from tests.delivery.test_sessions import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="lists processes as Linux does")
TOLD_WITHIN = 5
CELLS = {
    "dying": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "leaving": "import os\nos._exit(3)",
    "orphaned": "import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(60)",
    "slow": "import time\ntime.sleep(60)",
    "recursive": "def f(): return f()\nf()",
    "greedy": "raise MemoryError",
}
# Read anew for each page: its text stands where only these tests write.
OWN_TEMPLATE = """
import sys
from pathlib import Path
from partnership_model.delivery.server import DashboardServer
own = DashboardServer.setup_template_dirs
def setup_template_dirs(self):
    own(self)
    self.template_paths = [sys.argv[1] + "/template"]
DashboardServer.setup_template_dirs = setup_template_dirs
"""
TEMPLATES = {
    "does not parse": "{% if %}",
    "asks for what is not there": "{{ no.such.name }}",
    "breaks half way": "<html>{% with kernel_id = kernel_start(nb) %}{% endwith %}<p>begun</p>{{ 1 // 0 }}",
    "is not there": None,
}


@pytest.fixture(scope="module")
def breaking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with pages that break in many ways."""
    with running(tmp_path_factory.mktemp("breaking"), notebooks=CELLS) as server:
        server.enter()
        server.leave(server.ask("/toy").kernel)  # the warm parent has imported what it needs
        yield server


def timed(server: Server, path: str) -> tuple[Answer, float]:
    """Ask, and say how many seconds it took."""
    begun = time.monotonic()
    return server.ask(path), time.monotonic() - begun


@pytest.mark.parametrize("name", ["dying", "leaving", "orphaned", "broken", "recursive", "greedy"])
def test_a_page_whose_kernel_breaks_while_it_is_drawn_ends_with_a_sentence(breaking: Server, name: str) -> None:
    """And the next visit works, with a new parent where that was what broke."""
    page, seconds = timed(breaking, f"/{name}")
    assert page.status == http.HTTPStatus.OK
    assert is_told(page)
    assert page.text.rstrip().endswith("</html>")
    assert "Traceback" not in page.text
    assert "a detail for developers" not in page.text
    breaking.leave(page.kernel)
    again, usual = timed(breaking, "/toy")
    assert seconds < TOLD_WITHIN + 2 * usual  # a busy computer is slow to draw any page
    assert again.status == http.HTTPStatus.OK
    assert not is_told(again)
    breaking.leave(again.kernel)
    assert breaking.kernels() == []


def test_a_broken_template_is_said_and_leaves_no_kernel(tmp_path: Path) -> None:
    """Voila would leave the request open for ever."""
    (tmp_path / "template").mkdir()
    file = tmp_path / "template" / "index.html.j2"
    with running(tmp_path, start=OWN_TEMPLATE + START) as server:
        server.enter()
        for name, template in TEMPLATES.items():
            file.unlink(missing_ok=True)
            if template is not None:
                file.write_text(template)
            page = server.ask("/toy")
            begun = page.text.endswith("<script>partnership.fail()</script></body></html>")
            assert begun or (page.status == http.HTTPStatus.INTERNAL_SERVER_ERROR and "could not be opened" in page.text), name
            assert "Traceback" not in page.text
            assert eventually(lambda: server.kernels() == []), name
    assert server.process.returncode == 0


def test_a_full_disk_for_the_log_costs_the_log_and_nothing_else(tmp_path: Path) -> None:
    log = tmp_path / "home" / "partnership-model" / "log" / "dashboards.log"
    log.parent.mkdir(parents=True)
    log.symlink_to("/dev/full")
    with running(tmp_path, 4) as server:
        server.enter()
        assert all(is_told(server.ask("/broken")) for _ in range(2))
        # Nor does a folder that is taken away meanwhile.
        log.parent.rename(tmp_path / "gone")
        assert server.ask("/toy").status == http.HTTPStatus.OK
    assert server.process.returncode == 0
    assert server.said[1].splitlines() == ["Something went wrong in a page; its details could not be written down."]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_server_that_is_stopped_while_a_page_is_drawn_lets_it_go_and_leaves_nothing(tmp_path: Path, number: int) -> None:
    with running(tmp_path, notebooks=CELLS) as server:
        server.enter()
        server.ask("/toy")
        ended: list[object] = []

        def visit() -> None:
            try:
                ended.append(server.ask("/slow").text)
            except (OSError, http.client.HTTPException) as error:
                ended.append(error)

        visitor = threading.Thread(target=visit)
        visitor.start()
        assert eventually(lambda: len(server.kernels()) == 2)
        processes = psutil.Process(server.process.pid).children(recursive=True)
        begun = time.monotonic()
        server.process.send_signal(number)
        server.process.wait(WAIT)
        visitor.join(WAIT)
        assert time.monotonic() - begun < 2 * TOLD_WITHIN
    assert ended
    assert [process for process in processes if process.is_running() and process.status() != psutil.STATUS_ZOMBIE] == []
    assert (server.said, server.process.returncode) == (("", ""), 0)


def test_a_server_that_is_killed_leaves_no_process(tmp_path: Path) -> None:
    """Nobody is there any more to end them: they notice by themselves."""
    with running(tmp_path) as server:
        server.enter()
        server.ask("/toy")
        processes = psutil.Process(server.process.pid).children(recursive=True)
        assert len(processes) > 1
        server.process.kill()
        assert psutil.wait_procs(processes, timeout=WAIT)[1] == []
