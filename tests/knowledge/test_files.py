"""The strict reader of YAML and CSV: what it accepts, what it refuses, and on which line."""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from partnership_model.errors import Fault, FaultsError, nearest
from partnership_model.knowledge.files import DEEPEST, LARGEST_FILE, Document, read_csv, read_text, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COLUMNS = ("option", "low", "note")
LIGHT = settings(
    max_examples=150,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Write a file, with every byte as given."""

    def at(content: str | bytes, name: str = "file.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return at


def faults_of(call: Callable[[], object]) -> list[tuple[int | None, str, str]]:
    """Line, field and words of every fault."""
    with pytest.raises(FaultsError, match=r"\d+ faults? found\.$") as error:
        call()
    return [(fault.line, fault.field, fault.says) for fault in error.value.faults]


# Faults


def test_a_fault_names_file_line_and_field() -> None:
    assert str(Fault("case.yaml", 12, "options.1", "it is wrong")) == "case.yaml:12: options.1: it is wrong"
    assert str(Fault("case.yaml", None, "", "it is empty")) == "case.yaml: it is empty"


def test_faults_stand_in_the_order_of_file_and_line_and_each_once() -> None:
    two, one, ten = Fault("a", 2, "", "two"), Fault("a", None, "", "none"), Fault("a", 10, "", "ten")
    error = FaultsError([Fault("b", 1, "", "other"), ten, two, two, one])
    assert str(error) == "a: none\na:2: two\na:10: ten\nb:1: other\n4 faults found."


def test_one_fault_is_counted_in_the_singular() -> None:
    assert str(FaultsError([Fault("a", 1, "", "wrong")])).endswith("\n1 fault found.")


@pytest.mark.parametrize("character", ["\x1b", "\n", "\r", "\x07", "\x9b"], ids=ascii)
def test_a_fault_is_one_line_and_cannot_steer_the_terminal(character: str) -> None:
    text = str(Fault("case.yaml", 2, f"ti{character}tle", f'"{character}[31m" is not an option'))
    assert character not in text
    assert "is not an option" in text


def test_the_nearest_known_name_is_suggested_or_else_all_are_listed() -> None:
    assert nearest("federatoin", ["stay", "federation"]) == 'Did you mean "federation"?'
    assert nearest("zzz", ["stay", "federation"]) == "Known: federation, stay."


def test_of_many_known_names_the_first_are_listed_and_among_too_many_none_is_looked_for() -> None:
    many = [f"name_{number:03}" for number in range(501)]
    assert nearest("zzz", many[:21]) == f"Known: {', '.join(many[:20])} and 1 more."
    assert nearest("nane_007", many[:500]) == 'Did you mean "name_007"?'
    assert nearest("nane_007", many) == f"Known: {', '.join(many[:20])} and 481 more."
    assert nearest("x" * 121, ["x" * 120]) == f"Known: {'x' * 120}."


# Plain text


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(write: Callable[..., Path]) -> None:
    assert len(read_text(write(b"x" * LARGEST_FILE))) == LARGEST_FILE
    ((line, _, says),) = faults_of(lambda: read_text(write(b"x" * (LARGEST_FILE + 1))))
    assert line is None
    assert "2,097,153 bytes" in says


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"], ids=repr)
def test_a_file_with_nothing_in_it_is_empty(content: bytes, write: Callable[..., Path]) -> None:
    assert faults_of(lambda: read_text(write(content))) == [(None, "", "the file is empty")]


def test_a_byte_order_mark_is_dropped(write: Callable[..., Path]) -> None:
    assert read_text(write(b"\xef\xbb\xbftitle: x")) == "title: x"


def test_text_that_is_not_utf_8_is_refused_with_the_line_of_the_first_wrong_byte(write: Callable[..., Path]) -> None:
    ((line, _, says),) = faults_of(lambda: read_text(write("one\ntwo\ncaf\u00e9\n\u00e9".encode("latin-1"))))
    assert line == 3
    assert "UTF-8" in says


def test_a_zero_byte_makes_a_binary_file(write: Callable[..., Path]) -> None:
    ((line, _, says),) = faults_of(lambda: read_text(write(b"one\ntwo\0")))
    assert line == 2
    assert "binary" in says


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert faults_of(lambda: read_text(tmp_path / "pipe")) == [(None, "", "this is not an ordinary file")]


def test_a_file_is_named_relative_to_its_folder(tmp_path: Path) -> None:
    with pytest.raises(FaultsError, match=r"^facts/x\.yaml: there is no such file\n"):
        read_text(tmp_path / "facts" / "x.yaml", inside=tmp_path)


def test_a_file_outside_its_folder_is_refused_by_any_way(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    for name in ("../secret", "link"):
        if name == "link":
            (tmp_path / "case" / name).symlink_to(tmp_path / "secret")
        with pytest.raises(FaultsError, match="outside the folder"):
            read_text(tmp_path / "case" / name, inside=tmp_path / "case")


def test_a_linked_folder_is_no_link_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "case.yaml").write_text("x", encoding="utf-8")
    (tmp_path / "linked").symlink_to("real")
    assert read_text(tmp_path / "linked" / "case.yaml", inside=tmp_path / "linked") == "x"


def test_a_file_that_cannot_be_opened_is_a_fault(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("x")

    def refuses(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", refuses)
    with pytest.raises(FaultsError, match=r"file\.yaml"):
        read_text(path)


# YAML


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"), ("on", "on"), ("yes", "yes"), ("off", "off"), ("y", "y"), ("NO", "NO"), ("True", "True"),
        ("0123", "0123"), ("007", "007"), ("0x1F", "0x1F"), ("0o17", "0o17"), ("1_000", "1_000"), ("1e3", "1e3"),
        ("12:30:45", "12:30:45"), ("2016-04-15", "2016-04-15"), (".5", ".5"), ("5.", "5."), (".inf", ".inf"),
        (".nan", ".nan"), ("=", "="), ("1,000", "1,000"), ("00.5", "00.5"), ("Null", "Null"),
        ("9" * 19, "9" * 19), ('"5"', "5"), ("'true'", "true"), ('""', ""), ("|\n  5", "5\n"), ("\u0661", "\u0661"),
        ("5", 5), ("-5", -5), ("+5", 5), ("0", 0), ("0.5", 0.5), ("-12.25", -12.25), ("9" * 18, int("9" * 18)),
        ("true", True), ("false", False), ("null", None), ("~", None), ("", None), ("[]", []), ("{}", {}),
    ],
    ids=repr,
)  # fmt: skip
def test_a_plain_word_means_what_a_reader_sees(written: str, value: object, write: Callable[..., Path]) -> None:
    found = read_yaml(write(f"key: {written}\n")).value["key"]
    assert found == value
    assert type(found) is type(value)


def test_keys_are_text_whatever_they_look_like(write: Callable[..., Path]) -> None:
    assert read_yaml(write("2016: a\nno: b\ntrue: c\n")).value == {"2016": "a", "no": "b", "true": "c"}


def test_every_part_knows_its_line(write: Callable[..., Path]) -> None:
    text = "# a comment\ntitle: x\noptions:\n  - stay\n  - {option: new_mat,\n     label: y}\nlong: >\n  a\n  b\nlast: z\n"
    document = read_yaml(write(text))
    wanted: dict[tuple[Any, ...], int] = {
        (): 2, ("title",): 2, ("options",): 3, ("options", 0): 4, ("options", 1): 5, ("options", 1, "option"): 5,
        ("options", 1, "label"): 6, ("long",): 7, ("last",): 10,
    }  # fmt: skip
    assert {place: document.line(place) for place in wanted} == wanted


def test_lines_are_counted_alike_with_windows_line_ends(write: Callable[..., Path]) -> None:
    text = "a: 1\n\nb:\n  - 2\n  - 3\n"
    assert read_yaml(write(text.replace("\n", "\r\n"))).lines == read_yaml(write(text)).lines


def test_a_place_that_is_not_there_has_the_line_of_what_holds_it(write: Callable[..., Path]) -> None:
    document = read_yaml(write("a: 1\nb:\n  c: 2\n"))
    assert document.line(("b", "d", 7)) == 2
    assert Document("x", None).line(("a",)) is None


def test_a_fault_of_a_document_names_its_place(write: Callable[..., Path]) -> None:
    document = read_yaml(write("a: 1\nb:\n  - c: 2\n"))
    assert document.fault(("b", 0, "c"), "wrong") == Fault(document.name, 3, "b.0.c", "wrong")


def test_each_repetition_of_a_key_is_a_fault_that_names_the_first(write: Callable[..., Path]) -> None:
    found = faults_of(lambda: read_yaml(write("a: 1\nb:\n  c: 1\n  c: 2\na: 3\na: 4\n")))
    assert [(line, field) for line, field, _ in found] == [(4, "b.c"), (5, "a"), (6, "a")]
    assert "first in line 3" in found[0][2]
    assert "first in line 1" in found[2][2]


def test_one_key_in_two_places_is_no_repetition(write: Callable[..., Path]) -> None:
    assert read_yaml(write("a: {b: 1}\nb: {b: 2}\n")).value == {"a": {"b": 1}, "b": {"b": 2}}


def test_a_key_that_differs_only_in_its_quotation_marks_is_repeated(write: Callable[..., Path]) -> None:
    ((line, _, says),) = faults_of(lambda: read_yaml(write("a: 1\n'a': 2\n")))
    assert line == 2
    assert "repeated" in says


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x 1\nb: *x\n", 2),
        ("a: &x [1]\nb:\n  - *x\n", 3),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", 3),
        ("&x a: 1\nb: *x\n", 2),
        ("a: &x y\n*x : 1\n", 2),
    ],
    ids=["value", "in a list", "merge", "of a key", "as a key"],
)
def test_a_reference_to_another_part_is_refused_on_its_own_line(text: str, line: int, write: Callable[..., Path]) -> None:
    found = faults_of(lambda: read_yaml(write(text)))
    assert [(at, "reference to another part" in says) for at, _, says in found] == [(line, True)]


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: !!python/object/apply:os.system [x]\n", "a: 1\nb: !!int '5'\n", "a: 1\nb: !!str 5\n",
        "a: 1\nb: !local x\n", "a: 1\nb: !!map {c: 1}\n", "a: 1\n!!python/name:os.system b: 1\n",
        "a: 1\nb: !<tag:example.org,2026:x> y\n", "a: 1\nb: !!binary aGk=\n",
    ],
)  # fmt: skip
def test_a_tag_is_refused_wherever_it_stands(text: str, write: Callable[..., Path]) -> None:
    found = faults_of(lambda: read_yaml(write(text)))
    assert [(line, "tag" in says) for line, _, says in found] == [(2, True)]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\n---\nb: 2\n", 2, "document"),
        ("a: 1\n\tb: 2\n", 2, "tab"),
        ("a: [1, 2\nb: 3\n", 2, "not valid YAML"),
        ("a: 'open\n", 2, "not valid YAML"),
        ("a: 1\n? [b]\n: 2\n", 2, "plain word"),
        ("a: 1\n? {b: 1}\n: 2\n", 2, "plain word"),
        ("a: b: c\n", 1, "not valid YAML"),
        ("a: 1\nb: @x\n", 2, "not valid YAML"),
        ("%YAML 1.3\n---\na: 1\n", 1, "not valid YAML"),
        ("a: 1\nb: \x1b[31m\n", 2, "character"),
        ("a: 1\nb: \ufffe\n", 2, "character"),
        ("a: 1\nb: *nowhere\n", 2, ""),
    ],
    ids=["second document", "tab", "open list", "open text", "list as key", "mapping as key", "two colons",
         "reserved sign", "other version", "control character", "no character", "reference to nothing"],
)  # fmt: skip
def test_what_is_not_plain_yaml_is_refused_with_its_line(text: str, line: int, words: str, write: Callable[..., Path]) -> None:
    found = faults_of(lambda: read_yaml(write(text)))
    assert [at for at, _, _ in found] == [line]
    assert words in found[0][2]


def test_a_file_of_comments_is_refused(write: Callable[..., Path]) -> None:
    with pytest.raises(FaultsError, match="the file says nothing"):
        read_yaml(write("# nothing\n"))


@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ("{a: ", "}")])
def test_parts_may_lie_inside_each_other_forty_deep_and_no_deeper(opens: str, closes: str, write: Callable[..., Path]) -> None:
    assert read_yaml(write(opens * DEEPEST + closes * DEEPEST)).value is not None
    ((line, _, says),) = faults_of(lambda: read_yaml(write("\n\n" + opens * (DEEPEST + 1) + closes * (DEEPEST + 1))))
    assert line == 3
    assert "40 deep" in says


@pytest.mark.parametrize("text", ["[" * 900_000, "{" * 900_000, "- " * 900_000, "? " * 900_000, "a: " + "[{a: " * 300_000])
def test_a_file_of_brackets_ends_neither_in_a_crash_nor_in_a_long_wait(text: str, write: Callable[..., Path]) -> None:
    path = write(text)
    began = time.process_time()
    with pytest.raises(FaultsError, match=r"1 fault found\.$"):
        read_yaml(path)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("text", ["a: 1\n" * 10_000, "a: &x 1\nb:\n" + "- *x\n" * 10_000, "- !x 1\n" * 10_000],
                         ids=["repeated keys", "references", "tags"])  # fmt: skip
def test_a_file_of_ten_thousand_faults_is_refused_in_good_time(text: str, write: Callable[..., Path]) -> None:
    path = write(text)
    began = time.process_time()
    with pytest.raises(FaultsError, match=r"faults found\.$"):
        read_yaml(path)
    assert time.process_time() - began < 1.5


def test_all_faults_of_a_file_come_at_once(write: Callable[..., Path]) -> None:
    found = faults_of(lambda: read_yaml(write("a: &x 1\na: 2\nb: *x\nc: !!int '5'\n")))
    assert [line for line, _, _ in found] == [2, 3, 4]


@LIGHT
@given(content=st.binary(max_size=60))
@example(content=b"\xef\xbb\xbf")
@example(content=b"\xff\xfe\x00")
def test_any_bytes_are_read_or_refused_and_nothing_else_happens(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "any"
    path.write_bytes(content)
    for read in (lambda: read_yaml(path), lambda: read_csv(path, COLUMNS)):
        try:
            read()
        except FaultsError as error:
            assert re.search(r"\d+ faults? found\.$", str(error))  # noqa: PT017 - reading may succeed too


@LIGHT
@given(text=st.text(alphabet="ab:-[]{},\"'&*!?#|>%@`\\ \n\t~\u00e9\u2028\uffff<=0.1", max_size=40))
def test_any_text_of_yaml_signs_is_read_or_refused_and_nothing_else_happens(text: str, tmp_path: Path) -> None:
    path = tmp_path / "any"
    path.write_text(text, encoding="utf-8")
    for read in (lambda: read_yaml(path), lambda: read_csv(path, COLUMNS)):
        try:
            read()
        except FaultsError as error:
            assert error.faults  # noqa: PT017 - reading may succeed too


# CSV


def rows_of(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Line and cells of every row."""
    return [(row.line, row.cells) for row in read_csv(path, COLUMNS)[1]]


def test_columns_may_stand_in_any_order_and_cells_are_stripped(write: Callable[..., Path]) -> None:
    text = " note ,option,low\n  why , stay,  5 \n"
    assert rows_of(write(text)) == [(2, {"note": "why", "option": "stay", "low": "5"})]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=ascii)
