"""The appraisal: everything that follows from a decision problem, and what must not yet be said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from partnership_model.analysis.confidence import Confidence, confidence_factors
from partnership_model.analysis.information import Information, information
from partnership_model.analysis.judgement_change import JudgementChange, judgement_change
from partnership_model.analysis.kept_robustness import kept_robustness
from partnership_model.analysis.leave_out import LeftOut, leave_out
from partnership_model.analysis.other_methods import OtherMethods, other_methods
from partnership_model.analysis.overall import Dominance, contributions, dominated, overall_values, ranking, values_of
from partnership_model.analysis.overall_spread import OverallSpread, overall_spreads
from partnership_model.analysis.potential_optimality import Figures, Potential, potential_optimality
from partnership_model.analysis.smallest_change import SmallestChange, smallest_change
from partnership_model.analysis.switching import SwitchingValue, decisive_cells, switching_values
from partnership_model.analysis.uncertainty_split import UncertaintySplit, uncertainty_split
from partnership_model.analysis.ways_of_weighing import UnderSet, under_each_set
from partnership_model.analysis.without_chance import WithoutChance, without_chance
from partnership_model.model.gates import reopened, smallest_exclusions
from partnership_model.model.plausible_weights import keeping_order

if TYPE_CHECKING:
    from partnership_model.analysis.overall import Values
    from partnership_model.analysis.robustness import Robustness
    from partnership_model.knowledge.schema import Range
    from partnership_model.model.problem import DecisionProblem, Judgement

Withheld = Literal["no_option", "nobody_weighed", "unconfirmed"]
Allowed = Literal["any", "order"]
SEPARATED = 0.8  # of the samples: below it on both sides, two options cannot be separated
SAMPLES = 98_304  # six blocks: the standard error of a share is at most 0.16 of a percentage point
SEED = 2016


@dataclass(frozen=True)
class Exclusion:
    """Which non-negotiables leave no option, and what relaxing each brings back."""

    smallest_sets: tuple[tuple[str, ...], ...]
    reopened: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Appraisal:
    """What follows from a decision problem.

    Attributes:
        withheld: why there is no ranking yet, or None where there is one. While it is `unconfirmed`, overall values
            are shown in the case's order and the words "first" and "ranking" are not used.
        decisive: judgements that could change the leader alone; `to_confirm` are those nobody has looked at.
        cannot_separate: pairs of options of which neither is ahead in four of five samples.
    """

    problem: DecisionProblem
    values: Values
    withheld: Withheld | None
    overall: dict[str, Range] | None
    contributions: dict[str, dict[str, float]] | None
    dominated: tuple[Dominance, ...]
    ranking: tuple[tuple[str, ...], ...] | None
    decisive: tuple[Judgement, ...]
    to_confirm: tuple[Judgement, ...]
    switching: tuple[SwitchingValue, ...]
    robustness: Robustness | None
    cannot_separate: tuple[tuple[str, str], ...]
    exclusion: Exclusion

    @property
    def leaders(self) -> tuple[str, ...]:
        """Give the options that come first, ties together; none while the ranking is withheld."""
        return self.ranking[0] if self.ranking else ()

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Say who leads without each criterion, group and option; nothing while the ranking is withheld or has one option."""
        return leave_out(self.problem, self.values) if self.withheld is None and len(self.values.options) > 1 else ()

    @cached_property
    def smallest_changes(self) -> dict[str, SmallestChange | None]:
        """Give the smallest change of the weights that puts each option first that does not come first now.

        None for an option that no weights put ahead; nothing while the ranking is withheld.
        """
        if self.withheld is not None or self.problem.weights is None:
            return {}
        weights = self.problem.weights.array(self.values.criteria)
        behind = (option for option in self.values.options if option not in self.leaders)
        return {option: smallest_change(self.values, weights, option) for option in behind}

    @cached_property
    def under_each_set(self) -> tuple[UnderSet, ...]:
        """Say how often each option comes first under each set of plausible weights; nothing while the ranking is withheld."""
        return under_each_set(self.problem, self.robustness) if self.robustness else ()

    @cached_property
    def judgement_changes(self) -> dict[str, JudgementChange]:
        """Say of each option that does not come first now what would need to be true; nothing while the ranking is withheld."""
        if self.withheld is not None or self.problem.weights is None:
            return {}
        weights = self.problem.weights.array(self.values.criteria)
        behind = (option for option in self.values.options if option not in self.leaders)
        return {option: judgement_change(self.problem, self.values, weights, option) for option in behind}

    @cached_property
    def potential(self) -> dict[Allowed, dict[tuple[str, Figures], Potential]]:
        """Say whether any weights, and any that keep the order of importance, put each option first.

        Nothing while the ranking is withheld.
        """
        if self.withheld is not None or self.problem.weights is None:
            return {}
        order = keeping_order(self.problem.weights)
        return {"any": potential_optimality(self.values), "order": potential_optimality(self.values, order)}

    @cached_property
    def information(self) -> Information | None:
        """Say what knowing more could be worth; nothing while the ranking is withheld or has one option."""
        drawn = self.robustness
        if drawn is None or len(self.values.options) == 1:
            return None
        return information(self.problem, drawn.plausible, drawn.samples, drawn.seed)

    @cached_property
    def uncertainty(self) -> UncertaintySplit | None:
        """Split the doubt about who comes first; nothing where there is none, or while the ranking is withheld."""
        drawn = self.robustness
        return uncertainty_split(self.problem, drawn.plausible, drawn.samples, drawn.seed) if drawn else None

    @cached_property
    def confidence(self) -> dict[str, Confidence | None]:
        """Give how often each option comes first with the weights that suit it; nothing while the ranking is withheld."""
        return confidence_factors(self.problem, self.robustness) if self.robustness else {}

    @cached_property
    def spread(self) -> dict[str, OverallSpread]:
        """Give how each option's overall value spreads over weights and judgements; nothing while the ranking is withheld."""
        return overall_spreads(self.problem, self.robustness) if self.robustness else {}

    @cached_property
    def exact(self) -> WithoutChance | None:
        """Count every possible weighting at the likely figures.

        None while the ranking is withheld, and where there is nothing to weigh: one option or one criterion.
        """
        if self.withheld is not None or self.robustness is None or min(self.values.likely.shape) < 2:  # noqa: PLR2004 - two to compare
            return None
        return without_chance(self.problem, self.values, self.robustness.samples, self.robustness.seed)

    @cached_property
    def other_methods(self) -> OtherMethods | None:
        """Say what other methods make of the likely values.

        None while the ranking is withheld or has one option, and where the package that computes them is not installed. Only the
        report's annex asks: loading that package takes a second.
        """
        if self.ranking is None or self.problem.weights is None or len(self.values.options) == 1:
            return None
        return other_methods(self.values, self.problem.weights.array(self.values.criteria), self.ranking)


