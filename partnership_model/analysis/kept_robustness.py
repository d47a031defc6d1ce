"""Robustness that was drawn lately, given again: a weight that moves inside the same set of plausible weights leaves it as it is."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from partnership_model.analysis.judgement_draws import spreads
from partnership_model.analysis.robustness import Robustness, robustness

if TYPE_CHECKING:
    from partnership_model.analysis.judgement_draws import Spread
    from partnership_model.model.plausible_weights import PlausibleWeights
    from partnership_model.model.problem import DecisionProblem

KEPT = 64  # results that are kept, some kilobytes each
Key = tuple[tuple[str, ...], tuple[str, ...], bytes, tuple[tuple[tuple[int, int], "Spread"], ...], "PlausibleWeights", int, int]
_KEPT: OrderedDict[Key, Robustness] = OrderedDict()


def kept_robustness(problem: DecisionProblem, plausible: PlausibleWeights, samples: int, seed: int) -> Robustness:
    """Give what `robustness` gives, to the digit; all that its result hangs on is compared before an earlier one is given again."""
    options = tuple(option.key for option in problem.ranked_options)
    values = spreads(problem, options)
    key = (options, tuple(problem.criteria), values.certain.tobytes(), tuple(values.drawn.items()), plausible, samples, seed)
    if key not in _KEPT:
        _KEPT[key] = _unchangeable(robustness(problem, plausible, samples, seed))
        while len(_KEPT) > KEPT:
            _KEPT.popitem(last=False)
    _KEPT.move_to_end(key)
    return _KEPT[key]


def _unchangeable(found: Robustness) -> Robustness:
    for table in (found.acceptability, found.acceptability_error, found.pairwise, found.pairwise_error):
        table.flags.writeable = False
    return found
