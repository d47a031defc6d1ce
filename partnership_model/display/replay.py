"""The replay: which day's law and facts are shown, and what differs from the case's own day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from partnership_model.display import phrases, screening_words, words
from partnership_model.knowledge.days import days_known
from partnership_model.knowledge.schema import plain_day
from partnership_model.model.changes import same_answer

if TYPE_CHECKING:
    from partnership_model.display.exploration import Exploration
    from partnership_model.model.problem import DecisionProblem

NAMED = 2  # questions that are named; more are counted


def replay_view(state: Exploration, problem: DecisionProblem) -> dict[str, Any]:
    """Give the day that is shown, the days that can be, and in a replay what differs from the case's own day."""
    own = state.own_day or state.knowledge.day
    first, last = days_known(state.knowledge.base)
    today = dt.datetime.now(dt.UTC).date()
    return {
        "on": state.replayed,
        "day": state.knowledge.day.isoformat(),
        "plain": plain_day(state.knowledge.day),
        "own": own.isoformat(),
        "own_plain": plain_day(own),
        "today": today.isoformat() if first <= today <= last and today != own else "",
        "first": first.isoformat(),
        "last": last.isoformat(),
        "known": f"from {plain_day(first)} to {plain_day(last)}",
        "line": differences(state, problem) if state.replayed else "",
    }


def differences(state: Exploration, now: DecisionProblem) -> str:
    """Say in one line which options stand otherwise than on the case's own day, and how many key answers are other ones."""
    own = state.own_day or state.knowledge.day
    then = replace(state, knowledge=state.knowledge.base.on(own), judgements={}).problem
    statuses = [(option, phrases.uncapital(screening_words.status(option))) for option in now.options]
    before = [phrases.uncapital(screening_words.status(option)) for option in then.options]
    moved = [
        f"{words.labels(now, [option.key])}: {is_}, instead of {was}"
        for (option, is_), was in zip(statuses, before, strict=True)
        if is_ != was
    ]
    options = "; ".join(moved) if moved else "the same options are open"
    answers = _key_answers(state, own)
    return f"Against {plain_day(own)}, the case’s own day: {options}; {answers}{'' if answers.endswith('?') else '.'}"


def _key_answers(state: Exploration, own: dt.date) -> str:
    """Count the key answers for the school as which one looks that are other ones, or not recorded, and name their questions."""
    base = state.knowledge.base
    school = next(one for one in state.case.file.schools if one.name == state.school)
    names = [name for name, about in base.attributes.items() if about.first_question]
    options = [one.option for one in state.case.options if one.option in state.knowledge.options]
    pairs = [
        tuple(day.fact(name, option, school.category, school.form) for day in (base.on(own), state.knowledge))
        for name in names
        for option in options
    ]
    changed = [(then, now) for then, now in pairs if not same_answer(base.attributes[now.attribute], then, now, moved=False)]
    other = phrases.unique(base.attributes[now.attribute].question for _, now in changed if now.known)
    count = sum(now.known for _, now in changed)
    gone = len(changed) - count
    if not changed:
        return f"all key answers for {school.name} are the same"
    more = f" and {len(other) - NAMED} more" if len(other) > NAMED else ""
    asked = f": {' '.join(other[:NAMED])}{more}" if other else ""
    said = [f"{gone} are not recorded for this day"] if gone else []
    said += [f"{count} {'is another one' if count == 1 else 'are other ones'}{asked}"] if count else []
    return f"of {len(pairs)} key answers for {school.name}, {' and '.join(said)}"
