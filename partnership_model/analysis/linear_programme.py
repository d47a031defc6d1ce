"""A small linear programme, solved exactly but for rounding: for tens of rows, where a solver would be a dependency for little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDING = 1e-11  # of figures scaled to about one
STEEPEST_FIRST = 60  # pivots by the largest miss; then by number, which cannot go round in a circle
MOST_PIVOTS = 10_000


@dataclass(frozen=True)
class Cheapest:
    """The cheapest amounts that are enough, and what they prove.

    Attributes:
        amounts: of each column; none negative.
        prices: of each row, none negative: by how much the cost would rise if one more of it were needed. No column
            costs less than its parts at these prices, and what is needed costs at them just what the amounts cost, so
            that nothing cheaper is enough (duality: Dantzig, Linear Programming and Extensions, 1963, chapter 6).
    """

    amounts: NDArray[np.float64]
    prices: NDArray[np.float64]


def least_cost(cost: NDArray[np.float64], table: NDArray[np.float64], needed: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Find amounts x, none negative, of the least total cost such that table @ x is at least what is needed.

    The dual simplex method (Lemke, The dual method of solving the linear programming problem, Naval Research
    Logistics Quarterly 1, 1954, pages 36 to 47): costs are not negative, so that buying nothing is the cheapest of
    all and only has to be made enough. After many pivots rows and columns are taken by their number (Bland, New
    finite pivoting rules for the simplex method, Mathematics of Operations Research 2, 1977, pages 103 to 107).

    Args:
        cost: of each amount; none negative.
        table: rows x amounts, scaled to about one.
        needed: of each row.

    Returns:
        The amounts; None where none are enough.

    >>> least_cost(np.array([1.0, 3.0]), np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([2.0, 0.5])).tolist()
    [1.5, 0.5]
    """
    found = cheapest(cost, table, needed)
    return None if found is None else found.amounts


def cheapest(cost: NDArray[np.float64], table: NDArray[np.float64], needed: NDArray[np.float64]) -> Cheapest | None:
    """Solve the programme of `least_cost`, and give the prices of its rows too; None where no amounts are enough.

    >>> cheapest(np.array([1.0, 3.0]), np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([2.0, 0.5])).prices.tolist()
    [1.0, 2.0]
    """
    rows, columns = table.shape
    work = np.zeros((rows + 1, columns + 1))  # each row: what it has too much, as a sum over what stands outside
    work[:rows, :columns], work[:rows, columns], work[rows, :columns] = table, -needed, cost
    inside, outside = np.arange(columns, columns + rows), np.arange(columns)
    for pivots in range(MOST_PIVOTS):
        short = np.flatnonzero(work[:rows, columns] < -ROUNDING)
        if not len(short):
            amounts, prices = np.zeros(columns + rows), np.zeros(columns + rows)
            amounts[inside], prices[outside] = work[:rows, columns], work[rows, :columns]
            return Cheapest(np.maximum(amounts[:columns], 0.0), np.maximum(prices[columns:], 0.0))
        by_number = pivots >= STEEPEST_FIRST
        row = int(short[inside[short].argmin()] if by_number else short[work[short, columns].argmin()])
        helps = np.flatnonzero(work[row, :columns] > ROUNDING)
        if not len(helps):
            return None
        price = work[rows, helps] / work[row, helps]
        best = helps[price <= price.min() + ROUNDING]
        column = int(best[outside[best].argmin()] if by_number else best[work[row, best].argmax()])
        _pivot(work, row, column)
        inside[row], outside[column] = outside[column], inside[row]
    message = "A linear programme did not come to an end."
    raise ArithmeticError(message)


def _pivot(work: NDArray[np.float64], row: int, column: int) -> None:
    """Let a column's amount stand for a row's: solve the row for it and put it into all the others."""
    at = work[row, column]
    solved = -work[row] / at
    solved[column] = 1 / at
    factors = work[:, column].copy()
    factors[row] = 0.0
    work[:, column] = 0.0
    work += np.outer(factors, solved)
    work[row] = solved
