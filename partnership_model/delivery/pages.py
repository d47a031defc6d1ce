"""What the dashboards' server answers: dashboards, what their pages ask for, and plain pages for the rest."""

from __future__ import annotations

import asyncio
import logging
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from jupyter_server.base.handlers import JupyterHandler
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, authenticated
from voila.handler import VoilaHandler
from voila.notebook_renderer import NotebookRenderer
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from partnership_model.delivery.channel_messages import may_reach_kernel, may_reach_page
from partnership_model.delivery.messages import BROKEN, FULL, NOT_FOUND

if TYPE_CHECKING:
    from voila.execute import VoilaExecutor

    from partnership_model.delivery.first_page import FirstPage
    from partnership_model.delivery.sessions import Sessions
    from partnership_model.delivery.vega_bundle import VegaBundle

# Said by the page's own script, where the page had begun to arrive before something went wrong.
_GIVE_UP = "<script>partnership.fail()</script></body></html>"
_PAGES = {HTTPStatus.NOT_FOUND: NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE: FULL}
KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
A_DAY = 86400
_NOWHERE = logging.getLogger("partnership_model.nowhere")
_NOWHERE.disabled = True


class PlainHandler(JupyterHandler):
    """Says what went wrong in a plain page: the base of every handler here."""

    @property
    def sessions(self) -> Sessions:
        """Name the kernel manager by what it manages."""
        return self.kernel_manager

    def write_error(self, status_code: int, **_: object) -> None:
        """Show no traceback and no status number."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        if status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            self.set_header("Retry-After", "5")
        self.finish(_PAGES.get(status_code, BROKEN))


class NowhereHandler(PlainHandler):
    """Answers every address that is not in the table."""

    async def prepare(self) -> None:
        """Refuse before the method is looked at."""
        await super().prepare()
        raise HTTPError(404)

    def check_xsrf_cookie(self) -> None:
        """Say 404 to a POST too: nothing is done with it."""


class HomeHandler(PlainHandler):
    """Leads from the bare address to the first dashboard."""

    def initialize(self, home: str) -> None:
        """Take the name of the first dashboard."""
        self.home = home

    @authenticated
    def get(self) -> None:
        """Send the browser there."""
        self.redirect(f"/{self.home}", status=303)


class Renderer(NotebookRenderer):
    """Voila's renderer, which reads the notebook as it is and runs it with this very Python."""

    executor: VoilaExecutor | None = None

    async def load_notebook(self, path: str) -> nbformat.NotebookNode:
        """Read the file, past the manager that would look up whether its author is trusted."""
        notebook = nbformat.read(Path(path), as_version=4)
        notebook.metadata.kernelspec = {"name": NATIVE_KERNEL_NAME, "display_name": "Python 3", "language": "python"}
        return notebook

    def hush(self) -> None:
        """Log nothing more: what goes wrong after the page was left concerns nobody."""
        for part in (self, self.executor):
            if part is not None:
                part.log = _NOWHERE

    def disconnect(self) -> None:
        """Close the connection to the kernel, which Voila leaves open when a page is not drawn to its end."""
        client = self.executor.kc if self.executor else None
        if client is not None and client.channels_running:
            client.stop_channels()


