"""The sections of an option appraisal, as blocks, in the order in which people ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import (
    charts,
    elicitation,
    fact_sections,
    fact_words,
    phrases,
    tables,
    words,
)
from partnership_model.display.blocks import Block, Bullets, Figure, Heading, Paragraph, Table
from partnership_model.display.how_sure import report_parts
from partnership_model.display.not_public import lacks

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case
    from partnership_model.model.problem import DecisionProblem

ROUNDED = "Points are rounded to whole numbers one by one, so a row may differ from its total by one or two."
MOSTLY_ESTIMATES = "Most figures are estimates in prices of 2016, not quotations."
SPREAD = "Variation inside a kind of structure is larger than between kinds: a range says what is plausible, not what will happen."


def nearest_switches(appraisal: Appraisal, count: int = 2) -> list[str]:
    """Give the sentences for the weights that need to move least to put another option first."""
    moves = [move for one in appraisal.switching for move in words.switching_of(appraisal, one)]
    return [sentence for _, sentence in sorted(moves)[:count]]


def why(case: Case, knowledge: KnowledgeOfDay) -> list[Block]:
    """Say why the group asks, what should get better, and which schools decide."""
    blocks: list[Block] = [Heading("Why we are asking", 2, "why")]
    blocks += fact_sections.said(case.file.why, knowledge, lacks(case, "The case does not say why the group is asking."))
    blocks += [Heading("What should get better", 3)]
    blocks += fact_sections.said(case.file.aims, knowledge, lacks(case, "The case does not say what should get better."))
    blocks += [Table.of("The schools" + (" (invented)" if case.file.illustrative else ""), tables.school_table(case, knowledge.base))]
    return blocks


def must_haves(case: Case, appraisal: Appraisal) -> list[Block]:
    """Say what is not negotiable, and which options are open to which school."""
    problem = appraisal.problem
    blocks: list[Block] = [Heading("Must-haves, and who may take part", 2, "must-haves")]
    if case.file.non_negotiables:
        blocks.append(Bullets(tuple(gate.says for gate in case.file.non_negotiables)))
    else:
        blocks.append(Paragraph("The group has named no must-haves.", "missing"))
    if appraisal.withheld == "no_option":
        blocks.append(Paragraph(words.explanation(appraisal), "lead"))
    blocks += [
        Table.of("Which options are open to the group, and why", tables.status_table(problem)),
        Table.of("Each school's place in each option", tables.membership_table(problem)),
    ]
    return blocks


def what_matters(case: Case, appraisal: Appraisal) -> list[Block]:
    """Say what the criteria mean and what carries which weight, by stakeholder group."""
    problem = appraisal.problem
    blocks: list[Block] = [Heading("What matters", 2, "what-matters")]
    if problem.weights is None:
        return [
            *blocks,
            Paragraph("Nobody has weighed yet.", "missing"),
            Table.of("Criteria, from worst to best", tables.weight_table(problem)),
        ]
    blocks += [
        Table.of("Weights of 100, by stakeholder group", tables.weight_table(problem)),
        Paragraph(f"In use: {problem.weights.said}. A weight is worth the lift from the worst to the best that stands beside it.", "note"),
    ]
    overlapping = [
        f"{criterion.label} and {problem.criteria[other].label} may overlap: ask whether anything is counted twice."
        for name, criterion in problem.criteria.items()
        for other in criterion.overlaps
        if other in problem.criteria and name < other
    ]
    blocks += [Bullets(tuple(overlapping))] if overlapping else []
    return [*blocks, *elicitation.part(case, appraisal)]


def what_follows(appraisal: Appraisal) -> list[Block]:
    """Show where each option's points come from, and the money behind the cost."""
    problem = appraisal.problem
    blocks: list[Block] = [Heading("What follows", 2, "what-follows")]
    if appraisal.contributions and appraisal.withheld is None:
        title = contribution_title(appraisal)
        blocks += [
            Figure.of(title, charts.chart_contributions(appraisal)),
            Table.of(
                "Points from each criterion, likely figures",
                tables.contribution_table(appraisal),
                tables.exact_contributions(appraisal),
                "Total",
            ),
            Paragraph(ROUNDED, "note"),
        ]
    else:
        blocks.append(Paragraph(words.explanation(appraisal), "missing"))
    said = words.dominated(appraisal)
    blocks += [Bullets(tuple(said))] if said else []
    first = problem.options[0].screening.schools[0].school
    years = problem.options[0].money.years
    blocks += [
        Heading("The money behind the cost", 3),
        Table.of("Cost or saving a pupil and year, against staying, by school", tables.money_table(problem)),
        Table.of(f"Where it comes from: {first}", tables.money_items_table(problem, first)),
        Paragraph(f"Set-up less grant is spread over {years} years. {MOSTLY_ESTIMATES}", "note"),
    ]
    return blocks


def contribution_title(appraisal: Appraisal) -> str:
    """Say which two criteria divide the options most."""
    points = appraisal.contributions or {}
    if len(points) < 2:
        return "Where the points come from"
    spread = {
        name: max(one[name] for one in points.values()) - min(one[name] for one in points.values()) for name in appraisal.problem.criteria
    }
    top = sorted(spread, key=lambda name: -spread[name])[:2]
    names = phrases.capital(phrases.listed(appraisal.problem.criteria[name].label.lower() for name in top))
    return f"{names} {'divide' if len(top) > 1 else 'divides'} the options most"


