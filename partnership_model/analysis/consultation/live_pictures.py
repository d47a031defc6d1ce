"""Live pictures: what a hall sees of a group while ballots come in, always five answers behind and never moved by fewer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from partnership_model.analysis.consultation.ballot_orders import order_of
from partnership_model.analysis.consultation.coarsening import FULL, Protection
from partnership_model.analysis.consultation.ranks import standings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from partnership_model.knowledge.consultation.ballots import Ballot
    from partnership_model.knowledge.consultation.question_set import QuestionSet

TEN = 10  # shares of 100 are shown in tens
STEP = 5  # numbers of answers are shown in fives
ROUNDING = 1e-9
MARK_BYTES = 12
UNSURE = 2  # ballots that may always have said otherwise: of one alone, its owner would know all others


@dataclass(frozen=True)
class CoarseShare:
    """Between which tens of 100 a share lies."""

    low: int
    high: int


@dataclass(frozen=True)
class LivePicture:
    """What is shown of a group while ballots come in.

    Attributes:
        order: the criteria from what matters most; those that are level share a step.
        first: how many of 100 put each criterion first.
        at_least: how many answers are in the picture, in fives.
    """

    order: tuple[tuple[str, ...], ...]
    first: dict[str, CoarseShare]
    at_least: int


@dataclass(frozen=True)
class Tally:
    """What a group's picture was drawn from. It stays in the store: it is finer than what is shown.

    Attributes:
        answers: how many ballots.
        ranks, first: the sum over the ballots of each criterion's rank and of its part of their first places.
    """

    answers: int
    ranks: dict[str, float]
    first: dict[str, float]

    @property
    def picture(self) -> LivePicture:
        """Give as much of it as is shown."""
        mean = {name: round(total / self.answers, 1) for name, total in self.ranks.items()}
        order = tuple(tuple(name for name in mean if mean[name] == place) for place in sorted(set(mean.values())))
        first = {name: coarse_share(part, self.answers) for name, part in self.first.items()}
        return LivePicture(order, first, STEP * (self.answers // STEP))


@dataclass(frozen=True)
class Seen:
    """A version of a ballot that was in a live picture of its group: from the picture `entered` until before the picture `gone`."""

    group: str
    entered: int
    gone: int | None = None


@dataclass(frozen=True)
class Shown:
    """What a hall sees of all groups, and no more.

    Attributes:
        pictures: by group.
        together: of all groups that have a picture; None where none has.
    """

    pictures: dict[str, LivePicture] = field(default_factory=dict)
    together: LivePicture | None = None


@dataclass(frozen=True)
class Live:
    """All that was shown while ballots came in, so that what is shown next is held against it, over a restart too.

    Attributes:
        tallies: of each group's last picture.
        seen: each version of a ballot that was in any picture, by its mark.
        key: what the marks are made with, so that nobody without it can try out answers; it is kept elsewhere.
    """

    tallies: dict[str, Tally] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)
    key: bytes = field(default=b"", repr=False)

    @property
    def pictures(self) -> dict[str, LivePicture]:
        """Give each group's picture."""
        return {group: tally.picture for group, tally in self.tallies.items()}

    @property
    def together(self) -> LivePicture | None:
        """Give the picture of all groups that have one: the sum of what was shown of each, and of nothing else."""
        return _added_up(self.tallies.values()).picture if self.tallies else None

    @property
    def shown(self) -> Shown:
        """Give what a hall sees of it."""
        return Shown(self.pictures, self.together)

    def as_json(self) -> dict[str, Any]:
        """Give it as what JSON can hold, for the store and for nobody else."""
        return {
            "tallies": {group: [tally.answers, tally.ranks, tally.first] for group, tally in self.tallies.items()},
            "seen": {mark: [one.group, one.entered, one.gone] for mark, one in self.seen.items()},
        }


def live_of(kept: Mapping[str, Any], key: bytes = b"") -> Live:
    """Read what `Live.as_json` wrote; nothing was shown where nothing was kept."""
    return Live(
        {group: Tally(*tally) for group, tally in kept.get("tallies", {}).items()},
        {mark: Seen(*one) for mark, one in kept.get("seen", {}).items()},
        key,
    )


