"""What one answer of a survey gives, cell by cell, and why it gives none."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from partnership_model.knowledge.surveys.mapping import Who
from partnership_model.knowledge.surveys.reading import read_ballots
from partnership_model.knowledge.surveys.survey_table import read_survey
from tests.surveys.asking import google, imported, mapping_of, questions
from tests.table_making import workbook

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.knowledge.surveys.imported import ImportedBallots

GOOD = "2026/10/05,Staff,1,2,"
POINTS = "Timestamp,Which group are you?,Points: Staff,Points: Cost,Anything else?"


def by_the_mapping_of_a_good_file(folder: Path, *rows: str) -> ImportedBallots:
    """Read rows of which a guess could not be made."""
    mapping = mapping_of(google(folder, GOOD))
    return read_ballots(read_survey(google(folder, *rows)), mapping, questions())


@pytest.mark.parametrize(
    ("cells", "places"),
    [
        ("1,2", {"staff": 1, "cost": 2}),
        ("1st,2nd", {"staff": 1, "cost": 2}),
        ("1 - matters most,First", {"staff": 1, "cost": 1}),
        ("4.0,N/A", {"staff": 4}),
        ("-,2", {"cost": 2}),
    ],
)
def test_places_are_read_as_forms_write_them(tmp_path: Path, cells: str, places: dict[str, int]) -> None:
    found = imported(google(tmp_path, GOOD, f"2026/10/05,Staff,{cells},"))
    assert dict(found.ballots[1].places) == places


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("2026/10/05,Staff,0,2,", "Order [Staff]", 'found "0"; a place from 1 to 4 was expected, or nothing'),
        ("2026/10/05,Staff,5,2,", "Order [Staff]", 'found "5"; a place from 1 to 4'),
        ("2026/10/05,Staff,1.5,2,", "Order [Staff]", 'found "1.5"; a place from 1 to 4'),
        ("2026/10/05,Staff,high,2,", "Order [Staff]", 'found "high"; a place from 1 to 4'),
        (
            "2026/10/05,Dinner ladies,1,2,",
            "Which group are you?",
            'found "Dinner ladies"; a group that is asked was expected. Known: Governors',
        ),
        ("2026/10/05,Learners,1,2,", "Which group are you?", 'found "Learners"; a group that is asked was expected'),
        ("2026/10/05,Staff;Governors,1,2,", "Which group are you?", 'found "Staff;Governors"'),
        ("2026/10/05,Staff,,,", "", "nothing was answered"),
        ("2026/10/05,Staff,1", "", "the row has 3 cells and the headings have 5"),
        ("2026/10/05,Staff,1,2,,6", "", "the row has 6 cells and the headings have 5"),
        ("Monday,Staff,1,2,", "Timestamp", 'found "Monday"; a date was expected'),
        ("2026/10/05,one@example.org,1,2,", "Which group are you?", 'found "[an e-mail address was here]"'),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected_with_its_reason(tmp_path: Path, row: str, column: str, says: str) -> None:
    found = by_the_mapping_of_a_good_file(tmp_path, GOOD, row, GOOD)
    (one,) = found.rejected
    assert (len(found.ballots), found.answers, one.row) == (2, 3, 3)
    assert (one.column, one.whole) == (column, True)
    assert says in one.says
    assert found.rejected_rows == (3,)


def test_all_that_is_wrong_with_a_row_is_said_at_once(tmp_path: Path) -> None:
    found = by_the_mapping_of_a_good_file(tmp_path, GOOD, "2026/10/05,Nobody,9,x,")
    assert [one.column for one in found.rejected] == ["Which group are you?", "Order [Staff]", "Order [Cost]"]
    assert found.rejected_rows == (3,)


def test_equal_places_are_ties_and_are_counted(tmp_path: Path) -> None:
    found = imported(google(tmp_path, GOOD, "2026/10/05,Staff,1,1,"))
    assert found.ballots[1].steps == (("cost", "staff"),)
    assert "1 answer puts two or more criteria in the same place; that was read as a tie." in found.notes


def test_points_that_do_not_add_up_are_left_out_and_said_and_the_rest_is_kept(tmp_path: Path) -> None:
    found = imported(google(tmp_path, "2026/10/05,Staff,60,40,", "2026/10/05,Staff,60,30,Still said", headings=POINTS))
    assert [dict(one.points) for one in found.ballots] == [{"staff": 60, "cost": 40}, {}]
    (one,) = found.rejected
    assert (one.row, one.whole) == (3, False)
    assert "the points add up to 90, and 100 was asked for" in one.says
    assert not found.rejected_rows


def test_a_comment_that_is_too_long_is_cut_and_says_so(tmp_path: Path) -> None:
    found = imported(google(tmp_path, GOOD, f"2026/10/05,Staff,2,1,{'a b' * 1000}"))
    assert len(found.ballots[1].comment) == 2000
    assert found.ballots[1].comment.endswith("[... cut here]")
    assert "3,000 letters" in found.rejected[0].says


def test_addresses_and_numbers_are_taken_out_of_comments_and_counted(tmp_path: Path) -> None:
    said = '"Write to one@example.org or ring 01522 000 000; I live at AB1 2CD, and 192.0.2.7 is mine."'
    found = imported(google(tmp_path, GOOD, f"2026/10/05,Staff,2,1,{said}"))
    assert found.ballots[1].comment == (
        "Write to [an e-mail address was here] or ring [a telephone number was here]; I live at [a postcode was here], "
        "and [an internet address was here] is mine."
    )
    assert "4 addresses and numbers were taken out of comments: e-mail, internet, telephone, postcode." in found.notes


def test_a_postcode_in_small_letters_is_taken_out_and_a_key_stage_is_not(tmp_path: Path) -> None:
    found = imported(google(tmp_path, GOOD, '2026/10/05,Staff,2,1,"I live at ln1 2cd. In KS2 3rd and 4th sets."'))
    assert found.ballots[1].comment == "I live at [a postcode was here]. In KS2 3rd and 4th sets."


def test_formulas_and_scripts_in_comments_stay_the_text_that_they_are(tmp_path: Path) -> None:
    found = imported(google(tmp_path, GOOD, '2026/10/05,Staff,2,1,"=HYPERLINK(""x"") <script>alert(1)</script>"'))
    assert found.ballots[1].comment == '=HYPERLINK("x") <script>alert(1)</script>'


def test_a_formula_whose_result_was_never_saved_rejects_its_row_and_no_other(tmp_path: Path) -> None:
    head = ["Timestamp", "Which group are you?", "Order [Staff]", "Order [Cost]"]
    path = tmp_path / "answers.xlsx"
    path.write_bytes(workbook([head, ["2026-10-05", "Staff", "=1+0", 2], ["2026-10-05", "Governors", 1, 2]]))
    found = imported(path)
    (one,) = found.rejected
    assert (one.row, one.column) == (2, "Order [Staff]")
    assert "a formula whose result was never saved" in one.says
    assert [ballot.group for ballot in found.ballots] == ["Governors"]


def test_the_same_respondent_twice_is_reported_and_only_on_demand_does_the_last_count(tmp_path: Path) -> None:
    head = "Timestamp,Email Address,Which group are you?,Order [Staff],Order [Cost]"
    rows = [
        f"2026/10/05,{mail},Staff,{order}" for mail, order in (("A@example.org", "1,2"), ("b@example.org", "1,2"), ("a@example.org", "2,1"))
    ]
    path = google(tmp_path, *rows, headings=head)
    kept = imported(path)
    assert [(one.by, one.rows, one.dropped) for one in kept.duplicates] == [("respondent", (2, 4), ()), ("identical", (2, 3), ())]
    assert len(kept.ballots) == 3
    once = imported(path, drop_duplicates=frozenset({"respondent"}))
    assert [(one.by, one.rows, one.dropped) for one in once.duplicates] == [("respondent", (2, 4), (2,))]
    assert [dict(one.places) for one in once.ballots] == [{"staff": 1, "cost": 2}, {"staff": 2, "cost": 1}]
    assert "example.org" not in repr(kept) + repr(once)


def test_whoever_answered_anonymously_is_nobodys_duplicate(tmp_path: Path) -> None:
    head = "ID,Start time,Completion time,Email,Name,Which group are you?,Order [Staff],Order [Cost]"
    rows = [f"{at},2026-10-05,2026-10-05,anonymous,,Staff,{order}" for at, order in ((1, "1,2"), (2, "2,1"))]
    assert imported(google(tmp_path, *rows, headings=head)).duplicates == ()


def test_an_answer_that_was_never_sent_is_rejected(tmp_path: Path) -> None:
    head = '"id";"submitdate. Date submitted";"q1. Which group are you?";"q2[a]. Order [Staff]";"q2[b]. Order [Cost]"'
    rows = ('"1";"2026-10-05 09:00:00";"Staff";"1";"2"', '"2";"";"Staff";"2";"1"', '"3";"1980-01-01 00:00:00";"Staff";"2";"1"')
    found = imported(google(tmp_path, *rows, headings=head))
    assert [(one.row, one.says) for one in found.rejected] == [(3, "the form was never sent: it has no date")]
    assert len(found.ballots) == 2


def test_where_the_form_did_not_ask_the_mapping_says_it_for_everybody(tmp_path: Path) -> None:
    path = google(tmp_path, "2026/10/05,1,2", headings="Timestamp,Order [Staff],Order [Cost]")
    guessed = mapping_of(path)
    said = guessed.model_copy(update={"group": Who(everyone="Staff")})
    assert [read_ballots(read_survey(path), one, questions()).ballots[0].group for one in (guessed, said)] == ["", "Staff"]


@pytest.mark.parametrize("text", ["a" * 100_000, ";" * 100_000, "a@" * 50_000, "a:a:a:" + "a" * 60_000 + "g", "0 " * 50_000, "[" * 100_000])
def test_no_cell_takes_long_to_look_through(tmp_path: Path, text: str) -> None:
    begun = time.perf_counter()
    imported(google(tmp_path, GOOD, f"2026/10/05,{text},1,{text},{text}"))
    by_the_mapping_of_a_good_file(tmp_path, GOOD, f"2026/10/05,{text},1,{text},{text}")
    assert time.perf_counter() - begun < 10  # it is half a second, and was minutes with patterns that had no bounds
