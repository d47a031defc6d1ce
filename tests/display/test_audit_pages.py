"""An audit as a page, as text and as data: the same findings, whole for the schema, and nothing that breaks out of it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from partnership_model.display.audit_blocks import blocks
from partnership_model.display.audit_findings import findings
from partnership_model.display.audit_result import audit_result
from partnership_model.display.audit_text import WIDTH, text
from partnership_model.display.blocks import Figure, Heading, Table, html
from tests.display.test_audit_findings import EXAMPLE
from tests.display.test_blocks import ALLOWED, HOSTILE, Reader
from tests.table_making import audited

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "audit.schema.json").read_text(encoding="utf-8"))
TABLES = {
    "example": EXAMPLE,
    "no totals": "Option,X,Y\nA,5,2\nB,1,3\n",
    "no rule": "Option,X,Total\nA,1,11\nB,2,2\n",
    "panels": "Option,P,S,Total\npeople,100,10,\nA,500,10,510\nB,400,60,460\n",
    "two sets": "Option,X,Y,total: P,total: Q\nweight: P,30,65,100,\nweight: Q,0,1,,\nA,3,4,3.5,4\nB,1,2,1.7,2\nC,,2,1.3,2\n",
    "lowest first": "Firm,P,Q,R,Total,Rank\nA,1,2,1,4,1\nB,2,1,3,6,2\nC,3,3,2,8,3\n",
    "errors": "Option,X,Y,Z,Total,Rank\nweight,1,1,2,,\nA,7,4,2,11,4\nB,5,5,1,12,3\nC,6,6,3,18,2\nD,8,6,4,22,2\n",
    "many criteria": "Option," + ",".join(f"C{n}" for n in range(20)) + "\nA" + ",1" * 20 + "\nB" + ",2" * 20 + "\n",
}
EACH = pytest.mark.parametrize("name", TABLES)


@EACH
def test_the_data_keep_the_documented_schema(name: str) -> None:
    found = json.loads(json.dumps(audit_result(audited(TABLES[name])), allow_nan=False))
    jsonschema.Draft202012Validator(SCHEMA).validate(found)


def test_the_schema_refuses_what_it_does_not_know() -> None:
    found = audit_result(audited(EXAMPLE))
    with pytest.raises(jsonschema.ValidationError, match="Additional properties"):
        jsonschema.Draft202012Validator(SCHEMA).validate({**found, "winner": "A"})


@EACH
def test_page_text_and_data_say_the_same(name: str) -> None:
    audit = audited(TABLES[name])
    said = [one.says for one in findings(audit)]
    assert [one["says"] for one in audit_result(audit)["findings"]] == said
    page = Reader(html(blocks(audit))).text
    on_terminal = " ".join(text(audit).split())
    for sentence in said:
        assert sentence in page
        assert " ".join(sentence.split()) in on_terminal


@EACH
def test_each_chart_of_the_page_has_words_and_a_table_after_it(name: str) -> None:
    made = blocks(audited(TABLES[name]))
    assert [one.level for one in made if isinstance(one, Heading)].count(1) == 1
    for place, one in enumerate(made):
        if isinstance(one, Figure):
            assert len(one.alternative) > len(one.title)
            assert isinstance(made[place + 1], Table)
    assert any(isinstance(one, Figure) for one in made)


def test_the_numbers_of_the_page_are_those_of_the_data() -> None:
    audit = audited(EXAMPLE)
    (table,) = [one for one in blocks(audit) if isinstance(one, Table) and one.caption.startswith("Stated and recomputed")]
    totals = audit_result(audit)["sets"][0]["totals"]
    assert [(row[0], row[1], float(str(row[2]))) for row in table.rows] == [
        (one["option"], one["stated"], one["recomputed"]) for one in totals
    ]
    assert [row[3] for row in table.rows] == ["none", "none", "none", "none", "1", "none"]


def test_the_text_fits_a_terminal_and_counts_each_kind() -> None:
    lines = text(audited(EXAMPLE)).splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert lines[0] == "table.csv: 6 options, 4 criteria, 1 set of weights"
    assert "Wrong (3)" in lines


@pytest.mark.parametrize("hostile", ["\u202eread from the right", *(one for one in HOSTILE if len(one) <= 120)])
def test_hostile_names_stay_text(hostile: str) -> None:
    cell = '"' + hostile.replace('"', '""') + '"'
    audit = audited(f"{cell},{cell},Y,Total\n{cell},7,4,11\nB,5,9,14\n=cmd|' /C calc'!A0,1,2,4\n")
    page = Reader(html(blocks(audit)))
    assert page.faults == []
    assert {tag for tag, _ in page.elements} <= ALLOWED
    assert all(line.isprintable() for line in text(audit).splitlines())
