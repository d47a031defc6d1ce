"""What tests of sentences share: small problems, gates and screenings, and everything that can be said of an appraisal."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.display import robustness_words, screening_words, words
from partnership_model.model.gates import GateResult
from partnership_model.model.screening import OptionScreening, SchoolScreening
from tests.making import make_criterion, make_fact, make_gate, make_option

if TYPE_CHECKING:
    from partnership_model.model.problem import DecisionProblem, ProblemOption
    from partnership_model.model.screening import Membership, Status


# Federation leads stay by 70 to 62, whatever the weights within reach.
TABLE = {"stay": [90, 34], "federation": [(54, 74, 84), (60, 66, 68)], "new_mat": [(10, 20, 40), (0, 10, 20)]}
CHANCE = re.compile(r"chance|probab|likelihood|odds|certain to|guarantee|optimal|best option|winner|index", re.IGNORECASE)
ORDER = re.compile(r"\b(first|second|ranking|ranked|rank|leads?|leader|ahead of)\b", re.IGNORECASE)


def appraised(problem: DecisionProblem) -> Appraisal:
    """Appraise with one block of samples."""
    return appraise(problem, 1)


def labelled(problem: DecisionProblem, text: str) -> DecisionProblem:
    """Give every option and criterion the same name."""
    options = tuple(replace(one, label=text, in_a_sentence=text, plain=text) for one in problem.options)
    criteria = {name: one.model_copy(update={"label": text, "worst": text, "best": text}) for name, one in problem.criteria.items()}
    return replace(problem, options=options, criteria=criteria)


def all_sentences(appraisal: Appraisal) -> list[str]:
    """Say everything that can be said of an appraisal."""
    problem = appraisal.problem
    return [
        words.headline(appraisal),
        words.explanation(appraisal),
        words.unconfirmed(problem),
        words.steady(appraisal),
        *words.switching(appraisal),
        *words.dominated(appraisal),
        *robustness_words.left_out(appraisal),
        *robustness_words.smallest_changes(appraisal),
        *(screening_words.because(option) for option in problem.options),
        *(words.rests_on(one) for one in problem.judgements.values()),
        words.labels(problem, [option.key for option in problem.options]),
    ]


def screened(status: Status, least: int = 2, **schools: tuple[Membership, str]) -> OptionScreening:
    """Make a screening of schools, each with its membership and what the fact says."""
    found = tuple(
        SchoolScreening(name, "community", "alone", kind, make_fact(says=says, ask="the diocese")) for name, (kind, says) in schools.items()
    )
    return OptionScreening("federation", status, found, least)


def option_with(screening: OptionScreening | None = None, *gates: GateResult) -> ProblemOption:
    """Make an option with its own screening and gates."""
    option = make_option("federation")
    return replace(option, screening=screening or option.screening, gates=gates)


def failing(says: str, **answers: str) -> GateResult:
    """Make a gate that some schools fail, each with its answer."""
    gate = make_gate().model_copy(update={"says": says})
    failed = tuple((school.replace("_", " "), make_fact("others", "land", answer=answer)) for school, answer in answers.items())
    return GateResult(gate, "federation", failed, ())


def undecided(**asks: str) -> GateResult:
    """Make a gate that a fact cannot decide, with whom to ask."""
    facts = tuple((school, make_fact("unknown", "land", ask=ask)) for school, ask in asks.items())
    return GateResult(make_gate(), "federation", (), facts)


def named(*labels: str) -> dict[str, object]:
    """Make criteria with these names."""
    return {f"c{place}": make_criterion(label=label) for place, label in enumerate(labels, 1)}
