"""The command `partnership`: checks, appraises and opens cases; a user never sees a traceback."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from partnership_model import __version__
from partnership_model.delivery.all_cases import read_all
from partnership_model.delivery.appraise_command import ENDED, appraise
from partnership_model.delivery.audit import audit
from partnership_model.delivery.consultation.consult_command import consult
from partnership_model.delivery.consultation.import_command import import_ballots
from partnership_model.delivery.diff import diff
from partnership_model.delivery.fact_list import answer, as_csv, listing, totals
from partnership_model.delivery.missing_parts import missing_lines
from partnership_model.delivery.reference_pages import WRITTEN, as_pages
from partnership_model.delivery.writing import write_whole
from partnership_model.errors import PartnershipError, printable
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.listing import MARKS, resting_on_withdrawn, stale, stale_rules
from partnership_model.knowledge.reading import check_knowledge, read_knowledge
from partnership_model.knowledge.schema import parse_day, plain_day
from partnership_model.knowledge.shipped import find_case

if TYPE_CHECKING:
    from partnership_model.knowledge.base import KnowledgeBase

WRONG_INPUT = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="partnership")
def commands() -> None:
    """Help English schools choose how to work together."""


commands.add_command(appraise)
commands.add_command(audit)
commands.add_command(consult)
commands.add_command(import_ballots)
commands.add_command(diff)


@commands.command()
@click.argument("cases", nargs=-1, type=click.Path(path_type=Path))
def check(cases: tuple[Path, ...]) -> None:
    """Report every fault of the knowledge base and of CASES at once; then each case's warnings, and what it does not give yet."""
    from partnership_model.delivery.case_warnings import case_warnings  # noqa: PLC0415 - numpy and the analysis, which `facts` does not need

    check_knowledge()
    base, found = read_all(cases)
    click.echo("No faults found.")
    knowledge = base.on(dt.datetime.now(dt.UTC).date())
    for one in found:
        for line in [*case_warnings(one, base, knowledge.day), *missing_lines(one, base, knowledge.day)]:
            click.echo(printable(line))
    gaps = [f"{base.options[option].label} {count}" for option, count in knowledge.unknown_answers().items() if count]
    every = len(base.attributes) * sum(1 for _ in base.kinds())
    click.echo(f"Not known on {plain_day(knowledge.day)}, of {every} answers an option: {', '.join(gaps) or 'none'}.")
    for line in [*totals(base), *resting_on_withdrawn(knowledge)]:
        click.echo(line)
    old = [*stale(base, knowledge.day), *stale_rules(base, knowledge.day)]
    if old:
        click.echo(f"Not checked since they went stale: {', '.join(old)}.")


@commands.command()
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    help="The folder in which the case is made; else the one you are in.",
)
@click.option(
    "--schools",
    type=click.Path(path_type=Path),
    default=None,
    help="A CSV table of your schools (name, category, phase, pupils, budget); else made-up ones stand there to be replaced.",
)
@click.option("--excel", is_flag=True, help="Make an Excel workbook (NAME.xlsx) with drop-downs instead of a folder.")
def new(name: str, into: Path, schools: Path | None, *, excel: bool) -> None:
    """Write the folder of a new case called NAME, which can be opened at once.

    Notes in its case.yaml say what to put where. Nothing is ever written over.
    """
    if excel:
        from partnership_model.delivery.new_workbook import write_workbook  # noqa: PLC0415 - openpyxl, which only this needs

        path = printable(str(write_workbook(name, into, read_knowledge(), dt.datetime.now(dt.UTC).date(), schools)))
        click.echo(f'{path}\nSee it:           partnership explore "{path}"\nThen:             partnership check "{path}"')
        return
    from partnership_model.delivery.new_case import write_case  # noqa: PLC0415 - the template, which `check` does not need

    files = write_case(name, into, read_knowledge(), dt.datetime.now(dt.UTC).date(), schools)
    for path in files:
        click.echo(printable(str(path)))
    folder = printable(str(files[0].parent))
    click.echo(f'See it:           partnership explore "{folder}"')
    click.echo(f"Make it yours:    change case.yaml in a text editor{'' if schools else ', the schools first'}; its notes say how")
    click.echo(f'Then:             partnership check "{folder}"')


@commands.command()
@click.argument("case", default="ember-2016")
@click.option("--port", type=click.IntRange(0, 65535), default=None, help="The port to use and no other; else 8866 or the next free one.")
@click.option("--browser/--no-browser", default=True, help="Whether to open the printed address.")
@click.option("--sessions", type=click.IntRange(1, 500), default=8, show_default=True, help="How many pages may be open at a time.")
@click.option(
    "--behind",
    metavar="https://NAME",
    default="",
    help="For a group: the address at which a proxy on this machine shows it by HTTPS and after a login (see docs/hosting.md).",
)
def explore(case: str, port: int | None, sessions: int, behind: str, *, browser: bool) -> None:
    """Open the governors' dashboard of CASE (a folder, a file that it saved, or the name of an example) on this machine."""
    from partnership_model.delivery.server import serve  # noqa: PLC0415 - the server's libraries, which `check` does not need

    folder = find_case(case)
    read_case(folder, read_knowledge())
    serve(folder, port=port, open_browser=browser, sessions=sessions, behind=behind)


