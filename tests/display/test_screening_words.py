"""Why an option is open, conditional, closed or not decided: the schools, the fact that says so, and whom to ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnership_model.display import phrases, screening_words
from partnership_model.model.gates import GateResult
from tests.display.saying import failing, option_with, screened, undecided
from tests.display.test_notebook import ASKS, BASE, ember
from tests.making import make_fact, make_gate, make_option


def test_an_open_option_says_that_every_school_can_join() -> None:
    assert screening_words.because(make_option("federation")) == "Every school can be a full member."


def test_a_condition_is_said_once_with_all_schools_that_it_holds_for() -> None:
    screening = screened(
        "conditional", A=("full", "Yes."), B=("conditional", "If the diocese agrees."), C=("conditional", "If the diocese agrees.")
    )
    assert screening_words.because(option_with(screening)) == "B and C: If the diocese agrees."


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ("Yes, if the diocese agrees.", "If the diocese agrees."),
        ("Yes: by a vote.", "By a vote."),
        ("Yesterday's rule holds.", "Yesterday's rule holds."),
    ],
)
def test_a_condition_does_not_begin_with_yes(says: str, said: str) -> None:
    assert screening_words.because(option_with(screened("conditional", A=("conditional", says)))) == f"A: {said}"


def test_a_school_that_joins_later_is_named() -> None:
    said = screening_words.because(option_with(screened("open", A=("full", "Yes."), B=("later", "Not before it is an academy."))))
    assert said == "B: Not before it is an academy. B: joins later."


def test_an_option_that_the_law_closes_names_the_schools_and_the_facts() -> None:
    screening = screened("closed", A=("full", "Yes."), B=("none", "An academy cannot."), C=("associate", "Only beside it."))
    assert screening_words.because(option_with(screening)) == (
        "Closed: 1 school can be a full member, and 2 are needed. B and C: An academy cannot. Only beside it."
    )


def test_one_school_that_an_option_needs_is_said_in_the_singular() -> None:
    screening = screened("closed", least=1, A=("none", "An academy cannot."))
    said = screening_words.because(option_with(screening))
    assert said == "Closed: 0 schools can be a full member, and 1 is needed. A: An academy cannot."


def test_an_option_that_a_must_have_closes_names_it_the_schools_and_the_answer() -> None:
    said = screening_words.because(option_with(None, failing("The land stays with us.", A="The academy trust", B="The academy trust")))
    assert said == "Closed by 1 must-have: “The land stays with us.” A and B: the academy trust."


def test_each_school_gets_its_own_answer_where_they_differ() -> None:
    """A report that gives one school's answer for all of them says something false about the law."""
    said = screening_words.because(
        option_with(None, failing("The land stays with us.", A="The council", B="The council", C="The academy trust"))
    )
    assert said.index("A and B") < said.lower().index("the council") < said.index("C: ") < said.lower().index("the academy trust")


def test_names_keep_their_capitals() -> None:
    said = screening_words.because(option_with(None, failing("We decide alone.", A="Also the Secretary of State")))
    assert "Secretary of State" in said


def test_two_must_haves_that_close_an_option_are_both_named() -> None:
    said = screening_words.because(option_with(None, failing("One.", A="No"), failing("Two.", B="Never")))
    assert said == "Closed by 2 must-haves: “One.” A: no. “Two.” B: never."


def test_a_must_have_on_an_unknown_fact_says_whom_to_ask_each_once() -> None:
    option = option_with(None, undecided(A="the trust", B="the trust"), undecided(C="the diocese"))
    assert option.status == "unknown"
    said = screening_words.because(option)
    assert ASKS.match(said)
    assert said.startswith("“We insist on way_out.” ")
    assert said.endswith(" neither passes nor fails: ask the trust and ask the diocese.")
    assert (said.count("the trust"), said.count("the diocese")) == (1, 1)


def test_a_must_have_that_passes_on_an_answer_that_is_not_sourced_says_whom_to_ask_for_a_confirmation() -> None:
    fact = make_fact("governing_body", "leave_decider", ask="the trust")
    passing = GateResult(make_gate(), "federation", (), (), (("A", fact), ("B", fact), ("C", replace(fact, ask="the diocese"))))
    assert option_with(None, passing).status == "open"
    assert screening_words.because(option_with(None, passing)) == (
        "Every school can be a full member. “We insist on way_out.” passes only if it is confirmed: ask the trust and the diocese."
    )
    assert screening_words.because(option_with(None, replace(passing, unverified=()))) == "Every school can be a full member."


def test_an_option_that_the_law_leaves_undecided_says_whom_to_ask() -> None:
    option = option_with(screened("unknown", A=("full", "Yes."), B=("unknown", "Nothing is recorded.")))
    assert ASKS.match(screening_words.because(option))
    assert screening_words.because(option) == "Neither passes nor fails: ask the diocese."


def test_a_must_have_that_fails_counts_more_than_one_that_is_unknown() -> None:
    option = option_with(None, failing("One.", A="No"), undecided(B="the trust"))
    assert option.status == "closed"
    assert screening_words.because(option).startswith("Closed by 1 must-have")


def test_on_the_ember_schools_a_must_have_that_nobody_can_decide_names_whom_to_ask() -> None:
    gates = tuple(gate for gate in BASE.non_negotiables if gate.id == "equal_partners")
    problem = ember(non_negotiables=gates).appraisal.problem
    unknown = [option for option in problem.options if option.status == "unknown"]
    assert [option.key for option in unknown] == ["co_operative_trust", "umbrella_trust"]
    for option in unknown:
        assert ASKS.match(screening_words.because(option))
        assert screening_words.because(option).startswith("“Every school has an equal voice.” ")


@pytest.mark.parametrize("gate", BASE.non_negotiables, ids=lambda gate: gate.id)
def test_on_the_ember_schools_no_school_is_given_another_schools_answer(gate: object) -> None:
    problem = ember(non_negotiables=(gate,)).appraisal.problem
    for option in problem.options:
        said = screening_words.because(option).lower()
        for result in option.gates:
            answers: dict[str, list[str]] = {}
            for school, fact in result.failed:
                answers.setdefault(fact.answer, []).append(school)
            for answer, schools in answers.items():
                assert f"{phrases.listed(schools)}: {answer}".lower() in said, option.key
