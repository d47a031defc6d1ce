"""Files and folders that are no case, or that mean harm: refused with a message, at once, and nothing of them is run or shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.checking import BAD_DATA, contents, good_case, in_a_new_process, stands_at

if TYPE_CHECKING:
    from tests.checking import Check


def test_a_yaml_bomb_is_refused_at_once_and_shortly() -> None:
    answer = in_a_new_process(BAD_DATA / "yaml_bomb")
    assert answer.code == 2
    assert "Traceback" not in answer.err
    assert stands_at(answer.messages[0], "case.yaml", 3), answer.err
    assert "reference" in answer.messages[0]
    assert len(answer.messages) <= 10, f"{len(answer.messages)} messages about one bomb"


@pytest.mark.parametrize("file", ["case.yaml", "judgements.csv"])
def test_a_file_of_fifty_megabytes_is_refused_unread(file: str, tmp_path: Path) -> None:
    case = good_case(tmp_path / "case")
    with (case / file).open("ab") as big:
        big.truncate(50 * 1024 * 1024)
    answer = in_a_new_process(case)
    assert answer.code == 2
    assert len(answer.messages) == 1
    assert stands_at(answer.messages[0], file, None)
    assert "52,428,800 bytes" in answer.messages[0]


@pytest.mark.parametrize("file", ["case.yaml", "judgements.csv"])
def test_a_link_out_of_the_folder_is_refused(file: str, tmp_path: Path, check: Check) -> None:
    case = good_case(tmp_path / "case")
    secret = tmp_path / "secret.txt"
    secret.write_text("title: the word that must not be shown\n", encoding="utf-8")
    (case / file).unlink(missing_ok=True)
    (case / file).symlink_to(secret)
    answer = check(case)
    assert answer.code == 2
    assert len(answer.messages) == 1
    assert stands_at(answer.messages[0], file, None)
    assert "link to a file outside the folder" in answer.messages[0]
    assert "must not be shown" not in answer.err


def test_a_link_inside_the_folder_is_accepted(tmp_path: Path, check: Check) -> None:
    case = good_case(tmp_path / "case")
    (case / "case.yaml").rename(case / "first.yaml")
    (case / "case.yaml").symlink_to("first.yaml")
    assert check(case).code == 0


@pytest.mark.parametrize("target", ["nowhere.csv", "judgements.csv"], ids=["dangling", "to itself"])
def test_a_link_that_leads_nowhere_is_refused(target: str, tmp_path: Path, check: Check) -> None:
    case = good_case(tmp_path / "case")
    (case / "judgements.csv").symlink_to(target)
    answer = check(case)
    assert answer.code == 2
    assert [stands_at(one, "judgements.csv", None) for one in answer.messages] == [True]


def test_a_case_that_is_a_file_is_named() -> None:
    answer = in_a_new_process(BAD_DATA / "weight_missing" / "case.yaml")
    assert answer.code == 2
    assert "Traceback" not in answer.err
    assert len(answer.messages) == 1
    assert stands_at(answer.messages[0], "weight_missing/case.yaml", None)
    assert "a case is a folder" in answer.messages[0]


def test_a_missing_folder_is_named(tmp_path: Path, check: Check) -> None:
    answer = check(tmp_path / "nowhere")
    assert answer.code == 2
    assert len(answer.messages) == 1, answer.err
    assert answer.messages[0].startswith(f"{tmp_path / 'nowhere'}: there is no such folder, and no example of that name. Examples: ")
    assert "ember-2016" in answer.messages[0]
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_without_a_case_says_which_file_is_missing(tmp_path: Path, check: Check) -> None:
    answer = check(tmp_path)
    assert answer.code == 2
    assert len(answer.messages) == 1
    assert stands_at(answer.messages[0], "case.yaml", None)
    assert "no such file" in answer.messages[0]


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path, check: Check) -> None:
    (tmp_path / "case.yaml").mkdir()
    answer = check(tmp_path)
    assert answer.code == 2
    assert "not an ordinary file" in answer.messages[0]


def test_a_name_that_no_disk_can_hold_is_refused_without_a_traceback() -> None:
    answer = in_a_new_process("a" * 300)
    assert "Traceback" not in answer.err
    assert answer.code == 2


def test_a_file_that_one_may_not_open_is_refused_without_a_traceback(tmp_path: Path, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    case = good_case(tmp_path / "case")
    reads = Path.read_bytes

    def refuses(path: Path) -> bytes:
        if path.name == "case.yaml":
            raise PermissionError(13, "Permission denied", str(path))
        return reads(path)

    monkeypatch.setattr(Path, "read_bytes", refuses)
    answer = check(case)
    assert answer.code == 2
    assert len(answer.messages) == 1
    assert stands_at(answer.messages[0], "case.yaml", None)


def test_the_same_fault_in_two_cases_is_reported_for_each_under_its_own_folder(tmp_path: Path, check: Check) -> None:
    text = (BAD_DATA / "option_unknown" / "case.yaml").read_text(encoding="utf-8")
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "case.yaml").write_text(text, encoding="utf-8")
    answer = check(tmp_path / "north", tmp_path / "south")
    assert answer.code == 2
    assert len(answer.messages) == 2, answer.err
    for name, message in zip(("north", "south"), answer.messages, strict=True):
        assert message.startswith(str(tmp_path / name / "case.yaml") + ":12: ")


def test_a_good_case_beside_a_bad_one_does_not_hide_it(tmp_path: Path, check: Check) -> None:
    answer = check(good_case(tmp_path / "good"), BAD_DATA / "date_impossible")
    assert answer.code == 2
    assert "2016-02-30" in answer.err


@pytest.mark.parametrize("name", ["weight_missing", "binary", "python_tag", "csv_byte_order_mark_only", "nesting"])
def test_a_person_at_the_keyboard_sees_a_message_and_never_a_traceback(name: str) -> None:
    before = contents(BAD_DATA / name)
    answer = in_a_new_process(BAD_DATA / name)
    assert answer.code == 2
    assert answer.out == ""
    assert "Traceback" not in answer.err
    assert answer.err.endswith("1 fault found.\n")
    assert contents(BAD_DATA / name) == before


def test_a_tag_in_a_file_runs_nothing(tmp_path: Path) -> None:
    case = good_case(tmp_path / "case")
    text = (case / "case.yaml").read_text(encoding="utf-8")
    command = f'title: !!python/object/apply:os.system ["touch {tmp_path}/ran"]'
    (case / "case.yaml").write_text(text.replace("title: Three schools", command), encoding="utf-8")
    answer = in_a_new_process(case)
    assert answer.code == 2
    assert not (tmp_path / "ran").exists()
