"""Twenty cases made from the Ember schools, each with one of the known mistakes; and their notebook as it is after a run."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import nbformat

from partnership_model.display.blocks import Figure, as_data
from partnership_model.display.notebook import AppraisalRun, Result
from partnership_model.knowledge.cases import CaseFile, CaseJudgement
from partnership_model.knowledge.schema import Range
from partnership_model.knowledge.shipped import shipped
from tests.display.test_notebook import ACADEMY_EMPLOYER, BASE, DAY, EMBER, GATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode

    from partnership_model.knowledge.weighings import GroupWeights

CRITERIA = EMBER.file.criteria
OPTIONS = tuple(one.option for one in EMBER.options)
SWING = {"autonomy": 90, "cost": 60, "reversibility": 70, "school_improvement": 100, "staff": 65, "community_voice": 50, "resilience": 80}
SWINGS = {**SWING, "effort_of_change": 25}
SHARED = dict(zip(CRITERIA, (20, 10, 10, 20, 10, 15, 10, 5), strict=True))
NOT_SHOWN = {"facts", "research", "doors", "fact_sheets"}  # long, and without a word on mistakes or on what is missing


def _group(name: str = "Governors", values: Any = None, method: str = "swing", **elicited: Any) -> dict[str, Any]:  # noqa: ANN401
    how = {"on": DAY, "how": "swing cards, lift by lift", "people": 10} | elicited
    return {"group": name, "method": method, "values": values or SWINGS, "elicited": how}


def _as_given(group: GroupWeights) -> dict[str, Any]:
    """Give weights as a case writes them."""
    return group.model_dump(by_alias=True, exclude_unset=True)


def _only(name: str) -> dict[str, float]:
    """Give nearly all weight to one criterion."""
    return {key: 100 if key == name else 1 for key in CRITERIA}


def _judged(criterion: str, *figures: float, grade: str = "B") -> tuple[CaseJudgement, ...]:
    """Judge every option on one criterion."""
    ranges = (Range(low=one, likely=one, high=one) for one in figures)
    return tuple(CaseJudgement(option, criterion, one, grade, "We think so.") for option, one in zip(OPTIONS, ranges, strict=True))


def _without(criterion: str) -> tuple[CaseJudgement, ...]:
    return tuple(one for one in EMBER.judgements if one.criterion != criterion)


# What each case says otherwise than the Ember schools; `judgements` stands for the rows of judgements.csv.
CASES: dict[str, dict[str, Any]] = {
    "double_counting": {"criteria": (*CRITERIA, "identity"), "weights": (_group(values=SWINGS | {"identity": 40}),)},
    "weights_without_ranges": {"weights": (_group(values=SHARED, method="points", how="a hundred points shared out"),)},
    "equal_scores": {"judgements": (*_without("staff"), *_judged("staff", *[50] * 7))},
    "local_scale": {"judgements": (*_without("staff"), *_judged("staff", 40, 42, 44, 46, 48, 50, 52))},
    "blanks": {"criteria": (*CRITERIA, "wellbeing"), "weights": (_group(values=SWINGS | {"wellbeing": 10}),)},
    "adding_errors": {"weights": (_group(values=SHARED | {"autonomy": 17}, method="points", how="points over the lifts, worst to best"),)},
    "false_precision": {},
    "no_do_nothing": {"non_negotiables": (ACADEMY_EMPLOYER,)},
    "weights_after_scores": {
        "appraisal": {"decisions": ({"on": dt.date(2016, 4, 1), "kind": "scores_agreed", "says": "Scores were agreed.", "by": "Panel"},)}
    },
    "strategic_voting": {
        "weights": (_group("Staff", _only("effort_of_change")), _group("Parents", SWINGS), _group("Governors", SWINGS)),
    },
    "who_counts": {"weights": (_group("Parents", SWINGS), _group("Staff", SWINGS | {"staff": 60})), "drop": ("who_counts",)},
    "averaged_conflict": {"weights": (_group("Parents", SWINGS), _as_given(EMBER.file.weights[1]))},
    "cost_twice": {"criteria": (*CRITERIA, "risk_share"), "weights": (_group(values=SWINGS | {"risk_share": 40}),)},
    "cost_per_point": {"why": ({"says": "A consultant found that it costs £40 per point.", "for": "public"},)},
    "dominated": {"options": ("stay", "collaboration", "umbrella_trust"), "weights": ()},
    "deal_breaker": {"non_negotiables": (GATES["equal_partners"].model_copy(),)},
    "optimism": {"judgements": tuple(replace(one, evidence="D") for one in EMBER.judgements)},
    "predetermination": {"next_steps": ({"says": "The schools will become one trust in September.", "for": "public"},)},
    "stale_facts": {"appraisal": {"expires": dt.date(2016, 12, 31)}, "why": (), "aims": (), "next_steps": ()},
    "built_to_lose": {"appraisal": {"absent": (), "conflicts": ()}},
}


def made(name: str) -> AppraisalRun:
    """Open one of the cases, with one block of samples."""
    changes = dict(CASES[name])
    judgements = changes.pop("judgements", EMBER.judgements)
    dropped = changes.pop("drop", ())
    plain = {key: value for key, value in EMBER.file.model_dump(by_alias=True, exclude_unset=True).items() if key not in dropped}
    file = CaseFile.model_validate(plain | changes)
    kept = {one.option for one in file.options}
    rows = tuple(one for one in judgements if one.option in kept and one.criterion in file.criteria)
    return AppraisalRun(replace(EMBER, name=name, file=file, judgements=rows), BASE.on(DAY), 1, 2016)


def executed(run: AppraisalRun) -> NotebookNode:
    """Give the notebook as a run leaves it, without a kernel, without charts and without the sections that are long."""
    template = nbformat.read(shipped("notebooks", "option_appraisal.ipynb"), as_version=4)
    cells = []
    for cell in template.cells:
        found = re.fullmatch(r"run\.(\w+)\(\)", cell.source)
        if found and found[1] not in NOT_SHOWN:
            outputs = [{"output_type": "display_data", "metadata": {}, "data": data} for data in _shown(getattr(run, found[1])())]
            cells.append({**cell, "outputs": outputs})
    return nbformat.from_dict({**template, "cells": cells})


def _shown(shown: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - what a cell shows
    if isinstance(shown, Result):
        yield shown._repr_mimebundle_()
        return
    for block in shown.blocks:
        if not isinstance(block, Figure):
            yield {shown.mime: as_data(block)}
