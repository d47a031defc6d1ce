"""A case: what is kept of it, what is refused, and that nothing else can happen."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.errors import FaultsError
from partnership_model.knowledge.cases import CaseFile, School, read_case
from tests.knowledge.record_making import EVERY_KEY_OF_A_RECORD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase

CASE = """\
title: Three schools
decision: How should we work together?
decides: Each governing body decides for its own school.
status: exploring
as_of: 2016-04-15
schools:
  - {name: Infant A, category: community, phase: primary, pupils: 270, budget: 1180000}
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
INFANT = "{name: Infant A, category: community, phase: primary, pupils: 270, budget: 1180000}"
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
recommendation:
  says: We recommend to wait.
  conditions: [All agree.]
  dissent: [One does not.]
"""
    + EVERY_KEY_OF_A_RECORD
)
HEADING = "option,criterion,low,likely,high,evidence,note\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a case with changes: the words to replace, the new words."""

    def at(*changes: tuple[str, str], judgements: str | None = None) -> Path:
        text = CASE
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
            text = text.replace(old, new)
        folder = tmp_path / "three-schools"
        folder.mkdir(exist_ok=True)
        (folder / "case.yaml").write_text(text, encoding="utf-8")
        if judgements is not None:
            (folder / "judgements.csv").write_text(judgements, encoding="utf-8")
        return folder

    return at


def messages(folder: Path, base: KnowledgeBase) -> list[str]:
    """All faults of a case."""
    with pytest.raises(FaultsError, match=r"\d+ faults? found\.$") as error:
        read_case(folder, base)
    return [str(fault) for fault in error.value.faults]


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


# Judgements


def test_a_row_with_figures_changes_a_judgement_and_a_row_without_confirms_it(write: Callable[..., Path], base: KnowledgeBase) -> None:
    rows = "new_mat,staff,10,30,60,D,We asked.\nfederation,staff,,,,B,We agree.\n\nstay,cost,-50,0,250,C,Our bursar.\n"
    found = read_case(write(judgements=HEADING + rows), base).judgements
    assert [(one.option, one.criterion, one.evidence, one.note) for one in found] == [
        ("new_mat", "staff", "D", "We asked."),
        ("federation", "staff", "B", "We agree."),
        ("stay", "cost", "C", "Our bursar."),
    ]
    assert found[0].amount is not None
    assert (found[0].amount.low, found[0].amount.likely, found[0].amount.high) == (10, 30, 60)
    assert found[1].amount is None
    assert found[2].amount is not None


def test_the_anchors_themselves_are_inside(write: Callable[..., Path], base: KnowledgeBase) -> None:
    least, most = sorted((base.criteria["cost"].scale.worst, base.criteria["cost"].scale.best))
    rows = f"stay,staff,0,0,0,A,x\nfederation,staff,100,100,100,A,x\nnew_mat,cost,{least},{most},{most},A,x\n"
    assert len(read_case(write(judgements=HEADING + rows), base).judgements) == 3


@pytest.mark.parametrize("figure", ["nan", "inf", "-inf", "1e999", "ten", "1,5", "0x10", "--5", "5%"])
def test_a_judgement_is_a_number_on_the_scale(figure: str, write: Callable[..., Path], base: KnowledgeBase) -> None:
    rows = f'new_mat,staff,"{figure}",100,100,D,x\n'
    assert [one.split(": ")[:2] for one in messages(write(judgements=HEADING + rows), base)] == [["judgements.csv:2", "low"]]


def test_a_criterion_of_the_base_that_the_case_left_out_cannot_be_judged(write: Callable[..., Path], base: KnowledgeBase) -> None:
    (message,) = messages(write(judgements=HEADING + "stay,resilience,1,2,3,A,x\n"), base)
    assert '"resilience" is not a criterion of this case' in message


