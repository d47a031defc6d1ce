"""A comparison in words: the title says what matters most, every difference has a line, and editions are never mixed up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from partnership_model.analysis.run_comparison import Comparison, compare
from partnership_model.display.blocks import Bullets, Heading, Paragraph, Stamp, Table, html
from partnership_model.display.comparison_blocks import blocks, sections, sizes
from partnership_model.display.comparison_findings import headline, notes
from partnership_model.display.comparison_result import comparison_data
from partnership_model.display.comparison_text import text
from tests import two_runs
from tests.display.test_blocks import HOSTILE, Reader
from tests.display.test_notebook import BASE, LATER, closed, ember, unweighed

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "diff.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def against(data: dict[str, Any]) -> Comparison:
    """Compare the Ember case with another result."""
    return compare(two_runs.run(), two_runs.run(data), BASE)


@pytest.fixture(scope="module")
def later() -> Comparison:
    """Compare the Ember case with itself ten years later, with other weights and a school more pupils."""
    schools = (ember().case.file.schools[0].model_copy(update={"pupils": 300}), *ember().case.file.schools[1:])
    return against(ember(LATER.replace(year=2026), schools=schools, who_counts="person").result().data)


@pytest.mark.parametrize(
    ("ranking", "says"),
    [
        (
            [["collaboration", "co_operative_trust"]],
            "The first place did not change: Co-operative trust and Collaborative partnership (tied)",
        ),
        ([["stay"]], "The first place changed from Co-operative trust and Collaborative partnership (tied) to Stay as we are"),
        (None, "B puts nothing in order; in A the first place was Co-operative trust and Collaborative partnership (tied)"),
    ],
)
def test_the_title_says_what_became_of_the_first_place(ranking: list[list[str]] | None, says: str) -> None:
    found = against(two_runs.data() | {"ranking": ranking})
    assert headline(found).startswith(says)
    assert blocks(found, BASE)[0] == Heading(headline(found), 1, "summary")
    assert text(found, BASE, 200).startswith(f"{headline(found)}.\n")


def test_a_run_without_an_order_is_said_to_have_none() -> None:
    empty = two_runs.run(unweighed().result().data)
    assert headline(compare(empty, two_runs.run(), BASE)).startswith("Now there is a first place, ")
    assert headline(compare(empty, empty, BASE)) == "Neither run puts anything in order"
    shut = against(closed().result().data)
    assert "nothing: no option is left" in text(shut, BASE)
    assert "Closed. Closed by" in text(shut, BASE, 300)


def test_where_nothing_differs_every_section_says_so() -> None:
    found = compare(two_runs.run(), two_runs.run(), BASE)
    assert sizes(sections(found, BASE)) == [0, 0, 0]
    said = text(found, BASE)
    assert said.count("nothing differs") == 3
    assert "and nothing else differs." in said.replace("\n", " ")
    assert "Case, facts, day and version are the very same." in notes(found)


def test_every_line_has_two_sides_that_differ(later: Comparison) -> None:
    every = sections(later, BASE)
    assert all(size > 0 for size in sizes(every))
    for _, _, tables in every:
        for caption, rows in tables:
            for row in rows:
                assert row.what, caption
                assert row.before != row.after, (caption, row)
                assert "_" not in row.what, row
    captions = [block.caption for block in blocks(later, BASE) if isinstance(block, Table)]
    assert len(set(captions)) == len(captions)


def test_inputs_are_named_in_plain_words(later: Comparison) -> None:
    said = {row.what: (row.before, row.after) for _, _, tables in sections(later, BASE) for _, rows in tables for row in rows}
    assert said["Infant A: pupils"] == ("270", "300")
    assert said["Who counts"] == ("group", "person")
    assert said["The day whose law and facts count"] == ("15 April 2016", "1 June 2026")
    assert any(what.startswith("Is there a grant towards the change? (") for what in said)


def test_while_the_order_is_withheld_no_likely_value_is_said() -> None:
    data = two_runs.data() | {"withheld": "unconfirmed", "ranking": None}
    for one in data["options"]:
        one["overall"]["low"] = 0.0
    rows = dict(sections(against(data), BASE)[0][2])["Overall values, 0 to 100"]
    assert all(row.before.count("likely") == 1 for row in rows)
    assert all(row.after.startswith("0 to ") for row in rows)
    assert not any("likely" in row.after for row in rows)


def test_an_entry_that_only_one_run_has_is_said_with_what_it_holds() -> None:
    data = two_runs.data()
    rows = data["inputs"]["given"]
    rows[:] = [one for one in rows if one["place"][:2] not in (["aims", rows_of("aims")], ["schools", "Primary D"], ["weights", "Staff"])]
    said = {row.what: (row.before, row.after) for _, _, tables in sections(against(data), BASE) for _, all_ in tables for row in all_}
    assert said["Primary D"] == ("category foundation; form alone; phase primary; pupils 210; budget 960,000; role member", "not there")
    assert said["Staff"][0].startswith("method ranking; values staff, school improvement, resilience, autonomy = community voice, ")
    assert said[f"What should get better: “{rows_of('aims')}”"] == ("source source_001", "not there")


def rows_of(key: str) -> str:
    """Give the name of the first entry of a list of the Ember case."""
    return str(next(one["place"][1] for one in two_runs.data()["inputs"]["given"] if one["place"][0] == key))


def test_no_difference_is_called_the_cause_of_another(later: Comparison) -> None:
    made = blocks(later, BASE)
    assert any(isinstance(one, Bullets) and "It does not say which difference brought about which." in one.items[0] for one in made)


def test_two_cases_two_editions_and_two_versions_are_said_plainly() -> None:
    data = two_runs.data() | {"case": "other-case", "edition": "public", "version": "9.9"}
    data["inputs"]["knowledge"] = "0" * 64
    said = " ".join(notes(against(data)))
    for part in (
        "two cases, ember-2016 and other-case",
        "public edition",
        "two versions of the workbook, 0.1.0 and 9.9",
        "knowledge bases",
    ):
        assert part in said
    older = two_runs.without(two_runs.data(), "inputs")
    assert "B does not say what was put in" in " ".join(notes(against(older)))


def test_a_page_is_stamped_for_governors_if_either_run_is() -> None:
    public = two_runs.run(two_runs.data() | {"edition": "public"})
    stamps = [
        [one.text for one in blocks(compare(a, b, BASE), BASE) if isinstance(one, Stamp)]
        for a, b in ((two_runs.run(), public), (public, two_runs.run()), (public, public))
    ]
    assert stamps == [["Governors' edition: not for publication", "illustrative"]] * 2 + [["Public edition", "illustrative"]]


def test_a_change_between_options_that_cannot_be_told_apart_says_little() -> None:
    data = two_runs.data()
    a = two_runs.run(data | {"ranking": [["stay"]], "cannot_separate": [["federation", "stay"]]})
    b = two_runs.run(data | {"ranking": [["federation"]], "cannot_separate": [["federation", "stay"]]})
    assert "the change says little" in notes(compare(a, b, BASE))[0]


def test_the_data_keep_to_their_schema(later: Comparison) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for found in (later, against(closed().result().data), against(two_runs.data()), against(unweighed().result().data)):
        data = json.loads(json.dumps(comparison_data(found, BASE), allow_nan=False))
        assert [one.message for one in VALIDATOR.iter_errors(data)] == []
        assert len(data["changes"]) == len(found.changes)


@pytest.mark.parametrize("said", HOSTILE)
def test_text_of_a_result_stays_text(said: str) -> None:
    data = two_runs.data()
    data["warnings"].append(said)
    data["case"] = said
    two_runs.option(data, "stay").update(label=said, because=said)
    two_runs.given(data, "schools", "Infant A", "phase")["value"] = said
    found = against(data)
    page = Reader(html(blocks(found, BASE)))
    assert page.faults == []
    assert page.of("script", "img", "iframe", "link") == []
    assert "\x1b" not in text(found, BASE)


@pytest.mark.parametrize("width", [1, 60, 100, 173])
def test_no_line_is_wider_than_the_terminal(later: Comparison, width: int) -> None:
    lines = text(later, BASE, width).splitlines()
    assert max(map(len, lines)) <= max(width, 60)
    assert isinstance(blocks(later, BASE)[3], Paragraph | Bullets)
