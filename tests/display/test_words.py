"""Sentences: plain English, whole numbers, ties called ties, nothing put in order too early, and never a chance of success."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.display import fact_words, words
from partnership_model.knowledge.catalogue import Term
from partnership_model.knowledge.facts import Reference
from partnership_model.knowledge.schema import Range
from partnership_model.model.gates import GateResult
from partnership_model.model.screening import OptionScreening, SchoolScreening
from tests.display.test_blocks import HOSTILE
from tests.display.test_notebook import ASKS, BASE, DAY, LATER, closed, ember
from tests.making import make_criterion, make_fact, make_gate, make_judgement, make_option, make_problem, make_range, pure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from partnership_model.model.problem import DecisionProblem, ProblemOption
    from partnership_model.model.screening import Membership, Status

# Federation leads stay by 70 to 62, whatever the weights within reach.
TABLE = {"stay": [90, 34], "federation": [(54, 74, 84), (60, 66, 68)], "new_mat": [(10, 20, 40), (0, 10, 20)]}
CHANCE = re.compile(r"chance|probab|likelihood|odds|certain to|guarantee|optimal|best option|winner|index", re.IGNORECASE)
ORDER = re.compile(r"\b(first|second|ranking|ranked|rank|leads?|leader|ahead of)\b", re.IGNORECASE)


def appraised(problem: DecisionProblem) -> Appraisal:
    """Appraise with one block of samples."""
    return appraise(problem, 1)


def labelled(problem: DecisionProblem, text: str) -> DecisionProblem:
    """Give every option and criterion the same name."""
    options = tuple(replace(one, label=text, in_a_sentence=text, plain=text) for one in problem.options)
    criteria = {name: one.model_copy(update={"label": text, "worst": text, "best": text}) for name, one in problem.criteria.items()}
    return replace(problem, options=options, criteria=criteria)


def all_sentences(appraisal: Appraisal) -> list[str]:
    """Say everything that can be said of an appraisal."""
    problem = appraisal.problem
    return [
        words.headline(appraisal),
        words.explanation(appraisal),
        words.unconfirmed(problem),
        words.steady(appraisal),
        *words.switching(appraisal),
        *words.dominated(appraisal),
        *(words.because(option) for option in problem.options),
        *(words.rests_on(one) for one in problem.judgements.values()),
        words.labels(problem, [option.key for option in problem.options]),
    ]


def screened(status: Status, least: int = 2, **schools: tuple[Membership, str]) -> OptionScreening:
    """Make a screening of schools, each with its membership and what the fact says."""
    found = tuple(
        SchoolScreening(name, "community", "alone", kind, make_fact(says=says, ask="the diocese")) for name, (kind, says) in schools.items()
    )
    return OptionScreening("federation", status, found, least)


def option_with(screening: OptionScreening | None = None, *gates: GateResult) -> ProblemOption:
    """Make an option with its own screening and gates."""
    option = make_option("federation")
    return replace(option, screening=screening or option.screening, gates=gates)


def failing(says: str, **answers: str) -> GateResult:
    """Make a gate that some schools fail, each with its answer."""
    gate = make_gate().model_copy(update={"says": says})
    failed = tuple((school.replace("_", " "), make_fact("others", "land", answer=answer)) for school, answer in answers.items())
    return GateResult(gate, "federation", failed, ())


def undecided(**asks: str) -> GateResult:
    """Make a gate that a fact cannot decide, with whom to ask."""
    facts = tuple((school, make_fact("unknown", "land", ask=ask)) for school, ask in asks.items())
    return GateResult(make_gate(), "federation", (), facts)


# Small words


@pytest.mark.parametrize(
    ("names", "said"),
    [([], "none"), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C", "D"], "A, B, C and D")],
)
def test_names_are_joined_as_people_do(names: list[str], said: str) -> None:
    assert words.listed(names) == said


def test_things_are_counted_in_the_singular_and_the_plural() -> None:
    assert [words.counted(count, "school") for count in (0, 1, 2)] == ["0 schools", "1 school", "2 schools"]
    assert [words.counted(count, "person", "people") for count in (1, 46)] == ["1 person", "46 people"]


def test_a_capital_is_put_at_the_front_and_nothing_else_is_changed() -> None:
    assert [words.capital(text) for text in ("a new MAT", "", "LA trust", "élan")] == ["A new MAT", "", "LA trust", "Élan"]


def test_options_are_counted_by_status_and_none_that_is_not_there() -> None:
    assert words.status_line(["closed", "unknown", "open", "conditional", "open"]) == (
        "2 open, 1 open if others consent, 1 not decided, 1 closed"
    )
    assert words.status_line([]) == ""


def test_a_text_said_twice_is_kept_once_and_in_order() -> None:
    assert words.unique(["b", "a", "b", "c", "a"]) == ["b", "a", "c"]


def test_every_mark_grade_and_origin_has_a_word() -> None:
    assert set(words.MARK) == {"sourced", "named", "memory", "estimate"}
    assert set(words.GRADE) == {"A", "B", "C", "D", ""}
    assert set(words.ORIGIN) == {"group", "starting", "computed", "missing"}
    assert words.ORIGIN["starting"] == "starting assumption"
    assert set(words.STATUS) == {"open", "conditional", "closed", "unknown"}
    assert set(words.MEMBERSHIP) == {"full", "conditional", "associate", "later", "none", "unknown"}
    assert all("not" in words.CASE_STATUS[status] or status == "decided" for status in words.CASE_STATUS)


# Figures


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ((43.98, 58.78, 73.99), "44 to 74, likely 59"),
        ((61.5, 61.5, 61.5), "62"),
        ((61.6, 61.9, 62.4), "62"),
        ((0, 0, 100), "0 to 100, likely 0"),
        ((-0.4, 0, 0.4), "0"),
    ],
)
def test_a_range_is_said_in_whole_numbers(figures: tuple[float, float, float], said: str) -> None:
    assert words.span(make_range(figures)) == said


def test_pounds_are_a_cost_or_a_saving_and_never_a_minus_sign() -> None:
    assert [words.pounds(amount) for amount in (-1234, 0, 1, 1200)] == ["saves £1,234", "£0", "costs £1", "costs £1,200"]
    assert words.span(make_range((-50, -10.2, -10.2)), "GBP_per_pupil_per_year") == "saves £50 to saves £10, likely saves £10"


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (0.0, "never"),
        (1e-6, "fewer than 1 of 100"),
        (0.0099, "fewer than 1 of 100"),
        (0.01, "1 of 100"),
        (0.049, "5 of 100"),
        (0.051, "1 of 10"),
        (0.149, "1 of 10"),
        (0.15, "2 of 10"),
        (0.42, "4 of 10"),
        (0.5, "5 of 10"),
        (0.949, "9 of 10"),
        (0.951, "95 of 100"),
        (0.99, "99 of 100"),
        (0.991, "more than 99 of 100"),
        (1 - 1e-6, "more than 99 of 100"),
        (1.0, "always"),
    ],
)
def test_a_share_is_said_in_words_of_ten_and_of_a_hundred_near_the_ends(part: float, said: str) -> None:
    assert words.share(part) == said


@pure(500)
@given(st.floats(0, 1), st.sampled_from([words.share, words.of_hundred]))
def test_a_share_never_sounds_more_certain_than_it_is(part: float, say: Callable[[float], str]) -> None:
    said = say(part)
    numbers = re.fullmatch(r"(?:(fewer|more) than )?(\d+) of (10|100)", said)
    assert (numbers is None) == (part in (0, 1))
    if numbers and not numbers.group(1):
        of, every = int(numbers.group(2)), int(numbers.group(3))
        assert 0 < of < every
        assert abs(of / every - part) <= 0.5 / every + 1e-9


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (0.0, "never"),
        (0.0099, "fewer than 1 of 100"),
        (0.01, "1 of 100"),
        (0.051, "5 of 100"),
        (0.149, "15 of 100"),
        (0.42, "42 of 100"),
        (0.5, "50 of 100"),
        (0.92, "92 of 100"),
        (0.99, "99 of 100"),
        (0.991, "more than 99 of 100"),
        (1.0, "always"),
    ],
)
def test_a_share_that_is_compared_is_said_of_a_hundred(part: float, said: str) -> None:
    assert words.of_hundred(part) == said


@pytest.mark.parametrize("part", [0.95, 0.05])
def test_nineteen_of_twenty_is_not_said_as_ten_of_ten(part: float) -> None:
    assert words.share(part) == {0.95: "95 of 100", 0.05: "5 of 100"}[part]


@pytest.mark.parametrize(("weight", "said"), [(0.24, "24"), (0.245, "25"), (0.01, "1"), (0.003, "0.3"), (0.0, "0"), (1.0, "100")])
def test_a_weight_is_said_of_a_hundred(weight: float, said: str) -> None:
    assert words.at_most(weight) == said


# The headline


def test_before_anybody_has_weighed_nothing_is_put_in_order() -> None:
    found = appraised(make_problem(TABLE, None))
    assert words.headline(found) == "Nobody has weighed yet, so nothing is put in order"
    assert words.explanation(found) == "The facts, the must-haves and what is closed stand already. Say what matters, and the rest follows."
    assert (words.switching(found), words.steady(found)) == ([], "")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([("federation", "c1")], "1 starting assumption could change the answer: look at it before anything is put in order"),
        (
            [("federation", "c1"), ("new_mat", "c1")],
            "2 starting assumptions could change the answer: look at them before anything is put in order",
        ),
    ],
)
def test_while_a_decisive_cell_is_unconfirmed_the_headline_counts_and_puts_nothing_in_order(
    cells: list[tuple[str, str]], said: str
) -> None:
    table = {"stay": [90, 34], "federation": [(50, 74, 84), 66], "new_mat": [(10, 20, 100), 66]}
    found = appraised(make_problem(table, unconfirmed=cells))
    assert found.withheld == "unconfirmed"
    assert words.headline(found) == said


@pytest.mark.parametrize("weights", [None, ()])
def test_nothing_is_said_of_an_order_while_it_is_withheld(weights: tuple[float, ...] | None) -> None:
    problem = make_problem(TABLE, weights, unconfirmed=[("federation", "c1"), ("federation", "c2"), ("new_mat", "c1"), ("stay", "c1")])
    problem = problem.with_judgement(make_judgement("federation", "c1", (40, 74, 84), confirmed=False))
    found = appraised(problem)
    assert found.withheld == ("nobody_weighed" if weights is None else "unconfirmed")
    for sentence in [words.headline(found), words.explanation(found), words.unconfirmed(problem), words.steady(found)]:
        assert ORDER.search(sentence) is None, sentence
    assert words.switching(found) == []


def test_once_the_group_has_looked_the_headline_names_the_leader_and_its_share() -> None:
    found = appraised(make_problem({"stay": [90, 30], "federation": [60, 70], "new_mat": [10, 20]}, {"c1": 40, "c2": 60}))
    assert found.robustness is not None
    part = words.share(found.robustness.first_place_share("federation"))
    assert part.endswith(("of 10", "of 100", "always"))
    assert words.headline(found).startswith("Federation comes first in ")


@pytest.mark.parametrize("table", [{"stay": [50, 50], "federation": [90, 90]}, {"federation": [90, 90]}])
def test_a_leader_in_every_way_of_weighing_is_said_in_english(table: Mapping[str, list[float]]) -> None:
    """Not "comes first in always ways of weighing"."""
    found = appraised(make_problem(table))
    assert words.headline(found) in (
        "Federation always comes first",
        "Federation comes first in all ways of weighing",
        "Federation comes first in every way of weighing",
    )


def test_a_tie_is_called_a_tie_in_the_headline_and_in_the_order() -> None:
    found = appraised(make_problem({"stay": [60.4, 50], "federation": [50, 60], "new_mat": [10, 10]}))
    assert found.ranking == (("stay", "federation"), ("new_mat",))
    assert words.headline(found) == "Stay and federation cannot be separated by what we know"
    assert words.explanation(found) == "On the likely figures the order is: stay and federation (tied); new mat."


def test_what_cannot_be_separated_from_the_leader_is_named_with_it_in_the_order_of_the_ranking() -> None:
    table = {"new_mat": [10, 10], "federation": [(30, 58, 90), (30, 58, 90)], "stay": [(30, 60, 90), (30, 60, 90)]}
    found = appraised(make_problem(table))
    assert found.ranking == (("stay",), ("federation",), ("new_mat",))
    assert words.level_with_leader(found) == ("stay", "federation")
    assert words.headline(found) == "Stay and federation cannot be separated by what we know"


def test_options_that_cannot_be_separated_from_each_other_but_from_the_leader_are_not_named_with_it() -> None:
    table = {"new_mat": [(10, 20, 30), 20], "federation": [(10, 20, 30), 21], "stay": [90, 90]}
    found = appraised(make_problem(table))
    assert ("federation", "new_mat") in [tuple(sorted(pair)) for pair in found.cannot_separate]
    assert words.level_with_leader(found) == ("stay",)


def test_the_order_is_that_of_the_ranking_and_closed_options_are_named() -> None:
    found = appraised(make_problem({**TABLE, "la_trust": [99, 99]}, status={"la_trust": "closed"}))
    assert words.explanation(found) == "On the likely figures the order is: federation; stay; new mat. Closed: La trust."


def test_while_order_is_withheld_closed_options_are_named_too() -> None:
    problem = make_problem({**TABLE, "la_trust": [99, 99]}, status={"la_trust": "closed"}, unconfirmed=[("stay", "c1")])
    problem = problem.with_judgement(make_judgement("stay", "c1", (0, 90, 100), confirmed=False))
    found = appraised(problem.with_judgement(make_judgement("federation", "c1", (0, 74, 84), confirmed=False)))
    assert found.withheld == "unconfirmed"
    assert words.explanation(found) == (
        "Overall values are shown as ranges, in the order of the list, until the group has looked at these cells. Closed: La trust."
    )


# No option left


def gated(**fails: set[str]) -> Appraisal:
    """Appraise options that fail these must-haves."""
    gates = sorted(set().union(*fails.values()))
    outcome = {option: {gate: "fails" if gate in failed else "passes" for gate in gates} for option, failed in fails.items()}
    return appraised(make_problem({option: [1] for option in fails}, gates=outcome))


def test_where_no_option_is_left_the_smallest_sets_are_named_and_what_relaxing_each_reopens() -> None:
    found = gated(stay={"change"}, federation={"land", "way_out"}, new_mat={"way_out"})
    assert words.headline(found) == "No option is left"
    assert words.explanation(found) == (
        "Nothing passes “We insist on change” together with “We insist on way_out”. "
        "Without “We insist on change”, stay would be open again. "
        "Without “We insist on way_out”, new mat would be open again."
    )


def test_every_smallest_set_is_named() -> None:
    said = words.explanation(gated(stay={"a"}, federation={"b", "c"}))
    assert "“We insist on a” together with “We insist on b” and “We insist on a” together with “We insist on c”" in said
    assert said.endswith("Without “We insist on a”, stay would be open again.")


def test_where_no_must_have_alone_reopens_anything_that_is_said() -> None:
    said = words.explanation(gated(stay={"a", "b"}, federation={"a", "b"}))
    assert said == (
        "Nothing passes “We insist on a” and “We insist on b”. No must-have alone reopens an option; two or more would have to give way."
    )


def test_where_the_law_closes_everything_no_must_have_is_blamed() -> None:
    found = appraised(make_problem({"stay": [1], "federation": [2]}, status={"stay": "closed", "federation": "closed"}))
    assert words.explanation(found) == "The law leaves no option open to this group."


def test_on_the_ember_schools_three_must_haves_leave_nothing_and_one_reopens_four() -> None:
    said = words.explanation(closed().appraisal)
    assert "All staff have an academy trust as their employer” together with “Teachers stay under national pay and conditions”" in said
    assert "Without “All staff have an academy trust as their employer”, " in said
    assert "staying as we are" in said
    assert ".”" not in said


# Whose judgements they are


def test_the_count_of_what_nobody_has_looked_at_is_said() -> None:
    problem = make_problem(TABLE, unconfirmed=[("stay", "c1"), ("federation", "c2")])
    assert words.unconfirmed(problem) == (
        "2 of the 6 judgements in use are starting assumptions, not your group's: nobody in the group has looked at them."
    )
    assert words.unconfirmed(make_problem(TABLE)) == "Your group has looked at all 6 judgements in use."


def test_one_judgement_is_counted_in_the_singular() -> None:
    said = words.unconfirmed(make_problem(TABLE, unconfirmed=[("stay", "c1")]))
    assert said.startswith("1 of the 6 judgements in use is a starting assumption, not your group's: nobody")
    assert said.endswith("looked at it.")


def test_judgements_on_closed_options_are_not_counted() -> None:
    problem = make_problem(TABLE, status={"new_mat": "closed"}, unconfirmed=[("new_mat", "c1"), ("stay", "c1"), ("stay", "c2")])
    assert words.unconfirmed(problem).startswith("2 of the 4 judgements in use are")


def test_where_no_option_is_left_the_group_is_not_praised_for_looking_at_nothing() -> None:
    problem = make_problem(TABLE, status=dict.fromkeys(TABLE, "closed"))
    assert "looked at all 0" not in words.unconfirmed(problem)


def test_a_judgement_says_whose_it_is_on_what_evidence_and_whether_anybody_looked() -> None:
    one = make_judgement("stay", "c1", 5)
    assert words.rests_on(one) == "our group's own; evidence: weak; looked at"
    assert words.rests_on(replace(one, origin="starting", grade="B", confirmed=False)) == (
        "starting assumption; evidence: some; not looked at"
    )
    assert words.rests_on(replace(one, origin="missing", grade="", confirmed=False)) == "missing; evidence: none; not looked at"
    assert words.rests_on(replace(one, origin="computed", grade="C")) == "computed from facts; evidence: weak; looked at"


# Why an option is open or closed


def test_an_open_option_says_that_every_school_can_join() -> None:
    assert words.because(make_option("federation")) == "Every school can be a full member."


def test_a_condition_is_said_once_with_all_schools_that_it_holds_for() -> None:
    screening = screened(
        "conditional", A=("full", "Yes."), B=("conditional", "If the diocese agrees."), C=("conditional", "If the diocese agrees.")
    )
    assert words.because(option_with(screening)) == "B and C: If the diocese agrees."


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ("Yes, if the diocese agrees.", "If the diocese agrees."),
        ("Yes: by a vote.", "By a vote."),
        ("Yesterday's rule holds.", "Yesterday's rule holds."),
    ],
)
def test_a_condition_does_not_begin_with_yes(says: str, said: str) -> None:
    assert words.because(option_with(screened("conditional", A=("conditional", says)))) == f"A: {said}"


def test_a_school_that_joins_later_is_named() -> None:
    said = words.because(option_with(screened("open", A=("full", "Yes."), B=("later", "Not before it is an academy."))))
    assert said == "B: Not before it is an academy. B: joins later."


def test_an_option_that_the_law_closes_names_the_schools_and_the_facts() -> None:
    screening = screened("closed", A=("full", "Yes."), B=("none", "An academy cannot."), C=("associate", "Only beside it."))
    assert words.because(option_with(screening)) == (
        "Closed: 1 school can be a full member, and 2 are needed. B and C: An academy cannot. Only beside it."
    )


def test_one_school_that_an_option_needs_is_said_in_the_singular() -> None:
    screening = screened("closed", least=1, A=("none", "An academy cannot."))
    said = words.because(option_with(screening))
    assert said == "Closed: 0 schools can be a full member, and 1 is needed. A: An academy cannot."


def test_an_option_that_a_must_have_closes_names_it_the_schools_and_the_answer() -> None:
    said = words.because(option_with(None, failing("The land stays with us.", A="The academy trust", B="The academy trust")))
    assert said == "Closed by 1 must-have: “The land stays with us.” A and B: the academy trust."


def test_each_school_gets_its_own_answer_where_they_differ() -> None:
    """A report that gives one school's answer for all of them says something false about the law."""
    said = words.because(option_with(None, failing("The land stays with us.", A="The council", B="The council", C="The academy trust")))
    assert said.index("A and B") < said.lower().index("the council") < said.index("C: ") < said.lower().index("the academy trust")


