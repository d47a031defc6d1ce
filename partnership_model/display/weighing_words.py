"""How ways of weighing, consistency, trade-offs and two weighings are said."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from partnership_model.analysis.overall import whole
from partnership_model.display import phrases, words
from partnership_model.model.pairwise import ACCEPTABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.trade_offs import Progress, Question
    from partnership_model.analysis.weighed_twice import WeighedTwice
    from partnership_model.display.weighing_moves import Reply, Way
    from partnership_model.knowledge.catalogue import Criterion
    from partnership_model.knowledge.weighings import Comparison, Use, Weighing
    from partnership_model.model.pairwise import Priorities
    from partnership_model.model.problem import DecisionProblem

ENOUGH = 0.95  # of the ways of weighing left: from here the page offers to stop
WAYS: dict[Way, str] = {
    "swing": "Give each lift a figure",
    "order": "Put them in order",
    "points": "Share out 100 points",
    "trade_offs": "Answer A or B questions",
    "pairs": "Compare every pair",
}
HOW: dict[Way, str] = {
    "swing": "a figure for each lift",
    "points": "100 points shared out",
    "order": "an order",
    "pairs": "pairs compared",
    "trade_offs": "A or B questions",
}
TITLES: dict[Way, str] = {
    "swing": "Imagine everything at its worst. Which one would you lift first?",
    "points": "You have 100 points. Which lifts would you spend them on?",
    "order": "Imagine everything at its worst. In which order would you lift them?",
    "pairs": "Two lifts at a time: which is worth more, and how many times?",
    "trade_offs": "Everything is at its worst. Which of the two would you rather have?",
}
LEADS: dict[Way, str] = {
    "swing": "Give that lift 100. Compared with it, how much is each of the others worth to you? "
    "There are no right answers, and you can come back.",
    "points": "Each lift goes from its worst to its best. Give it as many points as that is worth to you. "
    "There are no right answers, and you can come back.",
    "order": "Choose the lift that you would make first, then the next, until all have a place. "
    "Put two level if you cannot part them. There are no right answers, and you can come back.",
    "pairs": "For consultants whose rules ask for pairs (the analytic hierarchy process). Compare lifts from worst to best, "
    "never the words alone. The other ways need fewer answers.",
    "trade_offs": "Each answer leaves fewer ways of weighing. The questions end as soon as the answers settle which option leads.",
}
PARTS = {1.0: "all the way", 0.75: "three quarters of the way", 0.5: "half of the way", 0.25: "a quarter of the way"}
USES: dict[Use, str] = {"mean": "The mean of the two", "first": "The first", "second": "The second"}


def left_to_give(left: int, empty: int) -> str:
    """Say what is left of the hundred points.

    >>> left_to_give(30, 3), left_to_give(0, 0), left_to_give(-4, 0)
    ('30 points left to give. 3 lifts have no figure yet.', 'All 100 points are given.', '4 points too many: take some back.')
    """
    if left < 0:
        return f"{phrases.counted(-left, 'point')} too many: take some back."
    said = "All 100 points are given." if left == 0 else f"{phrases.counted(left, 'point')} left to give."
    return f"{said} {phrases.counted(empty, 'lift')} {'has' if empty == 1 else 'have'} no figure yet." if empty else said


def order_said(order: Sequence[Sequence[str]], criteria: Mapping[str, Criterion], rest: int) -> str:
    """Say an order so far."""
    steps = "; ".join(" level with ".join(criteria[name].label for name in step) for step in order)
    if not order:
        return "Nothing has a place yet."
    return f"The order so far: {steps}." + (f" {rest} without a place." if rest else "")


def choices(one: Criterion, other: Criterion) -> list[tuple[str, str]]:
    """Give what can be said of a pair, from the one being worth most to the other: values of the field and words."""
    more = [(str(times), f"{one.label}: {times} times") for times in range(9, 1, -1)]
    less = [(str(-times), f"{other.label}: {times} times") for times in range(2, 10)]
    return [("", "Not compared"), *more, ("1", "Both the same"), *less]


def consistency(found: Priorities, labels: Mapping[str, str]) -> list[str]:
    """Say whether pairs that were compared agree, and which one fits least; the finding first."""
    if found.ratio is None:
        if found.compared < found.pairs:
            said = [f"{found.compared} of {found.pairs} pairs were compared, so no consistency ratio is given: it needs all of them."]
        else:
            said = [f"No random index is known for {len(found.shares)} criteria, so no consistency ratio is given."]
    else:
        how = "above" if found.inconsistent else "not above"
        said = [
            f"Consistency ratio {found.ratio:.2f}, {how} {ACCEPTABLE:.2f}"
            + (": these answers contradict one another too much." if found.inconsistent else ".")
        ]
    one = found.doubtful
    if one and (found.inconsistent or found.ratio is None):
        said.append(
            f"Look again at {labels[one.more].lower()} against {labels[one.than].lower()}: "
            f"it was said to be worth {_times(one.times)}, and the other answers together say {_fits(one.fits)}."
        )
    if found.ratio is not None and found.random_index:
        said.append(
            f"The ratio is the consistency index {found.index:.3f} over {found.random_index:.2f}, the mean index of random answers "
            f"on {len(found.shares)} criteria (Saaty 1980)."
        )
    return said


def _times(times: float) -> str:
    return "the same" if times == 1 else f"{times:g} times as much"


def _fits(fits: float) -> str:
    return f"about {fits:.1f} times" if fits >= 1 else f"about 1/{1 / fits:.1f} of it"


def question_said(question: Question, criteria: Mapping[str, Criterion]) -> str:
    """Say a trade-off in one sentence."""
    one, other = criteria[question.one].label.lower(), criteria[question.other].label.lower()
    return f"Would you rather lift {one} {PARTS[question.part]}, or {other} all the way?"


def answer_said(question: Question, reply: Reply, criteria: Mapping[str, Criterion]) -> str:
    """Say what was answered."""
    one = f"{criteria[question.one].label.lower()} {PARTS[question.part]}"
    other = f"{criteria[question.other].label.lower()} all the way"
    return {
        "one": f"Rather {one} than {other}.",
        "other": f"Rather {other} than {one}.",
        "same": f"{phrases.capital(one)} and {other} are worth about the same.",
        "skip": f"{phrases.capital(one)} or {other}: no answer.",
    }[reply]


def progress_said(found: Progress, appraisal: Appraisal, answers: int) -> list[str]:
    """Say what the answers so far leave open; who comes first is named only where the order is not withheld."""
    if len(appraisal.values.options) == 1:
        return ["Only one option is open, so no question can change what comes first."]
    if found.settled and not answers:
        return ["No question is needed: whatever matters to you, the same option leads on the likely figures."]
    if found.settled and appraisal.withheld is None:
        leader = words.labels(appraisal.problem, found.possible)
        return [f"The answers so far settle it: {leader} comes first in every way of weighing that is left."]
    if found.settled:
        return ["The answers so far settle it: one option leads on the likely figures in every way of weighing that is left."]
    after = f"After {phrases.counted(answers, 'answer')}" if answers else "Before any answer"
    said = [f"{after}, {phrases.counted(len(found.possible), 'option')} can still lead on the likely figures."]
    if answers:
        said.append(
            f"One of them leads in {whole(found.ahead * 100)} of 100 ways of weighing that are left, if each judgement is at its likely "
            "figure. That counts ways of weighing; it is not a chance of success."
        )
    if found.question is None:
        said.append("No question that is asked here can tell them apart: use what was said, or take an answer back.")
    elif found.ahead >= ENOUGH:
        said.append("You can stop here.")
    return said


def twice_title(found: WeighedTwice) -> str:
    """Say what changed between two weighings."""
    if found.same_points and not found.swapped:
        return "Both times you said the same, to the point"
    order = "the order changed" if found.swapped else "the order stayed"
    return f"The second time points moved and {order}"


def twice_said(found: WeighedTwice, appraisal: Appraisal) -> list[str]:
    """Say the largest difference, what changed places and whether the same option comes first; sentences."""
    criteria = appraisal.problem.criteria
    name, moved = found.largest
    before, after = whole(100 * found.first[name]), whole(100 * found.second[name])
    said = []
    if before == after:
        said.append("No weight moved by a whole point.")
    else:
        way = "more" if moved > 0 else "fewer"
        said.append(
            f"The largest difference is {criteria[name].label.lower()}: {phrases.counted(abs(after - before), 'point')} {way} "
            f"the second time ({before}, then {after} of 100)."
        )
    if found.swapped:
        more, less = found.swapped[0]
        rest = len(found.swapped) - 1
        others = f", and {phrases.counted(rest, 'other pair')} changed places too" if rest else ""
        said.append(
            f"The order changed: {criteria[less].label.lower()} carried less than {criteria[more].label.lower()}, and then more{others}."
        )
    else:
        said.append("No two criteria changed places.")
    return [*said, _leader_said(found, appraisal)] if len(appraisal.values.options) > 1 else said


def _leader_said(found: WeighedTwice, appraisal: Appraisal) -> str:
    problem = appraisal.problem
    if appraisal.withheld is not None:
        who = "the same option leads both times" if found.same_leader else "another option leads the second time"
        return f"On the likely figures {who}; which one is not said while judgements are to be looked at."
    if found.same_leader:
        verb = "comes first" if len(found.leaders_first) == 1 else "tie for first"
        return f"{phrases.capital(words.labels(problem, found.leaders_first))} {verb} under both."
    return (
        f"Who comes first changed: {words.labels(problem, found.leaders_first)} under the first, "
        f"{words.labels(problem, found.leaders_second)} under the second."
    )


def raw_said(one: Weighing, name: str, problem: DecisionProblem) -> str:
    """Say what was said of one criterion, before it became a weight."""
    values = one.values
    if isinstance(values, dict):
        return f"{values[name]:g}"
    if one.method == "ranking":
        return _place(cast("tuple[tuple[str, ...], ...]", values), name, problem)
    labels = {key: criterion.label.lower() for key, criterion in problem.criteria.items()}
    how = "at least " if one.method == "trade_offs" else ""
    about = [
        f"{how}{_as_much(pair.times)} {labels.get(pair.than, pair.than)}"
        for pair in cast("tuple[Comparison, ...]", values)
        if pair.more == name
    ]
    return (
        phrases.capital("; ".join(about)) if about else "worth more than no other" if one.method == "pairs" else "no answer puts it above"
    )


def _as_much(times: float) -> str:
    return "as much as" if times == 1 else f"{times:g} times" if times > 1 else f"{times:.2g} of"


def _place(steps: Sequence[tuple[str, ...]], name: str, problem: DecisionProblem) -> str:
    before = 0
    for step in steps:
        if name in step:
            level = phrases.listed(problem.criteria[other].label.lower() for other in step if other != name and other in problem.criteria)
            return f"Number {before + 1}" + (f", level with {level}" if len(step) > 1 and level != "none" else "")
        before += len(step)
    return "no place"
