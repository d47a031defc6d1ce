"""What is refused in a case, with its line (here what has no folder in `bad_data/`), and how much of anything is too much."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import pytest

from partnership_model.knowledge.cases import read_case
from tests.knowledge.three_schools import HEADING, messages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase


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