def withheld(problem: DecisionProblem) -> Withheld | None:
    """Say why nothing is put in order, without working out anything else; None where there is a ranking."""
    values = values_of(problem)
    if not values.options:
        return "no_option"
    if problem.weights is None:
        return "nobody_weighed"
    decisive = decisive_cells(values, problem.weights.array(values.criteria))
    return None if all(problem.judgements[cell].confirmed for cell in decisive) else "unconfirmed"


def appraise(problem: DecisionProblem, samples: int = SAMPLES, seed: int = SEED) -> Appraisal:
    """Work out all that follows from a decision problem.

    Args:
        problem: who chooses between what.
        samples: how many ways of weighing and judging are drawn, in whole blocks of 16,384.
        seed: the same seed gives the same numbers.
    """
    values = values_of(problem)
    exclusion = _exclusion(problem)
    reason: Withheld | None
    if problem.weights is None or not values.options:
        reason = "no_option" if not values.options else "nobody_weighed"
        beaten = dominated(values) if values.options else ()
        return Appraisal(problem, values, reason, None, None, beaten, None, (), (), (), None, (), exclusion)
    weights = problem.weights.array(values.criteria)
    overall = overall_values(values, weights)
    decisive = tuple(problem.judgements[cell] for cell in decisive_cells(values, weights))
    to_confirm = tuple(one for one in decisive if not one.confirmed)
    reason = "unconfirmed" if to_confirm else None
    plausible = problem.plausible
    drawn = None if reason or plausible is None else kept_robustness(problem, plausible, samples, seed)
    return Appraisal(
        problem=problem,
        values=values,
        withheld=reason,
        overall=overall,
        contributions=contributions(values, weights),
        dominated=dominated(values),
        ranking=None if reason else ranking(overall),
        decisive=decisive,
        to_confirm=to_confirm,
        switching=() if reason else switching_values(values, weights),
        robustness=drawn,
        cannot_separate=_cannot_separate(drawn) if drawn else (),
        exclusion=exclusion,
    )


def _cannot_separate(drawn: Robustness) -> tuple[tuple[str, str], ...]:
    return tuple(
        (option, other)
        for row, option in enumerate(drawn.options)
        for column, other in enumerate(drawn.options[:row])
        if max(drawn.pairwise[row, column], drawn.pairwise[column, row]) < SEPARATED
    )


def _exclusion(problem: DecisionProblem) -> Exclusion:
    failed = {
        option.key: frozenset(result.gate.id for result in option.gates if result.failed)
        for option in problem.options
        if option.screening.status != "closed" and not option.shown_only
    }
    nothing_left = not problem.ranked_options
    gates = sorted(frozenset[str]().union(*failed.values()))
    return Exclusion(smallest_exclusions(failed) if nothing_left and failed else (), reopened(failed, gates))
