"""A small knowledge base, whole and without a fault, into which tests write one fault or many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from partnership_model.errors import FaultsError
from partnership_model.knowledge.reading import check_knowledge

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., Path]

Change = tuple[str, str, str]
Row = tuple[str, str, str, int | None, str]
EMPLOYER, GRANT, ASSUMPTIONS, MOVES = "facts/employer.yaml", "facts/grant.yaml", "starting_assumptions.csv", "transitions.yaml"
CATEGORIES, POLICY, EVIDENCE, SHEETS, ASKED = (
    "categories.yaml",
    "parameters/policy.yaml",
    "evidence.yaml",
    "fact_sheets.yaml",
    "questions.yaml",
)
QUESTIONS = "questions:\n" + "".join(
    f'  - {{number: {number}, asks: "What of {number}?", topic: people, attributes: [employer]}}\n' for number in range(1, 41)
)
SMALL = {
    "options.yaml": """\
options:
  stay: {label: Stay, in_a_sentence: staying, plain: As now., first_day: 1944-08-03, family: present}
  federation: {label: Federation, in_a_sentence: a federation, plain: One body., first_day: 2003-09-01, family: maintained}
""",
    "categories.yaml": """\
categories:
  community: {label: community school, sector: maintained, plain: A council school.}
  academy: {label: academy, sector: academy, plain: An academy.}
forms:
  alone: {label: on its own, plain: It shares its governing body with nobody.}
""",
    "criteria.yaml": """\
criteria:
  autonomy:
    label: Autonomy
    question: How much would we decide?
    worst: nothing
    best: everything
    scale: {unit: points, worst: 0, best: 100}
    value: {shape: linear}
    default: true
    source: [act]
    overlaps: []
  cost:
    label: Cost
    question: What would it cost?
    worst: much
    best: nothing
    scale: {unit: GBP_per_pupil_per_year, worst: 250, best: -50}
    value: {shape: piecewise, points: [[250, 0], [0, 85], [-50, 100]]}
    derived: money
    default: true
    source: [act]
    overlaps: [autonomy]
derive:
  money: {years: 5, says: Added up.}
  exit: {decider: {}, landing: {}, shares: {}, says: Put together.}
""",
    "glossary.yaml": """\
glossary:
  option: {term: option, plain: A way of working together.}
""",
    "transitions.yaml": """\
transitions:
  - from: stay
    to: federation
    values:
      - {from: 2003-09-01, open: true, says: It may., mark: memory, ask: the council, \
months: {low: 1, likely: 2, high: 3}, amount: {low: 0, likely: 100, high: 200}, price_year: 2016, \
applies: the governing body, consents: nobody, back: easy, lands: a federation}
  - from: federation
    to: stay
    values:
      - from: 2003-09-01
        open: true
        says: It may.
        mark: named
        references: [{source: act}]
        ask: the council
        months: {low: 1, likely: 2, high: 3}
        amount: {low: 0, likely: 100, high: 200}
        price_year: 2016
        applies: the governing body
        consents: nobody
        back: hard
        lands: the same category
""",
    "non_negotiables.yaml": """\
non_negotiables:
  - id: employer_unchanged
    says: Our staff keep their employer.
    attribute: employer
    accept: [council]
""",
    "sources/law.yaml": """\
sources:
  act: {title: An Act, publisher: legislation.gov.uk, href: "https://www.legislation.gov.uk/x", date: 2002-07-24, kind: statute}
  paper: {title: A paper, publisher: A school, kind: school_paper}
""",
    "facts/employer.yaml": """\
attribute: employer
question: Who employs our staff?
description: The legal employer.
topic: people
kind: rule
nation: england
codes:
  council: The council
  trust: The trust
cells:
  - options: any
    categories: [community]
    values:
      - from: 2003-09-01
        code: council
        says: The council employs them.
        mark: sourced
        references:
          - {source: act, at: s.35, read: 2026-11-21}
  - options: [stay, federation]
    categories: [academy]
    values:
      - from: 2010-09-01
        code: trust
        says: The trust employs them.
        mark: memory
        ask: the trust
