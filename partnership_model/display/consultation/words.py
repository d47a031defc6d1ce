"""What a consultation says in plain sentences, each with how many said it, of how many, and what was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.concordance import MODERATE, STRONG, WEAK
from partnership_model.analysis.consultation.support import AGAINST, FOR
from partnership_model.analysis.consultation.ways_of_counting import changes_the_answer
from partnership_model.analysis.overall import whole
from partnership_model.display import phrases
from partnership_model.display.consultation.frames import ALL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.analysis.consultation.option_orders import OptionOrders
    from partnership_model.analysis.consultation.published import Point, Support, WhatMatters
    from partnership_model.analysis.consultation.response import Response
    from partnership_model.analysis.consultation.results import ConsultationResults

ONE_OF = {"people": "person", "households": "household", "classes": "class"}
LEVELS = {
    "strongly_for": "Strongly for",
    "for": "For",
    "neither": "Neither",
    "against": "Against",
    "strongly_against": "Strongly against",
}
MOST_PARTS = 3  # of a title
VOICE = {"person": "One voice for each person", "group": "One voice for each group", "school": "One voice for each school"}
CHANNELS = {"session": "at a session", "open_form": "by the open form", "paper": "on paper", "survey": "by another survey"}
ORDER_NOTE = (
    "Borda counts for each option the others that people put below it; Copeland counts the others that it beats, two by two, less "
    "those that beat it; ranked pairs keeps the clearest majorities first. Rules can differ, ties are ties, and none of this is a vote."
)
WITHHELD = {
    "no_option": "No option is left that these weights could put in order.",
    "nobody_weighed": "These weights cannot be used in the case.",
    "unconfirmed": (
        "Which option leads with these weights is not shown yet: there are judgements that alone could change it, and nobody has looked at "
        "them."
    ),
}
WHY = {"few": "fewer than five answered.", "others": "not shown, since with it others' answers could be worked out."}
TOO_MANY = " That is more than were invited: somebody answered twice, or the number of those invited is wrong."


def criterion(results: ConsultationResults, key: str) -> str:
    """Give a criterion's name as it was asked."""
    return next(one.label for one in results.questions.criteria if one.key == key)


def option(results: ConsultationResults, key: str) -> str:
    """Give an option's name as it was asked, or as the case calls it."""
    asked = {one.key: one.label for one in results.questions.options}
    return asked.get(key) or results.options.labels[key]


def criteria(results: ConsultationResults, keys: Sequence[str]) -> str:
    """Name criteria inside a sentence."""
    return phrases.listed(phrases.uncapital(criterion(results, key)) for key in keys)


def options(results: ConsultationResults, keys: Sequence[str]) -> str:
    """Name options inside a sentence."""
    asked = {one.key: one.in_a_sentence for one in results.questions.options}
    return phrases.listed(asked.get(key) or results.options.phrases[key] for key in keys)


def level(cell: Sequence[str]) -> str:
    """Name levels of support that are counted together.

    >>> level(("for",)), level(("strongly_for", "for")), level(("neither", "against", "strongly_against"))
    ('For', 'For or strongly for', 'Neither, or against')
    """
    named = {(*FOR,): "For or strongly for", (*AGAINST,): "Against or strongly against", ("neither", *AGAINST): "Neither, or against"}
    return named.get(tuple(cell)) or LEVELS[cell[0]]


def strength(w: float) -> str:
    """Say how strong an agreement is."""
    steps = ((STRONG, "strong"), (MODERATE, "moderate"), (WEAK, "weak"))
    return next((name for least, name in steps if w >= least), "hardly any")


def counted(results: ConsultationResults, count: int, group: str = "") -> str:
    """Say how many, of what: people, unless the group, or every group, was asked by household or class."""
    units = {one.unit for one in results.groups if group in ("", one.name)} or {one.unit for one in results.groups}
    found = units.pop() if len(units) == 1 else None
    return phrases.counted(count, ONE_OF[found] if found else "answer", found or "answers")


def by_weight(results: ConsultationResults) -> list[str]:
    """Give the criteria from the heaviest to all who are counted together, in which every table and chart has them."""
    said = results.together or next(iter(results.by_group.values()), None)
    return [point.criterion for point in said.order] if said else [one.key for one in results.questions.criteria]


