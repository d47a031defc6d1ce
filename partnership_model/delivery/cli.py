"""The command `partnership`: checks, appraises and opens cases; a user never sees a traceback."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from partnership_model import __version__
from partnership_model.errors import FaultsError, PartnershipError
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.reading import read_knowledge

WRONG_INPUT = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="partnership")
def commands() -> None:
    """Help English schools choose how to work together."""


@commands.command()
@click.argument("cases", nargs=-1, type=click.Path(path_type=Path))
def check(cases: tuple[Path, ...]) -> None:
    """Report every fault of the knowledge base and of CASES at once."""
    base = read_knowledge()
    faults = []
    for folder in cases:
        try:
            read_case(folder, base)
        except FaultsError as error:
            faults += error.faults
    if faults:
        raise FaultsError(faults)
    click.echo("No faults found.")


def main(arguments: list[str] | None = None) -> None:
    """Run the command; wrong input ends with its message and exit code 2."""
    try:
        commands.main(arguments, standalone_mode=True, prog_name="partnership")
    except PartnershipError as error:
        click.echo(str(error), err=True)
        sys.exit(WRONG_INPUT)
