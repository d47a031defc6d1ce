"""The two editions of a case: nothing that is for governors stands in the public one, and its numbers are the same."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from partnership_model.errors import FaultsError
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.editions import REASON_KEPT, left_out, public_edition
from partnership_model.knowledge.shipped import find_case, shipped
from partnership_model.model.problem import build_problem
from tests.knowledge.three_schools import messages, write_case

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.cases import Case

HIDDEN = "Tell-Nobody"
CASE = f"""\
title: Three schools
decision: How should we work together?
decides: Each governing body decides for its own school.
status: emerging
as_of: 2016-04-15
why:
  - {{says: "Published in the slides.", source: source_001}}
  - {{says: "{HIDDEN} why"}}
  - {{says: "We say it ourselves.", for: public}}
  - {{says: "{HIDDEN} sourced", source: source_001, for: governors}}
aims: [{{says: "{HIDDEN} aims"}}]
claims: [{{says: "{HIDDEN} claims", for: governors}}]
next_steps: [{{says: "{HIDDEN} next"}}, {{says: "A meeting.", for: public}}]
schools:
  - {{name: Infant A, category: community, phase: primary, pupils: 270, budget: 1180000, balance: -98765}}
  - {{name: Junior B, category: foundation, phase: primary, pupils: 360, budget: 1490000, balance: 4321, balance_for: public}}
  - {{name: Primary C, category: community, phase: primary, pupils: 200, budget: 900000, balance: 98764}}
options: [stay, federation, new_mat]
criteria: [autonomy, staff, cost]
weights:
  - group: Governors
    method: swing
    values: {{autonomy: 90, staff: 60, cost: 0}}
    elicited: {{on: 2016-04-12, how: cards, people: 14}}
  - group: Heads {HIDDEN}
    method: ranking
    values: [staff, [autonomy, cost]]
    elicited: {{on: 2016-04-13, how: {HIDDEN}, people: 4}}
  - group: Pair
    method: ranking
    values: [staff, [autonomy, cost]]
    elicited: {{on: 2016-04-13, how: cards, people: 2}}
    for: public
  - group: Staff {HIDDEN}
    for: governors
    method: ranking
    values: [staff, [autonomy, cost]]
    elicited: {{on: 2016-04-13, how: cards, people: 40}}
recommendation:
  says: {HIDDEN} says
  conditions: [{HIDDEN} condition]
  dissent: [{HIDDEN} dissent]