def response(one: Response) -> str:
    """Say how many of a group answered, of how many, and what was counted."""
    if one.answered is None:
        asked = f" {one.invited} {one.unit} were invited." if one.invited else ""
        return f"{one.name}: {WHY[one.why or 'few']}{asked}"
    name = f"{one.name}, with the few answers of other groups" if one.with_others else one.name
    if one.invited is None:
        return f"{name}: {one.answered} {one.unit}. Nobody counted how many were invited, so there is no rate."
    rate = f", {one.percent} in 100" if one.percent is not None else ""
    return f"{name}: {one.answered} of {one.invited} {one.unit} invited{rate}.{TOO_MANY if one.too_many else ''}"


def everybody(results: ConsultationResults) -> str:
    """Say how many answered in all."""
    one = results.everybody
    if one.answered is None:
        return "Fewer than five people answered, so nothing of what they said is shown."
    if one.invited is None or not one.unit:
        why = "groups were counted in different units" if one.unit is None else "not every group was counted"
        return f"{one.answered} answers came in. How many that is of all who were invited cannot be said, since {why}."
    rate = f", {one.percent} in 100" if one.percent is not None else ""
    return f"{one.answered} of {one.invited} {one.unit} invited answered{rate}.{TOO_MANY if one.too_many else ''}"


def absent(results: ConsultationResults) -> str:
    """Name the groups and schools of which nothing is shown, so that nobody forgets them; "" where all are shown."""
    names = [one.name for one in (*results.groups, *results.schools) if one.answered is None]
    return f"Without a picture of their own: {phrases.listed(names)}." if names else ""


def heaviest(results: ConsultationResults) -> str:
    """Say what matters most to whom: the title of the weights."""
    said = results.by_group or {ALL: results.together}
    first: dict[tuple[str, ...], list[str]] = {}
    for name, one in said.items():
        if one:
            first.setdefault(one.heaviest, []).append(name)
    if not first:
        return "Too few said what matters to them for anything to be shown"
    if len(first) == 1:
        keys, names = next(iter(first.items()))
        whom = "every group that is shown" if len(names) > 1 else phrases.uncapital(names[0])
        return phrases.capital(f"{_matter(results, keys)} to {whom}")
    if len(first) > MOST_PARTS:
        every = phrases.unique(key for keys in first for key in keys)
        return f"Groups differ in what matters most to them: {criteria(results, every)}"
    parts = [f"to {phrases.listed(map(phrases.uncapital, names))}, {criteria(results, keys)}" for keys, names in first.items()]
    return f"What matters most: {'; '.join(parts)}"


def more_groups(names: Sequence[str]) -> str:
    """Name the groups of another chart."""
    return f"What matters to {phrases.listed(map(phrases.uncapital, names))}"


def _matter(results: ConsultationResults, keys: Sequence[str]) -> str:
    if len(keys) == 1:
        return f"{criteria(results, keys)} matters most"
    return f"{criteria(results, keys)} matter most, level with each other,"


def weights_of(results: ConsultationResults, name: str, said: WhatMatters) -> str:
    """Say what weighs most in a group, with its interval, and whether the next is clearly behind."""
    first, *rest = said.order
    opening = f"{name} ({counted(results, said.counted, name)}): {_point(results, first)}"
    near = [one for one in rest if one.high >= first.low]
    if not near:
        return f"{opening}, clearly ahead of the next, {_point(results, rest[0])}." if rest else f"{opening}."
    close = phrases.listed(f"{phrases.uncapital(criterion(results, one.criterion))} ({one.weight})" for one in near[:3])
    many = " and others" if len(near) > 3 else ""
    return f"{opening}. So near that others answering could have changed the order: {close}{many}."


def _point(results: ConsultationResults, point: Point) -> str:
    return f"{phrases.uncapital(criterion(results, point.criterion))} {point.weight} of 100 (from {point.low} to {point.high})"


def agreement(results: ConsultationResults) -> str:
    """Say how far people agree: the title of the agreement."""
    found = results.agreement
    if found.opposed:
        pair = found.opposed[0]
        return f"{pair.one} and {phrases.uncapital(pair.other)} each agree among themselves, and put things in opposite orders"
    w = found.together if found.together is not None else found.between
    if w is None:
        return "There is nothing to agree on yet"
    return {
        "strong": "People agree strongly on what matters",
        "moderate": "People agree in the main on what matters",
        "weak": "People agree a little on what matters",
        "hardly any": "People hardly agree on what matters",
    }[strength(w)]