class DashboardHandler(PlainHandler, VoilaHandler):
    """Draws a notebook of the fixed table: its page begins to arrive while its kernel starts."""

    kernel_id = ""
    left = False
    renderer: Renderer | None = None
    drawing: asyncio.Task[None] | None = None

    def initialize(self, notebooks: dict[str, str], first_pages: dict[str, FirstPage], **kwargs: object) -> None:
        """Take the table of names and files, and the first pages that are written beforehand."""
        self.notebooks = notebooks
        self.first_pages = first_pages
        super().initialize(**kwargs)

    @authenticated
    async def get(self, name: str) -> None:
        """Start a kernel and draw the page; what is left of a page that nobody waits for is cleared away."""
        self.kernel_id = await self.sessions.start_for(self.current_user.username, leaving=self.get_cookie("partnership-leaving", ""))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        # Also keeps the page out of the browser's store of pages to go back to: its kernel would be gone.
        self.set_header("Cache-Control", "no-store")
        self.renderer = self._renderer(self.notebooks[name])
        self.drawing = asyncio.ensure_future(self._draw(name))
        self.sessions.pages.add(self)
        if self.left or self.sessions.closed:
            self.leave()
        try:
            await self.drawing
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - a browser waits for an answer
            await self._give_up(name, error)
        finally:
            self.sessions.pages.discard(self)
            self.renderer.disconnect()
        if self.left:
            await self.sessions.end(self.kernel_id)

    async def _draw(self, name: str) -> None:
        """Send the page in the pieces in which Voila makes it, each as soon as it is there."""
        await self.renderer.initialize()
        if name in self.first_pages:
            self.renderer.resources["first_page"] = self.first_pages[name].html()
        kernel = self.sessions.get_kernel(self.kernel_id)
        async for html, _ in self.renderer.generate_content_generator(self.kernel_id, kernel):
            self.write(html)
            try:
                await self.flush()
            except StreamClosedError:
                self.leave()
                return

    async def _give_up(self, name: str, error: BaseException) -> None:
        """End a page that cannot be drawn, with a sentence if there is still somebody to read it."""
        await self.sessions.end(self.kernel_id)
        if self.left:
            return
        self.log.error("The dashboard %s could not be drawn.", name, exc_info=error)
        if not self._headers_written:
            raise HTTPError(HTTPStatus.INTERNAL_SERVER_ERROR)
        self.finish(_GIVE_UP)

    def _renderer(self, notebook: str) -> Renderer:
        """Set up Voila's renderer; the page knows its kernel from the first line on."""
        return Renderer(
            request_handler=self,
            voila_configuration=self.voila_configuration,
            traitlet_config=self.traitlet_config,
            notebook_path=notebook,
            template_paths=self.template_paths,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            base_url=self.base_url,
            kernel_spec_manager=self.kernel_spec_manager,
            page_config={"kernelId": self.kernel_id},
        )

    def on_connection_close(self) -> None:
        """Stop drawing a page whose browser has gone away."""
        super().on_connection_close()
        self.leave()

    def leave(self) -> None:
        """Stop drawing, without a word about it."""
        self.left = True
        if self.renderer is not None:
            self.renderer.hush()
        if self.drawing is not None and self.drawing is not asyncio.current_task():
            self.drawing.cancel()


class OwnKernelHandler(PlainHandler):
    """Answers about a kernel to the visitor whose page it belongs to: to others there is no such kernel."""

    async def prepare(self) -> None:
        """Look whose it is before anything is done with it."""
        await super().prepare()
        user = self.current_user
        if user is None or not self.sessions.is_of(self.path_kwargs["kernel_id"], user.username):
            raise HTTPError(HTTPStatus.NOT_FOUND)


class AliveHandler(OwnKernelHandler):
    """Tells an open page whether its kernel is still there."""

    @authenticated
    async def get(self, kernel_id: str) -> None:
        """Answer 204, or 410 for a kernel that has gone."""
        self.set_header("Cache-Control", "no-store")
        self.sessions.heard_from(kernel_id)
        self.set_status(204 if await self.sessions.lives(kernel_id) else 410)


class LeaveHandler(OwnKernelHandler):
    """Frees the kernel of a page that is being closed.

    Voila's own handler wants an XSRF token, which its page has not got; and it acts on `beforeunload`,
    which also fires for a download or a mail link.
    """

    def check_xsrf_cookie(self) -> None:
        """Ask for our own origin instead: the cookie is strict, and only who knows a kernel's id can end it."""
        if not self.check_origin():
            raise HTTPError(403)

    @authenticated
    async def post(self, kernel_id: str) -> None:
        """Stop the kernel, whether or not it is still there."""
        await self.sessions.end(kernel_id)
        self.set_status(204)


class ChannelsHandler(OwnKernelHandler, VoilaKernelWebsocketHandler):
    """Connects the page's widgets with their kernel; what else is sent is dropped without an answer."""

    def on_message(self, message: str | bytes) -> None:
        """Pass on what a widget sends."""
        if may_reach_kernel(message, self.selected_subprotocol):
            super().on_message(message)

    def write_message(self, message: bytes | str | dict[str, Any], binary: bool = False) -> object:  # noqa: FBT001, FBT002 - Tornado's
        """Pass on what is meant for a widget."""
        return super().write_message(message, binary) if may_reach_page(message, self.selected_subprotocol) else None


class VegaHandler(PlainHandler):
    """Serves the Vega libraries as a module to import."""

    def initialize(self, bundle: VegaBundle) -> None:
        """Take the bundle, which may still be in the making."""
        self.bundle = bundle

    @authenticated
    async def get(self) -> None:
        """Wait for the bundle; a day in the browser's cache is long for a page and short for an upgrade."""
        module = await self.bundle.read()
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", f"private, max-age={A_DAY}")
        self.finish(module)
