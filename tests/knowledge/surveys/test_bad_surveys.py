"""Bad exports and mapping files: each fault has one file in `bad_data/surveys/` and one row here that says what its message must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from partnership_model.errors import FaultsError
from partnership_model.knowledge.surveys.mapping import read_mapping
from partnership_model.knowledge.surveys.reading import read_ballots
from partnership_model.knowledge.surveys.stated_percentages import read_percentages
from partnership_model.knowledge.surveys.survey_table import read_survey
from tests.checking import BAD_DATA
from tests.surveys.asking import google, imported, questions

if TYPE_CHECKING:
    from pathlib import Path

SURVEYS = BAD_DATA / "surveys"
FILES = {
    "half_a_text.csv": ("the file ends inside a text in quotation marks", "Export or download it again"),
    "half_a_row.csv": ("csv:3: the file ends in the middle of this row: it has 2 of 5 cells",),
    "half_a_workbook.xlsx": ("damaged", "half of it"),
    "half_a_packed_file.csv.zip": ("damaged", "half of it", "download it again"),
    "two_tables.zip": ("one CSV table was expected; this one has 2", "Unpack it"),
    "web_page.csv": ("this is a web page", "sign in"),
    "two_encodings.csv": ("csv:3:", "line 2 and of line 3", "Import each by itself"),
    "binary.csv": ("csv:2: this is a binary file",),
    "headings_only.csv": ("below the headings there is no answer",),
    "no_table.csv": ("a row of headings, and below it one row for each answer",),
    "merged_cells.xlsx": ("Answers!B2:B3: these cells are merged", "split them"),
    "several_sheets.xlsx": ('"Answers", "Summary"', "--sheet"),
    "old_workbook.xls": ("save it as .xlsx",),
    "day_and_month_unclear.csv": ('column "Timestamp"', "--dates day-first or --dates month-first"),
    "day_and_month_in_both_orders.csv": ('column "Timestamp"', "in some dates the day stands first and in some the month"),
    "nothing_recognised.csv": ("no column was found", "Autonomy, Staff, Cost, Community voice", "docs/surveys.md"),
}
MAPPINGS = {
    "mapping_key_unknown.yaml": (8, 'Did you mean "comment"?'),
    "mapping_tool_unknown.yaml": (2, "googleforms", 'Did you mean "google_forms"?'),
    "mapping_criterion_unknown.yaml": (6, '"staf" is no criterion that is put in order', 'Did you mean "staff"?'),
    "mapping_group_unknown.yaml": (3, '"Staf" is no group that is asked', 'Did you mean "Staff"?'),
    "mapping_column_twice.yaml": (8, '"Order [Cost]" stands under order.item_columns.cost already'),
    "mapping_two_shapes.yaml": (4, "exactly one of `one_cell`, `item_columns` and `position_columns`"),
    "mapping_group_twice_said.yaml": (3, "either `column`, where the form asked, or `everyone`"),
    "mapping_support_level_unknown.yaml": (8, "fore", 'Did you mean "for"?'),
    "mapping_reads_nothing.yaml": (None, "expected `order`, `points`, `support` or `comment`"),
}


def test_every_bad_file_has_its_row() -> None:
    others = {
        "headings_changed.csv",
        "headings_changed.yaml",
        "mapping_of_another_tool.yaml",
        "percentages.csv",
        "addresses_for_comments.csv",
    }
    assert {path.name for path in SURVEYS.iterdir()} == {*FILES, *MAPPINGS, *others}


@pytest.mark.parametrize(("name", "words"), FILES.items(), ids=list(FILES))
def test_a_bad_export_is_refused_with_where_what_and_how_to_mend_it(name: str, words: tuple[str, ...]) -> None:
    with pytest.raises(FaultsError, match="1 fault found") as caught:
        imported(SURVEYS / name)
    assert name in str(caught.value)
    assert not [word for word in words if word not in str(caught.value)], str(caught.value)
    assert "example.org" not in str(caught.value)


@pytest.mark.parametrize(("name", "words"), MAPPINGS.items(), ids=list(MAPPINGS))
def test_a_bad_mapping_is_refused_with_its_line(name: str, words: tuple[int | None, str]) -> None:
    with pytest.raises(FaultsError, match="1 fault found") as caught:
        read_mapping(SURVEYS / name, questions())
    line, *said = words
    assert f"{name}:{line}: " in str(caught.value) if line else f"{name}" in str(caught.value)
    assert not [word for word in said if word not in str(caught.value)], str(caught.value)


def read_with(mapping: str, export: str) -> FaultsError:
    """Give what is said of an export that is read by a mapping of another form."""
    kept, document = read_mapping(SURVEYS / mapping, questions())
    with pytest.raises(FaultsError, match="found") as caught:
        read_ballots(read_survey(SURVEYS / export), kept, questions(), document=document)
    return caught.value


def test_headings_that_changed_are_faults_that_name_the_nearest_and_a_new_one_is_asked_about() -> None:
    moved, new = map(str, read_with("headings_changed.yaml", "headings_changed.csv").faults)
    assert 'headings_changed.csv: row 1, column "Which town?": this column is not in the mapping' in moved
    assert "headings_changed.yaml:6: order.item_columns.staff: " in new
    assert 'no column "Order [Staff]". The nearest heading is "Order of all [Staff]".' in new


def test_a_mapping_for_another_tool_is_refused_with_one_message() -> None:
    (fault,) = read_with("mapping_of_another_tool.yaml", "headings_changed.csv").faults
    assert fault.line == 2
    assert "the mapping is for SurveyMonkey, and the headings are those of a Google Forms export" in fault.says


def test_a_column_of_addresses_is_never_taken_for_comments_whatever_the_mapping_says() -> None:
    error = read_with("headings_changed.yaml", "addresses_for_comments.csv")
    assert 'column "Anything else?": this column holds addresses' in str(error)
    assert "put it under `drop`" in str(error)
    assert "example.org" not in str(error)
    found = imported(SURVEYS / "addresses_for_comments.csv")  # the guess drops it by itself
    assert [one.because for one in found.dropped if one.column == "Anything else?"] == [
        "may say who somebody is (an e-mail address stands in it)"
    ]
    assert [one.comment for one in found.ballots] == ["", ""]


def test_every_fault_of_a_table_of_percentages_is_told_at_once() -> None:
    with pytest.raises(FaultsError, match="3 faults found") as caught:
        read_percentages(SURVEYS / "percentages.csv")
    assert [(one.line, one.field) for one in caught.value.faults] == [(3, "percent"), (4, "of"), (5, "unit")]


def test_a_million_rows_are_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(FaultsError, match="20,000 rows and 500 columns; this one goes on"):
        imported(google(tmp_path, *["2026/10/05,Staff,1,2,"] * 1_000_000))
