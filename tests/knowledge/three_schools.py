"""A case of three schools, with few keys and with every key, to change, to spoil and to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from partnership_model.errors import FaultsError
from partnership_model.knowledge.cases import read_case
from tests.knowledge.record_making import BEGINNING, EVERY_KEY_OF_A_RECORD, INFANT

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase

REST = """\
  - {name: Junior B, category: foundation, phase: primary, pupils: 360, budget: 1490000.50}
  - {name: Secondary C, category: academy, phase: secondary, pupils: 900, budget: 5000000, role: invited}
options: [stay, federation, {option: new_mat, label: A trust of our own, named: Secondary C}]
criteria: [autonomy, staff, cost]
weights:
  - group: Governors
    method: swing
    values: {autonomy: 90, staff: 60, cost: 0}
    elicited: {on: 2016-04-12, how: cards, people: 14}
  - group: Staff
    method: ranking
    values: [staff, [autonomy, cost]]
    elicited: {on: 2016-04-13, how: cards, people: 40}
"""
CASE = f"title: Three schools\n{BEGINNING}{REST}"
EVERY_KEY_OF_A_SCHOOL = """\
name: Infant A
    category: voluntary_aided
    form: federated
    phase: primary
    pupils: 270
    budget: 1180000
    role: member
    joins_later: {new_mat: 2018-09-01, federation: 2017-09-01}
    diocese_policy: majority_only
    balance: -12000.50
    balance_for: governors"""
NEW_MAT = "{option: new_mat, label: A trust of our own, named: Secondary C}"
EVERY_KEY_OF_AN_OPTION = NEW_MAT[:-1] + ", in_a_sentence: our trust, articles: no_church, members_today: [Secondary C], ranked: false}"
EVERY_KEY = (
    CASE.replace(INFANT, EVERY_KEY_OF_A_SCHOOL).replace(NEW_MAT, EVERY_KEY_OF_AN_OPTION)
    + """\
illustrative: true
illustrative_note: Invented.
why:
  - says: Rolls are falling.
    source: source_001
aims: [{says: Help to teach better.}]
claims: []
next_steps:
  - {says: Everybody is asked.}
least_full_members: 2
who_counts: group
weights_in_use:
  group: The meeting
  method: points
  values: {autonomy: 50, staff: 30, cost: 20}
  elicited: {on: 2016-05-02, how: on the dashboard, people: 9}
plausible_weights:
  set: conditions
  within: 5
  spread: 7
  ranges: {autonomy: [10, 60]}
  at_least: [{criterion: autonomy, times: 2, than: cost}]
  conditions:
    - {sum: {staff: 1, cost: -0.5}, at_least: 0, at_most: 90}
non_negotiables:
  - id: way_out
    says: We can get out again.
    attribute: leave_decider
    accept: [not_needed, governing_body]
money: {years: 5, cost_in_score: true, optimism_bias: 20}
resolutions:
  - {body: governing_body, schools: [Infant A], options: [federation], says: That we federate., state: asked, on: 2016-05-10,
     quorum: Half of them, for: public}
recommendation:
  says: We recommend to wait.
  conditions: [All agree.]
  dissent: [One does not.]
consultation:
  asks: What matters most to you?
  about: Nothing is chosen yet.
  criteria: [autonomy, staff, cost]
  groups:
    - {group: Parents and carers, unit: households, invited: {Infant A: 190, Junior B: 260}}
    - {group: Staff, invited: 80}
    - {group: Learners, unit: classes, learners: true}
  also: [points, support, comment]
  languages: [en]
  once: voucher
  option_order: true
  keep_days: 90
"""
    + EVERY_KEY_OF_A_RECORD
)
ODD = (
    "", "null", "5", "-1", "[]", "{}", "[[]]", "{a: b}", "text", r'"\0"', ".nan", "1e999", "true", "[null]",
    "2016-13-01", "*x", "&x 1", "!!set {a}", "? x", "9" * 30, "'", "[{}]", "[[[5]]]", "{option: {}}",
)  # fmt: skip
HEADING = "option,criterion,low,likely,high,evidence,note\n"


def write_case(folder: Path, *changes: tuple[str, str], text: str = CASE, judgements: str | None = None) -> Path:
    """Write the case with changes: the words to replace, which stand there once, and the new words."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    folder.mkdir(exist_ok=True)
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    if judgements is not None:
        (folder / "judgements.csv").write_text(judgements, encoding="utf-8")
    return folder


def messages(folder: Path, base: KnowledgeBase) -> list[str]:
    """All faults of a case."""
    with pytest.raises(FaultsError, match=r"\d+ faults? found\.$") as error:
        read_case(folder, base)
    return [str(fault) for fault in error.value.faults]
