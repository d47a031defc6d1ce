"""`make explore`, as a user starts and stops it; in one process, the last test of all."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from playwright.sync_api import sync_playwright

from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.reading import read_knowledge

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(os.name != "posix", reason="make is for Linux and macOS"),
]

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "data" / "cases" / "ember-2016"
STARTS_WITHIN = 300  # it may have to install first
SHOWS_WITHIN = 60
ENDS_WITHIN = 15


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Name the file for what the command says; nobody has to read it while it runs, as with a pipe."""
    return tmp_path / "output.txt"


@pytest.fixture
def make_explore(output: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run the command in a session of its own, as in a terminal, and not as a part of `make test`."""
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    with output.open("wb") as said:
        process = subprocess.Popen(
            ["make", "explore", "ARGS=--no-browser"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    family = [psutil.Process(process.pid)]
    try:
        yield process
    finally:
        if process.poll() is None:
            family += family[0].children(recursive=True)
            for member in living(family):
                member.kill()
        process.wait()


def living(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Give those that have not ended; one that waits for its end to be noticed has."""
    found = []
    for process in processes:
        try:
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.NoSuchProcess:
            continue
    return found


def printed_address(process: subprocess.Popen[bytes], output: Path) -> str:
    """Wait for the address."""
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        ended = process.poll() is not None
        found = re.search(r"http://\S+", output.read_text(encoding="utf-8"))
        if found:
            return found[0]
        if ended:
            break
        time.sleep(0.1)
    return pytest.fail(f"`make explore` printed no address:\n{output.read_text(encoding='utf-8')}", pytrace=False)


def browser_path() -> str:
    """Ask where the browser is; a missing one is a failure, not a reason to skip."""
    program = ROOT / "tests" / "browser" / "chromium.py"
    asked = subprocess.run([sys.executable, program], check=False, stdout=subprocess.PIPE, text=True)
    return asked.stdout.strip() if asked.returncode == 0 else pytest.fail(asked.stdout, pytrace=False)


def test_make_explore_serves_the_dashboard_and_leaves_nothing_behind(make_explore: subprocess.Popen[bytes], output: Path) -> None:
    """It shows the question of the Ember schools at the address that it prints; Ctrl-C ends it and its kernels."""
    question = read_case(EXAMPLE, read_knowledge()).file.decision
    address = printed_address(make_explore, output)
    with sync_playwright() as playwright:
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--disable-gpu", *sandbox])
        page = browser.new_page()
        page.goto(address)
        page.get_by_text(question).first.wait_for(timeout=SHOWS_WITHIN * 1000)

        family = psutil.Process(make_explore.pid).children(recursive=True)
        assert len(family) > 1, "a server and a kernel were expected"
        end = time.monotonic() + ENDS_WITHIN
        os.killpg(make_explore.pid, signal.SIGINT)  # what Ctrl-C in a terminal does, with the page still open
        make_explore.wait(ENDS_WITHIN)
        while living(family) and time.monotonic() < end:
            time.sleep(0.1)
        left = living(family)
        names = [member.cmdline() for member in left]
        for member in left:
            member.kill()
        browser.close()
    assert not names
    assert "Traceback" not in output.read_text(encoding="utf-8")
