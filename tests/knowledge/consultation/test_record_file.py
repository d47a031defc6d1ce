"""The record of a consultation: written in one way, read strictly, and a changed byte found and named."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership_model.errors import FaultsError
from partnership_model.knowledge.consultation.record_file import read_record, record_hash, record_text

TEXT = (Path(__file__).parents[2] / "consulted_case" / "consultation.json").read_text(encoding="utf-8")
VALUE = json.loads(TEXT)
PARTS = [key for key in VALUE if key not in ("sealed", "format")]


def faults(text: str) -> list[str]:
    with pytest.raises(FaultsError, match="fault") as refused:
        read_record(text)
    return [str(fault) for fault in refused.value.faults]


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def test_a_record_is_read_as_it_was_written_and_written_as_it_was_read() -> None:
    assert record_text(read_record(TEXT)) == TEXT
    assert read_record(TEXT.replace("\n", "\r\n")) == read_record(TEXT)


def test_a_record_is_named_by_the_hash_that_seals_all_its_parts() -> None:
    record = read_record(TEXT)
    assert record_hash(record) == record.sealed["all"] == VALUE["sealed"]["all"]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_was_changed_is_named(part: str) -> None:
    other = {"a": "b"} if not isinstance(VALUE[part], str) else VALUE[part][:-1] + ("0" if VALUE[part][-1] != "0" else "1")
    found = faults(written({**VALUE, part: other}))
    line = TEXT.split("\n").index(next(row for row in TEXT.split("\n") if row.startswith(f' "{part}":'))) + 1
    says = f"consultation.json:{line}: {part}: this part was changed after the consultation was closed"
    assert any(one.startswith(says) for one in found)


def test_one_weight_that_was_raised_is_found_though_the_file_still_reads_well() -> None:
    group = next(iter(VALUE["by_group"]))
    changed = json.loads(TEXT)
    points = changed["by_group"][group]["points"]
    points[0]["weight"] += 1
    points[1]["weight"] -= 1
    assert [one.split(":")[2].strip() for one in faults(written(changed))] == ["by_group"]


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(TEXT) - 1), st.integers(0, 2**32))
def test_no_letter_of_a_record_can_be_changed_added_or_taken_out(at: int, seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311 - drawn for a test
    letter = drawn.choice('0123456789abcxyz"{}[],: \n\\é\x00')
    changed = TEXT[:at] + drawn.choice([letter, letter + TEXT[at], ""]) + TEXT[at + 1 :]
    if changed != TEXT:
        assert faults(changed)


def test_a_record_in_another_layout_is_refused_at_the_first_line_that_differs() -> None:
    assert faults(json.dumps(VALUE, ensure_ascii=False, indent=2) + "\n")[0].startswith(
        "consultation.json:2: this was written in another way"
    )
    assert faults(json.dumps(VALUE))[0].startswith("consultation.json:1: this was written in another way")


def test_a_record_whose_keys_stand_in_another_order_is_refused() -> None:
    assert "this was written in another way" in faults(written(dict(reversed(VALUE.items()))))[0]
    turned = {**VALUE, "by_group": dict(reversed(VALUE["by_group"].items()))}
    assert "by_group: this part was changed" in faults(written(turned))[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TEXT[: len(TEXT) // 2], "only a part of the file"),
        ("[" * 200_000, "too deep"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": 1, "a": 2}', "a key stands twice"),
        ('{"a": "\\ud800"}', "this is not what is written"),
        ('{"a": ' + "9" * 5000 + "}", "this is not what is written"),
        ("[]\n", "expected keys with values"),
        ("{}\n", "this key is missing"),
    ],
)
def test_what_is_no_record_is_refused_in_words(text: str, says: str) -> None:
    assert any(says in one for one in faults(text))


def test_a_key_that_nobody_knows_and_weights_that_do_not_sum_to_100_are_named_at_once_with_their_lines() -> None:
    changed = json.loads(TEXT)
    changed["votes"] = 3
    changed["counting"][0]["points"]["staff"] += 1
    found = faults(written(changed))
    assert any("votes: unknown key" in one for one in found)
    assert any("the weights sum to 101, not to 100" in one for one in found)
    assert all(one.split(":")[1].isdigit() for one in found)


def test_a_seal_that_was_changed_is_found() -> None:
    changed = json.loads(TEXT)
    changed["sealed"]["all"] = "0" * 64
    assert "sealed.all: this was changed" in faults(written(changed))[0]
    del changed["sealed"]["support"]
    assert any("support: this part was changed" in one for one in faults(written(changed)))
