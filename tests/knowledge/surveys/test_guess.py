"""What is guessed of a form, what is left to somebody who knows it, and the mapping file that comes of it."""

from __future__ import annotations

import datetime as dt
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.consultation.question_set import question_set
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import find_case
from partnership_model.knowledge.surveys.guess import guess
from partnership_model.knowledge.surveys.mapping import Mapping, Order, SupportColumns, Who, read_mapping
from partnership_model.knowledge.surveys.mapping_text import mapping_text
from partnership_model.knowledge.surveys.reading import read_ballots
from partnership_model.knowledge.surveys.survey_table import read_survey
from tests.making import pure
from tests.surveys.asking import FILES, LABELS, SAMPLES, google, imported, mapping_of, questions
from tests.table_making import workbook

if TYPE_CHECKING:
    from partnership_model.knowledge.surveys.guess import Guess

LINE = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)
GROUPS = ("Parents and carers", "Staff", "Governors")


def guessed(folder: Path, headings: str, *rows: str) -> Guess:
    return guess(read_survey(google(folder, *rows, headings=headings)), questions())


@pytest.mark.parametrize("name", [one for one in FILES if one not in ("paper.csv", "limesurvey_codes.csv")])
def test_of_an_export_with_the_full_texts_nothing_is_left_to_look_at(name: str) -> None:
    assert guess(read_survey(SAMPLES / name), questions()).unsure == ()


def test_what_codes_mean_is_asked_and_not_guessed() -> None:
    found = guess(read_survey(SAMPLES / "limesurvey_codes.csv"), questions())
    assert found.mapping.order is not None
    assert found.mapping.order.criteria == {}
    assert 'say under `order`, `criteria` which criterion each of these is: "A1", "A2", "A3", "A4"' in found.unsure
    assert "no column of groups was found; if everybody is of one group, write `group: {everyone: NAME}`" in found.unsure


def test_a_group_in_other_words_is_taken_for_the_nearest_and_a_strange_one_is_asked_about(tmp_path: Path) -> None:
    rows = [f"2026/10/05,{group},1,2" for group in ("Parent or carer", "Staff", "Governor", "Dinner time helper")]
    found = guessed(tmp_path, "Timestamp,Which group are you?,Order [Staff],Order [Cost]", *rows)
    assert found.mapping.group == Who(
        column="Which group are you?", values={"Governor": "Governors", "Parent or carer": "Parents and carers"}
    )
    assert '"Parent or carer" was taken for the group Parents and carers' in found.unsure
    assert any(one.startswith("say under `group`, `values` which group each of these is") and "Dinner time" in one for one in found.unsure)


def test_the_guess_takes_longer_names_of_criteria_and_says_so(tmp_path: Path) -> None:
    heads = "Timestamp,Order [Cost each year],Order [Staff and their terms]"
    found = guessed(tmp_path, heads, "2026/10/05,1,2")
    assert found.mapping.order == Order(item_columns={"cost": "Order [Cost each year]", "staff": "Order [Staff and their terms]"})
    assert '"Cost each year" was taken for cost' in found.unsure
    assert any(one.startswith("not found among what was put in order: Autonomy, Community voice") for one in found.unsure)


@pytest.mark.parametrize(
    ("heading", "value", "because"),
    [
        ("Q9", "one@example.org", "an e-mail address stands in it"),
        ("Anything to add?", "192.0.2.7", "an internet address stands in it"),
        ("How can we ring you?", "01522 000 000", "a telephone number stands in it"),
        ("Where do you live?", "AB1 2CD", "a postcode stands in it"),
        ("Where do you live?", "ln1 2cd", "a postcode stands in it"),
        ("Your child's first name", "Somebody", "its heading"),
    ],
)
def test_columns_that_say_who_somebody_is_are_dropped_also_under_a_strange_heading(
    tmp_path: Path, heading: str, value: str, because: str
) -> None:
    path = google(
        tmp_path, f'2026/10/05,Staff,1,2,"{value}"', headings=f"Timestamp,Which group are you?,Order [Staff],Order [Cost],{heading}"
    )
    found = imported(path)
    assert [one.because for one in found.dropped if one.column == heading] == [f"may say who somebody is ({because})"]
    assert value not in repr(found)


def test_a_heading_with_invisible_and_unusual_spaces_is_the_same_heading(tmp_path: Path) -> None:
    found = mapping_of(
        google(tmp_path, "2026/10/05,Staff,1,2", headings="\ufeffTimestamp,Which\u00a0group \u200bare you?,Order  [Staff],Order [Cost]")
    )
    assert found.group == Who(column="Which group are you?")