def test_names_keep_their_capitals() -> None:
    said = words.because(option_with(None, failing("We decide alone.", A="Also the Secretary of State")))
    assert "Secretary of State" in said


def test_two_must_haves_that_close_an_option_are_both_named() -> None:
    said = words.because(option_with(None, failing("One.", A="No"), failing("Two.", B="Never")))
    assert said == "Closed by 2 must-haves: “One.” A: no. “Two.” B: never."


def test_a_must_have_on_an_unknown_fact_says_whom_to_ask_each_once() -> None:
    option = option_with(None, undecided(A="the trust", B="the trust"), undecided(C="the diocese"))
    assert option.status == "unknown"
    said = words.because(option)
    assert ASKS.match(said)
    assert said.startswith("“We insist on way_out.” ")
    assert said.endswith(" neither passes nor fails: ask the trust and ask the diocese.")
    assert (said.count("the trust"), said.count("the diocese")) == (1, 1)


def test_a_must_have_that_passes_on_an_answer_that_is_not_sourced_says_whom_to_ask_for_a_confirmation() -> None:
    fact = make_fact("governing_body", "leave_decider", ask="the trust")
    passing = GateResult(make_gate(), "federation", (), (), (("A", fact), ("B", fact), ("C", replace(fact, ask="the diocese"))))
    assert option_with(None, passing).status == "open"
    assert words.because(option_with(None, passing)) == (
        "Every school can be a full member. “We insist on way_out.” passes only if it is confirmed: ask the trust and the diocese."
    )
    assert words.because(option_with(None, replace(passing, unverified=()))) == "Every school can be a full member."


