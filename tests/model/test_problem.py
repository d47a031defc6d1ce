"""The decision problem: a case joined with the facts of its day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from partnership_model.errors import PartnershipError
from partnership_model.knowledge.cases import CaseJudgement
from partnership_model.model.problem import DecisionProblem, build_problem
from partnership_model.model.weights import from_points
from tests.making import (
    DAY,
    make_case,
    make_cost,
    make_criterion,
    make_gate,
    make_group,
    make_judgement,
    make_knowledge,
    make_problem,
    make_range,
    make_school,
)

ASSUMED = {("federation", "autonomy"): (40, 60, 70), ("stay", "autonomy"): (90, 100, 100)}
TABLE = {"stay": [90, 0, 40], "federation": [70, 20, 60], "new_mat": [20, 40, 80]}
NAMED = {"autonomy": make_criterion(), "cost": make_cost(), "staff": make_criterion()}
OUT_OF_SCORE = {"cost_in_score": False}


def weighed(**weights: float) -> dict[str, object]:
    """Give the weights of one group as a change of a case."""
    return {"weights": (make_group(values=weights),)}


def built(judgements: tuple[CaseJudgement, ...] = (), facts=None, **changes) -> DecisionProblem:  # noqa: ANN001, ANN003
    """Join a case with knowledge."""
    return build_problem(make_case(judgements, **changes), make_knowledge(facts, assumptions=ASSUMED))


# Judgements


def test_a_missing_judgement_is_a_range_and_never_a_zero() -> None:
    found = built().judgements["new_mat", "autonomy"]
    assert found.amount == make_range((0, 50, 100))
    assert (found.origin, found.grade, found.confirmed) == ("missing", "", False)


def test_a_missing_judgement_on_a_scale_that_falls_is_the_whole_scale_too() -> None:
    criteria = {"effort": make_criterion(24, 0), "cost": make_cost()}
    problem = build_problem(make_case(criteria=("effort", "cost")), make_knowledge(criteria=criteria))
    assert problem.judgements["stay", "effort"].amount == make_range((0, 12, 24))
    assert problem.judgements["stay", "cost"].amount == make_range((-50, 100, 250))


def test_a_starting_assumption_is_used_and_is_not_the_groups_until_somebody_looks() -> None:
    found = built().judgements["federation", "autonomy"]
    assert found.amount == make_range((40, 60, 70))
    assert (found.origin, found.grade, found.confirmed) == ("starting", "B", False)
    assert found.evidence == ("fact:staff_transfer",)


def test_the_groups_own_figures_replace_a_starting_assumption() -> None:
    own = CaseJudgement("federation", "autonomy", make_range((10, 20, 30)), "D", "We know better.")
    found = built((own,)).judgements["federation", "autonomy"]
    assert found.amount == make_range((10, 20, 30))
    assert (found.origin, found.grade, found.confirmed, found.reasoning) == ("group", "D", True, "We know better.")


def test_a_starting_assumption_that_the_group_looked_at_keeps_its_figures_and_says_why() -> None:
    looked = CaseJudgement("federation", "autonomy", None, "B", "Agreed on 3 May.")
    found = built((looked,)).judgements["federation", "autonomy"]
    assert found.amount == make_range((40, 60, 70))
    assert (found.origin, found.confirmed) == ("starting", True)
    assert found.reasoning == "It usually is so. The group looked at it: Agreed on 3 May."


def test_the_groups_own_figures_keep_how_they_spread() -> None:
    pairs = ((20.0, 0.3), (80.0, 0.7))
    own = CaseJudgement("federation", "autonomy", make_range((20, 62, 80)), "D", "It is one or the other.", "outcomes", pairs)
    found = built((own,)).judgements["federation", "autonomy"]
    assert (found.shape, found.outcomes, found.amount) == ("outcomes", pairs, make_range((20, 62, 80)))
    assert built().judgements["federation", "autonomy"].shape == "triangle"


def test_a_judgement_says_whom_to_ask_about_the_facts_it_rests_on_and_keeps_that_when_the_group_judges() -> None:
    assert built().judgements["federation", "autonomy"].ask == ("the diocese",)
    assert built().judgements["federation", "cost"].ask == ("the diocese",)
    own = CaseJudgement("federation", "autonomy", make_range((10, 20, 30)), "D", "We know better.")
    assert built((own,)).judgements["federation", "autonomy"].ask == ("the diocese",)
    assert built().judgements["new_mat", "autonomy"].ask == ()  # nobody has judged it, and no fact is behind it


def test_getting_out_again_says_whom_to_ask_about_the_exit_facts() -> None:
    case = make_case(criteria=("reversibility",))
    problem = build_problem(case, make_knowledge(criteria={"reversibility": make_criterion(derived="exit")}))
    assert problem.judgements["federation", "reversibility"].ask == ("the diocese",)


def test_cost_is_computed_from_the_money_table() -> None:
    """£100,000 over 5 years and 200 pupils in each school is £100 a pupil and year."""
    found = built(facts={("set_up_cost", "federation"): (50_000, 100_000, 150_000)})
    assert found.judgements["federation", "cost"].amount == make_range((50, 100, 150))
    assert found.judgements["federation", "cost"].origin == "computed"
    assert found.option("federation").money.group == make_range((50, 100, 150))
    assert found.judgements["stay", "cost"].amount == make_range(0)


def test_a_cost_beyond_the_anchors_is_held_at_the_anchor_and_says_so() -> None:
    found = built(facts={("running_cost", "federation"): (100, 200, 900)}).judgements["federation", "cost"]
    assert found.amount == make_range((100, 200, 250))
    assert found.reasoning == "Added up. What lies beyond the anchors is held at the anchor."


def test_a_money_fact_that_nobody_knows_is_a_range_and_never_a_zero() -> None:
    found = built(facts={("running_cost", "federation"): None}).judgements["federation", "cost"]
    assert found.amount.low < found.amount.high


def test_the_cost_of_an_option_that_no_school_can_take_is_not_nought() -> None:
    found = built(facts={("eligibility", "federation"): "not_open"}).judgements["federation", "cost"]
    assert found.amount.low < found.amount.high


def test_the_years_of_the_case_come_before_those_of_the_rule() -> None:
    facts = {("set_up_cost", "federation"): 100_000}
    assert built(facts=facts).option("federation").money.years == 5
    found = built(facts=facts, money={"years": 10})
    assert found.judgements["federation", "cost"].amount == make_range(50)


def test_getting_out_again_is_computed_from_the_exit_facts() -> None:
    criteria = {"reversibility": make_criterion(derived="exit")}
    case = make_case(criteria=("reversibility",))
    problem = build_problem(case, make_knowledge(criteria=criteria, moves={("federation", "stay"): True}))
    found = problem.judgements["federation", "reversibility"]
    assert (found.amount.low, found.amount.likely, found.amount.high) == pytest.approx((70, 76, 80))
    assert found.origin == "computed"


def test_every_option_has_a_judgement_on_every_criterion() -> None:
    assert set(built().judgements) == {(option, name) for option in ("stay", "federation", "new_mat") for name in ("autonomy", "cost")}


def test_judgements_in_use_that_nobody_has_looked_at_are_counted_without_closed_options() -> None:
    looked = CaseJudgement("stay", "autonomy", None, "B", "Agreed.")
    found = built((looked,), facts={("eligibility", "new_mat"): "not_open"})
    cells = [(one.option, one.criterion) for one in found.unconfirmed]
    assert cells == [("stay", "cost"), ("federation", "autonomy"), ("federation", "cost")]


# Options


def test_only_the_schools_that_decide_are_screened() -> None:
    schools = (make_school("Infant A"), make_school("Junior B"), make_school("Secondary F", "academy", role="invited"))
    found = built(facts={("eligibility", "federation", "academy"): "not_open"}, schools=schools)
    assert [one.school for one in found.option("federation").screening.schools] == ["Infant A", "Junior B"]
    assert found.option("federation").status == "open"


def test_a_closed_option_stays_in_sight_and_is_not_ranked() -> None:
    found = built(facts={("eligibility", "federation"): "not_open"})
    assert [one.key for one in found.options] == ["stay", "federation", "new_mat"]
    assert [one.key for one in found.ranked_options] == ["stay", "new_mat"]


def test_an_option_on_which_a_gate_cannot_be_decided_is_unknown_and_still_ranked() -> None:
    facts = {("leave_decider", "federation"): "unknown", ("leave_decider", "new_mat"): "others"}
    found = built(facts=facts, non_negotiables=(make_gate(),))
    assert [one.status for one in found.options] == ["open", "unknown", "closed"]
    assert [one.key for one in found.ranked_options] == ["stay", "federation"]


def test_the_case_says_how_many_full_members_an_option_needs() -> None:
    assert built(least_full_members=3).option("federation").status == "closed"
    assert built(least_full_members=3).option("stay").status == "open"


def test_an_option_goes_by_the_name_that_the_group_uses() -> None:
    found = built(options=("stay", {"option": "new_mat", "label": "A new MAT led by Hinchley Wood"}))
    assert [one.label for one in found.options] == ["Stay", "A new MAT led by Hinchley Wood"]
    assert [one.in_a_sentence for one in found.options] == ["stay", "a new MAT led by Hinchley Wood"]


def test_a_name_that_starts_with_an_acronym_keeps_its_capitals_in_a_sentence() -> None:
    found = built(options=("stay", {"option": "new_mat", "label": "MAT led by Hinchley Wood"}))
    assert found.option("new_mat").in_a_sentence == "MAT led by Hinchley Wood"


def test_an_option_that_does_not_exist_on_the_day_is_refused_by_name() -> None:
    with pytest.raises(PartnershipError, match=r"do not exist on 2016-04-15: la_trust"):
        built(options=("stay", "la_trust"))


def test_an_option_whose_last_day_is_past_is_refused() -> None:
    knowledge = make_knowledge()
    ended = knowledge.base.options["new_mat"].model_copy(update={"last_day": dt.date(2016, 4, 14)})
    base = replace(knowledge.base, options={**knowledge.base.options, "new_mat": ended})
    with pytest.raises(PartnershipError, match=r"do not exist on 2016-04-15: new_mat"):
        build_problem(make_case(), base.on(DAY))
    assert build_problem(make_case(), base.on(dt.date(2016, 4, 14))).day == dt.date(2016, 4, 14)


# What is only shown

FOUR = ("stay", "federation", "new_mat", "la_trust")


def shown_problem(*options: object, **changes: object) -> DecisionProblem:
    """Join a case that has an option without rules of its own with knowledge."""
    return build_problem(make_case(options=options or FOUR, **changes), make_knowledge(options=FOUR, assumptions=ASSUMED))


def test_an_option_without_rules_yet_is_shown_and_never_ranked() -> None:
    found = shown_problem()
    assert [one.key for one in found.options] == list(FOUR)
    assert [one.key for one in found.options if one.shown_only] == ["la_trust"]
    assert [one.key for one in found.ranked_options] == ["stay", "federation", "new_mat"]
    assert found.option("la_trust").status == "open"
    assert not found.option("la_trust").ranked


def test_what_is_only_shown_has_screening_money_and_a_way_out_like_the_others() -> None:
    found = shown_problem().option("la_trust")
    assert [one.membership for one in found.screening.schools] == ["full", "full"]
    assert set(found.money.by_school) == {"Infant A", "Junior B"}
    assert set(found.way_out.facts) == {"Infant A", "Junior B"}


def test_judgements_on_what_is_only_shown_are_not_in_use() -> None:
    assert "la_trust" not in {one.option for one in shown_problem().unconfirmed}


def test_a_case_may_opt_in_and_then_it_is_ranked() -> None:
    found = shown_problem("stay", "federation", {"option": "la_trust", "ranked": True})
    assert [one.key for one in found.ranked_options] == ["stay", "federation", "la_trust"]
    assert "la_trust" in {one.option for one in found.unconfirmed}


def test_a_case_may_show_any_option_without_ranking_it() -> None:
    found = shown_problem("stay", {"option": "federation", "ranked": False}, "new_mat")
    assert [one.key for one in found.ranked_options] == ["stay", "new_mat"]
    assert found.option("federation").shown_only


def test_what_is_ranked_and_closed_is_not_ranked_all_the_same() -> None:
    knowledge = make_knowledge({("eligibility", "la_trust"): "not_open"}, options=FOUR)
    found = build_problem(make_case(options=("stay", {"option": "la_trust", "ranked": True})), knowledge)
    assert (found.option("la_trust").status, found.option("la_trust").shown_only) == ("closed", False)
    assert [one.key for one in found.ranked_options] == ["stay"]


# What the case says of its schools and options


def test_the_members_of_today_that_the_case_names_are_screened_as_members() -> None:
    options = ("stay", {"option": "federation", "members_today": ("Infant A", "Junior B")})
    found = built(facts={("eligibility", "federation"): "not_open"}, options=options)
    assert found.option("federation").status == "open"
    assert built(facts={("eligibility", "federation"): "not_open"}, options=("stay", "federation")).option("federation").status == "closed"


def test_the_articles_of_a_trust_are_held_against_the_policy_of_a_diocese() -> None:
    schools = (make_school("Infant A"), make_school("Church C", "foundation", diocese_policy="majority_only"))
    found = built(schools=schools, options=("stay", {"option": "new_mat", "articles": "church_minority"}, "federation"))
    assert [one.status for one in found.options] == ["open", "closed", "open"]


def test_money_gates_and_the_way_out_use_what_a_school_is_today() -> None:
    facts = {
        ("running_cost", "federation", "community", "federated"): 30, ("leave_decider", "federation", "community", "federated"): "others",
    }  # fmt: skip
    schools = (make_school("Infant A"), make_school("Junior B", form="federated"))
    knowledge = make_knowledge(facts, forms={"community": ("alone", "federated")})
    found = build_problem(make_case(schools=schools, non_negotiables=(make_gate(),)), knowledge).option("federation")
    assert {name: amount.likely for name, amount in found.money.by_school.items()} == {"Infant A": 0, "Junior B": 30}
    assert [school for school, _ in found.gates[0].failed] == ["Junior B"]
    assert found.way_out.facts["Junior B"][0].key == "leave_decider/federation/community/federated"


# Weights


def test_while_nobody_has_weighed_there_are_no_weights() -> None:
    found = built()
    assert found.weights is None
    assert found.group_weights == {}


def test_each_group_keeps_its_own_weights_beside_the_combined_ones() -> None:
    groups = (
        make_group("Governors", {"autonomy": 60, "cost": 40}),
        make_group("Staff", ("cost", "autonomy"), method="ranking"),
    )
    found = built(weights=groups)
    assert found.weights is not None
    assert found.weights.shares == pytest.approx({"autonomy": 0.425, "cost": 0.575})
    assert found.group_weights["Governors"].shares == pytest.approx({"autonomy": 0.6, "cost": 0.4})
    assert found.group_weights["Staff"].shares == pytest.approx({"autonomy": 0.25, "cost": 0.75})


def test_the_case_says_whether_persons_or_groups_count() -> None:
    """(10 x 0.6 + 30 x 0.2) / 40 = 0.3."""
    groups = (
        make_group("Governors", {"autonomy": 60, "cost": 40}, people=10),
        make_group("Staff", {"autonomy": 20, "cost": 80}, people=30),
    )
    by_person = built(weights=groups, who_counts="person").weights
    by_group = built(weights=groups, who_counts="group").weights
    assert by_person is not None
    assert by_group is not None
    assert by_person.shares["autonomy"] == pytest.approx(0.3)
    assert by_group.shares["autonomy"] == pytest.approx(0.4)


def test_one_switch_takes_cost_outside_the_score_and_leaves_the_money_table() -> None:
    facts = {("set_up_cost", "federation"): 100_000}
    found = built(facts=facts, money=OUT_OF_SCORE, **weighed(autonomy=30, cost=70))
    assert list(found.criteria) == ["autonomy"]
    assert {name for _, name in found.judgements} == {"autonomy"}
    assert found.weights is not None
    assert found.weights.shares == {"autonomy": 1}
    assert found.group_weights["Governors"].shares == {"autonomy": 1}
    assert found.option("federation").money.group.likely == pytest.approx(100)


def test_where_only_cost_had_weight_nobody_has_weighed_what_is_left() -> None:
    found = built(money=OUT_OF_SCORE, **weighed(autonomy=0, cost=70))
    assert found.weights is None
    assert found.group_weights == {}


def test_a_judgement_on_cost_is_left_aside_while_cost_is_outside_the_score() -> None:
    own = CaseJudgement("federation", "cost", make_range(10), "D", "Our bursar's figure.")
    assert ("federation", "cost") not in built((own,), money=OUT_OF_SCORE).judgements
    assert built((own,)).judgements["federation", "cost"].amount == make_range(10)


# Changes


def test_with_weights_gives_another_problem_and_leaves_the_first_as_it_was() -> None:
    problem = make_problem(TABLE, criteria=NAMED)
    weights = from_points({"autonomy": 1, "cost": 0, "staff": 0}, "one governor")
    assert problem.with_weights(weights).weights == weights
    assert problem.with_weights(None).weights is None
    assert problem.weights is not None
    assert problem.weights.said == "governors"


def test_with_judgement_replaces_one_cell_and_leaves_the_first_as_it_was() -> None:
    problem = make_problem(TABLE, criteria=NAMED)
    changed = problem.with_judgement(make_judgement("stay", "cost", (-50, 0, 250)))
    assert changed.judgements["stay", "cost"].amount == make_range((-50, 0, 250))
    assert problem.judgements["stay", "cost"].amount == make_range(0)
    assert {cell for cell in TABLE_CELLS if changed.judgements[cell] != problem.judgements[cell]} == {("stay", "cost")}


TABLE_CELLS = [(option, name) for option in TABLE for name in NAMED]


@pytest.mark.parametrize("figures", [(-50.1, 0, 10), (0, 10, 250.1)])
def test_a_judgement_outside_its_anchors_is_refused(figures: tuple[float, float, float]) -> None:
    problem = make_problem(TABLE, criteria=NAMED)
    with pytest.raises(PartnershipError, match=r"A criterion runs from -50 to 250"):
        problem.with_judgement(make_judgement("stay", "cost", figures))


def test_without_criterion_takes_out_its_judgements_and_shares_out_its_weight() -> None:
    """Weights of 0.5, 0.3 and 0.2 without the 0.3 become 5/7 and 2/7."""
    found = make_problem(TABLE, (100, 60, 40), NAMED).without_criterion("cost")
    assert list(found.criteria) == ["autonomy", "staff"]
    assert {name for _, name in found.judgements} == {"autonomy", "staff"}
    assert found.weights is not None
    assert found.weights.shares == pytest.approx({"autonomy": 5 / 7, "staff": 2 / 7})


def test_without_criterion_takes_it_out_of_each_groups_weights_too() -> None:
    found = make_problem(TABLE, (100, 60, 40), NAMED).without_criterion("cost")
    assert found.group_weights["governors"].shares == pytest.approx({"autonomy": 5 / 7, "staff": 2 / 7})


def test_without_criterion_gives_what_the_cost_switch_of_the_case_gives() -> None:
    groups = weighed(autonomy=30, cost=70)
    switched, taken_out = built(money=OUT_OF_SCORE, **groups), built(**groups).without_criterion("cost")
    assert taken_out.criteria == switched.criteria
    assert taken_out.judgements == switched.judgements
    assert taken_out.weights == switched.weights


def test_without_the_one_criterion_that_counts_nobody_has_weighed() -> None:
    assert make_problem(TABLE, (0, 60, 0), NAMED).without_criterion("cost").weights is None


def test_without_criterion_before_anybody_has_weighed_leaves_it_so() -> None:
    found = make_problem(TABLE, None, NAMED).without_criterion("cost")
    assert found.weights is None
    assert list(found.criteria) == ["autonomy", "staff"]


def test_without_a_criterion_that_is_not_there_changes_nothing() -> None:
    problem = make_problem(TABLE, (100, 60, 40), NAMED)
    assert problem.without_criterion("resilience") == problem
