"""What would change the answer, as sentences: something left out, or several weights moved together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole, whole_parts
from partnership_model.display import phrases, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.leave_out import LeftOut
    from partnership_model.analysis.smallest_change import SmallestChange

LEVEL = (
    "After such a move the option is level with the best of the others; a little more puts it ahead. "
    "Where several moves are equally small, one of them is shown. Judgements stay at their likely figures."
)
FIXED = (
    "Leaving out an option never changes the order of the others: what 0 and 100 mean is fixed on every criterion, "
    "whichever options there are, and the judgements stay as they are."
)
DOORS = "{label} counts the options of the case that can still be reached: striking one from the case itself changes that judgement."


def left_out(appraisal: Appraisal) -> list[str]:
    """Say what comes first without one criterion or group, where that changes; else one sentence that none changes it.

    Those without which the same comes first share a sentence. What follows without an option that leads alone is said last.
    """
    parts = [one for one in appraisal.left_out if one.what != "option"]
    together: dict[tuple[str, ...], list[str]] = {}
    for one in parts:
        if one.changed:
            together.setdefault(one.leaders, []).append(_named(appraisal, one))
    said = [_without(appraisal, names, leaders) for leaders, names in together.items()]
    if parts and not said:
        kinds = "criterion or stakeholder group" if any(one.what == "group" for one in parts) else "criterion"
        said = [f"No {kinds} that is left out alone changes what comes first."]
    gone = [one for one in appraisal.left_out if one.what == "option" and (one.name,) == appraisal.leaders]
    return said + [_without(appraisal, [_named(appraisal, one)], one.leaders) for one in gone]


def _named(appraisal: Appraisal, one: LeftOut) -> str:
    if one.what == "group":
        return f"the {phrases.possessive(one.name)} weights"
    if one.what == "criterion":
        return appraisal.problem.criteria[one.name].label.lower()
    return words.labels(appraisal.problem, [one.name])


def _without(appraisal: Appraisal, names: Sequence[str], leaders: tuple[str, ...]) -> str:
    alone = " alone" if set(leaders) < set(appraisal.leaders) else ""
    verb = f"would come first{alone}" if len(leaders) == 1 else "would tie for first"
    each = " alone" if len(names) > 1 else ""
    return f"If {_either(names)}{each} were left out, {words.labels(appraisal.problem, leaders)} {verb}."


def _either(names: Sequence[str]) -> str:
    *rest, last = names
    return f"{', '.join(rest)} or {last}" if rest else last


def fixed(appraisal: Appraisal) -> str:
    """Say why leaving out an option leaves the order of the others, and which judgement looks at the options of the case."""
    counting = {
        criterion.label
        for (option, name), one in appraisal.problem.judgements.items()
        if (criterion := appraisal.problem.criteria[name]).derived == "exit"
        and one.origin == "computed"
        and option in appraisal.values.options
    }
    return " ".join([FIXED, *(DOORS.format(label=label) for label in sorted(counting))])


def smallest_changes(appraisal: Appraisal) -> list[str]:
    """Say which option needs the fewest points to move to come first, and which none can put first."""
    found = sorted((one.moved, key) for key, one in appraisal.smallest_changes.items() if one)
    said = [smallest_change(appraisal, found[0][1])] if found else []
    never = [key for key, one in appraisal.smallest_changes.items() if one is None]
    return said + ([_never(appraisal, never)] if never else [])


def smallest_change(appraisal: Appraisal, key: str) -> str:
    """Say how many points have to move from which criteria to which to put an option first."""
    one = appraisal.smallest_changes[key]
    if one is None:
        return _never(appraisal, [key])
    name = words.labels(appraisal.problem, [key])
    taken, given = moved_from(appraisal, one), moved_to(appraisal, one)
    return f"To put {name} first, {points(one)} of 100 would have to move: from {taken} to {given}."


def _never(appraisal: Appraisal, keys: Sequence[str]) -> str:
    return f"No weights put {_either([words.labels(appraisal.problem, [key]) for key in keys])} ahead, on the likely figures."


def points(one: SmallestChange) -> str:
    """Say how many points have to move."""
    return phrases.counted(whole(one.moved), "point") if one.moved >= 1 else "less than 1 point"


def moved_from(appraisal: Appraisal, one: SmallestChange) -> str:
    """Name the criteria that lose weight, and how many points each."""
    return _parts(appraisal, one, one.taken)


def moved_to(appraisal: Appraisal, one: SmallestChange) -> str:
    """Name the criteria that gain weight, and how many points each."""
    return _parts(appraisal, one, one.given)


def _parts(appraisal: Appraisal, one: SmallestChange, moves: Mapping[str, float]) -> str:
    """Name criteria with whole points that add up to what moves; without figures where less than one point does."""
    names = {name: appraisal.problem.criteria[name].label.lower() for name in moves}
    if one.moved < 1:
        return phrases.listed(names.values())
    return phrases.listed(f"{names[name]} ({amount or 'under 1'})" for name, amount in whole_parts(moves).items())