def test_an_option_that_the_law_leaves_undecided_says_whom_to_ask() -> None:
    option = option_with(screened("unknown", A=("full", "Yes."), B=("unknown", "Nothing is recorded.")))
    assert ASKS.match(words.because(option))
    assert words.because(option) == "Neither passes nor fails: ask the diocese."


def test_a_must_have_that_fails_counts_more_than_one_that_is_unknown() -> None:
    option = option_with(None, failing("One.", A="No"), undecided(B="the trust"))
    assert option.status == "closed"
    assert words.because(option).startswith("Closed by 1 must-have")


def test_on_the_ember_schools_a_must_have_that_nobody_can_decide_names_whom_to_ask() -> None:
    gates = tuple(gate for gate in BASE.non_negotiables if gate.id == "equal_partners")
    problem = ember(non_negotiables=gates).appraisal.problem
    unknown = [option for option in problem.options if option.status == "unknown"]
    assert [option.key for option in unknown] == ["co_operative_trust", "umbrella_trust"]
    for option in unknown:
        assert ASKS.match(words.because(option))
        assert words.because(option).startswith("“Every school has an equal voice.” ")


@pytest.mark.parametrize("gate", BASE.non_negotiables, ids=lambda gate: gate.id)
def test_on_the_ember_schools_no_school_is_given_another_schools_answer(gate: object) -> None:
    problem = ember(non_negotiables=(gate,)).appraisal.problem
    for option in problem.options:
        said = words.because(option).lower()
        for result in option.gates:
            answers: dict[str, list[str]] = {}
            for school, fact in result.failed:
                answers.setdefault(fact.answer, []).append(school)
            for answer, schools in answers.items():
                assert f"{words.listed(schools)}: {answer}".lower() in said, option.key


