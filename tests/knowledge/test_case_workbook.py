"""A case in Excel is the same case, and every fault names its sheet and cell."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from partnership_model.delivery.new_case import write_case
from partnership_model.delivery.new_workbook import write_workbook
from partnership_model.errors import FaultsError
from partnership_model.knowledge.case_workbook import is_case_workbook
from partnership_model.knowledge.cases import read_case

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from partnership_model.errors import Fault
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.cases import Case

DAY = dt.date(2026, 3, 2)
Cells = dict[str, Any]
COMPLETE: Cells = {
    "Case!A30": "why",
    "Case!B30": "Two heads are close to retirement.",
    "Case!A31": "why",
    "Case!B31": "=not a formula",
    "Case!D31": "public",
    "Case!B6": dt.datetime(2026, 3, 2),  # noqa: DTZ001 - as openpyxl takes it
    "Case!B18": "Federate.",
    "Case!B19": "The diocese agrees.",
    "Case!B20": "none",
    "Weights!A2": "Governors",
    "Weights!B2": "points",
    "Weights!C2": dt.datetime(2026, 3, 2),  # noqa: DTZ001 - as openpyxl takes it
    "Weights!D2": "cards",
    "Weights!E2": 12,
    **{f"Weights!{letter}2": figure for letter, figure in zip("GHIJKLMN", (30, 10, 10, 10, 10, 10, 10, 10), strict=True)},
    "Weights!A3": "Staff",
    "Weights!B3": "ranking",
    "Weights!C3": "2026-03-02",
    "Weights!D3": "cards",
    "Weights!E3": 30,
    **{f"Weights!{letter}3": place for letter, place in zip("GHIJKLMN", (2, 1, 2, 4, 5, 6, 7, 8), strict=True)},
    "Judgements!J2": "C",
    "Judgements!K2": "Two heads\nretire.",
}


@pytest.fixture(scope="module")
def made(base: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Make the workbook of a new case once."""
    return write_workbook("Hilltop", tmp_path_factory.mktemp("made"), base, DAY).read_bytes()


@pytest.fixture
def changed(made: bytes, tmp_path: Path) -> Callable[..., Path]:
    """Give a function that writes the workbook with some cells changed, or changed by a function."""

    def write(cells: Cells | None = None, change: Callable[[Any], object] | None = None) -> Path:
        book = openpyxl.load_workbook(io.BytesIO(made))
        for place, value in (cells or {}).items():
            sheet, _, cell = place.partition("!")
            book[sheet][cell] = value
            if isinstance(value, str) and value.startswith("=not"):
                book[sheet][cell].data_type = "s"
        if change:
            change(book)
        path = tmp_path / "Hilltop.xlsx"
        book.save(path)
        return path

    return write


def faults(path: Path, base: KnowledgeBase) -> Sequence[Fault]:
    with pytest.raises(FaultsError, match="found") as error:
        read_case(path, base)
    assert {fault.where for fault in error.value.faults} == {str(path)}
    assert {fault.line for fault in error.value.faults} == {None}
    return error.value.faults


def test_a_new_workbook_is_the_same_case_as_a_new_folder(changed: Callable[..., Path], base: KnowledgeBase, tmp_path: Path) -> None:
    write_case("Hilltop", tmp_path, base, DAY)
    from_files, from_excel = read_case(tmp_path / "Hilltop", base), read_case(changed(), base)
    assert from_excel.file == from_files.file
    assert from_excel.judgements == from_files.judgements == ()
    assert from_excel.name == "Hilltop"


@pytest.fixture
def complete(changed: Callable[..., Path], base: KnowledgeBase) -> Case:
    """Read a workbook in which every sheet is filled."""
    return read_case(changed(COMPLETE), base)


