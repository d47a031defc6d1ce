"""What differs between two runs: the settings, what was put in, and what came out of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from partnership_model.analysis.facts_apart import facts_apart, rules_apart
from partnership_model.analysis.overall import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from partnership_model.analysis.facts_apart import FactApart, RuleApart
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.run_result import Place, RunMistake, RunOption, RunResult

Input = Literal["settings", "question", "schools", "options", "criteria", "weights", "must_haves", "money", "judgements", "record"]
Outcome = Literal["order", "overall", "first_places", "weights_in_use", "status", "separation", "warnings", "mistakes", "missing"]
Part = Input | Outcome
INPUTS: tuple[Input, ...] = get_args(Input)
RESULTS: tuple[Outcome, ...] = get_args(Outcome)
OF_KEY: Mapping[str, Part] = {
    **dict.fromkeys(("schools", "least_full_members"), "schools"),
    "options": "options",
    "criteria": "criteria",
    **dict.fromkeys(("weights", "who_counts", "weights_in_use", "plausible_weights"), "weights"),
    "non_negotiables": "must_haves",
    "money": "money",
    **dict.fromkeys(("recommendation", "resolutions", "appraisal", "consultation", "consultation_record"), "record"),
}
BEYOND = 3.0  # standard errors of a difference between two shares: less than this, chance alone gives one time in a few hundred
SETTINGS = ("case", "as_of", "edition", "version", "seed", "samples")
NOT_PUBLIC = "not_public"  # what a public edition does not say cannot be compared
T = TypeVar("T")
First = Literal["same", "changed", "now_ordered", "no_longer_ordered", "never_ordered"]


@dataclass(frozen=True)
class Change:
    """One thing that differs; None is what the run does not have.

    Attributes:
        place: what it is, from the large to the small: keys and names.
    """

    part: Part
    place: Place
    before: Any
    after: Any


@dataclass(frozen=True)
class Comparison:
    """Two runs and all that differs between them.

    Attributes:
        compared: whether both runs say what was put in; older versions did not.
    """

    before: RunResult
    after: RunResult
    changes: tuple[Change, ...]
    facts: tuple[FactApart, ...]
    rules: tuple[RuleApart, ...]

    @property
    def compared(self) -> bool:
        """Whether both runs say what was put in."""
        return self.before.inputs is not None and self.after.inputs is not None

    @property
    def first(self) -> First:
        """Say what became of the first place."""
        old, new = set(self.before.leaders), set(self.after.leaders)
        if not old or not new:
            return "never_ordered" if old == new else "now_ordered" if new else "no_longer_ordered"
        return "same" if old == new else "changed"

    @property
    def told_apart(self) -> bool:
        """Whether one of the two runs, at least, separates the options that came first in the one from those in the other."""
        old, new = set(self.before.leaders), set(self.after.leaders)
        pairs = {frozenset((a, b)) for a in old for b in new if a != b and not {a, b} <= old & new}
        return any(pairs - set(map(frozenset, run.cannot_separate)) for run in (self.before, self.after))

    def of(self, *parts: Part) -> tuple[Change, ...]:
        """Give the changes of some parts."""
        return tuple(one for part in parts for one in self.changes if one.part == part)


def compare(before: RunResult, after: RunResult, base: KnowledgeBase) -> Comparison:
    """Find what differs between two runs, inputs before results, and the facts and the law of their days."""
    found = [*_settings(before, after), *_given(before, after), *_judgements(before, after), *_results(before, after)]
    options = dict.fromkeys((*before.labels, *after.labels))
    facts = facts_apart(base, before.as_of, after.as_of, options, before.kinds | after.kinds)
    return Comparison(before, after, tuple(found), facts, rules_apart(base, before.as_of, after.as_of))


def _differences(part: Part, two: tuple[Mapping[Any, Any], Mapping[Any, Any]], *place: str) -> Iterator[Change]:
    """Compare what has the same key; what only one side has stands against None."""
    before, after = two
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old != new:
            yield Change(part, (*place, *(key if isinstance(key, tuple) else (str(key),))), old, new)


def _settings(before: RunResult, after: RunResult) -> Iterator[Change]:
    old, new = ({name: str(getattr(run, name)) for name in SETTINGS} for run in (before, after))
    if before.inputs and after.inputs:
        old["knowledge"], new["knowledge"] = before.inputs.knowledge, after.inputs.knowledge
    yield from _differences("settings", (old, new))


def _given(before: RunResult, after: RunResult) -> Iterator[Change]:
    if before.inputs is None or after.inputs is None:
        return
    old, new = _of_each(before.inputs, after.inputs, lambda inputs: {one.place: one.value for one in inputs.given})
    entries: dict[Place, None] = {}
    for one in _differences("question", (old, new)):
        entry = _whole_entry(one.place, old, new)
        if entry is None:
            yield Change(OF_KEY.get(one.place[0], "question"), one.place, one.before, one.after)
        elif entry not in entries:
            entries[entry] = None
            yield Change(OF_KEY.get(entry[0], "question"), entry, _under(entry, old), _under(entry, new))


def _whole_entry(place: Place, old: Mapping[Place, Any], new: Mapping[Place, Any]) -> Place | None:
    """Give the entry of a list to which a value belongs, if only one of the two runs has that entry."""
    for length in range(2, len(place)):
        entry = place[:length]
        has = [any(one[:length] == entry for one in side) for side in (old, new)]
        if has[0] != has[1]:
            return entry
    return None


def _under(entry: Place, side: Mapping[Place, Any]) -> dict[str, Any] | None:
    found = {".".join(place[len(entry) :]): value for place, value in side.items() if place[: len(entry)] == entry}
    return found or None


def _judgements(before: RunResult, after: RunResult) -> Iterator[Change]:
    """Compare the figures of every judgement, and its reason where the figures are the same.

    Of an option that is judged in one run alone, the judgements are counted.

    A public edition has few reasons, so between two editions reasons are not compared.
    """
    if before.inputs is None or after.inputs is None:
        return
    two = _of_each(
        before.inputs, after.inputs, lambda inputs: {(one.option, one.criterion): one.model_dump(mode="json") for one in inputs.judgements}
    )
    shared = {one.option for one in before.inputs.judgements} & {one.option for one in after.inputs.judgements}
    counted = _of_each(before.inputs, after.inputs, lambda run: Counter(one.option for one in run.judgements if one.option not in shared))
    yield from _differences("judgements", counted)
    for one in _differences("judgements", two):
        if one.place[0] not in shared:
            continue
        if one.before is None or one.after is None or one.before | {"why": ""} != one.after | {"why": ""}:
            yield one
        elif before.edition == after.edition:
            yield Change("judgements", (*one.place, "why"), one.before["why"], one.after["why"])


def _results(before: RunResult, after: RunResult) -> Iterator[Change]:
    yield from _differences("order", _of_each(before, after, lambda run: {"withheld": run.withheld}))
    yield from _differences("order", _of_each(before, after, _places))
    old, new = ({one.key: one for one in run.options} for run in (before, after))
    both = [(old[key], new[key]) for key in old if key in new]
    yield from _overall(both)
    yield from _first_places(both)
    yield from _differences("weights_in_use", _of_each(before, after, _points))
    for a, b in both:
        yield from _status(a, b)
    alone = _of_each(old, new, lambda options: {key: _standing(one) for key, one in options.items() if not (key in old and key in new)})
    yield from _differences("status", alone)
    ordered = set(_places(before)) & set(_places(after))
    pairs = _of_each(before, after, lambda run: dict.fromkeys((_pair(one) for one in run.cannot_separate if ordered >= set(one)), True))
    yield from _differences("separation", pairs)
    yield from _differences("warnings", _of_each(before, after, lambda run: {_without_figures(one): one for one in run.warnings}))
    if before.mistakes and after.mistakes:
        yield from _mistakes(before.mistakes.found, after.mistakes.found)
    if before.checklist and after.checklist:
        states = _of_each(before.checklist, after.checklist, lambda parts: {(one.title, one.says): one.state for one in parts})
        yield from (one for one in _differences("missing", states) if NOT_PUBLIC not in (one.before, one.after))


def _of_each(before: T, after: T, make: Callable[[T], Mapping[Any, Any]]) -> tuple[Mapping[Any, Any], Mapping[Any, Any]]:
    return make(before), make(after)


def _without_figures(sentence: str) -> str:
    """Give the words of a sentence, by which it is known again when only its figures differ."""
    return "".join(letter for letter in sentence if not letter.isdigit())


def _mistakes(before: tuple[RunMistake, ...], after: tuple[RunMistake, ...]) -> Iterator[Change]:
    """Compare mistakes by their kind, and by where they are made where there are several of a kind."""
    kinds = [Counter(one.kind for one in found) for found in (before, after)]

    def place(one: RunMistake) -> Place:
        return (one.kind,) if max(many[one.kind] for many in kinds) == 1 else (one.kind, *one.where)

    yield from _differences("mistakes", _of_each(before, after, lambda found: {place(one): one.says for one in found}))


def _pair(two: tuple[str, str]) -> Place:
    return min(two), max(two)


def _places(run: RunResult) -> dict[str, dict[str, Any]]:
    """Give each option's place and which others share it."""
    found: dict[str, dict[str, Any]] = {}
    at = 1
    for tied in run.ranking or ():
        found |= {key: {"place": at, "with": sorted(set(tied) - {key})} for key in tied}
        at += len(tied)
    return found


