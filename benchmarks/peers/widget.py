"""The workbook's widget, opened at the step with its charts; served by the workbook and by stock Voila alike."""

from __future__ import annotations

import os

from peers.what_follows import opened

from partnership_model.display.widgets import GovernorsDashboard

LIBRARY = "/partnership/vega.js"
LIBRARY_VARIABLE = "BENCHMARK_VEGA_ADDRESS"


def widget() -> GovernorsDashboard:
    """Make the widget; where the server has no address for the drawing library, the variable names another one.

    Raises:
        ValueError: if the widget's script does not load the library from where the workbook serves it.
    """
    address = os.environ.get(LIBRARY_VARIABLE)
    if address is None:
        return GovernorsDashboard(opened())
    if LIBRARY not in GovernorsDashboard._esm:  # noqa: SLF001 - anywidget's own name for a widget's script
        message = f"The widget's script no longer loads {LIBRARY}: the benchmark of stock Voila has to follow it."
        raise ValueError(message)
    elsewhere = type("Elsewhere", (GovernorsDashboard,), {"_esm": GovernorsDashboard._esm.replace(LIBRARY, address)})  # noqa: SLF001
    return elsewhere(opened())
