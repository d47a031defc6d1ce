"""The command `partnership audit`: text, JSON and a page, and one clear message for what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.display.test_blocks import Reader
from tests.table_making import workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.delivery.commanding import Said

    Command = Callable[..., Said]

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "scores.csv"


def test_the_audit_is_printed_for_people(command: Command) -> None:
    answer = command("audit", EXAMPLE)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("scores.csv: 6 options, 4 criteria, 1 set of weights\n1 of 6 totals does not add up, and put right")
    assert "\n  - F7: The total of" in answer.out


def test_json_stands_alone_on_standard_output(command: Command, tmp_path: Path) -> None:
    answer = command("audit", EXAMPLE, "--json", "--out", tmp_path / "page.html")
    found = json.loads(answer.out)
    assert found["sets"][0]["errors"][0]["cell"] == "F7"
    assert answer.err == f"{tmp_path / 'page.html'}\n"


def test_the_page_needs_nothing_else_and_tells_no_folder(command: Command, tmp_path: Path) -> None:
    table = tmp_path / "secret place" / "table.csv"
    table.parent.mkdir()
    table.write_bytes(EXAMPLE.read_bytes())
    answer = command("audit", table, "--out", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert answer.out.endswith(f"{tmp_path / 'page.html'}\n")
    read = Reader(page)
    assert read.faults == []
    assert read.of("script", "link", "img", "iframe") == []
    assert "secret place" not in page
    assert page.count("<svg") == 4  # two charts, each for a wide screen and for a telephone
    anchors = {one["id"] for _, one in read.elements if "id" in one}
    assert {one["href"].removeprefix("#") for one in read.of("a")} <= anchors
    assert len(page) < 200_000


def test_what_the_user_says_of_the_columns_reaches_the_audit(command: Command, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("Option;Cost;Say;Result;Came\nA;1,5;2;3,5;1\nB;2,5;1;3,5;1\n", encoding="utf-8")
    answer = command("audit", table, "--lower-is-better", "Cost", "--total", "Result", "--rank", "Came", "--decimal", "comma", "--json")
    found = json.loads(answer.out)
    assert [one["better"] for one in found["criteria"]] == ["lower", "higher"]
    assert found["sets"][0]["verdict"] == "all"


def test_a_sheet_can_be_chosen(command: Command, tmp_path: Path) -> None:
    table = tmp_path / "t.xlsx"
    table.write_bytes(workbook([["Option", "X"], ["A", 1], ["B", 2]], title="My scores"))
    assert "sheet My scores: 2 options" in command("audit", table, "--sheet", "My scores").out
    answer = command("audit", table, "--sheet", "Other")
    assert answer.code == 2
    assert 'no sheet "Other"' in answer.err


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "the file is empty"),
        (b"a,b\nA,x\nB,2\n", 'B2: found "x"'),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"A,1\n" * 1_000_000, "4,000,000 bytes"),
        (b"PK\x03\x04", "damaged"),
    ],
)
def test_what_cannot_be_read_ends_with_its_message_and_code_2(command: Command, tmp_path: Path, raw: bytes, says: str) -> None:
    table = tmp_path / "t.csv"
    table.write_bytes(raw)
    answer = command("audit", table, "--out", tmp_path / "page.html")
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err
    assert not (tmp_path / "page.html").exists()


def test_a_missing_table_is_named(command: Command, tmp_path: Path) -> None:
    answer = command("audit", tmp_path / "x.csv")
    assert answer.code == 2
    assert "there is no such file" in answer.err


@pytest.mark.parametrize(("name", "says"), [("page.html", "is a directory"), ("page.pdf", "ends in .html")])
def test_a_place_that_cannot_hold_a_page_is_refused(command: Command, tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "page.html").mkdir()
    answer = command("audit", EXAMPLE, "--out", tmp_path / name)
    assert answer.code == 2
    assert says in answer.err
