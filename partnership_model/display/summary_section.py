"""The first page of an option appraisal: what is asked, what follows, what would change it, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import charts, checklist, phrases, tables, words
from partnership_model.display.blocks import Block, Bullets, Figure, Heading, Paragraph, Stamp, Table
from partnership_model.display.checklist_items import Seen
from partnership_model.display.sections import door_finding, nearest_switches
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.cases import Case

# What a reader of one page asks for by name where it is missing, in this order: parts of the checklist.
ASKED_FOR = {
    "13.risks": "risks",
    "14.looked_at": "equality",
    "15.changed": "what a consultation changed",
    "19.assurance": "who checked it",
    "19.decisions": "a log of decisions",
}
NAMED = 3


def summary(case: Case, appraisal: Appraisal, warnings: Sequence[str] = ()) -> list[Block]:
    """Say on one page what was asked, what follows, what would change it, what is missing and what comes next."""
    blocks: list[Block] = [Heading(case.file.title, 1), Stamp(words.EDITION[case.edition])]
    blocks += [Stamp("illustrative")] if case.file.illustrative else []
    blocks += [Stamp(words.CASE_STATUS[case.file.status])]
    if case.file.illustrative_note:
        blocks.append(Paragraph(case.file.illustrative_note, "note"))
    blocks += [
        Heading(words.headline(appraisal), 2, "summary"),
        Paragraph(words.explanation(appraisal), "lead"),
        Bullets((*_asked(case, appraisal), *_found(appraisal), *warnings, *_left(case, appraisal))),
    ]
    glance = tables.summary_table(appraisal)
    if appraisal.robustness:
        glance = glance.drop(columns="Judgements looked at")  # how many stands above; one page holds no more
        blocks.append(Figure.of("In how many of ten ways of weighing each option comes first", charts.chart_shares_on_one_page(appraisal)))
    blocks.append(Table.of("The options at a glance", glance))
    assumed = f"{words.not_a_chance(appraisal.problem)} " if appraisal.robustness else ""
    return [*blocks, Paragraph(f"{assumed}{words.NOT_LEGAL_ADVICE}", "note")]


def _asked(case: Case, appraisal: Appraisal) -> list[str]:
    """Say what is to be decided, who decides and by when; the stamp above says how far it has got."""
    by = case.file.appraisal.decide_by
    when = f"To be decided by {plain_day(by)}." if by else "By when: not given."
    return [
        f"The question, by the law and facts of {plain_day(appraisal.problem.day)}: {case.file.decision}",
        f"Who decides: {case.file.decides} {when}",
    ]


def _found(appraisal: Appraisal) -> list[str]:
    """Say what would change the answer, which doors close, and how much was looked at."""
    changes = [f"What would change it: {one}" for one in nearest_switches(appraisal, 1)]
    if appraisal.robustness and not changes:
        changes = ["What would change it: no weight of one criterion alone."]
    return [*changes, f"{door_finding(appraisal.problem)}.", words.unconfirmed(appraisal.problem)]


def _left(case: Case, appraisal: Appraisal) -> list[str]:
    """Say what is missing, what the group recommends, and what it does next."""
    seen = Seen(case, appraisal.problem, appraisal.withheld)
    names = [one.name for one in checklist.missing(seen)]
    among = [said for name, said in ASKED_FOR.items() if name in names][:NAMED]
    said = f"{checklist.counted(seen)}{f' Among them: {phrases.listed(among)}.' if among else ''}{' The end names each.' if names else ''}"
    advice = case.file.recommendation
    steps = case.file.next_steps
    return [
        said,
        f"The group recommends: {advice.says}"
        if advice
        else _lacks(case, "What the group recommends", "The case gives no recommendation yet, and the workbook never writes one."),
        f"What happens next: {steps[0].says}" if steps else _lacks(case, "What happens next", "The case names no next steps."),
    ]


def _lacks(case: Case, about: str, says: str) -> str:
    """Say what a case lacks; in one list with other things a public edition has to say what it is about."""
    return says if case.edition == "governors" else f"{about}: nothing on this is in the public edition of the case."