def test_each_wrong_row_is_reported_and_all_wrong_cells_of_it(write: Callable[..., Path], base: KnowledgeBase) -> None:
    rows = "stya,staff,1,2,3,A,x\nstay,staff,3,2,1,Z,\nstay,cost,0,0,9999,A,x\n"
    found = [re.split(r": ", one)[:2] for one in messages(write(judgements=HEADING + rows), base)]
    assert found == [
        ["judgements.csv:2", "option"],
        ["judgements.csv:3", "evidence"],
        ["judgements.csv:3", "low"],
        ["judgements.csv:3", "note"],
        ["judgements.csv:4", "high"],
    ]


def test_judgements_are_checked_even_where_the_case_itself_is_faulty(write: Callable[..., Path], base: KnowledgeBase) -> None:
    folder = write(("status: exploring", "status: thinking"), judgements=HEADING + "stay,staff,1,2,300,A,x\n")
    assert [one.split(": ")[0] for one in messages(folder, base)] == ["case.yaml:4", "judgements.csv:2"]


def test_a_column_more_says_how_figures_spread_and_rows_may_leave_it_empty(write: Callable[..., Path], base: KnowledgeBase) -> None:
    heading = HEADING.replace("note", "note,spread")
    rows = "stay,staff,10,40,60,A,x,\nfederation,staff,10,,60,A,x,even\nnew_mat,staff,,,,A,x,20: 30; 80: 70\nstay,autonomy,,,,B,x,\n"
    found = read_case(write(judgements=heading + rows), base).judgements
    assert [one.shape for one in found] == ["triangle", "even", "outcomes", "triangle"]
    assert [one.amount.likely if one.amount else None for one in found] == [40, 35, 62, None]
    assert found[2].outcomes == ((20, 0.3), (80, 0.7))


def test_a_heading_without_rows_is_no_judgement(write: Callable[..., Path], base: KnowledgeBase) -> None:
    assert read_case(write(judgements=HEADING), base).judgements == ()


# What is refused (one file a fault in bad_data/; here what has no row there)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("pupils: 270", "pupils: 270.5", 7, "pupils"),
        ("pupils: 270", "pupils: '270'", 7, "pupils"),
        ("pupils: 270", "pupils: 10001", 7, "10000"),
        ("budget: 1180000", "budget: 0", 7, "budget"),
        ("budget: 1180000", "budget: .inf", 7, "expected a number"),
        ("budget: 1180000", "budget: 100000001", 7, "100000000"),
        ("phase: secondary", "phase: tertiary", 9, "secondary"),
        ("role: invited", "role: guest", 9, "invited"),
        ("role: invited", "joins_later: 2016-09-31", 9, "date that exists"),
        ("category: foundation,", "category: foundation, form: in_mat,", 8, 'cannot be "in_mat"; it can be alone, federated, with_trust'),
        ("budget: 1180000", "budget: 1180000, balance: lots", 7, "expected a number"),
        ("budget: 1180000", "budget: 1180000, balance: 100000001", 7, "100000000"),
        ("budget: 1180000", "budget: 1180000, joins_later: [2018-09-01]", 7, "joins_later"),
        ("named: Secondary C}", "ranked: yes}", 10, "true or false"),
        ("named: Secondary C}", "members_today: Infant A}", 10, "expected a list"),
        ("named: Secondary C}", "members_today: [Infant A, Junior C]}", 10, 'Did you mean "Junior B"?'),
        ("title: Three schools", "title: ''", 1, "title"),
        ("title: Three schools", "title: " + "x" * 121, 1, "120"),
        ("people: 14", "people: 0", 16, "people"),
        ("on: 2016-04-12", "on: 2016-04-31", 16, "date that exists"),
        ("method: swing", "method: swng", 14, "swing"),
        ("method: ranking", "method: points", 17, "a number for each criterion"),
        ("[autonomy, cost]]", "[autonomy]]", 19, '"cost"'),
        ("[staff, [autonomy, cost]]", "[]", 19, '"cost"'),
        ("group: Staff", "group: Governors", 17, "twice"),
        ("status: exploring", "status: exploring\nmoney: {years: 0}", 5, "years"),
        ("status: exploring", "status: exploring\nmoney: {cost_in_scor: true}", 5, 'Did you mean "cost_in_score"?'),
        ("status: exploring", "status: exploring\nleast_full_members: 0", 5, "least_full_members"),
        ("status: exploring", "status: exploring\nwho_counts: pupils", 5, "person"),
        ("status: exploring", "status: exploring\nrecommendation: {say: x, says: y}", 5, 'Did you mean "says"?'),
        ("status: exploring", "status: exploring\nillustrative: yes", 5, "illustrative"),
        ("status: exploring", "status: exploring\naims: [{says: x, source: sourc_001}]", 5, "is not a source"),
        ("options: [stay,", "options: [stay, 5,", 10, "options.1"),
        ("as_of: 2016-04-15", "as_of: 2003-08-31", 10, '"federation" did not exist'),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_case_is_said_with_its_line(  # noqa: PLR0913, PLR0917 - a row of a table
    old: str, new: str, line: int, words: str, write: Callable[..., Path], base: KnowledgeBase
) -> None:
    found = messages(write((old, new)), base)
    assert any(one.startswith(f"case.yaml:{line}: ") and words in one for one in found), found