# What would change it


def test_the_weight_that_changes_the_leader_is_named_with_the_weight_now() -> None:
    found = appraised(make_problem({"stay": [100, 40], "federation": [50, 100]}, {"c1": 30, "c2": 70}, criteria=named("Cost", "Staff")))
    assert words.switching(found) == [
        "If cost carried more than 55 of 100 (now 30), stay would come first.",
        "If staff carried less than 45 of 100 (now 70), stay would come first.",
    ]
    assert words.steady(found) == ""


def named(*labels: str) -> dict[str, object]:
    """Make criteria with these names."""
    return {f"c{place}": make_criterion(label=label) for place, label in enumerate(labels, 1)}


def test_a_weight_that_makes_a_tie_is_said_as_a_tie() -> None:
    table = {"stay": [100, 40], "new_mat": [100, 40], "federation": [50, 100]}
    found = appraised(make_problem(table, {"c1": 30, "c2": 70}))
    assert all(sentence.endswith("stay and new mat would tie for first.") for sentence in words.switching(found))
    assert len(words.switching(found)) == 2


def test_weights_that_never_change_the_leader_are_named_together() -> None:
    found = appraised(make_problem({"stay": [90, 90], "federation": [10, 10]}, criteria=named("Cost", "Staff")))
    assert words.switching(found) == []
    assert words.steady(found) == "No weight of cost and staff alone would change who comes first."


