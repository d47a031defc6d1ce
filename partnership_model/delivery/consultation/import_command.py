"""The command `partnership import`: surveys that were made elsewhere, and tallies on paper, into the store of ballots."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from partnership_model.errors import PartnershipError, printable
from partnership_model.knowledge.schema import parse_day
from partnership_model.knowledge.surveys.imported import SameBy
from partnership_model.knowledge.surveys.mapping import Dates

if TYPE_CHECKING:
    from partnership_model.delivery.consultation.import_store import Target
    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from partnership_model.knowledge.files import Document
    from partnership_model.knowledge.surveys.imported import ImportedBallots
    from partnership_model.knowledge.surveys.mapping import Mapping
    from partnership_model.knowledge.surveys.survey_table import SurveyTable

ONE_DAY = dt.timedelta(days=1)  # by which it may be later where somebody answers
SHOWN = 5  # answers of a preview
A_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--into", "case", metavar="CASE", default="", help="The case whose consultation the ballots belong to.")
@click.option("--mapping", "mapping_file", type=A_FILE, help="The mapping file of the form; nothing is asked then.")
@click.option("--guess", "guess_file", type=A_FILE, help="Write a mapping file to look at, and store nothing.")
@click.option("--preview", is_flag=True, help="Show the first answers as they would be read, and store nothing.")
@click.option("--sheet", default="", help="The sheet of a workbook that has the answers.")
@click.option("--dates", type=click.Choice(get_args(Dates)), default=None, help="How dates are written, where the file leaves it open.")
@click.option("--from", "first", metavar="DAY", default="", help="Reject answers from before this day, such as 2026-10-01.")
@click.option("--until", "last", metavar="DAY", default="", help="Reject answers from after this day; else from the future.")
@click.option(
    "--drop-duplicates",
    type=click.Choice(get_args(SameBy)),
    multiple=True,
    help="Keep one answer of the same respondent (the last), or of those that are identical (the first). May be repeated.",
)
@click.option("--without-rejected", is_flag=True, help="Store the other answers where some are rejected.")
@click.option("--rejected", "rejected_file", type=A_FILE, help="The list of rejected rows; else FILE.rejected.csv beside the file.")
@click.option(
    "--earlier",
    type=click.Choice(["replace", "keep"]),
    default=None,
    help="What becomes of an earlier file whose answers this one has again: taken out, or kept and so counted twice.",
)
@click.option("--title", default="", help="What the survey is called in the report; else the name of the file.")
@click.option("--paper-sheet", type=A_FILE, help="Write the sheet (.csv or .xlsx) on which paper ballots are typed, and nothing else.")
@click.option("--percentages", is_flag=True, help="FILE is a table of percentages: say which of them no whole number can make.")
@click.option("--store", default="", help="The database of the ballots, as postgresql://…; else a file of yours, or PARTNERSHIP_STORE.")
def import_ballots(file: Path | None, case: str, paper_sheet: Path | None, *, percentages: bool, store: str, **asked: Any) -> None:  # noqa: ANN401 - click gives one argument for each option
    """Read FILE, a survey's export or a tally of paper ballots, into the consultation of CASE.

    Exports of Microsoft Forms, Google Forms, SurveyMonkey and LimeSurvey are known by their headings. Names, addresses and exact times
    are dropped before anything is stored. See docs/surveys.md.
    """
    if percentages:
        _check_percentages(_named(file))
        return
    if not case:
        message = "Say whose consultation it is, as in `partnership import FILE --into ember-2016`."
        raise PartnershipError(message)
    from partnership_model.delivery.consultation.import_store import target  # noqa: PLC0415 - the database's library

    with target(case, store) as into:
        if paper_sheet:
            from partnership_model.delivery.consultation.tally_sheet import write_tally_sheet  # noqa: PLC0415 - the workbook's library

            write_tally_sheet(paper_sheet, into.questions)
            click.echo(printable(str(paper_sheet)))
            return
        _import(_named(file), into, asked)


def _named(file: Path | None) -> Path:
    if file is None:
        message = "Name the file to be read, as in `partnership import FILE --into ember-2016`."
        raise PartnershipError(message)
    return file


def _import(file: Path, into: Target, asked: dict[str, Any]) -> None:
    from partnership_model.delivery.consultation.import_store import Titled  # noqa: PLC0415 - the database's library
    from partnership_model.knowledge.surveys.reading import Asked, read_ballots  # noqa: PLC0415 - what other commands do not need
    from partnership_model.knowledge.surveys.survey_table import read_survey  # noqa: PLC0415 - as above

    mapping, document = _given(asked["mapping_file"], into.questions)
    table = read_survey(file, asked["sheet"] or (mapping.sheet or "" if mapping else ""))
    if asked["guess_file"]:
        _write_guess(table, into.questions, asked["guess_file"])
        return
    if mapping is None:
        mapping = _agreed(table, into.questions, file, preview=asked["preview"])
    today = dt.datetime.now(dt.UTC).date()
    first = parse_day(asked["first"], "--from") if asked["first"] else None
    days = (first, parse_day(asked["last"], "--until") if asked["last"] else today + ONE_DAY)
    said = Asked(asked["dates"], days, frozenset(asked["drop_duplicates"]))
    found = read_ballots(table, mapping, into.questions, said, document)
    _report(found, into.questions, preview=asked["preview"])
    if found.rejected and (asked["rejected_file"] or not asked["preview"]):
        _write_rejected(found, asked["rejected_file"] or file.with_name(f"{file.name}.rejected.csv"))
    if asked["preview"]:
        click.echo("This was a preview: nothing is stored.")
        return
    if found.rejected_rows and not asked["without_rejected"]:
        message = (
            "Nothing was stored, because some rows were rejected. Mend them in a copy of the file or in the mapping, "
            "or store the others with --without-rejected."
        )
        raise PartnershipError(message)
    titled = Titled(printable(asked["title"].strip()) or found.source, first or today, min(days[1], today))
    click.echo(into.add(found, today, titled, asked["earlier"]))


def _given(path: Path | None, questions: QuestionSet) -> tuple[Mapping | None, Document | None]:
    from partnership_model.knowledge.surveys.mapping import read_mapping  # noqa: PLC0415 - as above

    return read_mapping(path, questions) if path else (None, None)


def _agreed(table: SurveyTable, questions: QuestionSet, file: Path, *, preview: bool) -> Mapping:
    """Offer a guess, and keep it beside the file once somebody agreed; paper's own sheet needs none.

    Raises:
        PartnershipError: nobody is there to agree, or does not.
    """
    from partnership_model.delivery.writing import write_new  # noqa: PLC0415 - as above
    from partnership_model.display.consultation.import_text import mapping_lines  # noqa: PLC0415 - as above
    from partnership_model.knowledge.surveys.guess import guess  # noqa: PLC0415 - as above
    from partnership_model.knowledge.surveys.mapping_text import mapping_text  # noqa: PLC0415 - as above
    from partnership_model.knowledge.surveys.paper_sheet import paper_mapping  # noqa: PLC0415 - as above

    if table.tool == "paper":
        return paper_mapping(questions)
    kept = file.with_name(f"{file.stem}.mapping.yaml")
    if kept.exists() and not preview:
        message = f"{kept} was kept from an earlier import. Give it with --mapping, or move it away to begin anew."
        raise PartnershipError(message)
    guessed = guess(table, questions)
    click.echo("\n".join(mapping_lines(guessed.mapping, guessed.unsure, questions)))
    if preview:
        return guessed.mapping
    if not sys.stdin.isatty():
        message = (
            "This is a guess, and nobody is there to agree. Write it out with --guess FORM.yaml, look at it, and give it with --mapping."
        )
        raise PartnershipError(message)
    if not click.confirm("Is every line right?"):
        message = "Nothing was stored. Write the guess out with --guess FORM.yaml, mend it, and give it with --mapping."
        raise PartnershipError(message)
    write_new(kept, mapping_text(guessed.mapping).encode())
    click.echo(f"The mapping is kept for the next export of this form: {printable(str(kept))}")
    return guessed.mapping


def _write_guess(table: SurveyTable, questions: QuestionSet, path: Path) -> None:
    from partnership_model.delivery.writing import write_new  # noqa: PLC0415 - as above
    from partnership_model.display.consultation.import_text import mapping_lines  # noqa: PLC0415 - as above
    from partnership_model.knowledge.surveys.guess import guess  # noqa: PLC0415 - as above
    from partnership_model.knowledge.surveys.mapping_text import mapping_text  # noqa: PLC0415 - as above

    guessed = guess(table, questions)
    write_new(path, mapping_text(guessed.mapping, [printable(one) for one in guessed.unsure]).encode())
    click.echo("\n".join(mapping_lines(guessed.mapping, guessed.unsure, questions)))
    click.echo(printable(str(path)))


def _report(found: ImportedBallots, questions: QuestionSet, *, preview: bool) -> None:
    from partnership_model.display.consultation.import_text import preview_lines, report_lines  # noqa: PLC0415 - as above

    lines = [*(preview_lines(found, questions, SHOWN) if preview else ()), *report_lines(found)]
    click.echo("\n".join(lines))


def _write_rejected(found: ImportedBallots, path: Path) -> None:
    """List what was rejected as CSV, of which no spreadsheet takes a text for a formula; nothing of a dropped column is in it."""
    from partnership_model.delivery.fact_list import as_cell  # noqa: PLC0415 - as above
    from partnership_model.delivery.writing import write_whole  # noqa: PLC0415 - as above

    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(HEAD)
    for one in found.rejected:
        became = "no ballot" if one.whole else "a ballot without this"
        writer.writerow([str(one.row), as_cell(one.column), as_cell(one.says), became])
    write_whole({path: held.getvalue()}, mark=",".join(HEAD))
    click.echo(f"What was rejected, and why: {printable(str(path))}")


HEAD = ("row", "column", "why", "what the row gave")


def _check_percentages(file: Path) -> None:
    from partnership_model.display.consultation.percentage_text import percentage_lines  # noqa: PLC0415 - as above
    from partnership_model.knowledge.surveys.stated_percentages import read_percentages  # noqa: PLC0415 - as above

    click.echo("\n".join(map(printable, percentage_lines(read_percentages(file)))))
