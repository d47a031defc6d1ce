"""What each card of "How sure" found, in one sentence that can be its heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import (
    exact_words,
    information_parts,
    judgement_change_parts,
    phrases,
    potential_parts,
    robustness_detail_words,
    robustness_words,
    uncertainty_parts,
    ways_of_weighing,
    weight_set_words,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.analysis.appraisal import Appraisal

HALF = 0.5


def most_often(appraisal: Appraisal) -> str:
    """Say which option comes first most often, and that others do about as often where the draws cannot tell."""
    drawn = appraisal.robustness
    if drawn is None:
        return "Nothing is put in order yet"
    shares = {key: drawn.first_place_share(key) for key in drawn.options}
    most = max(shares.values())
    first = [key for key in drawn.options if phrases.of_hundred(shares[key]) == phrases.of_hundred(most)]
    if most == 1:
        return f"{phrases.capital(words.labels(appraisal.problem, first))} comes first in every way of weighing"
    verb = "comes first most often" if len(first) == 1 else "each come first as often"
    fewer = ", fewer than half" if most < HALF else ""
    return f"{phrases.capital(words.labels(appraisal.problem, first))} {verb}: in {phrases.of_hundred(most)} ways of weighing{fewer}"


def _judgement_changes(appraisal: Appraisal) -> str:
    return judgement_change_parts.title(appraisal)


def _weights_moved(appraisal: Appraisal) -> str:
    return robustness_words.smallest_changes(appraisal)[0].rstrip(".")


def _uncertainty(appraisal: Appraisal) -> str:
    """Name the condition, since with other ways of weighing the answer may be another one."""
    found = appraisal.uncertainty
    if found is None:
        return "Neither more weighing nor more evidence is needed: the same comes first every time"
    if not uncertainty_parts.clear(found):
        return "Too few ways of weighing differ to say whether weights or judgements are behind it"
    within = weight_set_words.within(appraisal.problem)
    return f"{within}, {phrases.uncapital(uncertainty_parts.title(found))}"


def _left_out(appraisal: Appraisal) -> str:
    parts = [one for one in appraisal.left_out if one.what != "option"]
    changed = sum(one.changed for one in parts)
    what = "criterion or group" if any(one.what == "group" for one in parts) else "criterion"
    if not changed:
        return f"Leaving out any one {what} changes nothing about who comes first"
    if changed == len(parts):
        return f"Leaving out any one {what} would change who comes first"
    return f"Leaving out one {what} would change who comes first in {changed} of {len(parts)} cases"


FINDINGS: dict[str, Callable[[Appraisal], str]] = {
    "judgement_changes": _judgement_changes,
    "weights_moved": _weights_moved,
    "under_each_set": ways_of_weighing.title,
    "information": information_parts.title,
    "uncertainty": _uncertainty,
    "potential": potential_parts.title,
    "left_out": _left_out,
    "robustness": robustness_detail_words.title,
    "without_chance": exact_words.title,
}
