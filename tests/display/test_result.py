"""The result as data: it keeps to its schema, says no more than may be said, and its numbers fit each other."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from partnership_model.analysis.appraisal import appraise
from partnership_model.display import words
from partnership_model.display.result import SCHEMA_VERSION, result_data
from partnership_model.display.rounding import number
from partnership_model.knowledge.cases import read_case
from tests.display.test_blocks import HOSTILE
from tests.display.test_notebook import ASKS, BASE, CLOSES_ALL, GATES, as_json, closed, copied, ember, open_appraisal, unlooked, unweighed
from tests.making import make_problem, pure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from partnership_model.display.notebook import AppraisalRun
    from partnership_model.model.problem import DecisionProblem

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "result.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
RUN = {"version": "0", "seed": 1, "samples": 16_384, "edition": "governors", "input_hash": "0" * 64}
RUNS: dict[str, Callable[[], AppraisalRun]] = {
    "as it is": ember,
    "no weights": unweighed,
    "must-haves that close everything": closed,
    "without judgements": unlooked,
    "a must-have nobody can decide": lambda: ember(non_negotiables=(GATES["equal_partners"],)),
    "some options closed": lambda: ember(non_negotiables=(GATES["way_out"],)),
}
EMBER = ember().result().data
EACH = pytest.mark.parametrize("state", RUNS)
NOT_RANKED = ("no weights", "must-haves that close everything", "without judgements")


@pytest.fixture(scope="module")
def results() -> dict[str, dict[str, Any]]:
    """Give the result of each state as it is read back from a file."""
    return {state: json.loads(as_json(run())) for state, run in RUNS.items()}


def result_of(problem: DecisionProblem) -> dict[str, Any]:
    """Give the result of a problem that was made up."""
    return json.loads(json.dumps(result_data(appraise(problem, 1), "a-case", RUN, []), allow_nan=False))


def faults(data: object) -> list[str]:
    """Hold a result against the schema."""
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message}" for one in VALIDATOR.iter_errors(data)]


def parts(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - a part of a schema
    """Give every schema inside the schema with its place."""
    if isinstance(schema, list):
        for place, one in enumerate(schema):
            yield from parts(one, f"{path}/{place}")
    elif isinstance(schema, dict):
        yield path, schema
        for name, one in schema.items():
            yield from parts(one, f"{path}/{name}")


def option(data: dict[str, Any], key: str) -> dict[str, Any]:
    """Give one option of a result."""
    return next(one for one in data["options"] if one["id"] == key)


# The schema


def test_the_schema_is_one_of_json_schema_2020_12() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["properties"]["schema_version"]["const"] == SCHEMA_VERSION


def test_every_field_is_described_in_a_sentence() -> None:
    for path, one in parts(SCHEMA):
        for name, field in one["properties"].items() if isinstance(one.get("properties"), dict) else ():
            assert isinstance(field, dict), f"{path}/{name}"
            assert field["description"].endswith("."), f"{path}/{name}"
            assert field["description"][0].isupper() or field["description"][0] == "`", f"{path}/{name}"


def test_nothing_that_is_not_described_is_allowed_and_nothing_may_be_left_out() -> None:
    with_fields = [(path, one) for path, one in parts(SCHEMA) if isinstance(one.get("properties"), dict)]
    assert len(with_fields) > 25
    for path, one in with_fields:
        assert one["additionalProperties"] is False, path
        assert sorted(one["required"]) == sorted(one["properties"]), path


def test_every_reference_of_the_schema_leads_to_a_definition_and_every_definition_is_used() -> None:
    used = {one["$ref"] for _, one in parts(SCHEMA) if "$ref" in one}
    assert used == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


@EACH
def test_every_result_keeps_to_the_schema(results: dict[str, dict[str, Any]], state: str) -> None:
    assert faults(results[state]) == []


def test_a_case_without_a_file_of_judgements_keeps_to_the_schema(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "judgements.csv").unlink()
    assert read_case(folder, BASE).judgements == ()
    data = json.loads(as_json(open_appraisal(str(folder), samples=1)))
    assert faults(data) == []
    assert data["withheld"] == "unconfirmed"


@pure(15)
@given(
    st.lists(st.lists(st.tuples(*[st.integers(0, 100)] * 3), min_size=2, max_size=2), min_size=1, max_size=4),
    st.one_of(st.none(), st.tuples(st.integers(0, 9), st.integers(1, 9))),
    st.sets(st.sampled_from(["stay", "federation", "new_mat"])),
    st.sets(st.sampled_from(["stay", "federation"])),
)
def test_every_result_of_any_problem_keeps_to_the_schema(
    table: list[list[tuple[int, int, int]]], weights: tuple[int, int] | None, unlooked_at: set[str], shut: set[str]
) -> None:
    figures = [[tuple(map(float, sorted(cell))) for cell in row] for row in table]
    named = dict(zip(("stay", "federation", "new_mat", "umbrella_trust"), figures, strict=False))
    unconfirmed = [(key, name) for key in unlooked_at for name in ("c1", "c2")]
    gates = {key: {"a_gate": "fails" if key in shut else "passes"} for key in named}
    data = result_of(make_problem(named, weights, unconfirmed=unconfirmed, gates=gates))
    schools = {"membership": {"School 1": "full"}}  # the made-up options have none
    mistakes = {"found": [], "not_checked": []}
    parts = {
        "elicitation": [],
        "checklist": EMBER["checklist"],
        "cash": EMBER["cash"],
        "resolutions": [],
        "inputs": EMBER["inputs"],
        "mistakes": mistakes,
        "consultation": None,
    }
    assert faults({**data, "options": [one | schools for one in data["options"]], **parts}) == []


def test_the_schema_refuses_a_result_with_a_field_too_many_or_too_few(results: dict[str, dict[str, Any]]) -> None:
    """Each mapping with named fields, at every depth: one more, and each one less."""
    good = results["as it is"]
    places: list[tuple[str | int, ...]] = [
        (),
        ("options", 0),
        ("options", 0, "overall"),
        ("switching_values", 0),
        ("dominated", 0),
        ("exclusion",),
    ]
    for place in places:
        for name in [*_at(good, place), "new"]:
            wrong = copy.deepcopy(good)
            found = _at(wrong, place)
            if name == "new":
                found["new"] = 1
            else:
                del found[name]
            assert faults(wrong), (place, name)


def _at(data: Any, place: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - a part of a result
    for part in place:
        data = data[part]
    return data


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("schema_version",), 2),
        (("as_of",), "2016-02-30"),
        (("as_of",), "15 April 2016"),
        (("seed",), -1),
        (("samples",), 1.5),
        (("edition",), "staff"),
        (("input_hash",), "abc"),
        (("warnings",), None),
        (("weights", "cost"), 1.1),
        (("weights", "Cost"), 0.1),
        (("ranking",), []),
        (("ranking", 0), []),
        (("ranking", 0, 0), "Federation"),
        (("withheld",), "a whim"),
        (("options", 0, "status"), "maybe"),
        (("options", 0, "membership", "Infant A"), "conditional"),
        (("options", 0, "overall", "likely"), 100.1),
        (("options", 0, "overall", "likely"), None),
        (("options", 0, "rank"), 0),
        (("options", 0, "rank_acceptability", 0), -0.1),
        (("options", 0, "contributions", "cost"), "5"),
        (("options", 0, "because"), ""),
        (("switching_values", 0, "side"), "left"),
        (("switching_values", 0, "new_leader"), []),
        (("cannot_separate", 0), ["stay"]),
        (("unconfirmed",), -1),
        (("exclusion", "reopened", "way_out"), "stay"),
    ],
)
def test_the_schema_refuses_a_wrong_value(results: dict[str, dict[str, Any]], place: tuple[str | int, ...], value: object) -> None:
    wrong = copy.deepcopy(results["some options closed"])
    _at(wrong, place[:-1])[place[-1]] = value
    assert faults(wrong)


# What is withheld


@pytest.mark.parametrize("state", NOT_RANKED)
def test_while_nothing_is_put_in_order_no_number_of_an_order_is_given(results: dict[str, dict[str, Any]], state: str) -> None:
    data = results[state]
    assert data["ranking"] is None
    assert data["withheld"] in ("nobody_weighed", "no_option", "unconfirmed")
    assert (data["switching_values"], data["cannot_separate"], data["samples"]) == ([], [], 0)
    for one in data["options"]:
        for name in ("rank", "rank_acceptability", "rank_acceptability_error", "central_weights", "central_weights_error"):
            assert one[name] is None, (one["id"], name)


@pytest.mark.parametrize("state", ["no weights", "must-haves that close everything"])
def test_before_anybody_has_weighed_there_is_not_one_overall_value(results: dict[str, dict[str, Any]], state: str) -> None:
    for one in results[state]["options"]:
        assert (one["overall"], one["contributions"]) == (None, None)
    assert (results["no weights"]["weights"], results["no weights"]["unconfirmed"]) == (None, 33)


def test_while_a_decisive_cell_is_unconfirmed_the_cells_and_the_ranges_are_given(results: dict[str, dict[str, Any]]) -> None:
    data = results["without judgements"]
    assert data["unconfirmed"] == 56
    assert 0 < len(data["to_confirm"]) <= 56
    assert all(one["overall"] for one in data["options"])


def test_options_stand_in_the_order_of_the_case_and_never_in_that_of_the_ranking(results: dict[str, dict[str, Any]]) -> None:
    order = [one.option for one in ember().case.options]
    for data in results.values():
        assert [one["id"] for one in data["options"]] == order


def test_once_nothing_is_withheld_there_is_nothing_to_confirm(results: dict[str, dict[str, Any]]) -> None:
    data = results["as it is"]
    assert (data["withheld"], data["to_confirm"], data["unconfirmed"]) == (None, [], 33)
    assert data["ranking"]


# Closed options, and none left


def test_a_closed_option_is_given_with_its_reason_and_without_numbers(results: dict[str, dict[str, Any]]) -> None:
    data = results["some options closed"]
    shut = [one for one in data["options"] if one["status"] == "closed"]
    assert len(shut) == 4
    for one in shut:
        assert one["because"].startswith("Closed by 1 must-have: “Our own governors can take the school out again.”")
        assert all(one[name] is None for name in ("overall", "rank", "rank_acceptability", "contributions", "central_weights"))
        assert not any(one["id"] in place for place in data["ranking"])
    assert len(data["ranking"]) <= 3
    assert all(len(one["rank_acceptability"]) == 3 for one in data["options"] if one["status"] != "closed")


def test_where_no_option_is_left_the_smallest_sets_and_what_they_reopen_are_given(results: dict[str, dict[str, Any]]) -> None:
    data = results["must-haves that close everything"]
    assert {one["status"] for one in data["options"]} == {"closed"}
    assert data["exclusion"]["smallest_sets"] == [["land_stays_local", "one_employer"], ["one_employer", "statutory_pay"]]
    assert sorted(data["exclusion"]["reopened"]) == sorted(gate.id for gate in CLOSES_ALL)
    assert data["exclusion"]["reopened"]["one_employer"] == ["stay", "collaboration", "federation", "co_operative_trust"]


def test_an_option_that_nobody_can_decide_says_whom_to_ask(results: dict[str, dict[str, Any]]) -> None:
    data = results["a must-have nobody can decide"]
    assert [one["id"] for one in data["options"] if one["status"] == "unknown"] == ["co_operative_trust", "umbrella_trust"]
    for key in ("co_operative_trust", "umbrella_trust"):
        said = option(data, key)["because"]
        assert ASKS.match(said)
        assert said.startswith(f"“{GATES['equal_partners'].says}” ")


# The numbers fit each other


@pytest.mark.parametrize("state", [state for state in RUNS if state not in NOT_RANKED])
def test_the_numbers_of_a_ranked_result_fit_each_other(results: dict[str, dict[str, Any]], state: str) -> None:
    data = results[state]
    if data["withheld"]:
        pytest.fail("this state is meant to be ranked")
    ranked = [one for one in data["options"] if one["status"] != "closed"]
    assert sum(data["weights"].values()) == pytest.approx(1, abs=1e-5)
    for one in ranked:
        assert one["overall"]["low"] <= one["overall"]["likely"] <= one["overall"]["high"]
        assert sum(one["contributions"].values()) == pytest.approx(one["overall"]["likely"], abs=1e-4)
        assert len(one["rank_acceptability"]) == len(one["rank_acceptability_error"]) == len(ranked)
        assert sum(one["rank_acceptability"]) == pytest.approx(1, abs=1e-4)
        if one["central_weights"]:
            assert sum(one["central_weights"].values()) == pytest.approx(1, abs=1e-4)
            assert set(one["central_weights"]) == set(one["central_weights_error"]) == set(data["weights"])
    for place in range(len(ranked)):
        assert sum(one["rank_acceptability"][place] for one in ranked) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("state", [state for state in RUNS if state not in NOT_RANKED])
def test_ranks_follow_the_ranking_and_ties_leave_places_out(results: dict[str, dict[str, Any]], state: str) -> None:
    data = results[state]
    place = 1
    for tied in data["ranking"]:
        assert {option(data, key)["rank"] for key in tied} == {place}
        assert len({words.whole(option(data, key)["overall"]["likely"]) for key in tied}) == 1
        place += len(tied)
    assert place - 1 == sum(one["status"] != "closed" for one in data["options"])


def test_ties_share_a_place_and_the_next_place_is_left_out() -> None:
    data = result_of(make_problem({"stay": [60, 60], "federation": [80, 40], "new_mat": [10, 10], "umbrella_trust": [90, 90]}))
    assert data["ranking"] == [["umbrella_trust"], ["stay", "federation"], ["new_mat"]]
    assert [one["rank"] for one in data["options"]] == [2, 2, 4, 1]


def test_switching_values_have_a_row_for_each_side_and_one_without_a_leader_where_nothing_changes() -> None:
    data = result_of(make_problem({"stay": [100, 40], "federation": [50, 100]}, {"c1": 30, "c2": 70}))
    assert data["switching_values"] == [
        {"criterion": "c1", "current": 0.3, "from": 0.0, "to": 0.545455, "side": "above", "new_leader": ["stay"]},
        {"criterion": "c2", "current": 0.7, "from": 0.454545, "to": 1.0, "side": "below", "new_leader": ["stay"]},
    ]
    steady = result_of(make_problem({"stay": [90, 90], "federation": [10, 10]}))
    assert [(row["side"], row["new_leader"]) for row in steady["switching_values"]] == [(None, None)] * 2


def test_a_criterion_can_change_the_leader_on_both_sides() -> None:
    table = {"stay": [80, 40, 60], "federation": [60, 70, 62], "new_mat": [20, 95, 50]}
    rows = result_of(make_problem(table, {"c1": 40, "c2": 30, "c3": 30}))["switching_values"]
    assert [row["side"] for row in rows if row["criterion"] == "c1"] == ["below", "above"]
    assert rows[0]["from"] == rows[1]["from"]
    assert rows[0]["from"] < rows[0]["current"] < rows[0]["to"]


def test_options_that_cannot_be_separated_are_named_once_and_in_alphabetical_order(results: dict[str, dict[str, Any]]) -> None:
    pairs = results["as it is"]["cannot_separate"]
    assert ["co_operative_trust", "collaboration"] in pairs
    assert pairs == [sorted(pair) for pair in pairs]
    assert len({tuple(pair) for pair in pairs}) == len(pairs)


def test_dominated_options_are_given_also_before_anybody_has_weighed(results: dict[str, dict[str, Any]]) -> None:
    assert results["no weights"]["dominated"] == results["as it is"]["dominated"] != []


def test_a_membership_that_needs_a_consent_is_a_full_one(results: dict[str, dict[str, Any]]) -> None:
    trust = option(results["as it is"], "co_operative_trust")
    assert trust["membership"] == {
        "Infant A": "full",
        "Junior B": "full",
        "Primary C": "full",
        "Primary D": "full",
        "Primary E": "associate",
    }
    mat = option(results["as it is"], "new_mat")
    assert mat["status"] == "conditional"
    assert set(mat["membership"].values()) == {"full"}


def test_numbers_have_six_decimals_and_no_minus_nought() -> None:
    assert number(1 / 3) == 0.333333
    assert str(number(-0.0)) == "0.0"
    assert str(number(-1e-9)) == "0.0"
    assert number(float("1e2")) == 100.0


@EACH
def test_every_number_is_finite_and_the_file_is_plain_json(state: str) -> None:
    text = as_json(RUNS[state]())
    assert "NaN" not in text
    assert "Infinity" not in text
    assert text.endswith("}\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_survives_the_file_as_it_is(text: str) -> None:
    run = ember(illustrative_note=text)
    data = json.loads(as_json(run))
    assert f"Illustrative: {text}" in data["warnings"]
    assert faults(data) == []
