"""All that a consultation says and that may be shown, in the figures in which it is shown: nothing behind them is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from partnership_model.analysis.consultation import published, response, themes
from partnership_model.analysis.consultation.ballot_orders import order_of
from partnership_model.analysis.consultation.concordance import Concordance, concordance
from partnership_model.analysis.consultation.intervals import RESAMPLES, SEED
from partnership_model.analysis.consultation.option_orders import levels_of_support, orders_of
from partnership_model.analysis.consultation.small_counts import without_small
from partnership_model.analysis.consultation.ways_of_counting import Counted, scoring_of, ways_of_counting, why_withheld

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.appraisal import Withheld
    from partnership_model.analysis.consultation.option_orders import OptionOrders
    from partnership_model.analysis.consultation.published import AtSchool, Support, WhatMatters
    from partnership_model.analysis.consultation.release import Release
    from partnership_model.analysis.consultation.response import Response
    from partnership_model.analysis.consultation.themes import CodedComment, ThemeCount
    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from partnership_model.model.problem import DecisionProblem


@dataclass(frozen=True)
class Options:
    """The options of a case as weights of a consultation put them.

    Attributes:
        counting: the weights with one voice for each person, group or school, and the options that lead.
        withheld: why no option leads yet, by the case's own rule; None where one does, or where there is no case.
        not_asked: the names of criteria of the case that were not asked, and have no weight here.
        labels, phrases: the case's name of each option, alone and inside a sentence.
    """

    counting: tuple[Counted, ...]
    withheld: Withheld | None
    not_asked: tuple[str, ...]
    labels: dict[str, str]
    phrases: dict[str, str]


@dataclass(frozen=True)
class ConsultationResults:
    """What a consultation says.

    Attributes:
        questions: what was asked, of whom.
        everybody, groups, schools: how many answered of how many.
        channels: how many came by each way; None for so few that they are not shown.
        by_group: what matters to each group of which five or more said so.
        by_school: what matters at each school, to those groups of which five or more said so there.
        together: what matters to everybody who said so; None where fewer than five did.
        takes_in: the group in which the few who said so in groups too small to be shown are counted; "" where there are none.
        agreement: how far people agree within groups, between groups and together.
        support: what people think of each option, where that was asked.
        orders: orders of the options, where the case asks for them; None where it does not.
        options: the case's options by these weights.
        comments: what comments are about; `coded` how many were read.
        resamples, seed: how the intervals were drawn.
    """

    questions: QuestionSet
    everybody: Response
    groups: tuple[Response, ...]
    schools: tuple[Response, ...]
    channels: dict[str, int | None]
    by_group: dict[str, WhatMatters]
    by_school: dict[str, AtSchool]
    together: WhatMatters | None
    takes_in: str
    agreement: Concordance
    support: tuple[Support, ...]
    orders: OptionOrders | None
    options: Options
    comments: tuple[ThemeCount, ...]
    coded: int
    resamples: int
    seed: int


def results_of(  # noqa: PLR0913 - each is another source, and all but two may be left out
    questions: QuestionSet,
    release: Release,
    problem: DecisionProblem | None = None,
    comments: Sequence[CodedComment] = (),
    known_themes: Sequence[str] = (),
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> ConsultationResults:
    """Work out all that a consultation says, from ballots that may be shown.

    Args:
        questions: what was asked.
        release: the ballots.
        problem: the case, where its options are to be scored with the weights.
        comments: those that a facilitator read and coded, each under the group that `release.label` gives.
        known_themes: the themes in their order.
        resamples: how often people are drawn again for the intervals.
        seed: of those draws.
    """
    asked = tuple(one.key for one in questions.criteria)
    said = release.saying(lambda ballot: bool(order_of(ballot, asked)))
    together = said.together or ()
    came = [ballot.channel for ballot in release.together or ()]
    by_group = {name: published.what_matters(ballots, asked, resamples, seed, all_of_them=False) for name, ballots in said.groups.items()}
    by_school = {name: published.at_school(name, said, asked, resamples, seed) for name in said.schools}
    return ConsultationResults(
        questions=questions,
        everybody=response.of_all(questions.groups, release),
        groups=response.by_group(questions.groups, release),
        schools=response.by_school(questions.groups, questions.schools, release),
        channels=without_small({channel: came.count(channel) for channel in dict.fromkeys(sorted(came))}),
        by_group={name: found for name, found in by_group.items() if found},
        by_school={name: found for name, found in by_school.items() if found},
        together=published.what_matters(together, asked, resamples, seed, all_of_them=True),
        takes_in=said.takes_in,
        agreement=published.rounded(concordance(said.groups, said.together, asked)),
        support=tuple(published.support(one.key, release) for one in questions.options),
        orders=_orders(questions, release),
        options=options_by(ways_of_counting(said.groups, said.schools, together, asked, scoring_of(problem, asked)), problem, asked),
        comments=themes.theme_counts(comments, tuple(release.groups), known_themes),
        coded=len(comments),
        resamples=resamples,
        seed=seed,
    )


def _orders(questions: QuestionSet, release: Release) -> OptionOrders | None:
    options = tuple(one.key for one in questions.options)
    said = release.saying(lambda ballot: sum(name in ballot.support for name in options) > 1).together
    return orders_of(levels_of_support(said, options), options) if said and questions.option_order else None


def options_by(counted: tuple[Counted, ...], problem: DecisionProblem | None, asked: Sequence[str]) -> Options:
    """Round the weights, and put the options in order where the case would."""
    rounded = tuple(replace(one, shares={name: points / 100 for name, points in one.weights.items()}) for one in counted)
    if problem is None:
        return Options(rounded, None, (), {}, {})
    withheld = why_withheld(problem, counted) if set(asked) <= set(problem.criteria) else None
    return Options(
        counting=tuple(replace(one, overall={}, leaders=()) for one in rounded) if withheld else rounded,
        withheld=withheld,
        not_asked=tuple(one.label for name, one in problem.criteria.items() if name not in asked),
        labels={one.key: one.label for one in problem.options},
        phrases={one.key: one.in_a_sentence for one in problem.options},
    )