def next_pictures(last: Live, ballots: Mapping[str, Ballot], questions: QuestionSet, *, protection: Protection = FULL) -> Live:
    """Give what may be shown now: the same as before, but for groups in which enough has changed.

    A group's picture is drawn anew once ten of its ballots are new or changed since its last one. It then has all but five of those,
    and none that were changed or withdrawn. So each picture has five answers or more that were in no picture before; as the last
    of any pictures that somebody adds and subtracts has those, whatever they make of them is made of five or more. And the
    closing picture, which has all ballots, differs from the last live one by the five that were held back.

    Args:
        last: what was shown before.
        ballots: all that were handed in, as they are now, each by an identity that stays when it is changed.
        questions: what was asked.
        protection: for tests alone.
    """
    tallies, seen = dict(last.tallies), dict(last.seen)
    for group in (one.group for one in questions.adults):
        own = marked({name: ballot for name, ballot in ballots.items() if ballot.group == group}, questions, last.key)
        fresh = sorted(mark for mark in own if mark not in last.seen)  # a mark says nothing of when its ballot came
        shown = len(fresh) - protection.held_back
        if shown < protection.batch:
            continue
        before = {mark: one for mark, one in last.seen.items() if one.group == group}
        number = 1 + max((one.entered for one in before.values()), default=0)
        staying = [mark for mark, one in before.items() if one.gone is None and mark in own]
        seen |= {mark: Seen(group, one.entered, number) for mark, one in before.items() if one.gone is None and mark not in own}
        seen |= {mark: Seen(group, number) for mark in fresh[:shown]}
        tallies[group] = _tally([own[mark] for mark in (*staying, *fresh[:shown])], questions)
    return Live(tallies, seen, last.key)


def marked(ballots: Mapping[str, Ballot], questions: QuestionSet, key: bytes = b"") -> dict[str, Ballot]:
    """Give the ballots that say what matters by a mark of whose they are and what they say: it changes when the answer does."""
    asked = [one.key for one in questions.criteria]
    return {mark_of(name, ballot, key): ballot for name, ballot in ballots.items() if order_of(ballot, asked)}


def mark_of(name: str, ballot: Ballot, key: bytes = b"") -> str:
    """Make the mark of one version of a ballot; school, comment and support are in no live picture."""
    said = repr((name, ballot.group, sorted(ballot.places.items()), sorted(ballot.points.items())))
    return keyed(hashlib.sha256(said.encode()).hexdigest()[: 2 * MARK_BYTES], key)


def keyed(mark: str, key: bytes) -> str:
    """Make of a mark one that nobody who lacks the key can try answers against."""
    return hashlib.blake2b(mark.encode(), key=key, digest_size=MARK_BYTES).hexdigest() if key else mark


def coarse_share(part: float, of: int) -> CoarseShare:
    """Give a share in tens of 100, and near none or all so wide that two ballots may always have said otherwise.

    >>> coarse_share(6, 20), coarse_share(5, 5), coarse_share(0, 40)
    (CoarseShare(low=30, high=40), CoarseShare(low=60, high=100), CoarseShare(low=0, high=10))
    """
    if part < UNSURE:
        return CoarseShare(0, TEN * -(-UNSURE * TEN // of))
    if part > of - UNSURE:
        return CoarseShare(TEN * ((of - UNSURE) * TEN // of), 100)
    low = TEN * int(np.floor(TEN * part / of + ROUNDING))
    return CoarseShare(low, low + TEN)


def _tally(ballots: Sequence[Ballot], questions: QuestionSet) -> Tally:
    rows = standings(ballots, [one.key for one in questions.criteria])
    return Tally(len(ballots), {one.criterion: one.mean * one.of for one in rows}, {one.criterion: one.first * one.of for one in rows})


def _added_up(tallies: Iterable[Tally]) -> Tally:
    ranks: dict[str, float] = {}
    first: dict[str, float] = {}
    answers = 0
    for tally in tallies:
        answers += tally.answers
        for sums, more in ((ranks, tally.ranks), (first, tally.first)):
            sums |= {name: sums.get(name, 0.0) + more[name] for name in more}
    return Tally(answers, ranks, first)
