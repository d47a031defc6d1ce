"""Mistakes in how scores are read: blanks, hidden decimals, what no weights rescue, what other points make up for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.appraisal import SEPARATED
from partnership_model.analysis.mistakes.found import Mistake
from partnership_model.analysis.overall import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.leave_out import LeftOut
    from partnership_model.analysis.robustness import Robustness

AT_THE_WORST = 10  # points of 100: a likely value below it is as good as the worst
HEAVY = 0.1  # of all weight: a criterion that carries less is hardly a deal-breaker


def blanks(appraisal: Appraisal) -> Iterator[Mistake]:
    """Find options with cells that nobody has judged.

    A blank is never a nought here: the whole scale stands in for it. A published housing sheet counted blanks as nought.
    """
    problem = appraisal.problem
    for option in problem.ranked_options:
        empty = [name for name in problem.criteria if problem.judgements[option.key, name].origin == "missing"]
        if empty:
            total = (appraisal.overall or {}).get(option.key)
            ends = None if total is None else [whole(total.low), whole(total.high)]
            yield Mistake("blanks", (option.key,), {"criteria": empty, "overall": ends})


def false_precision(appraisal: Appraisal) -> Iterator[Mistake]:
    """Find options that the order puts behind the one in front though what is known does not separate them, and the other way round.

    Waste guidance has two options that tie at 23 of 30; printed with a decimal such a tie becomes an order. Here order is
    by whole numbers, and two options are separated only where one is ahead in four of five ways of weighing and judging.
    """
    drawn = appraisal.robustness
    if drawn is None or appraisal.overall is None:
        return
    totals = {key: whole(amount.likely) for key, amount in appraisal.overall.items()}
    for leader in appraisal.leaders:
        near = [other for other in _level_with(leader, appraisal) if totals[other] < totals[leader]]
        if near:
            found = {"kind": "order", "totals": {key: totals[key] for key in (leader, *near)}}
            yield Mistake("false_precision", (leader, *near), found)
        for other in appraisal.leaders:
            if _ahead(drawn, leader, other) >= SEPARATED:
                yield Mistake("false_precision", (leader, other), {"kind": "tie", "ahead": _ahead(drawn, leader, other)})


def _level_with(leader: str, appraisal: Appraisal) -> list[str]:
    pairs = [set(pair) for pair in appraisal.cannot_separate]
    return [key for key in appraisal.values.options if {leader, key} in pairs]


def _ahead(drawn: Robustness, one: str, other: str) -> float:
    return float(drawn.pairwise[drawn.options.index(one), drawn.options.index(other)])


def no_do_nothing(appraisal: Appraisal) -> Iterator[Mistake]:
    """Find an appraisal in which staying is not compared with the rest.

    The Treasury's Green Book asks for business as usual as the baseline. A case without staying is refused when it is read; a
    must-have can still close staying, and a case can leave it unranked. Where nothing is left, nothing is compared.
    """
    staying = next((option for option in appraisal.problem.options if option.key == "stay"), None)
    if (staying is not None and staying.ranked) or not appraisal.problem.ranked_options:
        return
    failed = [] if staying is None else [result.gate.says for result in staying.gates if result.failed]
    yield Mistake("no_do_nothing", ("stay",), {"must_haves": failed, "shown_only": staying is not None and staying.shown_only})


def rank_reversal(leaders: Sequence[str], left_out: Sequence[LeftOut]) -> Iterator[Mistake]:
    """Find options whose going changes which other option comes first, though they do not come first themselves.

    With fixed anchors this cannot be (see `leave_out.without_each_option`); it is run again each time all the same.
    """
    for one in left_out:
        if one.what == "option" and one.changed and one.name not in leaders:
            yield Mistake("rank_reversal", (one.name,), {"leaders_without": list(one.leaders)})


def dominated(appraisal: Appraisal) -> Iterator[Mistake]:
    """Find options that are nowhere better than another one, so that no weights put them ahead of it."""
    for option in dict.fromkeys(one.option for one in appraisal.dominated):
        better = [one for one in appraisal.dominated if one.option == option]
        certain = [one.by for one in better if one.certain]
        yield Mistake("dominated", (option,), {"by": certain or [one.by for one in better], "certain": bool(certain)})


def deal_breaker(appraisal: Appraisal) -> Iterator[Mistake]:
    """Find what may break the deal for the option in front, and is made up for by points elsewhere.

    Points add up, so a very bad value on one criterion can be bought back. Three things cannot: a must-have that nobody has
    decided yet, a school for which there is no place, and whatever the group would call a must-have if it were asked.
    """
    problem, values = appraisal.problem, appraisal.values
    for key in appraisal.leaders:
        option = problem.option(key)
        outside = [one.school for one in option.screening.with_membership("none")]
        if outside:
            yield Mistake("deal_breaker", (key,), {"kind": "no_place", "schools": outside})
        open_ = [result.gate.says for result in option.gates if result.undecided]
        if open_:
            yield Mistake("deal_breaker", (key,), {"kind": "must_have", "must_haves": open_})
        for column, name in enumerate(values.criteria):
            likely, weight = float(values.likely[values.row(key), column]), problem.weights.shares[name] if problem.weights else 0.0
            if likely < AT_THE_WORST and weight >= HEAVY:
                yield Mistake("deal_breaker", (key, name), {"kind": "worst", "value": whole(likely), "weight": weight})
