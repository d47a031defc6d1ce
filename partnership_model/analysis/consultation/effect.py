"""What the weights that people gave in a consultation do to the order of the options: who leads with them, and who without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnership_model.analysis.switching import shown_leaders
from partnership_model.knowledge.consultation.consulted_weights import elicited_from
from partnership_model.model.weights import combine

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.cases import Case


@dataclass(frozen=True)
class Effect:
    """Which options lead with and without what people said; several where they tie.

    Attributes:
        others: whose weights are left without it.
    """

    with_it: tuple[str, ...]
    without: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def changes(self) -> bool:
        """Say whether another option leads; a tie is another answer than one leader."""
        return set(self.with_it) != set(self.without)


def effect_of_asking(case: Case, appraisal: Appraisal) -> Effect | None:
    """Compare the leaders with and without the consultation's weights.

    Returns:
        None without a record, while nothing is put in order, where its weights are not used, and where nobody else weighed.
    """
    record = case.consulted
    if record is None or appraisal.ranking is None or case.file.weights_in_use is not None or case.file.who_counts == "school":
        return None
    own = [one for one in case.file.weights if not elicited_from(record, one)]
    values = appraisal.values
    found = combine(own, values.criteria, case.file.who_counts)
    if found is None or len(own) == len(case.file.weights):
        return None
    totals = values.likely @ np.array([found.shares[name] for name in values.criteria])
    without = tuple(values.options[row] for row in shown_leaders(totals))
    return Effect(tuple(appraisal.leaders), without, tuple(one.group for one in own))
