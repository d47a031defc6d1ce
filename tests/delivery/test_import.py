"""The command `partnership import`: from a file to ballots in the store, with nothing of whoever answered and nothing counted twice."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from partnership_model.delivery.consultation.closing import close
from partnership_model.delivery.consultation.freezing import close_frozen
from partnership_model.delivery.consultation.store import Store
from partnership_model.knowledge.reading import read_knowledge
from tests.surveys.asking import CASE, CODES, SAMPLES, google, six

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.knowledge.consultation.ballots import Ballot
    from tests.delivery.commanding import Said

    Import = Callable[..., Said]

SHEET = SAMPLES / "google_sheet.csv"
DOCS = Path(__file__).parents[2] / "docs"
HEADS = "Timestamp,Email Address,Which group are you?,Order [Staff],Order [Cost],Anything else?"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give the file of a store, which is not there yet."""
    return tmp_path / "store" / "ballots.db"


@pytest.fixture
def bring(command: Any, database: Path) -> Import:  # noqa: ANN401 - a function
    """Import into the case of these tests and its own store."""
    return lambda *arguments: command("import", *arguments, "--into", CASE, "--store", f"sqlite:///{database}")


@pytest.fixture
def form(bring: Import, tmp_path: Path) -> Path:
    """Give the mapping file of the sample of a Google sheet."""
    assert bring(SHEET, "--guess", tmp_path / "form.yaml").code == 0
    return tmp_path / "form.yaml"


def stored(database: Path) -> list[Ballot]:
    """Give the ballots of the one consultation in a store."""
    store = Store(f"sqlite:///{database}")
    try:
        found = store.latest(str(CASE.resolve()))
        return [one.ballot for one in store.ballots(found.id)] if found else []
    finally:
        store.close()


def test_a_mapping_that_was_looked_at_brings_the_ballots_into_the_store(bring: Import, form: Path, database: Path) -> None:
    answer = bring(SHEET, "--mapping", form)
    assert (answer.code, answer.err) == (0, "")
    assert "google_sheet.csv: 6 answers, of which 6 read, 0 rejected." in answer.out
    assert answer.out.endswith("6 ballots stored. A consultation was opened for them, on the questions that the case asks today.\n")
    wanted = Counter((one.group, one.school, one.answers) for one in six())
    assert Counter((one.group, one.school, one.answers) for one in stored(database)) == wanted
    raw = b"".join(path.read_bytes() for path in database.parent.iterdir())
    assert b"breakfast club" in raw
    assert not [word for word in (b"example.org", b"19:02", b"2026-10", b"/10/2026") if word in raw]


