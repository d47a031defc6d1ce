"""The command `partnership appraise`: one case or hundreds."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import click

from partnership_model.analysis.appraisal import SAMPLES, SEED
from partnership_model.delivery.all_cases import read_all
from partnership_model.errors import PartnershipError, nearest, printable
from partnership_model.knowledge.editions import EDITIONS, left_out
from partnership_model.knowledge.schema import parse_day
from partnership_model.knowledge.shipped import find_case

FORMATS = ("html", "pdf", "docx", "xlsx", "ipynb", "json")
ON_REQUEST = ("board",)  # the paper for governors, as page, PDF and Word document
SOME_FAILED, INTERRUPTED, ENDED = 1, 130, 143
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, resolve_path=True)


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    wrong = [name for name in names if name not in (*FORMATS, *ON_REQUEST)]
    if wrong or not names:
        message = f'"{wrong[0] if wrong else value}" is not a format. {nearest(wrong[0] if wrong else value, (*FORMATS, *ON_REQUEST))}'
        raise click.BadParameter(message)
    return names


@click.command()
@click.argument("cases", nargs=-1, required=True)
@click.option(
    "--to",
    "formats",
    default=",".join(FORMATS),
    show_default=True,
    callback=_formats,
    help="What to write, separated by commas; `board` is the two-page paper for governors.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("results"),
    show_default=True,
    help="Where each case gets a folder.",
)
@click.option("--as-of", default="", help="The day whose law and facts count, as 2016-04-15; else the case's own, or today.")
@click.option(
    "--samples", type=click.IntRange(1, 10_000_000), default=SAMPLES, show_default=True, help="How many ways of weighing are drawn."
)
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=SEED, show_default=True, help="The same seed gives the same numbers.")
@click.option(
    "--edition",
    type=click.Choice(EDITIONS),
    default="governors",
    show_default=True,
    help="Everything in the case, or its public items alone; each file's name and each page say which.",
)
@click.option(
    "--word-template",
    type=_FILE,
    default=None,
    help="A house template (.docx) with {{ report }} in a paragraph of its own; also {{ title }}, {{ about }} and {{ stamps }}.",
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=None, help="How many to run at once; else as many as there are processors, at most 8."
)
@click.option("--again", is_flag=True, help="Run what is done already too.")
@click.option("--cluster", metavar="tls://HOST:PORT", default="", help="Run them on a Dask cluster that is there; see docs/hundreds.md.")
@click.option("--tls-ca", type=_FILE, default=None, help="For --cluster: who vouches for its certificates; else as Dask is configured.")
@click.option("--tls-cert", type=_FILE, default=None, help="For --cluster: your certificate.")
@click.option("--tls-key", type=_FILE, default=None, help="For --cluster: its key.")
def appraise(  # noqa: PLR0913 - click gives one argument for each option
    *,
    cases: tuple[str, ...],
    out: Path,
    as_of: str,
    samples: int,
    seed: int,
    jobs: int | None,
    again: bool,
    cluster: str,
    **choices: Any,  # noqa: ANN401 - the rest of them
) -> None:
    """Produce the option appraisal of CASES (folders, files that the dashboard saved, or names of examples such as ember-2016).

    All cases are checked before any is run. What is done already is skipped, unless anything that it depends on has changed; what
    failed or was stopped is tried again. Several are run at once, and index.html, summary.xlsx and failures.csv list them all.

    Ends with 0 when all are done, 1 when some failed, and 2 when nothing was run because something that was asked for is wrong.
    """
    from partnership_model.delivery import batch  # noqa: PLC0415 - papermill and charts, which `check` does not need
    from partnership_model.delivery.outputs import Wanted  # noqa: PLC0415 - as above
    from partnership_model.delivery.progress import Progress  # noqa: PLC0415 - as above

    if as_of:
        parse_day(as_of, "--as-of")
    run = batch.runner(jobs, cluster, _certificates(cluster, jobs, choices))
    base, found = read_all(dict.fromkeys(_whole_path(case) for case in cases))
    wanted = Wanted(choices["formats"], choices["edition"], choices["word_template"])
    parameters = {"as_of": as_of, "samples": samples, "seed": seed}
    orders = batch.orders_of(found, base, out, wanted=wanted, parameters=parameters, today=dt.datetime.now(dt.UTC).date())
    with Progress(len(orders)) as progress:
        try:
            batch.run_batch(orders, run, progress.tell, again=again)
        except (KeyboardInterrupt, SystemExit) as stopped:
            click.echo(progress.stopped(), err=True)
            sys.exit(INTERRUPTED if isinstance(stopped, KeyboardInterrupt) else ENDED)
    for name in left_out(found[0]) if len(found) == 1 and wanted.edition == "public" else ():
        click.echo(f"Left out, for governors only: {printable(name)}.", err=True)
    if len(orders) > 1:
        click.echo(f"{progress.summed_up()} {printable(str(out / batch.LISTS[0]))}")
    if progress.ended["failed"]:
        sys.exit(SOME_FAILED)


def _certificates(cluster: str, jobs: int | None, choices: dict[str, Any]) -> dict[str, Path]:
    """Give the files for TLS, and refuse what would do nothing.

    Raises:
        PartnershipError: what to leave out or to add.
    """
    given = {name: choices[f"tls_{name}"] for name in ("ca", "cert", "key") if choices[f"tls_{name}"]}
    if given and not cluster.startswith("tls:"):
        message = f"{' and '.join(f'--tls-{name}' for name in given)} would do nothing here. Add --cluster tls://HOST:PORT."
        raise PartnershipError(message)
    if cluster and jobs:
        message = "--jobs would do nothing here: a cluster has workers of its own. Leave it out."
        raise PartnershipError(message)
    return given


def _whole_path(case: str) -> str:
    """Name the same case the same, however it was given."""
    try:
        return str(find_case(case).resolve())
    except PartnershipError:  # said with all other faults
        return case
