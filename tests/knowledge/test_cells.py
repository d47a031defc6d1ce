"""The cells of a question: every option, category and present form exactly once, and what a cell says holds together."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from partnership_model.knowledge.base import KnowledgeBase
from partnership_model.knowledge.catalogue import Category, Option
from partnership_model.knowledge.cells import CellKey, CellPlace, Kinds, cover_faults, value_faults
from partnership_model.knowledge.facts import Attribute, Source
from partnership_model.knowledge.parts import CategoryFile, OptionFile
from partnership_model.knowledge.schema import parse
from partnership_model.knowledge.yaml_file import read_yaml
from tests.making import make_parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from partnership_model.knowledge.files import Document

    Read = Callable[..., tuple[Document, Attribute]]

DAY = dt.date(2016, 4, 15)
FORMS = {"community": ("alone", "federated"), "foundation": ("alone", "federated", "with_trust"), "academy": ("alone", "in_mat")}
OPTIONS = {
    key: Option(label=key, in_a_sentence=key, plain=key, first_day=dt.date(2003, 9, 1), family="maintained")
    for key in ("stay", "federation")
}
CATEGORIES = {key: Category(label=key, sector="maintained", plain=key, forms=forms) for key, forms in FORMS.items()}
GROUPS = {"maintained": ("community", "foundation"), "everything": ("community", "foundation", "academy")}
KINDS = Kinds(OPTIONS, CATEGORIES, GROUPS)
SOURCES = {
    "act": Source(title="An Act", publisher="legislation.gov.uk", href="https://www.legislation.gov.uk/x", kind="statute"),
    "paper": Source(title="A paper", publisher="A school", kind="school_paper"),
}
HEAD = """\
attribute: employer
question: Who employs our staff?
description: The legal employer.
topic: people
kind: rule
nation: england
codes: {council: The council, governors: Our governing body}
roles: {teacher: [council, governors]}
checked: {date: 2026-11-21, against: nothing}
stale_after: 2027-11-21
cells:
"""
FIRST = HEAD.count("\n") + 1  # the line of the first cell


def cell(options: str = "any", categories: str = "any", forms: str = "", value: str = "code: council") -> str:
    """A cell of three lines, or four where it names present forms."""
    lines = [f"  - options: {options}", f"    categories: {categories}"]
    lines += [f"    forms: {forms}"] if forms else []
    return "\n".join([*lines, f"    values: [{{from: 2003-09-01, says: So it is., mark: memory, ask: the council, {value}}}]", ""])


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a file of facts with these cells, and this heading."""

    def reading(*cells: str, head: str = HEAD) -> tuple[Document, Attribute]:
        path = tmp_path / "employer.yaml"
        path.write_text(head + "".join(cells), encoding="utf-8")
        document = read_yaml(path, inside=tmp_path)
        return document, parse(Attribute, document)

    return reading


def uncovered(read: Read, *cells: str) -> list[str]:
    """The faults of what these cells cover."""
    return [str(one) for one in cover_faults(*read(*cells), KINDS)]


def test_any_covers_every_option_category_and_present_form_once(read: Read) -> None:
    _, attribute = read(cell())
    found = KINDS.covered("employer", attribute.cells[0])
    assert len(found) == len(set(found)) == 2 * (2 + 3 + 2)
    assert {(key.category, key.form) for key in found} == {(name, form) for name, forms in FORMS.items() for form in forms}
    assert uncovered(read, cell()) == []


def test_a_cell_without_forms_speaks_for_every_present_form_of_its_categories(read: Read) -> None:
    _, attribute = read(cell("[stay]", "[foundation]"))
    assert [key.form for key in KINDS.covered("employer", attribute.cells[0])] == ["alone", "federated", "with_trust"]


def test_a_form_that_only_some_of_the_categories_can_have_covers_only_these(read: Read) -> None:
    _, attribute = read(cell("[stay]", "any", "[with_trust, in_mat]"))
    assert [key[2:] for key in KINDS.covered("employer", attribute.cells[0])] == [("foundation", "with_trust"), ("academy", "in_mat")]


def test_a_group_stands_for_its_categories(read: Read) -> None:
    _, attribute = read(cell("[stay]", "[maintained]"), cell("[stay]", "[community, foundation]"))
    by_group, by_name = (KINDS.covered("employer", one) for one in attribute.cells)
    assert by_group == by_name
    assert uncovered(read, cell("any", "[maintained, academy]")) == []


def test_cells_that_share_the_work_out_by_present_form_cover_each_once(read: Read) -> None:
    cells = [cell("any", "[maintained]", "[alone]"), cell("any", "[maintained]", "[federated, with_trust]"), cell("any", "[academy]")]
    assert uncovered(read, *cells) == []


