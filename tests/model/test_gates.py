"""Non-negotiables: a gate passes, fails, or cannot be decided, and is never traded off."""

from __future__ import annotations

import time
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.model.gates import apply_gate, reopened, smallest_exclusions
from partnership_model.model.screening import screen
from tests.making import make_gate, make_knowledge, make_option, make_school, pure

SCHOOLS = (make_school("Infant A"), make_school("Primary D", "foundation"))
GATES = ("way_out", "own_body", "land", "voice", "pay")
FAILED = st.dictionaries(
    st.sampled_from(["stay", "collaboration", "federation", "new_mat"]),
    st.frozensets(st.sampled_from(GATES)),
    min_size=1,
)


def held_against(codes: dict[str, str | None], accept: tuple[str, ...] = ("governing_body",)):  # noqa: ANN201
    """Hold a federation of two schools against the gate on who can take a school out."""
    knowledge = make_knowledge({("leave_decider", "federation", category): code for category, code in codes.items()})
    return apply_gate(make_gate(accept=accept), screen("federation", SCHOOLS, knowledge), knowledge)


def test_a_gate_passes_where_every_answer_is_known_and_accepted() -> None:
    found = held_against({"community": "governing_body", "foundation": "governing_body"})
    assert found.passes
    assert (found.failed, found.undecided) == ((), ())
    assert found.option == "federation"


def test_a_gate_fails_at_the_one_school_whose_answer_is_not_accepted_and_names_the_fact() -> None:
    found = held_against({"foundation": "others"})
    assert not found.passes
    assert found.undecided == ()
    ((school, fact),) = found.failed
    assert school == "Primary D"
    assert fact.key == "leave_decider/federation/foundation"
    assert fact.answer == "Answer others"


@pytest.mark.parametrize("code", ["unknown", None])
def test_a_gate_on_an_unknown_fact_neither_passes_nor_fails_and_says_whom_to_ask(code: str | None) -> None:
    found = held_against({"foundation": code})
    assert not found.passes
    assert found.failed == ()
    ((school, fact),) = found.undecided
    assert school == "Primary D"
    assert fact.ask


def test_a_gate_can_fail_at_one_school_and_be_undecided_at_another() -> None:
    found = held_against({"community": "others", "foundation": "unknown"})
    assert [school for school, _ in found.failed] == ["Infant A"]
    assert [school for school, _ in found.undecided] == ["Primary D"]


def test_a_group_that_accepts_not_knowing_passes_the_gate() -> None:
    assert held_against({"foundation": "unknown"}, ("governing_body", "unknown")).passes


def test_a_question_that_does_not_arise_for_a_school_fails_no_gate() -> None:
    assert held_against({"foundation": "not_open"}).passes


def test_a_school_that_stays_outside_the_option_is_not_held_against_the_gate() -> None:
    knowledge = make_knowledge(
        {
            ("eligibility", "federation", "academy"): "not_open",
            ("leave_decider", "federation", "academy"): "others",
        },
    )
    schools = (*SCHOOLS, make_school("Secondary F", "academy"))
    assert apply_gate(make_gate(), screen("federation", schools, knowledge), knowledge).passes


def test_any_accepted_answer_will_do() -> None:
    accept = ("not_needed", "governing_body")
    assert held_against({"community": "not_needed", "foundation": "governing_body"}, accept).passes


def test_a_failed_gate_closes_an_option_however_good_it_is() -> None:
    assert make_option("federation", gates={"way_out": "fails"}).status == "closed"


def test_an_undecided_gate_makes_an_option_unknown_and_not_closed() -> None:
    assert make_option("federation", gates={"way_out": "undecided"}).status == "unknown"


def test_a_failed_gate_outweighs_an_undecided_one() -> None:
    assert make_option("federation", gates={"way_out": "undecided", "land": "fails"}).status == "closed"


def test_the_law_outweighs_an_undecided_gate() -> None:
    assert make_option("federation", "closed", {"way_out": "undecided"}).status == "closed"


@pytest.mark.parametrize("status", ["open", "conditional", "unknown", "closed"])
def test_a_passed_gate_leaves_the_status_as_it_was_screened(status: str) -> None:
    assert make_option("federation", status, {"way_out": "passes"}).status == status  # type: ignore[arg-type]


def brute_force(failed: dict[str, frozenset[str]]) -> set[frozenset[str]]:
    """Try every set of gates, keep those that exclude every option, and of them the minimal ones."""
    gates = sorted(frozenset().union(*failed.values()))
    every = chain.from_iterable(combinations(gates, size) for size in range(len(gates) + 1))
    enough = [frozenset(one) for one in every if all(set(one) & fails for fails in failed.values())]
    return {one for one in enough if not any(other < one for other in enough)}


@pure(300)
@given(FAILED)
def test_smallest_exclusions_are_those_that_brute_force_finds(failed: dict[str, frozenset[str]]) -> None:
    found = smallest_exclusions(failed)
    assert {frozenset(one) for one in found} == brute_force(failed)
    assert len(set(found)) == len(found)


@pure(100)
@given(FAILED)
def test_smallest_exclusions_come_with_the_smallest_set_first(failed: dict[str, frozenset[str]]) -> None:
    sizes = [len(one) for one in smallest_exclusions(failed)]
    assert sizes == sorted(sizes)


def test_eighteen_non_negotiables_are_no_trouble() -> None:
    """Seven options fail two or three of them each, none twice: 3 x 3 x 3 x 3 x 2 x 2 x 2 ways to exclude them all."""
    failed = {f"o{option}": frozenset(f"g{gate}" for gate in range(18) if gate % 7 == option) for option in range(7)}
    start = time.process_time()
    found = smallest_exclusions(failed)
    assert time.process_time() - start < 2  # trying all 2 ** 18 sets takes eight seconds, and two more gates a minute
    assert len(found) == 3**4 * 2**3
    assert {len(one) for one in found} == {7}


def test_one_gate_that_everything_fails_is_the_whole_explanation() -> None:
    failed = {"federation": frozenset({"voice", "land"}), "new_mat": frozenset({"voice"})}
    assert smallest_exclusions(failed) == (("voice",),)


def test_where_some_option_fails_no_gate_there_is_no_exclusion_to_explain() -> None:
    assert smallest_exclusions({"stay": frozenset(), "new_mat": frozenset({"land"})}) == ()


def test_where_there_is_no_option_there_is_no_exclusion_to_explain() -> None:
    assert smallest_exclusions({}) == ()


@pure(200)
@given(FAILED)
def test_relaxing_one_gate_reopens_just_what_fails_nothing_else(failed: dict[str, frozenset[str]]) -> None:
    found = reopened(failed, GATES)
    assert list(found) == list(GATES)
    for gate in GATES:
        after = {option for option, fails in failed.items() if not fails - {gate}}
        before = {option for option, fails in failed.items() if not fails}
        assert set(found[gate]) == after - before
