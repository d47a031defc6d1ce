"""The decision problem: a case joined with the facts of its day, ready to be analysed."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - dataclass fields
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from partnership_model.errors import PartnershipError
from partnership_model.knowledge import spreads
from partnership_model.knowledge.consultation.consulted_weights import weights_by_school
from partnership_model.knowledge.contradictions import contradiction
from partnership_model.knowledge.schema import Range
from partnership_model.knowledge.weight_sets import SetName, WeightSet
from partnership_model.model.gates import GateResult, apply_gate
from partnership_model.model.money import MoneyTable, money_table
from partnership_model.model.plausible_weights import PlausibleWeights, of_groups, plausible_weights
from partnership_model.model.screening import OptionScreening, Status, screen
from partnership_model.model.way_out import WayOut, way_out
from partnership_model.model.weights import Weights, combine, voices_of, without

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case, ChosenOption
    from partnership_model.knowledge.catalogue import Criterion
    from partnership_model.knowledge.facts import Fact

Origin = Literal["group", "starting", "computed", "missing"]
Shape = spreads.Shape
COST = "cost"
FACT = "fact:"  # before the question, where evidence is a fact
_NO_NAMES = ("A", "An", "The", "Our", "Join", "Joining", "Stay", "Staying", "Form", "Forming")


@dataclass(frozen=True)
class Judgement:
    """One option on one criterion, in the criterion's own unit.

    Attributes:
        origin: `group` (the case's own figures), `starting` (a starting assumption), `computed` (from facts by a
            shown rule) or `missing` (nobody has judged it: the whole scale).
        confirmed: whether somebody in the group has looked at it.
        grade: evidence from A (strong) to D (opinion only); "" where it is missing.
        shape: how the figures spread: most often near the likely one (a triangle), evenly from low to high, or on a
            few outcomes alone.
        outcomes: each possible figure with its share; the shares sum to one. Only for the shape of that name.
        ask: who could be asked about the facts that it rests on, where those say so.
    """

    option: str
    criterion: str
    amount: Range
    grade: str
    evidence: tuple[str, ...]
    reasoning: str
    origin: Origin
    confirmed: bool
    shape: Shape = "triangle"
    outcomes: tuple[tuple[float, float], ...] = ()
    ask: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProblemOption:
    """An option of the case, with what screening and the non-negotiables say of it.

    Attributes:
        shown_only: whether it is shown and not ranked, because its rules are not settled.
    """

    key: str
    label: str
    in_a_sentence: str
    plain: str
    screening: OptionScreening
    gates: tuple[GateResult, ...]
    money: MoneyTable
    way_out: WayOut
    shown_only: bool = False

    @property
    def ranked(self) -> bool:
        """Whether it takes part in values and rankings: neither closed nor only shown."""
        return self.status != "closed" and not self.shown_only

    @property
    def status(self) -> Status:
        """Closed by law or by a gate; unknown where a gate or the law cannot be decided; else as screened."""
        if self.screening.status == "closed" or any(gate.failed for gate in self.gates):
            return "closed"
        if self.screening.status == "unknown" or any(gate.undecided for gate in self.gates):
            return "unknown"
        return self.screening.status


@dataclass(frozen=True)
class DecisionProblem:
    """Who chooses, between what, by which criteria, with which judgements and weights.

    Attributes:
        judgements: by option and criterion, for every option of the case.
        weights: None while nobody has weighed.
        group_weights: the weights of each stakeholder group by its name.
        voices: how many voices each of these groups has by the case's `who_counts`; one where nothing is said.
        weight_set: which ways of weighing count as plausible; all that keep the order of importance where nothing is said.
    """

    day: dt.date
    options: tuple[ProblemOption, ...]
    criteria: dict[str, Criterion]
    judgements: dict[tuple[str, str], Judgement]
    weights: Weights | None
    group_weights: dict[str, Weights]
    voices: dict[str, int] = field(default_factory=dict)
    weight_set: WeightSet = field(default_factory=WeightSet)

    @property
    def ranked_options(self) -> tuple[ProblemOption, ...]:
        """Give the options that are neither closed nor only shown, in the case's order."""
        return tuple(option for option in self.options if option.ranked)

    @property
    def unconfirmed(self) -> tuple[Judgement, ...]:
        """Give the judgements in use that nobody in the group has looked at."""
        used = {option.key for option in self.ranked_options}
        return tuple(one for one in self.judgements.values() if one.option in used and not one.confirmed)

    def option(self, key: str) -> ProblemOption:
        """Give one option by its key."""
        return next(option for option in self.options if option.key == key)

    def with_weights(self, weights: Weights | None) -> DecisionProblem:
        """Give the same problem weighed otherwise."""
        return replace(self, weights=weights)

    def with_weight_set(self, kind: SetName) -> DecisionProblem:
        """Give the same problem with another set of weights in use, its conditions as they are."""
        return replace(self, weight_set=self.weight_set.model_copy(update={"named": kind}))

    @property
    def set_in_use(self) -> SetName:
        """Name the set of weights that counts as plausible: the one asked for, or the order where groups are asked for and none weighed."""
        asked = self.weight_set.in_use
        return asked if self.plausible_under(asked) else "order"

    @property
    def plausible(self) -> PlausibleWeights | None:
        """Give the weights that count as plausible; None while nobody has weighed."""
        return self.plausible_under(self.set_in_use)

    def plausible_under(self, kind: SetName) -> PlausibleWeights | None:
        """Give one of the sets of weights by its name; None where what it hangs on is not there."""
        groups = of_groups(self.group_weights, self.voices, self.weight_set.spread) if self.group_weights else None
        return plausible_weights(kind, self.weight_set, self.weights, tuple(self.criteria), groups)

    @property
    def weight_sets(self) -> tuple[SetName, ...]:
        """Name the sets of weights that make sense side by side.

        One criterion leaves nothing to weigh; where all matter alike, keeping their order allows any weights; one group
        alone is no mixture.
        """
        alike = self.weights is not None and self.weights.order == (tuple(self.criteria),)
        sensible: dict[SetName, bool] = {
            "order": True,
            "near": len(self.criteria) > 1,
            "any": len(self.criteria) > 1 and not alike,
            "groups": len(self.group_weights) > 1,
            "conditions": bool(self.weight_set.limits),
        }
        return tuple(kind for kind, makes_sense in sensible.items() if makes_sense or kind == self.set_in_use)

    def with_judgement(self, judgement: Judgement) -> DecisionProblem:
        """Give the same problem with one judgement replaced.

        Raises:
            PartnershipError: the figures lie outside the criterion's anchors.
        """
        criterion = self.criteria[judgement.criterion]
        least, most = sorted((criterion.scale.worst, criterion.scale.best))
        if judgement.amount.low < least or judgement.amount.high > most:
            message = f"{criterion.label} runs from {least:g} to {most:g}."
            raise PartnershipError(message)
        return replace(self, judgements={**self.judgements, (judgement.option, judgement.criterion): judgement})

    def without_criterion(self, name: str) -> DecisionProblem:
        """Give the same problem without one criterion; its weight is shared out over the rest."""
        kept = {key: criterion for key, criterion in self.criteria.items() if key != name}
        judgements = {cell: one for cell, one in self.judgements.items() if cell[1] != name}
        return replace(
            self,
            criteria=kept,
            judgements=judgements,
            weights=_less(self.weights, name),
            group_weights={group: less for group, one in self.group_weights.items() if (less := _less(one, name))},
            weight_set=_less_asked(self.weight_set, name, tuple(kept)) if name in self.criteria else self.weight_set,
        )


