"""What an audit found about criteria, panels, options and ways of weighing, as sentences with their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.display import phrases
from partnership_model.display.audit_words import NOT_CHANCES, Finding, named, options, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.analysis.audit.audit import Audit, SchemeAudit
    from partnership_model.analysis.audit.criteria import Why
    from partnership_model.analysis.audit.panels import Panel
    from partnership_model.analysis.audit.weightings import FirstPlaces

IDLE: dict[Why, str] = {
    "all_equal": "All options score the same on {names}: that does not help to choose.",
    "no_weight": "No weight: {names}. What has none changes nothing.",
    "too_small": (
        "Too small a spread to change any place: {names}. Whatever one of them alone said between its lowest and highest score, every "
        "option would keep its place."
    ),
}


def criteria(audit: Audit, one: SchemeAudit) -> Iterator[Finding]:
    """Say which criteria cannot matter, and which may count the same thing twice."""
    table, scheme = audit.table, one.scheme.name
    for why, sentence in IDLE.items():
        idle = [table.criteria[found.criterion] for found in one.idle if found.why == why]
        if idle:
            labels = tuple(criterion.label for criterion in idle)
            cells = tuple(f"column {criterion.column}" for criterion in idle)
            yield Finding(f"criterion_{why}", "weak", sentence.format(names=named(labels)), cells, criteria=labels, scheme=scheme)
    for pair in one.alike:
        labels = tuple(table.criteria[column].label for column in pair.criteria)
        together = f" Together they carry {whole(float(pair.share * 100))} of 100 of the weight." if pair.share is not None else ""
        weak = f" With {pair.options} options that is weak evidence." if pair.weak else ""
        changes = f" Without {quoted(labels[1])} {'another option comes first' if pair.changes_first else 'the same option comes first'}."
        says = (
            f"{named(labels)} rise and fall together over the options (correlation {pair.correlation:.2f}): they may count the same thing "
            f"twice.{weak}{together}{changes}"
        )
        yield Finding("double_counting", "weak", says, criteria=labels, scheme=scheme)


def panels(audit: Audit, one: SchemeAudit) -> Iterator[Finding]:
    """Say how much of the say each panel had, and whether that decides."""
    found, table = one.panels, audit.table
    if found is None:
        return
    told = phrases.listed(f"{quoted(panel.name)}{_size(panel)} {whole(float(panel.points * 100))} of 100" for panel in found.panels)
    ranges = phrases.listed(f"{quoted(panel.name)} {whole(float(panel.spread * 100))}" for panel in found.panels)
    says = (
        f"Points of {len(found.panels)} panels are added up, so their sizes weigh. Of all points: {told}; of the differences between "
        f"options: {ranges}. No stated weight says so."
    )
    yield Finding("panel_weights", "misleading", says, criteria=tuple(panel.name for panel in found.panels), scheme=one.scheme.name)
    alone = phrases.listed(f"{options(table, panel.first)} ({panel.name})" for panel in found.panels)
    same = all(panel.first == found.first for panel in found.panels)
    equal = set(found.equal_say) == set(found.first)
    says = (
        f"First by one panel alone: {alone}. If every panel had an equal say, {options(table, found.equal_say)} would "
        f"{'still ' if equal else ''}come first."
    )
    if found.each_person is not None:
        says += f" With points divided by people it would be {options(table, found.each_person)}."
    yield Finding(
        "panel_views",
        "fact" if same and equal else "misleading",
        says,
        options=tuple(table.options[row] for row in found.equal_say),
        scheme=one.scheme.name,
    )


def _size(panel: Panel) -> str:
    return f" ({panel.people} people)" if panel.people else ""


def whatever_the_weights(audit: Audit) -> Iterator[Finding]:
    """Say which options no weights rescue, and how often each comes first over all weightings."""
    table, found = audit.table, audit.weightings
    for one in found.dominated:
        names = (table.options[one.option], table.options[one.by])
        says = f"{quoted(names[0])} is nowhere better than {quoted(names[1])}, and somewhere worse: no weights rescue it."
        yield Finding("dominated", "weak", says, options=names)
    if found.never_first:
        names = tuple(table.options[row] for row in found.never_first)
        says = f"No weights put {named(names)} first, though no single option beats {'it' if len(names) == 1 else 'them'} everywhere."
        yield Finding("never_first", "weak", says, options=names)
    lower = [one.label for one in table.criteria if one.better == "lower"]
    turned = f" Scores of {named(lower)} are turned round, since less is better." if lower else ""
    scale = {
        "as_it_stands": "Scores are weighed as they stand, on one scale.",
        "each_stretched": "The criteria are on scales that differ, so each is stretched from its worst score to its best.",
    }[found.scale]
    says = (
        f"Of 100 possible weightings of the {len(table.criteria)} criteria, first place goes to: {first_places(audit, found.every)} "
        f"{scale}{turned} {NOT_CHANCES}{_how(found.every)}"
    )
    yield Finding("first_places", "fact", says)
    for scheme, kept in zip(table.schemes, found.in_order, strict=True):
        if kept is not None:
            says = f"Of 100 weightings that keep the table's own order of importance: {first_places(audit, kept)}{_how(kept)}"
            yield Finding("first_places_in_order", "fact", says, scheme=scheme.name)


def first_places(audit: Audit, found: FirstPlaces) -> str:
    """List the options by the share of weightings that put them first."""
    order = sorted(range(len(found.shares)), key=lambda row: (-found.most[row], row))
    ahead = [row for row in order if found.most[row] > 0]
    never = len(order) - len(ahead)
    rest = f"; {phrases.counted(never, 'option')} never" if never else ""
    parts = [f"{quoted(audit.table.options[row])} {share(found, row)}" for row in ahead]
    return f"{', '.join(parts)}{rest}."


def share(found: FirstPlaces, row: int, unit: str = "") -> str:
    """Say one option's share of 100; with blanks, from the one count to the other."""
    low, high = (_of_hundred(part) for part in (found.shares[row], found.most[row]))
    return f"{low}{unit}" if low == high else f"{low} to {high}{unit} (as blanks are filled)"


def _of_hundred(part: float) -> str:
    if 0 < part < 0.005:
        return "fewer than 1"
    if 0.995 <= part < 1:
        return "more than 99"
    return str(whole(part * 100))


def _how(found: FirstPlaces) -> str:
    return f" Drawn at random; standard error at most {found.error * 100:.1f} of 100." if found.how == "sampled" else ""
