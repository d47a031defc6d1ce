"""Results as sentences: plain English, whole numbers, ties called ties, and never a chance of success."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.display import weight_set_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.switching import SwitchingValue
    from partnership_model.knowledge.cases import Case
    from partnership_model.knowledge.facts import Fact
    from partnership_model.knowledge.schema import Range
    from partnership_model.model.gates import GateResult
    from partnership_model.model.problem import DecisionProblem, Judgement, ProblemOption
    from partnership_model.model.way_out import WayOut

STATUS = {"open": "Open", "conditional": "Open if others consent", "closed": "Closed", "unknown": "Not decided: ask"}
MEMBERSHIP = {
    "full": "full member",
    "conditional": "full member, if others consent",
    "associate": "associate",
    "later": "joins later",
    "none": "no place in it",
    "unknown": "not known: ask",
}
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


def listed(names: Iterable[str]) -> str:
    """Join names as people do.

    >>> listed(["A", "B", "C"])
    'A, B and C'
    """
    found = list(names)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}" if found else "none"


def those(named: Sequence[str], every: Sequence[str]) -> str:
    """Say for which of all something holds, as briefly as it can be said.

    >>> those(["A", "B", "C"], ["A", "B", "C"]), those(["A", "B", "C"], ["A", "B", "C", "D"]), those(["A"], ["A", "B"])
    ('all', 'all but D', 'A')
    """
    others = [name for name in every if name not in named]
    if not others:
        return "all"
    return f"all but {listed(others)}" if len(others) <= 2 and len(named) > len(others) else listed(named)


def counted(count: int, one: str, many: str | None = None) -> str:
    """Say how many of something there are.

    >>> counted(1, "school"), counted(2, "school")
    ('1 school', '2 schools')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


def label_of(problem: DecisionProblem, key: str) -> str:
    """Give an option's name."""
    return problem.option(key).label


def labels(problem: DecisionProblem, keys: Iterable[str]) -> str:
    """List options as they stand inside a sentence."""
    return listed(problem.option(key).in_a_sentence for key in keys)


def span(amount: Range, unit: str = "points") -> str:
    """Say a range in whole numbers; one number where both ends are the same.

    >>> from partnership_model.knowledge.schema import Range
    >>> span(Range(low=-50, likely=10.2, high=40), "GBP_per_pupil_per_year")
    'saves £50 to costs £40, likely costs £10'
    """
    low, likely, high = whole(amount.low), whole(amount.likely), whole(amount.high)
    say = pounds if unit == "GBP_per_pupil_per_year" else str
    return say(low) if low == high else f"{say(low)} to {say(high)}, likely {say(likely)}"


def judged(one: Judgement, unit: str = "points") -> str:
    """Say a judgement's figures in whole numbers, and how they spread where they are not most often near the likely one."""
    if one.shape == "triangle" or whole(one.amount.low) == whole(one.amount.high):
        return span(one.amount, unit)
    say = pounds if unit == "GBP_per_pupil_per_year" else str
    if one.shape == "even":
        return f"anywhere from {say(whole(one.amount.low))} to {say(whole(one.amount.high))} alike"
    return ", ".join(f"{say(whole(figure))} in {of_hundred(part)}" for figure, part in one.outcomes)


def overall(appraisal: Appraisal, key: str) -> str:
    """Say an option's overall value; while the order is withheld only its range, from which no order can be read."""
    amount = (appraisal.overall or {})[key]
    return span(amount) if appraisal.withheld is None else f"{whole(amount.low)} to {whole(amount.high)}"


def pounds(amount: int) -> str:
    """Say a yearly cost or saving a pupil.

    >>> pounds(-3), pounds(0), pounds(1200)
    ('saves £3', '£0', 'costs £1,200')
    """
    return "£0" if amount == 0 else f"costs £{amount:,}" if amount > 0 else f"saves £{-amount:,}"


def share(part: float) -> str:
    """Say a share of the ways of weighing: of ten, or of a hundred near the ends.

    >>> share(0.42), share(0.004), share(0.97), share(0.0)
    ('4 of 10', 'fewer than 1 of 100', '97 of 100', 'never')
    """
    if part == 0:
        return "never"
    if part == 1:
        return "always"
    if part < 0.01:
        return "fewer than 1 of 100"
    if part > 0.99:
        return "more than 99 of 100"
    return f"{whole(part * 100)} of 100" if part <= 0.05 or part >= 0.95 else f"{whole(part * 10)} of 10"