def test_the_title_stands_in_the_report_and_the_name_of_the_file_does_not(bring: Import, form: Path, database: Path) -> None:
    bring(SHEET, "--mapping", form, "--title", "Online survey, October", "--from", "2026-10-01", "--until", "2026-10-31")
    store = Store(f"sqlite:///{database}")
    found = store.latest(str(CASE.resolve()))
    assert found
    (session,) = store.sessions(found.id)
    acts = store.acts(found.id)
    store.close()
    assert (session.title, session.channel) == ("Online survey, October", "survey")
    assert (session.opened, session.closed) == (dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    assert acts[-1][1:] == ("ballots imported", "Online survey, October (survey)")
    assert "google_sheet" not in repr(acts)


def test_a_survey_becomes_weights_of_the_case_that_were_worked_out_by_hand(command: Any, tmp_path: Path) -> None:  # noqa: ANN401 - a function
    case, address = tmp_path / "case", f"sqlite:///{tmp_path / 'ballots.db'}"
    shutil.copytree(CASE, case)
    heads = "Timestamp,Which group are you?,Order [Autonomy],Order [Staff],Order [Cost],Order [Community voice]"
    rows = [
        f"2026/10/05,{group},{order}" for group, order in (("Staff", "2,4,3,1"), ("Parents and carers", "1,2,N/A,N/A")) for _ in range(8)
    ]
    path = google(tmp_path, *rows, headings=heads)
    form, named = tmp_path / "form.yaml", ["--title", "Online survey", "--from", "2026-10-01"]
    for more in (["--guess", form], ["--mapping", form, *named]):
        assert command("import", path, "--into", case, "--store", address, *more).code == 0
    store, base = Store(address), read_knowledge()
    found = store.latest(str(case.resolve()))
    assert found
    record = close(store, found, base, found.opened).record
    store.close()
    assert [(one.title, one.channel, one.answered) for one in record.sessions] == [("Online survey", "survey", 16)]
    assert record.response.channels == {"survey": 16}
    weights = {group: {point.criterion: point.weight for point in one.points} for group, one in record.by_group.items()}
    # Rank order centroid of four: (1 + 1/2 + 1/3 + 1/4) / 4 and so on; parents leave the last two level, at their mean.
    assert weights["Staff"] == {"community_voice": 52, "autonomy": 27, "cost": 15, "staff": 6}
    assert weights["Parents and carers"] == {"autonomy": 52, "staff": 27, "cost": 11, "community_voice": 10}


def test_the_same_file_is_refused_the_second_time_under_any_name(bring: Import, form: Path, database: Path, tmp_path: Path) -> None:
    bring(SHEET, "--mapping", form)
    again = tmp_path / "another name.csv"
    again.write_bytes(SHEET.read_bytes())
    answer = bring(again, "--mapping", form, "--earlier", "keep")
    assert answer.code == 2
    assert 'imported before, as "google_sheet.csv" (6 ballots); its ballots are not counted twice.' in answer.err
    assert len(stored(database)) == 6


@pytest.mark.parametrize(("earlier", "count"), [("", 6), ("replace", 7), ("keep", 13)])
def test_a_later_export_of_the_same_form_counts_nobody_twice_unless_somebody_says_so(
    bring: Import, form: Path, database: Path, earlier: str, count: int
) -> None:
    bring(SHEET, "--mapping", form)
    later = form.with_name("later.csv")
    row = '14/10/2026 09:00:00,seven@example.org,Governors,Junior B,4th,3rd,2nd,1st,,,,,,,"Late, and new."\r\n'
    later.write_bytes(SHEET.read_bytes() + row.encode())
    answer = bring(later, "--mapping", form, *(["--earlier", earlier] if earlier else []))
    assert answer.code == (0 if earlier else 2)
    assert ("6 of the 6 ballots" in answer.err and "--earlier replace" in answer.err) is not bool(earlier)
    assert len(stored(database)) == count


def test_without_a_mapping_and_somebody_to_agree_nothing_is_stored(bring: Import, database: Path) -> None:
    answer = bring(SHEET)
    assert answer.code == 2
    assert 'group: "Which of these are you?"' in answer.out
    assert "nobody is there to agree" in answer.err
    assert not database.exists()


@pytest.mark.parametrize(("said", "code"), [("y\n", 0), ("n\n", 2)])
def test_whoever_agrees_to_the_guess_has_it_kept_beside_the_file(
    bring: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, code: int
) -> None:
    typed = io.StringIO(said)
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", typed)
    path = tmp_path / "answers.csv"
    path.write_bytes(SHEET.read_bytes())
    assert bring(path).code == code
    assert (tmp_path / "answers.mapping.yaml").exists() is (code == 0)
    assert (tmp_path / "store").exists() is (code == 0)
    if code == 0:
        assert "answers.mapping.yaml was kept from an earlier import. Give it with --mapping" in bring(path).err
        assert "imported before" in bring(path, "--mapping", tmp_path / "answers.mapping.yaml").err


def test_a_preview_shows_the_first_answers_and_leaves_no_trace(bring: Import, database: Path, tmp_path: Path) -> None:
    path = google(tmp_path, "2026/10/05,Staff,1,2,Fine", "2026/10/05,Staff,1,9,", *["2026/10/05,Governors,2,1,"] * 6)
    before = sorted(tmp_path.iterdir())
    answer = bring(path, "--preview")
    assert (answer.code, answer.err) == (0, "")
    assert 'row 2: Staff, school not said; order: Staff, Cost; "Fine"\n' in answer.out
    assert 'Row 3, "Order [Cost]": found "9"; a place from 1 to 4 was expected, or nothing.\n' in answer.out
    assert "and 2 more\n" in answer.out
    assert answer.out.endswith("This was a preview: nothing is stored.\n")
    assert sorted(tmp_path.iterdir()) == before
    assert not database.exists()


def test_rejected_rows_hold_everything_up_until_somebody_says_so_and_are_listed(bring: Import, database: Path, tmp_path: Path) -> None:
    rows = ["2026/10/05,one@example.org,Staff,1,2,Fine", "2026/10/05,two@example.org,=1+1,1,2,", "2026/10/05,three@example.org,Staff,1,2,"]
    path = google(tmp_path, *rows, headings=HEADS)
    form = tmp_path / "form.yaml"
    bring(path, "--guess", form)
    answer = bring(path, "--mapping", form)
    assert answer.code == 2
    assert "--without-rejected" in answer.err
    assert not database.exists()
    listed = tmp_path / "answers.csv.rejected.csv"
    text = listed.read_text(encoding="utf-8")
    (head, row) = csv.reader(io.StringIO(text))
    assert head == ["row", "column", "why", "what the row gave"]
    assert (row[0], row[1], row[3]) == ("3", "Which group are you?", "no ballot")
    assert row[2].startswith('found "=1+1"; a group that is asked was expected')
    assert "example.org" not in text
    assert bring(path, "--mapping", form, "--without-rejected").out.count("2 ballots stored") == 1
    assert len(stored(database)) == 2


def test_a_heading_that_is_a_formula_is_text_in_the_list_of_rejected_rows(bring: Import, tmp_path: Path) -> None:
    heads = '"Timestamp","=cmd()|A1 group [x]","Order [Staff]","Order [Cost]"'
    form = tmp_path / "form.yaml"
    form.write_text(
        'version: 1\ntool: google_forms\ngroup: {column: "=cmd()|A1 group [x]"}\ndate: Timestamp\n'
        'order: {item_columns: {staff: "Order [Staff]", cost: "Order [Cost]"}}\n',
        encoding="utf-8",
    )
    bring(google(tmp_path, "2026/10/05,Nobody,1,2", headings=heads), "--mapping", form)
    text = (tmp_path / "answers.csv.rejected.csv").read_text(encoding="utf-8")
    assert ",'=cmd()|A1 group [x]," in text


def test_a_file_that_is_there_is_not_written_over(bring: Import, tmp_path: Path) -> None:
    path = google(tmp_path, "2026/10/05,Staff,1,2,", "2026/10/05,Staff,1,9,")
    mine = tmp_path / "mine.csv"
    mine.write_text("mine\n", encoding="utf-8")
    for option in ("--guess", "--rejected", "--paper-sheet"):
        answer = bring(path, "--preview", option, mine)
        assert answer.code == 2, option
        assert "mine.csv" in answer.err
    assert mine.read_text(encoding="utf-8") == "mine\n"


def test_the_paper_sheet_is_read_back_once_ballots_are_typed_into_it(bring: Import, database: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "tally.xlsx"
    assert bring("--paper-sheet", sheet).code == 0
    book = openpyxl.load_workbook(sheet)
    page = book["Ballots"]
    heads = [cell.value for cell in page[1]]
    assert heads[:7] == ["Ballot number", "Group", "School", "Place: Autonomy", "Place: Staff", "Place: Cost", "Place: Community voice"]
    checks = {str(one.sqref): (one.type, one.formula1) for one in page.data_validations.dataValidation}
    assert checks["B2:B501"] == ("list", "Lists!$B$1:$B$3")
    assert checks["D2:G501"] == ("whole", "1")
    page.append([101, "Staff", "Infant A", 2, 1, 4, 3, *[None] * 4, "strongly for", "against", "Fine"])
    page.append([101, "Governors", None, None, 1, None, None])
    book.save(sheet)
    answer = bring(sheet)
    assert answer.code == 0
    assert "Rows 2, 3: the same respondent. All are kept." in answer.out
    first, second = sorted(stored(database), key=lambda one: one.group, reverse=True)
    assert (first.channel, first.places, first.support) == (
        "paper",
        {"autonomy": 2, "community_voice": 3, "cost": 4, "staff": 1},
        {"federation": "against", "stay": "strongly_for"},
    )
    assert (second.group, second.school, second.places) == ("Governors", "", {"staff": 1})


def test_the_paper_sheet_as_csv_has_the_same_headings(bring: Import, tmp_path: Path) -> None:
    assert bring("--paper-sheet", tmp_path / "tally.csv").code == 0
    with (tmp_path / "tally.csv").open(encoding="utf-8-sig", newline="") as file:
        (heads,) = csv.reader(file)
    with (SAMPLES / "paper.csv").open(encoding="utf-8-sig", newline="") as file:
        assert heads == next(csv.reader(file, delimiter="\t"))
    assert "ends in .csv or .xlsx" in bring("--paper-sheet", tmp_path / "tally.txt").err


def test_a_consultation_that_is_closed_takes_no_survey(bring: Import, form: Path, database: Path) -> None:
    bring(SHEET, "--mapping", form)
    store = Store(f"sqlite:///{database}")
    found = store.latest(str(CASE.resolve()))
    assert found
    close_frozen(store, found.id, found.opened)
    store.close()
    answer = bring(SAMPLES / "limesurvey_codes.csv", "--mapping", CODES)
    assert (answer.code, answer.err) == (2, "This consultation is closed.\n")


def test_answers_from_days_that_do_not_count_are_rejected(bring: Import, form: Path) -> None:
    answer = bring(SHEET, "--mapping", form, "--from", "2026-10-06", "--until", "2026-10-13", "--preview")
    assert "6 answers, of which 3 read, 3 rejected" in answer.out
    assert 'found "soon"; expected a date that exists' in bring(SHEET, "--from", "soon", "--mapping", form).err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["import"], "--into"),
        (["import", str(SHEET)], "--into"),
        (["import", "--into", str(CASE)], "Name the file to be read"),
        (["import", "--percentages"], "Name the file to be read"),
        (["import", "nowhere.csv", "--into", str(CASE), "--preview"], "nowhere.csv: there is no such file"),
        (["import", str(SHEET), "--into", str(CASE), "--mapping", "nowhere.yaml"], "nowhere.yaml"),
        (["import", str(SHEET), "--into", "typical-2026", "--preview"], "asks nothing yet"),
    ],
)
def test_what_is_missing_is_named(command: Any, arguments: list[str], says: str, database: Path) -> None:  # noqa: ANN401 - a function
    answer = command(*arguments, *(["--store", f"sqlite:///{database}"] if "--into" in arguments else []))
    assert answer.code == 2
    assert says in answer.err


