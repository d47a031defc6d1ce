"""Lints the facts that ship: what each says on a day, its mark, its references and whom to ask."""

from __future__ import annotations

import ast
import datetime as dt
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest

import partnership_model
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.listing import all_values, count_marks
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import shipped
from partnership_model.model.changes import changes, staff_move
from tests.test_data_examples import CASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.facts import DatedValue

DATA = shipped("data")
DAYS = (dt.date(2016, 4, 15), dt.date(2016, 6, 1), dt.date(2026, 11, 21))
WHITE_PAPER = dt.date(2026, 2, 23)  # the day on which trusts of councils were first proposed
COUNTRY = {"academy_order", "national_plan", "intervention_policy"}  # questions of the whole country, whatever a school joins
HAS_A_NAME_IN_ITS_ADDRESS = {"guardian_2016_05_09"}
MOST_UNKNOWN = 0.05  # of the cells of one option on one day: one in twenty
MOST_WORDS = 45


def dated_values(base: KnowledgeBase) -> Iterator[tuple[str, DatedValue]]:
    """Every dated value of facts, parameters, moves and fact sheets that has not ended, with where it stands."""
    for name, attribute in base.attributes.items():
        for number, cell in enumerate(attribute.cells):
            yield from ((f"facts/{name}.yaml, cell {number + 1}, {one.since}", one) for one in cell.values if not one.ended)
    for move in base.moves:
        pair = f"{'/'.join(move.from_options)} to {'/'.join(move.to_options)}"
        yield from ((f"transitions.yaml, {pair}, {one.since}", one) for one in move.values if not one.ended)
    for name, parameter in base.parameters.items():
        yield from ((f"parameters/, {name}, {one.since}", one) for one in parameter.values if not one.ended)
    for name, sheet in base.fact_sheets.items():
        yield from ((f"fact_sheets.yaml, {name}, {one.since}", one) for one in sheet.facts if not one.ended)


def unknown_cells(base: KnowledgeBase, day: dt.date) -> tuple[Counter[str], int]:
    """Count the cells of each option of a day that are not known, over every kind of school; and how many an option has."""
    knowledge = base.on(day)
    cells = [(attribute, *kind) for attribute in base.attributes for kind in base.kinds()]
    unknown = Counter(
        option for option in knowledge.options for name, category, form in cells if not knowledge.fact(name, option, category, form).known
    )
    return unknown, len(cells)


# Facts


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_cell_of_every_question_says_something_on_this_day(day: dt.date, base: KnowledgeBase) -> None:
    knowledge = base.on(day)
    assert list(base.kinds()) == [(category, form) for category, about in base.categories.items() for form in about.forms]
    silent = [
        fact.key
        for attribute in base.attributes
        for option in knowledge.options
        for category, form in base.kinds()
        if (fact := knowledge.fact(attribute, option, category, form)).since is None
    ]
    assert silent == []


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_unknown_cells_of_an_option_are_at_most_one_in_twenty(day: dt.date, base: KnowledgeBase) -> None:
    unknown, cells = unknown_cells(base, day)
    print(f"{day}: unknown of {cells} cells:", ", ".join(f"{option} {unknown[option]}" for option in base.options))  # noqa: T201
    ranked = [option for option, about in base.on(day).options.items() if about.ranked]
    assert {option: unknown[option] for option in ranked if unknown[option] > MOST_UNKNOWN * cells} == {}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_what_is_not_open_to_a_school_is_not_open_in_every_question_alike(day: dt.date, base: KnowledgeBase) -> None:
    """Whoever may not take part has no employer, land or way out there either; and nothing else is called not open."""
    knowledge = base.on(day)
    against = []
    for option in knowledge.options:
        for category, form in base.kinds():
            closed = knowledge.fact("eligibility", option, category, form).code == "not_open"
            facts = (knowledge.fact(name, option, category, form) for name in base.attributes if name not in COUNTRY)
            against += [fact.key for fact in facts if (fact.code == "not_open") is not closed]
    assert against == []


