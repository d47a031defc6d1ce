"""Reading the folder `data/` whole: every fault of every file, with its line, at once."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from partnership_model.errors import FaultsError
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import shipped
from tests.knowledge.small import ASSUMPTIONS, CATEGORIES, EMPLOYER, GRANT, MOVES, POLICY, SMALL, Change, Row, named

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_small_knowledge_base_is_read_whole(data: Callable[..., Path]) -> None:
    base = read_knowledge(data())
    assert list(base.options) == ["stay", "federation"]
    assert list(base.attributes) == ["employer", "grant"]
    assert list(base.sources) == ["act", "paper"]
    assert base.assumptions["federation", "autonomy"].evidence == ("act", "fact:grant")
    fact = base.on(dt.date(2016, 4, 15)).fact("employer", "federation", "academy")
    assert (fact.code, fact.shared, fact.ask) == ("trust", True, "the trust")
    grant = base.on(dt.date(2016, 4, 15)).fact("grant", "stay", "community")
    assert grant.amount is not None
    assert (grant.code, grant.answer, grant.amount.likely, grant.price_year) == (None, "", 2000, 2016)


LANDS = "        lands: the same category\n"
# file, old words, new words, line (None: the file as a whole), words of the message
ONE_FAULT: list[Row] = [
    # One cell for every option and category, and no more
    (EMPLOYER, "options: [stay, federation]", "options: [stay]", 10, "no cell covers federation x academy"),
    (EMPLOYER, "categories: [academy]", "categories: any", 20, "stay x community stands in two cells"),
    (EMPLOYER, "[stay, federation]", "[stay, federation, federaton]", 20, 'Did you mean "federation"?'),
    (EMPLOYER, "categories: [academy]", "categories: [academy, acadmy]", 21, 'Did you mean "academy"?'),
    (EMPLOYER, "[stay, federation]", "[stay, federation, stay]", 20, "stay x academy stands in two cells"),
    # Codes, marks and references
    (EMPLOYER, "code: trust", "code: trusst", 24, '"trusst" is not a code of this file. Did you mean "trust"?'),
    (EMPLOYER, "        code: trust\n", "", 23, "a rule needs a `code`"),
    (EMPLOYER, "source: act,", "source: acct,", 18, 'the source "acct" is not known. Did you mean "act"?'),
    (EMPLOYER, "source: act,", "source: paper,", 18, "an address"),
    (EMPLOYER, "at: s.35, ", "", 14, "`at`"),
    (EMPLOYER, ", read: 2026-11-21}", "}", 14, "`read`"),
    (EMPLOYER, "        ask: the trust\n", "", 23, "whom to `ask`"),
    (EMPLOYER, "mark: memory", "mark: certain", 26, "sourced"),
    (EMPLOYER, "attribute: employer", "attribute: employers", 1, 'the name of the file, "employer"'),
    (EMPLOYER, "from: 2010-09-01", "from: 2010", 23, "whole date"),
    (EMPLOYER, "topic: people", "topic: people\nfirst_questions: true", 5, 'Did you mean "first_question"?'),
    (EMPLOYER, "topic: people", "topic: people\nroles: {teacher: [trust, council], head: [trust, [council, trust]]}", 5,
     '"trust" stands twice in the order of this role'),
    (EMPLOYER, "topic: people", "topic: people\nroles: {head: [trust, counsil]}", 5, '"counsil" is not a code of this file'),
    # Figures and steps
    (GRANT, "kind: amount\nunit: GBP_per_school\n", "kind: amount\n", 5, "figures need a `unit`"),
    (GRANT, "kind: amount\nunit: GBP_per_school\n", "kind: duration\n", 5, "figures need a `unit`"),
    (GRANT, "        amount: {low: 1000, likely: 2000, high: 3000}\n", "", 12, "estimate needs `amount"),
    (GRANT, "        mark: estimate\n        amount: {low: 1000, likely: 2000, high: 3000}\n", "        mark: memory\n",
     12, "expected `amount` in GBP_per_school"),
    (GRANT, "        price_year: 2016\n", "", 12, "the year of its prices"),
    (GRANT, "low: 1000", "low: 2500", 15, "low <= likely <= high"),
    (GRANT, "kind: amount\nunit: GBP_per_school", "kind: steps", 11, "expected `steps`"),
    (GRANT, "unit: GBP_per_school", "unit: pounds", 6, "GBP_per_school"),
    # Options, criteria and the catalogue
    ("options.yaml", "first_day: 2003-09-01", "first_day: 2003", 3, "whole date"),
    ("options.yaml", "2003-09-01, family: maintained", "2003-09-01, last_day: 2003-08-31, family: maintained", 3,
     "expected `last_day` not before `first_day`, found 2003-08-31 before 2003-09-01"),
    ("options.yaml", "family: maintained", "combines_with: [stay, federaton], family: maintained", 3,
     '"federaton" is not an option. Did you mean "federation"?'),
    ("options.yaml", "family: maintained", "family: friends", 3, "maintained"),
    (CATEGORIES, "sector: academy", "sector: private", 3, "maintained"),
    (CATEGORIES, "\nforms:", "\ngroups:\n  both: [community, acadmy]\nforms:", 5, '"acadmy" is not a category. Did you mean "academy"?'),
    (CATEGORIES, "plain: An academy.", "plain: An academy., forms: [alone, in_mat]", 3, 'explain "in_mat" under `forms`'),
    (CATEGORIES, "plain: An academy.", "plain: An academy., forms: [alone, in_trust]", 3, "in_mat"),
    (CATEGORIES, "plain: An academy.", 'plain: An academy., gias: ["28", "28"]', 3, 'the type code "28" stands twice'),
    ("criteria.yaml", "worst: 0, best: 100", "worst: 100, best: 100", 2, "to differ"),
    ("criteria.yaml", "[[250, 0], [0, 85]", "[[200, 0], [0, 85]", 12, "without turning back"),
    ("criteria.yaml", "[0, 85]", "[0, 101]", 12, "without turning back"),
    ("criteria.yaml", "[0, 85]", "[260, 85]", 12, "without turning back"),
    ("criteria.yaml", ", [-50, 100]]", "]", 12, "without turning back"),
    ("criteria.yaml", "years: 5", "years: 0", 24, "1"),
    ("criteria.yaml", "question: What would", "qestion: x\n    question: What would", 14, 'Did you mean "question"?'),
    ("glossary.yaml", "plain:", "plane:", 2, 'Did you mean "plain"?'),
    ("sources/law.yaml", "kind: statute", "kind: rumour", 2, "statute"),
    ("sources/law.yaml", "https://www", "www", 2, ""),
    # Must-haves and moves
    ("non_negotiables.yaml", "attribute: employer", "attribute: employr", 4, 'Did you mean "employer"?'),
    ("non_negotiables.yaml", "[council]", "[counsil]", 5, 'Did you mean "council"?'),
    ("non_negotiables.yaml", "attribute: employer", "attribute: grant", 4, "figures, not answers"),
    ("non_negotiables.yaml", "[council]", "[]", 5, "at least 1"),
    (MOVES, "to: federation", "to: [federation, stay, federaton]", 3, 'Did you mean "federation"?'),
    (MOVES, "  - from: stay\n    to: federation\n", "  - from: [stay, federation]\n    to: [federation, stay]\n", 6, "stands twice"),
    (MOVES, "{source: act}", "{source: acct}", 13, 'Did you mean "act"?'),
    (MOVES, "open: true, ", "", 5, "missing"),
    (MOVES, LANDS, f"{LANDS}      - {{from: 2003-09-01, value: null, open: false}}\n",
     8, "expected each dated value later than the one above it; 2003-09-01 stands below 2003-09-01"),
    (MOVES, LANDS, f"{LANDS}      - {{from: 2001-09-01, value: null, open: false}}\n",
     8, "2001-09-01 stands below 2003-09-01"),
    (MOVES, LANDS, "", 9, "an open move needs `lands`"),
    (MOVES, "        months: {low: 1, likely: 2, high: 3}\n", "", 9, "an open move needs `months`"),
    (MOVES, "        amount: {low: 0, likely: 100, high: 200}\n        price_year: 2016\n", "", 9, "an open move needs `price_year`"),
    (MOVES, "        applies: the governing body\n        consents: nobody\n        back: hard\n", "", 9, "an open move needs `consents`"),
    (MOVES, "        mark: named\n        references: [{source: act}]\n",
     "        mark: sourced\n        references: [{source: paper, at: page 1, read: 2026-11-21}]\n", 13, "and an address"),
    # Starting assumptions
    (ASSUMPTIONS, "federation,autonomy,20", "federaton,autonomy,20", 3, 'Did you mean "federation"?'),
    (ASSUMPTIONS, "federation,autonomy,20", "federation,autonomi,20", 3, 'Did you mean "autonomy"?'),
    (ASSUMPTIONS, "70,C", "70,E", 3, '"E" is not known'),
    (ASSUMPTIONS, "act;fact:grant", "acct;fact:grant", 3, '"acct" is not a source, a fact or a study'),
    (ASSUMPTIONS, "act;fact:grant", "act;fact:grnt", 3, 'Did you mean "fact:grant"?'),
    (ASSUMPTIONS, "act;fact:grant", " ; ", 3, "what this rests on"),
    (ASSUMPTIONS, "One body decides.", "", 3, "why in one sentence"),
    (ASSUMPTIONS, "20,45,70", "20,45,170", 3, "from 0 to 100"),
    (ASSUMPTIONS, "20,45,70", "20,15,70", 3, "low <= likely <= high"),
    (ASSUMPTIONS, "20,45,70", "few,45,70", 3, "expected a number"),
    (ASSUMPTIONS, "20,45,70", "nan,45,70", 3, "expected a number"),
    (ASSUMPTIONS, ",reasoning", ",reason", 1, "reasoning"),
    (ASSUMPTIONS, "federation,autonomy,20,45,70,C,act;fact:grant,One body decides.\n", "", None, "no row gives federation on autonomy"),
    (ASSUMPTIONS, "One body decides.\n", "One body decides.\nstay,autonomy,1,2,3,A,act,Again.\n", 4, "two rows"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "line", "words"), ONE_FAULT, ids=named(ONE_FAULT))
def test_a_fault_of_the_knowledge_base_is_found_with_its_line(  # noqa: PLR0913, PLR0917 - a row of a table
    file: str, old: str, new: str, line: int | None, words: str, data: Callable[..., Path]
) -> None:
    place = re.escape(file) + ("" if line is None else f":{line}")
    with pytest.raises(FaultsError, match=rf"(?m)^{place}: .*{re.escape(words)}"):
        read_knowledge(data((file, old, new)))


def test_the_small_knowledge_base_has_one_fault_a_change(data: Callable[..., Path]) -> None:
    changes: list[Change] = [
        (EMPLOYER, "code: trust", "code: trusst"),
        (GRANT, "        price_year: 2016\n", ""),
        ("non_negotiables.yaml", "[council]", "[counsil]"),
        (ASSUMPTIONS, "70,C", "70,E"),
        (MOVES, "{source: act}", "{source: acct}"),
    ]
    with pytest.raises(FaultsError, match=r"\n5 faults found\.$"):
        read_knowledge(data(*changes))


def test_an_open_move_says_all_that_it_takes_and_a_closed_one_need_not(data: Callable[..., Path]) -> None:
    takes = SMALL[MOVES][SMALL[MOVES].index("        ask: the council\n        months") :]
    without = (MOVES, takes, "        ask: the council\n")
    with pytest.raises(FaultsError, match=r"\n7 faults found\.$"):
        read_knowledge(data(without))
    assert read_knowledge(data(without, (MOVES, "        open: true", "        open: false")))


@pytest.mark.parametrize("name", ["paper", "acct"])
def test_a_sourced_value_gets_one_message_about_its_source(name: str, data: Callable[..., Path]) -> None:
    """Whether the source has no address, or is not known at all."""
    with pytest.raises(FaultsError, match=r"^facts/employer\.yaml:18: .*\n1 fault found\.$"):
        read_knowledge(data((EMPLOYER, "source: act,", f"source: {name},")))


@pytest.mark.parametrize("file", [file for file in SMALL if "/" not in file])
def test_a_missing_file_is_named(file: str, data: Callable[..., Path]) -> None:
    folder = data()
    (folder / file).unlink()
    with pytest.raises(FaultsError, match=rf"^{re.escape(file)}: there is no such file\n1 fault found\.$"):
        read_knowledge(folder)


def test_a_broken_file_does_not_hide_the_faults_of_the_others(data: Callable[..., Path]) -> None:
    changes = [("options.yaml", "options:", "options: ["), (EMPLOYER, "topic: people", "topic: weather")]
    folder = data(*changes, (GRANT, "nation: england", "nation: wales"))
    with pytest.raises(FaultsError, match=r"(?s)facts/employer\.yaml:4.*facts/grant\.yaml:7.*options\.yaml:\d+.*3 faults found") as error:
        read_knowledge(folder)
    assert {fault.where for fault in error.value.faults} == {"options.yaml", EMPLOYER, GRANT}


def test_one_source_in_two_files_is_refused_with_its_line(data: Callable[..., Path]) -> None:
    folder = data()
    (folder / "sources" / "more.yaml").write_text(SMALL["sources/law.yaml"], encoding="utf-8")
    with pytest.raises(FaultsError, match=r"(?m)^sources/more\.yaml:2: .*another file"):
        read_knowledge(folder)


def test_one_parameter_in_two_files_is_refused_with_its_line(data: Callable[..., Path]) -> None:
    folder = data()
    text = SMALL[POLICY].replace("  charge:", "  another_charge:")
    (folder / "parameters" / "topic.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FaultsError, match=r"^parameters/topic\.yaml:4: parameters\.way_back: .*another file.*\n1 fault found\.$"):
        read_knowledge(folder)


def test_a_type_code_of_the_register_is_inside_or_outside_and_not_both(data: Callable[..., Path]) -> None:
    folder = data((CATEGORIES, "\nforms:", '\noutside: {"6": A college.}\nforms:'))
    assert read_knowledge(folder).outside == {"6": "A college."}
    text = (folder / CATEGORIES).read_text(encoding="utf-8")
    (folder / CATEGORIES).write_text(text.replace("plain: An academy.", 'plain: An academy., gias: ["28", "6"]'), encoding="utf-8")
    with pytest.raises(FaultsError, match=r'^categories\.yaml:3: categories\.academy\.gias\.1: the type code "6" stands twice'):
        read_knowledge(folder)


def test_a_link_out_of_the_folder_is_refused(data: Callable[..., Path], tmp_path: Path) -> None:
    folder = data()
    (folder / EMPLOYER).rename(tmp_path / "employer.yaml")
    (folder / EMPLOYER).symlink_to(tmp_path / "employer.yaml")
    with pytest.raises(FaultsError, match=r"facts/employer\.yaml: .*outside the folder"):
        read_knowledge(folder)


def test_nothing_is_asked_of_a_pair_of_one_option_with_itself(data: Callable[..., Path]) -> None:
    base = read_knowledge(data((MOVES, "to: federation", "to: [federation, stay]")))
    assert base.on(dt.date(2016, 4, 15)).may_go("stay", "federation")


def test_a_missing_move_is_named(data: Callable[..., Path]) -> None:
    text = SMALL[MOVES]
    second = text[text.index("  - from: federation") :]
    with pytest.raises(FaultsError, match=r"^transitions\.yaml.*federation to stay: no move is given"):
        read_knowledge(data((MOVES, second, "")))


def test_reading_changes_nothing_in_the_folder(data: Callable[..., Path]) -> None:
    folder = data()
    before = {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}
    read_knowledge(folder)
    assert {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]} == before


def test_the_knowledge_base_that_ships_is_the_one_that_is_read() -> None:
    assert list(read_knowledge().attributes) == list(read_knowledge(shipped("data")).attributes)
