"""Which cells of somebody else's table are scores, weights, totals and ranks, and every fault with its cell."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.analysis.audit.audit import audit
from partnership_model.errors import FaultsError
from partnership_model.knowledge.foreign_table import ReadAs, read_table
from tests.table_making import table, workbook

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "Option,Cost,Say,Total,Rank\nweight,3,2,5,\nA,7,4,29,1\nB,5,,15,2nd\n"


def test_the_parts_of_a_table_are_told_by_their_names() -> None:
    found = table(GOOD)
    (scheme,) = found.schemes
    assert found.options == ("A", "B")
    assert [(one.label, one.column, one.better) for one in found.criteria] == [("Cost", "B", "higher"), ("Say", "C", "higher")]
    assert [one.value for one in scheme.weights] == [3, 2]
    assert scheme.weights_sum is not None
    assert scheme.weights_sum.value == 5
    assert scheme.stated == (29, 15)
    assert [one.number for one in scheme.ranks if one] == [1, 2]
    assert found.blanks == ((1, 1),)
    assert found.scores[1][1].place == "C4"


def test_a_title_above_and_a_row_of_sums_below_are_passed_over_and_said() -> None:
    found = table("Scores of 2017\n\n" + GOOD + "Total,12,4,44,\nAgreed in May,,,,\n")
    assert found.options == ("A", "B")
    assert found.scores[0][0].place == "B5"
    assert [note[:20] for note in found.notes] == ["The headings stand i", 'Row 7 ("Total") adds', "Row 8 has no figures"]


def test_a_criterion_whose_name_begins_with_total_is_a_criterion() -> None:
    found = table("Option,Total cost,Total: parents\nA,1,1\nB,2,2\n")
    assert [one.label for one in found.criteria] == ["Total cost"]
    assert found.schemes[0].name == "parents"


def test_several_sets_of_weights_have_their_own_totals_and_ranks() -> None:
    found = table("Option,X,Y,total: P1,total (P2),rank: P1\nweight: P1,1,0,,,\nweight (P2),0,1,,,\nA,3,4,3,4,1\nB,1,2,1,2,2\n")
    assert [(one.name, [w.value for w in one.weights], one.stated, len(one.ranks)) for one in found.schemes] == [
        ("P1", [1, 0], (3, 1), 2),
        ("P2", [0, 1], (4, 2), 0),
    ]


def test_one_row_of_weights_serves_all_totals() -> None:
    found = table("Option,X,Y,total: P1,total: P2\nweight,1,2,,\nA,3,4,3,4\nB,1,2,1,2\n")
    assert [(one.name, len(one.weights)) for one in found.schemes] == [("P1", 2), ("P2", 2)]


def test_directions_panels_and_people_are_read() -> None:
    text = "Option,X,X,Price\ndirection,,higher,Lower\npanel,Parents,Staff,Staff\npeople,30,9,9\nA,3,4,3\nB,1,2,1\n"
    found = table(text)
    assert [(one.label, one.better, one.panel, one.people.value if one.people else 0) for one in found.criteria] == [
        ("X (Parents)", "higher", "Parents", 30),
        ("X (Staff)", "higher", "Staff", 9),
        ("Price", "lower", "Staff", 9),
    ]


def test_what_the_user_says_of_columns_counts() -> None:
    found = table("Option,Cost,Result,Came\nA,3,3,1\nB,1,1,2\n", lower=("cost",), total="result", rank="Came")
    assert [one.better for one in found.criteria] == ["lower"]
    assert found.schemes[0].stated == (3, 1)
    assert len(found.schemes[0].ranks) == 2


def test_a_decimal_comma_is_found_and_said() -> None:
    found = table("Option;X;Total\nA;6,5;6,5\nB;7,0;7,0\n")
    assert found.scores[0][0].number is not None
    assert found.scores[0][0].number.value == Fraction("6.5")
    assert "Numbers were read with a decimal comma." in found.notes


def test_all_numbers_of_a_column_have_its_finest_step() -> None:
    found = table("Option,X,Total\nA,6,6\nB,7.25,5.95\n")
    assert [one.step for one in found.schemes[0].totals if one] == [Fraction(1, 100)] * 2
    assert [row[0].number.step for row in found.scores if row[0].number] == [Fraction(1, 100)] * 2


HEAD = "Option,X,Y,Total,Rank\n"
ROWS = "A,3,4,7,1\nB,1,2,3,2\n"


@pytest.mark.parametrize(
    ("text", "cell", "says"),
    [
        ("only one column\n", None, "a row of headings"),
        ("Option,Total\nA,1\nB,2\n", None, "no column of scores"),
        (HEAD + "A,3,4,7,1\n", None, "at least two options"),
        (HEAD + "A,3,4,7,1\nA,1,2,3,2\n", "A3", 'two options are called "A"'),
        (HEAD + ROWS + ",3,4,,\n", "A4", "no name"),
        ("Option,X,,Total\nA,3,4,7\nB,1,2,3\n", "C1", "no heading"),
        ("Option,X,Y,Total,total\n" + ROWS, "E1", "second column of totals"),
        (HEAD + "weight,1,2,,\nweight,1,2,,\n" + ROWS, "A3", "second row `weight`"),
        (HEAD + "direction,,,,\ndirection,,,,\n" + ROWS, "A3", "second row `direction`"),
        (HEAD + "weight,1,,,\n" + ROWS, "C2", "the weight is missing"),
        (HEAD + "weight,1,-2,,\n" + ROWS, "C2", "a weight is 0 or more"),
        (HEAD + "weight,0,0,,\n" + ROWS, "A2", "all weights are zero"),
        (HEAD + "direction,up,,,\n" + ROWS, "B2", '"higher" or "lower" was expected'),
        (HEAD + "people,0,3,,\n" + ROWS, "B2", "a number of people"),
        (HEAD + "people,4,,,\n" + ROWS, "A2", "missing for a column"),
        (HEAD + "A,3,x,7,1\nB,1,2,3,2\n", "C2", 'found "x"'),
        (HEAD + "A,3,04/03/2017,7,1\nB,1,2,3,2\n", "C2", "looks like a date"),
        (HEAD + "A,3,=1+1,7,1\nB,1,2,3,2\n", "C2", "the formula"),
        (HEAD + "A,3,,7,1\nB,1,,3,2\n", "C1", "no score in this column"),
        (HEAD + "A,3,4,7,best\nB,1,2,3,2\n", "E2", "a place was expected"),
        (HEAD + "A,3,4,7,0\nB,1,2,3,2\n", "E2", "a place was expected"),
        (HEAD + "A,3,4,7/30,1\nB,1,2,3/20,2\n", "D1", "out of 20 and out of 30"),
        (HEAD + "weight: a,1,2,,\nweight: b,1,2,,\n" + ROWS, "", "none for"),
        (HEAD + "A" * 201 + ",3,4,7,1\nB,1,2,3,2\n", "A2", "201 letters"),
        ("Option," + "X" * 201 + "\nA,1\nB,2\n", "B1", "201 letters"),
        ("Option,X\n" + "".join(f"O{n},1\n" for n in range(61)), None, "61 options; 60 are the most"),
        ("Option," + ",".join(f"C{n}" for n in range(61)) + "\nA,1\nB,2\n", None, "61 columns of scores"),
    ],
)
def test_each_fault_is_reported_with_its_cell(text: str, cell: str | None, says: str) -> None:
    with pytest.raises(FaultsError, match=r"fault") as error:
        table(text)
    (fault,) = error.value.faults
    assert says in fault.says
    assert fault.field == (cell or "")


def test_all_faults_are_reported_at_once() -> None:
    with pytest.raises(FaultsError, match="3 faults found") as error:
        table(HEAD + "A,x,4,7,1\nB,1,y,z,2\n")
    assert [fault.field for fault in error.value.faults] == ["B2", "C3", "D3"]


def test_a_column_that_is_not_there_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(FaultsError, match='Did you mean "Cost"'):
        table(GOOD, lower=("Costs",))


def test_a_total_cannot_be_a_column_of_which_less_is_better() -> None:
    with pytest.raises(FaultsError, match="no column of scores"):
        table(GOOD, lower=("Total",))


def written(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


def test_a_workbook_is_read_like_a_text_file(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Option", "Cost", "Say", "Total"], ["weight", 3, 2, 5], ["A", 7, 4, 29], ["B", 5, None, 15]]
    found = read_table(written(tmp_path / "t.xlsx", workbook(rows)))
    assert found.where == "t.xlsx, sheet Scores"
    assert found.schemes[0].stated == (29, 15)
    assert found.blanks == ((1, 1),)


@pytest.mark.parametrize(
    ("rows", "merge", "cell", "says"),
    [
        ([["Option", "X"], ["A", 1], ["B", 2]], "A2:A3", "Scores!A2:A3", "merged"),
        ([["Option", "X"], ["A", dt.date(2017, 3, 4)], ["B", 2]], "", "Scores!B2", "the date or time 2017-03-04"),
        ([["Option", "X"], ["A", "04/03/2017"], ["B", 2]], "", "Scores!B2", "looks like a date"),
        ([["Option", "X"], ["A", "#REF!"], ["B", 2]], "", "Scores!B2", "the error #REF!"),
        ([["Option", "X"], ["A", "=1+1"], ["B", 2]], "", "Scores!B2", "never saved"),
    ],
)
def test_faults_of_a_workbook_name_sheet_and_cell(tmp_path: Path, rows: list[list[Any]], merge: str, cell: str, says: str) -> None:
    path = written(tmp_path / "t.xlsx", workbook(rows, lambda sheet: sheet.merge_cells(merge) if merge else None))
    with pytest.raises(FaultsError, match="1 fault found") as error:
        read_table(path)
    (fault,) = error.value.faults
    assert (fault.where, fault.line, fault.field) == (str(path), None, cell)
    assert says in fault.says


def test_a_merged_title_does_no_harm(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Our scores", None], ["Option", "X"], ["A", 1], ["B", 2]]
    assert read_table(written(tmp_path / "t.xlsx", workbook(rows, lambda sheet: sheet.merge_cells("A1:B1")))).options == ("A", "B")


def test_totals_that_a_workbook_shows_with_one_decimal_keep_what_stands_behind(tmp_path: Path) -> None:
    """As in a sheet that was published: 5.95 and 6.00 both show as 6.0, and a blank counts as 0."""

    def one_decimal(sheet: Any) -> None:  # noqa: ANN401 - openpyxl has no types
        sheet["D3"].number_format = sheet["D4"].number_format = sheet["D5"].number_format = "0.0"

    rows: list[list[Any]] = [
        ["Option", "X", "Y", "Total"],
        ["weight", 1, 1, None],
        ["A", 5.9, 6, 5.95],
        ["B", 6, 6, 6],
        ["C", 7, None, 3.5],
    ]
    found = audit(read_table(written(tmp_path / "t.xlsx", workbook(rows, one_decimal))))
    (one,) = found.schemes
    assert [total.shown for total in one.scheme.totals if total] == ["6.0", "6.0", "3.5"]
    assert [(tie.options, tie.hidden, tie.apart) for tie in one.ties] == [((0, 1), True, Fraction(1, 20))]
    assert (one.reproduction.verdict, one.blanks.cells, one.blanks.as_zero) == ("all", ("C5",), True)


def test_hidden_columns_are_read_and_said(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:  # noqa: ANN401 - openpyxl has no types
        sheet.column_dimensions["B"].hidden = True

    found = read_table(written(tmp_path / "t.xlsx", workbook([["Option", "X"], ["A", 1], ["B", 2]], hide)))
    assert "Hidden in the workbook, and read all the same: column B." in found.notes


def test_another_sheet_can_be_chosen_and_those_left_out_are_named(tmp_path: Path) -> None:
    def second(sheet: Any) -> None:  # noqa: ANN401 - openpyxl has no types
        other = sheet.parent.create_sheet("Second")
        for row in [["Option", "Y"], ["C", 1], ["D", 2]]:
            other.append(row)

    path = written(tmp_path / "t.xlsx", workbook([["Option", "X"], ["A", 1], ["B", 2]], second))
    assert any('not read: "Second"' in note for note in read_table(path).notes)
    assert read_table(path, ReadAs(sheet="Second")).options == ("C", "D")


def test_a_text_file_has_no_sheets(tmp_path: Path) -> None:
    with pytest.raises(FaultsError, match="leave out --sheet"):
        read_table(written(tmp_path / "t.csv", GOOD.encode()), ReadAs(sheet="x"))


def test_a_workbook_is_known_by_what_it_is_and_not_by_its_name(tmp_path: Path) -> None:
    assert read_table(written(tmp_path / "t.csv", workbook([["Option", "X"], ["A", 1], ["B", 2]]))).options == ("A", "B")
