"""What the law and the must-haves leave open, as sentences: who may do what, and the fact that says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from partnership_model.display import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.knowledge.facts import Fact
    from partnership_model.model.gates import GateResult
    from partnership_model.model.problem import DecisionProblem, ProblemOption
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


def places(problem: DecisionProblem) -> list[str]:
    """Say for each option that is not the same for every school which school could be what."""
    said = []
    for option in problem.options:
        kinds = dict.fromkeys(one.membership for one in option.screening.schools)
        if len(kinds) > 1:
            held = [f"{MEMBERSHIP[kind]}: {phrases.listed(one.school for one in option.screening.with_membership(kind))}" for kind in kinds]
            said.append(f"With {option.in_a_sentence}: {'; '.join(held)}.")
    return said


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
        names = phrases.listed(one.school for one in option.screening.schools if one.membership in ("none", "associate", "later"))
        facts = phrases.unique(one.fact.says for one in option.screening.with_membership("none", "associate", "later"))
        full = option.screening.possible_full_members
        needed = "1 is" if option.screening.least == 1 else f"{option.screening.least} are"
        return f"Closed: {phrases.counted(full, 'school')} can be a full member, and {needed} needed. {names}: {' '.join(facts)}"
    if failed:
        return f"Closed by {phrases.counted(len(failed), 'must-have')}: {' '.join(map(closed_by, failed))}"
    if option.screening.status == "unknown" or any(result.undecided for result in option.gates):
        facts = [fact for result in option.gates for _, fact in result.undecided] + [
            one.fact for one in option.screening.with_membership("unknown")
        ]
        said = phrases.unique(f"“{result.gate.says}”" for result in option.gates if result.undecided)
        asked = phrases.listed(phrases.unique(f"ask {fact.ask}" for fact in facts if fact.ask))
        subject = (
            f"{phrases.listed(said)} neither {'passes nor fails' if len(said) == 1 else 'pass nor fail'}"
            if said
            else "Neither passes nor fails"
        )
        return f"{subject}: {asked}."
    return " ".join([conditions(option), *filter(None, map(to_confirm, option.gates))])


def closed_by(result: GateResult) -> str:
    """Say which answers of which schools a must-have does not accept."""
    return f"“{result.gate.says}” {'; '.join(_answers(result.failed))}."


def to_confirm(result: GateResult) -> str:
    """Say that a must-have passes on answers that nobody has verified; nothing where it does not."""
    asked = phrases.unique(fact.ask for _, fact in result.unverified if fact.ask)
    return f"“{result.gate.says}” passes only if it is confirmed: ask {phrases.listed(asked)}." if asked else ""


def _answers(facts: Sequence[tuple[str, Fact]]) -> list[str]:
    """Say each answer once, with the schools whose answer it is."""
    schools: dict[str, list[str]] = {}
    for school, fact in facts:
        schools.setdefault(fact.answer, []).append(school)
    return [f"{phrases.listed(names)}: {phrases.uncapital(answer)}" for answer, names in schools.items()]


def conditions(option: ProblemOption) -> str:
    """Say how each school that cannot simply be a full member could take part."""
    said: dict[str, list[str]] = {}
    for one in option.screening.schools:
        if one.membership != "full":
            said.setdefault(phrases.capital(re.sub(r"^Yes\b[:,.]? ?", "", one.fact.says)), []).append(one.school)
    later = phrases.listed(one.school for one in option.screening.with_membership("later"))
    parts = [f"{phrases.listed(schools)}: {reason}" for reason, schools in said.items()]
    parts += [f"{later}: joins later."] if later != "none" else []
    return " ".join(parts) if parts else "Every school can be a full member."


def status_line(statuses: Sequence[str]) -> str:
    """Count options by status.

    >>> status_line(["open", "open", "closed"])
    '2 open, 1 closed'
    """
    order = ("open", "conditional", "unknown", "closed")
    words = {"open": "open", "conditional": "open if others consent", "unknown": "not decided", "closed": "closed"}
    return ", ".join(f"{statuses.count(kind)} {words[kind]}" for kind in order if kind in statuses)


def counted_doors(out: WayOut) -> str:
    """Say how many of the other options of the day can still be reached."""
    return f"{len(out.doors)} of {len(out.doors) + len(out.closed_doors)}"