def test_a_dominated_option_says_by_which_and_how_surely() -> None:
    found = appraised(make_problem({"stay": [90, 90], "federation": [(40, 60, 80), 80], "new_mat": [(0, 1, 99), 1]}))
    assert words.dominated(found) == [
        "Federation is nowhere better than stay, wherever in their ranges the judgements lie: no weights put it ahead.",
        "New mat is nowhere better than stay, on the likely figures. Elsewhere in the ranges it can be.",
        "New mat is nowhere better than federation, on the likely figures. Elsewhere in the ranges it can be.",
    ]


# Facts


def test_an_amount_is_said_with_its_unit() -> None:
    fact = make_fact(None, "set_up_cost", amount=Range(low=2000, likely=5000, high=12000))
    assert fact_words.told(fact) == "£2,000 to £12,000 a school, once, likely £5,000"
    assert fact_words.told(replace(fact, attribute="top_slice", amount=Range(low=4.5, likely=4.5, high=4.5))) == "4.5% of the budget"
    assert fact_words.told(replace(fact, attribute="set_up_months", amount=Range(low=6, likely=9, high=18))) == "6 to 18 months, likely 9"


def test_a_fact_without_a_short_answer_is_told_in_full() -> None:
    assert fact_words.told(make_fact(answer="", says="It takes two steps.")) == "It takes two steps."
    assert fact_words.told(make_fact(answer="Our own governing body")) == "Our own governing body"


