"""Confidence factors: how sure an option is of the first place with the weights that suit it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.judgement_draws import spreads
from partnership_model.analysis.sampling import BLOCK, on_grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from partnership_model.analysis.block_values import BlockValues
    from partnership_model.analysis.robustness import Robustness
    from partnership_model.model.problem import DecisionProblem


@dataclass(frozen=True)
class Confidence:
    """How often an option comes first over the judgements, with its own central weights.

    Attributes:
        share: of the draws of judgements, ties shared.
        error: the standard error of that share, with the central weights taken as they are.
    """

    share: float
    error: float


def confidence_factors(problem: DecisionProblem, drawn: Robustness) -> dict[str, Confidence | None]:
    """Give each option's confidence factor: with its central weights, the share of judgement draws in which it comes first.

    Lahdelma and Salminen, SMAA-2, Operations Research 49 (2001), pages 444 to 454. The judgements are those that robustness drew.

    Args:
        problem: the one whose robustness was drawn.
        drawn: its central weights, samples and seed are used.

    Returns:
        None for an option that is never first: it has no central weights.
    """
    central = {option: np.array(list(shares.values())) for option, shares in drawn.central_weights.items() if shares}
    rows = [drawn.options.index(option) for option in central]
    weights = on_grid(np.array(list(central.values()), dtype=np.float32))
    values = spreads(problem, drawn.options)
    sharing = np.zeros((len(rows), len(drawn.options) + 1), dtype=np.int64)
    for block in range(drawn.samples // BLOCK):
        sharing += _first(values.block(drawn.seed, block), weights, rows)
    credit = np.append(0.0, 1 / np.arange(1, len(drawn.options) + 1))
    share, square = sharing @ credit / drawn.samples, sharing @ credit**2 / drawn.samples
    error = np.sqrt(np.maximum(square - share**2, 0.0) / drawn.samples)
    found = {option: Confidence(float(one), float(wide)) for option, one, wide in zip(central, share, error, strict=True)}
    return {option: found.get(option) for option in drawn.options}


def _first(values: BlockValues, weights: NDArray[np.float32], rows: list[int]) -> NDArray[np.int64]:
    """Count for each row of weights, and the option it belongs to, in how many samples it is first alone, with one other and so on."""
    totals = values.totals_of(weights)
    count = len(totals)
    found = np.zeros((len(rows), count + 1), dtype=np.int64)
    for place, row in enumerate(rows):
        rivals = np.full(BLOCK, -np.inf, dtype=np.float32)
        for other in range(count):
            if other != row:
                np.maximum(rivals, totals[other, place], out=rivals)
        won, lost = totals[row, place] > rivals + values.margin, totals[row, place] < rivals - values.margin
        at = np.flatnonzero(~(won | lost))
        same = np.broadcast_to(weights[place][:, None], (weights.shape[1], BLOCK))
        leads = np.array([values.lead(row, other, same, at) for other in range(count)])
        level = np.where((leads < 0).any(axis=0), 0, (leads == 0).sum(axis=0))
        found[place] += np.bincount(level, minlength=count + 1)
        found[place, 1] += np.count_nonzero(won)
        found[place, 0] += np.count_nonzero(lost)
    return found
