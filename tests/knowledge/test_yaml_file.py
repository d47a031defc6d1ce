"""The strict reader of YAML: what it accepts, what it refuses, and on which line."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partnership_model.errors import Fault, FaultsError
from partnership_model.knowledge.csv_file import read_csv
from partnership_model.knowledge.files import Document
from partnership_model.knowledge.yaml_file import DEEPEST, read_yaml
from tests.knowledge.file_faults import COLUMNS, LIGHT, faults_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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
def test_a_plain_word_means_what_a_reader_sees(written: str, value: object, write_file: Callable[..., Path]) -> None:
    found = read_yaml(write_file(f"key: {written}\n")).value["key"]
    assert found == value
    assert type(found) is type(value)


def test_keys_are_text_whatever_they_look_like(write_file: Callable[..., Path]) -> None:
    assert read_yaml(write_file("2016: a\nno: b\ntrue: c\n")).value == {"2016": "a", "no": "b", "true": "c"}


def test_every_part_knows_its_line(write_file: Callable[..., Path]) -> None:
    text = "# a comment\ntitle: x\noptions:\n  - stay\n  - {option: new_mat,\n     label: y}\nlong: >\n  a\n  b\nlast: z\n"
    document = read_yaml(write_file(text))
    wanted: dict[tuple[Any, ...], int] = {
        (): 2, ("title",): 2, ("options",): 3, ("options", 0): 4, ("options", 1): 5, ("options", 1, "option"): 5,
        ("options", 1, "label"): 6, ("long",): 7, ("last",): 10,
    }  # fmt: skip
    assert {place: document.line(place) for place in wanted} == wanted


def test_lines_are_counted_alike_with_windows_line_ends(write_file: Callable[..., Path]) -> None:
    text = "a: 1\n\nb:\n  - 2\n  - 3\n"
    assert read_yaml(write_file(text.replace("\n", "\r\n"))).lines == read_yaml(write_file(text)).lines


def test_a_place_that_is_not_there_has_the_line_of_what_holds_it(write_file: Callable[..., Path]) -> None:
    document = read_yaml(write_file("a: 1\nb:\n  c: 2\n"))
    assert document.line(("b", "d", 7)) == 2
    assert Document("x", None).line(("a",)) is None


def test_a_fault_of_a_document_names_its_place(write_file: Callable[..., Path]) -> None:
    document = read_yaml(write_file("a: 1\nb:\n  - c: 2\n"))
    assert document.fault(("b", 0, "c"), "wrong") == Fault(document.name, 3, "b.0.c", "wrong")


def test_each_repetition_of_a_key_is_a_fault_that_names_the_first(write_file: Callable[..., Path]) -> None:
    found = faults_of(lambda: read_yaml(write_file("a: 1\nb:\n  c: 1\n  c: 2\na: 3\na: 4\n")))
    assert [(line, field) for line, field, _ in found] == [(4, "b.c"), (5, "a"), (6, "a")]
    assert "first in line 3" in found[0][2]
    assert "first in line 1" in found[2][2]


def test_one_key_in_two_places_is_no_repetition(write_file: Callable[..., Path]) -> None:
    assert read_yaml(write_file("a: {b: 1}\nb: {b: 2}\n")).value == {"a": {"b": 1}, "b": {"b": 2}}


def test_a_key_that_differs_only_in_its_quotation_marks_is_repeated(write_file: Callable[..., Path]) -> None:
    ((line, _, says),) = faults_of(lambda: read_yaml(write_file("a: 1\n'a': 2\n")))
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
def test_a_reference_to_another_part_is_refused_on_its_own_line(text: str, line: int, write_file: Callable[..., Path]) -> None:
    found = faults_of(lambda: read_yaml(write_file(text)))
    assert [(at, "reference to another part" in says) for at, _, says in found] == [(line, True)]


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: !!python/object/apply:os.system [x]\n", "a: 1\nb: !!int '5'\n", "a: 1\nb: !!str 5\n",
        "a: 1\nb: !local x\n", "a: 1\nb: !!map {c: 1}\n", "a: 1\n!!python/name:os.system b: 1\n",
        "a: 1\nb: !<tag:example.org,2026:x> y\n", "a: 1\nb: !!binary aGk=\n",
    ],
)  # fmt: skip
def test_a_tag_is_refused_wherever_it_stands(text: str, write_file: Callable[..., Path]) -> None:
    found = faults_of(lambda: read_yaml(write_file(text)))
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
def test_what_is_not_plain_yaml_is_refused_with_its_line(text: str, line: int, words: str, write_file: Callable[..., Path]) -> None:
    found = faults_of(lambda: read_yaml(write_file(text)))
    assert [at for at, _, _ in found] == [line]
    assert words in found[0][2]


def test_a_file_of_comments_is_refused(write_file: Callable[..., Path]) -> None:
    with pytest.raises(FaultsError, match="the file says nothing"):
        read_yaml(write_file("# nothing\n"))


@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ("{a: ", "}")])
def test_parts_may_lie_inside_each_other_forty_deep_and_no_deeper(opens: str, closes: str, write_file: Callable[..., Path]) -> None:
    assert read_yaml(write_file(opens * DEEPEST + closes * DEEPEST)).value is not None
    ((line, _, says),) = faults_of(lambda: read_yaml(write_file("\n\n" + opens * (DEEPEST + 1) + closes * (DEEPEST + 1))))
    assert line == 3
    assert "40 deep" in says


@pytest.mark.parametrize("text", ["[" * 900_000, "{" * 900_000, "- " * 900_000, "? " * 900_000, "a: " + "[{a: " * 300_000])
def test_a_file_of_brackets_ends_neither_in_a_crash_nor_in_a_long_wait(text: str, write_file: Callable[..., Path]) -> None:
    path = write_file(text)
    began = time.process_time()
    with pytest.raises(FaultsError, match=r"1 fault found\.$"):
        read_yaml(path)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("text", ["a: 1\n" * 10_000, "a: &x 1\nb:\n" + "- *x\n" * 10_000, "- !x 1\n" * 10_000],
                         ids=["repeated keys", "references", "tags"])  # fmt: skip
def test_a_file_of_ten_thousand_faults_is_refused_in_good_time(text: str, write_file: Callable[..., Path]) -> None:
    path = write_file(text)
    began = time.process_time()
    with pytest.raises(FaultsError, match=r"faults found\.$"):
        read_yaml(path)
    assert time.process_time() - began < 1.5


def test_all_faults_of_a_file_come_at_once(write_file: Callable[..., Path]) -> None:
    found = faults_of(lambda: read_yaml(write_file("a: &x 1\na: 2\nb: *x\nc: !!int '5'\n")))
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
