"""What a result was made from, as data for `result.json`: the case's own words and figures, and every judgement in use."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from partnership_model.display.rounding import number
from partnership_model.knowledge.case_inputs import given
from partnership_model.knowledge.consultation.record_file import SHORT, record_hash
from partnership_model.knowledge.schema import plain_day
from partnership_model.knowledge.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.knowledge.case_inputs import Value
    from partnership_model.knowledge.cases import Case
    from partnership_model.model.problem import DecisionProblem, Judgement


def inputs_data(case: Case, problem: DecisionProblem) -> dict[str, Any]:
    """Give what two runs are compared by; of a public edition this is what its public items say."""
    used = {option.key for option in problem.ranked_options}
    return {
        "knowledge": knowledge_hash(),
        "given": [{"place": list(place), "value": _plain(value)} for place, value in {**given(case.file), **_record(case)}.items()],
        "judgements": [_judgement(one) for one in problem.judgements.values() if one.option in used],
    }


def _record(case: Case) -> dict[tuple[str, ...], Value]:
    """Name the record of a consultation by its day and its hash."""
    record = case.consulted
    return {("consultation_record",): f"closed on {plain_day(record.closed)}, {record_hash(record)[:SHORT]}"} if record else {}


def knowledge_files() -> list[Path]:
    """Give the files of the knowledge base, in one order."""
    folder = shipped("data")
    every = sorted(folder.rglob("*"))
    return [path for path in every if path.suffix in (".yaml", ".csv") and "cases" not in path.relative_to(folder).parts]


def knowledge_hash() -> str:
    """Hash what the knowledge base says."""
    hashed = hashlib.sha256()
    for path in knowledge_files():
        hashed.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return hashed.hexdigest()


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else number(value) if isinstance(value, float) else value


def _judgement(one: Judgement) -> dict[str, Any]:
    return {
        "option": one.option,
        "criterion": one.criterion,
        **{name: number(figure) for name, figure in one.amount.model_dump().items()},
        "shape": one.shape,
        "outcomes": [[number(figure), number(share)] for figure, share in one.outcomes],
        "grade": one.grade,
        "origin": one.origin,
        "confirmed": one.confirmed,
        "why": one.reasoning,
    }
