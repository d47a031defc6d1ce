"""Where the dashboards' server writes what a developer needs and a governor should not have to read."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIMIT = 1_000_000


class _LogFile(RotatingFileHandler):
    """The file of the details; a disk that is full costs them, and nobody has to read that twice."""

    full = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - logging's own name
        """Go on without the details."""
        self.full = True

    def close(self) -> None:
        """Give up what cannot be written in the end either."""
        with contextlib.suppress(OSError):
            super().close()


class _Notice(logging.Handler):
    """Says once in the terminal that something went wrong and where the details are."""

    def __init__(self, file: _LogFile | None) -> None:
        """Listen to errors only; the file has written them already."""
        super().__init__(logging.ERROR)
        self._file = file
        self._said = False

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002
        """Write one sentence, without the record's traceback."""
        if not self._said:
            self._said = True
            kept = self._file is not None and not self._file.full
            where = f"the details are in {self._file.baseFilename}" if kept else "its details could not be written down"
            print(f"Something went wrong in a page; {where}.", file=sys.stderr, flush=True)  # noqa: T201


@contextlib.contextmanager
def kept_log() -> Iterator[Path]:
    """Send what is logged meanwhile to a file in the user's log folder, and only a hint to the terminal."""
    path = platformdirs.user_log_path("partnership-model", appauthor=False) / "dashboards.log"
    handlers: list[logging.Handler] = []
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = _LogFile(path, maxBytes=_LIMIT, backupCount=1, encoding="utf-8")
    except OSError:
        path = Path(os.devnull)
        handlers.append(_Notice(None))
    else:
        file.setLevel(logging.WARNING)
        file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        handlers += [file, _Notice(file)]
    root = logging.getLogger()
    for handler in handlers:
        root.addHandler(handler)
    try:
        yield path
    finally:
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()
