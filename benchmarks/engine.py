"""How fast and how exact the analysis engine is, as ratios of one run: `python benchmarks/engine.py`.

Processor time of one thread, the best of several runs, so that whatever else the machine does counts little; its load is printed.
Nothing is asserted. The textbook way is what a tutorial would write: Dirichlet weights, a product, argsort twice, and means.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before numpy is imported
sys.path.insert(0, str(Path(__file__).parents[1]))  # the makers of the tests make the problems

import numpy as np  # noqa: E402
from scipy.optimize import linprog  # noqa: E402

from partnership_model.analysis.appraisal import appraise  # noqa: E402
from partnership_model.analysis.exact_places import rank_acceptability  # noqa: E402
from partnership_model.analysis.overall import Values, values_of  # noqa: E402
from partnership_model.analysis.robustness import robustness  # noqa: E402
from partnership_model.analysis.smallest_change import smallest_change  # noqa: E402
from partnership_model.display import phrases, robustness_words, words  # noqa: E402
from partnership_model.model.plausible_weights import AnyWeights  # noqa: E402
from partnership_model.model.weights import from_points  # noqa: E402
from tests.making import make_problem  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.analysis.robustness import Robustness
    from partnership_model.model.problem import DecisionProblem

OPTIONS, CRITERIA, SAMPLES = 7, 12, 1_000_000
SEED = 2016
RNG = np.random.default_rng(SEED)


class Row(NamedTuple):
    """One line of the table."""

    work: str
    goal: str
    found: str
    ratio: str


def seconds(work: Callable[[], object], runs: int = 5) -> float:
    """Give the least processor time of some runs."""
    found = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        found.append(time.process_time() - begin)
    return min(found)


def problem(*, certain: bool, criteria: int = CRITERIA) -> DecisionProblem:
    """Make a problem at random, each option with figures from 0 to 100."""
    figures = RNG.integers(0, 101, (OPTIONS, criteria, 3)).tolist()
    rows = [[cell[0] if certain else tuple(sorted(cell)) for cell in row] for row in figures]
    return make_problem({f"option_{place}": row for place, row in enumerate(rows)})


def drawn(one: DecisionProblem, samples: int = SAMPLES) -> Robustness:
    """Draw any weights at all."""
    return robustness(one, AnyWeights(tuple(one.criteria)), samples, SEED)


def textbook(scores: np.ndarray, samples: int = SAMPLES) -> tuple[np.ndarray, np.ndarray]:
    """Draw and rank as a tutorial would."""
    weights = np.random.default_rng(SEED).dirichlet(np.ones(scores.shape[1]), samples)
    totals = weights @ scores.T
    places = (-totals).argsort(axis=1).argsort(axis=1)
    return weights, places


def textbook_results(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[np.ndarray]]:
    """Give what the engine gives, as a tutorial would: places, pairs, and central weights with their standard errors."""
    weights, places = textbook(scores)
    shares = np.stack([(places == place).mean(axis=0) for place in range(len(scores))])
    pairs = (places[:, :, None] < places[:, None, :]).mean(axis=0)
    firsts = [weights[places[:, row] == 0] for row in range(len(scores))]
    central = [np.stack([one.mean(axis=0), one.std(axis=0) / len(one) ** 0.5]) for one in firsts if len(one)]
    return weights, shares, pairs, central


def certain_scores() -> list[Row]:
    """Compare certain scores with the textbook, and with drawing exponentials alone."""
    one = problem(certain=True)
    scores = values_of(one).likely
    rng = np.random.default_rng(SEED)
    ours = seconds(lambda: drawn(one))
    results, ranks = seconds(lambda: textbook_results(scores), 3), seconds(lambda: textbook(scores), 3)
    wide = seconds(lambda: rng.standard_exponential(CRITERIA * SAMPLES))
    narrow = seconds(lambda: rng.standard_exponential(CRITERIA * SAMPLES, dtype=np.float32))
    work = "7x12, 1e6 samples, certain scores"
    return [
        Row(
            f"{work}, against the textbook's places, pairs and central weights", "at least 10x", ms(ours, results), f"{results / ours:.1f}x"
        ),
        Row(
            f"{work}, against the textbook's ranks alone (Dirichlet, argsort twice)",
            "at least 10x",
            ms(ours, ranks),
            f"{ranks / ours:.1f}x",
        ),
        Row(f"{work}, against drawing 12e6 exponentials, float64", "at most 2x", ms(ours, wide), f"{ours / wide:.2f}x"),
        Row(f"{work}, the same in float32", "", ms(ours, narrow), f"{ours / narrow:.2f}x"),
    ]


def uncertain_scores() -> list[Row]:
    """Compare triangular scores with drawing all their random numbers alone."""
    one = problem(certain=False)
    rng = np.random.default_rng(SEED)
    ours = seconds(lambda: drawn(one), 3)
    numbers = seconds(lambda: (rng.standard_exponential(CRITERIA * SAMPLES), rng.random(OPTIONS * CRITERIA * SAMPLES)), 3)
    return [
        Row(
            "7x12, 1e6 samples, triangular scores, against drawing their numbers", "at most 2x", ms(ours, numbers), f"{ours / numbers:.2f}x"
        )
    ]


def without_sampling() -> list[Row]:
    """Compare rank acceptability without sampling with 1e6 textbook samples."""
    scores = values_of(problem(certain=True, criteria=10)).likely
    scores += RNG.random(scores.shape) / 100  # the method keeps what it computed, so each run gets scores of its own
    moved = iter(scores + place / 1000 for place in RNG.random((3, *scores.shape)))
    exact, ranks = seconds(lambda: rank_acceptability(next(moved)), 3), seconds(lambda: textbook(scores), 3)
    return [
        Row(
            "7x10 rank acceptability without sampling, against 1e6 textbook samples",
            "at most 0.25x",
            ms(exact, ranks),
            f"{exact / ranks:.2f}x",
        )
    ]


def by_linprog(values: Values, weights: np.ndarray, option: str) -> float:
    """Give the smallest total change of the weights by scipy's linear programming."""
    lead = values.likely[values.row(option)] - np.delete(values.likely, values.row(option), axis=0)
    count = len(weights)
    found = linprog(
        np.ones(2 * count),
        A_ub=np.vstack([np.hstack([-lead, lead]), np.hstack([-np.eye(count), np.eye(count)])]),
        b_ub=np.concatenate([lead @ weights, weights]),
        A_eq=np.concatenate([np.ones(count), -np.ones(count)])[None],
        b_eq=[0.0],
        bounds=(0, None),
        method="highs",
    )
    return float(found.fun) * 100