def test_every_sheet_reaches_the_case(complete: Case) -> None:
    file = complete.file
    assert file.as_of == DAY
    assert [(one.says, one.audience) for one in file.why] == [("Two heads are close to retirement.", None), ("=not a formula", "public")]
    assert file.recommendation is not None
    assert (file.recommendation.conditions, file.recommendation.dissent) == (("The diocese agrees.",), ())
    points, ranking = file.weights
    assert (points.group, points.elicited.on, points.elicited.people) == ("Governors", DAY, 12)
    assert isinstance(points.values, dict)
    assert sum(points.values.values()) == 100
    assert isinstance(ranking.values, tuple)
    assert [len(step) for step in ranking.values] == [1, 2, 1, 1, 1, 1, 1]
    (one,) = complete.judgements
    assert (one.option, one.amount, one.evidence, one.note) == ("stay", None, "C", "Two heads retire.")


def test_what_a_hall_is_asked_can_be_said_in_the_sheet(changed: Callable[..., Path], base: KnowledgeBase) -> None:
    rows = {
        "asks": "What matters most to you?",
        "groups.1.group": "Parents and carers",
        "groups.1.invited": 450,
        "groups.2.group": "Learners",
        "groups.2.learners": "yes",
        "also.1": "points",
        "also.2": "comment",
        "keep_days": 90,
    }
    cells: Cells = {}
    for at, (key, value) in enumerate(rows.items(), 60):
        cells |= {f"Case!A{at}": f"consultation.{key}", f"Case!B{at}": value}
    asked = read_case(changed(cells), base).file.consultation
    assert asked is not None
    assert (asked.asks, asked.also, asked.keep_days) == ("What matters most to you?", ("points", "comment"), 90)
    assert [(one.group, one.invited, one.learners) for one in asked.groups] == [
        ("Parents and carers", {"": 450}, False),
        ("Learners", {}, True),
    ]


# Faults that can stand in one workbook together: cells, where each is reported, and words of what is said there.
TOGETHER: list[list[tuple[Cells, str, str]]] = [
    [
        ({"Schools!B3": "comunity"}, "Schools!B3", 'Did you mean "community"?'),
        ({"Schools!D2": 0}, "Schools!D2", "found 0"),
        ({"Schools!D3": "270"}, "Schools!D3", "a number was expected"),
        ({"Schools!E3": "=1/0"}, "Schools!E3", "never saved"),
        ({"Schools!E4": "#DIV/0!"}, "Schools!E4", "the error #DIV/0!"),
        ({"Schools!D5": dt.date(2017, 3, 4)}, "Schools!D5", "expected a whole number"),
        ({"Schools!E2": None}, "Schools!A2", "budget: this key is missing"),
        ({"Schools!F2": "fedrated"}, "Schools!F2", 'Did you mean "federated"?'),
        ({"Options!A3": "federaton"}, "Options!A3", 'Did you mean "federation"?'),
        ({"Options!G4": "maybe"}, "Options!G4", "expected true or false"),
        ({"Criteria!E2": "perhaps"}, "Criteria!E2", "expected yes or no"),
        ({"Case!B5": "thinking"}, "Case!B5", "exploring"),
        ({"Case!B6": "04/03/2017"}, "Case!B6", "2016-04-15"),
        ({"Case!B4": None}, "Case", "decides: this key is missing"),
        ({"Case!A30": "titel", "Case!B30": "x"}, "Case!B30", 'Did you mean "title"?'),
        ({"Case!A31": "title", "Case!B31": "x"}, "Case!A31", "stands in Case!B2 already"),
        ({"Case!A32": "title.x", "Case!B32": "x"}, "Case!A32", '"title" has a value of its own'),
        ({"Case!A33": "schools.1.name", "Case!B33": "x"}, "Case!A33", "stands on the sheet Schools"),
        ({"Case!B34": "x"}, "Case!A34", "name the key"),
        ({"Weights!A2": "G", "Weights!B2": "points"}, "Weights!A2", "a weight for each criterion"),
        ({"Weights!A3": "H", "Weights!B3": "points", "Weights!G3": 1}, "Weights!A3", "the day, how they were asked"),
        ({"Weights!A4": "I", "Weights!B4": "pairs", "Weights!G4": 1, "Weights!E4": 3}, "Weights!B4", "case.yaml"),
        ({"Judgements!J2": "E", "Judgements!K2": "x"}, "Judgements!J2", 'found "E"'),
        ({"Judgements!J3": "C"}, "Judgements!K3", "say why"),
        ({"Judgements!A4": "stey", "Judgements!J4": "C", "Judgements!K4": "x"}, "Judgements!A4", 'Did you mean "stay"?'),
        ({"Judgements!G5": 50, "Judgements!J5": "C", "Judgements!K5": "x"}, "Judgements!H5", "expected a number"),
        ({"Judgements!G6": "lots", "Judgements!J6": "C", "Judgements!K6": "x"}, "Judgements!G6", "a number was expected"),
    ],
    [
        ({"Schools!K1": "balance fur"}, "Schools!K1", 'Did you mean "balance_for"?'),
        ({"Options!D1": "label"}, "Options!D1", "is repeated"),
        ({"Criteria!A1": None}, "Criteria!row 1", 'the column "criterion" is missing'),
    ],
    [
        ({"Schools!A3": "Infant A"}, "Schools!A3", "two schools"),
        ({"Options!A2": None}, "Options!A3", 'add "stay"'),
    ],
]


