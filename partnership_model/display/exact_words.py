"""What every possible weighting says at the likely figures, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.display import phrases, weight_set_words, words

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.exact_shares import ValueSpread
    from partnership_model.analysis.without_chance import CountedWeightings, Shares

NAMED_FROM = 0.05
ERRORS = 4  # standard errors: what differs by no more may differ by the draws alone
HEADING = "With the likely figures, over every possible weighting"
NOTE = (
    "Every possible weighting counts once here, from all weight on one criterion to equal weights, whether or not anybody would "
    "choose it, and every judgement stays at its likely figure. So the numbers say how much hangs on the weights alone. They are "
    "not chances of success, and no vote. Nothing is drawn at random unless a table says that it is sampled."
)


def findings(appraisal: Appraisal) -> list[str]:
    """Say how often each option comes first over every weighting and over the plausible ones, and how the sampled shares compare."""
    exact = appraisal.exact
    if exact is None:
        return []
    count = len(appraisal.values.criteria)
    said = [f"Of 100 possible weightings of the {count} criteria, first place goes to: {_first_places(appraisal, exact.every)}"]
    if exact.in_use:
        which = weight_set_words.weightings(appraisal.problem)
        said.append(f"Of 100 {which}, first place goes to: {_first_places(appraisal, exact.in_use)}")
    return [*said, compared(appraisal)]


def _first_places(appraisal: Appraisal, counted: CountedWeightings) -> str:
    """List the options by their whole share of first places, those under 5 of 100 together."""
    shares = {key: counted.first_place_share(key) for key in counted.options}
    named = sorted((key for key, part in shares.items() if part >= NAMED_FROM), key=lambda key: -whole(shares[key] * 100))
    rest = 100 - sum(whole(shares[key] * 100) for key in named)
    parts = [f"{words.labels(appraisal.problem, [key])} {whole(shares[key] * 100)}" for key in named]
    return ", ".join(parts) + (f"; all others together {rest}." if rest > 0 and len(named) < len(shares) else ".")


def compared(appraisal: Appraisal) -> str:
    """Set the leader's share beside the sampled one, in which the judgements vary too, and say why they differ."""
    exact, drawn = appraisal.exact, appraisal.robustness
    if exact is None or drawn is None:
        return ""
    counted = exact.in_use or exact.every
    key = max(appraisal.leaders, key=counted.first_place_share)
    fixed, varied = counted.first_place_share(key), drawn.first_place_share(key)
    name = phrases.capital(words.labels(appraisal.problem, [key]))
    weightings = weight_set_words.weightings(appraisal.problem) if exact.in_use else "weightings"
    both = f"{name} comes first in {whole(fixed * 100)} of 100 {weightings} if every judgement is at its likely figure"
    if whole(fixed * 100) == whole(varied * 100):
        return f"{both}, and in as many ways of weighing and judging, where judgements lie anywhere in their ranges."
    if abs(fixed - varied) <= ERRORS * (drawn.first_place_error(key) + counted.places.error):
        return f"{both}, and in about as many ways of weighing and judging, where judgements lie anywhere in their ranges."
    return (
        f"{both}, and in {whole(varied * 100)} of 100 ways of weighing and judging, where judgements lie anywhere in their ranges. "
        "The difference is what we do not know about the judgements."
    )


def title(appraisal: Appraisal) -> str:
    """Name the option whose overall value moves most with the weights."""
    found = spreads(appraisal)
    key = max(found, key=lambda one: found[one].levels[-1] - found[one].levels[0])
    low, high = whole(found[key].levels[0]), whole(found[key].levels[-1])
    name = words.labels(appraisal.problem, [key])
    if low == high:
        return "The weights alone move no option by as much as one point"
    return f"The weights alone move {name} most: from {low} to {high} in 90 of 100 weightings"


def spreads(appraisal: Appraisal) -> dict[str, ValueSpread]:
    """Give the spread of each option's overall value over every weighting."""
    exact = appraisal.exact
    return dict(zip(exact.every.options, exact.every.spreads, strict=True)) if exact and exact.every.spreads else {}


def spread(one: ValueSpread) -> str:
    """Say between which values half of all weightings, and 90 of 100, put an option."""
    _, low, _, high, _ = one.levels
    return f"half: {between(low, high)}; 90 of 100: {between(one.levels[0], one.levels[-1])}"


def between(low: float, high: float) -> str:
    """Say a range in whole numbers; one number where both ends are the same.

    >>> between(60.6, 74.2), between(50.1, 49.9)
    ('61 to 74', '50')
    """
    return str(whole(low)) if whole(low) == whole(high) else f"{whole(low)} to {whole(high)}"


def how(shares: Shares) -> str:
    """Say how shares were found, and how far they can be wrong."""
    if shares.how == "computed":
        return "computed (error below 0.0001)"
    return "exact" if shares.how == "exact" else f"sampled (standard error up to {shares.error:.4f})"


def of_hundred(part: float, error: float = 0.0) -> str | int:
    """Say a share as a whole number of 100, without calling little nothing or nearly all everything.

    >>> of_hundred(0.24), of_hundred(0.0), of_hundred(0.001), of_hundred(0.999), of_hundred(1.0)
    (24, 0, 'under 1', 'over 99', 100)

    What is nought or all but for the error is nought or all.

    >>> of_hundred(1e-9, error=1e-8)
    0
    """
    if error < part < 0.005:
        return "under 1"
    return "over 99" if 0.995 <= part < 1 - error else whole(part * 100)