def _less(weights: Weights | None, name: str) -> Weights | None:
    if weights is None or name not in weights.shares:
        return weights
    rest = without(weights, name)
    return replace(rest, shares={key: share for key, share in rest.shares.items() if key != name}) if rest else None


def _less_asked(asked: WeightSet, name: str, criteria: tuple[str, ...]) -> WeightSet:
    """Leave one criterion out of what a case says of plausible weights; conditions that contradict each other without it go."""
    less = asked.without(name)
    return WeightSet(within=asked.within, spread=asked.spread) if contradiction(less.limits, criteria) else less


def build_problem(case: Case, knowledge: KnowledgeOfDay, *, replayed: bool = False) -> DecisionProblem:
    """Join a case with the facts of its day.

    Args:
        case: who chooses between what.
        knowledge: the facts of the day.
        replayed: whether it is another day than the case's own; options that do not exist on it are closed.

    Raises:
        PartnershipError: an option of the case does not exist on its own day.
    """
    names = [one.option for one in case.options]
    absent = [name for name in names if name not in knowledge.options]
    if absent and not replayed:
        message = f"These options do not exist on {knowledge.day}: {', '.join(absent)}."
        raise PartnershipError(message)
    options = tuple(_option(case, name, one, names, knowledge) for name, one in zip(names, case.options, strict=True))
    wanted = [name for name in case.file.criteria if case.file.money.cost_in_score or name != COST]
    criteria = {name: knowledge.base.criteria[name] for name in wanted}
    judgements = _judgements(case, options, criteria, knowledge)
    groups = {group.group: combine([group], wanted, "group") for group in case.file.weights}
    weights = _used_weights(case, wanted)
    return DecisionProblem(
        knowledge.day,
        options,
        criteria,
        judgements,
        weights,
        {name: one for name, one in groups.items() if one},
        {group.group: voices_of(group, case.file.who_counts) for group in case.file.weights},
        case.file.plausible_weights,
    )


def _used_weights(case: Case, criteria: list[str]) -> Weights | None:
    """Combine the weights that the ranking uses: with one voice for each school, where the case has a consultation and says so."""
    if case.file.who_counts == "school" and case.file.weights_in_use is None and case.consulted:
        by_school = weights_by_school(case.consulted, case.file.criteria)
        return combine([by_school], criteria, "group") if by_school else None
    return combine(case.file.used, criteria, case.file.who_counts)


