"""Every kind of move that there is, with whatever a page could put into it: answered, harmless, and the same again when replayed."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.appraisal import appraise
from partnership_model.display import pages, widgets
from partnership_model.display.exploration import Exploration
from partnership_model.display.history import Visit
from partnership_model.display.history_moves import HISTORY_MOVES
from partnership_model.display.keeping import KEEPING_MOVES
from partnership_model.display.moves import MOVES, STEPS
from tests.display.exploring import GOOD, START, anything
from tests.display.test_blocks import HOSTILE, Reader
from tests.making import pure

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# Read from what the dashboard takes, so that a new kind of move is tried as soon as there is one.
KINDS: dict[str, dict[str, Any]] = {
    shape["properties"]["do"]["const"]: shape
    for adapter in (MOVES, HISTORY_MOVES, KEEPING_MOVES)
    for shape in adapter.json_schema()["$defs"].values()
    if "do" in shape.get("properties", {})
}
CASE = START.case
NAMES = (
    *START.problem.criteria,
    *(one.option for one in CASE.options),
    *(gate.id for gate in START.offered_gates),
    *(school.name for school in CASE.file.schools),
)
FIGURES = ("0", "55", "100", "-1", "1e999", "nan", "½", "", "2016-04-15", "2026-02-30", "0001-01-01", "£5,000")
# So short that they fit into most fields.
MARKUP = ("<b>", "<svg/onload=x>", "<img src=x onerror=y>", '"><script>', "' on=x '", "{{7*7}}", "&lt;", "\u202e", "\x00", "\ud800")
WORDS = st.sampled_from([*NAMES, *FIGURES, *MARKUP, *HOSTILE])


def valued(shape: dict[str, Any]) -> SearchStrategy[Any]:
    """Give values of a field's shape, and now and then any others."""
    if "enum" in shape or "const" in shape:
        fitting = st.sampled_from(shape.get("enum") or [shape["const"]])
    elif shape.get("type") == "boolean":
        fitting = st.booleans()
    elif shape.get("type") in ("integer", "number"):
        fitting = st.integers(-1, 40)
    elif shape.get("type") == "array":
        fitting = st.lists(valued(shape.get("items", {})), max_size=3)
    else:
        fitting = WORDS
    return st.one_of(fitting, fitting, fitting, fitting, fitting, WORDS, anything)


def made(kind: str) -> SearchStrategy[dict[str, Any]]:
    """Give moves of a kind that have all its fields."""
    fields = {name: valued(field) for name, field in KINDS[kind]["properties"].items() if name != "do"}
    return st.fixed_dictionaries({"do": st.just(kind), **fields})


def opened(step: str = "what_matters") -> widgets.GovernorsDashboard:
    """Open the dashboard at a step with weights in use, and note what it answers."""
    found = widgets.GovernorsDashboard(START, ({"do": "weights", "of": "case"}, {"do": "go", "step": step}))
    found.answers = []
    found.send = lambda content, *_: found.answers.append(content)
    return found


def assert_whole(found: widgets.GovernorsDashboard) -> None:
    """Fail where the page is broken, holds what somebody typed as markup, or cannot be sent."""
    (answer,) = found.answers
    assert answer["done"] is True
    page = Reader(found.html)
    assert (page.faults, page.handlers, page.of("script", "img", "svg", "b", "iframe", "object")) == ([], [], [])
    assert len(page.of("h1")) == 1
    assert "Traceback" not in found.html
    sent = {name: getattr(found, name) for name in ("html", "templates", "rows", "headline")}
    json.dumps(sent, allow_nan=False).encode()
    json.dumps(sent, ensure_ascii=False).encode()
    assert isinstance(found.state, Exploration)


def try_all(moves: list[dict[str, Any]], step: str) -> None:
    """Make moves on one dashboard, look at it after each, and replay what was taken."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "appraise", partial(appraise, samples=1))
        found = opened(step)
        for move in moves:
            found.answers.clear()
            found.move(move)
            assert_whole(found)
        again = Visit.replayed(found.visit.start, found.visit.log)
        assert again.log == found.visit.log
        found.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_move_of_each_kind_leaves_a_whole_page_whatever_stands_in_its_fields(kind: str) -> None:
    pure(4)(given(st.lists(made(kind), min_size=1, max_size=3), st.just("what_matters"))(try_all))()


@pytest.mark.slow
@pure(12)
@given(st.lists(st.sampled_from(sorted(KINDS)).flatmap(made), min_size=2, max_size=6), st.sampled_from(sorted(STEPS)))
def test_moves_of_all_kinds_in_any_order_leave_a_whole_page(moves: list[dict[str, Any]], step: str) -> None:
    try_all(moves, step)


def marked() -> list[dict[str, Any]]:
    """Put markup into one field of text of each move that works."""
    found = []
    for good in GOOD:
        fields = KINDS[good["do"]]["properties"]
        texts = [name for name, field in fields.items() if field.get("type") == "string" and not {"enum", "const", "pattern"} & set(field)]
        found += [good | {name: text} for name in texts for text in ("<img src=x onerror=y>", '"><script>')]
    return found


@pytest.mark.parametrize("move", marked(), ids=lambda move: " ".join(map(str, move.values()))[:60])
def test_markup_in_a_field_of_text_is_shown_as_text_on_every_step_or_not_at_all(move: dict[str, Any]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "appraise", partial(appraise, samples=1))
        found = opened()
        found.move(move)
        assert_whole(found)
        steps = () if found.state.problems else STEPS
        for step in steps:
            found.answers.clear()
            found.move({"do": "go", "step": step})
            assert_whole(found)
        assert found.state.problems == {} or not steps
        found.close()


def test_the_kinds_are_all_that_a_page_can_send() -> None:
    """Were they read wrongly, nothing would be shown by the tests above."""
    assert {"go", "judge", "weigh", "trade", "undo", "open", "save", "open_file"} <= set(KINDS)
    assert all(set(shape["required"]) <= set(shape["properties"]) for shape in KINDS.values())
