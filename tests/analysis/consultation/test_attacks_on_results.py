"""The attacks on what a report prints: weights, ranks and support of every group and of all, as they stand in the record."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from partnership_model.analysis.consultation.coarsening import FULL, Protection
from partnership_model.analysis.consultation.release import release
from partnership_model.analysis.consultation.results import results_of
from partnership_model.knowledge.consultation.ballots import SUPPORTS, Ballot
from partnership_model.knowledge.consultation.plan import ConsultedGroup
from tests import consultation_making as making
from tests.analysis.consultation import attacks

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUPS = ("Staff", "Parents", "Governors")
CRITERIA = ("a", "b", "c")
QUESTIONS = making.questions(CRITERIA, ("stay", "new_mat"), [ConsultedGroup(group=name) for name in GROUPS], ("Ash", "Elm"))
ONLY_SMALL_HIDDEN = Protection(secondary=False)


def record(ballots: list[Ballot], protection: Protection = FULL) -> Mapping[str, Any]:
    """Give what a report prints, as JSON holds it."""
    found = results_of(QUESTIONS, release(ballots, QUESTIONS, protection=protection), resamples=10)
    weights = {name: asdict(one) for name, one in found.by_group.items()}
    together = asdict(found.together) if found.together else None
    schools = {name: asdict(one) for name, one in found.by_school.items()}
    printed: dict[str, Any] = {"by_group": weights, "by_school": schools}
    printed |= {"together": together, "takes_in": found.takes_in, "support": [asdict(one) for one in found.support]}
    return json.loads(json.dumps({"questions": QUESTIONS.model_dump(mode="json"), **printed}))


def hall(seed: int, size: int) -> list[Ballot]:
    """Draw a hall: groups of all sizes, some who leave out a question or would rather not say who they are."""
    draw = np.random.default_rng(seed)
    shares, schools = draw.dirichlet(np.ones(4)), draw.dirichlet(np.ones(3))
    opinion = draw.dirichlet(np.ones(5))
    return [
        Ballot(
            str(draw.choice([*GROUPS, ""], p=shares)),
            str(draw.choice(["Ash", "Elm", ""], p=schools)),
            "session",
            {str(name): place for place, name in enumerate(draw.permutation(CRITERIA), 1)} if draw.random() < 0.8 else {},
            {},
            {option: SUPPORTS[int(draw.choice(5, p=opinion))] for option in ("stay", "new_mat") if draw.random() < 0.8},
        )
        for _ in range(size)
    ]


def found_in(ballots: list[Ballot], protection: Protection = FULL) -> list[attacks.Found]:
    """Run every attack on a record."""
    printed = record(ballots, protection)
    tables = attacks.record_tables(printed)
    came: dict[tuple[str, str], int] = {}
    for ballot in ballots:
        if ballot.places:
            came[ballot.group, ballot.school] = came.get((ballot.group, ballot.school), 0) + 1
    return [
        *attacks.small_tables(tables),
        *attacks.totals_minus_parts(tables),
        *attacks.margins(tables, came),
        *attacks.counts_of_support(printed),
    ]


def test_three_governors_are_found_in_a_report_that_hides_only_what_is_small() -> None:
    ballots = [making.order("a", "b", "c", group="Staff", school="Ash") for _ in range(9)]
    ballots += [making.order("c", "b", "a", group="Governors", school="Ash") for _ in range(3)]
    assert 3 in {one.size for one in found_in(ballots, ONLY_SMALL_HIDDEN)}
    assert not found_in(ballots)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(0, 60))
@example(5275, 19)  # one group took in a few on one question, and another on the next
def test_nobody_is_found_in_what_a_report_prints(seed: int, size: int) -> None:
    assert not found_in(hall(seed, size))


def test_the_same_attacks_find_somebody_in_most_halls_when_only_the_small_are_hidden() -> None:
    found = [bool(found_in(hall(seed, 40), ONLY_SMALL_HIDDEN)) for seed in range(30)]
    assert sum(found) >= 10
