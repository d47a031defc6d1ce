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


class _Notice(logging.Handler):
    """Says once in the terminal that something went wrong and where the details are."""

    def __init__(self, details: Path | None) -> None:
        """Listen to errors only."""
        super().__init__(logging.ERROR)
        self._details = details
        self._said = False

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002
        """Write one sentence, without the record's traceback."""
        if not self._said:
            self._said = True
            where = f"; the details are in {self._details}" if self._details else ""
            print(f"Something went wrong in a page{where}.", file=sys.stderr, flush=True)  # noqa: T201


@contextlib.contextmanager
def kept_log() -> Iterator[Path]:
    """Send what is logged meanwhile to a file in the user's log folder, and only a hint to the terminal."""
    path = platformdirs.user_log_path("partnership-model", appauthor=False) / "dashboards.log"
    handlers: list[logging.Handler] = []
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = RotatingFileHandler(path, maxBytes=_LIMIT, backupCount=1, encoding="utf-8")
    except OSError:
        path = Path(os.devnull)
        handlers.append(_Notice(None))
    else:
        file.setLevel(logging.WARNING)
        file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        handlers += [file, _Notice(path)]
    root = logging.getLogger()
    for handler in handlers:
        root.addHandler(handler)
    try:
        yield path
    finally:
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()
