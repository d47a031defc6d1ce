"""Sentences: plain English, whole numbers, ties called ties, nothing put in order too early, and never a chance of success."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.display import fact_words, phrases, screening_words, words
from tests.display.saying import CHANCE, TABLE, all_sentences, appraised, failing, labelled, option_with, screened, undecided
from tests.display.test_blocks import HOSTILE
from tests.making import make_fact, make_judgement, make_problem, make_range, pure

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.knowledge.spreads import Shape
    from partnership_model.model.problem import DecisionProblem


# Small words


@pytest.mark.parametrize(
    ("names", "said"),
    [([], "none"), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C", "D"], "A, B, C and D")],
)
def test_names_are_joined_as_people_do(names: list[str], said: str) -> None:
    assert phrases.listed(names) == said


def test_things_are_counted_in_the_singular_and_the_plural() -> None:
    assert [phrases.counted(count, "school") for count in (0, 1, 2)] == ["0 schools", "1 school", "2 schools"]
    assert [phrases.counted(count, "person", "people") for count in (1, 46)] == ["1 person", "46 people"]


def test_a_capital_is_put_at_the_front_and_nothing_else_is_changed() -> None:
    assert [phrases.capital(text) for text in ("a new MAT", "", "LA trust", "élan")] == ["A new MAT", "", "LA trust", "Élan"]


def test_options_are_counted_by_status_and_none_that_is_not_there() -> None:
    assert screening_words.status_line(["closed", "unknown", "open", "conditional", "open"]) == (
        "2 open, 1 open if others consent, 1 not decided, 1 closed"
    )
    assert screening_words.status_line([]) == ""


def test_a_text_said_twice_is_kept_once_and_in_order() -> None:
    assert phrases.unique(["b", "a", "b", "c", "a"]) == ["b", "a", "c"]


def test_every_mark_grade_and_origin_has_a_word() -> None:
    assert set(words.MARK) == {"sourced", "named", "memory", "estimate"}
    assert set(words.GRADE) == {"A", "B", "C", "D", ""}
    assert set(words.ORIGIN) == {"group", "starting", "computed", "missing"}
    assert words.ORIGIN["starting"] == "starting assumption"
    assert set(screening_words.STATUS) == {"open", "conditional", "closed", "unknown"}
    assert set(screening_words.MEMBERSHIP) == {"full", "conditional", "associate", "later", "none", "unknown"}
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
    assert [phrases.pounds(amount) for amount in (-1234, 0, 1, 1200)] == ["saves £1,234", "£0", "costs £1", "costs £1,200"]
    assert words.span(make_range((-50, -10.2, -10.2)), "GBP_per_pupil_per_year") == "saves £50 to saves £10, likely saves £10"


@pytest.mark.parametrize(
    ("shape", "outcomes", "said"),
    [
        ("triangle", (), "20 to 60, likely 40"),
        ("even", (), "anywhere from 20 to 60 alike"),
        ("outcomes", ((20.0, 0.004), (60.0, 0.996)), "20 in fewer than 1 of 100, 60 in more than 99 of 100"),
        ("outcomes", ((20.0, 0.3), (60.0, 0.7)), "20 in 30 of 100, 60 in 70 of 100"),
    ],
)
def test_a_judgement_says_how_its_figures_spread(shape: Shape, outcomes: tuple[tuple[float, float], ...], said: str) -> None:
    one = replace(make_judgement("stay", "staff", (20, 40, 60)), shape=shape, outcomes=outcomes)
    assert words.judged(one) == said


def test_a_spread_of_money_is_said_in_pounds_and_one_that_is_certain_is_one_figure() -> None:
    one = replace(make_judgement("stay", "cost", (-50, 0, 50)), shape="even")
    assert words.judged(one, "GBP_per_pupil_per_year") == "anywhere from saves £50 to costs £50 alike"
    grant = replace(one, shape="outcomes", outcomes=((-50.0, 0.25), (50.0, 0.75)))
    assert words.judged(grant, "GBP_per_pupil_per_year") == "saves £50 in 25 of 100, costs £50 in 75 of 100"
    assert words.judged(replace(make_judgement("stay", "staff", 40), shape="even")) == "40"


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
    assert phrases.share(part) == said


@pure(500)
@given(st.floats(0, 1), st.sampled_from([phrases.share, phrases.of_hundred]))
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
    assert phrases.of_hundred(part) == said


@pytest.mark.parametrize("part", [0.95, 0.05])
def test_nineteen_of_twenty_is_not_said_as_ten_of_ten(part: float) -> None:
    assert phrases.share(part) == {0.95: "95 of 100", 0.05: "5 of 100"}[part]


@pytest.mark.parametrize(("weight", "said"), [(0.24, "24"), (0.245, "25"), (0.01, "1"), (0.003, "0.3"), (0.0, "0"), (1.0, "100")])
def test_a_weight_is_said_of_a_hundred(weight: float, said: str) -> None:
    assert words.at_most(weight) == said


# Whose judgements they are


def unseen(**origins: tuple[str, str]) -> DecisionProblem:
    """Make a problem in which nobody has looked at some cells, each a starting assumption unless it is named."""
    cells = [("stay", "c1"), ("stay", "c2"), ("federation", "c2")]
    problem = make_problem(TABLE, unconfirmed=cells)
    named = dict.fromkeys(cells, "starting") | {cell: origin for origin, cell in origins.items()}
    changed = {cell: replace(problem.judgements[cell], origin=named[cell]) for cell in cells}  # type: ignore[arg-type]
    return replace(problem, judgements=problem.judgements | changed)


def test_the_count_of_what_nobody_has_looked_at_is_said() -> None:
    problem = unseen()
    assert words.unconfirmed(problem) == "Nobody in the group has looked at 3 of the 6 judgements in use: they are starting assumptions."
    assert words.unconfirmed(make_problem(TABLE)) == "Your group has looked at all 6 judgements in use."


def test_one_judgement_is_counted_in_the_singular() -> None:
    problem = make_problem(TABLE, unconfirmed=[("stay", "c1")])
    cell = replace(problem.judgements["stay", "c1"], origin="starting")
    said = words.unconfirmed(replace(problem, judgements=problem.judgements | {("stay", "c1"): cell}))
    assert said == "Nobody in the group has looked at 1 of the 6 judgements in use: it is a starting assumption."


def test_what_is_computed_from_facts_is_not_called_a_starting_assumption() -> None:
    said = words.unconfirmed(unseen(computed=("stay", "c2")))
    assert said.endswith("3 of the 6 judgements in use: 2 are starting assumptions and 1 is computed from facts.")


def test_judgements_on_closed_options_are_not_counted() -> None:
    problem = make_problem(TABLE, status={"new_mat": "closed"}, unconfirmed=[("new_mat", "c1"), ("stay", "c1"), ("stay", "c2")])
    assert words.unconfirmed(problem).startswith("Nobody in the group has looked at 2 of the 4 judgements in use: ")


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
    assert text in screening_words.because(option_with(None, failing(text, A=text)))
    assert text in screening_words.because(option_with(None, undecided(A=text)))
    assert text in screening_words.because(option_with(screened("closed", **{text: ("none", text)})))
    assert text in screening_words.because(option_with(screened("conditional", **{text: ("later", text)})))
    assert phrases.capital(text)[1:] == text[1:]


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
    said = words.not_a_chance(make_problem({"stay": [1], "federation": [2]}))
    assert said.startswith(f"{words.NOT_A_CHANCE} They assume weights that keep the order of importance, and judgements anywhere in")
    assert "not legal advice" in words.NOT_LEGAL_ADVICE
    assert "they do not decide" in words.NOT_LEGAL_ADVICE
