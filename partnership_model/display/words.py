"""Results as sentences: plain English, whole numbers, ties called ties, and never a chance of success."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.display import phrases, weight_set_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.switching import SwitchingValue
    from partnership_model.knowledge.cases import Case
    from partnership_model.knowledge.schema import Range
    from partnership_model.model.problem import DecisionProblem, Judgement

MARK = ("sourced", "named", "memory", "estimate")
GRADE = {"A": "strong", "B": "some", "C": "weak", "D": "opinion only", "": "none"}
ORIGIN = {"group": "our group's own", "starting": "starting assumption", "computed": "computed from facts", "missing": "missing"}
UNSEEN = {
    "starting": ("a starting assumption", "starting assumptions"),
    "computed": ("computed from facts", "computed from facts"),
    "missing": ("missing", "missing"),
    "group": ("the group's own", "the group's own"),
}
UNIT = {"points": "points of 100", "GBP_per_pupil_per_year": "a pupil and year"}
EDITION = {"governors": "Governors' edition: not for publication", "public": "Public edition"}
CASE_STATUS = {
    "exploring": "Exploring: nothing is decided",
    "consulting": "Consulting: nothing is decided",
    "emerging": "Emerging preferred option: not decided",
    "decided": "Decided",
}
NOT_A_CHANCE = "These are ways of weighing and judging that count as plausible, not chances of success."
NOT_LEGAL_ADVICE = "This supports a decision. It is not legal advice, and scores narrow and explain; they do not decide."


def not_a_chance(problem: DecisionProblem) -> str:
    """Say what shares of ways of weighing are not, and what they assume."""
    return f"{NOT_A_CHANCE} They assume {weight_set_words.weights(problem, problem.set_in_use)}, and judgements anywhere in their ranges."


def label_of(problem: DecisionProblem, key: str) -> str:
    """Give an option's name."""
    return problem.option(key).label


def labels(problem: DecisionProblem, keys: Iterable[str]) -> str:
    """List options as they stand inside a sentence."""
    return phrases.listed(problem.option(key).in_a_sentence for key in keys)


def span(amount: Range, unit: str = "points") -> str:
    """Say a range in whole numbers; one number where both ends are the same.

    >>> from partnership_model.knowledge.schema import Range
    >>> span(Range(low=-50, likely=10.2, high=40), "GBP_per_pupil_per_year")
    'saves £50 to costs £40, likely costs £10'
    """
    low, likely, high = whole(amount.low), whole(amount.likely), whole(amount.high)
    say = phrases.pounds if unit == "GBP_per_pupil_per_year" else str
    return say(low) if low == high else f"{say(low)} to {say(high)}, likely {say(likely)}"


def judged(one: Judgement, unit: str = "points") -> str:
    """Say a judgement's figures in whole numbers, and how they spread where they are not most often near the likely one."""
    if one.shape == "triangle" or whole(one.amount.low) == whole(one.amount.high):
        return span(one.amount, unit)
    say = phrases.pounds if unit == "GBP_per_pupil_per_year" else str
    if one.shape == "even":
        return f"anywhere from {say(whole(one.amount.low))} to {say(whole(one.amount.high))} alike"
    return ", ".join(f"{say(whole(figure))} in {phrases.of_hundred(part)}" for figure, part in one.outcomes)


def overall(appraisal: Appraisal, key: str) -> str:
    """Say an option's overall value; while the order is withheld only its range, from which no order can be read."""
    amount = (appraisal.overall or {})[key]
    return span(amount) if appraisal.withheld is None else f"{whole(amount.low)} to {whole(amount.high)}"


def headline(appraisal: Appraisal) -> str:
    """Say what follows in one sentence that a chair could read out."""
    problem = appraisal.problem
    if appraisal.withheld == "no_option":
        return "No option is left"
    if appraisal.withheld == "nobody_weighed":
        return "Nobody has weighed yet, so nothing is put in order"
    if appraisal.withheld == "unconfirmed":
        count = len(appraisal.to_confirm)
        them = "it" if count == 1 else "them"
        return f"{phrases.counted(count, 'starting assumption')} could change the answer: look at {them} before anything is put in order"
    together = level_with_leader(appraisal)
    if len(together) > 1:
        return f"{phrases.capital(labels(problem, together))} cannot be separated by what we know"
    leader = appraisal.leaders[0]
    part = appraisal.robustness.first_place_share(leader) if appraisal.robustness else 1.0
    often = "every way" if part == 1 else f"{phrases.share(part)} ways"
    return f"{phrases.capital(problem.option(leader).in_a_sentence)} comes first in {often} of weighing"


def level_with_leader(appraisal: Appraisal) -> tuple[str, ...]:
    """Give the leaders and every option that cannot be separated from one of them, in the order of the ranking."""
    front = set(appraisal.leaders)
    pairs = appraisal.cannot_separate
    near = {a for a, b in pairs if b in front} | {b for a, b in pairs if a in front} | front
    return tuple(option for place in appraisal.ranking or () for option in place if option in near)


def case_weights(case: Case) -> str:
    """Say whose weights the case holds; nothing where it holds none."""
    groups = phrases.listed(phrases.possessive(group.group) for group in case.file.used)
    many = f", one voice for each {case.file.who_counts}" if len(case.file.used) > 1 else ""
    return f"the {groups} weights{many}" if case.file.used else ""


