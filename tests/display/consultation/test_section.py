"""The section of a consultation: its blocks, whatever was answered, wide and narrow."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.consultation.release import release
from partnership_model.analysis.consultation.results import ConsultationResults, results_of
from partnership_model.analysis.consultation.themes import CodedComment, ThemeCount
from partnership_model.display.blocks import Bullets, Figure, Heading, Paragraph, Stamp, Table, html
from partnership_model.display.consultation.section import comments, consultation_section
from partnership_model.knowledge.consultation.ballots import SUPPORTS, Ballot
from partnership_model.knowledge.consultation.plan import ConsultedGroup
from tests.consultation_making import CRITERIA, OPTIONS, ballots, order, questions
from tests.making import make_criterion, make_problem, pure

if TYPE_CHECKING:
    from partnership_model.display.blocks import Block

GROUPS = (
    ConsultedGroup.model_validate({"group": "Staff", "invited": {"Infant A": 20, "Junior B": 20}}),
    ConsultedGroup.model_validate({"group": "Parents", "invited": {"Infant A": 10, "Junior B": 5}}),
    ConsultedGroup.model_validate({"group": "Neighbours", "invited": 30}),
)
WIDTHS = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])


def said() -> list[Ballot]:
    """Two opposed groups, of which one answered more often than it was invited, and two neighbours."""
    levels = {"stay": SUPPORTS, "federation": ("for", "against"), "new_mat": ("against",)}
    found = [order("a", "b", "c", "d", school="Infant A") for _ in range(10)]
    found += [order("d", "c", "b", group="Parents", school="Junior B") for _ in range(20)]
    found += [order("a", "d", group="Neighbours") for _ in range(2)]
    return [
        Ballot(one.group, one.school, one.channel, one.places, {}, {name: of[at % len(of)] for name, of in levels.items()})
        for at, one in enumerate(found)
    ]


def results(these: list[Ballot] | None = None, **more: Any) -> ConsultationResults:  # noqa: ANN401
    """Work out results, with a case whose options are scored."""
    asked = questions(**{"options": OPTIONS, "groups": GROUPS, "option_order": True} | more)
    criteria = {name: make_criterion(label=name.capitalize()) for name in (*CRITERIA, "e")}
    problem = make_problem({"stay": (90, 0, 0, 0, 0), "federation": (0, 0, 0, 90, 0)}, (1,) * 5, criteria)
    themes = [CodedComment("Staff", ("money",))] * 6 + [CodedComment("Parents", ("travel",))] * 3
    return results_of(asked, release(said() if these is None else these, asked), problem, themes, ("money", "travel"), resamples=50)


@pytest.fixture(scope="module")
def found() -> ConsultationResults:
    """The same results for all that only look."""
    return results()


def texts(blocks: list[Block]) -> list[str]:
    """Give every sentence."""
    return [
        text
        for block in blocks
        for text in (block.items if isinstance(block, Bullets) else [block.text] if isinstance(block, Paragraph | Heading | Stamp) else [])
    ]


def table(blocks: list[Block], caption: str) -> Table:
    """Give the table whose caption begins so."""
    return next(block for block in blocks if isinstance(block, Table) and block.caption.startswith(caption))


def test_it_says_first_how_many_answered_and_that_this_was_no_vote(found: ConsultationResults) -> None:
    first = texts(consultation_section(found))[:5]
    assert first[:4] == [
        "What people told us",
        "illustrative",
        "32 of 85 people invited answered, 38 in 100.",
        "They were asked: What matters to you?",
    ]
    assert first[4].startswith("This was no vote. Each governing body decides. What is written here is evidence for a consultation")
    assert "it is not that consultation itself" in first[4]


def test_every_group_stands_with_n_of_n_its_unit_and_what_cannot_be(found: ConsultationResults) -> None:
    lines = next(block for block in consultation_section(found) if isinstance(block, Bullets)).items
    assert lines[0] == "Staff: 10 of 40 people invited, 25 in 100."
    # The two neighbours count with the parents, so that nobody can work out what they said.
    assert lines[1] == "Parents, with the few who named another group, or none: 22 answers; 15 people were invited."
    assert lines[2] == "Neighbours: fewer than five answered. 30 people were invited."
    over = next(block for block in consultation_section(results(said()[:30])) if isinstance(block, Bullets)).items
    assert over[1].endswith("133 in 100. That is more than were invited: somebody answered twice, or the number of those invited is wrong.")


def test_opposed_groups_are_the_finding_and_not_that_nobody_agrees(found: ConsultationResults) -> None:
    blocks = consultation_section(found)
    titles = [block.title for block in blocks if isinstance(block, Figure)]
    assert titles[:2] == [
        "What matters most to staff: A; to parents: D",
        "Staff and parents each agree among themselves, and put things in opposite orders",
    ]
    assert any(text.endswith("groups agree each among themselves and oppose each other (Staff and parents).") for text in texts(blocks))
    assert table(blocks, "How alike").rows == (("Staff and parents", "-1.00"),)


def test_the_tables_have_the_weights_with_their_intervals_and_sum_to_100(found: ConsultationResults) -> None:
    weights = table(consultation_section(found), "What matters to whom")
    assert weights.columns == ("Criterion", "Staff", "Parents", "Everybody")
    assert [row[1] for row in sorted(weights.rows)] == ["52 (52 to 52)", "27 (27 to 27)", "15 (15 to 15)", "6 (6 to 6)"]
    for column in range(1, 4):
        assert sum(int(str(row[column]).split(" ", maxsplit=1)[0]) for row in weights.rows) == 100


def test_who_has_a_voice_is_said_to_change_the_answer(found: ConsultationResults) -> None:
    blocks = consultation_section(found)
    assert "Which option leads depends on whether each person or each group has one voice" in texts(blocks)
    assert "One voice for each group (2): stay leads, with an overall value of 28 of 100." in texts(blocks)
    assert "People were not asked about e, so that has no weight in these overall values; in the case it may have." in texts(blocks)
    by = table(blocks, "Weights of 100, by who")
    assert by.columns[1:] == ("One voice for each person", "One voice for each group")


@WIDTHS
def test_every_chart_can_be_drawn_says_its_numbers_in_words_and_stands_before_its_table(
    found: ConsultationResults, *, narrow: bool
) -> None:
    blocks = consultation_section(found, narrow=narrow)
    places = [at for at, block in enumerate(blocks) if isinstance(block, Figure)]
    assert len(places) == 3
    for at in places:
        figure = blocks[at]
        assert isinstance(figure, Figure)
        assert any(isinstance(block, Table) for block in blocks[at + 1 : at + 3])
        drawn = figure.svg()
        width = float(re.search(r'<svg[^>]* width="([\d.]+)"', drawn)[1])  # type: ignore[index]
        assert width <= (330 if narrow else 960)
        for row in figure.spec["data"]["values"]:
            assert re.search(rf"\b{row['said'].split(' ')[0]}\b", figure.alternative)


def test_nothing_is_put_in_order_where_the_case_does_not_ask(found: ConsultationResults) -> None:
    assert any("by three rules" in text for text in texts(consultation_section(found)))
    without = results(option_order=False)
    assert not any("by three rules" in text for text in texts(consultation_section(without)))


def test_a_theme_that_few_spoke_of_has_no_number(found: ConsultationResults) -> None:
    themes = table(consultation_section(found, {"money": "Money"}), "What comments are about, of 9 comments")
    assert [row[:2] for row in themes.rows] == [("Money", "6"), ("travel", "fewer than 5")]


def test_nobody_answered_and_that_is_said() -> None:
    blocks = consultation_section(results([]))
    assert "Fewer than five people answered, so nothing of what they said is shown." in texts(blocks)
    assert not [block for block in blocks if isinstance(block, Figure)]
    assert "Which option leads" not in " ".join(texts(blocks))


def test_names_that_look_like_code_stay_names() -> None:
    groups = [ConsultedGroup(group="<script>alert(1)</script>"), ConsultedGroup(group="__proto__ \\ '\"; {{x}}")]
    these = [order("a", "b", group=groups[at % 2].group) for at in range(12)]
    page = html(consultation_section(results(these, groups=groups)))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_many_groups_stand_in_several_charts() -> None:
    groups = [ConsultedGroup(group=f"Group {at}") for at in range(12)]
    these = [order("abcd"[at % 4], group=groups[at % 12].group) for at in range(72)]
    blocks = consultation_section(results(these, groups=groups))
    titles = [block.title for block in blocks if isinstance(block, Figure)][:3]
    assert titles == [
        "Groups differ in what matters most to them: a, b, c and d",
        "What matters to group 5, group 6, group 7, group 8 and group 9",
        "What matters to group 10, group 11 and everybody",
    ]
    assert max(len(block.columns) for block in blocks if isinstance(block, Table) and "weights of 100" in block.caption) == 6


def test_a_school_whose_groups_have_different_units_says_each_and_has_no_rate_of_the_two_added_up() -> None:
    households = ConsultedGroup.model_validate({"group": "Parents", "unit": "households", "invited": {"Infant A": 1040, "Junior B": 5}})
    these = [order("a", "b", group=name, school="Infant A") for name in ("Staff", "Parents") for _ in range(6)]
    blocks = consultation_section(results(these, groups=(GROUPS[0], households, GROUPS[2])))
    infant, junior = table(blocks, "How many answered, by school").rows
    assert infant == ("Infant A", "Staff and Parents", "12", "20 people; 1,040 households", "no rate: groups have different units")
    assert junior[2:] == (
        "not shown: fewer than five in each group",
        "20 people; 5 households; nobody counted neighbours by school",
        "not shown",
    )
    assert "nan" not in html([block for block in blocks if not isinstance(block, Figure)])


def test_a_group_that_takes_in_a_few_others_has_the_most_that_its_rate_can_be() -> None:
    these = [*(order("a", "b") for _ in range(18)), *(order("a", "d", group="Neighbours") for _ in range(2))]
    lines = next(block for block in consultation_section(results(these)) if isinstance(block, Bullets)).items
    assert lines[0] == "Staff, with the few who named another group, or none: 20 answers; 40 people were invited, so at most 50 in 100."


def test_what_households_sent_is_counted_in_answers_since_one_may_send_several() -> None:
    households = ConsultedGroup.model_validate({"group": "Parents", "unit": "households", "invited": 200})
    these = [order("a", "b", group="Parents") for _ in range(30)]
    blocks = consultation_section(results(these, groups=(households,)))
    assert "30 answers came in; 200 households were invited, so 15 in 100." in texts(blocks)
    assert any(one.startswith("Parents (30 answers): a ") for one in texts(blocks))
    assert "30 households" not in " ".join(texts(blocks))
    figure = next(block for block in blocks if isinstance(block, Figure))
    assert {row["lead"] for row in figure.spec["data"]["values"]} == {"30 answers"}


@pytest.mark.parametrize(
    ("many", "said"), [(9, "clearly ahead of the next (9 answers only), b 27"), (10, "clearly ahead of the next, b 27")]
)
def test_what_few_answers_put_clearly_ahead_says_how_few(many: int, said: str) -> None:
    assert said in " ".join(texts(consultation_section(results([order("a", "b", "c", "d") for _ in range(many)]))))


def test_what_a_few_answers_decide_says_so() -> None:
    these = [*(order("a", "b", "c", "d") for _ in range(6)), *(order("b", "a", "c", "d") for _ in range(5))]
    assert "So near that a few answers decide the order: b (" in " ".join(texts(consultation_section(results(these))))


def test_the_weights_of_those_who_shared_out_points_are_said_to_be_their_points() -> None:
    ordered = [order("a", "b", "c", "d") for _ in range(6)]
    both = [order("a", "b", "c", "d", points={"a": 70, "b": 30}) for _ in range(5)]
    said = " ".join(texts(consultation_section(results([*ordered, *both]))))
    assert "5 of 11 shared out 100 points, and their weights are those points; the weights of the others come from the order" in said
    assert "The ranks and first places above come from the order, or from the points of whoever gave no order." in said
    assert "All 5 shared out 100 points, and their weights are those points. The ranks" in " ".join(
        texts(consultation_section(results(both)))
    )


def test_comments_of_which_few_were_put_under_a_theme_are_not_counted_as_none(found: ConsultationResults) -> None:
    few = replace(found, coded=0, comments=(ThemeCount("money", None, {}),))  # as a record gives it whose number is withheld
    blocks = comments(few, {})
    assert texts(blocks)[0] == "No theme has five comments or more"
    assert table(blocks, "What comments are about, of fewer than 5 comments that were put under a theme")
    assert "Comments that were put under no theme are not among these." in texts(blocks)[1]
    assert texts(comments(found, {}))[0] == "Comments are most often about money: 6 of the 9 comments that were put under a theme"


def test_a_way_of_answering_whose_number_is_not_shown_says_why() -> None:
    ways = ["session"] * 20 + ["paper"] * 3 + ["open_form"] * 6
    these = [Ballot("Staff", "", way, {"a": 1, "b": 2}) for way in ways]  # type: ignore[arg-type]
    said = " ".join(texts(consultation_section(results(these))))
    assert "How the answers came in: at a session 20. How many came by the open form and on paper is not shown, since fewer than" in said


def test_first_places_that_are_not_shown_have_their_reason_below() -> None:
    these = [*(order("a", "b", "c") for _ in range(20)), *(order("b", "a", "c") for _ in range(2))]
    blocks = consultation_section(results(these))
    at = next(at for at, block in enumerate(blocks) if isinstance(block, Table) and block.caption.startswith("First places"))
    assert "not shown" in [cell for row in blocks[at].rows for cell in row]  # type: ignore[union-attr]
    assert blocks[at + 1].text.startswith("Not shown: a number of fewer than 5")  # type: ignore[union-attr]


@pure(25)
@given(st.lists(ballots(), max_size=30), st.booleans())
def test_any_ballots_make_a_section_in_which_nobody_is_counted_alone(these: list[Ballot], narrow: bool) -> None:  # noqa: FBT001 - drawn
    blocks = consultation_section(results(these), narrow=narrow)
    html([block for block in blocks if not isinstance(block, Figure)])
    for block in blocks:
        if isinstance(block, Table) and "support" in block.caption:
            assert not [cell for row in block.rows for cell in row[1:] if isinstance(cell, int) and 0 < cell < 5]
    cells = [str(cell) for block in blocks if isinstance(block, Table) for row in block.rows for cell in row]
    assert not re.search(r"\bNone\b|\bnan\b|<NA>", " ".join([*texts(blocks), *cells]))
