"""The letters with which the charts of reports are measured: those that the drawing library brings along and holds in memory.

Of the system's fonts it would open the file anew for every letter, some two thousand times a chart. The charts ask for Arial,
and it brings letters that are exactly as wide. Whatever else a name is written in is measured as roughly as wide; who shows the
drawing has its own fonts for that.
"""

from __future__ import annotations

import contextlib
import os
from functools import lru_cache
from importlib import resources

VARIABLE = "FONTCONFIG_FILE"  # where systems with fontconfig look up what fonts there are; other systems do not know it
EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


@lru_cache(maxsize=1)
def know_only_own_letters() -> None:
    """Let the drawing library look for fonts, which it does once in a process, while there are none of the system."""
    import vl_convert  # noqa: PLC0415 - half a second that only those who draw here should pay

    before = os.environ.get(VARIABLE)
    with contextlib.ExitStack() as stack:
        fonts = resources.files("partnership_model.delivery").joinpath("report_templates", "no_fonts.conf")
        os.environ[VARIABLE] = str(stack.enter_context(resources.as_file(fonts)))
        try:
            vl_convert.svg_to_png(EMPTY)
        finally:
            os.environ.pop(VARIABLE)
            if before is not None:
                os.environ[VARIABLE] = before
