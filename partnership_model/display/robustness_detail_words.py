"""How each option fares over the ways of weighing, as sentences: who would choose it, how surely, and how much it is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole, whole_parts
from partnership_model.display import phrases, words
from partnership_model.display.tables import shown_order

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.overall_spread import OverallSpread
    from partnership_model.analysis.robustness import Robustness

MEAN = (
    "The likely value takes every judgement at its likely figure and the weights in use; the mean is the average over all draws, and "
    "differs from it where ranges reach further on one side."
)
HEADING = "How each option fares over all these ways of weighing"
NAMED = 4  # criteria in a sentence; the table has all
LEAST_SHARE = 0.01  # of first places: an option with fewer has too few ways of weighing for a sentence about them
HALF = 0.5
UNSURE = (
    "Even with the weights that suit it best, no option comes first in half of the draws: "
    "what is not known about the options leaves more open than the weights do."
)
METHOD = (
    "Ways of weighing that put an option first were drawn at random, not given by people: their weights are averaged. "
    f"With these weights all judgements are drawn again inside their ranges. {words.NOT_A_CHANCE} "
    "Method: SMAA-2 (Lahdelma and Salminen 2001), central weights and confidence factors."
)


def findings(appraisal: Appraisal) -> list[str]:
    """Say for each option that comes first often enough who would put it there, and how surely; then which never does."""
    drawn = appraisal.robustness
    if drawn is None:
        return []
    shares = {key: drawn.first_place_share(key) for key in shown_order(appraisal)}
    often = sorted((key for key, share in shares.items() if share >= LEAST_SHARE), key=lambda key: -shares[key])
    never = [key for key, share in shares.items() if share == 0]
    said = [f"{_central(appraisal, drawn, key)} {_confidence(appraisal, key)}" for key in often]
    if max((one.share for one in appraisal.confidence.values() if one), default=1.0) < HALF:
        said.insert(0, UNSURE)
    if never:
        verb = "never comes" if len(never) == 1 else "never come"
        said.append(f"{phrases.capital(words.labels(appraisal.problem, never))} {verb} first, so there are no weights to describe.")
    return said


def _central(appraisal: Appraisal, drawn: Robustness, key: str) -> str:
    """Name the criteria that weigh most where an option comes first, in whole points of 100."""
    parts = whole_parts({name: 100 * share for name, share in (drawn.central_weights[key] or {}).items()})
    most = sorted((name for name, points in parts.items() if points), key=lambda name: -parts[name])
    named = most if len(most) <= NAMED + 1 else most[:NAMED]
    said = [f"{appraisal.problem.criteria[name].label.lower()} {parts[name]}" for name in named]
    rest = 100 - sum(parts[name] for name in named)
    if rest:
        said.append(f"all others together {rest}")
    return f"Ways of weighing that put {words.labels(appraisal.problem, [key])} first give, on average and of 100: {phrases.listed(said)}."


def _confidence(appraisal: Appraisal, key: str) -> str:
    one = appraisal.confidence[key]
    return f"With these weights it comes first {often(one.share)}." if one else ""


def often(share: float) -> str:
    """Say a share of the draws of judgements.

    >>> often(1.0), often(0.774)
    ('wherever in their ranges the judgements lie', 'in 77 of 100 draws of the judgements')
    """
    if share == 1:
        return "wherever in their ranges the judgements lie"
    return f"in {phrases.of_hundred(share)} draws of the judgements"


def title(appraisal: Appraisal) -> str:
    """Say between which overall values half of the ways of weighing put the option that comes first most often."""
    drawn = appraisal.robustness
    if drawn is None:
        return ""
    first = max(shown_order(appraisal), key=drawn.first_place_share)
    return f"In half of the ways of weighing, {words.labels(appraisal.problem, [first])} is worth {half(appraisal.spread[first])}"


def half(one: OverallSpread) -> str:
    """Say between which whole numbers the middle half lies."""
    return _between(one, 0.25, 0.75)


def most(one: OverallSpread) -> str:
    """Say between which whole numbers nine in ten lie."""
    return _between(one, 0.05, 0.95)


def _between(one: OverallSpread, low: float, high: float) -> str:
    ends = whole(one.at(low).value), whole(one.at(high).value)
    return f"{ends[0]} to {ends[1]}" if ends[0] != ends[1] else f"{ends[0]}"


def of_hundred(share: float) -> str:
    """Give a share of 100 for a cell of a table; what is nearly none or nearly all is not called so.

    >>> [of_hundred(share) for share in (0.0, 0.002, 0.5, 0.998, 1.0)]
    ['0', 'under 1', '50', 'over 99', '100']
    """
    if share in (0, 1) or 0.01 <= share <= 0.99:
        return str(whole(share * 100))
    return "under 1" if share < 0.5 else "over 99"


def note(appraisal: Appraisal) -> str:
    """Say how many draws stand behind the numbers, what they are not, and why a mean is not the likely value."""
    drawn = appraisal.robustness
    return f"{drawn.samples:,} draws. {MEAN} {METHOD}" if drawn else ""