@given(
    columns=st.lists(LINE, min_size=8, max_size=8, unique=True),
    values=st.dictionaries(LINE, st.sampled_from([*GROUPS, None]), max_size=4),
    criteria=st.dictionaries(LINE, st.sampled_from(list(LABELS)), max_size=4),
    shape=st.sampled_from(["one_cell", "item_columns", "position_columns"]),
)
@pure(60)
def test_a_mapping_that_is_written_out_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, columns: list[str], values: dict[str, str | None], criteria: dict[str, str], shape: str
) -> None:
    order = {
        "one_cell": Order(one_cell=columns[0], criteria=criteria),
        "item_columns": Order(item_columns={"staff": columns[0], "cost": columns[1]}, criteria=criteria),
        "position_columns": Order(position_columns=tuple(columns[:2]), criteria=criteria),
    }[shape]
    mapping = Mapping(
        version=1,
        tool="other",
        sheet=columns[0],
        group=Who(column=columns[2], values=values),
        school=Who(everyone="Infant A"),
        order=order,
        points={"autonomy": columns[3]},
        support=SupportColumns(columns={"stay": columns[4]}, values={"Yes": "for", "no": None}),
        comment=(columns[5],),
        date=columns[6],
        dates="day-first",
        drop=(columns[7],),
    )
    path = tmp_path_factory.mktemp("mapping") / "form.yaml"
    path.write_text(mapping_text(mapping, ["look here"]), encoding="utf-8")
    assert read_mapping(path, questions())[0] == mapping


def test_headings_that_are_repeated_or_missing_get_names_of_their_own(tmp_path: Path) -> None:
    headings = "Timestamp,Order [Staff],Order [Cost],Why?,Why?,Why? (2),,column H"
    table = read_survey(google(tmp_path, "2026/10/05,1,2,a,b,c,d,e", headings=headings))
    assert table.names[3:] == ("Why?", "Why? (3)", "Why? (2)", "column G", "column H")
    assert [table.values(name) for name in table.names[3:]] == [("a",), ("b",), ("c",), ("d",), ("e",)]


def test_surveymonkeys_two_rows_of_headings_may_be_merged_cells_of_a_workbook(tmp_path: Path) -> None:
    first = ["Respondent ID", "Collector ID", "End Date", "Which group are you?", "Put in order", None]
    second = [None, None, None, "Response", "Staff", "Cost"]
    path = tmp_path / "answers.xlsx"
    answer = [11, 22, "10/24/2026 07:02:11 PM", "Staff", 2, 1]
    path.write_bytes(workbook([first, second, answer], lambda sheet: sheet.merge_cells("E1:F1")))
    found = imported(path)
    assert found.ballots[0].places == {"staff": 2, "cost": 1}
    assert found.ballots[0].group == "Staff"


def test_a_title_above_the_headings_is_passed_over_and_said(tmp_path: Path) -> None:
    found = imported(
        google(tmp_path, "2026/10/05,Staff,1,2", headings="What matters most\n\nTimestamp,Which group are you?,Order [Staff],Order [Cost]")
    )
    assert "The headings stand in row 3; what is above them was not read." in found.notes
    assert found.rows == (4,)


def test_the_mapping_in_the_document_is_the_one_that_is_guessed_for_its_example(tmp_path: Path) -> None:
    docs = Path(__file__).parents[3] / "docs"
    base = read_knowledge()
    case = read_case(find_case("ember-2016"), base)
    assert case.file.consultation
    asked = question_set(case, case.file.consultation, base, dt.date(2026, 10, 1))
    (shown,) = re.findall(r"```yaml\n(.*?)```", (docs / "surveys.md").read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "form.yaml").write_text(shown, encoding="utf-8")
    assert read_mapping(tmp_path / "form.yaml", asked)[0] == guess(read_survey(docs / "examples" / "survey.csv"), asked).mapping


def test_names_under_a_question_who_one_is_are_dropped_and_never_repeated(tmp_path: Path) -> None:
    rows = [f"2026/10/05,Given{at} Family{at},{at % 2 + 1},{2 - at % 2}" for at in range(6)]
    found = guessed(tmp_path, "Timestamp,Who are you?,Order [Staff],Order [Cost]", *rows)
    assert found.mapping.group is None
    assert found.mapping.drop == ("Who are you?",)
    assert "Family" not in repr(found)


def test_a_form_of_hundreds_of_columns_is_guessed_in_seconds(tmp_path: Path) -> None:
    heads = ["Timestamp", *(f"Question {at} [{'Staff' if at == 7 else 'Cost' if at == 8 else f'item {at}'}]" for at in range(480))]
    rows = [",".join(["2026/10/05", *(str((at + row) % 30) for at in range(480))]) for row in range(100)]
    begun = time.perf_counter()
    found = guessed(tmp_path, ",".join(heads), *rows)
    assert time.perf_counter() - begun < 20  # a second on an idle machine
    assert found.mapping.order == Order(item_columns={"staff": "Question 7 [Staff]", "cost": "Question 8 [Cost]"})


def test_an_answer_is_never_taken_for_a_second_row_of_headings(tmp_path: Path) -> None:
    headings = "Respondent ID,Collector ID,End Date,Which group are you?,Order [Staff],Order [Cost]"
    found = imported(google(tmp_path, "11,22,2026-10-24,Staff,1,2", "12,22,2026-10-24,Governors,2,1", headings=headings))
    assert [one.group for one in found.ballots] == ["Staff", "Governors"]


def test_a_mapping_for_any_other_tool_reads_every_table(tmp_path: Path) -> None:
    path = google(tmp_path, "2026/10/05,Staff,1,2", headings="Timestamp,Which group are you?,Order [Staff],Order [Cost]")
    other = mapping_of(path).model_copy(update={"tool": "other"})
    assert read_ballots(read_survey(path), other, questions()).ballots == imported(path).ballots
