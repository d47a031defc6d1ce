"""Money in pounds: what each school pays, the group's sum, discounting, break-even, and cost beside score."""

from __future__ import annotations

import pytest

from partnership_model.display import cash_parts, cash_words
from partnership_model.display.blocks import Figure
from partnership_model.display.cash_words import paid_off
from partnership_model.knowledge.cases import Money
from partnership_model.knowledge.schema import Range
from partnership_model.model.cash import Cash
from tests.display.complete_case import COMPLETE, changed, run_of
from tests.display.section_reading import table, tables_of, text_of
from tests.display.test_notebook import BASE, ember, unweighed

GROUP, SCHOOLS, BESIDE = "The group: cash", "Each school: cash", "Cost over 5 years"


def test_the_sums_of_the_schools_add_up_to_the_groups() -> None:
    blocks = ember().what_follows().blocks
    group, schools = table(blocks, GROUP), table(blocks, SCHOOLS)
    assert group.columns[1:] == schools.columns[2:]
    assert group.rows[0] == ("Stay as we are", 0, 0, 0, 0, "no more and no less", "nothing to pay back")
    for row in group.rows[1:]:
        each = [one[2:] for one in schools.rows if one[0] == row[0]]
        assert len(each) == 5
        for place in range(4):
            assert row[1 + place] == pytest.approx(sum(one[place] for one in each), abs=3)  # type: ignore[misc]


def test_years_and_sum_of_one_school_by_hand() -> None:
    """Joining a federation: £2,000 once and £27 a pupil saved each year, for 270 pupils."""
    rows = table(ember().what_follows().blocks, SCHOOLS).rows
    row = next(one for one in rows if one[:2] == ("Council-maintained federation", "Infant A"))
    yearly = -27 * 270
    assert row[2:5] == (2000, yearly, 2000 + 5 * yearly)
    assert row[5] == round(2000 + yearly * (1 + 1 / 1.035 + 1 / 1.035**2 + 1 / 1.035**3 + 1 / 1.035**4))
    assert row[7] == "in year 1 (at best: in year 1; at worst: never)"


def test_the_rate_and_the_uplift_that_the_sums_rest_on_are_said() -> None:
    assert "Costs are not raised for optimism" in text_of(ember().what_follows().blocks)
    said = text_of(run_of().what_follows().blocks)
    assert "Discounted at 3.5% a year from the second year on, as the Treasury Green Book has it (memory)." in said
    assert "Costs here are raised by 20% for optimism, as the case says; the scores rest on costs that are not raised." in said


def test_an_uplift_makes_no_option_cheaper() -> None:
    plain = run_of(changed(money=Money()))
    raised = run_of()
    for option in raised.appraisal.problem.options:
        one, other = (cash_words.of_group(run.case, option) for run in (plain, raised))
        assert one
        assert other
        assert other.over().likely >= one.over().likely
    assert raised.appraisal.overall == plain.appraisal.overall


def test_before_the_treasury_had_a_rate_nothing_is_discounted() -> None:
    early = BASE.on(COMPLETE.file.as_of.replace(year=2003, month=1))  # type: ignore[union-attr]
    assert cash_words.rate(early) is None
    data = cash_parts.data(COMPLETE, run_of().appraisal, early)
    assert data["discount_rate"] is None
    assert all(one["group"]["discounted"] is None for one in data["options"])
    blocks = cash_parts.part(COMPLETE, run_of().appraisal, early)
    assert {row[4] for row in table(blocks, GROUP).rows} == {"not known"}


def test_the_same_figures_stand_in_the_result() -> None:
    run = ember()
    data = run.result().data["cash"]
    rows = {row[0]: row for row in table(run.what_follows().blocks, GROUP).rows}
    for one in data["options"]:
        row = rows[run.appraisal.problem.option(one["id"]).label]
        sums = [round(one["group"][key]["likely"]) for key in ("once", "yearly", "total", "discounted")]
        assert sums == pytest.approx(list(row[1:5]), abs=1)


def test_cost_stands_beside_worth_without_cost_and_what_is_beaten_is_named() -> None:
    run = ember()
    blocks = run.what_follows().blocks
    rows = table(blocks, BESIDE).rows
    assert [str(row[0])[:2] for row in rows] == ["A.", "B.", "C.", "D.", "E.", "F.", "G."]
    mat = next(row for row in rows if "A new MAT" in str(row[0]))
    assert "Stay as we are" in str(mat[3])
    (figure,) = [one for one in blocks if isinstance(one, Figure) and one.title.startswith("Cost beside")]
    assert "F, A new MAT led by Secondary F: costs £1,031,875, worth 42" in figure.alternative
    assert [one for one in unweighed().what_follows().blocks if isinstance(one, Figure)] == []


@pytest.mark.parametrize(
    ("once", "yearly", "says"),
    [
        ((0, 0, 0), (0, 0, 0), "nothing to pay back"),
        ((1000, 1000, 1000), (-500, -500, -500), "in year 2"),
        ((-1000, -1000, -1000), (0, 0, 0), "from the start"),
        ((-1000, -1000, -1000), (600, 600, 600), "ahead at the start, behind from year 2"),
        ((500, 500, 500), (10, 10, 10), "never"),
        ((0, 500, 900), (-500, -100, 50), "in year 5 (at best: from the start; at worst: never)"),
    ],
)
def test_when_an_option_has_paid_for_itself_is_said(once: tuple[int, ...], yearly: tuple[int, ...], says: str) -> None:
    ranges = [Range(low=one[0], likely=one[1], high=one[2]) for one in (once, yearly)]
    assert paid_off(Cash(*ranges)) == says


def test_an_option_with_a_cost_that_nobody_knows_says_so_everywhere() -> None:
    run = run_of()
    option = run.appraisal.problem.options[1]
    line = option.money.lines[0]
    fact = line.facts[0].__class__(**{**vars(line.facts[0]), "amount": None, "code": "unknown"})
    money = option.money.__class__(**{**vars(option.money), "lines": (line.__class__(**{**vars(line), "facts": (fact,)}),)})
    unknown = option.__class__(**{**vars(option), "money": money})
    assert cash_words.of_group(run.case, unknown) is None
    assert cash_words.in_short(run.case, unknown, run.knowledge) == "not known"


def test_a_case_whose_only_option_is_to_stay_has_a_report_too() -> None:
    stay = tuple(option for option in COMPLETE.options if option.option == "stay")
    record = COMPLETE.file.appraisal.model_copy(update={"shortlist": None, "risks": None, "consultation": None, "policy_scenarios": None})
    run = run_of(changed(options=stay, appraisal=record))
    blocks = [*run.what_follows().blocks, *run.shortlist().blocks, *run.summary().blocks, *run.annex().blocks]
    assert [one.caption for one in tables_of(blocks) if not one.rows] == []
    assert not any(one.caption.startswith("Each school: cash") for one in tables_of(blocks))