@pytest.mark.parametrize("together", TOGETHER)
def test_each_fault_names_its_sheet_and_cell_and_all_are_reported_at_once(
    changed: Callable[..., Path], base: KnowledgeBase, together: list[tuple[Cells, str, str]]
) -> None:
    found = faults(changed({place: value for cells, _, _ in together for place, value in cells.items()}), base)
    missed = [(place, says) for _, place, says in together if not any(one.field == place and says in one.says for one in found)]
    assert missed == [], "\n".join(map(str, found))
    unreadable = [one.field for one in found if one.field in ("Schools!D3", "Schools!E3", "Schools!E4")]
    assert len(unreadable) == len(set(unreadable))


def test_an_unknown_criterion_among_the_weights_is_named(changed: Callable[..., Path], base: KnowledgeBase) -> None:
    found = faults(changed({**COMPLETE, "Weights!G1": "autonomi"}), base)
    assert any(fault.field in ("Weights!G2", "Weights!G3") and 'Did you mean "autonomy"?' in fault.says for fault in found)


def merge(book: Any) -> None:  # noqa: ANN401 - openpyxl has no types
    book["Schools"].merge_cells("B2:C2")


def rename(book: Any) -> None:  # noqa: ANN401 - openpyxl has no types
    book["Schools"].title = "School"


def take_away(book: Any) -> None:  # noqa: ANN401 - openpyxl has no types
    del book["Criteria"]


@pytest.mark.parametrize(
    ("change", "place", "says"),
    [(merge, "Schools!B2:C2", "merged"), (rename, "School", 'Did you mean "Schools"?'), (take_away, "Criteria", "no such sheet")],
)
def test_merged_cells_and_sheets_that_are_not_there_are_named(
    changed: Callable[..., Path], base: KnowledgeBase, change: Callable[[Any], object], place: str, says: str
) -> None:
    assert any(fault.field == place and says in fault.says for fault in faults(changed(change=change), base))


def test_a_password_is_said_to_be_one(tmp_path: Path, base: KnowledgeBase) -> None:
    path = tmp_path / "case.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(FaultsError, match="protected by a password"):
        read_case(path, base)


def test_a_workbook_is_known_by_its_content_and_a_saved_case_is_none(made: bytes, tmp_path: Path) -> None:
    (tmp_path / "case").write_bytes(made)
    (tmp_path / "case.zip").write_bytes(b"PK\x03\x04")
    assert is_case_workbook(tmp_path / "case")
    assert not is_case_workbook(tmp_path / "case.zip")
    assert not is_case_workbook(tmp_path)
    assert not is_case_workbook(tmp_path / "nowhere.xlsx")
