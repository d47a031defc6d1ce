"""What an audit found about sums, ranks, ties and blanks, as sentences with their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import phrases
from partnership_model.display.audit_words import SHORT, Finding, figure, named, options, quoted, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.analysis.audit.adding_errors import AddingError, Slip
    from partnership_model.analysis.audit.audit import Audit, SchemeAudit
    from partnership_model.analysis.audit.precision import Tie


def sums(audit: Audit, one: SchemeAudit) -> Iterator[Finding]:
    """Say which rule the totals follow, and where they do not."""
    table, found, scheme = audit.table, one.reproduction, one.scheme.name
    said = rule(found.best.rule, table)
    if found.verdict == "not_stated":
        yield Finding("rule", "fact", f"No totals are stated. What follows takes {said}.", scheme=scheme)
    elif found.verdict == "none":
        row = max((row for row in found.best.rows if row.stated), key=lambda row: abs(row.off))
        tried = phrases.listed(dict.fromkeys(SHORT[fit.rule.adds] for fit in found.tried))
        says = (
            f"Tried: {tried}; none gives more than half of the stated totals. The nearest, {said}, is off by up to {figure(abs(row.off))} "
            f"({quoted(table.options[row.option])}). Ask for the rule: without it no total can be checked. What follows takes the nearest."
        )
        cells = (row.stated.place,) if row.stated else ()
        yield Finding("rule_unknown", "wrong", says, cells, (table.options[row.option],), scheme=scheme)
    else:
        fits, stated = found.best.count("agrees", "within_rounding"), sum(total is not None for total in one.scheme.totals)
        many = f"all {stated}" if fits == stated else f"{fits} of {stated}"
        yield Finding("rule", "fact", f"The rule that gives {many} totals: {said}.{_same(one)}{_rounded(one)}", scheme=scheme)
    yield from _weights(audit, one)
    for error in one.errors:
        says = (
            f"The total of {quoted(table.options[error.option])} is given as {error.stated.shown}; the rule gives "
            f"{figure(error.recomputed)}: {figure(abs(error.off))} too {'high' if error.off > 0 else 'low'}.{_slips(audit, error)}"
        )
        yield Finding("adding_error", "wrong", says, (error.stated.place,), (table.options[error.option],), scheme=scheme)


def _same(one: SchemeAudit) -> str:
    others = dict.fromkeys(SHORT[same.adds] for same in one.reproduction.same if same.adds != one.reproduction.best.rule.adds)
    return f" A {phrases.listed(others)} gives the same here." if others else ""


def _rounded(one: SchemeAudit) -> str:
    rows = [row for row in one.reproduction.best.rows if row.fits == "within_rounding" and row.stated]
    if not rows:
        return ""
    told = phrases.listed(
        f"{row.stated.place} ({row.stated.shown}; from the printed figures {figure(row.total)})"
        for row in rows
        if row.stated and row.total is not None
    )
    return f" Right only if scores or weights were rounded when they were printed: {told}."


def _weights(audit: Audit, one: SchemeAudit) -> Iterator[Finding]:
    scheme = one.scheme
    found = one.weights_sum
    if found:
        says = f"The weights add up to {figure(found.found)}, not to {'the stated ' if found.stated else ''}{figure(found.meant)}."
        cells = tuple(weight.place for weight in scheme.weights)
        yield Finding("weights_sum", "wrong" if found.stated else "weak", says, cells[:1] + cells[-1:], scheme=scheme.name)
    best = one.reproduction.best.rule
    known = one.reproduction.verdict in ("all", "most")
    if known and scheme.weights and not any(rule.weighted for rule in (best, *one.reproduction.same)):
        says = "The table has weights, and its totals do not use them."
        yield Finding("weights_unused", "wrong", says, (scheme.weights[0].place,), scheme=scheme.name)
    lower = [one for one in audit.table.criteria if one.better == "lower"]
    if known and lower and not best.subtracts and len(lower) < len(audit.table.criteria):
        says = f"Less is better on {named(one.label for one in lower)}, and yet its scores are added: an option gains by having more."
        yield Finding("added_the_wrong_way", "wrong", says, criteria=tuple(one.label for one in lower), scheme=scheme.name)


def _slips(audit: Audit, error: AddingError) -> str:
    said = [_slip(audit, error, slip) for slip in error.slips]
    return f" It would be right if {', or if '.join(said)}." if said else ""


def _slip(audit: Audit, error: AddingError, slip: Slip) -> str:
    if slip.criterion is None:
        return "two neighbouring figures of the total were swapped"
    label = quoted(audit.table.criteria[slip.criterion].label)
    if slip.kind == "left_out":
        return f"{label} ({slip.place}) had been left out"
    if slip.kind == "counted_twice":
        return f"{label} ({slip.place}) had been counted twice"
    score = audit.table.scores[error.option][slip.criterion].number
    return f"{slip.place} ({label}) were {figure(slip.needed or error.off)} instead of {score.shown if score else 'blank'}"


def ranks(audit: Audit, one: SchemeAudit) -> Iterator[Finding]:
    """Say which ranks are wrong, and what changes once the sums are right."""
    table, scheme = audit.table, one.scheme.name
    for wrong in one.wrong_ranks:
        places = " or ".join(map(str, wrong.expected))
        by = "the stated totals" if wrong.basis == "stated" else "the recomputed totals"
        says = f"{quoted(table.options[wrong.option])} is ranked {wrong.rank.shown}; by {by} it comes at {places}."
        yield Finding("wrong_rank", "wrong", says, (wrong.rank.place,), (table.options[wrong.option],), scheme=scheme)
    for apart in one.ranked_apart:
        names = tuple(table.options[row] for row in apart.options)
        cells = tuple(rank.place for row in apart.options if (rank := one.scheme.ranks[row]))
        says = f"{named(names)} print the same total, {apart.shown}, and are ranked apart: a reader cannot see why."
        yield Finding("ranked_apart", "misleading", says, cells, names, scheme=scheme)
    if len(one.right_first) > 1:
        names = tuple(table.options[row] for row in one.right_first)
        says = f"{named(names)} are level in first place: the table cannot tell them apart."
        yield Finding("level_first", "fact", says, options=names, scheme=scheme)
    if one.moved and set(one.first) != set(one.right_first):
        says = f"With right sums {options(table, one.right_first)} comes first, not {options(table, one.first)}."
        names = tuple(table.options[row] for row in (*one.right_first, *one.first))
        yield Finding("other_first_place", "wrong", says, options=names, scheme=scheme)
    elif one.moved:
        told = phrases.listed(f"{quoted(table.options[move.option])} from {move.stated} to {move.right}" for move in one.moved)
        names = tuple(table.options[move.option] for move in one.moved)
        yield Finding("other_places", "wrong", f"With right sums places change: {told}.", options=names, scheme=scheme)


def ties(audit: Audit, one: SchemeAudit) -> Iterator[Finding]:
    """Say which ties are none, which differences are none, and which are too small to count."""
    table, scheme, precision = audit.table, one.scheme.name, one.precision
    wrong = {error.option for error in one.errors}
    for tie in one.ties:
        if not wrong.intersection(tie.options):
            yield _tie(audit, one, tie)
    if precision.too_fine and precision.printed is not None:
        least = min((effect, column) for column, effect in enumerate(precision.effects) if effect)
        says = (
            f"Totals are printed in steps of {figure(precision.printed)}, and one step of a single score moves a total by "
            f"{figure(least[0])} at least ({quoted(table.criteria[least[1]].label)}). The last digits say more than the scoring can."
        )
        yield Finding("false_precision", "misleading", says, scheme=scheme)
    for close in precision.close:
        names = (table.options[close.ahead], table.options[close.behind])
        labels = [table.criteria[column].label for column in close.criteria]
        first = close.ahead in one.right_first
        says = (
            f"{quoted(names[0])} is ahead of {quoted(names[1])} by {figure(close.gap)}: one score, one step different, makes them level or "
            f"swaps them ({'on any criterion' if len(labels) == len(table.criteria) else f'on {named(labels)}'})."
            f"{' So who comes first hangs on one step of one score.' if first else ''}"
        )
        yield Finding("within_one_step", "misleading" if first else "weak", says, options=names, criteria=tuple(labels), scheme=scheme)


def _tie(audit: Audit, one: SchemeAudit, tie: Tie) -> Finding:
    names = tuple(audit.table.options[row] for row in tie.options)
    stated = [total for row in tie.options if (total := one.scheme.totals[row])]
    cells = tuple(total.place for total in stated)
    behind = [figure(total) for row in tie.options if (total := one.reproduction.best.rows[row].total) is not None]
    if tie.hidden:
        gap = figure(tie.apart)
        says = f"{named(names)} both print as {stated[0].shown}; behind that stand {phrases.listed(behind)}, a difference of {gap}."
        return Finding("false_tie", "misleading", says, cells, names, scheme=one.scheme.name)
    says = f"{named(names)} print as {phrases.listed(total.shown for total in stated)}, and are level: the rule gives {behind[0]} for both."
    return Finding("false_difference", "misleading", says, cells, names, scheme=one.scheme.name)


def blanks(audit: Audit, one: SchemeAudit) -> Iterator[Finding]:
    """Say how blanks are counted, and what they could hide."""
    table, found, scheme = audit.table, one.blanks, one.scheme.name
    if not found.cells:
        return
    many = f"{phrases.counted(len(found.cells), 'score')} {'is' if len(found.cells) == 1 else 'are'} blank"
    if found.as_zero and one.reproduction.verdict in ("all", "most"):
        says = f"{many}, and counted as 0, as if 0 had been scored: not to know is not to score 0."
        yield Finding("blank_as_zero", "misleading", says, found.cells, scheme=scheme)
    else:
        says = f"{many}; taken here as {'0' if found.as_zero else 'left out, with their weights'}."
        yield Finding("blank", "weak", says, found.cells, scheme=scheme)
    for row in found.ranges:
        name = table.options[row.option]
        says = (
            f"Filled with the lowest or the highest score given on each criterion, the total of {quoted(name)} lies from {figure(row.low)} "
            f"to {figure(row.high)}."
        )
        if row.option in found.could_lead:
            says += " At its best it would come first."
        if row.option in found.could_fall:
            says += " At its worst it would no longer come first."
        grade = "misleading" if row.option in (*found.could_lead, *found.could_fall) else "fact"
        yield Finding("blank_range", grade, says, row.places, (name,), scheme=scheme)