def how_sure(appraisal: Appraisal) -> list[Block]:
    """Show ranges, shares and switching values, and what has not been looked at."""
    problem = appraisal.problem
    blocks: list[Block] = [Heading("How sure, and what would change it", 2, "how-sure"), Paragraph(words.unconfirmed(problem), "lead")]
    if appraisal.overall is None:
        return [*blocks, Paragraph(words.explanation(appraisal), "missing")]
    blocks += [
        Figure.of("How far the evidence lets each option move", charts.chart_ranges(appraisal)),
        Table.of("Overall values", tables.overall_table(appraisal), tables.exact_overall(appraisal)),
        Paragraph(SPREAD, "note"),
    ]
    if appraisal.withheld == "unconfirmed":
        cells = tuple(
            f"{words.label_of(problem, one.option)}: {problem.criteria[one.criterion].label.lower()}" for one in appraisal.to_confirm
        )
        return [*blocks, Paragraph(f"{words.headline(appraisal)}:", "missing"), Bullets(cells)]
    if appraisal.robustness:
        blocks += [
            Figure.of(words.headline(appraisal), charts.chart_shares(appraisal)),
            Table.of("How often each option takes each place, of 100 ways of weighing", tables.place_table(appraisal)),
            Paragraph(f"{words.not_a_chance(problem)} {appraisal.robustness.samples:,} were drawn.", "note"),
        ]
    blocks += [
        Figure.of(switching_title(appraisal), charts.chart_switching(appraisal)),
        Table.of("What would change the answer: the weight of one criterion at a time", tables.switching_table(appraisal)),
    ]
    return blocks + [block for part in report_parts(appraisal, annex=False) for block in part.blocks]


def switching_title(appraisal: Appraisal) -> str:
    """Give the one change of a weight that needs least to put another option first."""
    nearest = nearest_switches(appraisal, 1)
    return nearest[0].rstrip(".") if nearest else "No weight of one criterion alone changes who comes first"


def door_finding(problem: DecisionProblem) -> str:
    """Say from which options that may be chosen no way back was found."""
    closing = [one.in_a_sentence for one in problem.options if one.status != "closed" and "stay" in one.way_out.closed_doors]
    if not closing:
        return "No option closes a door, as far as the facts go"
    return f"From {phrases.listed(closing)} no way back to a council-maintained school was found"


def doors(appraisal: Appraisal, knowledge: KnowledgeOfDay) -> list[Block]:
    """Say how each option can be left again, to what no way was found, and what it takes to get into each."""
    problem = appraisal.problem
    return [
        Heading("Which doors stay open", 2, "doors"),
        Paragraph(door_finding(problem), "lead"),
        Table.of("The way out of each option", tables.way_out_table(problem)),
        Table.of("From standing alone into each option", tables.move_table(problem, knowledge, "stay")),
        Paragraph("Months and sums are estimates, whatever the mark of the law.", "note"),
    ]


def what_next(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay) -> list[Block]:
    """Give next steps, the steps of each open option, and the group's own recommendation."""
    blocks: list[Block] = [Heading("What next", 2, "next")]
    if case.file.next_steps and case.file.status != "decided":
        blocks.append(Paragraph("What the schools' own paper says comes next. Nothing here is decided.", "note"))
    blocks += fact_sections.said(case.file.next_steps, knowledge, lacks(case, "The case names no next steps."))
    rows = []
    for option in appraisal.problem.ranked_options:
        already = next(one.members_today for one in case.options if one.option == option.key)
        school = next((one for one in case.members if one.name not in already), case.members[0])
        months = knowledge.fact("set_up_months", option.key, school.category, school.form)
        steps = knowledge.fact("steps", option.key, school.category, school.form)
        asked = [one for one in case.members if one.name not in already] or case.members
        consents = tables.by_answer([(one.name, knowledge.fact("consents", option.key, one.category, one.form)) for one in asked])
        listed = " ".join(f"{number}. {step.do} ({step.who})." for number, step in enumerate(steps.steps, 1)) or steps.says
        listed = f"For {school.name}: {listed}" + (f" Members already: {phrases.listed(already)}." if already else "")
        rows.append((option.label, fact_words.told(months), consents, listed))
    blocks.append(
        Table(
            "Months, consents and steps of each option",
            ("Option", "Months", "Who must agree", "Steps"),
            tuple(rows),
        )
    )
    blocks.append(Heading("The recommendation", 3))
    said = case.file.recommendation
    if said is None:
        missing = lacks(case, "The case gives no recommendation.")
        return [*blocks, Paragraph(f"{missing} A recommendation, its conditions and any dissent are the group's own words.", "missing")]
    blocks.append(Paragraph(said.says))
    for name, items in (("Conditions", said.conditions), ("Dissent", said.dissent)):
        if items is not None:
            blocks += [Paragraph(f"{name}:"), Bullets(items)] if items else [Paragraph(f"{name}: none.")]
    return blocks
