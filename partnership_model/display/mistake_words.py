"""The mistakes of appraisals in words: what was found in this one, why it matters and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnership_model.analysis.mistakes.criteria import FEWEST_OPTIONS
from partnership_model.analysis.mistakes.weighing import MANY, scores_known
from partnership_model.analysis.overall import whole
from partnership_model.display import phrases, words
from partnership_model.display.mistake_names import DO, WHY
from partnership_model.knowledge.schema import parse_day, plain_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.mistakes.found import Kind, Mistake
    from partnership_model.knowledge.cases import Case


@dataclass(frozen=True)
class Said:
    """One mistake in words."""

    kind: Kind
    says: str
    why: str
    do: str

    @property
    def sentence(self) -> str:
        """Give all of it in one paragraph."""
        return f"{self.says} {self.why} {self.do}"


def said(mistake: Mistake, appraisal: Appraisal) -> Said:
    """Put a mistake into words."""
    return Said(mistake.kind, _FOUND[mistake.kind](mistake, appraisal), WHY[mistake.kind], DO[mistake.kind])


def _criteria(appraisal: Appraisal, names: Iterable[str]) -> str:
    return phrases.listed(appraisal.problem.criteria[name].label.lower() for name in names)


def _options(appraisal: Appraisal, keys: Iterable[str]) -> str:
    return words.labels(appraisal.problem, keys)


def _comes_first(appraisal: Appraisal, keys: list[str]) -> str:
    return f"{_options(appraisal, keys)} {'tie for the first place' if len(keys) > 1 else 'comes first'}"


def _double_counting(one: Mistake, appraisal: Appraisal) -> str:
    both = _criteria(appraisal, one.where)
    parts = []
    if one.found["overlap"]:
        parts.append(f"{phrases.capital(both)} overlap by their very meaning.")
    if one.found["correlation"] is not None:
        alike = whole(one.found["correlation"] * 100)
        parts.append(
            f"{phrases.capital(both)} rise and fall together over the options (a correlation of {alike} of 100). "
            f"Over {one.found['options']} options that is weak evidence: two criteria easily look alike by accident."
        )
    without = one.found["leaders_without"]
    for name, leaders in without.items():
        if leaders:
            parts.append(f"Without {_criteria(appraisal, [name])}, {_comes_first(appraisal, leaders)}.")
    if not without and appraisal.left_out:
        parts.append("Leaving out either does not change what comes first.")
    return " ".join(parts)


def _weights_without_ranges(one: Mistake, _: Appraisal) -> str:
    (group,) = one.where
    if one.found["importance"]:
        return f"The {phrases.possessive(group)} weights were asked for as importance."
    return (
        f"The {phrases.possessive(group)} points were shared out, and the case does not say that the lifts from worst to best were shown."
    )


def _weight(found: dict[str, Any]) -> str:
    return "" if found["weight"] is None else f" It carries {whole(found['weight'] * 100)} of 100."


def _equal_scores(one: Mistake, appraisal: Appraisal) -> str:
    name = phrases.capital(_criteria(appraisal, one.where))
    return f"{name} does not help to choose: all options have the same likely value on it.{_weight(one.found)}"


def _local_scale(one: Mistake, appraisal: Appraisal) -> str:
    found, name = one.found, _criteria(appraisal, one.where)
    effect = "" if found["points"] is None else f" It moves the totals by {phrases.counted(whole(found['points']), 'point')} at most."
    return f"On {name} all options lie within {phrases.counted(found['spread'], 'point')} of 100.{_weight(found)}{effect}"


def _blanks(one: Mistake, appraisal: Appraisal) -> str:
    option = phrases.capital(_options(appraisal, one.where))
    ends = one.found["overall"]
    spread = "" if ends is None else f" Its overall value lies anywhere from {ends[0]} to {ends[1]}."
    return f"{option}: nobody has judged {_criteria(appraisal, one.found['criteria'])}.{spread}"


def _adding_errors(one: Mistake, _: Appraisal) -> str:
    return f"The points of {phrases.uncapital(one.where[0])} add up to {one.found['total']:g}, not to 100."


def _false_precision(one: Mistake, appraisal: Appraisal) -> str:
    first, *others = one.where
    if one.found["kind"] == "tie":
        ahead = phrases.share(one.found["ahead"])
        two = (_options(appraisal, [first]), _options(appraisal, others))
        return (
            f"{phrases.capital(two[0])} and {two[1]} tie in whole numbers, yet the first is ahead in {ahead} ways of weighing and judging."
        )
    totals = one.found["totals"]
    behind = phrases.listed(f"{_options(appraisal, [key])} has {totals[key]}" for key in others)
    return (
        f"{phrases.capital(_options(appraisal, [first]))} has {totals[first]} points, {behind}; yet it is ahead in fewer than 8 of 10 ways "
        "of weighing and judging, so what is known does not separate them."
    )


def _no_do_nothing(one: Mistake, _: Appraisal) -> str:
    gates = phrases.listed(f"“{says.rstrip('.')}”" for says in one.found["must_haves"])
    if one.found["must_haves"]:
        return f"Staying as we are is not among the options compared: {gates} closes it."
    return "Staying as we are is shown, and not compared with the rest."


def _weights_after_scores(one: Mistake, _: Appraisal) -> str:
    weighed, known = (plain_day(parse_day(one.found[name], name)) for name in ("weighed", "known"))
    (group,) = one.where
    return f"The {phrases.possessive(group)} weights were taken on {weighed}; scores were known from {known}, as the decisions log has it."


def _strategic_voting(one: Mistake, appraisal: Appraisal) -> str:
    (group,) = one.where
    found = one.found
    own, middle = whole(found["own"] * 100), whole(found["median"] * 100)
    return (
        f"Without the weights of {phrases.uncapital(group)}, {_comes_first(appraisal, found['leaders_without'])}. "
        f"It stands apart most on {_criteria(appraisal, [found['criterion']])}: {own} of 100, where the middle of the others is {middle}."
    )


_VOICES = {"group": "each group", "person": "each person", "school": "each school"}


def _who_counts(one: Mistake, appraisal: Appraisal) -> str:
    found = one.found
    ways = [
        f"with one voice for {_VOICES[way]}, {_comes_first(appraisal, leaders)}" for way, leaders in found["leaders"].items() if leaders
    ]
    said = "" if found["said"] else f"The case does not say who counts, so {_VOICES[found['used']]} has one voice. "
    schools = "" if found["leaders"]["school"] else " One voice for each school cannot be counted: the groups are not of one school each."
    return f"{said}{phrases.capital('; '.join(ways))}.{schools}"


def _averaged_conflict(one: Mistake, appraisal: Appraisal) -> str:
    own = "; ".join(
        f"by the weights of {phrases.uncapital(name)}, {_comes_first(appraisal, first)}" for name, first in one.found["first"].items()
    )
    nobody = " By no group's own weights does that come first." if one.found["nobodys"] else ""
    return f"The groups disagree: {own}. Together, {_comes_first(appraisal, one.found['together'])}.{nobody}"


def _rank_reversal(one: Mistake, appraisal: Appraisal) -> str:
    return f"Without {_options(appraisal, one.where)}, {_comes_first(appraisal, one.found['leaders_without'])}."


def _cost_twice(one: Mistake, appraisal: Appraisal) -> str:
    return f"Cost is in the score, and {_criteria(appraisal, [one.where[1]])} is counted beside it and is about money too."


def _cost_per_point(one: Mistake, _: Appraisal) -> str:
    return f"The case's own words divide money by points: “{one.found['sentence'].rstrip('.')}”."


def _dominated(one: Mistake, appraisal: Appraisal) -> str:
    beaten, better = (_options(appraisal, keys) for keys in (one.where, one.found["by"]))
    each = "each of " if len(one.found["by"]) > 1 else ""
    how = (
        ", wherever in their ranges the judgements lie."
        if one.found["certain"]
        else " on the likely figures; elsewhere in the ranges it can be."
    )
    return f"{phrases.capital(beaten)} is nowhere better than {each}{better}{how}"


def _deal_breaker(one: Mistake, appraisal: Appraisal) -> str:
    option = phrases.capital(_options(appraisal, one.where[:1]))
    kind = one.found["kind"]
    if kind == "no_place":
        return f"{option} comes first, and has no place for {phrases.listed(one.found['schools'])}."
    if kind == "must_have":
        gates = phrases.listed(f"“{says.rstrip('.')}”" for says in one.found["must_haves"])
        return f"{option} comes first, and nobody knows yet whether it meets {gates}."
    carried, about = whole(one.found["weight"] * 100), _criteria(appraisal, one.where[1:])
    return f"{option} comes first although it has {one.found['value']} of 100 on {about}, which carries {carried} of 100."


def _optimism(one: Mistake, appraisal: Appraisal) -> str:
    keys = one.found["leaders"]
    first = f"{_options(appraisal, keys)} would {'tie for the first place' if len(keys) > 1 else 'come first'}"
    if one.found["kind"] == "savings":
        return f"If no option saved any money, {first}."
    them = _options(appraisal, one.where)
    about = _criteria(appraisal, one.found["criteria"])
    return f"Some judgements of {them} rest on opinion only: on {about}. If these came out at their low figures, {first}."


def _predetermination(one: Mistake, _: Appraisal) -> str:
    status = words.CASE_STATUS[one.found["status"]].partition(":")[0].lower()
    (place,) = one.where
    if "passed" in one.found:
        passed, closes = (plain_day(parse_day(one.found[name], name)) for name in ("passed", "closes"))
        return f"A resolution ({place.replace('_', ' ')}) was passed on {passed}, before the consultation closed on {closes}."
    if not one.found["sentence"]:
        return "A recommendation is given while the schools are still exploring, before anybody has been asked."
    return f"The case is not decided ({status}), and yet says, under {place.replace('_', ' ')}: “{one.found['sentence'].rstrip('.')}”."


def _stale_facts(one: Mistake, _: Appraisal) -> str:
    if one.found["kind"] == "withdrawn":
        return str(one.found["says"])
    if one.found["kind"] == "expired":
        return f"By its own words this appraisal counts no longer since {plain_day(parse_day(one.found['day'], 'day'))}."
    if one.found["kind"] == "prices":
        day = plain_day(parse_day(one.found["day"], "day"))
        prices = f"The money figures are in prices of {one.found['price_year']}, and the question is asked for {day}"
        return f"{prices}; nothing is added for rising prices."
    return f"These facts have not been checked since they went stale: {phrases.listed(name.replace('_', ' ') for name in one.where)}."


def _built_to_lose(one: Mistake, appraisal: Appraisal) -> str:
    found = one.found
    by_count: dict[int, list[str]] = {}
    for key, count in found["looked_at"].items():
        by_count.setdefault(count, []).append(key)
    less = "; ".join(f"{count or 'none'} of {_options(appraisal, keys)}" for count, keys in sorted(by_count.items()))
    return f"Of {found['of']} judgements each, the group has looked at {found['most']} of one option, and at fewer of others: {less}."


_FOUND: dict[Kind, Callable[[Mistake, Appraisal], str]] = {
    "double_counting": _double_counting,
    "weights_without_ranges": _weights_without_ranges,
    "equal_scores": _equal_scores,
    "local_scale": _local_scale,
    "blanks": _blanks,
    "adding_errors": _adding_errors,
    "false_precision": _false_precision,
    "no_do_nothing": _no_do_nothing,
    "weights_after_scores": _weights_after_scores,
    "strategic_voting": _strategic_voting,
    "who_counts": _who_counts,
    "averaged_conflict": _averaged_conflict,
    "rank_reversal": _rank_reversal,
    "cost_twice": _cost_twice,
    "cost_per_point": _cost_per_point,
    "dominated": _dominated,
    "deal_breaker": _deal_breaker,
    "optimism": _optimism,
    "predetermination": _predetermination,
    "stale_facts": _stale_facts,
    "built_to_lose": _built_to_lose,
}


def _order_unknown(case: Case) -> str:
    if not case.file.used:
        return "nobody has weighed."
    return "" if scores_known(case) else "the decisions log does not say when scores were agreed or a result was seen."


def unchecked(kind: Kind, case: Case, appraisal: Appraisal) -> str:
    """Say why nothing could be looked for; "" where it was."""
    groups = len(case.file.weights)
    few = "" if groups > 1 else "fewer than two groups have weighed."
    order = "" if appraisal.withheld is None else "nothing is put in order yet."
    reasons: dict[Kind, str] = {
        "double_counting": "" if len(appraisal.values.options) >= FEWEST_OPTIONS else "fewer than three options are left.",
        "weights_without_ranges": "" if case.file.used else "nobody has weighed.",
        "adding_errors": "" if case.file.used else "nobody has weighed.",
        "weights_after_scores": _order_unknown(case),
        "strategic_voting": "" if groups >= MANY else "it takes three groups to see that one stands apart.",
        "who_counts": few,
        "averaged_conflict": few,
        **dict.fromkeys(("false_precision", "rank_reversal", "deal_breaker", "optimism"), order),
    }
    found = reasons.get(kind, "")
    return order if kind in ("strategic_voting", "who_counts", "averaged_conflict") and not found else found
