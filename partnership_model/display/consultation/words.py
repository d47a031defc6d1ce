"""What a consultation says in plain sentences, each with how many said it, of how many, and what was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.small_counts import FEWEST_SHOWN
from partnership_model.analysis.overall import whole
from partnership_model.display import phrases

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.analysis.consultation.published import Point, WhatMatters
    from partnership_model.analysis.consultation.response import Response
    from partnership_model.analysis.consultation.results import ConsultationResults

ALL = "Everybody"
NO_FEW = f"No number of fewer than {FEWEST_SHOWN} is shown, and none from which one could be computed"
COUNTS = f"{NO_FEW}; levels are counted together where that needs it."
HELD_BACK = f"Not shown: a number of fewer than {FEWEST_SHOWN}, or one with which such a number could be worked out."
FEW = f"fewer than {FEWEST_SHOWN}"
FEW_TO_BE_CLEAR = 10  # answers; of fewer the draws say little, since they hold nobody else
MOST_PARTS = 3  # of a title
CHANNELS = {"session": "at a session", "open_form": "by the open form", "paper": "on paper", "survey": "by another survey"}
SHORT_WHY = {"few": "fewer than five in each group", "others": "others' answers could be worked out"}
WHY = {"few": "fewer than five answered.", "others": "not shown, since with it others' answers could be worked out."}
TOO_MANY = " That is more than were invited: somebody answered twice, or the number of those invited is wrong."


def who_says(results: ConsultationResults) -> dict[str, WhatMatters]:
    """Give what matters by whom: each group, then all of them; all alone where only one group is shown and nobody beside it."""
    groups = dict(results.by_group)
    together = results.together
    if together and not (len(groups) == 1 and together.counted == sum(one.counted for one in groups.values())):
        groups[ALL] = together
    return groups


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


def counted(results: ConsultationResults, count: int, group: str = "") -> str:
    """Say how many, of what: people, unless a household may have given several answers, or a few of other groups are among them."""
    asked = [one for one in results.groups if group in ("", one.name)] or results.groups
    if all(one.unit == "people" for one in asked) and not (group and group == results.takes_in):
        return phrases.counted(count, "person", "people")
    return phrases.counted(count, "answer")


def by_weight(results: ConsultationResults) -> list[str]:
    """Give the criteria from the heaviest to all who are counted together, in which every table and chart has them."""
    said = results.together or next(iter(results.by_group.values()), None)
    return [point.criterion for point in said.order] if said else [one.key for one in results.questions.criteria]


def response(one: Response) -> str:
    """Say how many of a group answered, of how many, and what was counted."""
    if one.answered is None:
        asked = " Nobody counted how many were invited." if one.invited is None else f" {one.invited:,} {one.unit} were invited."
        return f"{one.name}: {WHY[one.why or 'few']}{asked}"
    name = f"{one.name}, with the few who named another group, or none" if one.with_others else one.name
    if one.invited is None:
        return f"{name}: {_answers(one)}. Nobody counted how many were invited, so there is no rate."
    return f"{name}: {_of_invited(one)}"


def everybody(results: ConsultationResults) -> str:
    """Say how many answered in all."""
    one = results.everybody
    if one.answered is None:
        return "Fewer than five people answered, so nothing of what they said is shown."
    if one.invited is None or not one.unit:
        why = "groups were counted in different units" if one.unit is None else "not every group was counted"
        return f"{one.answered:,} answers came in. How many that is of all who were invited cannot be said, since {why}."
    said = _of_invited(one)
    return said.replace(" invited", " invited answered", 1) if one.unit == "people" else said.replace(";", " came in;", 1)


def _of_invited(one: Response) -> str:
    """Say how many of how many; what a household or several groups sent are answers, of which one household may have sent more."""
    known = f"{one.percent}" if one.percent is not None else rate(one) if one.with_others and one.answered <= one.invited else ""
    more = TOO_MANY if one.too_many else ""
    if one.with_others or one.unit != "people":
        share = f", so {known} in 100" if known else ""
        return f"{_answers(one)}; {one.invited:,} {one.unit} were invited{share}.{more}"
    share = f", {known} in 100" if known else ""
    return f"{one.answered:,} of {one.invited:,} {one.unit} invited{share}.{more}"


def _answers(one: Response) -> str:
    """Count people where each answer is one of theirs, and answers where it need not be."""
    if one.with_others or one.unit != "people":
        return f"{one.answered:,} answers"
    return f"{one.answered:,} people"


def rate(one: Response) -> str:
    """Give how many of 100 invited answered, or say why that is not known; with a few of other groups counted it is at most that."""
    if one.answered is None:
        return "not shown"
    if one.invited is None:
        return "no rate: groups have different units" if one.unit is None else "no rate: not all were counted"
    if not one.invited:
        return "no rate: nobody was invited"
    if one.with_others:
        return f"at most {whole(100 * one.answered / one.invited)}"
    return f"{one.percent}: more than were invited" if one.too_many else str(one.percent)


def invited_at(results: ConsultationResults, one: Response) -> str:
    """Say how many were invited of the groups that are counted at a school, each unit by itself, and who was not counted."""
    here = [group for group in results.questions.adults if group.group in one.counted or not one.counted]
    known: dict[str, int] = {}
    for group in here:
        if one.name in group.invited:
            known[group.unit] = known.get(group.unit, 0) + group.invited[one.name]
    missing = [phrases.uncapital(group.group) for group in here if one.name not in group.invited]
    said = [f"{number:,} {unit}" for unit, number in known.items()]
    return "; ".join([*said, *([f"nobody counted {phrases.listed(missing)} by school"] if missing else [])])


def channels(results: ConsultationResults) -> str:
    """Say how the answers came in, and why some numbers are not shown; "" where all came one way."""
    if len(results.channels) < 2:
        return ""
    shown = [f"{CHANNELS[name]} {count:,}" for name, count in results.channels.items() if count is not None]
    hidden = [CHANNELS[name] for name, count in results.channels.items() if count is None]
    said = f"How the answers came in: {phrases.listed(shown)}." if shown else ""
    if not hidden:
        return said
    why = "not shown, since fewer than five came so, or since with it fewer than five could be worked out"
    return f"{said} How many came {phrases.listed(hidden)} is {why}.".strip()


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
        return f"What matters most to {whom}: {level(results, keys)}"
    if len(first) > MOST_PARTS:
        every = phrases.unique(key for keys in first for key in keys)
        return f"Groups differ in what matters most to them: {criteria(results, every)}"
    parts = [f"to {phrases.listed(map(phrases.uncapital, names))}: {level(results, keys)}" for keys, names in first.items()]
    return f"What matters most {'; '.join(parts)}"


def level(results: ConsultationResults, keys: Sequence[str]) -> str:
    """Name what stands first as it was asked, since "to staff, staff" reads as a slip."""
    named = phrases.listed(criterion(results, key) for key in keys)
    return named if len(keys) == 1 else f"{named}, level"


def more_groups(names: Sequence[str]) -> str:
    """Name the groups of another chart."""
    return f"What matters to {phrases.listed(map(phrases.uncapital, names))}"


def weights_of(results: ConsultationResults, name: str, said: WhatMatters) -> str:
    """Say what weighs most in a group, with its interval, and whether the next is clearly behind."""
    first, *rest = said.order
    opening = f"{name} ({counted(results, said.counted, name)}): {_point(results, first)}"
    near = [one for one in rest if one.high >= first.low]
    if not near:
        few = f" ({phrases.counted(said.counted, 'answer')} only)" if said.counted < FEW_TO_BE_CLEAR else ""
        return f"{opening}, clearly ahead of the next{few}, {_point(results, rest[0])}." if rest else f"{opening}."
    close = phrases.listed(f"{phrases.uncapital(criterion(results, one.criterion))} ({one.weight})" for one in near[:3])
    many = " and others" if len(near) > 3 else ""
    return f"{opening}. So near that a few answers decide the order: {close}{many}."


def _point(results: ConsultationResults, point: Point) -> str:
    return f"{phrases.uncapital(criterion(results, point.criterion))} {point.weight} of 100 (from {point.low} to {point.high})"


def coded(results: ConsultationResults) -> str:
    """Say how many comments were put under a theme."""
    count = FEW if results.coded < FEWEST_SHOWN else str(results.coded)
    return f"{count} comments that were put under a theme"


def commonest(results: ConsultationResults, labels: Mapping[str, str]) -> str:
    """Say what comments are about most often: the title of the themes."""
    most = [one for one in results.comments if one.comments is not None]
    if not most:
        return "No theme has five comments or more"
    first = [labels.get(one.theme, one.theme) for one in most if one.comments == most[0].comments]
    many = f"{most[0].comments} each" if len(first) > 1 else str(most[0].comments)
    return f"Comments are most often about {phrases.listed(map(phrases.uncapital, first))}: {many} of the {coded(results)}"
