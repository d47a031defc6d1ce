"""All that a consultation says and that may be shown, in the figures in which it is shown: nothing behind them is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from partnership_model.analysis.consultation import response, themes
from partnership_model.analysis.consultation.concordance import Concordance, concordance
from partnership_model.analysis.consultation.from_scipy import RESAMPLES, SEED
from partnership_model.analysis.consultation.heard import heard, says_what_matters
from partnership_model.analysis.consultation.option_orders import levels_of_support, orders_of
from partnership_model.analysis.consultation.published import Support, WhatMatters, what_matters
from partnership_model.analysis.consultation.published import rounded as rounded_concordance
from partnership_model.analysis.consultation.published import support as support_of
from partnership_model.analysis.consultation.small_counts import FEWEST_SHOWN, without_small
from partnership_model.analysis.consultation.ways_of_counting import Counted, scoring_of, ways_of_counting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.analysis.consultation.option_orders import OptionOrders
    from partnership_model.analysis.consultation.response import Response
    from partnership_model.analysis.consultation.themes import CodedComment, ThemeCount
    from partnership_model.knowledge.consultation.ballots import Ballot
    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from partnership_model.model.problem import DecisionProblem


class Released(Protocol):
    """The ballots that the privacy engine lets out, by group, by school and together."""

    @property
    def groups(self) -> Mapping[str, tuple[Ballot, ...]]:
        """Give the ballots of each group that may be shown."""

    @property
    def schools(self) -> Mapping[str, tuple[Ballot, ...]]:
        """Give the ballots of each school that may be shown."""

    @property
    def together(self) -> tuple[Ballot, ...] | None:
        """Give all ballots that may be shown together; None where their total would give a hidden group away."""


@dataclass(frozen=True)
class ConsultationResults:
    """What a consultation says.

    Attributes:
        questions: what was asked, of whom.
        everybody, groups, schools: how many answered of how many.
        channels: how many came by each way; None for so few that they are not shown.
        by_group: what matters to each group of which five or more said so.
        together: what matters to all of them; None where nobody may be shown.
        together_is_everybody: whether `together` counts those too whose group is not shown.
        agreement: how far people agree within groups, between groups and together.
        support: what people think of each option, where that was asked.
        orders: orders of the options, where the case asks for them; None where it does not.
        counting: the weights with one voice for each person, group or school, and the options that lead.
        not_asked: criteria of the case that were not asked, and have no weight in `counting`.
        option_labels: the name of every option in `counting`.
        comments: what comments are about; `coded` how many were read.
        resamples, seed: how the intervals were drawn.
    """

    questions: QuestionSet
    everybody: Response
    groups: tuple[Response, ...]
    schools: tuple[Response, ...]
    channels: dict[str, int | None]
    by_group: dict[str, WhatMatters]
    together: WhatMatters | None
    together_is_everybody: bool
    agreement: Concordance
    support: tuple[Support, ...]
    orders: OptionOrders | None
    counting: tuple[Counted, ...]
    not_asked: tuple[str, ...]
    option_labels: dict[str, str]
    comments: tuple[ThemeCount, ...]
    coded: int
    resamples: int
    seed: int


def results_of(  # noqa: PLR0913 - each is another source, and all but two may be left out
    questions: QuestionSet,
    released: Released,
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
        released: the ballots.
        problem: the case, where its options are to be scored with the weights.
        comments: those that a facilitator read and coded.
        known_themes: the themes in their order.
        resamples: how often people are drawn again for the intervals.
        seed: of those draws.
    """
    asked = tuple(one.key for one in questions.criteria)
    said = heard(released.groups, released.together, lambda ballot: says_what_matters(ballot, asked))
    schools = heard(released.schools, None, lambda ballot: says_what_matters(ballot, asked)).groups
    spoken = [ballot.channel for ballot in released.together or ()]
    return ConsultationResults(
        questions=questions,
        everybody=response.of_all(questions.groups, released.together),
        groups=response.by_group(questions.groups, released.groups),
        schools=response.by_school(questions.groups, questions.schools, released.schools),
        channels=without_small({channel: spoken.count(channel) for channel in dict.fromkeys(sorted(spoken))}),
        by_group={
            name: found
            for name, ballots in said.groups.items()
            if (found := what_matters(ballots, asked, resamples, seed, all_of_them=False))
        },
        together=what_matters(said.together, asked, resamples, seed, all_of_them=True),
        together_is_everybody=said.everybody,
        agreement=rounded_concordance(concordance(said.groups, said.together or None, asked)),
        support=tuple(support_of(one.key, released.groups, released.together) for one in questions.options),
        orders=_orders(questions, released),
        counting=_counting(said.groups, schools, said.together, asked, problem),
        not_asked=tuple(name for name in problem.criteria if name not in asked) if problem else (),
        option_labels={one.key: one.label for one in problem.options} if problem else {},
        comments=themes.theme_counts(comments, tuple(released.groups), known_themes),
        coded=len(comments),
        resamples=resamples,
        seed=seed,
    )


def _orders(questions: QuestionSet, released: Released) -> OptionOrders | None:
    options = tuple(one.key for one in questions.options)
    if not questions.option_order:
        return None
    found = orders_of(levels_of_support(released.together or (), options), options)
    return found if found.voices >= FEWEST_SHOWN else None


def _counting(
    groups: Mapping[str, Sequence[Ballot]],
    schools: Mapping[str, Sequence[Ballot]],
    together: Sequence[Ballot],
    asked: Sequence[str],
    problem: DecisionProblem | None,
) -> tuple[Counted, ...]:
    return ways_of_counting(groups, schools, together, asked, scoring_of(problem, asked) if problem else None)