def explanation(appraisal: Appraisal) -> str:
    """Say in two or three sentences what stands behind the headline."""
    if appraisal.withheld == "no_option":
        return _no_option(appraisal)
    if appraisal.withheld == "nobody_weighed":
        return "The facts, the must-haves and what is closed stand already. Say what matters, and the rest follows."
    closed = [option.label for option in appraisal.problem.options if option.status == "closed"]
    said = []
    if appraisal.withheld is None and appraisal.ranking:
        places = [labels(appraisal.problem, place) + (" (tied)" if len(place) > 1 else "") for place in appraisal.ranking]
        said.append(f"On the likely figures the order is: {'; '.join(places)}.")
    else:
        said.append("Overall values are shown as ranges, in the order of the list, until the group has looked at these cells.")
    if closed:
        said.append(f"Closed: {phrases.listed(closed)}.")
    return " ".join(said)


def _no_option(appraisal: Appraisal) -> str:
    gates = {result.gate.id: result.gate.says.rstrip(".") for option in appraisal.problem.options for result in option.gates}
    sets = [" together with ".join(f"“{gates[name]}”" for name in one) for one in appraisal.exclusion.smallest_sets]
    said = [f"Nothing passes {phrases.listed(sets)}." if sets else "The law leaves no option open to this group."]
    for gate, options in appraisal.exclusion.reopened.items():
        if options:
            said.append(f"Without “{gates[gate]}”, {labels(appraisal.problem, options)} would be open again.")
    if sets and len(said) == 1:
        said.append("No must-have alone reopens an option; two or more would have to give way.")
    return " ".join(said)


def unconfirmed(problem: DecisionProblem) -> str:
    """Say how many judgements in use nobody in the group has looked at, and where they come from."""
    used = len(problem.ranked_options) * len(problem.criteria)
    left = len(problem.unconfirmed)
    if used == 0:
        return "No judgement is in use, since no option is left."
    if left == 0:
        return f"Your group has looked at all {used} judgements in use."
    counts = Counter(one.origin for one in problem.unconfirmed)
    kinds = [(counts[origin], one, more) for origin, (one, more) in UNSEEN.items() if counts[origin]]
    if len(kinds) == 1:
        said = f"it is {kinds[0][1]}" if left == 1 else f"they are {kinds[0][2]}"
    else:
        said = phrases.listed(f"{count} {'is' if count == 1 else 'are'} {one if count == 1 else more}" for count, one, more in kinds)
    return f"Nobody in the group has looked at {left} of the {used} judgements in use: {said}."


def switching(appraisal: Appraisal) -> list[str]:
    """Say for each criterion which weight would put another option first."""
    return [sentence for one in appraisal.switching for _, sentence in switching_of(appraisal, one)]


def switching_of(appraisal: Appraisal, one: SwitchingValue) -> list[tuple[float, str]]:
    """Say for one criterion which weights would put another option first; nothing where none would.

    Returns:
        For each change how far the weight would have to move, 0 to 1, and the sentence.
    """
    problem = appraisal.problem
    name, now = problem.criteria[one.criterion].label.lower(), whole(one.current * 100)
    alone = " alone" if len(appraisal.leaders) > 1 else ""
    said = []
    for leader, at, way in ((one.leader_above, one.highest, "more"), (one.leader_below, one.lowest, "less")):
        if leader:
            verb = f"would come first{alone}" if len(leader) == 1 else "would tie for first"
            than = f"a little {way} than its {now} of 100" if at_most(at) == str(now) else f"{way} than {at_most(at)} of 100 (now {now})"
            said.append((abs(at - one.current), f"If {name} carried {than}, {labels(problem, leader)} {verb}."))
    return said


def at_most(weight: float) -> str:
    """Say a weight of 100; one decimal where a whole number would say nought.

    >>> at_most(0.24), at_most(0.003)
    ('24', '0.3')
    """
    return str(whole(weight * 100)) if weight >= 0.01 or weight == 0 else f"{weight * 100:.1f}"


def steady(appraisal: Appraisal) -> str:
    """Name the criteria whose weight alone never changes who comes first."""
    names = [
        appraisal.problem.criteria[one.criterion].label.lower()
        for one in appraisal.switching
        if not one.leader_above and not one.leader_below
    ]
    return f"No weight of {phrases.listed(names)} alone would change who comes first." if names else ""


def dominated(appraisal: Appraisal) -> list[str]:
    """Name the options that no weights can bring to the front."""
    said = []
    for one in appraisal.dominated:
        how = "wherever in their ranges the judgements lie" if one.certain else "on the likely figures"
        end = ": no weights put it ahead." if one.certain else ". Elsewhere in the ranges it can be."
        beaten, better = (labels(appraisal.problem, [key]) for key in (one.option, one.by))
        said.append(f"{phrases.capital(beaten)} is nowhere better than {better}, {how}{end}")
    return said


def rests_on(one: Judgement) -> str:
    """Say whose a judgement is, on what evidence, and whether the group has looked at it."""
    return f"{ORIGIN[one.origin]}; evidence: {GRADE[one.grade]}; {'looked at' if one.confirmed else 'not looked at'}"
