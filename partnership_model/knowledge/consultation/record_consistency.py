"""Whether the parts of a consultation's record speak of the same groups, criteria and options, so that nothing is looked up in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from partnership_model.knowledge.consultation.record import ConsultationRecord


def inconsistencies(record: ConsultationRecord) -> Iterator[str]:
    """Say what does not fit together; nothing for whatever was written at closing."""
    asked = record.questions
    criteria = [one.key for one in asked.criteria]
    groups = [one.group for one in asked.adults]
    at_schools = {name: one.said for name, one in record.by_school.items()}
    weighed = {**record.by_group, **at_schools, **({"everybody": record.together} if record.together else {})}
    for name, said in weighed.items():
        yield from _same(f"the weights of {name}", [one.criterion for one in said.points], criteria)
    for counted in record.counting:
        yield from _same(f"the weights counted by {counted.by}", counted.points, criteria)
    yield from _twice("the ways of counting", [one.by for one in record.counting])
    yield from _same("the answers by group", [one.name for one in record.response.groups], groups)
    yield from _same("the answers by school", [one.name for one in record.response.schools], asked.schools)
    yield from _same("the agreement within groups", record.agreement.within, record.by_group)
    yield from _same("the support", [one.option for one in record.support], [one.key for one in asked.options])
    named = [*record.by_group, *([record.takes_in] if record.takes_in else []), *(one.group for one in record.classes)]
    named += [name for one in record.support for name in one.by_group]
    named += [name for one in record.comments.themes for name in one.by_group]
    named += [name for pair in record.agreement.pairs for name in (pair.one, pair.other)]
    named += [name for one in record.by_school.values() for name in one.groups]
    yield from _known("groups", named, [one.group for one in asked.groups])
    yield from _known("schools", list(record.by_school), asked.schools)
    yield from _twice("the themes", [one.theme for one in record.comments.themes])
    for option in record.support:
        counts = [(option.cells, option.together), *((option.group_cells, row) for row in option.by_group.values())]
        if any(len(cells) != len(row) for cells, row in counts):
            yield f"the support for {option.option} has another number of levels than of counts"
    if record.orders:
        steps = (record.orders.by_borda, record.orders.by_copeland, record.orders.by_ranked_pairs)
        for order in steps:
            yield from _same("an order of options", [name for step in order for name in step], [one.key for one in asked.options])
        more = [*record.orders.cycle, *([record.orders.condorcet] if record.orders.condorcet else [])]
        yield from _known("options", more, [one.key for one in asked.options])
    if record.closed < record.opened:
        yield f"it was closed on {record.closed}, before it was opened on {record.opened}"


def _same(what: str, found: Iterable[str], expected: Iterable[str]) -> Iterator[str]:
    one, other = list(found), list(expected)
    if sorted(one) != sorted(other):
        yield f"{what} are of {', '.join(one) or 'nothing'}; expected {', '.join(other) or 'nothing'}"


def _known(what: str, found: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    strange = sorted(set(found) - set(known))
    if strange:
        yield f"nobody was asked about the {what} {', '.join(strange)}"


def _twice(what: str, found: list[str]) -> Iterator[str]:
    again = sorted({one for one in found if found.count(one) > 1})
    if again:
        yield f"{what} name {', '.join(again)} twice"
