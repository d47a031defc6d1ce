"""The command `partnership diff`: what changed between two runs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from partnership_model.errors import FaultsError, printable


@click.command()
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print every difference as JSON (docs/diff.schema.json) instead of tables.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write the comparison as one HTML page, too.")
def diff(*, a: Path, b: Path, as_json: bool, out: Path | None) -> None:
    """Say what changed from run A to run B: what was put in, the facts and the law of their days, and what came out.

    A and B are files result.json, executed notebooks, or the folders in which `partnership appraise` wrote them. Another case,
    edition or version is compared as well, and said plainly.
    """
    from partnership_model.analysis.run_comparison import compare  # noqa: PLC0415 - what other commands do not need
    from partnership_model.delivery.run_files import read_run  # noqa: PLC0415 - as above
    from partnership_model.knowledge.reading import read_knowledge  # noqa: PLC0415 - as above

    faults = []
    runs = []
    for path in (a, b):
        try:
            runs.append(read_run(path))
        except FaultsError as error:
            faults += error.faults
    if faults:
        raise FaultsError(faults)
    base = read_knowledge()
    found = compare(*runs, base)
    if as_json:
        from partnership_model.display.comparison_result import comparison_data  # noqa: PLC0415 - as above

        click.echo(json.dumps(comparison_data(found, base), ensure_ascii=False, indent=1))
    else:
        from partnership_model.display.comparison_text import text  # noqa: PLC0415 - as above

        click.echo(text(found, base, shutil.get_terminal_size((100, 24)).columns))
    if out:
        from partnership_model.delivery.block_page import write_page  # noqa: PLC0415 - as above
        from partnership_model.display.comparison_blocks import blocks  # noqa: PLC0415 - as above

        write_page(
            f"{found.before.case} and {found.after.case} compared"
            if found.before.case != found.after.case
            else f"Two runs of {found.before.case}",
            blocks(found, base),
            out,
        )
        click.echo(printable(str(out)), err=as_json)
