"""The step What matters: each way of weighing as a page, and two weighings side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.analysis.switching import TOLERANCE
from partnership_model.analysis.weighed_twice import weighed_twice
from partnership_model.display import weighing_words
from partnership_model.display.blocks import Table, as_data
from partnership_model.display.weighing import as_swings, asked, compared, shared, whole_left
from partnership_model.display.weighing_entry import entry
from partnership_model.display.weighing_tables import order_table, share_table, twice_table
from partnership_model.model.weights import Weights, from_points, from_ranking

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.display.exploration import Exploration
    from partnership_model.knowledge.catalogue import Criterion
    from partnership_model.knowledge.weighings import RankRule

RULES: dict[RankRule, str] = {
    "centroid": "The middle of all weights that keep the order (rank order centroid)",
    "rank_sum": "Equal steps from the last to the first (rank sum)",
}


def weighing_view(state: Exploration, appraisal: Appraisal, swings: list[dict[str, Any]], case_weights: str) -> dict[str, Any]:
    """Give what the templates of the step need: the way that is open, and the comparison of two weighings."""
    way = state.weighing.way
    found = shared(state.weighing, tuple(appraisal.problem.criteria))
    view = {
        "swings": swings,
        "left": len(state.unweighed),
        "nothing": not any(state.swings.values()),
        "case_weights": case_weights,
        "way": way,
        "ways": {name: said for name, said in weighing_words.WAYS.items() if name != way},
        "title": weighing_words.TITLES[way],
        "lead": weighing_words.LEADS[way],
        "criteria": {one["key"]: one for one in swings},
        "complete": not state.unweighed and any(state.swings.values()),
        "adopted": found is not None and _same(found, state),
        "usable": found is not None,
        "twice": _twice(state, appraisal),
        "second": state.weighing.first is not None and state.weighing.second is None,
        "entry": entry(state) if not state.unweighed and any(state.swings.values()) else "",
    }
    return view | (_VIEWS[way](state, appraisal) if way in _VIEWS else {})


def _same(found: Weights, state: Exploration) -> bool:
    swings = as_swings(found.shares)
    return swings.keys() == state.swings.keys() and all(abs(swings[name] - value) < TOLERANCE for name, value in state.swings.items())


def _points(state: Exploration, _appraisal: Appraisal) -> dict[str, Any]:
    said = state.weighing.points
    rows = [
        {
            "key": name,
            "points": f"{said[name]:g}" if name in said else "",
            "problem": state.problems.get(f"points-{name}", ""),
        }
        for name in state.problem.criteria
    ]
    left = whole_left(state.weighing)
    empty = sum(row["points"] == "" for row in rows)
    return {"rows": rows, "empty": empty, "left_to_give": left, "announce": weighing_words.left_to_give(left, empty)}


def _order(state: Exploration, appraisal: Appraisal) -> dict[str, Any]:
    criteria, order = appraisal.problem.criteria, state.weighing.order
    cards = []
    place = 1
    for at, step in enumerate(order):
        cards += [
            {
                "key": name,
                "place": place,
                "level": [criteria[other].label for other in step if other != name],
                "top": at == 0,
                # Alone at an end of the order, it cannot go further; the button stays, so that it keeps the focus.
                "first": at == 0 and len(step) == 1,
                "last": at == len(order) - 1 and len(step) == 1,
            }
            for name in step
        ]
        place += len(step)
    rest = [name for name in criteria if name not in state.weighing.placed]
    cards += [{"key": name, "place": 0, "level": [], "top": False, "first": False, "last": False} for name in rest]
    table = None
    if not rest:
        each = {rule: from_ranking(order, "", rule) for rule in RULES}
        table = as_data(Table.of("What the order says, in points of 100", order_table(appraisal.problem, each)))
    return {
        "cards": cards,
        "rest": len(rest),
        "rules": RULES,
        "order_table": table,
        "announce": weighing_words.order_said(order, criteria, len(rest)),
    }


def _pairs(state: Exploration, appraisal: Appraisal) -> dict[str, Any]:
    criteria = appraisal.problem.criteria
    names = tuple(criteria)
    found = compared(state.weighing, names)
    said = state.weighing.pairs
    blocks = [
        {"key": one, "pairs": [_pair(criteria, one, other, said.get((one, other))) for other in names[row + 1 :]]}
        for row, one in enumerate(names[:-1])
    ]
    words = weighing_words.consistency(found, {name: one.label for name, one in criteria.items()}) if found else []
    return {
        "blocks": blocks,
        "compared": len(said),
        "pairs": len(names) * (len(names) - 1) // 2,
        "found": words,
        "pair_table": as_data(Table.of("What the pairs say, in points of 100", share_table(appraisal.problem, found.shares)))
        if found
        else None,
        "announce": words[0] if words else "",
    }


def _pair(criteria: dict[str, Criterion], one: str, other: str, times: int | None) -> dict[str, Any]:
    return {
        "other": other,
        "value": "" if times is None else str(times),
        "choices": weighing_words.choices(criteria[one], criteria[other]),
    }


def _trade_offs(state: Exploration, appraisal: Appraisal) -> dict[str, Any]:
    found = asked(state.weighing, appraisal.values)
    criteria = appraisal.problem.criteria
    said = weighing_words.progress_said(found, appraisal, len(state.weighing.answers)) if found else []
    answered = [weighing_words.answer_said(question, reply, criteria) for question, reply in state.weighing.answers]
    question = found.question if found else None
    announce = " ".join(said)
    if question:
        announce = f"{weighing_words.question_said(question, criteria)} {announce}"
    return {
        "question": question,
        "part": f"{question.part:g}" if question else "",
        "how_far": weighing_words.PARTS[question.part] if question else "",
        "progress": said,
        "settled": bool(found and found.settled),
        "answered": answered,
        "announce": announce,
    }


def _twice(state: Exploration, appraisal: Appraisal) -> dict[str, Any] | None:
    first, second = state.weighing.first, state.weighing.second
    if first is None or second is None:
        return None
    criteria = appraisal.problem.criteria
    if set(criteria) - set(first.swings) or set(criteria) - set(second.swings):
        return None
    one, other = from_points(first.swings, ""), from_points(second.swings, "")
    found = weighed_twice(appraisal.values, one.shares, other.shares)
    return {
        "title": weighing_words.twice_title(found),
        "said": weighing_words.twice_said(found, appraisal),
        "table": as_data(Table.of("The two weighings side by side, in points of 100", twice_table(appraisal.problem, found))),
        "uses": weighing_words.USES,
        "how": [weighing_words.HOW[kept.weighing.way] for kept in (first, second)],
        "use": state.weighing.use,
    }


_VIEWS = {"points": _points, "order": _order, "pairs": _pairs, "trade_offs": _trade_offs}
