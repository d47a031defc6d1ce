"""Every term of the field that a screen, a report or a fact uses is explained in the glossary."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import pytest

from partnership_model.analysis.appraisal import SAMPLES, SEED
from partnership_model.display.exploration import after, begin
from partnership_model.display.moves import STEPS
from partnership_model.display.notebook import AppraisalRun
from partnership_model.display.pages import page_of
from partnership_model.knowledge.cases import Case, read_case
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import find_case

if TYPE_CHECKING:
    from partnership_model.knowledge.base import KnowledgeBase

CASES = ("ember-2016", "dovestone-2017", "dovestone-2019", "typical-2026")
TODAY = dt.date(2026, 11, 21)
TERMS = [
    line
    for line in (Path(__file__).parent / "cases" / "terms_of_the_field.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
DESIGNS_OWN = (
    "option", "criterion", "anchor", "judgement", "value", "weight", "overall value", "contribution", "ranking",
    "dominated", "screening", "non-negotiable", "rank acceptability", "central weights", "confidence factor",
    "switching value", "first-place share", "path", "stepping stone", "landing place", "school", "group",
    "membership", "associate school", "external partner", "case", "ballot", "poll", "stakeholder group", "fact",
    "reference", "as-of date", "Treasury Green Book", "support-staff Green Book", "academy trust", "foundation trust",
    "governing body",
)  # fmt: skip
ACRONYM = re.compile(r"(?<![\w/£-])[A-Z]{2,6}(?=s?\b)(?![\w/])")
NO_TERMS = {"GBP", "AGM", "SI", "UK", "HTML", "JSON", "YAML", "CSV", "II", "III", "IV", "OK", "STALE", "PDF", "A4", "BSD", "CC"}


@cache
def base() -> KnowledgeBase:
    """Read the knowledge base once."""
    return read_knowledge()


@cache
def case(name: str) -> Case:
    """Read an example once."""
    return read_case(find_case(name), base())


@cache
def screens(name: str) -> str:
    """All that the dashboard says about a case, every step and every question, without the list of words at its foot."""
    state = begin(case(name), base().on(case(name).as_of(TODAY)))
    for move in ({"do": "show", "what": "all", "on": True}, {"do": "show", "what": "same", "on": True}):
        state = after(state, move)
    found = []
    for step in STEPS:
        html = page_of(after(state, {"do": "go", "step": step})).html
        found.append(re.sub(r'<details data-key="terms".*?</details>', "", html, flags=re.DOTALL))
    return jinja2.filters.do_striptags("\n".join(found))


@cache
def report(name: str) -> str:
    """All that the report says about a case, apart from the titles of sources."""
    run = AppraisalRun(case(name), base().on(case(name).as_of(TODAY)), SAMPLES, SEED)
    parts = [
        run.summary(), run.why(), run.facts(), run.must_haves(), run.research(), run.what_matters(), run.what_follows(), run.how_sure(),
        run.doors(), run.shortlist(), run.what_next(), run.fact_sheets(), run.board_paper(),
    ]  # fmt: skip
    return "\n".join(str(block) for part in parts for block in part.blocks)


@cache
def facts() -> str:
    """All that the facts say."""
    said = [text for one in base().attributes.values() for text in (one.question, one.description, *one.codes.values())]
    said += [value.says or "" for _, value in base().values()]
    said += [value.says or "" for one in base().parameters.values() for value in one.values]
    said += [text for sheet in base().fact_sheets.values() for fact in sheet.facts for text in (fact.question, fact.says or "")]
    said += [text for one in base().evidence.evidence.values() for text in (one.found, one.spread, one.caution, one.unit)]
    said += [text for one in base().criteria.values() for text in (one.label, one.question, one.worst, one.best)]
    return "\n".join([*said, *(one.reasoning for one in base().assumptions.values()), *(one.asks for one in base().questions)])


def explained() -> str:
    """Every term of the glossary, as it is matched."""
    return "\n".join(one.term.lower() for one in base().glossary.values())


def uses(text: str, term: str) -> bool:
    """Whether a text uses a term, also in the plural."""
    return re.search(rf"(?<![\w-]){re.escape(term)}(?:s|es)?(?![\w-])", text, re.IGNORECASE) is not None


@pytest.mark.parametrize("term", TERMS)
def test_a_term_of_the_field_that_is_used_is_in_the_glossary(term: str) -> None:
    used = any(uses(text, term) for text in (facts(), *(screens(name) for name in CASES), *(report(name) for name in CASES)))
    assert not used or term.lower() in explained(), f"explain “{term}” in data/glossary.yaml"


@pytest.mark.parametrize("name", CASES)
def test_every_acronym_on_a_screen_or_in_a_report_is_in_the_glossary(name: str) -> None:
    known = set(ACRONYM.findall("\n".join(one.term for one in base().glossary.values()))) | NO_TERMS
    titles = {word for source in base().sources.values() for word in ACRONYM.findall(f"{source.title} {source.publisher}")}
    found = set(ACRONYM.findall(screens(name))) | set(ACRONYM.findall(facts()))
    assert found - known - titles == set()


@pytest.mark.parametrize("term", DESIGNS_OWN)
def test_the_glossary_explains_this_word_of_the_design(term: str) -> None:
    assert term in {one.term for one in base().glossary.values()}


def test_no_term_is_explained_twice() -> None:
    terms = Counter(one.term.lower() for one in base().glossary.values())
    assert [term for term, count in terms.items() if count > 1] == []


def test_the_glossary_has_sixty_terms_or_more_each_in_one_plain_sentence() -> None:
    assert len(base().glossary) >= 60
    for key, one in base().glossary.items():
        assert one.plain.endswith("."), key
        assert ". " not in one.plain, key
        assert len(re.findall(r"[.!?](?:\s|$)", re.sub(r"\b(e\.g|i\.e|No|St)\.", "", one.plain))) == 1, f"{key}: {one.plain}"
        assert len(one.plain.split()) <= 45, key


def test_a_term_that_is_missing_would_be_found() -> None:
    assert uses("It needs a deed of novation.", "deed of novation")
    assert not uses("Nothing of the kind.", "deed of novation")
    assert set(ACRONYM.findall("The GAG of a MAT, 2 MATs, and SI 2012/1035")) == {"GAG", "MAT", "SI"}
