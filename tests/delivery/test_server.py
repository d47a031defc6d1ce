"""The dashboards' server: what there is, that nothing else answers, and on which port."""

from __future__ import annotations

import http.client
import socket
from typing import TYPE_CHECKING

import pytest

from partnership_model.delivery.listening import PORT, sockets_at
from partnership_model.delivery.server import serve
from partnership_model.errors import PartnershipError
from tests.delivery.serving import NOTHING, UPGRADE, Server, is_told

if TYPE_CHECKING:
    from pathlib import Path


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
    """Of Jupyter's own interface to kernels a page's own channel is left."""
    assert server.ask("/api/kernels", "POST").status == http.HTTPStatus.NOT_FOUND
    assert server.ask(f"/api/kernels/{NOTHING}", "DELETE").status == http.HTTPStatus.NOT_FOUND
    assert server.ask(f"/api/kernels/{NOTHING}/channels", **UPGRADE).status == http.HTTPStatus.NOT_FOUND


def test_template_and_theme_in_the_address_have_no_effect(server: Server) -> None:
    """The page stays ours, whatever the address and the files in the folder ask for."""
    page = server.ask("/toy?template=lab&theme=dark")
    assert "<title>Partnership Model</title>" in page.text
    assert "theme-dark" not in page.text
    assert "jsdelivr" not in page.text
    assert '<html lang="en">' in page.text
    assert 'id="workbook"' in page.text
    server.leave(page.kernel)


def test_an_error_is_one_plain_sentence(server: Server) -> None:
    """A visitor sees no traceback, a developer finds it in the log."""
    page = server.ask("/broken")
    assert is_told(page)
    assert not is_told(server.ask("/nowhere"))
    assert "ValueError" not in page.text
    assert "a detail for developers" not in page.text
    server.leave(page.kernel)
    logs = [path for path in server.home.rglob("dashboards.log") if "a detail for developers" in path.read_text()]
    assert logs


def test_the_vega_module_is_served_and_kept(server: Server) -> None:
    """The module is made on this computer, and the browser may keep it."""
    module = server.ask("/partnership/vega.js")
    assert module.status == http.HTTPStatus.OK
    assert module.headers["Content-Type"].startswith("text/javascript")
    assert "max-age=86400" in module.headers["Cache-Control"]
    assert "as vegaEmbed" in module.text[-500:]
    assert server.ask("/partnership/vega.js", If_None_Match=module.headers["Etag"]).status == http.HTTPStatus.NOT_MODIFIED


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
    first = sockets_at("127.0.0.1", None)
    second = sockets_at("127.0.0.1", None)
    try:
        ports = [sockets[0].getsockname()[1] for sockets in (first, second)]
        assert PORT <= ports[0] < ports[1]
    finally:
        for bound in (*first, *second):
            bound.close()
