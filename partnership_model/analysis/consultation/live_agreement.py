"""How far groups agree in what is shown of them while ballots come in: worked out from the shown orders and nothing else."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.consultation.concordance import spearman
from partnership_model.analysis.consultation.kendall import mid_ranks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.analysis.consultation.live_pictures import LivePicture


def shown_agreement(pictures: Mapping[str, LivePicture]) -> float | None:
    """Give the mean of Spearman's correlations of the shown orders, each two groups once.

    Kendall's W of few orders would mislead a hall: two that have nothing to do with each other have a W of a half. Whoever sees
    the pictures could work this out, so it tells nothing more than they do.

    Returns:
        From -1 (two opposite orders) to 1 (all the same); None where there are no two groups, or a group puts nothing before anything.
    """
    places = [{name: float(at) for at, step in enumerate(one.order) for name in step} for one in pictures.values()]
    names = sorted(places[0]) if places else []
    ranks = [mid_ranks(np.array([[one[name] for name in names]]))[0] for one in places]
    found = [spearman(one, other) for one, other in combinations(ranks, 2)]
    known = [one for one in found if one is not None]
    return sum(known) / len(known) if known and len(known) == len(found) else None
