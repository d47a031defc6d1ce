"""What tests of the dashboard's moves share: the Ember case as it begins, moves that work, and messages that no page sends."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from partnership_model.display.exploration import Exploration, after, begin
from tests.display.test_blocks import HOSTILE
from tests.display.test_notebook import BASE, EMBER, ember

START = begin(EMBER, ember().knowledge)
LEAST, MOST = sorted((BASE.criteria["cost"].scale.worst, BASE.criteria["cost"].scale.best))  # pounds a pupil and year
NOT_ON_THE_LIST = "That choice is not on the list. Nothing was changed."
DID_NOT_WORK = {"page": "That did not work. Nothing was changed."}
JUDGE = {"do": "judge", "option": "stay", "criterion": "staff", "low": "10", "likely": "20", "high": "30", "note": "We counted."}
GOOD: tuple[dict[str, Any], ...] = (
    {"do": "go", "step": "facts"},
    {"do": "school", "value": "Primary E"},
    {"do": "compare", "option": "federation", "on": True},
    {"do": "show", "what": "same", "on": True},
    {"do": "present", "slide": 3},
    {"do": "present", "slide": None},
    {"do": "stand", "option": "federation"},
    {"do": "width", "narrow": True},
    {"do": "ask", "text": "Who would employ our staff?"},
    {"do": "role", "value": "parent"},
    {"do": "ways", "value": "any"},
    {"do": "gate", "gate": "way_out", "on": True},
    {"do": "swing", "criterion": "cost", "value": "55"},
    {"do": "weights", "of": "case"},
    {"do": "weights", "of": "rest"},
    {"do": "sweep", "what": "across", "criterion": "staff"},
    {"do": "look", "option": "stay", "criterion": "cost"},
    {"do": "judgement", "option": "stay", "criterion": "cost", "on": True},
    {"do": "replay", "day": "2020-01-01"},
    {"do": "way", "value": "points"},
    {"do": "points", "criterion": "cost", "value": "30"},
    {"do": "place", "criterion": "cost", "where": "next"},
    {"do": "rule", "value": "rank_sum"},
    {"do": "pair", "one": "autonomy", "other": "cost", "value": "-3"},
    {"do": "trade", "one": "autonomy", "other": "cost", "part": "1", "said": "one"},
    {"do": "weigh", "value": "back"},
    JUDGE,
)


def moved(*moves: dict[str, Any], state: Exploration = START) -> Exploration:
    """Make some moves that all work."""
    for move in moves:
        state = after(state, move)
        assert state.problems == {}, move
    return state


def opened(**changes: Any) -> Exploration:  # noqa: ANN401
    """Begin with the Ember case, some of it changed."""
    run = ember(**changes)
    return begin(run.case, run.knowledge)


def swing(value: str, criterion: str = "cost") -> dict[str, Any]:
    """Type a figure beside a lift."""
    return {"do": "swing", "criterion": criterion, "value": value}


def unchanged(before: Exploration, now: Exploration) -> bool:
    """Whether everything but the message is as it was."""
    return replace(now, problems={}) == replace(before, problems={})


WRONG_MESSAGES: tuple[Any, ...] = (
    None,
    True,
    0,
    1.5,
    float("nan"),
    float("inf"),
    "",
    "go",
    b"go",
    [],
    [{"do": "go", "step": "facts"}],
    {},
    {"do": None},
    {"do": []},
    {"do": {}},
    {"do": "quit"},
    {"do": "GO", "step": "facts"},
    {"step": "facts"},
    {"do": "go"},
    {"do": "go", "step": "end"},
    {"do": "go", "step": None},
    {"do": "go", "step": "facts", "then": "next"},
    {"do": "school", "value": ""},
    {"do": "school", "value": "x" * 2001},
    {"do": "school", "value": ["Infant A"]},
    {"do": "compare", "option": "federation", "on": "true"},
    {"do": "compare", "option": "federation", "on": 1},
    {"do": "compare", "option": "Federation", "on": True},
    {"do": "compare", "option": "x" * 61, "on": True},
    {"do": "show", "what": "none", "on": True},
    {"do": "width", "narrow": 300},
    {"do": "ask"},
    {"do": "ask", "text": None},
    {"do": "ask", "text": ["Who?"]},
    {"do": "ask", "text": "x" * 201},
    {"do": "ask", "text": "\ud800"},
    {"do": "ask", "text": "Who?", "of": "everybody"},
    {"do": "role"},
    {"do": "role", "value": "mayor"},
    {"do": "role", "value": "Parent"},
    {"do": "role", "value": ["parent"]},
    {"do": "ways"},
    {"do": "ways", "value": None},
    {"do": "ways", "value": "all"},
    {"do": "ways", "value": ["any"]},
    {"do": "gate", "gate": None, "on": True},
    {"do": "swing", "criterion": "cost", "value": 55},
    {"do": "swing", "criterion": "cost", "value": float("nan")},
    {"do": "swing", "criterion": "cost", "value": None},
    {"do": "swing", "criterion": "cost", "value": ["5"]},
    {"do": "swing", "criterion": "cost", "value": "5" * 41},
    {"do": "swing", "criterion": "cost", "value": "\ud800"},
    {"do": "swing", "criterion": "cost\n", "value": "5"},
    {"do": "swing", "criterion": {"$ne": 1}, "value": "5"},
    {"do": "weights", "of": "everybody"},
    {"do": "way", "value": "guess"},
    {"do": "way", "value": ["points"]},
    {"do": "points", "criterion": "cost", "value": 55},
    {"do": "points", "criterion": "cost", "value": "5" * 41},
    {"do": "points", "criterion": "cost", "value": "\ud800"},
    {"do": "place", "criterion": "cost", "where": "top"},
    {"do": "place", "criterion": "cost", "where": None},
    {"do": "rule", "value": "borda"},
    {"do": "pair", "one": "autonomy", "other": "cost", "value": "10"},
    {"do": "pair", "one": "autonomy", "other": "cost", "value": "-1"},
    {"do": "pair", "one": "autonomy", "other": "cost", "value": "2\n"},
    {"do": "pair", "one": "autonomy", "other": "cost", "value": 3},
    {"do": "pair", "one": "autonomy", "value": "3"},
    {"do": "trade", "one": "autonomy", "other": "cost", "part": 1, "said": "one"},
    {"do": "trade", "one": "autonomy", "other": "cost", "part": "0.1", "said": "one"},
    {"do": "trade", "one": "autonomy", "other": "cost", "part": "1", "said": "both"},
    {"do": "trade", "one": "autonomy", "other": None, "part": "1", "said": "one"},
    {"do": "weigh", "value": "third"},
    {"do": "weigh"},
    {"do": "weights", "of": ["case"]},
    {"do": "sweep", "what": "down", "criterion": "cost"},
    {"do": "sweep", "what": "up", "criterion": ["cost"]},
    {"do": "sweep", "criterion": "cost"},
    {"do": "look", "option": "stay"},
    {"do": "judgement", "option": "stay", "criterion": "cost"},
    {"do": "judgement", "option": "stay", "criterion": "cost", "on": "true"},
    {"do": "judgement", "option": ["stay"], "criterion": "cost", "on": True},
    {"do": "replay"},
    {"do": "replay", "day": 20160415},
    {"do": "replay", "day": "2" * 41},
    {"do": "replay", "day": dt.date(2016, 4, 15)},
    JUDGE | {"note": "x" * 501},
    JUDGE | {"note": None},
    JUDGE | {"likely": 20},
    JUDGE | {"confirmed": False},
    {1: 2},
    {"do": "go", 3: "facts"},
    ...,
    dt.date(2016, 4, 15),
)


def nested(depth: int) -> object:
    """Make lists inside lists."""
    found: object = "deep"
    for _ in range(depth):
        found = [found]
    return found


anything = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=20),
        st.sampled_from([*HOSTILE, "cost", "stay", "way_out", "case", "1e999", "x" * 5000]),
        st.binary(max_size=5),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
names = st.sampled_from(
    [
        *("do", "step", "value", "option", "on", "what", "narrow", "gate", "criterion", "of", "low", "likely", "high", "note", "text", "x"),
        *("where", "one", "other", "part", "said", "day"),
    ]
)
bent = st.builds(
    lambda good, key, value, drop: {name: part for name, part in (good | {key: value}).items() if name != drop},
    st.sampled_from(GOOD),
    names,
    anything,
    st.one_of(st.none(), names),
)
made_up = st.dictionaries(names, anything, max_size=5).flatmap(
    lambda rest: st.sampled_from(
        [
            *("go", "school", "role", "ways", "compare", "show", "width", "ask", "gate", "swing", "sweep", "weights", "look", "judge"),
            *("way", "points", "place", "rule", "pair", "trade", "weigh", "judgement", "replay"),
        ]
    ).map(lambda do: rest | {"do": do})
)
messages = st.one_of(anything, bent, made_up)
WEIGHED = moved({"do": "weights", "of": "case"}, {"do": "go", "step": "how_sure"}, JUDGE)