def test_one_slip_of_the_pen_gets_one_message(write: Callable[..., Path], base: KnowledgeBase) -> None:
    for old, new in [("pupils: 270", "pupils: many"), ("people: 14", "people: some"), ("[stay,", "[stay, 5,")]:
        assert len(messages(write((old, new)), base)) == 1


def test_a_ranking_that_forgets_a_criterion_is_not_told_to_write_a_zero(write: Callable[..., Path], base: KnowledgeBase) -> None:
    (message,) = messages(write(("[staff, [autonomy, cost]]", "[staff, autonomy]")), base)
    assert '"cost"' in message
    assert "write 0" not in message


def test_options_that_do_not_exist_yet_are_refused_only_for_a_day_of_their_own(write: Callable[..., Path], base: KnowledgeBase) -> None:
    assert len(messages(write(("2016-04-15", "2003-08-31")), base)) == 2
    assert read_case(write(("as_of: 2016-04-15\n", "")), base)


# Large files


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count among how many known names the nearest is looked for, each time."""
    counts: list[int] = []
    real = difflib.get_close_matches

    def counting(word: str, names: list[str], n: int, cutoff: float) -> list[str]:
        counts.append(len(names))
        return real(word, names, n, cutoff)

    monkeypatch.setattr(difflib, "get_close_matches", counting)
    return counts


SCHOOL = "  - {{name: School {}, category: community, phase: primary, pupils: 270, budget: 1180000}}\n"


@pytest.mark.parametrize(
    "changes",
    [
        (("named: Secondary C}", f"members_today: [{', '.join(f'Scool {one}' for one in range(5000))}]}}"),),
        (
            ("options: [stay,", "".join(SCHOOL.format(one) for one in range(2000)) + "options: [stay,"),
            ("named: Secondary C}", f"members_today: [{', '.join(f'Scool {one}' for one in range(5000))}]}}"),
        ),
        (("[stay, federation,", f"[stay, federation, {', '.join(f'federaton{one}' for one in range(5000))},"),),
        (("[autonomy, staff, cost]\nweights", f"[autonomy, staff, cost, {', '.join(f'staf{one}' for one in range(5000))}]\nweights"),),
        (("{autonomy: 90,", "{" + ", ".join(f"staf{one}: 1" for one in range(5000)) + ", autonomy: 90,"),),
        (("status: exploring", "status: exploring\naims:\n" + "  - {says: x, source: sourc_001}\n" * 5000),),
        (
            (
                "status: exploring",
                "status: exploring\nnon_negotiables:\n" + "  - {id: a, says: x, attribute: leave_desider, accept: [x]}\n" * 5000,
            ),
        ),
    ],
    ids=["members", "members and schools", "options", "criteria", "weights", "sources", "non-negotiables"],
)
def test_thousands_of_wrong_names_are_refused_without_looking_for_the_nearest_of_each(
    changes: tuple[tuple[str, str], ...], write: Callable[..., Path], base: KnowledgeBase, searched: list[int]
) -> None:
    assert messages(write(*changes), base)
    assert 0 < len(searched) <= 3 * 100, "so many for the names that are meant, for the faults, and for the judgements"
    assert max(searched) <= 500


def test_thousands_of_wrong_judgements_are_refused_without_looking_for_the_nearest_of_each(
    write: Callable[..., Path], base: KnowledgeBase, searched: list[int]
) -> None:
    rows = "".join(f"federaton{one},staff,1,2,3,C,Why.\n" for one in range(5000))
    found = messages(write(judgements=HEADING + rows), base)
    assert len(found) == 5000
    assert 'Did you mean "federation"?' in found[0]
    assert "Known: federation, new_mat, stay." in found[-1]
    assert len(searched) == 100


@pytest.mark.parametrize(
    ("old", "new", "line", "most"),
    [
        ("named: Secondary C}", f"members_today: [{'Infant A, ' * 201}]}}", 10, 200),
        ("options: [stay,", f"options: [{'stay, ' * 50}", 10, 50),
        ("criteria: [autonomy,", f"criteria: [{'autonomy, ' * 101}", 11, 100),
    ],
)
def test_a_list_has_so_many_entries_and_no_more(  # noqa: PLR0913, PLR0917 - a row of a table
    old: str, new: str, line: int, most: int, write: Callable[..., Path], base: KnowledgeBase
) -> None:
    found = messages(write((old, new)), base)
    assert [one for one in found if one.startswith(f"case.yaml:{line}: ") and f"expected at most {most} entries" in one], found[-3:]


@pytest.mark.parametrize(
    ("category", "refused"),
    [
        ("community", True),
        ("community_special", True),
        ("maintained_nursery", True),
        ("pupil_referral_unit", True),
        ("voluntary_aided", False),
        ("voluntary_controlled", False),
        ("foundation", False),
        ("foundation_special", False),
        ("academy", False),
        ("special_academy", False),
    ],
)
def test_a_diocese_has_a_policy_only_on_schools_that_may_be_its_own(
    category: str,
    refused: bool,  # noqa: FBT001
    write: Callable[..., Path],
    base: KnowledgeBase,
) -> None:
    folder = write(("category: community,", f"category: {category}, diocese_policy: any,"))
    if refused:
        (found,) = messages(folder, base)
        assert found.startswith("case.yaml:7: schools.0.diocese_policy: ")
    else:
        assert read_case(folder, base).file.schools[0].diocese_policy == "any"


def test_control_characters_stay_out_of_a_case(write: Callable[..., Path], base: KnowledgeBase) -> None:
    (message,) = messages(write(("title: Three schools", r'title: "Three\0 schools"')), base)
    assert message.startswith("case.yaml:1: ")


# Nothing else can happen

ODD = (
    "", "null", "5", "-1", "[]", "{}", "[[]]", "{a: b}", "text", r'"\0"', ".nan", "1e999", "true", "[null]",
    "2016-13-01", "*x", "&x 1", "!!set {a}", "? x", "9" * 30, "'", "[{}]", "[[[5]]]", "{option: {}}",
)  # fmt: skip


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


@pytest.mark.parametrize("odd", [*ODD, "a,b", '"', '"a', "\r", "=1+1", "\u00e9", "9" * 5000])
def test_a_judgement_with_any_cell_spoilt_is_read_or_refused_and_nothing_else_happens(
    odd: str, write: Callable[..., Path], base: KnowledgeBase
) -> None:
    row = ["new_mat", "staff", "10", "30", "60", "D", "We asked."]
    for index in range(len(row)):
        cells: list[Any] = [*row]
        cells[index] = odd
        for text in (HEADING + ",".join(cells) + "\n", ",".join(cells) + "\n" + ",".join(row) + "\n"):
            try:
                read_case(write(judgements=text), base)
            except FaultsError as error:
                assert error.faults  # noqa: PT017 - some variants are in order
