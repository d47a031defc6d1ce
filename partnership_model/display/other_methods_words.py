"""Whether other methods agree, as sentences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from partnership_model.display import phrases, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.other_methods import OtherMethod, OtherMethods, Reversal

NAMES = {
    "topsis": "TOPSIS",
    "vikor": "VIKOR",
    "promethee_ii": "PROMETHEE II",
    "weighted_product": "Weighted product",
    "additive": "Adding up values, 0 and 100 fixed (here)",
    "additive_by_range": "Adding up values scaled from the worst to the best at hand",
    "additive_by_sum": "Adding up values scaled to a sum of one",
}
INSIDE = {**NAMES, "weighted_product": "the weighted product"}
CAUSES = {
    "normalisation": "its normalisation, which is scaling to the options at hand",
    "rule": "its own rule",
    "either": "its normalisation as well as its own rule, each enough alone",
    "both": "its normalisation and its own rule together, neither enough alone",
}
NOT_INSTALLED = (
    "The check by other methods was not made: the package pymcdm, which computes them, could not be loaded. "
    "It comes with the extra “methods” of the workbook; install it and run the appraisal again."
)
NOTE = (
    "All methods take the likely values from 0 to 100 and the weights in use, and none the ranges. TOPSIS (Hwang and Yoon 1981) with "
    "vector normalisation; VIKOR (Opricovic and Tzeng 2004) with v = 0.5; PROMETHEE II (Brans and Vincke 1985) with the usual preference "
    "function, by which any lead counts in full; the weighted product (Bridgman 1922). The package pymcdm computes them. A pair comes from "
    "normalisation where adding up values so scaled turns it round, and the method with 0 and 100 fixed does not; from the rule where it "
    "is the other way about. That methods agree does not make judgements right, and that they differ does not make an order wrong."
)


def findings(appraisal: Appraisal, found: OtherMethods) -> list[str]:
    """Say which methods put the same first, how many pairs each turns round, where that comes from, and what hangs on the list."""
    return [
        *_firsts(appraisal, found),
        *_pairs(found.methods),
        *_open_here(appraisal, found.methods),
        *_unseparated(appraisal, found.methods),
        *_zeros(appraisal, found),
        *_level(appraisal, found),
        *_reversals(appraisal, found.reversals),
    ]


def title(found: OtherMethods) -> str:
    """Count the methods that put the same first, without a full stop."""
    same, every = [one for one in found.methods if one.same_first], found.methods
    if len(same) == len(every):
        return f"All {len(every)} other methods put first what comes first here"
    if not same:
        return f"None of {len(every)} other methods puts first what comes first here"
    return f"{len(same)} of {len(every)} other methods {'puts' if len(same) == 1 else 'put'} first what comes first here"


def _firsts(appraisal: Appraisal, found: OtherMethods) -> list[str]:
    same = [INSIDE[one.name] for one in found.methods if one.same_first]
    named = f": {phrases.listed(same)}" if 0 < len(same) < len(found.methods) else ""
    tied = f" ({words.labels(appraisal.problem, appraisal.leaders)} tie for it)" if len(appraisal.leaders) > 1 else ""
    said = [f"{title(found)}{tied}{named}."]
    others: dict[tuple[str, ...], list[str]] = {}
    for one in found.methods:
        if not one.same_first:
            others.setdefault(one.order[0], []).append(INSIDE[one.name])
    for first, names in others.items():
        together = " together" if len(first) > 1 else ""
        said.append(f"{_put(names)} {words.labels(appraisal.problem, first)} first{together}.")
    return said


def _put(names: Sequence[str]) -> str:
    return f"{phrases.capital(phrases.listed(names))} {'puts' if len(names) == 1 else 'put'}"


def _pairs(methods: Sequence[OtherMethod]) -> list[str]:
    said = []
    for one in methods:
        if one.turned:
            in_order = "stands in an order" if one.compared == 1 else "stand in an order"
            count = f"{len(one.turned)} of the {phrases.counted(one.compared, 'pair')} that {in_order} here"
            said.append(f"{_put([INSIDE[one.name]])} {count} the other way round; {_causes(one)}.")
    none = [INSIDE[one.name] for one in methods if not one.turned]
    if none:
        said.append(f"{_put(none)} no pair the other way round.")
    return said


def _causes(one: OtherMethod) -> str:
    counts = Counter(pair.cause for pair in one.turned)
    if len(counts) == 1:
        (cause,) = counts
        begins = "that comes" if len(one.turned) == 1 else f"all {len(one.turned)} come"
        return f"{begins} from {CAUSES[cause]}"
    return phrases.listed(f"{count} {'comes' if count == 1 else 'come'} from {CAUSES[cause]}" for cause, count in counts.most_common())


def _open_here(appraisal: Appraisal, methods: Sequence[OtherMethod]) -> list[str]:
    """Say how many of the pairs that any method turns round cannot be separated here either."""
    turned = {frozenset((pair.ahead_here, pair.ahead_there)) for one in methods for pair in one.turned}
    both = turned & {frozenset(pair) for pair in appraisal.cannot_separate}
    if not both:
        return []
    if len(turned) == 1:
        return ["That pair cannot be separated here either, by what we know."]
    which = "All" if both == turned else f"{len(both)} of"
    return [f"{which} {len(turned)} pairs that any method turns round cannot be separated here either, by what we know."]


def _unseparated(appraisal: Appraisal, methods: Sequence[OtherMethod]) -> list[str]:
    return [
        f"By its own rule {INSIDE[one.name]} leaves open which is first: {words.labels(appraisal.problem, one.unseparated)}."
        for one in methods
        if len(one.unseparated) > 1
    ]


def _zeros(appraisal: Appraisal, found: OtherMethods) -> list[str]:
    if not found.naught:
        return []
    names = phrases.capital(words.labels(appraisal.problem, found.naught))
    one = len(found.naught) == 1
    has, its, it = ("has", "its", "it") if one else ("have", "their", "them")
    said = f"{names} {has} 0 on a criterion that carries weight: {its} weighted product is nought"
    return [f"{said}, which is last{'' if one else ' together'}, whatever else speaks for {it}."]


def _level(appraisal: Appraisal, found: OtherMethods) -> list[str]:
    if not found.level:
        return []
    names = phrases.listed(appraisal.problem.criteria[name].label.lower() for name in found.level)
    return [f"All options have the same value on {names}. It is left out where a method would divide by nought; no order hangs on it."]


def _reversals(appraisal: Appraisal, reversals: Sequence[Reversal]) -> list[str]:
    """Say with which methods two options change places because another goes or is there twice."""
    said = []
    here, *others = reversals
    if not here.removed and not here.copied:
        said.append("Here no two options change places because another one goes, or because one is on the list twice.")
    said += [_reversal(appraisal, one) for one in others if one.removed or one.copied]
    steady = [INSIDE[one.name] for one in others if not one.removed and not one.copied]
    if steady and len(steady) < len(others):
        said.append(f"With {phrases.listed(map(phrases.uncapital, steady))}, none does that.")
    return said


def _reversal(appraisal: Appraisal, one: Reversal) -> str:
    problem = appraisal.problem
    parts = [(len(one.removed), "by going"), (len(one.copied), "by being on the list twice")]
    (count, way), *more = [part for part in parts if part[0]]
    make = f"{count} of the {len(problem.ranked_options)} options {'makes' if count == 1 else 'make'} two others change places {way}"
    make += "".join(f", and {further} {other}" for further, other in more)
    option, (ahead, then) = next(iter((one.removed or one.copied).items()))
    name = words.labels(problem, [option])
    because = f"Without {name}" if one.removed else f"With {name} on the list twice"
    example = f"{because}, for example, {words.labels(problem, [then])} goes ahead of {words.labels(problem, [ahead])}"
    return f"With {phrases.uncapital(INSIDE[one.name])}, {make}. {example}."
