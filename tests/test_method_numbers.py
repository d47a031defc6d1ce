"""For each part of the method a number that a reader finds on the screen and in the report is confirmed another way.

The other way uses nothing of the package's analysis: draws with numpy's own generators, a linear programme of scipy, the
published formulas. It begins from the judgements and weights that the report itself prints in full in `result.json`.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.optimize import linprog

from partnership_model.model.value_functions import value_of
from tests.display.page_reading import STATES, found_in, read
from tests.display.section_reading import table
from tests.display.test_notebook import blocks_of, ember

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.display.notebook import AppraisalRun
    from partnership_model.model.problem import DecisionProblem
    from tests.display.test_blocks import Reader

DRAWS = 200_000
ROUNDED = 0.5 + 4 * 100 * 0.5 / 300  # a whole number, and four standard errors of two samples of at least 90,000


@pytest.fixture(scope="module")
def run() -> AppraisalRun:
    """Open the example with the number of draws that people get."""
    return ember()


@pytest.fixture(scope="module")
def page() -> Reader:
    """Read the dashboard's step How sure, with the case's own weights in use."""
    return read(STATES["ranked"], "how_sure")


def problem() -> DecisionProblem:
    return found_in(STATES["ranked"]).problem


def likely() -> NDArray[np.float64]:
    """Give the likely values, options x criteria, straight from the judgements."""
    asked = problem()
    return np.array(
        [
            [float(value_of(asked.criteria[name], [asked.judgements[option.key, name].amount.likely])[0]) for name in asked.criteria]
            for option in asked.ranked_options
        ]
    )


def weights() -> NDArray[np.float64]:
    asked = problem().weights
    assert asked is not None
    return np.array(list(asked.shares.values()))


def labels() -> list[str]:
    return [option.label for option in problem().ranked_options]


def both(run: AppraisalRun, page: Reader, caption: str) -> list[list[str]]:
    """Give a table's rows, which are the same on the screen and in the report."""
    rows = [list(map(str, row)) for row in table(blocks_of(run, "how_sure", "annex"), caption).rows]
    assert page.rows(caption)[1:] == rows
    return rows


def drawn_weights(rng: np.random.Generator, *, ordered: bool) -> NDArray[np.float64]:
    drawn = rng.dirichlet(np.ones(len(weights())), DRAWS)
    if ordered:
        falling = np.sort(drawn, axis=1)[:, ::-1]
        drawn = np.empty_like(falling)
        drawn[:, np.argsort(-weights(), kind="stable")] = falling
    return drawn