def smallest_changes() -> list[Row]:
    """Compare the smallest change of the weights with scipy's linear programming, with and without need of a programme of our own."""
    closed, programmes = [], []
    for _ in range(20):
        values = values_of(problem(certain=True))
        weights = RNG.dirichlet(np.ones(CRITERIA))
        for option in values.options:
            found = smallest_change(values, weights, option)
            if found and found.moves:
                hardest = max(total_beside(values, weights, option, rival) for rival in values.options if rival != option)
                (closed if found.total <= hardest + 1e-9 else programmes).append((values, weights, option))
    return [
        beside_linprog(closed, "smallest change of the weights, 7x12, where the closed form is enough", "at least 20x, equal to 1e-6"),
        beside_linprog(programmes, "the same, where several rivals ask for a linear programme", "equal to 1e-6"),
    ]


def total_beside(values: Values, weights: np.ndarray, option: str, rival: str) -> float:
    """Give the smallest total change that puts an option past one rival."""
    rows = [values.row(option), values.row(rival)]
    two = Values((option, rival), values.criteria, values.low[rows], values.likely[rows], values.high[rows])
    found = smallest_change(two, weights, option)
    return found.total if found else 0.0


def beside_linprog(asked: list[tuple[Values, np.ndarray, str]], work: str, goal: str) -> Row:
    """Time both on the same questions, and compare their answers."""
    ours = seconds(lambda: [smallest_change(*one) for one in asked])
    theirs = seconds(lambda: [by_linprog(*one) for one in asked], 3)
    apart = max(abs(smallest_change(*one).total - by_linprog(*one)) for one in asked)  # type: ignore[union-attr] - asked where there is one
    found = f"{ms(ours / len(asked), theirs / len(asked))} each, {len(asked)} of them; apart by at most {apart:.0e} of 100"
    return Row(work, goal, found, f"{theirs / ours:.0f}x")


def slider_step() -> list[Row]:
    """Time what follows when a governor moves one weight."""
    one = problem(certain=False)
    swings = RNG.integers(1, 101, (40, CRITERIA)).tolist()
    moves = iter(swings)

    def step() -> None:
        weights = from_points(dict(zip(one.criteria, next(moves), strict=True)), "governors")
        found = appraise(one.with_weights(weights), 40_000)
        said = [words.headline(found), words.explanation(found), *words.switching(found), words.steady(found), *words.dominated(found)]
        said += [phrases.of_hundred(found.robustness.first_place_share(option)) for option in found.robustness.options]  # type: ignore[union-attr]
        said += [*robustness_words.left_out(found), *robustness_words.smallest_changes(found)]

    step()  # judgements are drawn once, and kept
    found = seconds(step, 30)
    return [Row("slider step, 7x12 triangular, 4e4 samples, with all sentences", "at most 15 ms", f"{found * 1000:.1f} ms", "")]


def accuracy() -> list[Row]:
    """Compare sampled pairwise shares with exact ones: Dempster and Kleyle, Annals of Mathematical Statistics 39 (1968), 1473."""
    worst, count = 0.0, 0
    for _ in range(20):
        scores = RNG.random((OPTIONS, CRITERIA)) * 100
        one = make_problem({f"option_{place}": row.tolist() for place, row in enumerate(scores)})
        found = drawn(one, 98_304)
        for row in range(OPTIONS):
            for column in range(row):
                exact = ahead_exactly(scores[row] - scores[column])
                allowed = 4 * (exact * (1 - exact) / found.samples) ** 0.5 + 1e-6
                worst = max(worst, abs(found.pairwise[row, column] - exact) / allowed)
                count += 1
    return [Row(f"accuracy of {count} pairwise shares, 7x12", "within 4 standard errors + 1e-6", f"at most {worst:.2f} of that", "")]


def ahead_exactly(gaps: np.ndarray) -> float:
    """Give the share of all weights with which a weighted sum is above nought."""
    parts = [gap ** (len(gaps) - 1) / np.prod(gap - np.delete(gaps, place)) for place, gap in enumerate(gaps) if gap > 0]
    return min(max(float(np.sum(parts)), 0.0), 1.0)


def ms(ours: float, other: float) -> str:
    """Say two times."""
    return f"{ours * 1000:.3g} ms against {other * 1000:.3g} ms"


def main() -> None:
    """Print the table."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    begin = os.getloadavg()[0]
    parts = (certain_scores, uncertain_scores, without_sampling, smallest_changes, slider_step, accuracy)
    rows = [row for part in parts for row in part()]
    print("| work | goal | found | ratio |\n|---|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print(
        f"\nnumpy {np.__version__}, one thread, processor time, {os.cpu_count()} processors, load {begin:.1f} to {os.getloadavg()[0]:.1f}."
    )


if __name__ == "__main__":
    main()
