"""The first page of an option appraisal: what is asked, what follows, what would change it, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.display import screening_words, tables, weight_set_words, words
from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph, Stamp, Table
from partnership_model.display.sections import lacks, nearest_switches
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.cases import Case

NAMED_FROM = 0.05


def summary(case: Case, appraisal: Appraisal, warnings: Sequence[str] = ()) -> list[Block]:
    """Say on one page what was asked, what follows, what would change it and what is missing."""
    problem = appraisal.problem
    blocks: list[Block] = [Heading(case.file.title, 1), Stamp(words.EDITION[case.edition])]
    blocks += [Stamp("illustrative")] if case.file.illustrative else []
    blocks += [Stamp(words.CASE_STATUS[case.file.status])]
    if case.file.illustrative_note:
        blocks.append(Paragraph(case.file.illustrative_note, "note"))
    blocks += [
        Heading(words.headline(appraisal), 2, "summary"),
        Paragraph(words.explanation(appraisal), "lead"),
        Paragraph(f"The question: {case.file.decision} {case.file.decides} Law and facts are meant for {plain_day(problem.day)}."),
        Bullets((*_summary_points(case, appraisal), *warnings)),
        Table.of("The options at a glance", tables.summary_table(appraisal)),
    ]
    if appraisal.robustness:
        blocks.append(Paragraph(words.not_a_chance(problem), "note"))
    return [*blocks, Paragraph(words.NOT_LEGAL_ADVICE, "note")]


def _summary_points(case: Case, appraisal: Appraisal) -> list[str]:
    points = screening_words.places(appraisal.problem)
    if appraisal.robustness:
        points.append(_first_places(appraisal))
        points += nearest_switches(appraisal)
    points.append(words.unconfirmed(appraisal.problem))
    if case.file.recommendation is None:
        points.append(lacks(case, "The case gives no recommendation yet, and the workbook never writes one."))
    return points


def _first_places(appraisal: Appraisal) -> str:
    """Say how often each option comes first, leaving out none that does so in 5 of 100 or cannot be separated from the leader."""
    drawn = appraisal.robustness
    if drawn is None:
        return ""
    shares = sorted(((drawn.first_place_share(key), key) for key in drawn.options), reverse=True)
    named = [(part, key) for part, key in shares if part >= NAMED_FROM or key in words.level_with_leader(appraisal)]
    rest = 100 - sum(whole(part * 100) for part, _ in named)
    parts = [f"{words.labels(appraisal.problem, [key])} {whole(part * 100)}" for part, key in named]
    return f"Of 100 {weight_set_words.ways(appraisal.problem)}, first place goes to: {', '.join(parts)}" + (
        f"; all others together {rest}." if rest > 0 and len(named) < len(shares) else "."
    )