@pytest.mark.parametrize("option", ["co_operative_trust", "umbrella_trust", "new_mat", "established_mat"])
def test_where_staff_move_nobody_is_told_that_the_employer_is_kept(option: str, base: KnowledgeBase) -> None:
    """The same short answer, such as the academy trust, is another body then."""
    knowledge = base.on(DAYS[-1])
    moved = [kind for kind in base.kinds() if staff_move(option, *kind, knowledge)]
    for category, form in moved:
        found = {one.attribute: one.kind for one in changes("teacher", option, category, form, knowledge)}
        assert found["employer"] in ("changed", "gained", "lost"), (category, form)
    assert moved or option == "co_operative_trust"


# The trust of a council, which is only proposed


def test_a_trust_set_up_by_a_council_exists_from_the_day_it_was_proposed_and_is_only_shown(base: KnowledgeBase) -> None:
    assert "la_trust" not in base.on(WHITE_PAPER - dt.timedelta(days=1)).options
    assert "la_trust" in base.on(WHITE_PAPER).options
    assert [key for key, option in base.options.items() if not option.ranked] == ["la_trust"]


def test_nothing_that_is_said_of_a_trust_of_a_council_is_in_force_or_sourced(base: KnowledgeBase) -> None:
    knowledge = base.on(DAYS[2])
    facts = [knowledge.fact(name, "la_trust", *kind) for name in base.attributes for kind in base.kinds()]
    assert {fact.status for fact in facts} == {"proposed"}
    assert "sourced" not in {fact.mark for fact in facts}


def test_of_a_trust_of_a_council_more_is_unknown_than_of_all_other_options_together(base: KnowledgeBase) -> None:
    unknown, cells = unknown_cells(base, DAYS[2])
    assert unknown["la_trust"] > unknown.total() - unknown["la_trust"]
    assert unknown["la_trust"] > cells / 5


def test_a_trust_of_a_council_has_no_starting_assumption(base: KnowledgeBase) -> None:
    assert [pair for pair in base.assumptions if pair[0] == "la_trust"] == []


# Marks and references


def test_there_are_at_least_250_sourced_values(base: KnowledgeBase) -> None:
    counts = count_marks(all_values(base))
    print(counts)  # noqa: T201
    assert counts["sourced"] >= 250


def test_a_sourced_fact_has_a_reference_with_an_address_and_each_a_place_and_a_day(base: KnowledgeBase) -> None:
    """One address is left out because it holds a person's name; another reference of that fact has one."""
    wanting = [
        (where, one.source)
        for where, value in dated_values(base)
        if value.mark == "sourced"
        for one in value.references
        if not (one.at and one.read and (one.href or base.sources[one.source].href or one.source in HAS_A_NAME_IN_ITS_ADDRESS))
    ]
    without = [
        where
        for where, value in dated_values(base)
        if value.mark == "sourced" and not any(one.href or base.sources[one.source].href for one in value.references)
    ]
    assert (wanting, without) == ([], [])


def test_what_is_not_sourced_or_not_known_says_whom_to_ask(base: KnowledgeBase) -> None:
    assert [where for where, one in dated_values(base) if not one.ask and (one.mark != "sourced" or one.code == "unknown")] == []


def test_whom_to_ask_is_one_short_phrase(base: KnowledgeBase) -> None:
    assert [(where, one.ask) for where, one in dated_values(base) if one.ask and len(one.ask.split()) > 20] == []


def test_no_fact_says_more_than_forty_five_words(base: KnowledgeBase) -> None:
    assert [(where, one.says) for where, one in dated_values(base) if len((one.says or "").split()) > MOST_WORDS] == []


def test_nothing_was_read_after_its_file_was_checked_nor_before_the_text_existed(base: KnowledgeBase) -> None:
    checked = {f"facts/{name}.yaml": attribute.checked.date for name, attribute in base.attributes.items()}
    wrong = [
        (where, one.source)
        for where, value in dated_values(base)
        for one in value.references
        if one.read and (one.read > checked.get(where.split(",")[0], one.read) or (one.text_of is not None and one.text_of > one.read))
    ]
    assert wrong == []