def test_a_present_form_left_out_is_named(read: Read) -> None:
    found = uncovered(read, cell("any", "[maintained]", "[alone, federated]"), cell("any", "[academy]"))
    says = "no cell covers {} x foundation (with_trust); write `code: unknown` where it is not known"
    assert found == [f"employer.yaml:{FIRST - 1}: cells: {says.format(option)}" for option in ("stay", "federation")]


def test_what_is_left_out_of_a_form_that_every_school_has_is_named_without_it(read: Read) -> None:
    found = uncovered(
        read,
        cell("any", "[community, academy]"),
        cell("[stay]", "[foundation]"),
        cell("[federation]", "[foundation]", "[federated, with_trust]"),
    )
    assert found == [
        f"employer.yaml:{FIRST - 1}: cells: no cell covers federation x foundation; write `code: unknown` where it is not known"
    ]


@pytest.mark.parametrize(
    ("second", "words"),
    [
        (cell("[stay]", "[community]", "[federated]"), ["stay x community (federated)"]),
        (cell("[federation]", "[academy]", "[alone]"), ["federation x academy"]),
        (cell("[stay]", "[maintained]", "[federated]"), ["stay x community (federated)", "stay x foundation (federated)"]),
    ],
    ids=["a form", "alone", "a group"],
)
def test_a_cell_that_stands_twice_is_named_at_the_line_of_the_second(second: str, words: list[str], read: Read) -> None:
    found = uncovered(read, cell(), second)
    assert found == [f"employer.yaml:{FIRST + 3}: cells.1: {name} stands in two cells; keep one" for name in words]


@pytest.mark.parametrize(
    ("cells", "line", "field", "suggestion"),
    [
        (cell("[stay, federaton]"), FIRST, "cells.0.options.1", 'Did you mean "federation"?'),
        (cell("any", "[everything, acadmy]"), FIRST + 1, "cells.0.categories.1", 'Did you mean "academy"?'),
        (cell("any", "[maintaned]"), FIRST + 1, "cells.0.categories.0", 'Did you mean "maintained"?'),
    ],
    ids=["option", "category", "group"],
)
def test_a_name_that_is_not_known_gets_the_nearest(cells: str, line: int, field: str, suggestion: str, read: Read) -> None:
    found = [one for one in uncovered(read, cells) if "is not known. " in one]
    assert len(found) == 1
    assert found[0].startswith(f"employer.yaml:{line}: {field}: ")
    assert found[0].endswith(suggestion)


def test_a_name_repeated_inside_one_cell_is_covered_twice(read: Read) -> None:
    found = uncovered(read, cell("any", "[everything, academy]", "[in_mat]"), cell("any", "any", "[alone, federated, with_trust]"))
    assert found == [
        f"employer.yaml:{FIRST}: cells.0: {option} x academy (in_mat) stands in two cells; keep one" for option in ("stay", "federation")
    ]


def test_a_form_that_none_of_the_categories_can_have_is_refused_at_its_line(read: Read) -> None:
    found = uncovered(read, cell(), cell("[stay]", "[community]", "[in_mat]"))
    assert found == [f"employer.yaml:{FIRST + 5}: cells.1.forms: no category named here can have this present form"]


def test_each_cell_knows_its_entry_and_how_many_share_it(read: Read) -> None:
    _, attribute = read(cell("[stay]", "[community]", "[federated]"), cell("[stay]", "[academy, foundation]"))
    places = KINDS.places(attribute)
    assert places[CellKey("employer", "stay", "community", "federated")] == CellPlace(0, 1)
    assert places[CellKey("employer", "stay", "academy", "in_mat")] == CellPlace(1, 5)
    assert len(places) == 6


def test_a_reader_is_told_how_many_cells_share_an_answer(read: Read) -> None:
    """One cell stands alone; the rest of them share one entry."""
    _, attribute = read(
        cell("[stay]", "[community]", "[federated]", "code: governors"),
        cell("[federation]", "any"),
        cell("[stay]", "[community]", "[alone]"),
        cell("[stay]", "[foundation, academy]"),
    )
    parts = make_parts(
        options=OptionFile(options=OPTIONS),
        categories=CategoryFile(categories=CATEGORIES, groups=GROUPS),
        attributes={"employer": attribute},
    )
    knowledge = KnowledgeBase.of(parts).on(DAY)
    federated, alone = (knowledge.fact("employer", "stay", "community", form) for form in ("federated", "alone"))
    assert (federated.code, federated.shared) == ("governors", False)
    assert (alone.code, alone.shared) == ("council", False)
    assert knowledge.fact("employer", "stay", "academy", "in_mat").shared


# What a cell says

RULE, AMOUNT = "kind: rule\n", "kind: amount\nunit: {}\n"
FIGURES = "amount: {low: 1, likely: 2, high: 3}"


