"""How each group's weights were taken, for the report and `result.json`: method, consistency, two weighings, raw answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from partnership_model.analysis.trade_offs import progress
from partnership_model.analysis.weighed_twice import WeighedTwice, weighed_twice
from partnership_model.display import phrases, weighing_words
from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph, Table
from partnership_model.display.rounding import number
from partnership_model.display.weighing_tables import raw_table, twice_table
from partnership_model.knowledge.consultation.consulted_weights import elicited_from
from partnership_model.knowledge.schema import plain_day
from partnership_model.model.pairwise import ACCEPTABLE, Priorities, priorities
from partnership_model.model.weights import weighed

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.cases import Case
    from partnership_model.knowledge.consultation.record import ConsultationRecord
    from partnership_model.knowledge.weighings import Comparison, GroupWeights, Weighing
    from partnership_model.model.problem import DecisionProblem

METHODS = {"swing": "swing", "points": "points", "ranking": "ranking", "pairs": "pairs", "trade_offs": "trade-offs"}
RULES = {"centroid": "the rank order centroid", "rank_sum": "the rank sum"}
HUNDRED, CLOSE = 100.0, 1e-6
USED = {"first": "The first is used.", "second": "The second is used.", "mean": "The mean of the two is used."}


def part(case: Case, appraisal: Appraisal) -> list[Block]:
    """Say how each group's weights were taken, and put what it said beside its weights; nothing where nobody weighed."""
    groups = case.file.weighings
    if not groups or appraisal.problem.weights is None:
        return []
    blocks: list[Block] = [Heading("How the weights were taken", 3)]
    for group in groups:
        if case.consulted and elicited_from(case.consulted, group):
            blocks.append(Paragraph(by_ballots(group, case.consulted)))
            continue
        blocks += [Paragraph(said(one, group.group, appraisal, again=one is not group)) for one in group.weighings]
        if found := _consistencies(group, appraisal.problem):
            blocks.append(Bullets(tuple(found)))
    for group in groups:
        if twice := compare(group, appraisal):
            used = USED[group.use or "mean"]
            blocks += [
                Bullets((*weighing_words.twice_said(twice, appraisal), used)),
                Table.of(f"{group.group} weighed twice, in points of 100", twice_table(appraisal.problem, twice)),
            ]
    for group in groups:
        blocks += [
            Table.of(_caption(group, one), raw_table(one, appraisal.problem))
            for one in group.weighings
            if _has_weight(one, appraisal.problem) and not (case.consulted and elicited_from(case.consulted, group))
        ]
    return [
        *blocks,
        Paragraph(
            "Points are rounded to whole numbers one by one. An order is worth what the rule that is named makes of it; how often each "
            "option comes out on top over all weights that keep the order is another question, answered under how sure.",
            "note",
        ),
    ]


def by_ballots(group: GroupWeights, record: ConsultationRecord) -> str:
    """Say what the weights of a group in a consultation are made of: ballots, by which nobody said these numbers."""
    taken, together = group.elicited, record.together
    how = "by orders" if "points" not in record.questions.also else "by orders and points"
    if together and together.by_points:
        how += f" ({together.by_points} of all {together.counted} shared out points)"
    return f"{group.group}: {phrases.counted(taken.people, 'answer')}, {plain_day(taken.on)}, {how} ({taken.how})."


def said(one: Weighing, group: str, appraisal: Appraisal, *, again: bool = False) -> str:
    """Say who weighed, when and how, and what became of it."""
    taken = one.elicited
    people = phrases.counted(taken.people, "person", "people")
    text = f"{group}{', again' if again else ''}: {people}, {plain_day(taken.on)}, by {METHODS[one.method]} ({taken.how})"
    if one.method == "ranking":
        return f"{text}, turned into weights by {RULES[one.by or 'centroid']}."
    if one.method == "pairs":
        return f"{text}, turned into weights by the principal eigenvector."
    if one.method == "trade_offs":
        return f"{text}. {_trade_offs(cast('tuple[Comparison, ...]', one.values), appraisal)}"
    return f"{text}. {_scaled(one)}".rstrip()


