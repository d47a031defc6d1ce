"""The presentation view: the present state of the room as slides, one finding each, of public items only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from partnership_model.analysis.appraisal import appraise
from partnership_model.analysis.overall import whole
from partnership_model.display import charts, fact_words, phrases, projector_charts, screening_words, sections, tables, words
from partnership_model.display.blocks import TEMPLATES, Table, as_data
from partnership_model.display.exploration import ThisCase
from partnership_model.knowledge.editions import REASON_KEPT, public_edition
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.display.drawing import Drawing
    from partnership_model.display.exploration import Exploration
    from partnership_model.knowledge.cases import Case
    from partnership_model.model.problem import ProblemOption

MOST_LINES, MOST_FACTS, MOST_BESIDE = 5, 3, 2


@dataclass(frozen=True)
class Slide:
    """One idea: a finding as its title, and at most one chart, short table, set of weights or five lines that show it.

    Attributes:
        key: its name among the slides.
        lines: short sentences.
        note: what the slide does not say.
    """

    key: str
    title: str
    lines: tuple[str, ...] = ()
    table: dict[str, Any] | None = None
    chart: Drawing | None = None
    weights: tuple[dict[str, Any], ...] = ()
    note: str = ""


def public(state: Exploration) -> Exploration:
    """Give the state as a hall may see it: the public edition of the case, and no reason that anybody typed."""
    judgements = {cell: replace(one, reasoning=REASON_KEPT) for cell, one in state.judgements.items()}
    return replace(state, case=_public_case(ThisCase(state.case)), judgements=judgements, asked="")


@lru_cache(maxsize=2)
def _public_case(this: ThisCase) -> Case:
    return public_edition(this.case)


def slide_page(state: Exploration, wanted: int) -> tuple[str, dict[str, dict[str, Any]], str]:
    """Write one slide.

    Returns:
        The HTML, the chart by its place, and what follows in one sentence for those who hear the page.
    """
    shown = public(state)
    appraisal = appraise(shown.problem)
    found = slides(shown, appraisal)
    at = min(wanted, len(found) - 1)
    slide = found[at]
    html = TEMPLATES.get_template("present/slide.html.j2").render(
        slide=slide,
        at=at,
        count=len(found),
        case=shown.case.file,
        day=plain_day(shown.knowledge.day),
        replayed=state.replayed,
        problem=state.problems.get("page", ""),
    )
    drawn = {f"slide-{slide.key}": slide.chart.to_dict()} if slide.chart else {}
    return html, drawn, words.headline(appraisal)


def slides(state: Exploration, appraisal: Appraisal) -> list[Slide]:
    """Make the slides of a public state, in the order in which a group decides."""
    made = (
        [_question(state), _schools(state)],
        _facts(state, appraisal),
        [_must_haves(state, appraisal), _weights(state, appraisal), _follows(state, appraisal)],
        _would_change(appraisal),
        _how_sure(state, appraisal),
        [_doors(appraisal), _next(state), _what_it_is(state, appraisal)],
    )
    return [slide for some in made for slide in some]


def _question(state: Exploration) -> Slide:
    file = state.case.file
    said = [one.says for one in file.why[: MOST_LINES - 2]]
    return Slide("question", file.decision, (*said, file.decides, f"{words.CASE_STATUS[file.status]}."), note=file.illustrative_note or "")


def _schools(state: Exploration) -> Slide:
    kinds: dict[str, list[str]] = {}
    for school in state.case.file.schools:
        kind = phrases.capital(fact_words.kind_of_school(state.knowledge.base, school.category, school.form))
        kinds.setdefault(kind, []).append(school.name + ("" if school.role == "member" else " (invited)"))
    members = state.case.members
    deciding = len({(school.category, school.form) for school in members})
    title = (
        f"{phrases.counted(len(members), 'school')} of {phrases.counted(deciding, 'kind')} {'decides' if len(members) == 1 else 'decide'}"
    )
    rows = tuple((kind, phrases.listed(names)) for kind, names in kinds.items())
    return Slide("schools", title, table=as_data(Table("The schools by kind", ("Kind of school", "Schools"), rows)))


def _facts(state: Exploration, appraisal: Appraisal) -> Iterator[Slide]:
    """Show the first few key answers that differ for the school that is looked at, beside two options at most."""
    school = next(one for one in state.case.file.schools if one.name == state.school)
    keys = ("stay", *(key for key in state.compared if key != "stay"))[: 1 + MOST_BESIDE]
    chosen = [(key, words.label_of(appraisal.problem, key)) for key in keys]
    first = [name for name, one in state.knowledge.base.attributes.items() if one.first_question]
    rows = tables.comparison(state.knowledge, school, chosen, first)
    differing = [row for row in rows if row.differs]
    if len(chosen) == 1 or not differing:
        return
    questions = state.knowledge.base.attributes
    lines = tuple((questions[row.attribute].question, *map(fact_words.told, row.facts)) for row in differing[:MOST_FACTS])
    title = f"{len(differing)} of {len(rows)} key answers would not be the same for {school.name}"
    shown = phrases.counted(len(lines), "of them stands here", "of them stand here")
    table = Table(f"For {school.name}; {shown}", ("Question", *(label for _, label in chosen)), lines)
    yield Slide("facts", title, table=as_data(table))


def _must_haves(state: Exploration, appraisal: Appraisal) -> Slide:
    options = appraisal.problem.options
    left = sum(one.status != "closed" for one in options)
    title = f"{'All' if left == len(options) else left} of {len(options)} options are left" if left else "No option is left"
    title = title.replace(f"All of {len(options)}", f"All {len(options)}")
    named = [gate for gate in state.offered_gates if gate.id in state.gates]
    lines = [f"“{gate.says.rstrip('.')}” closes {_closed_by(gate.id, options)}." for gate in named]
    lines += [f"The law closes {phrases.listed(law)} to this group." for law in [_closed_by_law(options)] if law]
    if not named:
        lines.insert(0, "The group has named no must-have yet.")
    return Slide("must-haves", title, tuple(_at_most(lines)))


def _closed_by(gate: str, options: tuple[ProblemOption, ...]) -> str:
    return phrases.listed(one.in_a_sentence for one in options for result in one.gates if result.gate.id == gate and result.failed)


def _closed_by_law(options: tuple[ProblemOption, ...]) -> list[str]:
    return [one.in_a_sentence for one in options if one.screening.status == "closed"]


def _at_most(lines: list[str]) -> list[str]:
    """Keep five lines; where there are more, the last says how many."""
    more = len(lines) - MOST_LINES + 1
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], f"And {more} more."]


def _weights(state: Exploration, appraisal: Appraisal) -> Slide:
    problem = appraisal.problem
    shares = problem.weights.shares if problem.weights else {}
    rows = tuple(
        {
            "key": name,
            "label": criterion.label,
            "value": whole(state.swings.get(name, 0)),
            "share": f"{whole(shares[name] * 100)} of 100" if name in shares else "none yet",
        }
        for name, criterion in problem.criteria.items()
    )
    most = max(shares.values(), default=0.0)
    top = [problem.criteria[name].label.lower() for name, share in shares.items() if whole(share * 100) == whole(most * 100)]
    many = len(top) > 1
    title = (
        f"{phrases.capital(phrases.listed(top))} {'weigh' if many else 'weighs'} most: {whole(most * 100)} of 100{' each' if many else ''}"
    )
    note = "A weight is worth the lift from the worst to the best of its criterion. Moving one moves every share."
    return Slide("weights", title if shares else "Nobody has weighed yet", weights=rows, note=note)


def _follows(state: Exploration, appraisal: Appraisal) -> Slide:
    if appraisal.overall is None:
        return Slide("follows", words.headline(appraisal), (words.explanation(appraisal),))
    title = words.headline(appraisal)
    likely = sorted(whole(amount.likely) for amount in appraisal.overall.values())
    if appraisal.withheld is None and len(likely) > 1:
        title = f"On the likely figures the overall values run from {likely[0]} to {likely[-1]} of 100, and the ranges are wider"
    if appraisal.withheld is None and len(words.level_with_leader(appraisal)) == 1:
        leader = appraisal.leaders[0]
        amount = appraisal.overall[leader]
        name = phrases.capital(appraisal.problem.option(leader).in_a_sentence)
        least, at, most = whole(amount.low), whole(amount.likely), whole(amount.high)
        title = f"{name} has the highest overall value, {at} of 100; it may lie from {least} to {most}"
    draw = charts.chart_ranges(appraisal, narrow=True) if state.narrow else projector_charts.ranges(appraisal)
    return Slide("follows", title, chart=draw)


def _would_change(appraisal: Appraisal) -> Iterator[Slide]:
    """Say which weights would put another option first; the nearest is the title."""
    if appraisal.withheld is None and appraisal.switching:
        changes = sections.nearest_switches(appraisal, MOST_LINES)
        yield Slide("changes", sections.switching_title(appraisal), tuple(changes[1:]))


def _how_sure(state: Exploration, appraisal: Appraisal) -> Iterator[Slide]:
    if appraisal.withheld is None and appraisal.robustness:
        draw = charts.chart_shares(appraisal, narrow=True) if state.narrow else projector_charts.shares(appraisal)
        yield Slide("sure", words.headline(appraisal), chart=draw, note=words.NOT_A_CHANCE)


def _doors(appraisal: Appraisal) -> Slide:
    problem = appraisal.problem
    rows = tuple(
        (
            option.label,
            screening_words.counted_doors(option.way_out),
            "No way back was found" if "stay" in option.way_out.closed_doors else "There is a way out" if option.key != "stay" else "",
        )
        for option in problem.options
    )
    table = Table("What stays open from each option", ("Option", "Doors open", "Out again, standing alone"), rows)
    return Slide("doors", sections.door_finding(problem), table=as_data(table))


def _next(state: Exploration) -> Slide:
    file = state.case.file
    if file.recommendation:
        conditions = [f"On condition that: {phrases.uncapital(one)}" for one in file.recommendation.conditions or ()]
        dissent = [f"Dissent: {phrases.uncapital(one)}" for one in file.recommendation.dissent or ()]
        return Slide("next", file.recommendation.says, tuple(_at_most([*conditions, *dissent])))
    steps = _at_most([one.says for one in file.next_steps])
    title = (
        f"What comes next: {phrases.counted(len(file.next_steps), 'step')}, and nothing is decided"
        if steps
        else "No next step is named yet"
    )
    return Slide("next", title, tuple(steps))


def _what_it_is(state: Exploration, appraisal: Appraisal) -> Slide:
    lines = [words.unconfirmed(appraisal.problem), "Scores narrow and explain; people decide.", "This is not legal advice."]
    lines += [state.case.file.illustrative_note] if state.case.file.illustrative_note else []
    return Slide("what-it-is", "This supports a decision; it does not make one", tuple(lines))