def drawn_values(rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw every judgement from its triangle: draws x options x criteria."""
    asked = problem()
    found = np.empty((DRAWS, *likely().shape))
    for (row, option), (column, name) in itertools.product(enumerate(asked.ranked_options), enumerate(asked.criteria)):
        amount = asked.judgements[option.key, name].amount
        same = amount.low == amount.high
        raw = np.full(DRAWS, amount.likely) if same else rng.triangular(amount.low, amount.likely, amount.high, DRAWS)
        found[:, row, column] = value_of(asked.criteria[name], raw)
    return found


def test_robustness_first_places_agree_with_a_textbook_sample(run: AppraisalRun, page: Reader) -> None:
    rng = np.random.default_rng(1)
    totals = np.einsum("sk,sok->so", drawn_weights(rng, ordered=True), drawn_values(rng))
    shares = 100 * np.bincount(totals.argmax(axis=1), minlength=len(labels())) / DRAWS
    expected = dict(zip(labels(), shares, strict=True))
    in_report = {row[0]: row[1] for row in table(blocks_of(run, "how_sure"), "How often each option takes each place").rows}
    for label, *places in page.rows("How often each option takes each place")[1:]:
        assert counted(places[0]) == pytest.approx(expected[label], abs=ROUNDED)
        assert str(in_report[label]) == places[0]


def test_without_chance_pairs_and_first_places_agree_with_a_textbook_sample(run: AppraisalRun, page: Reader) -> None:
    totals = drawn_weights(np.random.default_rng(2), ordered=False) @ likely().T
    first = 100 * np.bincount(totals.argmax(axis=1), minlength=len(labels())) / DRAWS
    ahead = 100 * (totals[:, :, None] > totals[:, None, :]).mean(axis=0)
    for row in both(run, page, "Of 100 possible weightings, how many put each option at each place"):
        assert counted(row[1]) == pytest.approx(first[labels().index(row[0])], abs=ROUNDED)
    order = [row[0] for row in both(run, page, "Of 100 possible weightings, how many put one option ahead of another")]
    for row in both(run, page, "Of 100 possible weightings, how many put one option ahead of another"):
        for other, cell in zip(order, row[1:], strict=True):
            if cell:
                assert counted(cell) == pytest.approx(ahead[labels().index(row[0]), labels().index(other)], abs=ROUNDED)


def counted(cell: str) -> float:
    """Read a share of 100 as it is printed."""
    return {"under 1": 0.5, "over 99": 99.5}.get(cell) or float(cell)


def test_what_would_change_it_the_smallest_move_of_weights_is_that_of_a_linear_programme(run: AppraisalRun, page: Reader) -> None:
    values, now = likely(), weights()
    for label, points, *_ in both(run, page, "The smallest move of weights that puts each other option first"):
        row = labels().index(label)
        leads = np.delete(values[row] - values, row, axis=0)
        found = linprog(
            np.ones(2 * len(now)),
            A_ub=np.hstack([-leads, leads]),
            b_ub=leads @ now,
            A_eq=np.concatenate([np.ones(len(now)), -np.ones(len(now))])[None],
            b_eq=[0],
            bounds=[(0, None)] * len(now) + [(0, weight) for weight in now],
        )
        assert (found.status == 0) == points.isdigit()
        if found.status == 0:
            assert int(points) == int(np.floor(100 * found.fun / 2 + 0.5))


def test_what_to_find_out_next_the_worth_of_the_first_judgement_agrees_with_a_sample(run: AppraisalRun, page: Reader) -> None:
    said = both(run, page, "Judgements that finding out could be worth something, most first")[0]
    asked = problem()
    values = drawn_values(np.random.default_rng(3))
    means = (values.mean(axis=0) * weights()).sum(axis=1)
    row = labels().index(said[0])
    column = [criterion.label for criterion in asked.criteria.values()].index(said[1])
    known = means[row] + weights()[column] * (values[:, row, column] - values[:, row, column].mean())
    rest = np.delete(means, row).max()
    worth = np.maximum(known, rest).mean() - max(means[row], rest)
    entry = run.result().data["how_sure"]["information"]["judgements"][0]
    assert (entry["option"], entry["criterion"]) == (asked.ranked_options[row].key, list(asked.criteria)[column])
    assert entry["points"] == pytest.approx(worth, abs=0.03)
    assert int(said[3]) == int(np.floor(worth + 0.5))


def test_what_matters_weights_of_an_order_are_those_of_the_published_formula(run: AppraisalRun) -> None:
    """Barron and Barrett 1996: of n criteria the k-th gets (1/k + ... + 1/n) / n; those that tie share."""
    rows = table(blocks_of(run, "what_matters"), "What staff said, beside the weights").rows
    centroid = [sum(1 / place for place in range(k, 9)) / 8 for k in range(1, 9)]
    shared = (centroid[3] + centroid[4]) / 2
    expected = [*centroid[:3], shared, shared, *centroid[5:]]
    found = sorted((int(re.findall(r"\d+", str(row[-1]))[-1]) for row in rows), reverse=True)
    assert found == [int(np.floor(100 * share + 0.5)) for share in expected]


def test_other_methods_the_places_by_weighted_product_are_those_of_the_formula(run: AppraisalRun) -> None:
    """Each value to the power of its weight, multiplied: Bridgman 1922, as Triantaphyllou 2000 restates it."""
    products = np.exp((np.log(np.maximum(likely(), 1e-300)) * weights()).sum(axis=1))
    order = (-products).argsort().argsort() + 1
    shown: Any = table(blocks_of(run, "annex"), "Place of each option, here and by other methods")
    column = list(shown.columns).index("Weighted product")
    assert {row[0]: re.sub(r"\D", "", str(row[column])) for row in shown.rows} == {
        label: str(place) for label, place in zip(labels(), order, strict=True)
    }
