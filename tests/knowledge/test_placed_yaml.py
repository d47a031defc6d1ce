"""Values from cells as YAML that is read back as the same, each on a line that knows its cell."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from partnership_model.knowledge.placed_yaml import Leaf, PlacedYaml
from partnership_model.knowledge.yaml_file import parse_yaml

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def read_back(value: object) -> object:
    yaml = PlacedYaml()
    yaml.write({"key": Leaf(value, "Case!B2")})
    return parse_yaml(yaml.text, "case.yaml").value["key"]


@given(st.one_of(TEXTS, st.booleans(), st.integers(-(10**15), 10**15), st.floats(-1e6, 1e6).map(lambda number: round(number, 4))))
def test_whatever_stands_in_a_cell_is_read_back(value: object) -> None:
    assert read_back(value) == value


def test_a_day_becomes_a_whole_date_and_a_moment_does_not() -> None:
    assert read_back(dt.date(2016, 4, 15)) == "2016-04-15"
    assert read_back(dt.datetime(2016, 4, 15, 9, 30)) == "2016-04-15 09:30:00"  # noqa: DTZ001 - as openpyxl gives it


def test_each_line_knows_the_cell_and_the_keys_that_lead_to_it() -> None:
    yaml = PlacedYaml()
    yaml.write(
        {
            "title": Leaf("A", "Case!B2"),
            "schools": [{"name": Leaf("B", "Schools!A2"), "pupils": Leaf(7, "Schools!D2")}, {"name": Leaf("C", "Schools!A3")}],
            "conditions": [],
        }
    )
    document = parse_yaml(yaml.text, "case.yaml")
    assert document.value == {"title": "A", "schools": [{"name": "B", "pupils": 7}, {"name": "C"}], "conditions": []}
    for place, cell, path in [
        (("title",), "Case!B2", "title"),
        (("schools", 0, "pupils"), "Schools!D2", "schools.0.pupils"),
        (("schools", 1, "name"), "Schools!A3", "schools.1.name"),
        (("schools", 1), "Schools!A3", "schools.1.name"),
    ]:
        assert yaml.cells[document.line(place) or 0] == (cell, path)