def test_the_lincolnshire_survey_has_its_units_and_its_impossible_figure_is_flagged(command: Any) -> None:  # noqa: ANN401 - a function
    answer = command("import", DOCS / "examples" / "lincolnshire-2013.csv", "--percentages")
    first, second, third, last = answer.out.splitlines()
    assert first.endswith("62%, which is 20 (62.5%) of 32 partnerships, all of June 2013.")
    assert "96%, IMPOSSIBLE of 20 partnerships: 19 (95.0%) would come below it and 20 (100.0%) above." in second
    assert "of an unknown number of respondents, the report does not say which. Up to 100" in third
    assert "it can be of 23 to 28, 45 to 57, 67 to 85 and 89 to 100." in third
    assert last == "3 percentages: 1 impossible, 1 without the number of which it is a percentage."


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("62,1000", "62%, which is 615 to 625 of 1,000 schools."),
        ("62.5%,32", "62.5%, which is 20 (62.50%) of 32 schools."),
        ("0,7", "0%, which is 0 (0.0%) of 7 schools."),
        ("100,7", "100%, which is 7 (100.0%) of 7 schools."),
        (
            "62.4,32",
            "62.4%, IMPOSSIBLE of 32 schools: 19 (59.38%) would come below it and 20 (62.50%) above. Up to 100, it can be of 85 and 93.",
        ),
    ],
)
def test_a_percentage_is_said_with_the_counts_that_it_can_be(command: Any, tmp_path: Path, row: str, says: str) -> None:  # noqa: ANN401 - a function
    table = tmp_path / "table.csv"
    table.write_text(f"what,percent,of,unit\nwe agree,{row},schools\n", encoding="utf-8")
    answer = command("import", table, "--percentages")
    assert answer.out.splitlines()[0] == f"we agree: {says}"
