"""A result is read back whole, from older and newer versions too; what is no result is refused where it is wrong."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from partnership_model.errors import FaultsError
from partnership_model.knowledge.run_result import MEND, run_result
from tests import two_runs


def test_a_result_says_who_leads_and_which_kinds_of_school_decide() -> None:
    found = two_runs.run()
    assert found.leaders == ("collaboration", "co_operative_trust")
    assert found.kinds == {("community", "alone"), ("foundation", "alone"), ("voluntary_aided", "alone")}
    assert found.labels["new_mat"] == "A new MAT led by Secondary F"


def test_a_result_of_an_older_version_lacks_parts_and_one_of_a_newer_has_more() -> None:
    older = two_runs.run(two_runs.without(two_runs.data(), "inputs", "mistakes", "checklist"))
    assert (older.inputs, older.mistakes, older.checklist, older.kinds) == (None, None, None, frozenset())
    newer = two_runs.run(two_runs.data() | {"more": 1})
    assert newer.leaders == older.leaders


def test_another_format_is_refused_with_what_to_do() -> None:
    with pytest.raises(FaultsError, match=r"^result.json: schema_version: found 2; this workbook reads format 1\. Install the version"):
        two_runs.run(two_runs.data() | {"schema_version": 2})


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "[" * 5000, '{"schema_version": 1}', "NaN"])
def test_what_is_no_result_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(FaultsError, match=re.escape(MEND)):
        run_result(text, "result.json")


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("seed",), "2016"),
        (("as_of",), "2016-02-30"),
        (("edition",), "staff"),
        (("options",), []),
        (("options", 0, "overall", "likely"), 101),
        (("options", 0, "rank_acceptability", 0), -0.5),
        (("ranking", 0), []),
        (("cannot_separate", 0), ["stay", 1]),
        (("inputs", "judgements", 0, "low"), 1e9),
        (("inputs", "judgements", 0, "origin"), "a whim"),
        (("inputs", "given", 0, "place"), []),
        (("inputs", "given", 0, "value"), {"a": 1}),
    ],
)
def test_a_wrong_value_is_named_with_its_place(place: tuple[Any, ...], value: object) -> None:
    wrong: Any = two_runs.data()
    inner = wrong
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    with pytest.raises(FaultsError, match=rf"result.json: {place[0]}.*found"):
        run_result(json.dumps(wrong), "result.json")