def agreement_findings(results: ConsultationResults) -> list[str]:
    """Say what stands behind that: within, between and together, and on what opinions are most divided."""
    found, said = results.agreement, []
    if found.opposed and found.together is not None:
        names = "; ".join(f"{one.one} and {phrases.uncapital(one.other)}" for one in found.opposed)
        said.append(
            f"Over everybody the agreement is {strength(found.together)} ({_of_100(found.together)}). That is not because nobody agrees: "
            f"groups agree each among themselves and oppose each other ({names})."
        )
    within = [f"{phrases.uncapital(name)} {_of_100(value)}, {strength(value)}" for name, value in found.within.items() if value is not None]
    if within:
        said.append(f"Agreement within each group: {'; '.join(within)}.")
    if found.between is not None and len(found.within) > 1:
        said.append(f"Between the groups, each with one voice: {_of_100(found.between)}, {strength(found.between)}.")
    if results.together:
        even = even_spread(len(results.together.points))
        apart = sorted((one for one in results.together.points if one.polarisation > even), key=lambda one: -one.polarisation)
        for one in apart[:2]:
            name = phrases.uncapital(criterion(results, one.criterion))
            said.append(f"Opinions are divided on {name}: many put it near the top and many near the bottom.")
    return said


def even_spread(things: int) -> float:
    """Give the polarisation of ranks that were each given equally often: further apart, opinions gather at the ends.

    >>> round(even_spread(8), 2), even_spread(2)
    (0.43, 1.0)
    """
    return (things + 1) / (3 * (things - 1)) if things > 1 else 1.0


def _of_100(value: float) -> str:
    return f"{whole(100 * value)} of 100"


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
    of = "" if len(shown) == len(results.support) else ", of the options whose numbers can be shown"
    if not more_for:
        return f"More than half of those who said what they think are for none of the options{of}"
    named = "each of the options" if len(more_for) == len(shown) > 1 else options(results, more_for)
    return f"More than half of those who said what they think are for {named}{of}"


def camps(results: ConsultationResults) -> list[str]:
    """Name the options on which people stand in two camps."""
    split = [one.option for one in results.support if one.agreement is not None and one.agreement < 0]
    return [f"{option(results, key)}: people stand in two camps, with few in between." for key in split]


def counting(results: ConsultationResults) -> str:
    """Say whether it changes the answer who has a voice: the title of the ways of counting."""
    scored = [one for one in results.options.counting if one.leaders]
    by = [f"each {one.by}" for one in scored]
    if not scored:
        return "What weighs how much, by who has a voice"
    if len(scored) == 1:
        return f"With one voice for {by[0]}, {_leads(results, scored[0].leaders)}"
    whose = f"{', '.join(by[:-1])} or {by[-1]} has one voice"
    if changes_the_answer(scored):
        return f"Which option leads depends on whether {whose}"
    return phrases.capital(f"{_leads(results, scored[0].leaders)}, whether {whose}")


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


def among(kind: str, who: str) -> str:
    """Name those among whom there is an agreement."""
    return {"within a group": f"Within: {who}", "between groups": "Between the groups"}.get(kind, who)


def commonest(results: ConsultationResults, labels: Mapping[str, str]) -> str:
    """Say what most comments are about: the title of the themes."""
    most = [one for one in results.comments if one.comments is not None]
    if not most:
        return "Comments are about many things, each in fewer than five of them"
    first = [labels.get(one.theme, one.theme) for one in most if one.comments == most[0].comments]
    return f"Most comments are about {phrases.listed(map(phrases.uncapital, first))}: {most[0].comments} of {results.coded}"


def leaders(results: ConsultationResults) -> list[str]:
    """Say which option leads by each way of counting."""
    said = []
    for one in results.options.counting:
        if one.leaders:
            voices = f"{VOICE[one.by]} ({one.voices})"
            said.append(f"{voices}: {_leads(results, one.leaders)}, with an overall value of {one.overall[one.leaders[0]]} of 100.")
    return said
