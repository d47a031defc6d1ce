"""What a case says of its own appraisal, as blocks: who took part, what was looked at and left out, and its logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.display import not_public, phrases
from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph, Table
from partnership_model.display.checklist_items import overlapping
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case
    from partnership_model.knowledge.record_entries import Entry, Note

NOT_SAID = "not said"
KINDS = {
    "options_agreed": "options agreed",
    "criteria_agreed": "criteria agreed",
    "weights_set": "weights set",
    "scores_agreed": "judgements agreed",
    "result_seen": "result seen",
    "status_changed": "status changed",
    "other": "other",
}


def lacks(case: Case, says: str) -> Paragraph:
    """Say in a paragraph what a case lacks."""
    return Paragraph(not_public.lacks(case, says), "missing")


def cited(says: str, entry: Entry, knowledge: KnowledgeOfDay) -> str:
    """Put the source of an entry behind what it says, where it has one."""
    return f"{says} ({knowledge.base.sources[entry.source].title})" if entry.source else says


def notes(entries: Sequence[Note] | None, case: Case, knowledge: KnowledgeOfDay, missing: str) -> list[Block]:
    """List what is said, each with the source that says it."""
    if not entries:
        return [lacks(case, missing)]
    return [Bullets(tuple(cited(one.says, one, knowledge) for one in entries))]


def took_part(case: Case) -> list[Block]:
    """Say who took part in which role, what each declared, who was absent, and how conflicts were met."""
    record = case.file.appraisal
    blocks: list[Block] = [Heading("Who took part", 3)]
    if record.took_part:
        rows = tuple((one.role, one.did or NOT_SAID, one.interests or NOT_SAID) for one in record.took_part)
        blocks.append(Table("Roles that took part", ("Role", "What it did", "Interests declared"), rows))
    else:
        blocks.append(lacks(case, "The case does not say who took part."))
    if record.absent is None:
        blocks.append(lacks(case, "The case does not say who was absent."))
    elif record.absent:
        blocks.append(Bullets(tuple(f"Absent: {one.role}. {one.why or 'Why is not said.'}" for one in record.absent)))
    else:
        blocks.append(Paragraph("Nobody who should have taken part was absent."))
    if record.conflicts is None:
        blocks.append(lacks(case, "The case does not say whether there were conflicts of interest."))
    elif record.conflicts:
        rows = tuple((one.role, one.says, one.handled) for one in record.conflicts)
        blocks.append(Table("Conflicts of interest", ("Role", "Conflict", "What was done about it"), rows))
    else:
        blocks.append(Paragraph("No conflict of interest was found."))
    return blocks


def trend(case: Case, knowledge: KnowledgeOfDay) -> list[Block]:
    """Say where staying as we are is heading, since it does not stand still either."""
    missing = "The case does not say where staying as we are is heading, so it is compared as it stands today."
    return [Heading("Where staying as we are is heading", 3), *notes(case.file.appraisal.trend, case, knowledge, missing)]


def long_list(case: Case, knowledge: KnowledgeOfDay) -> list[Block]:
    """Give the long list, with the reason why an option fell from it."""
    blocks: list[Block] = [Heading("The long list", 3)]
    listed = case.file.appraisal.long_list
    if not listed:
        return [*blocks, lacks(case, "The case gives no long list: nobody can see what was thought of and dropped before these options.")]
    rows = tuple((one.option, "fell" if one.fell else "kept", cited(one.fell or "", one, knowledge)) for one in listed)
    return [*blocks, Table("What was thought of", ("Option", "Fell or kept", "Why it fell"), rows)]


def criteria(case: Case, appraisal: Appraisal) -> list[Block]:
    """Say which criteria were left out, and what came of looking for overlaps."""
    record, problem = case.file.appraisal, appraisal.problem
    blocks: list[Block] = [Heading("What was left out, and what may overlap", 3)]
    if record.criteria_left_out is None:
        blocks.append(lacks(case, "The case does not say which criteria were left out."))
    elif record.criteria_left_out:
        rows = tuple((one.criterion, one.why) for one in record.criteria_left_out)
        blocks.append(Table("Criteria left out", ("Criterion", "Why"), rows))
    else:
        blocks.append(Paragraph("No criterion that was thought of was left out."))
    labels = {name: criterion.label for name, criterion in problem.criteria.items()}
    checked = record.overlaps_checked or ()
    if checked:
        said = tuple((phrases.listed(labels.get(name, name) for name in one.criteria), one.says) for one in checked)
        blocks.append(Table("Overlaps looked for", ("Criteria", "What was found"), said))
    left = [pair for pair in overlapping(problem) if not any({*pair} <= set(one.criteria) for one in checked)]
    if left:
        named = "; ".join(f"{labels[one]} and {labels[other].lower()}" for one, other in left)
        blocks.append(lacks(case, f"Nobody wrote down whether these count one thing twice: {named}."))
    elif not checked:
        blocks.append(Paragraph("Of these criteria the catalogue names no two that may count one thing twice."))
    return blocks


def policy(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay) -> list[Block]:
    """Say what a change of policy would mean for the options, as the case sees it."""
    scenarios = case.file.appraisal.policy_scenarios
    blocks: list[Block] = [Heading("If policy changes", 3)]
    if not scenarios:
        return [*blocks, lacks(case, "The case gives no policy scenario. The policy of the day stands under “The facts”.")]
    for one in scenarios:
        blocks.append(Paragraph(f"{one.name}: {cited(one.says, one, knowledge)}"))
        if one.means:
            rows = tuple((appraisal.problem.option(part.option).label, part.says) for part in one.means)
            blocks.append(Table(f"What it would mean: {one.name}", ("Option", "What it would mean"), rows))
    return blocks


def afterwards(case: Case, knowledge: KnowledgeOfDay) -> list[Block]:
    """Say what would make the group look again, and from which day the appraisal counts no longer."""
    record = case.file.appraisal
    missing = "The case does not say what would make the group look again."
    blocks: list[Block] = [Heading("When to look again", 3), *notes(record.triggers, case, knowledge, missing)]
    if record.expires:
        return [
            *blocks,
            Paragraph(f"From {plain_day(record.expires)} this appraisal counts no longer: law, money and schools will have moved."),
        ]
    return [*blocks, Paragraph("The case gives no day from which this appraisal counts no longer.", "missing")]


def logs(case: Case, knowledge: KnowledgeOfDay) -> list[Block]:
    """Give the logs of assumptions and of decisions, and who checked the appraisal."""
    record = case.file.appraisal
    blocks: list[Block] = [Heading("Logs and assurance", 3)]
    assumed: list[tuple[Any, ...]] = [
        (cited(one.says, one, knowledge), one.effect, one.reliability, one.who, plain_day(one.on) if one.on else NOT_SAID)
        for one in record.assumptions or ()
    ]
    columns = ("Assumption", "What it does to the result", "Reliability", "Who answers for it", "Day")
    blocks += [Table("Log of assumptions", columns, tuple(assumed))] if assumed else [lacks(case, "The case gives no log of assumptions.")]
    decided = [(plain_day(one.on), KINDS[one.kind], one.says, one.by) for one in sorted(record.decisions or (), key=lambda one: one.on)]
    columns = ("Day", "What", "Decision", "By")
    blocks += [Table("Log of decisions", columns, tuple(decided))] if decided else [lacks(case, "The case gives no log of decisions.")]
    checked = [(one.by, plain_day(one.on), one.checked, one.limits) for one in record.assurance or ()]
    columns = ("By", "Day", "What was checked", "What was not")
    blocks += [Table("Assurance", columns, tuple(checked))] if checked else [lacks(case, "The case does not say that anybody checked it.")]
    return blocks
