"""How far a batch is: a line for each case, and in a terminal a bar with the time left."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from partnership_model.errors import printable, shown

if TYPE_CHECKING:
    from types import TracebackType

    from partnership_model.delivery.appraise import Outcome

STATES = {"done": "done", "already": "done already", "failed": "failed"}


class Progress:
    """Tells of each outcome: of one case its files and warnings, of many a line each."""

    def __init__(self, total: int) -> None:
        """Begin; the bar counts what has to be run, so that the time left is that of runs."""
        self.total = total
        self.ended: dict[str, int] = dict.fromkeys(STATES, 0)
        self._bar = None
        if total > 1 and sys.stderr.isatty():
            from tqdm import tqdm  # noqa: PLC0415 - only where somebody watches

            self._bar = tqdm(total=total, unit="case", file=sys.stderr, dynamic_ncols=True)

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()

    def tell(self, outcome: Outcome) -> None:
        """Say how one ended."""
        self.ended[outcome.state] += 1
        if self.total == 1:
            self._tell_all(outcome)
            return
        if outcome.state == "failed":
            self._say(f"failed: {outcome.order.name}: {_first_line(outcome.says)}", err=True)
        else:
            took = f", {outcome.seconds:.0f} s" if outcome.state == "done" else ""
            self._say(f"{STATES[outcome.state]}: {outcome.order.name}{took}")
        if self._bar is not None:
            if outcome.state == "already":
                self._bar.total -= 1
                self._bar.refresh()
            else:
                self._bar.update()

    def _tell_all(self, outcome: Outcome) -> None:
        if outcome.state == "failed":
            click.echo("\n".join(map(printable, outcome.says.split("\n"))), err=True)
            return
        for path in outcome.files:
            click.echo(printable(shown(path, Path.cwd())))
        if outcome.state == "already":
            click.echo("Done already: nothing has changed since. --again runs it all the same.", err=True)
        for warning in outcome.warnings:
            click.echo(f"Note: {printable(warning)}", err=True)

    def _say(self, line: str, *, err: bool = False) -> None:
        if self._bar is None:
            click.echo(printable(line), err=err)
        else:
            self._bar.write(printable(line), file=sys.stderr if err else sys.stdout)

    def stopped(self) -> str:
        """Say what a person who stops it has."""
        there = self.ended["done"] + self.ended["already"]
        return f"Stopped: {there} of {self.total} are done. The same command goes on from here."

    def summed_up(self) -> str:
        """Say how all of them ended."""
        counts = ", ".join(f"{count} {STATES[state]}" for state, count in self.ended.items() if count)
        return f"{sum(self.ended.values())} appraisals: {counts}."


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0]