def of_hundred(part: float) -> str:
    """Say a share in one unit, so that shares can be compared.

    >>> of_hundred(0.24), of_hundred(0.004), of_hundred(0.0)
    ('24 of 100', 'fewer than 1 of 100', 'never')
    """
    return share(part) if part in (0, 1) or not 0.01 <= part <= 0.99 else f"{whole(part * 100)} of 100"


def how_often(part: float) -> str:
    """Say in how many ways of weighing, inside a sentence.

    >>> how_often(0.42), how_often(1.0)
    ('in 4 of 10', 'in every one')
    """
    return {0: "in none", 1: "in every one"}.get(part, f"in {share(part)}")


def places(problem: DecisionProblem) -> list[str]:
    """Say for each option that is not the same for every school which school could be what."""
    said = []
    for option in problem.options:
        kinds = dict.fromkeys(one.membership for one in option.screening.schools)
        if len(kinds) > 1:
            held = [f"{MEMBERSHIP[kind]}: {listed(one.school for one in option.screening.with_membership(kind))}" for kind in kinds]
            said.append(f"With {option.in_a_sentence}: {'; '.join(held)}.")
    return said


def counted_doors(out: WayOut) -> str:
    """Say how many of the other options of the day can still be reached."""
    return f"{len(out.doors)} of {len(out.doors) + len(out.closed_doors)}"


def left_over(problem: DecisionProblem) -> str:
    """Say how many options the law and the must-haves leave, and how many are only shown."""
    open_ = len(problem.ranked_options)
    every = sum(not one.shown_only for one in problem.options)
    if not open_:
        return "No option is left"
    said = f"All {every} options are left" if open_ == every else f"{open_} of {every} options {'is' if open_ == 1 else 'are'} left"
    shown = sum(one.shown_only and one.status != "closed" for one in problem.options)
    return said + (f"; {shown} more {'is' if shown == 1 else 'are'} only shown" if shown else "")


def status(option: ProblemOption) -> str:
    """Say whether an option is open, or that it is only shown."""
    return STATUS[option.status] if option.ranked or option.status == "closed" else "Shown, not ranked"


def because(option: ProblemOption) -> str:
    """Say why an option is open, conditional, closed, not decided or only shown, with the fact that says so."""
    said = _because(option)
    return f"Its rules are not settled, so it is shown and not ranked. {said}" if option.shown_only and option.status != "closed" else said


def _because(option: ProblemOption) -> str:
    failed = [result for result in option.gates if result.failed]
    if option.screening.absent:
        return f"Closed: {option.screening.absent}"
    if option.screening.status == "closed":
        names = listed(one.school for one in option.screening.schools if one.membership in ("none", "associate", "later"))
        facts = unique(one.fact.says for one in option.screening.with_membership("none", "associate", "later"))
        full = option.screening.possible_full_members
        needed = "1 is" if option.screening.least == 1 else f"{option.screening.least} are"
        return f"Closed: {counted(full, 'school')} can be a full member, and {needed} needed. {names}: {' '.join(facts)}"
    if failed:
        return f"Closed by {counted(len(failed), 'must-have')}: {' '.join(map(closed_by, failed))}"
    if option.screening.status == "unknown" or any(result.undecided for result in option.gates):
        facts = [fact for result in option.gates for _, fact in result.undecided] + [
            one.fact for one in option.screening.with_membership("unknown")
        ]
        said = unique(f"“{result.gate.says}”" for result in option.gates if result.undecided)
        asked = listed(unique(f"ask {fact.ask}" for fact in facts if fact.ask))
        subject = (
            f"{listed(said)} neither {'passes nor fails' if len(said) == 1 else 'pass nor fail'}" if said else "Neither passes nor fails"
        )
        return f"{subject}: {asked}."
    return " ".join([conditions(option), *filter(None, map(to_confirm, option.gates))])


def closed_by(result: GateResult) -> str:
    """Say which answers of which schools a must-have does not accept."""
    return f"“{result.gate.says}” {'; '.join(_answers(result.failed))}."


def to_confirm(result: GateResult) -> str:
    """Say that a must-have passes on answers that nobody has verified; nothing where it does not."""
    asked = unique(fact.ask for _, fact in result.unverified if fact.ask)
    return f"“{result.gate.says}” passes only if it is confirmed: ask {listed(asked)}." if asked else ""


def _answers(facts: Sequence[tuple[str, Fact]]) -> list[str]:
    """Say each answer once, with the schools whose answer it is."""
    schools: dict[str, list[str]] = {}
    for school, fact in facts:
        schools.setdefault(fact.answer, []).append(school)
    return [f"{listed(names)}: {uncapital(answer)}" for answer, names in schools.items()]


