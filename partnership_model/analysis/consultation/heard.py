"""Who said anything of a question: somebody may answer and leave one out, so that fewer than five stand behind a figure after all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.ballot_weights import ballot_shares
from partnership_model.analysis.consultation.small_counts import FEWEST_SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from partnership_model.knowledge.consultation.ballots import Ballot


@dataclass(frozen=True)
class Heard:
    """The ballots that say something of one question, as far as they may be shown.

    Attributes:
        groups: those of which five or more said something.
        together: everybody who did, or, where the others are so few that subtraction would show them, these groups alone.
        everybody: whether it is everybody.
    """

    groups: dict[str, tuple[Ballot, ...]]
    together: tuple[Ballot, ...]
    everybody: bool


def heard(groups: Mapping[str, Sequence[Ballot]], together: Sequence[Ballot] | None, says: Callable[[Ballot], bool]) -> Heard:
    """Keep the ballots that say something, so that five or more stand behind every mean and behind every difference of two."""
    said = {name: tuple(filter(says, ballots)) for name, ballots in groups.items()}
    shown = {name: ballots for name, ballots in said.items() if len(ballots) >= FEWEST_SHOWN}
    in_groups = tuple(ballot for ballots in shown.values() for ballot in ballots)
    everybody = tuple(filter(says, together or ()))
    rest = len(everybody) - len(in_groups)
    if together is not None and len(everybody) >= FEWEST_SHOWN and (rest == 0 or rest >= FEWEST_SHOWN):
        return Heard(shown, everybody, everybody=True)
    return Heard(shown, in_groups, everybody=False)


def says_what_matters(ballot: Ballot, criteria: Sequence[str]) -> bool:
    """Say whether a ballot puts criteria in order or shares points out to them."""
    return ballot_shares(ballot, criteria) is not None
