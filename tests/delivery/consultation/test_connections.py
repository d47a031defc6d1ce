"""Where too many connections are open, whoever holds the most makes room, and a ballot on its way goes last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from partnership_model.delivery.consultation.connections import Connections
from partnership_model.delivery.consultation.network_address import household

if TYPE_CHECKING:
    from tornado.iostream import IOStream

ADDRESSES = ("10.0.0.1", "10.0.0.2", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1")


class Stream:
    """Stands for a connection."""


def opened(connections: Connections, address: str, number: int) -> list[IOStream]:
    streams: list[IOStream] = [Stream() for _ in range(number)]  # type: ignore[misc]
    for one in streams:
        connections.add(one, address)
    return streams


def test_the_one_that_goes_is_of_whoever_holds_the_most() -> None:
    connections = Connections()
    [phone] = opened(connections, "10.0.0.1", 1)
    flood = opened(connections, "10.0.0.2", 3)
    for one in flood:
        connections.use(one)
    assert connections.to_go() is flood[0], "though the telephone's is older and idle"
    for one in flood[:2]:
        connections.drop(one)
    assert connections.to_go() in (phone, flood[2])


def test_behind_one_address_a_ballot_on_its_way_is_cut_last() -> None:
    connections = Connections()
    first, second, third = opened(connections, "10.0.0.1", 3)
    connections.use(first)
    connections.use(second)
    assert connections.to_go() is third
    connections.rest(first)  # answered
    assert connections.to_go() is third, "idle for longer"
    connections.drop(third)
    assert connections.to_go() is first
    connections.use(first)
    assert connections.to_go() is second, "all of them send; the oldest"


@given(
    st.lists(
        st.tuples(st.sampled_from(("add", "use", "rest", "drop", "evict")), st.sampled_from(ADDRESSES), st.integers(0, 9)), max_size=80
    )
)
def test_whatever_comes_and_goes_the_choice_is_the_same_as_by_looking_at_all(acts: list[tuple[str, str, int]]) -> None:
    connections, known = Connections(), {}
    for act, address, at in acts:
        mine = [one for one, (whose, _) in known.items() if whose == household(address)]
        if act == "add":
            known[opened(connections, address, 1)[0]] = (household(address), False)
        elif act == "evict" and known:
            gone = connections.to_go()
            whose, busy = known.pop(gone)
            connections.drop(gone)
            others = [other for other, _ in known.values()]
            assert others.count(whose) + 1 >= max((others.count(other) for other in others), default=0)
            assert not busy or (whose, False) not in known.values()
        elif act in ("use", "rest", "drop") and mine:
            one = mine[at % len(mine)]
            getattr(connections, act)(one)
            known.pop(one) if act == "drop" else known.update({one: (household(address), act == "use")})
    assert len(connections) == len(known)
    for one in list(known):
        connections.drop(one)
        connections.drop(one)
    assert len(connections) == 0
    assert not connections._held  # noqa: SLF001 - no address is kept of whoever has gone
