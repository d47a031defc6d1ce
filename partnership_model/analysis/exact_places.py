"""How often each option takes each place over all weights, without sampling, and how far that can be wrong."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.exact_shares import share_at_most
from partnership_model.analysis.level_points import PLACES, CoincidenceError, level_points
from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from partnership_model.analysis.level_points import LevelPoints

MOST_POINTS = 25_000  # 7 options on 10 criteria take 19,447
MOST_IN_ALL = 100_000  # of several simplices
MOST_EDGES = 125_000  # 7 options on 10 criteria take 24,310; 2 on 200, of which there are only 20,300 points, 1,353,400
LARGEST_ERROR = 1e-4
LARGEST_MISS = 1e-6  # of the sum of a row or a column
STEPS = 2**34  # from the lowest value to the highest
FINER = 2**20  # parts of a step, by which values are moved
TRIES = 5
CUT = 28  # binary places of a sum that cutting off quotients can have touched


@dataclass(frozen=True)
class ExactPlaces:
    """The share of all weights under which each option takes each place.

    Attributes:
        acceptability: options x places; rows and columns sum to one. None where it was refused.
        error: no share is further than this from the true one.
        refused: why there is none, or "".
    """

    acceptability: NDArray[np.float64] | None
    error: float
    refused: str = ""


def rank_acceptability(scores: NDArray[np.float64]) -> ExactPlaces:
    """Work out the share of all weights under which each option takes each place, for certain values.

    Options with the same values, and no others, share their places equally. Values are rounded to 2**34 steps and moved by parts of a
    step, always in the same way, so that no more options are level in one point than its place allows; an option that
    is behind another on no criterion stays ahead of it. The rest is exact (`level_points`). An option's place can only
    have changed where it is nearly level with another, by no more than the two were moved; the share of such weights,
    worked out by `share_at_most` and added up over the others, is the error.

    Args:
        scores: options x criteria; more is better.

    Raises:
        PartnershipError: no table, no criterion, or a value that is not a number.
    """
    table = np.ascontiguousarray(scores, dtype=np.float64)
    if table.ndim != len(("options", "criteria")) or table.shape[1] == 0 or not np.isfinite(table).all():
        message = "Places are worked out from a table of numbers: options by at least one criterion, none missing."
        raise PartnershipError(message)
    return _of_bytes(table.tobytes(), table.shape)


def mean_places(tables: Sequence[NDArray[np.float64]]) -> ExactPlaces:
    """Average the shares over several simplices of one size.

    Args:
        tables: values of the options at the corners of each simplex, options x corners.
    """
    if sum(_points(*table.shape) for table in tables) > MOST_IN_ALL:
        return ExactPlaces(None, 1.0, "too large")
    found = [rank_acceptability(table) for table in tables]
    shares = [one.acceptability for one in found if one.acceptability is not None]
    if len(shares) < len(found):
        return next(one for one in found if one.acceptability is None)
    mean = np.mean(shares, axis=0)
    mean.flags.writeable = False
    return ExactPlaces(mean, float(np.mean([one.error for one in found])))


def _points(options: int, corners: int) -> int:
    """Count where level points can lie: as many options as corners, of any number."""
    return comb(options + corners, corners) - 1


def _edges(options: int, corners: int) -> int:
    """Count the edges on which level points can lie, one corner more, or the options beside them, one option more, if these are more."""
    return max(comb(options + corners, corners - 1), comb(options + corners, options - 1)) if options else 0


@lru_cache(maxsize=256)
def _of_bytes(content: bytes, shape: tuple[int, int]) -> ExactPlaces:
    table = np.frombuffer(content).reshape(shape) + 0.0  # so that no nought has a sign
    distinct, member = np.unique(table, axis=0, return_inverse=True)
    member = member.reshape(-1)
    if _points(*distinct.shape) > MOST_POINTS or _edges(*distinct.shape) > MOST_EDGES:
        return ExactPlaces(None, 1.0, "too large")
    alike = np.bincount(member, minlength=len(distinct))
    found = _moved_places(distinct, alike)
    if found is None:
        return ExactPlaces(None, 1.0, "coinciding")
    shares = found[member]
    shares.flags.writeable = False
    error = _error(distinct)
    missed = max(float(np.abs(shares.sum(axis=axis) - 1).max(initial=0.0)) for axis in (0, 1))
    if missed > LARGEST_MISS or error > LARGEST_ERROR:
        return ExactPlaces(None, max(error, missed), "not accurate enough")
    return ExactPlaces(shares, error)


def _in_steps(table: NDArray[np.float64]) -> NDArray[np.int64]:
    lowest = table.min(initial=np.inf)
    width = table.max(initial=-np.inf) - lowest
    return np.asarray(np.rint((table - lowest) / (width if width > 0 else 1.0) * STEPS), dtype=np.int64)


def _moved_places(rows: NDArray[np.float64], alike: NDArray[np.intp]) -> NDArray[np.float64] | None:
    """Move distinct rows so that nothing coincides, and add up the level points; None where something always does.

    Args:
        rows: rows x corners, no two the same.
        alike: how many options each row stands for.
    """
    steps = _in_steps(rows)
    below = (rows[:, None] >= rows[None]).all(axis=2).sum(axis=1)  # a row that is nowhere behind another stays ahead of it
    for attempt in range(TRIES):
        bits = np.random.Philox(key=attempt)
        moves = (np.asarray(bits.random_raw(steps.size)) % FINER).astype(np.object_).reshape(steps.shape)
        direction = (np.asarray(bits.random_raw(steps.shape[1])) >> 35).astype(np.object_)
        try:
            return _added_up(level_points((steps + below[:, None]).astype(np.object_) * FINER + moves, direction), alike)
        except CoincidenceError:
            continue
    return None


def _added_up(levels: Iterable[LevelPoints], alike: NDArray[np.intp]) -> NDArray[np.float64]:
    """Add up what the level points say into shares of places: rows x places."""
    total, counts = int(alike.sum()), alike.tolist()
    # by the row, by how many options each row stands for that is level with it, by how many options are ahead of these
    sums: dict[tuple[int, tuple[int, ...]], list[int]] = defaultdict(lambda: [0] * total)
    where: dict[tuple[int, ...], list[list[int]]] = {}
    for points in levels:
        ahead = (points.ahead * alike[points.others]).sum(axis=1).tolist()
        for level, first, amounts in zip(map(tuple, points.level.tolist()), ahead, points.amounts.tolist(), strict=True):
            if level not in where:
                where[level] = [sums[row, tuple(counts[other] for other in level if other != row)] for row in level]
            for of_row, amount in zip(where[level], amounts, strict=True):
                of_row[first] += amount
    found = [[0] * total for _ in counts]
    for (row, others), amounts in sums.items():
        for further, factor in _orders(others):
            for first, amount in enumerate(amounts[: total - further]):
                found[row][first + further] += factor * amount
    return np.array([_shared(row, count) for row, count in zip(found, counts, strict=True)]).reshape(len(counts), total)


@lru_cache(maxsize=1024)
def _orders(others: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Give how many come before where each of some rows, each of so many options, is ahead or not, with the sign of that.

    >>> _orders((1, 1))
    ((0, 1), (1, -2), (2, 1))
    """
    found = {0: 1}
    for count in others:
        for before, factor in list(found.items())[::-1]:
            found[before + count] = found.get(before + count, 0) - factor
    return tuple(found.items())


def _shared(amounts: list[int], alike: int) -> list[float]:
    """Turn amounts into shares, each divided among as many places as there are options alike; what cutting off leaves is none."""
    shares = [((amount + 2 ** (CUT - 1)) >> CUT) / 2 ** (PLACES - CUT) / alike for amount in amounts]
    return [sum(shares[max(0, place - alike + 1) : place + 1]) for place in range(len(shares))]


def _error(rows: NDArray[np.float64]) -> float:
    """Bound how far a share can be wrong because values were rounded and moved: the weights at which that could change a place."""
    above, below = np.triu_indices(len(rows), 1)
    gaps = rows[above] - rows[below]
    crossing = (gaps < 0).any(axis=1) & (gaps > 0).any(axis=1)
    moved = (len(rows) + 1) / STEPS * (rows.max(initial=-np.inf) - rows.min(initial=np.inf))
    near = np.where(crossing, share_at_most(gaps, moved) - share_at_most(gaps, -moved), 0.0)
    found = np.bincount(above, near, len(rows)) + np.bincount(below, near, len(rows))
    return float(found.max(initial=0.0))
