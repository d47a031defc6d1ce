"""Bad input: each fault has one folder in `bad_data/` and one row here that says what its one message must hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.checking import BAD_DATA, contents, good_case, stands_at

if TYPE_CHECKING:
    from pathlib import Path

    from tests.checking import Check

PROGRAMMERS_WORDS = re.compile(r"constrained-str|union\[|tuple|dictionary|instance of|string should match|pattern '|Traceback")

# folder, file, line (None: the fault is the file as a whole), words that the one message must hold
TABLE: list[tuple[str, str, int | None, tuple[str, ...]]] = [
    # Names
    ("option_unknown", "case.yaml", 12, ('"federaton"', 'Did you mean "federation"?')),
    ("option_in_capitals", "case.yaml", 12, ("Federation", 'Did you mean "federation"?')),
    ("option_repeated", "case.yaml", 14, ('"federation"', "repeated")),
    ("option_key_unknown", "case.yaml", 13, ("labl", 'Did you mean "label"?')),
    ("option_before_its_first_day", "case.yaml", 13, ('"new_mat"', "2009-01-01", "2010-07-29")),
    ("stay_missing", "case.yaml", 10, ('"stay"', "staying as we are")),
    ("criterion_unknown", "case.yaml", 14, ('"autonomi"', 'Did you mean "autonomy"?')),
    ("criterion_mistyped_once", "case.yaml", 14, ('"autonomi"', 'Did you mean "autonomy"?')),
    ("criterion_repeated", "case.yaml", 14, ('"staff"', "repeated")),
    ("key_unknown", "case.yaml", 6, ("illustrativ:", 'Did you mean "illustrative"?')),
    ("key_unknown_in_a_school", "case.yaml", 9, ("schools.1.rol", 'Did you mean "role"?')),
    ("key_missing", "case.yaml", 2, ("decides", "missing")),
    ("key_repeated", "case.yaml", 6, ('"title"', "repeated", "line 2")),
    ("category_unknown", "case.yaml", 8, ('"comunity"', 'Did you mean "community"?')),
    ("category_in_capitals", "case.yaml", 8, ("Community", 'Did you mean "community"?')),
    ("school_twice", "case.yaml", 9, ('"Infant A"', "two schools")),
    ("school_without_pupils", "case.yaml", 8, ("pupils", "0", "1")),
    ("no_school_decides", "case.yaml", 7, ("schools", "at least one", "member")),
    ("status_unknown", "case.yaml", 5, ("thinking", "exploring", "consulting", "decided")),
    ("source_unknown", "case.yaml", 8, ('"source_01"', "Did you mean", "source_001")),
    ("gate_attribute_unknown", "case.yaml", 26, ('"leave_desider"', 'Did you mean "leave_decider"?')),
    ("gate_answer_unknown", "case.yaml", 27, ('"governing_boddy"', "leave_decider", 'Did you mean "governing_body"?')),
    ("gate_on_figures", "case.yaml", 26, ('"set_up_cost"', "figures, not answers")),
    ("gate_twice", "case.yaml", 28, ('"way_out"', "twice")),
    # What a school is today, and what it may join
    ("form_impossible", "case.yaml", 8, ("schools.0.form", "a community school cannot be", '"with_trust"', "alone, federated")),
    ("form_unknown", "case.yaml", 8, ("fedrated", 'Did you mean "federated"?')),
    ("member_of_today_unknown", "case.yaml", 13, ("members_today", '"Junor B" is not a school of this case', 'Did you mean "Junior B"?')),
    ("joins_later_unknown_option", "case.yaml", 9, ("joins_later", '"new_mut" is not an option', 'Did you mean "new_mat"?')),
    ("joins_later_outside_the_case", "case.yaml", 9, ("joins_later", '"established_mat" is not an option of this case', "Known: ")),
    ("joins_later_stay", "case.yaml", 9, ("joins_later", '"stay" is what every school has today')),
    ("joins_later_date_impossible", "case.yaml", 9, ("joins_later.new_mat", "2018-09-31", "date that exists")),
    ("diocese_policy_unknown", "case.yaml", 9, ("diocese_policy", "'majority'", "majority_only", "Did you mean")),
    ("diocese_policy_without_a_diocese", "case.yaml", 8, ("diocese_policy", "a community school has neither a church nor a foundation")),
    ("members_of_today_too_many", "case.yaml", 13, ("members_today", "at most 200 entries")),
    ("articles_unknown", "case.yaml", 13, ("articles", "church_mjority", 'Did you mean "church_majority"?')),
    # Weights and days
    ("weight_negative", "case.yaml", 19, ("autonomy", "-5", "negative")),
    ("weight_not_a_number", "case.yaml", 19, ("autonomy", "lots", "number")),
    ("weight_infinite", "case.yaml", 19, ("autonomy", ".inf", "number")),
    ("weight_left_empty", "case.yaml", 19, ("autonomy", "number")),
    ("weights_all_zero", "case.yaml", 16, ("all weights are zero",)),
    ("weight_missing", "case.yaml", 18, ('"cost"', "no weight")),
    ("weight_for_an_unknown_criterion", "case.yaml", 22, ('"stafff"', 'Did you mean "staff"?')),
    ("weights_in_a_list", "case.yaml", 16, ("swing", "a number for each criterion")),
    ("ranking_with_numbers", "case.yaml", 16, ("ranking", "list of criteria")),
    ("ranking_with_a_number_inside", "case.yaml", 20, ("5",)),
    ("ranked_twice", "case.yaml", 20, ('"staff"', "twice")),
    ("pair_twice", "case.yaml", 21, ("staff and autonomy", "line 19", "keep one")),
    ("pair_off_the_scale", "case.yaml", 19, ("times", "found 12", "from 1 to 9", "worth more first")),
    ("pair_of_one", "case.yaml", 21, ('"cost"', "with itself")),
    ("pair_with_an_unknown_criterion", "case.yaml", 19, ('"stafff"', 'Did you mean "staff"?')),
    ("pair_key_unknown", "case.yaml", 19, ("time: unknown key", 'Did you mean "times"?')),
    ("pairs_apart", "case.yaml", 18, ('"cost"', "no comparison joins", "at least one")),
    ("pairs_with_numbers", "case.yaml", 16, ("pairs needs a list of comparisons", "{more: autonomy, than: cost, times: 3}")),
    ("trade_offs_that_cannot_all_hold", "case.yaml", 21, ("autonomy is worth at least 2 times cost", "take one of them back")),
    ("trade_offs_exactly_level", "case.yaml", 20, ("autonomy is worth at least as much as staff", "times: 0.8", "one each way")),
    ("trade_off_times_zero", "case.yaml", 19, ("times", "found 0", "greater than 0")),
    ("method_unknown", "case.yaml", 17, ("trade_off", 'Did you mean "trade_offs"?')),
    ("rule_unknown", "case.yaml", 18, ("rank_summ", 'Did you mean "rank_sum"?')),
    ("rule_for_figures", "case.yaml", 16, ("`by`", "swing is no order", "leave it out")),
    ("use_without_a_second_weighing", "case.yaml", 16, ("`use`", "add `again`")),
    ("use_unknown", "case.yaml", 24, ("secnd", 'Did you mean "second"?')),
    ("second_weighing_incomplete", "case.yaml", 22, ("weights.0.again.values", '"cost"', "no weight")),
    ("second_weighing_without_a_day", "case.yaml", 20, ("weights.0.again.elicited", "missing")),
    ("group_twice", "case.yaml", 23, ('"Governors"', "twice")),
    ("date_impossible", "case.yaml", 6, ("as_of", "2016-02-30", "date that exists")),
    ("date_bare_year", "case.yaml", 6, ("as_of", "2016", "whole date")),
    # Plausible weights
    ("plausible_set_unknown", "case.yaml", 29, ("plausible_weights.set", "ordr", "'near'", 'Did you mean "order"?')),
    ("plausible_key_unknown", "case.yaml", 30, ("withn", 'Did you mean "within"?')),
    ("plausible_only_a_word", "case.yaml", 28, ("'order'", "keys with values")),
    ("plausible_conditions_missing", "case.yaml", 28, ("`set: conditions` needs", "`ranges`, `at_least` or `conditions`")),
    ("plausible_groups_of_one", "case.yaml", 29, ("at least two groups", "found 1")),
    ("plausible_within_nought", "case.yaml", 30, ("within", "found 0", "greater than 0")),
    ("plausible_spread_too_wide", "case.yaml", 29, ("spread", "found 60", "25")),
    ("plausible_range_upside_down", "case.yaml", 30, ("ranges.autonomy", "lowest <= highest", "found 30, 10")),
    ("plausible_range_of_one_figure", "case.yaml", 30, ("ranges.autonomy", "found 10", "such as [10, 30]")),
    ("plausible_range_as_shares", "case.yaml", 30, ("ranges.autonomy", "<= 100", "found 10, 130")),
    ("plausible_range_unknown", "case.yaml", 30, ('"autonmy"', 'Did you mean "autonomy"?')),
    ("plausible_ratio_unknown", "case.yaml", 30, ("at_least.0.than", '"cots"', 'Did you mean "cost"?')),
    ("plausible_ratio_with_itself", "case.yaml", 30, ('"staff" is compared with itself',)),
    ("plausible_ratio_of_nought", "case.yaml", 30, ("times", "found 0", "greater than 0")),
    ("plausible_sum_unknown", "case.yaml", 30, ('"staf"', 'Did you mean "staff"?')),
    ("plausible_sum_without_a_figure", "case.yaml", 30, ("`at_least`, `at_most` or both",)),
    ("plausible_sum_of_noughts", "case.yaml", 30, ("a factor other than 0",)),
    ("plausible_sum_upside_down", "case.yaml", 30, ("at_least <= at_most", "found 40, 20")),
    ("plausible_contradiction", "case.yaml", 30, ("cannot hold together", "sum to 100: autonomy at least 60; staff at least 50")),
    (
        *("plausible_contradiction_of_ratios", "case.yaml", 30),
        ("cannot hold together", "cost at least 10; autonomy at least 2 times cost; cost at least 2 times autonomy"),
    ),
    ("plausible_condition_impossible", "case.yaml", 30, ("this cannot hold", "autonomy + staff at least 120")),
    ("plausible_weight_outside_the_score", "case.yaml", 30, ('"cost" stands outside the score',)),
    # What a hall is asked
    ("consultation_without_groups", "case.yaml", 28, ("consultation.groups", "missing")),
    ("consultation_key_unknown", "case.yaml", 30, ("consultation.abot", "unknown key", 'Did you mean "about"?')),
    ("consultation_criterion_unknown", "case.yaml", 30, ('"staf" is not a criterion of this case', 'Did you mean "staff"?')),
    ("consultation_criterion_outside_the_case", "case.yaml", 30, ('"resilience" is not a criterion of this case', "Known: ")),
    ("consultation_criterion_twice", "case.yaml", 28, ('the criterion "autonomy" stands twice',)),
    ("consultation_criterion_alone", "case.yaml", 28, ("one criterion alone", "name 2 to 8")),
    ("consultation_criteria_too_many", "case.yaml", 15, ("the case has 9 criteria", "name the 8 at most", "`criteria`")),
    ("consultation_group_twice", "case.yaml", 28, ('the group "Staff" stands twice',)),
    ("consultation_learners_alone", "case.yaml", 28, ("name a group of adults too",)),
    ("consultation_school_unknown", "case.yaml", 31, ('"Junor B" is not a school of this case', 'Did you mean "Junior B"?')),
    ("consultation_invited_negative", "case.yaml", 31, ("consultation.groups.0.invited", "found -30", "greater than or equal to 0")),
    ("consultation_order_without_support", "case.yaml", 28, ("`option_order` needs `support` in `also`",)),
    ("consultation_also_twice", "case.yaml", 28, ('`also`: "comment" stands twice',)),
    ("consultation_language_unknown", "case.yaml", 30, ('no form is written in "xx" yet',)),
    ("consultation_kept_too_long", "case.yaml", 30, ("keep_days", "found 11000", "1100")),
    ("consultation_once_unknown", "case.yaml", 30, ("vouchers", 'Did you mean "voucher"?')),
    # What is no plain YAML text
    ("empty", "case.yaml", None, ("empty",)),
    ("blank", "case.yaml", None, ("empty",)),
    ("only_a_comment", "case.yaml", None, ("says nothing",)),
    ("not_keys_and_values", "case.yaml", 2, ("keys with values",)),
    ("binary", "case.yaml", 1, ("not text",)),
    ("binary_zeros", "case.yaml", 3, ("binary file",)),
    ("latin_1", "case.yaml", 2, ("UTF-8",)),
    ("control_character", "case.yaml", 2, ("character",)),
    ("reference", "case.yaml", 4, ("reference", "not allowed")),
    ("reference_to_a_key", "case.yaml", 4, ("reference", "not allowed")),
    ("nesting", "case.yaml", 2, ("40 deep",)),
    ("python_tag", "case.yaml", 2, ("tag", "not allowed")),
    ("python_tag_on_a_key", "case.yaml", 2, ("tag", "not allowed")),
    ("plain_tag", "case.yaml", 2, ("tag", "not allowed")),
    ("second_document", "case.yaml", 28, ("document",)),
    ("tab", "case.yaml", 19, ("tab",)),
    ("brace_open", "case.yaml", 9, ("not valid YAML",)),
    # Judgements
    ("judgement_above_its_anchors", "judgements.csv", 3, ("high", "160", "from 0 to 100")),
    ("judgement_below_its_anchors", "judgements.csv", 3, ("low", "-5", "from 0 to 100")),
    ("judgement_outside_the_anchors_of_money", "judgements.csv", 3, ("high", "9000", "Cost runs from")),
    ("judgement_low_over_high", "judgements.csv", 3, ("low <= likely <= high", "70, 30, 60")),
    ("judgement_not_a_number", "judgements.csv", 3, ("low", '"few"', "number")),
    ("judgement_infinite", "judgements.csv", 3, ("high", '"inf"', "number")),
    ("judgement_half_empty", "judgements.csv", 3, ("high", "number")),
    ("judgement_for_an_unknown_option", "judgements.csv", 3, ('"new_mut"', 'Did you mean "new_mat"?')),
    ("judgement_for_an_unknown_criterion", "judgements.csv", 3, ('"stafff"', 'Did you mean "staff"?')),
    ("judgement_for_an_option_outside_the_case", "judgements.csv", 3, ('"established_mat"', "of this case")),
    ("judgement_without_a_note", "judgements.csv", 3, ("note", "why")),
    ("judgement_grade_unknown", "judgements.csv", 3, ("evidence", '"E"', "A (strong)", "D (opinion)")),
    ("judgement_twice", "judgements.csv", 3, ("federation on staff", "two rows")),
    # How a judgement spreads
    ("spread_unknown", "judgements.csv", 3, ("spread", '"evn"', "outcomes such as 20: 30; 80: 70", 'Did you mean "even"?')),
    ("spread_without_figures", "judgements.csv", 3, ("spread", "give low and high")),
    ("spread_even_without_an_end", "judgements.csv", 3, ("high", "number")),
    ("spread_even_with_another_likely", "judgements.csv", 3, ("likely", '"30"', "the middle, 35", "leave it empty")),
    ("spread_even_above_its_anchors", "judgements.csv", 3, ("high", "160", "from 0 to 100")),
    ("spread_outcome_without_a_chance", "judgements.csv", 3, ("spread", '"80"', "a figure and its chance of 100, such as 20: 30")),
    ("spread_outcome_alone", "judgements.csv", 3, ("spread", "found 1", "2 to 20 outcomes")),
    ("spread_outcome_twice", "judgements.csv", 3, ("spread", "20 stands twice")),
    ("spread_chance_of_nought", "judgements.csv", 3, ("spread", "a chance of 0 for 20", "above 0")),
    ("spread_chances_short_of_a_hundred", "judgements.csv", 3, ("spread", "add up to 90", "expected 100")),
    ("spread_outcome_outside_the_anchors", "judgements.csv", 3, ("spread", "120", "from 0 to 100")),
    ("spread_outcomes_with_figures", "judgements.csv", 3, ("leave low, likely and high empty",)),
    ("csv_column_unknown", "judgements.csv", 1, ("author", "unknown column")),
    ("csv_column_missing", "judgements.csv", 1, ("note", "column is missing")),
    ("csv_column_repeated", "judgements.csv", 1, ("note", "column is repeated")),
    ("csv_too_many_cells", "judgements.csv", 3, ("8 cells", "has 7", "quotation marks")),
    ("csv_too_few_cells", "judgements.csv", 3, ("6 cells", "has 7")),
    ("csv_quotation_mark_open", "judgements.csv", 2, ("not valid CSV",)),
    ("csv_row_over_three_lines", "judgements.csv", 3, ("evidence", '"E"')),
    ("csv_empty", "judgements.csv", None, ("empty",)),
    ("csv_byte_order_mark_only", "judgements.csv", None, ("empty",)),
    ("csv_binary", "judgements.csv", 1, ("not text",)),
    ("csv_latin_1", "judgements.csv", 2, ("UTF-8",)),
]
# Folders with a test of their own below, or in test_bad_files.py
ACCEPTED = ("accepted_windows_line_ends", "accepted_byte_order_mark", "accepted_as_windows_saves_it")
SEVERAL = ("five_faults", "yaml_bomb")
OF_OTHER_TESTS = ("excel", "scoring_tables", "surveys")


def test_every_folder_of_bad_data_has_exactly_one_row() -> None:
    rows = [name for name, *_ in TABLE] + [*ACCEPTED, *SEVERAL]
    assert sorted(rows) == sorted(path.name for path in BAD_DATA.iterdir() if path.is_dir() and path.name not in OF_OTHER_TESTS)


@pytest.mark.parametrize(("name", "file", "line", "words"), TABLE, ids=[row[0] for row in TABLE])
def test_a_fault_gets_one_message_with_its_file_and_line(
    name: str, file: str, line: int | None, words: tuple[str, ...], check: Check
) -> None:
    before = contents(BAD_DATA / name)
    answer = check(BAD_DATA / name)
    assert answer.code == 2
    assert answer.out == ""
    assert len(answer.messages) == 1, answer.err
    assert stands_at(answer.messages[0], file, line), answer.err
    for word in words:
        assert word in answer.messages[0]
    assert not PROGRAMMERS_WORDS.search(answer.err), answer.err
    assert contents(BAD_DATA / name) == before


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_windows_programs_save_is_accepted(name: str, check: Check) -> None:
    answer = check(BAD_DATA / name)
    assert (answer.code, answer.err) == (0, "")
    assert "No faults found." in answer.out


@pytest.mark.parametrize("file", ["case.yaml", "judgements.csv"])
def test_the_accepted_files_still_have_their_line_ends_and_marks(file: str) -> None:
    line_ends, mark, both = ((BAD_DATA / name / file).read_bytes() for name in ACCEPTED)
    assert line_ends.count(b"\r\n") == line_ends.count(b"\n") > 2
    assert mark.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in mark
    assert both.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in both


def test_five_faults_of_five_kinds_are_reported_at_once(check: Check) -> None:
    answer = check(BAD_DATA / "five_faults")
    wanted = [
        ("case.yaml", 6, '"title" is repeated'),
        ("case.yaml", 10, 'Did you mean "role"?'),
        ("case.yaml", 13, 'Did you mean "federation"?'),
        ("case.yaml", 21, "negative"),
        ("judgements.csv", 3, "from 0 to 100"),
    ]
    assert answer.code == 2
    for file, line, words in wanted:
        found = [one for one in answer.messages if stands_at(one, file, line) and words in one]
        assert len(found) == 1, f"{file}:{line} {words}\n{answer.err}"
    assert answer.err.endswith("5 faults found.\n")


def test_a_fault_in_one_part_does_not_hide_those_of_another(tmp_path: Path, check: Check) -> None:
    case = good_case(tmp_path / "case")
    text = (case / "case.yaml").read_text(encoding="utf-8")
    faulty = text.replace("status: exploring", "statuss: exploring").replace("- federation", "- federaton")
    (case / "case.yaml").write_text(faulty, encoding="utf-8")
    answer = check(case)
    assert 'Did you mean "status"?' in answer.err
    assert 'Did you mean "federation"?' in answer.err