class _Place(click.Path):
    """A file or folder to write, which has a name."""

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Refuse the name that stands for the folder one is in."""
        if not str(value).strip():
            self.fail("the name is empty.", param, ctx)
        return Path(super().convert(value, param, ctx))


@commands.command()
@click.argument("case")
@click.option(
    "--out",
    type=_Place(path_type=Path),
    required=True,
    help="The file to write; only an earlier one is written over.",
)
@click.option("--as-of", default="", help="The day whose law and facts count, as 2016-04-15; else the case's own, or today.")
def takeaway(*, case: str, out: Path, as_of: str) -> None:
    """Write one offline HTML file of CASE's public items, in which the weights still move."""
    from partnership_model.delivery.takeaway import write_takeaway  # noqa: PLC0415 - charts and tables, which `check` does not need

    day = parse_day(as_of, "--as-of") if as_of else None
    written = write_takeaway(find_case(case), out, dt.datetime.now(dt.UTC).date(), day)
    click.echo(printable(str(written.path)))
    for name in written.left_out:
        click.echo(f"Left out, for governors only: {printable(name)}.", err=True)


@commands.command()
@click.option("--attribute", default="", help="Answer this question, such as employer: one answer with its mark and sources.")
@click.option("--option", default="stay", show_default=True, help="The option to answer it for.")
@click.option("--category", default="community", show_default=True, help="The category of school.")
@click.option("--form", default="alone", show_default=True, help="How the school stands today.")
@click.option("--on", "day", default="", help="The day of the answer or of --stale, as 2016-04-15; else today.")
@click.option("--mark", type=click.Choice(MARKS), default=None, help="List only what has facts of this mark.")
@click.option("--stale", "only_stale", is_flag=True, help="List only questions, rules and amounts that went stale.")
@click.option(
    "--csv",
    "table",
    type=_Place(path_type=Path, dir_okay=False, allow_dash=True),
    default=None,
    help="Write the answers to all questions, one dated value a row, to this file; - for standard output.",
)
@click.option(
    "--pages",
    type=_Place(path_type=Path, file_okay=False),
    default=None,
    help="Write the reference pages (the whole base, as Markdown) to this folder, over pages of this command and no other file.",
)
def facts(  # noqa: PLR0913 - click gives one argument for each option
    *,
    attribute: str,
    option: str,
    category: str,
    form: str,
    day: str,
    mark: str | None,
    only_stale: bool,
    table: Path | None,
    pages: Path | None,
) -> None:
    """List the questions with marks, age and use; or answer one; or write everything out.

    Without --attribute, --csv or --pages: a line for each question, and the totals.
    """
    on = parse_day(day, "--on") if day else dt.datetime.now(dt.UTC).date()
    _refuse_what_does_nothing()
    base = read_knowledge()
    if table or pages:
        _write_out(base, table, pages)
        return
    lines = (
        answer(base.on(on), attribute, option, category, form)
        if attribute
        else [*listing(base, mark=mark or "", only_stale=only_stale, day=on), *totals(base)]
    )
    click.echo("\n".join(map(printable, lines)))


def _refuse_what_does_nothing() -> None:
    """Refuse what is named on the command line beside something that leaves it without effect.

    Raises:
        PartnershipError: what to leave out or to add.
    """
    context = click.get_current_context()
    source = context.get_parameter_source
    named = {one.opts[0] for one in context.command.params if one.name and source(one.name) is ParameterSource.COMMANDLINE}
    written, details = named & {"--csv", "--pages"}, {"--option", "--category", "--form", "--on"}
    if written:
        does, idle = f"{' and '.join(sorted(written))} write{'s' if len(written) == 1 else ''} all there is", named - written
    elif "--attribute" in named:
        does, idle = "--attribute answers one question", named & {"--mark", "--stale"}
    else:
        does, idle = "", named & details - ({"--on"} if "--stale" in named else set())
    if idle and does:
        message = f"{does}; leave out {' and '.join(sorted(idle))}."
        raise PartnershipError(message)
    if idle:
        message = f"{' and '.join(sorted(idle))} would do nothing here. Name the question too, such as --attribute employer."
        raise PartnershipError(message)


def _write_out(base: KnowledgeBase, table: Path | None, pages: Path | None) -> None:
    """Write the table and the pages, and name what was written; a table on standard output stands there alone.

    Raises:
        PartnershipError: one of them cannot be written.
    """
    printed = table == Path("-")
    files = {table: as_csv(base)} if table and not printed else {}
    for name, text in as_pages(base).items() if pages else ():
        path = pages / name
        if table and os.path.realpath(path) == os.path.realpath(table):
            message = f"{table} would be both the table and a page. Name another file."
            raise PartnershipError(message)
        files[path] = text
    write_whole(files, mark=WRITTEN)
    for path in files:
        click.echo(printable(str(path)), err=printed)
    if printed:
        click.echo(as_csv(base).encode(), nl=False)


def main(arguments: list[str] | None = None) -> None:
    """Run the command; wrong input ends with its message and exit code 2."""
    # Ended by another program, we still take away what is half made.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ENDED))
    try:
        commands.main(arguments, standalone_mode=True, prog_name="partnership")
    except PartnershipError as error:
        click.echo("\n".join(map(printable, str(error).split("\n"))), err=True)
        sys.exit(WRONG_INPUT)


if __name__ == "__main__":
    main()
