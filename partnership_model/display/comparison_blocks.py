"""A comparison of two runs as the blocks of a page: the first place, then results, inputs, and the facts of the two days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import words
from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph, Stamp, Table
from partnership_model.display.comparison_findings import counts, headline, method, notes
from partnership_model.display.comparison_words import Row, Speaker
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from partnership_model.analysis.run_comparison import Comparison, Part
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.run_result import RunResult

TABLES: dict[Part, str] = {
    "order": "The order",
    "overall": "Overall values, 0 to 100",
    "first_places": "How often each option comes first, of the ways of weighing drawn",
    "weights_in_use": "Weights in use",
    "status": "Which options are open, and to whom",
    "separation": "Options that can be told apart",
    "warnings": "Warnings",
    "mistakes": "Mistakes that were looked for and found",
    "missing": "What is missing",
    "settings": "Settings",
    "question": "The question",
    "schools": "The schools",
    "options": "The options, as the case gives them",
    "criteria": "The criteria",
    "weights": "What the groups said matters",
    "must_haves": "The must-haves",
    "money": "Assumptions on money",
    "judgements": "The judgements in use",
    "record": "Recommendation, resolutions and how the case was appraised",
}
FACTS, LAW = "Answers about the options, on the two days", "Law and sums of the country, on the two days"
ILLUSTRATIVE = "Illustrative:"
Section = tuple[str, str, list[tuple[str, list[Row]]]]


def sections(found: Comparison, base: KnowledgeBase) -> list[Section]:
    """Give each section with its anchor and its tables of differences; a table without rows is left out."""
    speak = Speaker(found, base)
    # What readers would see twice alike is no difference to them; `--json` has it.
    of = {part: [row for one in found.of(part) if (row := speak.row(one)).before != row.after] for part in TABLES}
    facts = [speak.fact(one) for one in found.facts if one.answered]
    law = [speak.rule(one) for one in found.rules if one.answered]
    parts = list(TABLES)
    first_input = parts.index("settings")
    groups = [
        ("results", "What came out", [(TABLES[part], of[part]) for part in parts[:first_input]]),
        ("inputs", "What was put in", [(TABLES[part], of[part]) for part in parts[first_input:]]),
        ("facts", "Facts and law of the two days", [(FACTS, facts), (LAW, law)]),
    ]
    return [(anchor, title, [(caption, rows) for caption, rows in tables if rows]) for anchor, title, tables in groups]


def sizes(every: list[Section]) -> list[int]:
    """Count the differences of each section."""
    return [sum(len(rows) for _, rows in tables) for _, _, tables in every]


def blocks(found: Comparison, base: KnowledgeBase) -> list[Block]:
    """Give the page."""
    runs = (found.before, found.after)
    every = sections(found, base)
    made: list[Block] = [Heading(headline(found), 1, "summary"), *_stamps(*runs), Paragraph(counts(*sizes(every)), "lead")]
    made += [Bullets(said)] if (said := notes(found)) else []
    made.append(_two_runs(*runs))
    for anchor, title, tables in every:
        made.append(Heading(title if tables else f"{title}: nothing differs", 2, anchor))
        made += [Table(caption, ("What", "A", "B"), tuple((row.what, row.before, row.after) for row in rows)) for caption, rows in tables]
    return [*made, Heading("How this was compared", 2, "method"), Bullets(method(found))]


def _stamps(a: RunResult, b: RunResult) -> list[Block]:
    """Stamp a page as its stricter run is stamped."""
    edition = "governors" if "governors" in (a.edition, b.edition) else "public"
    invented = any(one.startswith(ILLUSTRATIVE) for one in (*a.warnings, *b.warnings))
    return [Stamp(words.EDITION[edition]), *([Stamp("illustrative")] if invented else [])]


def _two_runs(a: RunResult, b: RunResult) -> Table:
    rows = [
        ("Case", a.case, b.case),
        ("As of", plain_day(a.as_of), plain_day(b.as_of)),
        ("Edition", *(words.EDITION[run.edition] for run in (a, b))),
        ("Seed", str(a.seed), str(b.seed)),
        ("Version of the workbook", a.version, b.version),
        ("Mark of all inputs", a.input_hash[:12], b.input_hash[:12]),
    ]
    return Table("The two runs", ("What", "A", "B"), tuple(rows))