@pytest.mark.parametrize("day", [DAY, LATER])
def test_every_fact_of_the_knowledge_base_can_be_told(day: object) -> None:
    """An amount in a unit that has no words would end a dashboard with an error."""
    knowledge = BASE.on(day)
    titles = {key: source.title for key, source in BASE.sources.items()}
    for attribute in BASE.attributes:
        for option in knowledge.options:
            for category in BASE.categories:
                fact = knowledge.fact(attribute, option, category)
                assert fact_words.told(fact).strip()
                note = fact_words.footnote(fact, titles)
                assert note.startswith(fact.mark)
                assert fact.ask is None or f"ask {fact.ask}" in note
                assert fact.mark == "sourced" or fact.ask, fact.key


def test_a_footnote_gives_place_day_of_the_text_and_whom_to_ask() -> None:
    reference = Reference.model_validate({"source": "act", "at": "s.1", "text_of": "2016-04-01", "copy": True})
    fact = make_fact(mark="named", references=(reference,), later_text=True)
    assert fact_words.footnote(fact, {"act": "The Act"}) == (
        "named: The Act, s.1 (text of 1 April 2016, read in a public copy); "
        "the text that was read is later than the day asked about; ask a solicitor."
    )
    assert fact_words.footnote(make_fact(mark="memory", ask=None), {}) == "memory."
    assert fact_words.footnote(replace(fact, references=(Reference(source="other"),), later_text=False, ask=None), {}) == "named: other."