def _option(case: Case, name: str, chosen: ChosenOption, names: list[str], knowledge: KnowledgeOfDay) -> ProblemOption:
    about = knowledge.base.options[name]
    screening = screen(name, case.members, knowledge, case.file.least_full_members, chosen)
    gates = tuple(apply_gate(gate, screening, knowledge) for gate in case.file.non_negotiables)
    years = case.file.money.years or knowledge.base.derive.money.years
    money = money_table(screening, case.members, knowledge, years, chosen.members_today)
    said = chosen.in_a_sentence or (_in_a_sentence(chosen.label) if chosen.label else about.in_a_sentence)
    shown_only = not (about.ranked if chosen.ranked is None else chosen.ranked)
    out = way_out(screening, [other for other in names if other in knowledge.options or other == name], knowledge)
    return ProblemOption(name, chosen.label or about.label, said, about.plain, screening, gates, money, out, shown_only)


def _in_a_sentence(label: str) -> str:
    """Begin with a small letter where the first word is no name."""
    return label[:1].lower() + label[1:] if label.split(" ", maxsplit=1)[0] in _NO_NAMES else label


def _judgements(
    case: Case,
    options: tuple[ProblemOption, ...],
    criteria: Mapping[str, Criterion],
    knowledge: KnowledgeOfDay,
) -> dict[tuple[str, str], Judgement]:
    found = {
        (option.key, name): starting_judgement(option, name, criterion, knowledge)
        for option in options
        for name, criterion in criteria.items()
    }
    for one in case.judgements:
        cell = (one.option, one.criterion)
        if cell not in found:
            continue
        if one.amount is None:
            found[cell] = replace(found[cell], confirmed=True, reasoning=f"{found[cell].reasoning} The group looked at it: {one.note}")
        else:
            own = Judgement(*cell, one.amount, one.evidence, (), one.note, "group", confirmed=True, ask=found[cell].ask)
            found[cell] = replace(own, shape=one.shape, outcomes=one.outcomes)
    return found


def starting_judgement(option: ProblemOption, name: str, criterion: Criterion, knowledge: KnowledgeOfDay) -> Judgement:
    """Give a judgement as it stands before anybody in the group has looked at it: computed, assumed or missing."""
    if criterion.derived == "money" and (option.money.unknown or not option.money.by_school):
        return _not_judged(option, name, criterion, option.money.unknown)
    if criterion.derived == "money":
        asked = _asked(fact for line in option.money.lines for fact in line.facts)
        return _computed((option.key, name), criterion, option.money.group, knowledge.base.derive.money.says, asked)
    if criterion.derived == "exit":
        asked = _asked(fact for facts in option.way_out.facts.values() for fact in facts)
        return _computed((option.key, name), criterion, option.way_out.points, knowledge.base.derive.exit.says, asked)
    assumption = knowledge.base.assumptions.get((option.key, name))
    if assumption is None:
        return _not_judged(option, name, criterion)
    return Judgement(
        option.key,
        name,
        assumption.amount,
        assumption.grade,
        assumption.evidence,
        assumption.reasoning,
        "starting",
        confirmed=False,
        ask=_asked(_rests_on(option, assumption.evidence, knowledge)),
    )


def _rests_on(option: ProblemOption, evidence: Sequence[str], knowledge: KnowledgeOfDay) -> Iterator[Fact]:
    """Give the facts among what an assumption rests on, for each school."""
    questions = [one.removeprefix(FACT) for one in evidence if one.startswith(FACT)]
    for school in option.screening.schools:
        yield from (knowledge.fact(question, option.key, school.category, school.form) for question in questions)


def _asked(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.ask for fact in facts if fact.ask))


def _not_judged(option: ProblemOption, name: str, criterion: Criterion, unknown: tuple[Fact, ...] = ()) -> Judgement:
    """Take the whole scale for what nobody has judged, or what rests on facts that nobody knows; never a zero."""
    least, most = sorted((criterion.scale.worst, criterion.scale.best))
    whole = Range(low=least, likely=(least + most) / 2, high=most)
    asked = _asked(unknown)
    says = (
        f"A fact that it rests on is not known: ask {', '.join(asked)}."
        if asked
        else "Nobody has judged this yet, so the whole scale is possible."
    )
    return Judgement(option.key, name, whole, "", (), says, "missing", confirmed=False, ask=asked)


def _computed(cell: tuple[str, str], criterion: Criterion, amount: Range, says: str, asked: tuple[str, ...]) -> Judgement:
    least, most = sorted((criterion.scale.worst, criterion.scale.best))
    held = Range(**{key: min(max(value, least), most) for key, value in amount.model_dump().items()})
    reasoning = says if held == amount else f"{says} What lies beyond the anchors is held at the anchor."
    return Judgement(*cell, held, "C", ("computed from facts",), reasoning, "computed", confirmed=False, ask=asked)