def conditions(option: ProblemOption) -> str:
    """Say how each school that cannot simply be a full member could take part."""
    said: dict[str, list[str]] = {}
    for one in option.screening.schools:
        if one.membership != "full":
            said.setdefault(capital(re.sub(r"^Yes\b[:,.]? ?", "", one.fact.says)), []).append(one.school)
    later = listed(one.school for one in option.screening.with_membership("later"))
    parts = [f"{listed(schools)}: {reason}" for reason, schools in said.items()]
    parts += [f"{later}: joins later."] if later != "none" else []
    return " ".join(parts) if parts else "Every school can be a full member."


def unique(texts: Iterable[str]) -> list[str]:
    """Keep the first of each text, in order."""
    return list(dict.fromkeys(texts))


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
        return f"{counted(count, 'starting assumption')} could change the answer: look at {them} before anything is put in order"
    together = level_with_leader(appraisal)
    if len(together) > 1:
        return f"{capital(labels(problem, together))} cannot be separated by what we know"
    leader = appraisal.leaders[0]
    part = appraisal.robustness.first_place_share(leader) if appraisal.robustness else 1.0
    often = "every way" if part == 1 else f"{share(part)} ways"
    return f"{capital(problem.option(leader).in_a_sentence)} comes first in {often} of weighing"


def level_with_leader(appraisal: Appraisal) -> tuple[str, ...]:
    """Give the leaders and every option that cannot be separated from one of them, in the order of the ranking."""
    front = set(appraisal.leaders)
    pairs = appraisal.cannot_separate
    near = {a for a, b in pairs if b in front} | {b for a, b in pairs if a in front} | front
    return tuple(option for place in appraisal.ranking or () for option in place if option in near)


def possessive(name: str) -> str:
    """Say whose something is, inside a sentence.

    >>> possessive("Governors"), possessive("Staff"), possessive("PTA")
    ("governors'", "staff's", "PTA's")
    """
    said = uncapital(name)
    return f"{said}'" if said.endswith("s") else f"{said}'s"


def uncapital(text: str) -> str:
    """Begin with a small letter, unless the text begins with an acronym such as MAT.

    >>> uncapital("The council"), uncapital("MATs decide")
    ('the council', 'MATs decide')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def one_of(kind: str) -> str:
    """Put the article before a kind of thing.

    >>> one_of("academy"), one_of("community school")
    ('an academy', 'a community school')
    """
    return f"an {kind}" if kind[:1].lower() in "aeiou" else f"a {kind}"


def capital(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def case_weights(case: Case) -> str:
    """Say whose weights the case holds; nothing where it holds none."""
    groups = listed(possessive(group.group) for group in case.file.used)
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
        said.append(f"Closed: {listed(closed)}.")
    return " ".join(said)


def _no_option(appraisal: Appraisal) -> str:
    gates = {result.gate.id: result.gate.says.rstrip(".") for option in appraisal.problem.options for result in option.gates}
    sets = [" together with ".join(f"“{gates[name]}”" for name in one) for one in appraisal.exclusion.smallest_sets]
    said = [f"Nothing passes {listed(sets)}." if sets else "The law leaves no option open to this group."]
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
        said = listed(f"{count} {'is' if count == 1 else 'are'} {one if count == 1 else more}" for count, one, more in kinds)
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
    return f"No weight of {listed(names)} alone would change who comes first." if names else ""


def dominated(appraisal: Appraisal) -> list[str]:
    """Name the options that no weights can bring to the front."""
    said = []
    for one in appraisal.dominated:
        how = "wherever in their ranges the judgements lie" if one.certain else "on the likely figures"
        end = ": no weights put it ahead." if one.certain else ". Elsewhere in the ranges it can be."
        said.append(
            f"{capital(labels(appraisal.problem, [one.option]))} is nowhere better than {labels(appraisal.problem, [one.by])}, {how}{end}"
        )
    return said


def rests_on(one: Judgement) -> str:
    """Say whose a judgement is, on what evidence, and whether the group has looked at it."""
    return f"{ORIGIN[one.origin]}; evidence: {GRADE[one.grade]}; {'looked at' if one.confirmed else 'not looked at'}"


def status_line(statuses: Sequence[str]) -> str:
    """Count options by status.

    >>> status_line(["open", "open", "closed"])
    '2 open, 1 closed'
    """
    order = ("open", "conditional", "unknown", "closed")
    words = {"open": "open", "conditional": "open if others consent", "unknown": "not decided", "closed": "closed"}
    return ", ".join(f"{statuses.count(kind)} {words[kind]}" for kind in order if kind in statuses)
