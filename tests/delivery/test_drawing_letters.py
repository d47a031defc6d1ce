"""Charts of reports are measured with the drawing library's own letters: the same on every computer, and many times as fast."""

from __future__ import annotations

import os
import subprocess
import sys

from partnership_model.delivery.drawing_letters import VARIABLE, know_only_own_letters

DRAW = """
import sys
import altair as alt
from partnership_model.delivery.drawing_letters import know_only_own_letters
from partnership_model.display.blocks import Figure
if sys.argv[1] == "own":
    know_only_own_letters()
named = alt.Y("name:N", axis=alt.Axis(labelFont=f"{sys.argv[2]}, sans-serif"))
chart = alt.Chart(alt.Data(values=[{"name": "Co-operative trust"}])).mark_bar().encode(y=named)
print(Figure("A title", "in words", chart.to_dict()).svg())
"""


def drawn(letters: str, font: str) -> str:
    """Draw a chart with a long name in a process of its own."""
    command = [sys.executable, "-c", DRAW, letters, font]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_drawing_is_the_same_with_the_letters_of_the_system_and_without() -> None:
    assert drawn("own", "Arial") == drawn("system", "Arial")


def test_no_font_of_the_system_is_looked_at() -> None:
    """DejaVu Sans is a tenth wider where it is there; the name of the font aside, nothing is drawn otherwise for it."""
    wide, own = drawn("own", "DejaVu Sans"), drawn("own", "Liberation Sans")
    assert wide.replace("DejaVu Sans", "Liberation Sans") == own


def test_afterwards_the_system_has_its_fonts_again() -> None:
    before = os.environ.get(VARIABLE)
    know_only_own_letters.cache_clear()
    know_only_own_letters()
    assert os.environ.get(VARIABLE) == before