def _points(run: RunResult) -> dict[str, int]:
    """Give the weights in use in the whole points that readers see."""
    return {name: whole(share * 100) for name, share in (run.weights or {}).items()}


def _overall(both: list[tuple[RunOption, RunOption]]) -> Iterator[Change]:
    """Compare overall values in the whole numbers that readers see, and give them as they are."""
    for a, b in both:
        old, new = (None if one.overall is None else one.overall.model_dump() for one in (a, b))
        if _shown(old) != _shown(new):
            yield Change("overall", (a.key,), old, new)


def _shown(amount: Mapping[str, float] | None) -> dict[str, int] | None:
    return None if amount is None else {name: whole(figure) for name, figure in amount.items()}


def _first_places(both: list[tuple[RunOption, RunOption]]) -> Iterator[Change]:
    """Compare how often each option comes first; what chance alone could do is no difference."""
    for a, b in both:
        old, new = a.first_place, b.first_place
        if old and new and abs(old[0] - new[0]) <= BEYOND * (old[1] ** 2 + new[1] ** 2) ** 0.5:
            continue
        if old != new:
            yield Change("first_places", (a.key,), *({"share": one[0], "error": one[1]} if one else None for one in (old, new)))


def _standing(one: RunOption) -> dict[str, str]:
    return {"status": one.status, "because": one.because}


def _status(a: RunOption, b: RunOption) -> Iterator[Change]:
    if a.status != b.status:
        yield Change("status", (a.key,), _standing(a), _standing(b))
    elif a.because != b.because:
        yield Change("status", (a.key, "because"), a.because, b.because)
    schools = a.membership.keys() & b.membership.keys()  # a school that only one run has is an input
    held = _of_each(a, b, lambda one: {name: place for name, place in one.membership.items() if name in schools})
    yield from _differences("status", held, a.key, "membership")
