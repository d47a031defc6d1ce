"""A small linear programme, solved exactly but for rounding: for tens of rows, where a solver would be a dependency for little."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDING = 1e-11  # of figures scaled to about one
STEEPEST_FIRST = 60  # pivots by the largest miss; then by number, which cannot go round in a circle
MOST_PIVOTS = 10_000


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
    rows, columns = table.shape
    work = np.zeros((rows + 1, columns + 1))  # each row: what it has too much, as a sum over what stands outside
    work[:rows, :columns], work[:rows, columns], work[rows, :columns] = table, -needed, cost
    inside, outside = np.arange(columns, columns + rows), np.arange(columns)
    for pivots in range(MOST_PIVOTS):
        short = np.flatnonzero(work[:rows, columns] < -ROUNDING)
        if not len(short):
            amounts = np.zeros(columns + rows)
            amounts[inside] = work[:rows, columns]
            return np.maximum(amounts[:columns], 0.0)
        by_number = pivots >= STEEPEST_FIRST
        row = int(short[inside[short].argmin()] if by_number else short[work[short, columns].argmin()])
        helps = np.flatnonzero(work[row, :columns] > ROUNDING)
        if not len(helps):
            return None
        price = work[rows, helps] / work[row, helps]
        cheapest = helps[price <= price.min() + ROUNDING]
        column = int(cheapest[outside[cheapest].argmin()] if by_number else cheapest[work[row, cheapest].argmax()])
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
