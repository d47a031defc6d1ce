"""The first page: what is asked, what follows, what would change it, which doors close, what is missing, what comes next."""

from __future__ import annotations

import pytest

from partnership_model.display.blocks import Block, Bullets, Figure, Heading, Paragraph, Table
from partnership_model.knowledge.cases import Recommendation
from tests.display.complete_case import COMPLETE, changed, record, run_of
from tests.display.section_reading import EACH, RUNS, text_of
from tests.display.test_notebook import ember

MOST_WORDS = 310  # about three hundred, the title and the note of the case not counted
STANDING = 1  # the last paragraph stands under every summary


def told(blocks: list[Block]) -> str:
    """Read what the summary says of this case, without stamps, tables and what stands under every summary."""
    kept = [one for one in blocks if isinstance(one, Heading | Bullets | Paragraph)]
    return " ".join(" ".join(one.items) if isinstance(one, Bullets) else one.text for one in kept[:-STANDING])


@EACH
def test_the_summary_has_about_three_hundred_words_at_most_one_chart_and_one_table(state: str) -> None:
    run = RUNS[state]()
    blocks = run.summary().blocks
    own = f"{run.case.file.title} {run.case.file.illustrative_note}"
    assert len(told(blocks).split()) - len(own.split()) <= MOST_WORDS
    assert len([one for one in blocks if isinstance(one, Table)]) == 1
    assert len([one for one in blocks if isinstance(one, Figure)]) == (state == "ranked")


def test_the_summary_says_what_is_asked_who_decides_by_when_what_is_recommended_and_what_comes_next() -> None:
    said = told(run_of().summary().blocks)
    for part in (
        "The question, by the law and facts of 15 April 2016: How should our two schools work together from September 2016?",
        "Who decides: Each school's governing body decides for its own school. To be decided by 1 July 2016.",
        "What would change it: ",
        "Of 72 parts of a full appraisal, 1 is missing.",
        "The group recommends: We recommend a written partnership for two years.",
        "What happens next: Both governing bodies vote in June 2016.",
    ):
        assert part in said


def test_what_the_case_does_not_say_is_missing_in_the_summary_too() -> None:
    said = told(ember(next_steps=()).summary().blocks)
    assert "By when: not given." in said
    assert "Among them: risks, equality and what a consultation changed." in said
    assert "The case names no next steps." in said


def test_of_what_is_missing_the_summary_names_what_readers_ask_for() -> None:
    assert "Among them" not in told(run_of().summary().blocks)
    assert "Among them: a log of decisions." in told(run_of(record(decisions=None)).summary().blocks)


def test_doors_that_close_stand_in_the_summary() -> None:
    assert "no way back to a council-maintained school was found." in told(ember().summary().blocks)
    assert "No option closes a door, as far as the facts go." in told(run_of().summary().blocks)


def test_where_no_weight_alone_changes_the_answer_that_is_said() -> None:
    one = changed(criteria=("autonomy",), weights=tuple(_only_autonomy()))
    assert "What would change it: no weight of one criterion alone." in told(run_of(one).summary().blocks)


def _only_autonomy() -> list[object]:
    return [one.model_copy(update={"values": {"autonomy": 1.0}}) for one in COMPLETE.file.weights]


@pytest.mark.parametrize("says", ["Wait.", "<b>Wait</b> {{ 1 }}"])
def test_the_recommendation_is_the_groups_own_words(says: str) -> None:
    assert f"The group recommends: {says}" in told(run_of(changed(recommendation=Recommendation(says=says))).summary().blocks)


def test_an_appraisal_that_has_expired_says_so_on_its_first_page() -> None:
    said = "This appraisal counts no longer since 15 April 2017: look again before you rely on it."
    run = run_of()
    assert said in run.warnings()
    assert said in text_of(run.summary().blocks)
    later = run_of(record(expires=COMPLETE.file.as_of.replace(year=2999)))  # type: ignore[union-attr]
    assert not any("counts no longer" in one for one in later.warnings())
    assert Heading("When to look again", 3) in later.what_next().blocks
    assert (
        Paragraph("From 15 April 2999 this appraisal counts no longer: law, money and schools will have moved.") in later.what_next().blocks
    )
