"""The take-away file as it is written: only public items, nothing from elsewhere, and the facts and figures of the workbook."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model import __version__
from partnership_model.analysis.overall import values_of
from partnership_model.display import fact_words
from partnership_model.display.exploration import begin
from partnership_model.display.moves import STEPS
from partnership_model.display.takeaway import MARK, takeaway_page
from partnership_model.display.takeaway_facts import facts_of
from partnership_model.display.takeaway_model import model_of
from partnership_model.knowledge.cases import Case, read_case
from partnership_model.knowledge.editions import REASON_KEPT, public_edition
from partnership_model.knowledge.shipped import shipped
from partnership_model.model.changes import ORDER, changes
from partnership_model.model.problem import build_problem
from tests.display.test_blocks import HOSTILE
from tests.display.test_notebook import BASE, EMBER
from tests.knowledge.test_editions import CASE, HEADING, HIDDEN, ROWS, written

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 11, 22)
NAMES = ("ember-2016", "dovestone-2017", "dovestone-2019", "typical-2026")


@lru_cache(maxsize=8)
def shipped_page(name: str) -> str:
    """Write the file of a case that ships."""
    return page_of(read_case(shipped("data", "cases", name), BASE))


def page_of(case: Case) -> str:
    """Write the file of a case."""
    return takeaway_page(case, BASE.on(case.as_of(TODAY)), TODAY)


def data_of(page: str) -> dict[str, Any]:
    """Read the data that a file computes with."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_not_one_secret_is_in_the_file_and_none_changes_it(tmp_path: Path) -> None:
    """Whoever swaps every secret for another one gets the same file, byte for byte: not even a fingerprint of them is in it."""
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    texts = [
        (CASE, ROWS),
        (CASE.replace(HIDDEN, "Something-Else").replace("-98765", "-12").replace("98764", "13"), ROWS.replace(HIDDEN, "Why")),
    ]
    cases = [written(tmp_path / at, BASE, text, HEADING + rows) for at, (text, rows) in zip(("one", "other"), texts, strict=True)]
    pages = [page_of(replace(case, folder=tmp_path, name="three-schools")) for case in cases]
    assert pages[0] == pages[1]
    for secret in (HIDDEN, "98765", "98764", "98,765", str(tmp_path)):
        assert secret not in pages[0]
    assert REASON_KEPT.replace("'", "&#39;") in pages[0]
    assert "We say it ourselves." in pages[0]
    assert "Nothing changes." in pages[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_small_enough_to_be_mailed(name: str) -> None:
    assert len(shipped_page(name).encode()) < 900_000


@pytest.mark.parametrize("name", NAMES)
def test_a_file_says_of_which_day_case_and_version_it_is(name: str) -> None:
    page = shipped_page(name)
    assert f"case “{name}”" in page
    assert f"Made on 22 November 2026 with version {__version__} of the Partnership Model." in page
    assert page.count('<span class="stamp">illustrative</span>') == 2
    assert MARK in page[:4096].splitlines()
    assert re.findall(r'<section class="step" id="(\w+)"', page) == list(STEPS)


def test_nothing_in_a_file_comes_from_elsewhere_and_its_scripts_are_those_that_it_allows() -> None:
    page = shipped_page("ember-2016")
    script = re.search(r"<script>(.*?)</script>", page, re.DOTALL)
    assert script
    allowed = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'" in page
    assert page.count("<script") == 2
    outside = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert re.findall(r"<(?:img|link|iframe|object|embed|form|base|audio|video)\b| src=| on\w+=|@import|url\(", outside) == []
    assert "data-on-click" not in outside


def test_a_hostile_case_stays_text() -> None:
    file = EMBER.file.model_copy(update={"title": HOSTILE[0], "decision": HOSTILE[1], "illustrative_note": HOSTILE[2]})
    page = page_of(replace(EMBER, name=HOSTILE[0], file=file))
    assert "<script>alert" not in page
    assert "<img" not in page
    assert page.count("<script") == 2
    assert page.count("</script>") == 2


def test_what_hangs_on_no_weight_can_be_read_without_any_script() -> None:
    page = re.sub(r"<script.*?</script>", "", shipped_page("ember-2016"), flags=re.DOTALL)
    for attribute in BASE.attributes.values():
        assert not attribute.first_question or attribute.question.replace("'", "&#39;") in page
    assert "<noscript>" in page
    assert "Every judgement in use" in page
    assert (
        "live-only"
        not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL).partition('<details class="folds"')[2].partition("</details>")[0]
    )


def test_a_set_of_weights_that_a_page_cannot_draw_is_said_to_differ() -> None:
    groups = EMBER.file.model_copy(update={"plausible_weights": EMBER.file.plausible_weights.model_copy(update={"named": "groups"})})
    data = data_of(page_of(replace(EMBER, file=groups)))
    assert data["model"]["set"] == "order"
    assert data["texts"]["otherSet"].startswith("The case counts the stakeholder groups' own weights. This file counts weights that keep")
    assert data_of(shipped_page("ember-2016"))["texts"]["otherSet"] == ""


@pytest.mark.parametrize("name", NAMES)
def test_the_values_are_those_of_the_workbook(name: str) -> None:
    case = public_edition(read_case(shipped("data", "cases", name), BASE))
    state = begin(case, BASE.on(case.as_of(TODAY)))
    problem = build_problem(case, state.knowledge)
    values, model = values_of(problem), model_of(state, problem)
    rows = {one["key"]: one for one in model["options"]}
    for row, key in enumerate(values.options):
        assert rows[key]["likely"] == values.likely[row].tolist()
        assert rows[key]["low"] == values.low[row].tolist()
        assert rows[key]["confirmed"] == [problem.judgements[key, criterion].confirmed for criterion in values.criteria]


@pytest.mark.parametrize("name", ["ember-2016", "typical-2026"])
def test_every_answer_stands_where_it_belongs_for_every_school_option_and_role(name: str) -> None:
    case = public_edition(read_case(shipped("data", "cases", name), BASE))
    state = begin(case, BASE.on(case.as_of(TODAY)))
    problem = build_problem(case, state.knowledge)
    data = facts_of(state, problem)
    attributes = {one.question: key for key, one in BASE.attributes.items()}
    names = [attributes[one["asks"]] for one in data["questions"]]
    assert sorted(names) == sorted(BASE.attributes)
    for school, said in zip(case.file.schools, data["schools"], strict=True):
        for at, option in enumerate(problem.options):
            for question, attribute in enumerate(names):
                fact = state.knowledge.fact(attribute, option.key, school.category, school.form)
                answer = data["answers"][data["cells"][said["kind"]][at][question][0]]
                assert (answer["answer"], answer["says"], answer["mark"]) == (fact_words.told(fact), fact.says, fact.mark)
            for role in data["roles"]:
                found = [(names[question], ORDER[kind]) for question, kind in role["changes"][said["kind"]][at]]
                wanted = changes(role["key"], option.key, school.category, school.form, state.knowledge)
                assert found == [(one.attribute, one.kind) for one in wanted]
