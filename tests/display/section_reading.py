"""What tests of sections share: the Ember case in each state, sections read as text, and a case full of hostile text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel

from partnership_model.display.blocks import Block, Table, html
from partnership_model.display.notebook import AppraisalRun
from partnership_model.knowledge.case_archive import CASE
from partnership_model.knowledge.cases import ChosenOption, Recommendation, Said, case_of
from tests.display.test_blocks import Reader, squeezed
from tests.display.test_notebook import (
    BASE,
    DAY,
    EMBER,
    GATES,
    closed,
    ember,
    unlooked,
    unweighed,
)
from tests.knowledge.record_making import EVERY_KEY_OF_A_RECORD, SMALL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from partnership_model.knowledge.appraisal_record import AppraisalRecord
    from partnership_model.knowledge.base import KnowledgeBase

ANCHORS = [
    *("summary", "why", "facts", "must-haves", "research", "what-matters", "what-follows", "how-sure", "doors", "shortlist", "next"),
    *("fact-sheets", "annex"),
]
RUNS: dict[str, Callable[[], AppraisalRun]] = {"ranked": ember, "withheld": unlooked, "unweighed": unweighed, "closed": closed}
EACH = pytest.mark.parametrize("state", RUNS)
NOT_RANKED = pytest.mark.parametrize("state", ["withheld", "unweighed", "closed"])
# What the workbook itself says with these words while nothing is put in order: none of it is about options.
OTHER_FIRSTS = ("lift first", "by ranking (", "Studies, strongest first")
FIRSTS = re.compile(r"\b(first|ranking|ranked)\b", re.IGNORECASE)
CLAIMS = re.compile(r"(?:comes?|stays?|tie for|put) first|First over all|order is:|\d of 100?\s+|Place 1|ways of weighing", re.IGNORECASE)


def text_of(blocks: list[Block]) -> str:
    """Read blocks as one text, drawings left out."""
    return Reader(html(blocks, dict.fromkeys(range(len(blocks)), "<svg></svg>"))).text


def strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - plain data
    """Give every text of more than one word inside some data."""
    if isinstance(value, BaseModel):
        value = value.model_dump()
    if isinstance(value, str):
        yield from [squeezed(value)] if " " in value else []
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from strings(part)


def own_words(text: str, run: AppraisalRun) -> str:
    """Leave out of a text what the case and the knowledge base say, and what has been looked at and is fine."""
    base = run.knowledge.base
    said = [base.attributes, base.sources, base.criteria, base.options, base.categories, base.assumptions, base.glossary, base.derive]
    said += [base.evidence, base.fact_sheets, base.parameters, list(base.questions), list(base.moves)]
    known = {*strings([list(part.values()) if isinstance(part, dict) else part for part in said]), *strings(run.case.file)}
    known |= {squeezed(one.note) for one in run.case.judgements}
    known |= {
        part for said in known for part in re.findall(r"(?:\S+ ){0,2}\S*\b(?:first|ranking|ranked)\b\S*(?: \S+){0,2}", said)
    }  # cut short
    for one in [*sorted(known, key=len, reverse=True), *OTHER_FIRSTS]:
        text = text.replace(one, " … ")
    return text


def tables_of(blocks: list[Block]) -> list[Table]:
    """Give the tables."""
    return [block for block in blocks if isinstance(block, Table)]


def table(blocks: list[Block], caption: str) -> Table:
    """Give one table by the beginning of its caption."""
    return next(block for block in tables_of(blocks) if block.caption.startswith(caption))


def hostile(text: str) -> AppraisalRun:
    """Open the Ember case with this in place of every text that a case or the knowledge base can hold."""
    said = (Said.model_construct(says=text, source="source_001"),)
    file = EMBER.file.model_copy(
        update={
            **dict.fromkeys(("title", "decision", "decides", "illustrative_note"), text),
            **dict.fromkeys(("why", "aims", "claims", "next_steps"), said),
            "schools": tuple(one.model_copy(update={"name": f"{text}{place}"}) for place, one in enumerate(EMBER.file.schools)),
            "options": tuple(ChosenOption.model_construct(option=one.option, label=f"{text}{one.option}") for one in EMBER.options),
            "weights": tuple(one.model_copy(update={"group": f"{text}{one.group}"}) for one in EMBER.file.weights),
            "non_negotiables": (GATES["way_out"].model_copy(update={"says": text}),),
            "recommendation": Recommendation.model_construct(says=text, conditions=(text,), dissent=(text,)),
            "appraisal": hostile_record(text),
        }
    )
    judgements = tuple(replace(one, note=text) for one in EMBER.judgements)
    case = replace(EMBER, name=text, file=file, judgements=judgements)
    return AppraisalRun(case, hostile_base(text).on(DAY), 1, 1)


def hostile_record(text: str) -> AppraisalRecord:
    """Give a record with every key, and this in place of every text of it."""

    def worded(value: Any) -> Any:  # noqa: ANN401 - an entry, or some of them
        if isinstance(value, BaseModel):
            kept = ("source", "kind")
            return value.model_copy(update={name: worded(getattr(value, name)) for name in type(value).model_fields if name not in kept})
        if isinstance(value, tuple):
            return tuple(worded(one) for one in value)
        return text if isinstance(value, str) and value not in BASE.options else value

    record = case_of({CASE: SMALL + EVERY_KEY_OF_A_RECORD}, "small", BASE).file.appraisal
    return worded(record.model_copy(update={"audience": None}))


def hostile_base(text: str) -> KnowledgeBase:
    """Put this in place of every text of the knowledge base."""
    attributes = {}
    for name, one in BASE.attributes.items():
        cells = [cell.model_copy(update={"values": tuple(_worded(value, text) for value in cell.values)}) for cell in one.cells]
        attributes[name] = one.model_copy(update={"question": text + name, "codes": dict.fromkeys(one.codes, text), "cells": tuple(cells)})
    fields = {"label": text, "worst": text, "best": text, "question": text, "plain": text, "term": text, "title": text, "holds_for": text}
    fields |= dict.fromkeys(("found", "spread", "caution", "joining", "asks", "description"), text)

    def reworded(parts: dict[str, Any]) -> dict[str, Any]:
        return {
            key: part.model_copy(update={name: value for name, value in fields.items() if name in type(part).model_fields})
            for key, part in parts.items()
        }

    def dated(part: Any, name: str) -> Any:  # noqa: ANN401 - whatever has dated values
        return part.model_copy(update={name: tuple(_worded(value, text) for value in getattr(part, name))})

    parameters = {key: part.model_copy(update={"codes": dict.fromkeys(part.codes, text)}) for key, part in BASE.parameters.items()}
    studies = {key: part.model_copy(update={"title": text + key}) for key, part in reworded(dict(BASE.evidence.evidence)).items()}
    sheets = {key: part.model_copy(update={"label": text + key}) for key, part in reworded(dict(BASE.fact_sheets)).items()}
    return replace(
        BASE,
        attributes=attributes,
        options=reworded(BASE.options),
        parameters={key: dated(part, "values") for key, part in reworded(parameters).items()},
        evidence=BASE.evidence.model_copy(update={"in_short": text, "evidence": studies}),
        questions=tuple(one.model_copy(update={"asks": f"{text}{one.number}"}) for one in BASE.questions),
        fact_sheets={key: dated(part, "facts") for key, part in sheets.items()},
        moves=tuple(dated(part, "values") for part in BASE.moves),
        sources=reworded(BASE.sources),
        categories=reworded(BASE.categories),
        criteria=reworded(BASE.criteria),
        glossary=reworded(BASE.glossary),
    )


def _worded(value: Any, text: str) -> Any:  # noqa: ANN401 - a dated value
    steps = tuple(step.model_copy(update={"do": text, "who": text}) for step in value.steps or ()) or None
    places = tuple(one.model_copy(update={"at": text}) for one in value.references)
    said = {name: text for name in ("says", "ask", "applies", "consents", "lands") if getattr(value, name, None)}
    return value.model_copy(update={**said, "steps": steps, "references": places})
