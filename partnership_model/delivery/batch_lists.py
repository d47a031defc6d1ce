"""The lists of many appraisals: a page, a table for a spreadsheet, and what failed as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import xlsxwriter

from partnership_model.delivery.appraise import FAILED
from partnership_model.delivery.fact_list import as_cell
from partnership_model.delivery.report_html import shipped_style
from partnership_model.delivery.result_folder import replace_files, with_hashes, work_folder
from partnership_model.delivery.run_record import BatchRecord, RunRecord, read_run
from partnership_model.display import phrases
from partnership_model.display.blocks import TEMPLATES
from partnership_model.knowledge.editions import EDITIONS
from partnership_model.knowledge.schema import parse_day, plain_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from partnership_model.delivery.appraise import Outcome
    from partnership_model.knowledge.editions import Edition

INDEX, SUMMARY, FAILURES = LISTS = ("index.html", "summary.xlsx", "failures.csv")
SHEET = {
    "Case": 28, "Edition": 12, "State": 10, "Finding": 70, "First, or level with the first": 60, "Law of": 14,
    "Warnings": 10, "Why it failed": 60, "Ended (UTC)": 20, "Seconds": 9,
}  # fmt: skip
FILES = {
    "html": "Report", "pdf": "PDF", "docx": "Word", "xlsx": "Excel", "ipynb": "Notebook", "json": "Data",
    "board.html": "Board paper", "board.pdf": "Board paper, PDF", "board.docx": "Board paper, Word",
}  # fmt: skip
LONGEST_CELL = 32_767  # letters that a spreadsheet takes


@dataclass(frozen=True)
class Row:
    """One appraisal in a list.

    Attributes:
        files: what its folder holds, each in a word or two and with its address from the page.
        now: whether this call was asked for it.
    """

    case: str
    edition: Edition
    record: RunRecord | None
    says: str
    files: tuple[tuple[str, str], ...]
    now: bool

    @property
    def name(self) -> str:
        """Name the case; of a public edition say so."""
        return self.case if self.edition == "governors" else f"{self.case} (public edition)"

    @property
    def failed(self) -> bool:
        """Say whether its last run came to no end."""
        return bool(self.says)

    @property
    def day(self) -> str:
        """Give the day whose law counts."""
        return plain_day(parse_day(self.record.as_of, "as_of")) if self.record and self.record.as_of else ""


def write_lists(out: Path, outcomes: Sequence[Outcome]) -> None:
    """Write the three lists of all appraisals in a folder, of this call and of earlier ones.

    Raises:
        OSError: the disk refuses.
        PartnershipError: one of the files was changed in the meantime.
    """
    rows = rows_of(out, outcomes)
    with work_folder(out) as work:
        (work / INDEX).write_text(page(rows), encoding="utf-8")
        (work / FAILURES).write_text(failures(rows), encoding="utf-8", newline="")
        _write_summary(rows, work / SUMMARY)
        replace_files(work, out, with_hashes(work, BatchRecord(state="done")))


def rows_of(out: Path, outcomes: Sequence[Outcome]) -> list[Row]:
    """Read the record of each appraisal in a folder; what came to none in this call is there too."""
    asked = {(one.order.name, one.order.wanted.edition): one for one in outcomes}
    folders = [path for path in out.iterdir() if path.is_dir() and not path.is_symlink()]
    records = {(path.name, edition): record for path in folders for edition in EDITIONS if (record := read_run(path, edition))}
    keys = sorted({*asked, *records}, key=lambda key: (key[0].casefold(), *key))
    return [_row(out, *key, records.get(key), asked.get(key)) for key in keys]


def _row(out: Path, case: str, edition: Edition, record: RunRecord | None, outcome: Outcome | None) -> Row:
    says = outcome.says if outcome else ""
    if not says and record and record.state != "done":
        says = record.says or "it was stopped on the way"
    kept = {name: name for name in FAILED[edition]} if says or record is None else record.formats
    there = {FILES.get(form, form): file for form, file in kept.items() if (out / case / file).is_file()}
    files = tuple((word, f"{quote(case)}/{quote(file)}") for word, file in there.items())
    return Row(case, edition, record, says, files, outcome is not None)


def page(rows: Sequence[Row]) -> str:
    """Write the page."""
    done, failed = [row for row in rows if not row.failed], [row for row in rows if row.failed]
    title = f"{phrases.counted(len(rows), 'option appraisal')}: {len(done)} done, {len(failed)} failed"
    return TEMPLATES.get_template("batch.html.j2").render(
        title=title,
        style=shipped_style(),
        findings=_findings(done),
        done=done,
        failed=failed,
        earlier=sum(not row.now for row in rows),
        lists=(SUMMARY, FAILURES),
    )


def _findings(done: Sequence[Row]) -> str:
    """Say how many put one option first, several level, or nothing in order."""
    counts = [len(row.record.leads) if row.record else 0 for row in done]
    alone, level, none = sum(count == 1 for count in counts), sum(count > 1 for count in counts), sum(not count for count in counts)
    parts = [
        f"in {alone} one option comes first alone" if alone else "",
        f"in {level} the first options cannot be separated by what is known" if level else "",
        f"in {none} nothing is put in order" if none else "",
    ]
    return f"{phrases.capital('; '.join(filter(None, parts)))}." if done else ""


def failures(rows: Sequence[Row]) -> str:
    """Write what failed as CSV, of which no spreadsheet takes a text for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("case", "edition", "why it failed", "files"))
    for row in rows:
        if row.failed:
            writer.writerow([as_cell(cell) for cell in (row.case, row.edition, row.says, "; ".join(address for _, address in row.files))])
    return out.getvalue()


def _write_summary(rows: Sequence[Row], path: Path) -> None:
    """Write one row for each appraisal; every text is a text, whatever it begins with."""
    about = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(str(path), about) as book:
        sheet = book.add_worksheet("Appraisals")
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        columns = []
        for place, (name, width) in enumerate(SHEET.items()):
            sheet.set_column(place, place, width, wrapped)
            columns.append({"header": name})
        data = [[cell[:LONGEST_CELL] if isinstance(cell, str) else cell for cell in _cells(row)] for row in rows]
        sheet.add_table(0, 0, max(len(data), 1), len(SHEET) - 1, {"columns": columns, "data": data, "name": "Appraisals"})
        sheet.freeze_panes(1, 1)


def _cells(row: Row) -> list[Any]:
    record = row.record
    state = "failed" if row.failed else "done"
    if record is None:
        return [row.case, row.edition, state, "", "", "", "", row.says, "", ""]
    leads = phrases.listed(record.leads) if record.leads else "nothing is put in order"
    said = ["", "", "", ""] if row.failed else [record.finding, leads, row.day, len(record.warnings)]
    return [row.case, row.edition, state, *said, row.says, record.ended, record.seconds]