"""
HEADING = "option,criterion,low,likely,high,evidence,note,for\n"
ROWS = f"""\
federation,staff,10,30,60,D,{HIDDEN} figures,
stay,staff,,,,C,{HIDDEN} confirmed,governors
stay,autonomy,,,,C,Nothing changes.,public
"""


def written(folder: Path, base: KnowledgeBase, text: str = CASE, rows: str = HEADING + ROWS) -> Case:
    """Write a case and read it back."""
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    (folder / "judgements.csv").write_text(rows, encoding="utf-8")
    return read_case(folder, base)


def test_no_secret_stands_anywhere_in_the_public_edition(tmp_path: Path, base: KnowledgeBase) -> None:
    case = written(tmp_path, base)
    public = public_edition(case)
    assert repr(case.file).count(HIDDEN) >= 11
    assert repr(case.judgements).count(HIDDEN) == 2
    assert HIDDEN not in repr(public.file) + repr(public.judgements)
    assert "98765" not in repr(public.file)
    assert "98764" not in repr(public.file)
    assert public.edition == "public"


def test_what_is_public_stays_as_it_was(tmp_path: Path, base: KnowledgeBase) -> None:
    file = public_edition(written(tmp_path, base)).file
    assert [one.says for one in file.why] == ["Published in the slides.", "We say it ourselves."]
    assert [one.says for one in file.next_steps] == ["A meeting."]
    assert [one.balance for one in file.schools] == [None, 4321, None]
    assert [one.group for one in file.weights] == ["Governors", "Pair"]


def test_a_figure_is_used_and_its_reason_is_not_told(tmp_path: Path, base: KnowledgeBase) -> None:
    case = written(tmp_path, base)
    public = public_edition(case)
    assert [one.note for one in public.judgements] == [REASON_KEPT, REASON_KEPT, "Nothing changes."]
    day = dt.date(2016, 4, 15)
    before, after = (build_problem(one, base.on(day)).judgements for one in (case, public))
    assert {cell: one.amount for cell, one in before.items()} == {cell: one.amount for cell, one in after.items()}
    assert {cell: one.confirmed for cell, one in before.items()} == {cell: one.confirmed for cell, one in after.items()}
    assert after["federation", "staff"].reasoning == REASON_KEPT


def test_a_recommendation_is_public_as_a_whole_with_its_conditions_and_dissent(tmp_path: Path, base: KnowledgeBase) -> None:
    assert public_edition(written(tmp_path, base)).file.recommendation is None
    case = written(tmp_path, base, CASE.replace("recommendation:\n", "recommendation:\n  for: public\n"))
    assert public_edition(case).file.recommendation == case.file.recommendation


def test_groups_are_no_mixture_where_one_of_two_is_left(tmp_path: Path, base: KnowledgeBase) -> None:
    groups = CASE + "plausible_weights: {set: groups}\n"
    assert public_edition(written(tmp_path, base, groups)).file.plausible_weights.named == "groups"
    few = groups.replace("    for: public\n    method", "    method").replace("cards, people: 2}\n    for: public", "cards, people: 2}")
    assert public_edition(written(tmp_path, base, few)).file.plausible_weights.named is None


def test_whoever_makes_the_public_edition_is_told_what_is_not_in_it(tmp_path: Path, base: KnowledgeBase) -> None:
    assert left_out(written(tmp_path, base)) == (
        "why: 2 of 4",
        "aims: 1 of 1",
        "claims: 1 of 1",
        "next steps: 1 of 2",
        "balances of schools: 2 of 3",
        f"the weights of Heads {HIDDEN}",
        f"the weights of Staff {HIDDEN}",
        "reasons of judgements: 2 of 3 (their figures are in it)",
        "the recommendation, its conditions and its dissent",
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "hint"),
    [
        ('ourselves.", for: public}', 'ourselves.", for: publik}', 9, 'Did you mean "public"?'),
        ("    for: governors\n", "    for: governor\n", 35, 'Did you mean "governors"?'),
        ("balance_for: public", "balance_for: all", 16, "Known: governors, public."),
        ("recommendation:\n", "recommendation:\n  for: pubic\n", 40, 'Did you mean "public"?'),
        ('ourselves.", for: public}', 'ourselves.", four: public}', 9, 'Did you mean "for"?'),
    ],
)
def test_an_edition_that_is_not_known_is_refused_with_the_nearest(  # noqa: PLR0913, PLR0917 - a row of a table
    old: str, new: str, line: int, hint: str, tmp_path: Path, base: KnowledgeBase
) -> None:
    (message,) = messages(write_case(tmp_path / "three-schools", (old, new), text=CASE), base)
    assert message.startswith(f"case.yaml:{line}: ")
    assert hint in message


def test_a_row_for_anybody_else_is_refused_with_the_nearest(tmp_path: Path, base: KnowledgeBase) -> None:
    with pytest.raises(FaultsError, match=r'judgements.csv:4: for: found "publc".*Did you mean "public"'):
        written(tmp_path, base, rows=HEADING + ROWS.replace("Nothing changes.,public", "Nothing changes.,publc"))


def test_the_cases_that_ship_say_in_public_why_they_ask_and_keep_what_touches_people(base: KnowledgeBase) -> None:
    for folder in sorted(shipped("data", "cases").iterdir()):
        case = read_case(find_case(folder.name), base)
        public = public_edition(case)
        assert public.file.why
        assert public.file.next_steps
        assert "close to retirement" not in repr(public.file) + repr(public.judgements)
        assert public.file.weights == case.file.weights