def test_blank_rows_are_left_out_but_counted_as_lines(end: str, write: Callable[..., Path]) -> None:
    text = "option,low,note\n\nstay,5,why\n , ,\nnew_mat,6,why\n"
    assert [line for line, _ in rows_of(write(text.replace("\n", end)))] == [3, 5]


def test_quotation_marks_protect_commas_line_ends_and_themselves(write: Callable[..., Path]) -> None:
    text = 'option,low,note\nstay,5,"one, ""two""\nthree"\nnew_mat,6,why\n'
    assert [cells["note"] for _, cells in rows_of(write(text))] == ['one, "two"\nthree', "why"]


def test_a_row_over_several_lines_has_the_line_on_which_it_begins(write: Callable[..., Path]) -> None:
    text = 'option,low,note\nstay,5,"a\nb\nc"\nnew_mat,6,"d\ne"\nfederation,7,f\n'
    assert [line for line, _ in rows_of(write(text))] == [2, 5, 7]


def test_a_heading_alone_gives_no_rows(write: Callable[..., Path]) -> None:
    assert rows_of(write("option,low,note")) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("option,low,nots\n", [(1, "note", "missing"), (1, "nots", 'Did you mean "note"?')]),
        ("option,low,note,author\n", [(1, "author", "unknown column")]),
        ("option,note\n", [(1, "low", "missing")]),
        ("option,low,note,low\n", [(1, "low", "repeated")]),
        ("option,low,note\nstay,5\nstay,5,a\nstay,5,a,b\n", [(2, "", "2 cells"), (4, "", "4 cells")]),
        ('option,low,note\nstay,5,"a" b\n', [(2, "", "not valid CSV")]),
        ('option,low,note\nstay,5,a\nstay,5,"a\nstay,6,b\n', [(3, "", "not valid CSV")]),
        ("option,low,note,x\nstay,5\n", [(1, "x", "unknown column"), (2, "", "2 cells")]),
        ('option,"low,note\nstay,5,a\n', [(1, "", "not valid CSV")]),
        ("option;low;note\nstay;5;a\n", None),
        ("option,low,note\nstay,5," + "x" * 200_000 + "\n", [(2, "", "not valid CSV")]),
    ],
    ids=["mistyped column", "unknown column", "missing column", "repeated column", "wrong cell count",
         "text after a quotation mark", "open quotation mark", "two at once",
         "open quotation mark in the heading", "semicolons", "endless cell"],
)  # fmt: skip
def test_what_is_wrong_with_a_table_is_said_with_its_line(
    text: str, wanted: list[tuple[int, str, str]] | None, write: Callable[..., Path]
) -> None:
    found = faults_of(lambda: read_csv(write(text), COLUMNS))
    if wanted is None:
        assert all(line == 1 for line, _, _ in found)
        return
    assert [(line, field) for line, field, _ in found] == [(line, field) for line, field, _ in wanted]
    for (_, _, says), (_, _, words) in zip(found, wanted, strict=True):
        assert words in says
