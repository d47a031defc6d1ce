"""Who leads as one weight moves, or two together, as sentences, tables and charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnership_model.analysis.overall import whole_parts
from partnership_model.analysis.two_way import OneWay, TwoWay, dividing, one_way, two_way
from partnership_model.display import phrases, words
from partnership_model.display.blocks import Block, Bullets, Figure, Heading, Paragraph, Table
from partnership_model.display.rounding import number
from partnership_model.display.sweep_charts import (
    by_share,
    chart_one_way,
    chart_two_way,
    in_front_now,
    leading_said,
    pair_said,
    regions_said,
    stretches,
)

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.switching import SwitchingValue
    from partnership_model.model.weights import Weights

TOPIC = "As one weight moves, or two together"
ONE_WAY = ("Weight from", "to", "Leads")
TWO_WAY = ("Leads", "Parts of the map, of 100", "Where the weights are now")
NOTE = (
    "Judgements stay at their likely figures, and the criteria that are not named keep their proportions to each other. Where lines "
    "cross, or regions meet, options are level. A part of the map is no share of the ways of weighing: most of it lies far from what "
    "anybody said."
)


@dataclass(frozen=True)
class Sweep:
    """Which weights move: one alone, and two together."""

    alone: str
    across: str
    up: str


def default_sweep(appraisal: Appraisal, weights: Weights, chosen: dict[str, str] | None = None) -> Sweep:
    """Choose the criterion whose weight needs to move least to change who leads, and the two that divide the options most.

    Args:
        appraisal: with at least two criteria.
        weights: those in use.
        chosen: what somebody has chosen, which goes before; the rest gives way.
    """
    chosen = chosen or {}
    most = dividing(appraisal.values, weights.array(appraisal.values.criteria))
    nearest = min(appraisal.switching, key=_distance)
    alone = chosen.get("alone") or (nearest.criterion if _distance(nearest) < float("inf") else most[0])
    across = chosen.get("across") or next(name for name in most if name != chosen.get("up"))
    return Sweep(alone, across, chosen.get("up") or next(name for name in most if name != across))


def _distance(one: SwitchingValue) -> float:
    """Give how far a weight needs to move before another option comes first."""
    above = one.highest - one.current if one.leader_above else float("inf")
    return min(above, one.current - one.lowest if one.leader_below else float("inf"))


def found_for(appraisal: Appraisal, chosen: dict[str, str] | None = None) -> tuple[OneWay, TwoWay | None] | None:
    """Give what is drawn; nothing while the order is withheld, nor for one option or one criterion."""
    if appraisal.withheld is not None or appraisal.problem.weights is None or min(appraisal.values.likely.shape) < 2:
        return None
    sweep = default_sweep(appraisal, appraisal.problem.weights, chosen)
    weights = appraisal.problem.weights.array(appraisal.values.criteria)
    return one_way(appraisal.values, weights, sweep.alone), two_way(appraisal.values, weights, sweep.across, sweep.up)


def part(appraisal: Appraisal, *, narrow: bool = False) -> list[Block]:
    """Show who leads as one weight moves, and as two do, for the usual choice of criteria."""
    found = found_for(appraisal)
    if found is None:
        return []
    line, both = found
    blocks: list[Block] = [
        Heading(TOPIC, 3),
        Bullets((leading_said(appraisal, line), *([map_said(appraisal, both)] if both else []))),
        Figure.of(one_way_title(appraisal, line), chart_one_way(appraisal, line, narrow=narrow)),
        one_way_table(appraisal, line),
    ]
    if both:
        blocks.append(Figure.of(two_way_title(appraisal, both), chart_two_way(appraisal, both, narrow=narrow)))
        blocks.append(two_way_table(appraisal, both))
    return [*blocks, Paragraph(NOTE, "note")]


def map_said(appraisal: Appraisal, found: TwoWay) -> str:
    """Say who leads on how much of the map of two weights."""
    return f"Over all weights of {pair_said(appraisal, found)}: {phrases.uncapital(regions_said(appraisal, found))}"


def one_way_title(appraisal: Appraisal, found: OneWay) -> str:
    """Say how many times the lead changes."""
    name = appraisal.problem.criteria[found.criterion].label.lower()
    changes = len(stretches(found)) - 1
    if not changes:
        return f"No weight of {name} changes who leads"
    return f"The lead changes {'once' if changes == 1 else 'twice' if changes == 2 else f'{changes} times'} as the weight of {name} grows"


def two_way_title(appraisal: Appraisal, found: TwoWay) -> str:
    """Say who leads at the weights now, and how many others lead elsewhere on the map."""
    if len(found.regions) == 1:
        names = words.labels(appraisal.problem, found.regions[0].options)
        return f"{phrases.capital(names)}: in front whatever the weights of {pair_said(appraisal, found)}"
    now = in_front_now(appraisal, found)
    verb = "leads" if len(now) == 1 else "are level or nearly so"
    others = len({option for one in found.regions for option in one.options} - set(now))
    elsewhere = f"; {phrases.counted(others, 'other')} {'leads' if others == 1 else 'lead'} elsewhere" if others else ""
    names = phrases.capital(words.labels(appraisal.problem, now))
    return f"{names} {verb} at the weights now{elsewhere} on the map of {pair_said(appraisal, found)}"


def one_way_table(appraisal: Appraisal, found: OneWay) -> Table:
    """Give who leads from which weight to which. Columns: Weight from, to, Leads."""
    rows = ((words.at_most(one.lowest), words.at_most(one.highest), _names(appraisal, one.options)) for one in stretches(found))
    return Table("Who leads at which weight", ONE_WAY, tuple(rows))


def two_way_table(appraisal: Appraisal, found: TwoWay) -> Table:
    """Give who leads on how much of the map, in whole parts that add up to 100. Columns: Leads, Parts of the map, Now."""
    parts = whole_parts({str(place): 100 * one.share for place, one in enumerate(by_share(found))})
    rows = (
        (_names(appraisal, one.options), str(part) if part else "under 1", _here(appraisal, found, one.options))
        for one, part in zip(by_share(found), parts.values(), strict=True)
    )
    return Table("Who leads on how much of the map", TWO_WAY, tuple(rows))


def _here(appraisal: Appraisal, found: TwoWay, options: tuple[str, ...]) -> str:
    """Say whether the weights now lie where these lead; a lead by less than a point in whole numbers is no lead."""
    front = in_front_now(appraisal, found)
    return "" if not set(options) <= set(front) else "yes" if set(front) <= set(options) else "level, or nearly so"


def _names(appraisal: Appraisal, options: tuple[str, ...]) -> str:
    return phrases.listed(words.label_of(appraisal.problem, key) for key in options) + (" (level)" if len(options) > 1 else "")


def data(appraisal: Appraisal) -> dict[str, Any] | None:
    """Give the usual choice as plain numbers; None where there is nothing to move."""
    found = found_for(appraisal)
    if found is None:
        return None
    line, both = found
    return {
        "one_way": {
            "criterion": line.criterion,
            "current": number(line.current),
            "lines": {option: [number(end) for end in ends] for option, ends in line.lines.items()},
            "leading": [{"from": number(one.lowest), "to": number(one.highest), "options": list(one.options)} for one in line.leading],
        },
        "two_way": both
        and {
            "across": both.across,
            "up": both.up,
            "current": [number(weight) for weight in both.current],
            "regions": [
                {
                    "options": list(one.options),
                    "share": number(one.share),
                    "polygon": [[number(weight) for weight in corner] for corner in one.polygon],
                }
                for one in both.regions
            ],
        },
    }
