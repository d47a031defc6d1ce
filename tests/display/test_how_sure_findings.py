"""The findings that head the cards of "How sure": each a sentence that a chair could read out, none of them a promise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnership_model.display import how_sure
from partnership_model.display.how_sure_findings import FINDINGS, most_often
from partnership_model.knowledge.weight_sets import WeightSet
from tests.display.exploring import moved
from tests.display.page_reading import STATES, found_in, page, read
from tests.display.saying import CHANCE, TABLE, appraised
from tests.making import make_problem

RANKED = STATES["ranked"]


def finding(key: str, found: object) -> str:
    """Give the finding of one part."""
    return FINDINGS[key](found)


def test_every_card_is_headed_by_what_was_found_and_says_above_it_what_was_asked() -> None:
    reader = read(RANKED, "how_sure")
    for part in how_sure.parts(found_in(RANKED)):
        assert part.finding in reader.texts("h2")
        assert part.heading in reader.texts("p", "span")
        assert part.finding != part.heading
        assert len(part.finding.split()) > 5
        assert not part.finding.endswith((".", "?"))
        assert CHANCE.search(part.finding) is None


def test_the_first_card_says_who_comes_first_most_often_and_that_it_is_fewer_than_half() -> None:
    said = most_often(found_in(RANKED))
    assert said == "A co-operative trust comes first most often: in 40 of 100 ways of weighing, fewer than half"
    assert most_often(appraised(make_problem({"stay": [90, 90], "federation": [10, 10]}))) == "Stay comes first in every way of weighing"
    even = most_often(appraised(make_problem({"stay": [50, 50], "federation": [50, 50]})))
    assert even == "Stay and federation each come first as often: in 50 of 100 ways of weighing"
    assert most_often(found_in(STATES["unweighed"])) == "Nothing is put in order yet"


def test_the_card_of_weighing_or_evidence_names_its_condition() -> None:
    found = found_in(RANKED)
    assert finding("uncertainty", found) == "Within the order of importance, more evidence would settle more than more weighing"
    named = {
        "near": "Within 10 points of our weights, ",
        "any": "Over all weights, ",
        "groups": "Within what the groups said, ",
    }
    for kind, begins in named.items():
        assert finding("uncertainty", found_in(moved({"do": "ways", "value": kind}, state=RANKED))).startswith(begins)
    sure = appraised(make_problem({"stay": [90, 90], "federation": [10, 10]}))
    assert finding("uncertainty", sure) == "Neither more weighing nor more evidence is needed: the same comes first every time"


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"stay": [90, 90], "federation": [10, 10]}, "Leaving out any one criterion changes nothing about who comes first"),
        ({"stay": [90, 10], "federation": [10, 80]}, "Leaving out one criterion would change who comes first in 1 of 2 cases"),
    ],
)
def test_how_often_leaving_something_out_changes_the_first_place_is_counted(table: dict[str, list[float]], says: str) -> None:
    assert finding("left_out", appraised(make_problem(table))) == says


def test_groups_that_are_left_out_are_counted_with_the_criteria() -> None:
    assert finding("left_out", found_in(RANKED)) == "Leaving out one criterion or group would change who comes first in 9 of 10 cases"


def test_one_judgement_that_is_enough_names_whom_it_would_put_first() -> None:
    near = appraised(make_problem({"stay": [60, 60], "federation": [(40, 55, 90), 60]}))
    assert finding("judgement_changes", near) == "One judgement inside its range is enough to put federation first"
    assert finding("judgement_changes", appraised(make_problem({"stay": [90, 90], "federation": [10, 10]}))) == (
        "No one judgement inside its range would put another option first"
    )


def test_what_to_find_out_next_is_named_or_that_nothing_is_worth_it() -> None:
    assert finding("information", found_in(RANKED)) == "Find out next how a co-operative trust does on staff"
    sure = appraised(make_problem({"stay": [90, 90], "federation": [10, 10]}))
    assert finding("information", sure) == "No one judgement is worth much more finding out"


def test_how_many_options_weights_alone_could_put_first_is_counted() -> None:
    assert finding("potential", found_in(RANKED)) == "Weights alone could put 5 of the 7 options first"
    assert finding("potential", appraised(make_problem({"stay": [90, 10], "federation": [10, 90]}))) == (
        "Each option could come first with some weights or other"
    )


def test_a_set_of_weights_that_a_case_asks_for_is_named_in_the_condition() -> None:
    problem = replace(make_problem(TABLE), weight_set=WeightSet.model_validate({"set": "any"}))
    assert finding("uncertainty", appraised(problem)).startswith(("Over all weights, ", "Neither more", "Too few"))


def test_only_the_answer_is_open_and_every_detail_is_folded() -> None:
    """A governor's page: two sentences a card, the rest behind a summary."""
    html = page(RANKED, "how_sure").html
    opened = html
    while "<details" in opened:
        start = opened.rindex("<details")
        opened = opened[:start] + opened[opened.index("</details>", start) + len("</details>") :]
    assert "<table" not in opened
    assert opened.count("<li>") <= 3 * 2 + 2
    assert [name for name in ("shares", "ranges") if f'data-chart="{name}"' in opened] == ["shares", "ranges"]
    assert opened.count("data-chart=") == 2


def test_the_figures_of_its_tables_lead_to_their_judgements() -> None:
    reader = read(RANKED, "how_sure")
    for key, caption in (
        ("information", "Judgements that finding out could be worth something, most first"),
        ("judgement_changes", "One judgement that would be enough alone"),
    ):
        leads = how_sure.leads(found_in(RANKED), key, caption)
        assert leads is not None
        assert len(leads) == len(reader.rows(caption)) - 1
        assert all(sum(one is not None for one in row) == 1 for row in leads)
    assert how_sure.leads(found_in(RANKED), "left_out", "What comes first if one thing is left out") is None
