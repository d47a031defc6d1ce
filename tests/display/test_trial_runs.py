"""A trial is the case with one thing otherwise: read as strictly, and the case stays as it is."""

from __future__ import annotations

import pytest

from partnership_model.display.blocks import Heading
from partnership_model.display.notebook import open_appraisal
from partnership_model.display.trial_runs import changes, with_judgement, with_weights
from partnership_model.errors import FaultsError, PartnershipError
from tests.display.test_notebook import ember

POINTS = {"autonomy": 10, "cost": 25, "reversibility": 10, "school_improvement": 5, "staff": 5, "community_voice": 5, "resilience": 5}


def test_other_weights_are_used_in_place_of_the_groups_and_nothing_else_differs() -> None:
    run = ember()
    trial = with_weights(run, POINTS | {"effort_of_change": 35}, "Ours")
    weights = trial.appraisal.problem.weights
    assert weights is not None
    assert {name: round(share * 100) for name, share in weights.shares.items()} == POINTS | {"effort_of_change": 35}
    assert trial.case.file.weights == run.case.file.weights
    assert trial.run_data()["input_hash"] != run.run_data()["input_hash"]
    assert run.appraisal.leaders != trial.appraisal.leaders == ("stay",)
    assert open_appraisal("ember-2016", samples=1).appraisal.leaders == run.appraisal.leaders


def test_another_judgement_replaces_one_row_with_its_reason() -> None:
    trial = with_judgement(ember(), "stay", "school_improvement", 45, 60, 75, "=We saw it.")
    one = trial.appraisal.problem.judgements["stay", "school_improvement"]
    assert (one.amount.low, one.amount.likely, one.amount.high, one.reasoning) == (45, 60, 75, "'=We saw it.")
    assert len(trial.case.judgements) == len(ember().case.judgements)


def test_what_a_trial_changes_is_said_below_the_headings_of_the_notebook() -> None:
    run = ember()
    shown = changes(run, with_judgement(run, "stay", "school_improvement", 45, 60, 75, "We saw it.")).blocks
    assert {one.level for one in shown if isinstance(one, Heading)} == {3}
    assert isinstance(shown[0], Heading)
    assert shown[0].text.endswith("to Stay as we are")


def test_a_trial_is_read_as_strictly_as_a_case() -> None:
    with pytest.raises(FaultsError, match=r'"costs" is not a criterion of this case. Did you mean "cost"\?'):
        with_weights(ember(), {"costs": 1})
    with pytest.raises(FaultsError, match="a weight cannot be negative"):
        with_weights(ember(), {"cost": -1})
    with pytest.raises(FaultsError, match="expected low <= likely <= high"):
        with_judgement(ember(), "stay", "staff", 3, 2, 1, "So.")
    with pytest.raises(FaultsError, match='"stayy" is not an option of this case'):
        with_judgement(ember(), "stayy", "staff", 1, 2, 3, "So.")


def test_a_public_edition_cannot_be_tried_otherwise() -> None:
    public = open_appraisal("ember-2016", samples=1, edition="public")
    with pytest.raises(PartnershipError, match="Open the governors' edition"):
        with_weights(public, POINTS)
