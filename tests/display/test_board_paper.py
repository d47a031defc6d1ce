"""The board paper: what it says, what it leaves to the case's own words, and that nothing is cut without a word."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.display import words
from partnership_model.display.blocks import Bullets, Heading, Paragraph, Stamp, Table
from partnership_model.display.board_paper import FACTS, changed, some
from partnership_model.knowledge.cases import Recommendation
from partnership_model.knowledge.editions import public_edition
from partnership_model.knowledge.resolutions import Resolution
from tests.display.test_notebook import EMBER, closed, ember, unlooked, unweighed

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.display.blocks import Block
    from partnership_model.display.notebook import AppraisalRun

ASKED = Resolution(
    body="governing_body",
    says="That we propose a co-operative trust.",
    state="asked",
    on=dt.date(2016, 5, 10),
    quorum="Half of us",
    audience="public",
)
RUNS: dict[str, Callable[..., AppraisalRun]] = {"weighed": ember, "unweighed": unweighed, "withheld": unlooked, "closed": closed}


def paper(run: AppraisalRun) -> list[Block]:
    """Give the blocks of the paper."""
    return run.board_paper().blocks


def text_of(run: AppraisalRun) -> str:
    """Read the paper as one text."""
    parts: list[str] = []
    for block in paper(run):
        match block:
            case Heading() | Paragraph() | Stamp():
                parts.append(block.text)
            case Bullets():
                parts += block.items
            case Table():
                parts += [block.caption, *block.columns, *(str(cell) for row in block.rows for cell in row)]
    return "\n".join(parts)


def table_of(run: AppraisalRun, caption: str) -> Table:
    """Find a table by how its caption begins."""
    return next(block for block in paper(run) if isinstance(block, Table) and block.caption.startswith(caption))


def headings(run: AppraisalRun) -> list[str]:
    """Give the headings in their order."""
    return [block.text for block in paper(run) if isinstance(block, Heading)]


def test_it_asks_in_the_order_of_a_meeting() -> None:
    run = ember()
    assert headings(run) == [
        "The Ember schools, spring 2016",
        "What is asked",
        "Why now",
        "The options, and what each would change",
        words.headline(run.appraisal),
        (
            "From an umbrella trust, a new MAT led by Secondary F and joining an established multi-academy trust no way back to a "
            "council-maintained school was found"
        ),
        "Risks",
        "What others said",
        "What each body has to resolve",
        "The recommendation",
    ]


def test_each_option_is_told_by_six_facts_and_what_does_not_change_is_as_today() -> None:
    table = table_of(ember(), "Six facts")
    assert len(FACTS) == 6
    assert table.columns == ("Option", *FACTS.values())
    rows = {str(row[0]): row[1:] for row in table.rows}
    assert rows["Collaborative partnership"] == (*["As today"] * 5, "Our own governing body")
    assert rows["Co-operative trust"][1] == "Our own governing body (community); as today (others)"
    assert rows["A new MAT led by Secondary F"][1] == "The academy trust"


def test_a_kind_of_school_without_a_place_is_named_beside_the_option_and_not_in_its_facts() -> None:
    run = ember(
        schools=tuple(one.model_copy(update={"category": "academy"}) if one.name == "Primary D" else one for one in EMBER.file.schools)
    )
    rows = {str(row[0]): row[1:] for row in table_of(run, "Six facts").rows}
    federation = next(name for name in rows if name.startswith("Council-maintained federation"))
    assert federation == "Council-maintained federation (not for: academy)"
    assert all("Not open" not in str(cell) for cell in rows[federation])


def test_every_fact_is_that_of_the_knowledge_base() -> None:
    run = ember()
    federation = run.appraisal.problem.option("federation")
    for name in FACTS:
        said = changed(name, federation, run.case, run.knowledge)
        answers = {run.knowledge.fact(name, "federation", one.category, one.form).answer.lower() for one in run.case.members}
        assert any(answer in said.lower() for answer in answers) or said == "As today", name


def test_the_numbers_are_those_of_the_report() -> None:
    run = ember()
    in_report = next(block for block in run.summary().blocks if isinstance(block, Table))
    in_paper = table_of(run, "What follows, and how sure")
    assert [row[: len(in_report.columns)] for row in in_paper.rows] == [tuple(row) for row in in_report.rows]


@pytest.mark.parametrize("state", RUNS)
def test_it_never_recommends_what_the_case_does_not(state: str) -> None:
    run = RUNS[state]()
    assert "Not given. A recommendation is the group's own; the workbook never writes one." in text_of(run)
    own = Recommendation(says="We would go on with the trust.", conditions=("The council agrees.",), dissent=())
    said = text_of(RUNS[state](recommendation=own))
    assert "We would go on with the trust.\nConditions: The council agrees.\nDissent: none" in said


def test_what_the_case_lacks_is_said_in_its_place() -> None:
    text = text_of(ember(why=()))
    for missing in (
        "does not say why the group is asking",
        "gives no risks",
        "what others were asked",
        "The case gives no day of a meeting",
    ):
        assert missing in text


def test_the_day_of_the_meeting_is_that_for_which_a_resolution_is_asked_and_the_paper_goes_out_seven_days_ahead() -> None:
    text = text_of(ember(resolutions=(ASKED,)))
    assert "A paper for governors who meet on 10 May 2016, to go out by 3 May 2016, seven days ahead." in text


def test_each_body_stands_with_its_resolution_and_its_state_and_a_forgotten_one_is_named() -> None:
    run = ember(resolutions=(ASKED,))
    rows = {str(row[0]): row[1:] for row in table_of(run, "Each body").rows}
    assert rows["The governing bodies"] == (
        "All but Secondary F",
        "Every one but staying",
        "“That we propose a co-operative trust.” Asked for 10 May 2016 (quorum: Half of us).",
    )
    assert rows["The diocese or religious body"] == (
        "Primary E",
        "All but a collaborative partnership and a co-operative trust",
        "Not in the case",
    )
    assert "The case says nothing of a resolution by the academy trust's board, the school's trustees, the diocese" in text_of(run)


@pytest.mark.parametrize(
    ("state", "on", "says"),
    [
        ("not_asked", None, "Its wording is not given. Not yet asked."),
        ("passed", dt.date(2016, 3, 1), "Its wording is not given. Passed on 1 March 2016."),
        ("refused", dt.date(2016, 3, 1), "Its wording is not given. Refused on 1 March 2016."),
    ],
)
def test_each_state_is_said_in_words(state: Any, on: dt.date | None, says: str) -> None:  # noqa: ANN401 - one of the states
    run = ember(resolutions=(Resolution(body="diocese", state=state, on=on),))
    assert says in text_of(run)


def test_a_list_that_is_too_long_says_how_many_more_there_are() -> None:
    assert some("abcde").items == tuple("abcde")
    assert some("abcdefg").items == ("a", "b", "c", "d", "And 3 more, in the report.")


def test_the_public_edition_shows_no_item_that_is_for_governors() -> None:
    secret = Resolution(body="diocese", says="Keep this quiet.", state="not_asked")
    own = Recommendation(says="Quietly go on.")
    run = ember(resolutions=(secret, ASKED), recommendation=own)
    run.case = public_edition(run.case)
    text = text_of(run)
    assert "uiet" not in text
    assert "That we propose a co-operative trust." in text
    assert "Public edition" in text
    assert "Nothing on this is in the public edition" in text


@pytest.mark.parametrize("state", ["unweighed", "withheld", "closed"])
def test_where_nothing_is_put_in_order_the_paper_has_none(state: str) -> None:
    run = RUNS[state]()
    follows = table_of(run, "What follows, and how sure")
    assert "Comes first in" not in follows.columns
    assert "comes first" not in text_of(run)


def test_where_no_option_is_left_nobody_has_to_resolve() -> None:
    assert "No option that is left needs anybody to resolve." in text_of(closed())
