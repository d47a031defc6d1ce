"""What somebody else saved beside what is chosen here: findings in words, the weights as a chart, and what the difference hangs on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.overall import whole
from partnership_model.analysis.side_by_side import BOTH, SideBySide, What, Whose, side_by_side
from partnership_model.display import phrases, words
from partnership_model.display.beside_chart import chart_weights
from partnership_model.display.blocks import Block, Figure, Heading, Paragraph, Table
from partnership_model.display.exploration import Exploration, after
from partnership_model.display.how_sure import Part
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    import datetime as dt

    from partnership_model.analysis.side_by_side import Difference, Outcome
    from partnership_model.knowledge.saved_changes import SavedBy
    from partnership_model.model.problem import DecisionProblem

MOST_BESIDE = 2
MOST_LISTED = 15
MOST_NAMED = 2  # options in a heading
HERE = "here"
_KINDS: dict[What, tuple[str, str]] = {
    "weights": ("the weights", "their weights"),
    "judgements": ("the judgements", "their judgements"),
    "must_haves": ("the must-haves", "their must-haves"),
}
_WITHHELD = {
    "no_option": "no option is left",
    "nobody_weighed": "nobody has weighed, so nothing is put in order",
    "unconfirmed": "judgements would have to be looked at before anything is put in order",
}


@dataclass(frozen=True)
class Beside:
    """What somebody saved, opened to be looked at beside ours and never mixed into it."""

    who: SavedBy
    state: Exploration

    def on(self, day: dt.date) -> Beside:
        """Give it with the law and facts of the day that is shown here."""
        if self.state.knowledge.day == day:
            return self
        return replace(self, state=after(self.state, {"do": "replay", "day": str(day)}))

    @cached_property
    def appraisal(self) -> Appraisal:
        """Work it out once."""
        return appraise(self.state.problem)


def beside_view(one: Appraisal, other: Beside, place: int, *, narrow: bool) -> dict[str, Any]:
    """Give one state beside ours as plain data: the finding, what it rests on, and parts with tables and a chart.

    Args:
        one: what follows here.
        other: what somebody saved.
        place: which of those that are open it is, from 1.
        narrow: for the width of a telephone.
    """
    found = side_by_side(one, other.appraisal)
    name = other.who.by
    people = phrases.counted(other.who.people, "person", "people")
    return {
        "place": place,
        "name": name,
        "heading": _finding(one, other.appraisal, name),
        "saved": f"Saved by {name} on {plain_day(other.who.on)}; {people} took part.",
        "sentences": [*_each(one, other.appraisal, name), *_must_haves(found, one.problem, other.appraisal.problem, name)],
        "cause": _cause(found, one.problem, name),
        "crossed": _crossed(found, one.problem, name),
        "parts": [
            part for part in (_weights(found, one.problem, name, place, narrow=narrow), _judgements(found, one, name, place)) if part
        ],
    }


def _finding(one: Appraisal, other: Appraisal, name: str) -> str:
    if one.withheld is not None or other.withheld is not None:
        where = HERE if one.withheld is not None else f"for {name}"
        return f"Nothing is put in order {where} yet, so only what was said can be compared"
    first, second = words.level_with_leader(one), words.level_with_leader(other)
    if set(first) == set(second):
        if len(first) == 1:
            return f"Both put {words.labels(one.problem, first)} first"
        return f"{phrases.capital(_front(one.problem, first))}, neither here nor for {name}"
    return f"{phrases.capital(_front(one.problem, first))} here; {_front(one.problem, second)} for {name}"


def _front(problem: DecisionProblem, options: tuple[str, ...]) -> str:
    if len(options) > MOST_NAMED:
        return f"{len(options)} options cannot be separated"
    said = words.labels(problem, options)
    return f"{said} cannot be separated" if len(options) > 1 else f"{said} comes first"


def _each(one: Appraisal, other: Appraisal, name: str) -> list[str]:
    return [f"Here: {phrases.uncapital(words.headline(one))}.", f"{phrases.capital(name)}: {phrases.uncapital(words.headline(other))}."]


def _must_haves(found: SideBySide, one: DecisionProblem, other: DecisionProblem, name: str) -> list[str]:
    """Say which must-haves and closed options only one of the two has."""
    where: dict[Whose, str] = {"one": "Only here", "other": f"Only for {name}"}
    said = []
    for whose in BOTH:
        if found.only[whose]:
            said.append(f"{where[whose]} a must-have: {' '.join(gate.says for gate in found.only[whose])}")
        if found.closed[whose]:
            problem = one if whose == "one" else other
            closed = found.closed[whose]
            said.append(f"{where[whose]} closed: {words.labels(problem, closed)}.")
    if not any(found.only.values()):
        said.append("The must-haves are the same.")
    return said


def _cause(found: SideBySide, problem: DecisionProblem, name: str) -> str:
    """Say which difference matters most for what comes first here."""
    if not found.different:
        return "Weights, judgements and must-haves are the same."
    if not (found.one.leaders and found.other.leaders):
        return ""
    if not found.matters:
        if unsure := [what for what in found.different if found.swapped[what].withheld is not None]:
            return " ".join(f"With {_KINDS[what][1]} in place of ours, {_said(found.swapped[what], problem)}." for what in unsure)
        if found.same_leader:
            return "None of the differences alone changes what comes first here on the likely figures."
        return "No difference alone changes what comes first here on the likely figures; only together do they."
    said = [f"With {_KINDS[what][1]} in place of ours, {_said(found.swapped[what], problem)}" for what in found.matters]
    rest = [_KINDS[what][0] for what in found.different if found.swapped[what] == found.one]
    same = f" Taking over {phrases.listed(rest)} alone changes nothing about that." if rest else ""
    return f"What matters most between us and {name} on the likely figures: {'. '.join(said)}.{same}"


def _said(outcome: Outcome, problem: DecisionProblem) -> str:
    if outcome.withheld is not None:
        return _WITHHELD[outcome.withheld]
    said = words.labels(problem, outcome.leaders)
    return f"{said} come first together" if len(outcome.leaders) > 1 else f"{said} comes first"


def _crossed(found: SideBySide, problem: DecisionProblem, name: str) -> Table:
    names: dict[Whose, str] = {"one": "Ours", "other": name}
    rows = [
        (
            f"Judgements and must-haves: {names[judged]}",
            *(phrases.capital(_said(found.crossed[judged, weighed], problem)) for weighed in BOTH),
        )
        for judged in BOTH
    ]
    heads = ("On the likely figures", *(f"Weights: {names[weighed]}" for weighed in BOTH))
    return Table(f"What comes first with whose judgements and whose weights, beside {name}", heads, tuple(rows))


def _weights(found: SideBySide, problem: DecisionProblem, name: str, place: int, *, narrow: bool) -> Part | None:
    """Put the weights side by side: the widest gap first, then a chart and its table."""
    if found.largest is None:
        return None
    largest, gap = found.largest
    label = problem.criteria[largest].label
    ours, theirs = (whole(points or 0.0) for points in found.weights[largest])
    heading = f"The weights differ most in {phrases.uncapital(label)}: {ours} here, {theirs} for {name}"
    if whole(abs(gap)) == 0:
        heading = f"The weights are the same here and for {name}"
    labels = {key: criterion.label for key, criterion in problem.criteria.items()}
    rows = tuple(
        (labels[key], whole(one or 0.0), whole(other or 0.0), _gap(whole(one or 0.0), whole(other or 0.0)))
        for key, (one, other) in found.weights.items()
    )
    blocks: tuple[Block, ...] = (
        Heading(heading),
        Figure.of("Weights in points of 100", chart_weights(found, labels, name, narrow=narrow)),
        Table(f"The weights beside those of {name}", ("Criterion", "Ours", name, f"{name}, against ours"), rows),
    )
    return Part(f"beside_weights_{place}", folded=False, blocks=blocks)


def _gap(one: int, other: int) -> str:
    return f"{other - one} more" if other > one else f"{one - other} fewer" if one > other else "the same"


def _judgements(found: SideBySide, one: Appraisal, name: str, place: int) -> Part | None:
    """List the judgements of which the figures differ, what matters most first."""
    count = len(found.judgements)
    seen = f"Looked at only here: {found.seen['one']}. Looked at only by {name}: {found.seen['other']}."
    if not count and not any(found.seen.values()):
        return None
    turning = sum(each.turns for each in found.judgements)
    differ = f"{phrases.counted(count, 'judgement')} {'differs' if count == 1 else 'differ'}"
    which = "it alone" if count == 1 else f"{turning} of them alone" if turning else "none of them alone"
    alone = f"{which} would {'not ' if count == 1 and not turning else ''}change what comes first here"
    heading = f"{differ}; {alone}" if one.withheld is None and count else differ if count else "All figures of the judgements are the same"
    blocks: tuple[Block, ...] = (Heading(heading), *([Paragraph(seen, "note")] if any(found.seen.values()) else []))
    if count:
        rows = tuple(_row(each, one) for each in found.judgements[:MOST_LISTED])
        more = f", the {MOST_LISTED} that matter most" if count > MOST_LISTED else ""
        heads = ("Judgement", "Ours", name, "What it would bring the option here", "Changes what comes first here")
        blocks += (Table(f"The judgements that differ from those of {name}{more}", heads, rows),)
    return Part(f"beside_judgements_{place}", folded=False, blocks=blocks)


def _row(each: Difference, one: Appraisal) -> tuple[str, ...]:
    problem, known = one.problem, one.withheld is None
    criterion = problem.criteria[each.criterion]
    say = words.span if known else _ends
    points = "–" if each.points is None or not known else _more(whole(each.points))
    return (
        f"{words.label_of(problem, each.option)}: {phrases.uncapital(criterion.label)}",
        say(each.one, criterion.scale.unit),
        say(each.other, criterion.scale.unit),
        points,
        ("yes" if each.turns else "no") if known else "–",
    )


def _more(points: int) -> str:
    return f"{phrases.counted(abs(points), 'point')} {'more' if points > 0 else 'fewer'}" if points else "less than a point"


def _ends(amount: Any, unit: str) -> str:  # noqa: ANN401 - a range
    """Say where figures begin and end: while the order is withheld no likely one is shown."""
    say = phrases.pounds if unit == "GBP_per_pupil_per_year" else str
    return f"{say(whole(amount.low))} to {say(whole(amount.high))}"
