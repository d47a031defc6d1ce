"""How far a batch is: lines for a script, a bar for a person."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from partnership_model.delivery.appraise import Outcome
from partnership_model.delivery.progress import Progress
from tests.delivery.appraising import order

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

STATES: tuple[Literal["done", "already", "failed"], ...] = ("already", "done", "failed")


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def outcomes() -> Iterator[Outcome]:
    """End three cases, each in another way."""
    for state in STATES:
        says = "out/failed: so\x1b[31m it is\nand more" if state == "failed" else ""
        yield Outcome(order(Path(state), Path("out")), state, 3.4, says, (Path("out") / state / "result.json",), ("a warning",))


def test_many_cases_get_a_line_each_and_failures_go_to_the_error_stream(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(3) as progress:
        for outcome in outcomes():
            progress.tell(outcome)
    out, err = capsys.readouterr()
    assert out == "done already: already\ndone: done, 3 s\n"
    assert err == "failed: failed: out/failed: so\\x1b[31m it is\n"
    assert progress.summed_up() == "3 appraisals: 1 done, 1 done already, 1 failed."
    assert progress.stopped() == "Stopped: 2 of 3 are done. The same command goes on from here."


def test_one_case_gets_its_files_and_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    for outcome in outcomes():
        Progress(1).tell(outcome)
    out, err = capsys.readouterr()
    assert out == "out/already/result.json\nout/done/result.json\n"
    assert err.splitlines() == [
        "Done already: nothing has changed since. --again runs it all the same.",
        *["Note: a warning"] * 2,
        "out/failed: so\\x1b[31m it is",
        "and more",
    ]


def test_in_a_terminal_a_bar_counts_what_has_to_be_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was done before would make the time left look shorter than it is."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with Progress(3) as progress:
        for outcome in outcomes():
            progress.tell(outcome)
    said = screen.getvalue()
    assert "0/3" in said
    assert "1/2" in said
    assert "2/2" in said
    assert "failed: failed: out/failed: so\\x1b[31m it is" in said
