"""What is said in a terminal of a survey that is imported: how its columns are read, its first answers, and what became of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import phrases
from partnership_model.errors import printable
from partnership_model.knowledge.surveys.tools import TOOLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from partnership_model.knowledge.consultation.ballots import Ballot
    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from partnership_model.knowledge.surveys.imported import Duplicate, ImportedBallots, Rejection
    from partnership_model.knowledge.surveys.mapping import Mapping

MOST_NAMED = 8
LONGEST_COMMENT = 70
WIDEST = 90  # letters of a heading


def mapping_lines(mapping: Mapping, unsure: Sequence[str], questions: QuestionSet) -> Iterator[str]:
    """Say which column is read as what."""
    labels = {one.key: one.label for one in questions.criteria} | {f"option {one.key}": one.label for one in questions.options}
    yield f"Read as an export of {TOOLS[mapping.tool].label}:" if mapping.tool not in ("paper", "other") else "Read as a table:"
    for key, who in (("group", mapping.group), ("school", mapping.school)):
        if who:
            yield f"  {key}: {_heading(who.column) if who.column is not None else f'{who.everyone}, for everybody'}"
    if mapping.order:
        yield from _order(mapping, labels)
    yield from (f"  points for {labels[name]}: {_heading(column)}" for name, column in mapping.points.items())
    columns = mapping.support.columns if mapping.support else {}
    yield from (f"  for or against {labels[f'option {name}']}: {_heading(column)}" for name, column in columns.items())
    yield from (f"  comment: {_heading(column)}" for column in mapping.comment)
    if mapping.date is not None:
        yield f"  day of the answer, not kept: {_heading(mapping.date)}"
    yield from (f"  compared to find the same person twice, not kept: {_heading(column)}" for column in mapping.respondent)
    if mapping.drop:
        yield f"  not read: {_named(map(_heading, mapping.drop))}"
    if unsure:
        yield "Look at these first:"
        yield from (f"  - {printable(one)}" for one in unsure)


def _order(mapping: Mapping, labels: dict[str, str]) -> Iterator[str]:
    order = mapping.order
    if order is None:
        return
    if order.one_cell is not None:
        yield f"  order, what matters most first: {_heading(order.one_cell)}"
    yield from (f"  place of {labels[name]}, 1 for what matters most: {_heading(column)}" for name, column in order.item_columns.items())
    yield from (f"  what is in place {place}: {_heading(column)}" for place, column in enumerate(order.position_columns, 1))
    yield from (f'    "{printable(text)}" is {labels[name]}' for text, name in order.criteria.items())


def preview_lines(found: ImportedBallots, questions: QuestionSet, most: int) -> Iterator[str]:
    """Show the first answers as they would be read."""
    for row, ballot in list(zip(found.rows, found.ballots, strict=True))[:most]:
        yield f"row {row}: {_answer(ballot, questions)}"
    if len(found.ballots) > most:
        yield f"and {len(found.ballots) - most:,} more"


def _answer(ballot: Ballot, questions: QuestionSet) -> str:
    labels = {one.key: one.label for one in questions.criteria}
    options = {one.key: one.label for one in questions.options}
    parts = [f"{ballot.group or 'group not said'}, {ballot.school or 'school not said'}"]
    if ballot.places:
        parts.append("order: " + ", ".join(" = ".join(labels[name] for name in step) for step in ballot.steps))
    if ballot.points:
        parts.append("points: " + ", ".join(f"{labels[name]} {number}" for name, number in ballot.points.items()))
    parts += [f"{level.replace('_', ' ')}: {options[name]}" for name, level in ballot.support.items()]
    if ballot.comment:
        said = " ".join(ballot.comment.split())
        parts.append(f'"{said[:LONGEST_COMMENT]}{"..." if len(said) > LONGEST_COMMENT else ""}"')
    return printable("; ".join(parts))


def report_lines(found: ImportedBallots) -> Iterator[str]:
    """Say what became of every answer in the file."""
    rejected, gone = len(found.rejected_rows), sum(len(one.dropped) for one in found.duplicates)
    partly = {one.row for one in found.rejected if not one.whole} - set(found.rejected_rows)
    left = f", {gone:,} left out as duplicates" if gone else ""
    many = phrases.counted(found.answers, "answer")
    yield f"{printable(found.source)}: {many}, of which {len(found.ballots):,} read, {rejected:,} rejected{left}."
    if partly:
        yield f"{phrases.counted(len(partly), 'answer was', 'answers were')} read in part: rows {_numbers(sorted(partly))}."
    yield from map(_rejection, found.rejected[:MOST_NAMED])
    if len(found.rejected) > MOST_NAMED:
        yield f"... and {len(found.rejected) - MOST_NAMED:,} more such lines."
    yield from map(_duplicate, found.duplicates[:MOST_NAMED])
    if len(found.duplicates) > MOST_NAMED:
        yield f"... and {len(found.duplicates) - MOST_NAMED:,} more such sets of rows."
    if any(not one.dropped for one in found.duplicates):
        yield "Duplicates are kept unless --drop-duplicates says otherwise: two people may well answer alike."
    for because in dict.fromkeys(one.because for one in found.dropped):
        names = [_heading(one.column) for one in found.dropped if one.because == because]
        yield f"Dropped, {printable(because)}: {', '.join(names)}."
    yield from map(printable, found.notes)


def _rejection(one: Rejection) -> str:
    return printable(f"Row {one.row}{f', {_heading(one.column)}' if one.column else ''}: {one.says}.".replace("?.", "?").replace("..", "."))


def _duplicate(one: Duplicate) -> str:
    why = "the same respondent" if one.by == "respondent" else "the same answers and words"
    return f"Rows {_numbers(one.rows)}: {why}. {f'Left out: {_numbers(one.dropped)}.' if one.dropped else 'All are kept.'}"


def _numbers(rows: Sequence[int]) -> str:
    more = f" and {len(rows) - MOST_NAMED:,} more" if len(rows) > MOST_NAMED else ""
    return f"{', '.join(map(str, rows[:MOST_NAMED]))}{more}"


def _heading(text: str) -> str:
    return printable(f'"{text[:WIDEST]}{"..." if len(text) > WIDEST else ""}"')


def _named(names: Iterable[str]) -> str:
    every = list(names)
    more = f" and {len(every) - MOST_NAMED} more" if len(every) > MOST_NAMED else ""
    return f"{', '.join(every[:MOST_NAMED])}{more}"
