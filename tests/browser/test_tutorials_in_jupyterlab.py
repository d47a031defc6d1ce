"""A consultant opens a tutorial in JupyterLab, runs it all as it is, and sees its charts without a network."""

from __future__ import annotations

import http.client
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from partnership_model.knowledge.shipped import shipped
from tests.browser.visiting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

STARTS_WITHIN = 60
FOLDERS = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "IPYTHONDIR",
)
IDLE = re.compile(r"\| Idle")  # what the line at the bottom says of the kernel
# JupyterLab holds only those cells in the page that can be seen.
CHART = ".jp-OutputArea-output figure svg"
SEEN = "one => [one.getBoundingClientRect().width, one.querySelectorAll('text').length]"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run JupyterLab on copies of the tutorials, with none of this user's settings."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(shipped("notebooks"), folder / "notebooks")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex()
    about = {
        "ip": "127.0.0.1",
        "port": port,
        "port_retries": 0,
        "root_dir": folder / "notebooks",
        "allow_root": True,
        "open_browser": False,
    }
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--IdentityProvider.token={token}",
        *(f"--ServerApp.{key}={value}" for key, value in about.items()),
    ]
    environment = {**os.environ, **{name: str(folder / name) for name in FOLDERS}}
    with subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port, process)
            yield f"http://127.0.0.1:{port}/lab/tree/{{}}?token={token}&reset"
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until somebody answers at the port."""
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=STARTS_WITHIN)
        try:
            connection.request("GET", "/api")
            connection.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    pytest.fail("JupyterLab did not start.")


@pytest.mark.parametrize("name", ["how_scores_are_made", "weigh_question_rerun"])
def test_a_tutorial_that_is_run_as_it_is_shows_its_charts(page: Page, lab: str, name: str) -> None:
    page.set_default_timeout(PATIENCE)
    page.set_viewport_size({"width": 1280, "height": 4000})
    page.goto(lab.format(f"{name}.ipynb"))
    page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for()
    page.get_by_text(IDLE).first.wait_for()
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
    page.get_by_role("menuitem", name=re.compile("^Run All Cells")).click()
    chart = page.locator(CHART).first
    expect(chart).to_be_visible()
    page.get_by_text(IDLE).first.wait_for()
    width, words = chart.evaluate(SEEN)
    assert width > 200
    assert words > 3
    expect(page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)
