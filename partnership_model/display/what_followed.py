"""What followed from one change: who came first before and comes first now, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import phrases, words

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal

NAMED = 2  # pairs that are named; more are counted


def what_followed(before: Appraisal, now: Appraisal, option: str) -> str:
    """Say what a change of one judgement did to the answer.

    Args:
        before: what followed without the change.
        now: what follows with it.
        option: whose judgement was changed.
    """
    said = [_leaders(before, now)]
    if before.withheld is None and now.withheld is None:
        said += [*_pairs(before, now), *_overall(before, now, option)]
    return " ".join(said)


def _leaders(before: Appraisal, now: Appraisal) -> str:
    if now.withheld is not None:
        return f"{words.headline(now)}{_no_longer(before, now)}."
    if before.withheld is not None:
        return f"Before, nothing could be put in order; now {phrases.uncapital(words.headline(now))}."
    past, present = words.level_with_leader(before), words.level_with_leader(now)
    if set(past) == set(present):
        return f"The same as before: {phrases.uncapital(words.headline(now))}."
    if len(past) > 1 and len(present) > 1:
        changed = [
            f"{said} {words.labels(now.problem, some)}"
            for said, some in (
                ("now also", [key for key in present if key not in past]),
                ("no longer", [key for key in past if key not in present]),
            )
            if some
        ]
        return f"Of those at the front, which cannot be separated: {'; '.join(changed)}."
    was = "could not be separated" if len(past) > 1 else "came first"
    return f"Before, {words.labels(before.problem, past)} {was}; now {phrases.uncapital(words.headline(now))}."


def _no_longer(before: Appraisal, now: Appraisal) -> str:
    """Say that an order is withheld again, where a change made another judgement decide."""
    return ". Before the change an order could be given" if before.withheld is None and now.withheld == "unconfirmed" else ""


def _pairs(before: Appraisal, now: Appraisal) -> list[str]:
    """Say which pairs can be told apart now, and which no longer can."""
    past, present = ({frozenset(pair) for pair in one.cannot_separate} for one in (before, now))
    said = []
    for changed, end in ((past - present, "can be separated now"), (present - past, "can no longer be separated")):
        if changed:
            named = "; ".join(_named(now, pair) for pair in sorted(changed, key=sorted)[:NAMED])
            more = f"; and {phrases.counted(len(changed) - NAMED, 'more pair')}" if len(changed) > NAMED else ""
            said.append(f"{phrases.capital(named)}{more} {end}.")
    return said


def _named(now: Appraisal, pair: frozenset[str]) -> str:
    return words.labels(now.problem, [one.key for one in now.problem.options if one.key in pair])


def _overall(before: Appraisal, now: Appraisal, option: str) -> list[str]:
    """Say how the option's overall value moved, where it did."""
    if before.overall is None or now.overall is None or option not in before.overall or option not in now.overall:
        return []
    past, present = words.overall(before, option), words.overall(now, option)
    name = words.labels(now.problem, [option])
    return [] if past == present else [f"The overall value of {name} was {past}; it is {present} now."]