def _scaled(one: Weighing) -> str:
    """Say what shared-out points came to, where that is not 100: weights are shares of it, and a reader may add up."""
    total = sum(cast("dict[str, float]", one.values).values())
    if one.method != "points" or abs(total - HUNDRED) <= CLOSE:
        return ""
    return f"Its points sum to {total:g}, not to 100; each weight is its share of that."


def _trade_offs(answers: tuple[Comparison, ...], appraisal: Appraisal) -> str:
    """Say that the middle of what the answers leave is used, and whether they settle which option leads."""
    used = f"{phrases.counted(len(answers), 'condition')} on the weights; the middle of the weights that fit is used."
    kept = tuple(one for one in answers if {one.more, one.than} <= set(appraisal.problem.criteria))
    if len(appraisal.values.options) < 2:
        return used
    found = progress(appraisal.values, kept)
    if found.settled:
        return f"{used} They settle which option leads on the likely figures."
    return f"{used} For some of the weights that fit, each of {len(found.possible)} options leads on the likely figures."


def consistency(one: Weighing, problem: DecisionProblem) -> Priorities | None:
    """Give what compared pairs say together; None for another method."""
    if one.method != "pairs":
        return None
    comparisons = cast("tuple[Comparison, ...]", one.values)
    named = dict.fromkeys((*problem.criteria, *(name for pair in comparisons for name in (pair.more, pair.than))))
    return priorities(tuple(named), comparisons)


def _consistencies(group: GroupWeights, problem: DecisionProblem) -> list[str]:
    found = (consistency(one, problem) for one in group.weighings)
    return [sentence for one in found if one for sentence in weighing_words.consistency(one, _labels(one, problem))]


def _labels(found: Priorities, problem: DecisionProblem) -> dict[str, str]:
    return {name: problem.criteria[name].label if name in problem.criteria else name.replace("_", " ") for name in found.shares}


def compare(group: GroupWeights, appraisal: Appraisal) -> WeighedTwice | None:
    """Put a group's two weighings side by side; None where it weighed once, or one gives no weight to what is left."""
    criteria = appraisal.values.criteria
    each = [weighed(one, group.group, criteria).shares for one in group.weighings]
    if len(each) < 2 or not all(any(one.values()) for one in each):
        return None
    return weighed_twice(appraisal.values, *each)


def _has_weight(one: Weighing, problem: DecisionProblem) -> bool:
    return any(weighed(one, "", tuple(problem.criteria)).shares.values())


def _caption(group: GroupWeights, one: Weighing) -> str:
    which = ", the second time" if one is not group else ", the first time" if group.again else ""
    return f"What {phrases.uncapital(group.group)} said{which}, beside the weights"


def data(case: Case, appraisal: Appraisal) -> list[dict[str, Any]]:
    """Give for each group how its weights were elicited, as plain numbers for `result.json`."""
    return [_group(group, appraisal) for group in case.file.weighings]


def _group(group: GroupWeights, appraisal: Appraisal) -> dict[str, Any]:
    twice = compare(group, appraisal)
    return {
        "group": group.group,
        "use": (group.use or "mean") if group.again else None,
        "weighings": [_weighing(one, appraisal.problem) for one in group.weighings],
        "largest_difference": None if twice is None else {"criterion": twice.largest[0], "points": number(twice.largest[1])},
        "swapped": None if twice is None else [list(pair) for pair in twice.swapped],
        "same_leader": None if twice is None or appraisal.withheld is not None else twice.same_leader,
    }


def _weighing(one: Weighing, problem: DecisionProblem) -> dict[str, Any]:
    found = consistency(one, problem)
    shares = weighed(one, "", tuple(problem.criteria)).shares
    total = sum(shares.values())
    return {
        "method": one.method,
        "by": (one.by or "centroid") if one.method == "ranking" else None,
        "on": one.elicited.on.isoformat(),
        "people": one.elicited.people,
        "weights": {name: number(share / total) for name, share in shares.items()} if total else None,
        "consistency": None
        if found is None
        else {
            "ratio": None if found.ratio is None else number(found.ratio),
            "index": number(found.index),
            "random_index": found.random_index,
            "limit": ACCEPTABLE,
            "greatest_eigenvalue": number(found.greatest),
            "compared": found.compared,
            "pairs": found.pairs,
        },
    }
