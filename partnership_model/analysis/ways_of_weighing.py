"""What comes first if other ways of weighing count as plausible: the named sets of weights side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.analysis.robustness import Robustness, robustness

if TYPE_CHECKING:
    from partnership_model.knowledge.weight_sets import SetName
    from partnership_model.model.problem import DecisionProblem


@dataclass(frozen=True)
class UnderSet:
    """How often each option comes first where one set of weights counts as plausible.

    Attributes:
        kind: the set's name.
        first: by option, the share of draws in which it comes first, ties shared.
        errors: the standard error of each share.
        samples: how many ways of weighing and judging were drawn.
    """

    kind: SetName
    first: dict[str, float]
    errors: dict[str, float]
    samples: int

    @property
    def leaders(self) -> tuple[str, ...]:
        """Give the options that come first most often; those with the same whole number of 100 together."""
        most = max(whole(100 * share) for share in self.first.values())
        return tuple(option for option, share in self.first.items() if whole(100 * share) == most)


def under_each_set(problem: DecisionProblem, drawn: Robustness) -> tuple[UnderSet, ...]:
    """Count first places under each set of weights that makes sense for a problem, with the same judgements drawn.

    Args:
        problem: weighed, with at least one ranked option.
        drawn: what was drawn from the set in use; it is not drawn again.

    Returns:
        In the order of the sets; nothing where there is only one set, or one option.
    """
    kinds = problem.weight_sets
    if len(kinds) < 2 or len(drawn.options) < 2:  # noqa: PLR2004 - nothing stands beside it
        return ()
    found = []
    for kind in kinds:
        plausible = problem.plausible_under(kind)
        if plausible is not None:
            found.append(_counted(kind, drawn if kind == problem.set_in_use else robustness(problem, plausible, drawn.samples, drawn.seed)))
    return tuple(found)


def _counted(kind: SetName, drawn: Robustness) -> UnderSet:
    first = {option: drawn.first_place_share(option) for option in drawn.options}
    return UnderSet(kind, first, {option: drawn.first_place_error(option) for option in drawn.options}, drawn.samples)
