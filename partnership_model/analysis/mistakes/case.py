"""Mistakes in how a case is made and told: hopes, minds made up, old facts, options that were never given a fair look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.mistakes.found import Mistake
from partnership_model.analysis.switching import shown_leaders
from partnership_model.knowledge.listing import resting_on_withdrawn, stale, stale_rules
from partnership_model.knowledge.wording import made_up_mind, money_per_point
from partnership_model.model.money import total
from partnership_model.model.problem import COST
from partnership_model.model.value_functions import value_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    import numpy as np

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case
    from partnership_model.model.problem import ProblemOption

OPINION = "D"
SAVINGS = "savings"
OLD_PRICES = 3  # years after which prices of an earlier year mislead
FAR_LESS = 3  # judgements fewer than the option that was looked at most
LISTS = ("why", "aims", "claims", "next_steps")


def optimism(case: Case, appraisal: Appraisal) -> Iterator[Mistake]:
    """Find a first place that hangs on hopes: on judgements that are opinion only, or on savings that may not come.

    The Treasury's Green Book calls the habit optimism bias. Benefits take time to come through, and savings most of all. So what is
    opinion only about the option in front is put at its low figure, and then all options' savings are left out.
    """
    weights = appraisal.problem.weights
    if appraisal.ranking is None or weights is None:
        return
    values, array = appraisal.values, weights.array(appraisal.values.criteria)
    cells = [
        (key, name) for key in appraisal.leaders for name in values.criteria if appraisal.problem.judgements[key, name].grade == OPINION
    ]
    lowered = values.likely.copy()
    for key, name in cells:
        place = values.row(key), values.criteria.index(name)
        lowered[place] = values.low[place]
    first = _named(values.options, lowered @ array)
    if cells and not set(appraisal.leaders) <= set(first):
        names = list(dict.fromkeys(name for _, name in cells))
        yield Mistake("optimism", appraisal.leaders, {"kind": "opinion", "criteria": names, "leaders": first})
    first = _named(values.options, _without_savings(case, appraisal) @ array)
    if not set(appraisal.leaders) <= set(first):
        yield Mistake("optimism", appraisal.leaders, {"kind": "savings", "criteria": [COST], "leaders": first})


def _named(options: Sequence[str], totals: np.ndarray) -> list[str]:
    return [options[row] for row in shown_leaders(totals)]


def _without_savings(case: Case, appraisal: Appraisal) -> np.ndarray:
    """Give the likely values with no savings in the cost that is computed from facts."""
    likely, criterion = appraisal.values.likely.copy(), appraisal.problem.criteria.get(COST)
    if criterion is None:
        return likely
    for option in appraisal.problem.ranked_options:
        if appraisal.problem.judgements[option.key, COST].origin == "computed":
            worst, best = sorted((criterion.scale.worst, criterion.scale.best))
            cost = min(max(_cost_without_savings(case, option), worst), best)
            likely[appraisal.values.row(option.key), appraisal.values.criteria.index(COST)] = value_of(criterion, [cost])[0]
    return likely


def _cost_without_savings(case: Case, option: ProblemOption) -> float:
    pupils = {school.name: school.pupils for school in case.members if school.name in option.money.by_school}
    saved = {
        name: total(line.amount for line in option.money.lines if line.school == name and line.item == SAVINGS).likely for name in pupils
    }
    return option.money.group.likely - sum(saved[name] * count for name, count in pupils.items()) / (sum(pupils.values()) or 1)


def predetermination(case: Case) -> Iterator[Mistake]:
    """Find words of a mind that is made up in a case that is not decided.

    A preferred option may be consulted on while the mind is open (NAHT v Ofsted [2025] EWHC 2891 (Admin), paragraph 73, as
    11KBW quote it); a consultation comes while proposals are still formative (R v Brent, ex parte Gunning, 1985).
    """
    file = case.file
    if file.status == "decided":
        return
    texts = {"title": file.title, "decision": file.decision, "decides": file.decides}
    texts |= {f"{key} {place}": one.says for key in LISTS for place, one in enumerate(getattr(file, key), 1)}
    texts |= {f"consultation {place}": one.asked for place, one in enumerate(file.appraisal.consultation or (), 1)}
    if file.recommendation:
        texts["recommendation"] = file.recommendation.says
    for place, text in texts.items():
        sentence = made_up_mind(text, preferred=file.status in ("exploring", "consulting"))
        if sentence:
            yield Mistake("predetermination", (place,), {"status": file.status, "sentence": sentence})
    closes = max((one.closed for one in file.appraisal.consultation or () if one.closed), default=None)
    for one in file.resolutions:
        if closes and one.state == "passed" and one.on and one.on < closes:
            found = {"status": file.status, "sentence": "", "passed": one.on.isoformat(), "closes": closes.isoformat()}
            yield Mistake("predetermination", (one.called or one.body,), found)
    if file.recommendation and file.status == "exploring" and not file.appraisal.consultation:
        yield Mistake("predetermination", ("recommendation",), {"status": file.status, "sentence": ""})


def cost_per_point(case: Case) -> Iterator[Mistake]:
    """Find money divided by points in the case's own words; the workbook itself never divides.

    Where nought means the worst that was thought of and not nothing, twice the points is not twice the good, so a ratio
    means nothing; another choice of nought turns it round.
    """
    file = case.file
    texts = {f"{key} {place}": one.says for key in LISTS for place, one in enumerate(getattr(file, key), 1)}
    if file.recommendation:
        texts["recommendation"] = " ".join(
            (file.recommendation.says, *(file.recommendation.conditions or ()), *(file.recommendation.dissent or ()))
        )
    for place, text in texts.items():
        sentence = money_per_point(text)
        if sentence:
            yield Mistake("cost_per_point", (place,), {"sentence": sentence})


def stale_facts(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay, today: dt.date) -> Iterator[Mistake]:
    """Find facts that nobody has checked since they went stale, what rests on a withdrawn source, and prices of long ago.

    The AQuA Book (2025) asks for a sunset date on every analysis.
    """
    expires = case.file.appraisal.expires
    if expires and expires <= today:
        yield Mistake("stale_facts", (), {"kind": "expired", "day": expires.isoformat()})
    old = [*stale(knowledge.base, today), *stale_rules(knowledge.base, today)]
    if old:
        yield Mistake("stale_facts", tuple(old), {"kind": "stale"})
    for said in resting_on_withdrawn(knowledge):
        yield Mistake("stale_facts", (), {"kind": "withdrawn", "says": said})
    facts = [fact for option in appraisal.problem.options for line in option.money.lines for fact in line.facts]
    years = [fact.price_year for fact in facts if fact.price_year is not None]
    if years and knowledge.day.year - min(years) >= OLD_PRICES:
        yield Mistake("stale_facts", (), {"kind": "prices", "price_year": min(years), "day": knowledge.day.isoformat()})


def built_to_lose(appraisal: Appraisal) -> Iterator[Mistake]:
    """Find options behind that the group has looked at far less than at another one.

    A report on a housing appraisal said that options had been chosen beforehand (ESSU 2007). An option that nobody looked at
    stands on starting assumptions for a typical case, never on its own best version.
    """
    problem = appraisal.problem
    keys = [option.key for option in problem.ranked_options]
    seen = {key: sum(problem.judgements[key, name].confirmed for name in problem.criteria) for key in keys}
    most = max(seen.values(), default=0)
    less = {key: count for key, count in seen.items() if key not in appraisal.leaders and count * 2 <= most and most - count >= FAR_LESS}
    if less:
        yield Mistake("built_to_lose", tuple(less), {"looked_at": less, "most": most, "of": len(problem.criteria)})