# Terms


def terms(text: str) -> list[str]:
    """Name the terms that a text uses."""
    glossary = {key: Term(term=term, plain="In plain words.") for key, term in (("mat", "MAT"), ("la", "LA"), ("gate", "must-have"))}
    return [one.term for one in fact_words.terms_in(text, glossary)]


def test_terms_are_found_as_whole_words_in_both_numbers_and_cases_in_alphabetical_order() -> None:
    assert terms("Two MATs, the la and a Must-have.") == ["LA", "MAT", "must-have"]
    assert terms("Later, a matter of plans; pre-MAT, must-haves-not") == []
    assert terms("") == []


@pytest.mark.parametrize("text", [*HOSTILE, "(", "[a-z]*MAT"])
def test_a_term_or_a_text_with_signs_of_its_own_does_no_harm(text: str) -> None:
    glossary = {"odd": Term.model_construct(term=text, plain=text)}
    assert [one.plain for one in fact_words.terms_in(f"so {text} said", glossary)] in ([], [text])
    assert fact_words.terms_in("nothing of the kind", glossary) == []


# Whatever the words are


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("weights", [None, ()])
def test_every_sentence_keeps_every_text_as_it_is(text: str, weights: tuple[float, ...] | None) -> None:
    """Sentences are text: what makes HTML of them escapes them, and nothing here may stumble over them."""
    for problem in (make_problem(TABLE, weights), make_problem(TABLE, weights, unconfirmed=[("federation", "c1")])):
        said = all_sentences(appraised(labelled(problem, text)))
        assert all(isinstance(sentence, str) for sentence in said)
        assert said[-1] == f"{text}, {text} and {text}"
    fact = make_fact(answer=text, says=text, ask=text)
    assert fact_words.told(fact) == text
    assert text in fact_words.footnote(fact, {})
    assert text in words.because(option_with(None, failing(text, A=text)))
    assert text in words.because(option_with(None, undecided(A=text)))
    assert text in words.because(option_with(screened("closed", **{text: ("none", text)})))
    assert text in words.because(option_with(screened("conditional", **{text: ("later", text)})))
    assert words.capital(text)[1:] == text[1:]


