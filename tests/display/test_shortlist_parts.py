"""The shortlist on money, risk, consultation and law: what is known, and "not given" where nothing is."""

from __future__ import annotations

from partnership_model.display.blocks import Paragraph
from partnership_model.display.shortlist_parts import NOT_GIVEN, shortlisted
from tests.display.complete_case import COMPLETE, record, run_of
from tests.display.section_reading import table, text_of
from tests.display.test_notebook import closed, ember, unweighed

SIDE_BY_SIDE = "Money, risk, consultation and law"


def test_each_option_of_the_shortlist_is_compared_on_what_is_known() -> None:
    found = table(run_of().shortlist().blocks, SIDE_BY_SIDE)
    assert found.columns == ("Option", "Money", "Risk", "Consultation", "Law")
    stay, collaboration, federation = found.rows
    assert stay[1] == "Over 5 years nothing is paid and nothing saved, since nothing changes."
    assert collaboration[2] == (
        "The head of Infant A leaves before a deputy is ready (likely, serious); The paper binds nobody (possible, serious)."
    )
    assert collaboration[3] == "Parents: Many want it in writing."
    assert stay[3] == NOT_GIVEN
    assert str(federation[4]).startswith("Open")


def test_what_nobody_wrote_down_is_not_given_and_no_score_stands_beside_it() -> None:
    blocks = ember().shortlist().blocks
    rows = table(blocks, SIDE_BY_SIDE).rows
    assert {(row[2], row[3]) for row in rows} == {(NOT_GIVEN, NOT_GIVEN)}
    assert "no score stands in this table" in text_of(blocks)
    for missing in ("names no risks", "what was looked at for equality", "what was asked in a consultation"):
        assert any(isinstance(one, Paragraph) and one.style == "missing" and missing in one.text for one in blocks)


def test_a_shortlist_is_the_groups_own_and_staying_is_always_compared() -> None:
    run = run_of(record(shortlist=("federation",)))
    assert [option.key for option in shortlisted(run.case, run.appraisal)] == ["stay", "federation"]


def test_without_a_shortlist_what_another_option_beats_on_all_counts_is_left_out() -> None:
    run = unweighed()
    beaten = {one.option for one in run.appraisal.dominated}
    assert beaten
    keys = [option.key for option in shortlisted(run.case, run.appraisal)]
    assert not beaten & set(keys)
    assert "stay" in keys
    assert "The group has named no shortlist" in text_of(run.shortlist().blocks)


def test_where_the_must_haves_leave_no_option_there_is_nothing_to_compare() -> None:
    assert Paragraph("No option is left.", "missing") in closed().shortlist().blocks


def test_answers_of_fewer_than_five_are_not_counted_out() -> None:
    rounds = COMPLETE.file.appraisal.consultation or ()
    few = record(consultation=(rounds[0].model_copy(update={"answered": 3}),))
    row = table(run_of(few).shortlist().blocks, "What was asked").rows[0]
    assert row[3] == "fewer than 5 of 500"
    full = table(run_of().shortlist().blocks, "What was asked").rows[0]
    assert full[2:] == (
        "From 1 February 2016 to 15 March 2016. A form and a meeting.",
        "140 of 500",
        "The partnership is to be in writing.",
    )
    bare = record(consultation=(rounds[0].model_copy(update=dict.fromkeys(("how", "opened", "closed", "answered", "changed"), None)),))
    said = table(run_of(bare).shortlist().blocks, "What was asked").rows[0]
    assert said[2:] == ("not said", "500 invited; how many answered is not said", "not said")
