"""How many ballots came by each channel, and how many of them may be second ones: worked out from what is published alone.

Nobody keeps names, so whoever answered by two channels could only be told by equal answers. No count of these is made: whoever guesses
somebody's answers, and hands them in by another channel, would read in it whether the guess was right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.knowledge.consultation.ballots import Channel
    from partnership_model.knowledge.consultation.record import RecordedResponse, RecordedResponses


@dataclass(frozen=True)
class Channels:
    """The channels of a closed consultation.

    Attributes:
        answered: the ballots of each channel that has any; None for so few that they are not shown.
        over_invited: how many more ballots than invitations there are, in the groups that are shown: second ones, or of people whom
            nobody counted. None where no group's invitations can be held against its ballots.
        most: how many second ballots nobody could rule out: all outside the largest channel. None where nothing is shown.
    """

    answered: Mapping[Channel, int | None]
    over_invited: int | None
    most: int | None


def channels_of(response: RecordedResponses) -> Channels:
    """Say of what is published how many ballots may be second ones."""
    more = [over for one in response.groups if (over := _over(one)) is not None]
    return Channels(response.channels, sum(more) if more else None, _most(response.channels, response.everybody.answered))


def _over(one: RecordedResponse) -> int | None:
    if one.answered is None or one.invited is None or one.with_others:
        return None
    return max(0, one.answered - one.invited)


def _most(channels: Mapping[Channel, int | None], answered: int | None) -> int | None:
    """Give all ballots outside the largest channel; where no channel's number is shown, the largest has an equal part or more."""
    if answered is None or not channels:
        return None
    shown = [count for count in channels.values() if count is not None]
    return max(0, answered - (max(shown) if shown else -(-answered // len(channels))))
