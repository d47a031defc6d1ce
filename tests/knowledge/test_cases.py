"""A case: what is kept of it, and that whatever line is spoilt nothing else happens than that it is refused."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from partnership_model.errors import FaultsError
from partnership_model.knowledge.cases import CaseFile, School, read_case
from tests.knowledge.three_schools import CASE, EVERY_KEY, EVERY_KEY_OF_A_SCHOOL, EVERY_KEY_OF_AN_OPTION, INFANT, NEW_MAT, ODD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from partnership_model.knowledge.base import KnowledgeBase


def test_a_case_is_read_as_it_was_written(write: Callable[..., Path], base: KnowledgeBase) -> None:
    case = read_case(write(), base)
    assert case.name == "three-schools"
    assert [one.option for one in case.options] == ["stay", "federation", "new_mat"]
    assert [(one.label, one.named) for one in case.options] == [
        (None, None), (None, None), ("A trust of our own", "Secondary C"),
    ]  # fmt: skip
    assert [school.name for school in case.members] == ["Infant A", "Junior B"]
    assert case.file.schools[1].budget == 1490000.5
    assert case.file.weights[0].values == {"autonomy": 90, "staff": 60, "cost": 0}
    assert case.file.weights[1].values == (("staff",), ("autonomy", "cost"))
    assert case.file.weights[0].elicited.on == dt.date(2016, 4, 12)
    assert case.judgements == ()


def test_what_a_case_leaves_out_has_a_plain_default(write: Callable[..., Path], base: KnowledgeBase) -> None:
    file = read_case(write(), base).file
    assert (file.illustrative, file.who_counts, file.least_full_members) == (False, "group", 2)
    assert (file.why, file.non_negotiables, file.recommendation) == ((), (), None)
    assert (file.money.years, file.money.cost_in_score) == (None, True)


def test_what_a_case_says_of_a_school_is_kept(write: Callable[..., Path], base: KnowledgeBase) -> None:
    school, plain, _ = read_case(write((INFANT, EVERY_KEY_OF_A_SCHOOL)), base).file.schools
    assert school.model_fields_set == set(School.model_fields)
    assert (school.form, school.diocese_policy, school.balance) == ("federated", "majority_only", -12000.5)
    assert school.joins_later == {"new_mat": dt.date(2018, 9, 1), "federation": dt.date(2017, 9, 1)}
    assert (plain.form, plain.joins_later, plain.diocese_policy, plain.balance) == ("alone", None, None, None)


def test_a_school_may_join_later_on_one_day_whatever_the_option(write: Callable[..., Path], base: KnowledgeBase) -> None:
    file = read_case(write(("budget: 1180000", "budget: 1180000, joins_later: 2018-09-01")), base).file
    assert file.schools[0].joins_later == dt.date(2018, 9, 1)


def test_what_a_case_says_of_an_option_is_kept(write: Callable[..., Path], base: KnowledgeBase) -> None:
    plain, _, option = read_case(write((NEW_MAT, EVERY_KEY_OF_AN_OPTION)), base).options
    assert option.model_fields_set == set(type(option).model_fields)
    assert (option.in_a_sentence, option.articles, option.members_today, option.ranked) == (
        "our trust",
        "no_church",
        ("Secondary C",),
        False,
    )
    assert (plain.in_a_sentence, plain.articles, plain.members_today, plain.ranked) == (None, None, (), None)


def test_a_case_counts_for_its_own_day_and_else_for_today(write: Callable[..., Path], base: KnowledgeBase) -> None:
    today = dt.date(2026, 11, 21)
    assert read_case(write(), base).as_of(today) == dt.date(2016, 4, 15)
    assert read_case(write(("as_of: 2016-04-15\n", "")), base).as_of(today) == today


def test_pairs_trade_offs_rules_and_a_second_weighing_are_read_as_they_were_written(
    write: Callable[..., Path], base: KnowledgeBase
) -> None:
    pairs = "pairs\n    values: [{more: autonomy, than: staff, times: 3}, {more: staff, than: cost}]"
    again = "    again:\n      method: trade_offs\n      values: [{more: staff, than: cost, times: 0.8}]\n"
    again += "      elicited: {on: 2016-05-01, how: questions, people: 12}\n    use: second\n"
    case = read_case(
        write(
            ("swing\n    values: {autonomy: 90, staff: 60, cost: 0}", pairs),
            ("people: 14}\n", f"people: 14}}\n{again}"),
            ("method: ranking\n", "method: ranking\n    by: rank_sum\n"),
        ),
        base,
    )
    governors, staff = case.file.weights
    assert [(one.more, one.than, one.times) for one in governors.values] == [("autonomy", "staff", 3), ("staff", "cost", 1)]
    assert governors.again is not None
    assert [(one.more, one.than, one.times) for one in governors.again.values] == [("staff", "cost", 0.8)]
    assert (governors.use, governors.again.elicited.people, staff.by) == ("second", 12, "rank_sum")


def test_nobody_has_to_have_weighed(write: Callable[..., Path], base: KnowledgeBase) -> None:
    weights = CASE[CASE.index("weights:") :]
    assert read_case(write((weights, "")), base).file.weights == ()


def test_a_folder_is_named_whole_wherever_one_stands(
    write: Callable[..., Path], base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write()
    monkeypatch.chdir(folder)
    assert read_case(type(folder)(), base).name == "three-schools"


# Nothing else can happen


def variants(text: str) -> list[str]:
    """The text with each of its lines left out, doubled, or given an odd value."""
    lines = text.split("\n")
    found = []
    for index, line in enumerate(lines):
        before, after = lines[:index], lines[index + 1 :]
        start = re.match(r" *(?:- )?(?:\w+: )?", line)
        assert start
        found += [[*before, *after], [*before, line, line, *after]]
        found += [[*before, start[0] + odd, *after] for odd in ODD]
    return ["\n".join(one) for one in found]


def test_a_case_with_any_line_spoilt_is_read_or_refused_and_nothing_else_happens(tmp_path: Path, base: KnowledgeBase) -> None:
    (tmp_path / "case.yaml").write_text(EVERY_KEY, encoding="utf-8")
    assert set(CaseFile.model_fields) == set(read_case(tmp_path, base).file.model_fields_set)
    refused = 0
    for number, one in enumerate(variants(EVERY_KEY)):
        (tmp_path / "case.yaml").write_text(one, encoding="utf-8")
        try:
            read_case(tmp_path, base)
        except FaultsError as error:
            refused += 1
            assert error.faults, number  # noqa: PT017 - some variants are in order
    assert refused > 700
