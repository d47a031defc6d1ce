"""What would change the answer, as frames: something left out, or several weights moved together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from partnership_model.analysis.overall import whole
from partnership_model.display import phrases, robustness_words, words

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.leave_out import LeftOut

LEFT_OUT = ["Left out", "What it is", "Comes first without it", "Changes what comes first"]
SMALLEST = ["To put first", "Points of 100 that would have to move", "From", "To"]


def leave_out_table(appraisal: Appraisal) -> pd.DataFrame:
    """Give who leads without each criterion and group, and without what leads now. Columns: Left out, What it is, Comes first, Changes.

    Options that do not lead are not listed: without them nothing changes.
    """
    rows = [
        (_name(appraisal, one), _kind(appraisal, one), _first(appraisal, one), ("yes" if one.changed else "no") if one.leaders else "")
        for one in appraisal.left_out
        if one.what != "option" or one.name in appraisal.leaders
    ]
    return pd.DataFrame(rows, columns=LEFT_OUT)


def _name(appraisal: Appraisal, one: LeftOut) -> str:
    if one.what == "group":
        return one.name
    return appraisal.problem.criteria[one.name].label if one.what == "criterion" else words.label_of(appraisal.problem, one.name)


def _kind(appraisal: Appraisal, one: LeftOut) -> str:
    if one.what == "criterion":
        shares = appraisal.problem.weights.shares if appraisal.problem.weights else {}
        return f"criterion, weight {whole(shares[one.name] * 100)} of 100"
    return "stakeholder group" if one.what == "group" else "option, comes first now"


def _first(appraisal: Appraisal, one: LeftOut) -> str:
    if not one.leaders:
        return "nothing: it carries all the weight"
    return phrases.listed(words.label_of(appraisal.problem, key) for key in one.leaders) + (" (tied)" if len(one.leaders) > 1 else "")


def smallest_change_table(appraisal: Appraisal) -> pd.DataFrame:
    """Give how few points would put each other option first, the fewest first. Columns: To put first, Points, From, To."""
    rows = []
    order = sorted(appraisal.smallest_changes.items(), key=lambda pair: pair[1].moved if pair[1] else float("inf"))
    for key, one in order:
        label = words.label_of(appraisal.problem, key)
        if one is None:
            rows.append((label, "no weights put it ahead", "", ""))
        else:
            parts = (robustness_words.moved_from(appraisal, one), robustness_words.moved_to(appraisal, one))
            rows.append((label, str(whole(one.moved)) if one.moved >= 1 else "less than 1", *map(phrases.capital, parts)))
    return pd.DataFrame(rows, columns=SMALLEST)
