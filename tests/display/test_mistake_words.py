"""Mistakes in words: what was found, why it matters and what to do, where each stands, and what keeps the others out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.analysis.mistakes.found import KINDS, Mistake
from partnership_model.display import mistake_parts
from partnership_model.display.blocks import Bullets, Heading, Table
from partnership_model.display.mistake_names import DO, GUARDS, NAMES, WHY
from partnership_model.display.mistake_words import said, unchecked
from tests.display.saying import CHANCE, ORDER, TABLE, appraised
from tests.making import make_case, make_criterion, make_problem

if TYPE_CHECKING:
    from partnership_model.analysis.mistakes.found import Kind

TWO = {"c1": make_criterion(label="Say over our school"), "c2": make_criterion(label="Cost")}
FOUND = appraised(make_problem(TABLE, (60, 40), TWO))
NOT_ORDERED = appraised(make_problem(TABLE, None, TWO))
WAYS = {"group": ["stay"], "person": ["federation"], "school": None}
# One of each kind and of its variants, with what has to stand in its sentence.
EXAMPLES: list[tuple[Mistake, str]] = [
    (
        Mistake("double_counting", ("c1", "c2"), {"correlation": 0.95, "options": 3, "overlap": True, "leaders_without": {"c1": ["stay"]}}),
        (
            "Say over our school and cost overlap by their very meaning. Say over our school and cost rise and fall together over "
            "the options "
            "(a correlation of 95 of 100). Over 3 options that is weak evidence: two criteria easily look alike by accident. "
            "Without say over our school, stay comes first."
        ),
    ),
    (
        Mistake("double_counting", ("c1", "c2"), {"correlation": 0.95, "options": 3, "overlap": False, "leaders_without": {}}),
        "Leaving out either does not change what comes first.",
    ),
    (
        Mistake("weights_without_ranges", ("Staff",), {"method": "swing", "importance": True}),
        "The staff's weights were asked for as importance.",
    ),
    (
        Mistake("weights_without_ranges", ("Governors",), {"method": "points", "importance": False}),
        "The governors' points were shared out, and the case does not say that the lifts from worst to best were shown.",
    ),
    (
        Mistake("equal_scores", ("c2",), {"weight": 0.4}),
        "Cost does not help to choose: all options have the same likely value on it. It carries 40 of 100.",
    ),
    (
        Mistake("local_scale", ("c2",), {"spread": 15, "weight": 0.4, "points": 6.0}),
        "On cost all options lie within 15 points of 100. It carries 40 of 100. It moves the totals by 6 points at most.",
    ),
    (
        Mistake("blanks", ("stay",), {"criteria": ["c1", "c2"], "overall": [30, 80]}),
        "Stay: nobody has judged say over our school and cost. Its overall value lies anywhere from 30 to 80.",
    ),
    (Mistake("adding_errors", ("Governors",), {"total": 97.0}), "The points of governors add up to 97, not to 100."),
    (
        Mistake("false_precision", ("federation", "stay"), {"kind": "order", "totals": {"federation": 70, "stay": 68}}),
        "Federation has 70 points, stay has 68; yet it is ahead in fewer than 8 of 10 ways of weighing and judging, so what is known does",
    ),
    (Mistake("false_precision", ("stay", "new_mat"), {"kind": "tie", "ahead": 0.93}), "the first is ahead in 9 of 10 ways of weighing"),
    (
        Mistake("no_do_nothing", ("stay",), {"must_haves": ["We want change."], "shown_only": False}),
        "Staying as we are is not among the options compared: “We want change” closes it.",
    ),
    (
        Mistake("no_do_nothing", ("stay",), {"must_haves": [], "shown_only": True}),
        "Staying as we are is shown, and not compared with the rest.",
    ),
    (
        Mistake("strategic_voting", ("Staff",), {"leaders_without": ["stay"], "criterion": "c1", "own": 0.95, "median": 0.425}),
        (
            "Without the weights of staff, stay comes first. It stands apart most on say over our school: 95 of 100, where the middle "
            "of the others is 43."
        ),
    ),
    (
        Mistake("who_counts", ("Staff", "Parents"), {"used": "group", "said": False, "leaders": WAYS}),
        (
            "The case does not say who counts, so each group has one voice. With one voice for each group, stay comes first; with "
            "one voice for "
            "each person, federation comes first. One voice for each school cannot be counted"
        ),
    ),
    (
        Mistake(
            "averaged_conflict",
            ("Staff", "Parents"),
            {"first": {"Staff": ["stay"], "Parents": ["new_mat"]}, "together": ["federation"], "nobodys": ["federation"]},
        ),
        (
            "The groups disagree: by the weights of staff, stay comes first; by the weights of parents, new mat comes first. Together, "
            "federation comes first. By no group's own weights does that come first."
        ),
    ),
    (
        Mistake("rank_reversal", ("new_mat",), {"leaders_without": ["stay", "federation"]}),
        "Without new mat, stay and federation tie for the",
    ),
    (Mistake("cost_twice", ("c2", "c1"), {"with": "criterion"}), "Cost is in the score, and say over our school is counted beside it"),
    (
        Mistake("cost_per_point", ("why 1",), {"sentence": "£40 per point."}),
        "The case's own words divide money by points: “£40 per point”.",
    ),
    (
        Mistake("dominated", ("new_mat",), {"by": ["stay", "federation"], "certain": True}),
        "New mat is nowhere better than each of stay and federation, wherever in their ranges the judgements lie.",
    ),
    (
        Mistake("dominated", ("new_mat",), {"by": ["stay"], "certain": False}),
        "New mat is nowhere better than stay on the likely figures; elsewhere in the ranges it can be.",
    ),
    (
        Mistake("deal_breaker", ("new_mat",), {"kind": "no_place", "schools": ["Infant A", "Junior B"]}),
        "New mat comes first, and has no place for Infant A and Junior B.",
    ),
    (
        Mistake("deal_breaker", ("new_mat",), {"kind": "must_have", "must_haves": ["We can leave."]}),
        "New mat comes first, and nobody knows yet whether it meets “We can leave”.",
    ),
    (
        Mistake("deal_breaker", ("new_mat", "c2"), {"kind": "worst", "value": 4, "weight": 0.4}),
        "New mat comes first although it has 4 of 100 on cost, which carries 40 of 100.",
    ),
    (
        Mistake("optimism", ("new_mat",), {"kind": "opinion", "criteria": ["c1"], "leaders": ["stay"]}),
        (
            "Some judgements of new mat rest on opinion only: on say over our school. If these came out at their low figures, stay "
            "would come first."
        ),
    ),
    (
        Mistake("optimism", ("new_mat",), {"kind": "savings", "criteria": ["cost"], "leaders": ["stay"]}),
        "If no option saved any money, stay would come first.",
    ),
    (
        Mistake("predetermination", ("next_steps 2",), {"status": "consulting", "sentence": "We have decided."}),
        "The case is not decided (consulting), and yet says, under next steps 2: “We have decided”.",
    ),
    (
        Mistake(
            "predetermination", ("trust_board",), {"status": "consulting", "sentence": "", "passed": "2016-04-13", "closes": "2016-05-01"}
        ),
        "A resolution (trust board) was passed on 13 April 2016, before the consultation closed on 1 May 2016.",
    ),
    (Mistake("predetermination", ("recommendation",), {"status": "exploring", "sentence": ""}), "while the schools are still exploring"),
    (Mistake("stale_facts", ("land_disposal", "vat"), {"kind": "stale"}), "since they went stale: land disposal and vat."),
    (
        Mistake("weights_after_scores", ("Staff",), {"weighed": "2016-04-13", "known": "2016-04-10"}),
        "The staff's weights were taken on 13 April 2016; scores were known from 10 April 2016, as the decisions log has it.",
    ),
    (Mistake("stale_facts", (), {"kind": "expired", "day": "2016-04-13"}), "counts no longer since 13 April 2016."),
    (Mistake("stale_facts", (), {"kind": "withdrawn", "says": "“A” was withdrawn."}), "“A” was withdrawn."),
    (
        Mistake("stale_facts", (), {"kind": "prices", "price_year": 2016, "day": "2026-11-22"}),
        "The money figures are in prices of 2016, and the question is asked for 22 November 2026; nothing is added for rising prices.",
    ),
    (
        Mistake("built_to_lose", ("stay", "new_mat"), {"looked_at": {"stay": 3, "new_mat": 0}, "most": 8, "of": 8}),
        "Of 8 judgements each, the group has looked at 8 of one option, and at fewer of others: none of new mat; 3 of stay.",
    ),
]
EACH = pytest.mark.parametrize(("mistake", "sentence"), EXAMPLES, ids=[f"{one.kind}-{place}" for place, (one, _) in enumerate(EXAMPLES)])


@EACH
def test_each_mistake_says_what_was_found_why_it_matters_and_what_to_do(mistake: Mistake, sentence: str) -> None:
    found = said(mistake, FOUND)
    assert sentence in found.says
    assert found.sentence == f"{found.says} {WHY[mistake.kind]} {DO[mistake.kind]}"


@EACH
def test_each_sentence_is_whole_and_holds_no_decimals_and_no_talk_of_chances(mistake: Mistake, sentence: str) -> None:
    assert sentence
    text = said(mistake, FOUND).sentence
    assert re.search(r"\d\.\d", text) is None
    assert CHANCE.search(text) is None
    assert text[0].isupper() or text[0] == "“"
    assert text.endswith(".")


def test_every_kind_has_a_name_a_reason_something_to_do_and_something_that_keeps_it_out() -> None:
    assert list(NAMES) == list(WHY) == list(DO) == list(GUARDS) == list(KINDS)
    assert len(set(NAMES.values())) == 21
    assert {one.kind for one, _ in EXAMPLES} == {*KINDS}


def test_every_kind_stands_in_one_section_of_the_report() -> None:
    placed = [kind for kinds in mistake_parts.SECTIONS.values() for kind in kinds]
    assert sorted(placed) == sorted(KINDS)


def test_the_summary_counts_them_and_names_each_kind_once() -> None:
    text = mistake_parts.counted([EXAMPLES[0][0], EXAMPLES[1][0], EXAMPLES[4][0]])
    assert text.startswith(
        "This appraisal has 3 warnings about itself: the same thing counted twice; a criterion on which all options are alike."
    )
    assert mistake_parts.counted([]) == mistake_parts.NONE


def test_each_section_shows_its_own_warnings_and_one_without_any_shows_nothing() -> None:
    mistakes = [one for one, _ in EXAMPLES]
    heading, bullets = mistake_parts.beside("what_next", mistakes, FOUND)
    assert isinstance(heading, Heading)
    assert heading.text == "3 warnings"
    assert isinstance(bullets, Bullets)
    assert all(item.startswith("A mind made up too early. ") for item in bullets.items)
    assert mistake_parts.beside("what_next", [], FOUND) == []


def rows(mistakes: list[Mistake], appraisal: Any = FOUND) -> dict[str, tuple[Any, ...]]:  # noqa: ANN401 - an appraisal
    """Give the rows of the annex's table by the mistake's name."""
    table = mistake_parts.annex(mistakes, make_case(), appraisal)[-1]
    assert isinstance(table, Table)
    return {str(row[0]): row[1:] for row in table.rows}


def test_the_annex_lists_every_kind_found_or_not() -> None:
    found = rows([EXAMPLES[4][0]])
    assert list(found) == list(NAMES.values())
    assert found[NAMES["equal_scores"]] == (EXAMPLES[4][1], DO["equal_scores"])
    assert found[NAMES["blanks"]] == ("Not found.", GUARDS["blanks"])
    assert found[NAMES["averaged_conflict"]][0] == "Not checked: fewer than two groups have weighed."


def test_while_nothing_is_put_in_order_the_annex_speaks_of_no_order() -> None:
    text = " ".join(str(cell) for row in rows([], NOT_ORDERED).values() for cell in row)
    assert ORDER.findall(text) == []
    assert "Not checked: nothing is put in order yet." in text


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_not_checked_is_said_with_its_reason(kind: Kind) -> None:
    because = unchecked(kind, make_case(), NOT_ORDERED)
    assert because == "" or because.endswith(".")


def test_the_data_hold_the_same_words_and_are_plain() -> None:
    data = mistake_parts.data([one for one, _ in EXAMPLES], make_case(), FOUND)
    assert [one["says"] for one in data["found"]] == [said(one, FOUND).says for one, _ in EXAMPLES]
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert {one["kind"] for one in data["not_checked"]} <= set(KINDS)
