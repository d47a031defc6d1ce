"""What a consultation says of the options, in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.support import AGAINST, FOR
from partnership_model.analysis.consultation.ways_of_counting import changes_the_answer
from partnership_model.display import phrases
from partnership_model.display.consultation.words import level as named
from partnership_model.display.consultation.words import option, options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.consultation.option_orders import OptionOrders
    from partnership_model.analysis.consultation.published import Support
    from partnership_model.analysis.consultation.results import ConsultationResults
    from partnership_model.analysis.consultation.ways_of_counting import Counted

LEVELS = {
    "strongly_for": "Strongly for",
    "for": "For",
    "neither": "Neither",
    "against": "Against",
    "strongly_against": "Strongly against",
}
VOICE = {"person": "One voice for each person", "group": "One voice for each group", "school": "One voice for each school"}
ORDER_NOTE = (
    "Borda counts for each option the others that people put below it; Copeland counts the others that it beats, two by two, less "
    "those that beat it; ranked pairs keeps the clearest majorities first. Rules can differ, ties are ties, and none of this is a vote."
)
TWO_CAMPS = -0.3  # A is a little below 0 already where people answer by chance
WITHHELD = {
    "no_option": "No option is left that these weights could put in order.",
    "nobody_weighed": "These weights cannot be used in the case.",
    "unconfirmed": (
        "Which option leads with these weights is not shown yet: there are judgements that alone could change it, and nobody has looked at "
        "them."
    ),
}


def level(cell: Sequence[str]) -> str:
    """Name levels of support that are counted together.

    >>> level(("for",)), level(("strongly_for", "for")), level(("neither", "against", "strongly_against"))
    ('For', 'For or strongly for', 'Neither, or against')
    """
    named = {(*FOR,): "For or strongly for", (*AGAINST,): "Against or strongly against", ("neither", *AGAINST): "Neither, or against"}
    return named.get(tuple(cell)) or LEVELS[cell[0]]


def in_cells(one: Support, split: Sequence[Sequence[str]]) -> list[int]:
    """Add up the counts of an option into coarser cells."""
    return [sum(count for cell, count in zip(one.cells, one.together, strict=True) if set(cell) <= set(wanted)) for wanted in split]


def support(results: ConsultationResults, one: Support) -> str:
    """Say what those who answered think of one option."""
    name = option(results, one.option)
    if one.answered is None:
        return f"{name}: fewer than five said what they think of it."
    if not one.together:
        return f"{name}: {one.answered} said what they think of it, so few of them on one side that no numbers are shown."
    return in_levels(results, one, one.cells)


def in_levels(results: ConsultationResults, one: Support, split: Sequence[Sequence[str]]) -> str:
    """Say how many stand at each of some levels."""
    parts = [f"{count} {level(cell).lower()}" for cell, count in zip(split, in_cells(one, split), strict=True)]
    return f"{option(results, one.option)}: of {one.answered} who said what they think of it, {phrases.listed(parts)}."


def most_support(results: ConsultationResults) -> str:
    """Say how the options are met: the title of support, without an order, for it is no vote."""
    shown = [one for one in results.support if one.together]
    more_for = [one.option for one in shown if in_cells(one, (FOR,))[0] * 2 > sum(one.together)]
    if not shown:
        return "Too few said what they think of the options, or too few on one side, for numbers to be shown"
    of = "" if len(shown) == len(results.support) else " whose numbers can be shown"
    if not more_for:
        return f"None of the options{of} has more than half of those who said what they think for it"
    named = "each of the options" if len(more_for) == len(shown) > 1 else options(results, more_for)
    among = f" (of the options{of})" if of else ""
    return f"More than half of those who said what they think are for {named}{among}"


def spread(results: ConsultationResults) -> list[str]:
    """Say of which options people stand in two camps, and of which they are spread over all levels."""
    said = ((option(results, one.option), _spread(one)) for one in results.support)
    return [f"{name}: {how}." for name, how in said if how]


def _spread(one: Support) -> str:
    """Say how people are divided; "" where more of them stand together than chance would put."""
    if one.agreement is None or one.agreement >= 0:
        return ""
    ends = one.together[0] + one.together[-1]
    if one.agreement <= TWO_CAMPS and ends * 2 > sum(one.together):
        return "people stand in two camps, with fewer in between"
    return "opinions are spread over all levels" if all(one.together) else ""


def counting(results: ConsultationResults, *, schools: bool = True) -> str:
    """Say whether it changes the answer who has a voice: the title of the ways of counting; without schools that cannot be compared."""
    compared = [one for one in results.options.counting if schools or one.by != "school"]
    scored = [one for one in compared if one.leaders]
    by = [f"each {one.by}" for one in scored]
    if not scored:
        return _weighs_most(results, compared)
    if len(scored) == 1:
        return f"With one voice for {by[0]}, {_leads(results, scored[0].leaders)}"
    whose = f"{', '.join(by[:-1])} or {by[-1]} has one voice"
    if changes_the_answer(scored):
        return f"Which option leads depends on whether {whose}"
    return phrases.capital(f"{_leads(results, scored[0].leaders)}, whether {whose}")


def _weighs_most(results: ConsultationResults, compared: Sequence[Counted]) -> str:
    """Say what weighs most by each way of counting, where no option may be said to lead."""
    first: dict[tuple[str, ...], list[str]] = {}
    for one in compared:
        most = max(one.weights.values())
        first.setdefault(tuple(key for key, value in one.weights.items() if value == most), []).append(f"each {one.by}")
    parts = [f"{named(results, keys)} if {' or '.join(by)} has one voice" for keys, by in first.items()]
    if len(parts) == 1:
        if len(compared) == 1:
            return f"What weighs most: {parts[0]}"
        return f"What weighs most is the same whoever has a voice: {named(results, next(iter(first)))}"
    return f"What weighs most depends on who has a voice: {'; '.join(parts)}"


def _leads(results: ConsultationResults, keys: Sequence[str]) -> str:
    return f"{options(results, keys)} {'leads' if len(keys) == 1 else 'share the first place'}"


def not_asked(results: ConsultationResults) -> str:
    """Say that criteria which nobody was asked about have no weight in these overall values."""
    named = phrases.listed(map(phrases.uncapital, results.options.not_asked))
    return f"People were not asked about {named}, so that has no weight in these overall values; in the case it may have."


def order(results: ConsultationResults, found: OptionOrders) -> str:
    """Say what comes out when options are compared two by two."""
    who = f"Of {found.voices} who said what they think of two options or more"
    if found.condorcet:
        return f"{who}, more put {options(results, [found.condorcet])} above each other option than below it."
    if found.cycle:
        return (
            f"{who}, no option is put above each other one: {options(results, found.cycle)} beat each other in a circle, so that any order "
            "of them goes against more people than it follows somewhere."
        )
    return f"{who}, no option is put above each other one by more people than below it; some are level."


def leaders(results: ConsultationResults) -> list[str]:
    """Say which option leads by each way of counting."""
    said = []
    for one in results.options.counting:
        if one.leaders:
            voices = f"{VOICE[one.by]} ({one.voices})"
            said.append(f"{voices}: {_leads(results, one.leaders)}, with an overall value of {one.overall[one.leaders[0]]} of 100.")
    return said