def said(read: Read, value: str, kind: str = RULE) -> list[str]:
    """The faults of what one cell says, for a kind of question."""
    return [str(one) for one in value_faults(*read(cell(value=value), head=HEAD.replace(RULE, kind)), SOURCES)]


@pytest.mark.parametrize(
    ("value", "kind", "field", "words"),
    [
        ("code: councl", RULE, "code", '"councl" is not a code of this file. Did you mean "council"?'),
        ("code: notopen", RULE, "code", 'Did you mean "not_open"?'),
        (FIGURES, RULE, "code", "a rule needs a `code`"),
        ("code: council", AMOUNT.format("months"), "amount", "expected `amount` in months"),
        ("code: council", "kind: duration\nunit: months\n", "amount", "expected `amount` in months"),
        ("code: council", "kind: steps\n", "steps", "expected `steps`"),
        (FIGURES, AMOUNT.format("GBP_per_school"), "price_year", "money needs the year of its prices"),
        (FIGURES, AMOUNT.format("GBP"), "price_year", "money needs the year of its prices"),
        ("code: council, references: [{source: acct}]", RULE, "references", 'the source "acct" is not known. Did you mean "act"?'),
    ],
)  # fmt: skip
def test_a_value_that_does_not_hold_together_is_refused_with_its_line(value: str, kind: str, field: str, words: str, read: Read) -> None:
    found = said(read, value, kind)
    line = FIRST + kind.count("\n") - 1 + 2
    assert len(found) == 1, found
    assert found[0].startswith(f"employer.yaml:{line}: cells.0.values.0.{field}: "), found
    assert words in found[0]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("code: council", RULE),
        ("code: not_open", RULE),
        ("code: unknown", AMOUNT.format("GBP")),
        ("code: not_open", AMOUNT.format("GBP")),
        ("code: not_open", "kind: steps\n"),
        (FIGURES, AMOUNT.format("percent_of_budget")),
        (f"{FIGURES}, price_year: 2016", AMOUNT.format("GBP_per_pupil_per_year")),
        (f"{FIGURES}, code: council", "kind: duration\nunit: months\n"),
        ("steps: [{do: Vote., who: We, months: {low: 1, likely: 1, high: 1}}]", "kind: steps\n"),
    ],
)
def test_a_value_that_holds_together_is_accepted(value: str, kind: str, read: Read) -> None:
    assert said(read, value, kind) == []


SOURCED = """\
  - options: any
    categories: any
    values:
      - from: 2003-09-01
        code: council
        says: So it is.
        mark: sourced
        references:
          - {references}
"""


@pytest.mark.parametrize(
    ("references", "faults"),
    [
        ("{source: act, at: s.35, read: 2026-11-21}", 0),
        ("{source: paper, at: page 2, read: 2026-11-21}", 1),
        ('{source: paper, at: page 2, read: 2026-11-21, href: "https://x.example/a"}', 0),
        ("{source: paper, at: page 2, read: 2026-11-21}\n          - {source: act, at: s.35}", 1),
        ("{source: paper, at: page 2, read: 2026-11-21}\n          - {source: act, at: s.35, read: 2026-11-21}", 0),
    ],
    ids=["its source has an address", "no address", "an address of its own", "in two halves", "one of two"],
)
def test_a_sourced_value_has_a_passage_that_can_be_found_again(references: str, faults: int, read: Read) -> None:
    found = [str(one) for one in value_faults(*read(SOURCED.format(references=references)), SOURCES)]
    says = "a sourced fact needs a reference with a pinpoint, the day it was read, and an address"
    assert found == [f"employer.yaml:{FIRST + 7}: cells.0.values.0.references: {says}"] * faults


def test_a_rule_that_ended_needs_no_code_and_no_figures(read: Read) -> None:
    text = cell().replace("}]\n", "}, {from: 2010-01-01, value: null}]\n")
    assert "value: null" in text
    assert value_faults(*read(text), SOURCES) == []


def test_what_a_role_gains_or_loses_is_ordered_by_codes_of_the_file(read: Read) -> None:
    found = value_faults(*read(cell(), head=HEAD.replace("[council, governors]", "[council, governers, not_open]")), SOURCES)
    assert [str(one) for one in found] == [
        'employer.yaml:8: roles.teacher.1: "governers" is not a code of this file. Did you mean "governors"?'
    ]


def test_all_faults_of_a_file_come_at_once(read: Read) -> None:
    document, attribute = read(
        cell("[stay]", "any", value="code: councl"), cell("[federaton]", "[academy]", value="code: governers, references: [{source: acct}]")
    )
    found = [*value_faults(document, attribute, SOURCES), *cover_faults(document, attribute, KINDS)]
    assert [one.line for one in found if one.field != "cells"] == [FIRST + 2, FIRST + 5, FIRST + 5, FIRST + 3]
    assert sum(one.field == "cells" for one in found) == 7