def test_every_short_answer_is_given_somewhere(base: KnowledgeBase) -> None:
    unused = {
        name: rest
        for name, attribute in base.attributes.items()
        if (rest := set(attribute.codes) - {one.code for cell in attribute.cells for one in cell.values})
    }
    assert unused == {}


def test_an_open_move_says_what_it_takes_who_sets_it_going_and_where_one_lands(base: KnowledgeBase) -> None:
    needed = ("months", "amount", "price_year", "applies", "consents", "back", "lands")
    wanting = {
        f"{'/'.join(move.from_options)} to {'/'.join(move.to_options)}, {value.since}": lacks
        for move in base.moves
        for value in move.values
        if not value.ended and value.open and (lacks := [name for name in needed if getattr(value, name) is None])
    }
    assert wanting == {}
    assert sum(value.open for move in base.moves for value in move.values) > 30


def test_the_first_questions_are_ten(base: KnowledgeBase) -> None:
    assert len([name for name, attribute in base.attributes.items() if attribute.first_question]) == 10


def test_every_question_is_asked_as_a_question(base: KnowledgeBase) -> None:
    assert [name for name, attribute in base.attributes.items() if not attribute.question.endswith("?")] == []


# Sources


def test_every_source_is_used(base: KnowledgeBase) -> None:
    used = {one.source for _, value in dated_values(base) for one in value.references}
    used |= {one.source for one in base.evidence.evidence.values()}
    used |= {name for one in base.assumptions.values() for name in one.evidence}
    used |= {name for one in base.criteria.values() for name in one.source}
    files = [read_case(DATA / "cases" / name, base).file for name in CASES]
    used |= {said.source for file in files for key in ("why", "aims", "claims", "next_steps") for said in getattr(file, key)}
    assert sorted(set(base.sources) - used) == []


def test_acts_and_regulations_are_quoted_from_their_official_address(base: KnowledgeBase) -> None:
    elsewhere = {
        key: one.href
        for key, one in base.sources.items()
        if one.kind == "instrument" and not (one.href or "").startswith("https://www.legislation.gov.uk/")
    }
    assert elsewhere == {}


# Staleness


def test_a_file_goes_stale_after_it_was_checked(base: KnowledgeBase) -> None:
    assert [name for name, one in base.attributes.items() if one.stale_after <= one.checked.date] == []


def test_a_stale_file_breaks_nobodys_run(tmp_path: Path, base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda _: tmp_path / "cache")
    shutil.copytree(DATA, tmp_path / "data")
    for path in (tmp_path / "data" / "facts").glob("*.yaml"):
        text = re.sub(r"(?m)^stale_after: .*$", "stale_after: 2001-01-01", path.read_text(encoding="utf-8"))
        path.write_text(re.sub(r"(?m)^checked: \{date: [\d-]+", "checked: {date: 2000-01-01", text), encoding="utf-8")
    stale = read_knowledge(tmp_path / "data")
    assert {one.stale_after for one in stale.attributes.values()} == {dt.date(2001, 1, 1)}
    day = DAYS[0]
    for attribute in base.attributes:
        fact = base.on(day).fact(attribute, "new_mat", "community")
        assert stale.on(day).fact(attribute, "new_mat", "community") == fact
    assert read_case(tmp_path / "data" / "cases" / "ember-2016", stale).file.title


@pytest.mark.parametrize("stage", ["knowledge", "model", "analysis"])
def test_no_reading_or_reckoning_looks_at_the_clock(stage: str) -> None:
    looks = []
    package = Path(partnership_model.__file__).parent
    for path in sorted((package / stage).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("today", "now", "utcnow", "time", "monotonic"):
                looks.append(f"{path.name}:{node.lineno} {node.attr}")
            if isinstance(node, ast.Import) and any(one.name == "time" for one in node.names):
                looks.append(f"{path.name}:{node.lineno} import time")
    assert looks == []