tables = st.lists(
    st.lists(st.tuples(*[st.integers(0, 100)] * 3).map(lambda three: tuple(map(float, sorted(three)))), min_size=2, max_size=2),
    min_size=1,
    max_size=4,
)


@pure(40)
@given(table=tables, weighed=st.booleans(), looked=st.booleans())
def test_nothing_that_is_said_is_a_chance_and_every_number_is_whole(
    *, table: list[list[tuple[float, float, float]]], weighed: bool, looked: bool
) -> None:
    named_table = dict(zip(("stay", "federation", "new_mat", "umbrella_trust"), table, strict=False))
    cells = [] if looked else [(option, name) for option in named_table for name in ("c1", "c2")]
    found = appraised(make_problem(named_table, () if weighed else None, unconfirmed=cells))
    for sentence in all_sentences(found):
        assert CHANCE.search(sentence) is None, sentence
        assert re.search(r"\d\.[1-9]|%|nan|inf\b", sentence.replace("0.", "")) is None, sentence
    assert (found.withheld is None) == (" order is: " in words.explanation(found))


def test_a_share_of_ways_of_weighing_is_never_said_without_what_it_is_not() -> None:
    assert "not chances of success" in words.NOT_A_CHANCE
    assert "They assume the order of importance that was given" in words.NOT_A_CHANCE
    assert "not legal advice" in words.NOT_LEGAL_ADVICE
    assert "they do not decide" in words.NOT_LEGAL_ADVICE
