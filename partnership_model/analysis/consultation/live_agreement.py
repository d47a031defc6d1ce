"""How far groups agree in what is shown of them while ballots come in: worked out from the shown orders and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.consultation.kendall import kendalls_w, mid_ranks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.analysis.consultation.live_pictures import LivePicture


def shown_agreement(pictures: Mapping[str, LivePicture]) -> float | None:
    """Give Kendall's W of the shown orders, each group with one voice, from 0 to 1; None for fewer than two groups.

    Whoever sees the pictures could work it out, so it tells nothing more than they do.
    """
    if len(pictures) < 2:  # noqa: PLR2004 - nobody agrees alone
        return None
    places = [{name: float(at) for at, step in enumerate(one.order) for name in step} for one in pictures.values()]
    names = sorted(places[0])
    return kendalls_w(mid_ranks(np.array([[one[name] for name in names] for one in places])))
