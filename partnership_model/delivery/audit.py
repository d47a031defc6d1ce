"""The command `partnership audit`: somebody else's scoring table recomputed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from partnership_model.errors import printable

if TYPE_CHECKING:
    import os


class _Page(click.Path):
    """A file to write, which is called a page."""

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Refuse a name that says that the file is something else."""
        path = Path(super().convert(value, param, ctx))
        if path.suffix.lower() not in (".html", ".htm"):
            self.fail(f'"{printable(str(path))}" will hold a page; give it a name that ends in .html.', param, ctx)
        return path


@click.command()
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the whole audit as JSON (docs/audit.schema.json) instead of text.")
@click.option("--out", type=_Page(path_type=Path, dir_okay=False), default=None, help="Write the audit as one HTML page, too.")
@click.option("--sheet", default="", help="The sheet of a workbook; else the first that shows.")
@click.option(
    "--lower-is-better", "lower", metavar="COLUMN", multiple=True, help="A column of scores of which less is better. May be repeated."
)
@click.option("--total", metavar="COLUMN", default="", help="The column of totals, where it is not called total.")
@click.option("--rank", metavar="COLUMN", default="", help="The column of ranks, where it is not called rank.")
@click.option("--decimal", type=click.Choice(["point", "comma"]), default=None, help="The decimal mark, where the file leaves it open.")
def audit(  # noqa: PLR0913 - click gives one argument for each option
    *, table: Path, as_json: bool, out: Path | None, sheet: str, lower: tuple[str, ...], total: str, rank: str, decimal: str | None
) -> None:
    r"""Recompute somebody else's scoring TABLE (CSV or .xlsx), and say what is wrong with it.

    The first row has the headings, the first column the options; every other column is a criterion, except `total` and `rank`.
    Rows that are no option begin with one of these words:

    \b
      weight      a weight for each criterion
      direction   higher or lower: which is better
      panel       whose scores these are, where several panels scored
      people      how many people's points were added up in the column

    Several sets of weights are told apart as in `weight: parents`, with columns `total: parents` and `rank: parents`.
    """
    from partnership_model.analysis.audit.audit import audit as audited  # noqa: PLC0415 - what other commands do not need
    from partnership_model.display.audit_text import text  # noqa: PLC0415
    from partnership_model.knowledge.foreign_table import ReadAs, read_table  # noqa: PLC0415

    mark = "comma" if decimal == "comma" else "point" if decimal else None
    found = audited(read_table(table, ReadAs(sheet, lower, total, rank, mark)))
    if as_json:
        from partnership_model.display.audit_result import audit_result  # noqa: PLC0415

        click.echo(json.dumps(audit_result(found), ensure_ascii=False, indent=1))
    else:
        click.echo(text(found))
    if out:
        from partnership_model.delivery.audit_page import write_page  # noqa: PLC0415 - charts

        write_page(found, out)
        click.echo(printable(str(out)), err=as_json)