checked: {date: 2026-11-21, against: the Act}
stale_after: 2027-11-21
""",
    "facts/grant.yaml": """\
attribute: grant
question: What grant is there?
description: Money for the change.
topic: money
kind: amount
unit: GBP_per_school
nation: england
cells:
  - options: any
    categories: any
    values:
      - from: 2010-09-01
        says: About this much.
        mark: estimate
        amount: {low: 1000, likely: 2000, high: 3000}
        price_year: 2016
        ask: the council
checked: {date: 2026-11-21, against: nothing}
stale_after: 2027-11-21
""",
    "parameters/policy.yaml": """\
description: What holds for the whole country.
nation: england
parameters:
  way_back:
    question: Can an academy become a maintained school again?
    description: Whether any route leads back.
    subject: law
    kind: rule
    codes: {no_route: "No"}
    values:
      - {from: 2010-09-01, code: no_route, says: No route is known., mark: memory, ask: a solicitor}
  charge:
    question: What does the council charge?
    description: The council's charge for a change.
    subject: money
    kind: amount
    unit: GBP
    holds_for: one council
    values:
      - from: 2016-04-01
        says: It charges this much.
        mark: sourced
        amount: {low: 5000, likely: 5000, high: 5000}
        price_year: 2016
        references: [{source: act, at: table 2, read: 2026-11-21}]
checked: {date: 2026-11-21, against: the Act}
stale_after: 2027-11-21
""",
    "evidence.yaml": """\
in_short: Little is known.
evidence:
  survey_2014:
    title: A survey of partnerships
    source: paper
    at: page 2
    read: 2026-11-21
    mark: named
    design: survey
    n: 20
    out_of: 32
    unit: partnerships
    year: 2014
    options: [federation]
    criteria: [autonomy]
    direction: better
    found: Most said that it was better.
    spread: It was not seen.
    caution: Schools judged themselves.
    grade: C
    percentages: [{percent: 95, of: 20, what: partnerships that said so}]
    ask: its authors
stale_after: 2027-11-21
""",
    "fact_sheets.yaml": """\
fact_sheets:
  shared_head:
    label: A shared head
    plain: Two schools share a head and nothing else.
    kind: route
    options: [stay]
    facts:
      - question: Is it lawful?
        from: 2003-09-01
        says: It is.
        mark: named
        references: [{source: act}]
        ask: the council
""",
    "questions.yaml": QUESTIONS,
    "starting_assumptions.csv": """\
option,criterion,low,likely,high,grade,evidence,reasoning
stay,autonomy,80,90,100,A,fact:employer,Nothing changes.
federation,autonomy,20,45,70,C,act;fact:grant,One body decides.
""",
}


def write(folder: Path, *changes: Change) -> Path:
    """Write the small knowledge base with changes: file, the words to replace, the new words."""
    texts = dict(SMALL)
    for file, old, new in changes:
        assert texts[file].count(old) == 1, f"{old!r} stands {texts[file].count(old)} times in {file}"
        texts[file] = texts[file].replace(old, new)
    for file, text in texts.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> list[str]:
    """All faults of a knowledge base that has some."""
    with pytest.raises(FaultsError, match=r"\d+ faults? found\.$") as error:
        check_knowledge(folder)
    return [str(fault) for fault in error.value.faults]


def has_fault(folder: Path, file: str, line: int | None, words: str) -> None:
    """Hold that the knowledge base has a fault in this file and line with these words, and none elsewhere in the folder."""
    found = faults(folder)
    place = file if line is None else f"{file}:{line}"
    assert [one for one in found if one.startswith(f"{place}: ") and words in one], found
    assert [one for one in found if not one.startswith(file)] == []


def one_fault(folder: Path, file: str, line: int | None, words: str) -> None:
    """Hold that the knowledge base has exactly one fault, in this file and line, with these words."""
    has_fault(folder, file, line, words)
    assert len(faults(folder)) == 1, faults(folder)


def named(rows: list[Row]) -> list[str]:
    """Name the rows of a table of faults by what each changes."""
    return [f"{file} {new or 'without ' + old}"[:60] for file, old, new, *_ in rows]
