"""Whether any weights could put each option first, as sentences and a table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from partnership_model.analysis.overall import whole_parts
from partnership_model.display import phrases, words
from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph, Table
from partnership_model.display.rounding import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from partnership_model.analysis.appraisal import Allowed, Appraisal
    from partnership_model.analysis.potential_optimality import Figures, Potential

ALLOWED: dict[Allowed, str] = {"any": "Any weights", "order": "Order of importance kept"}
FIGURES: dict[Figures, str] = {"likely": "likely figures", "best": "its best, others' worst", "surely": "wherever they lie"}
SUITED = "Weights of 100 that suit it best (any weights, likely figures)"
NOTE = (
    "This asks only whether some weights do it, however odd they are, and not how many: for that see the ways of weighing. "
    "“Its best, others' worst” takes the option's own judgements at the best end of their ranges and all others' at the worst; “wherever "
    "they lie” asks for weights that do it wherever in their ranges the judgements lie. Nothing here is a chance of success."
)


def part(appraisal: Appraisal, *, narrow: bool = False) -> list[Block]:  # noqa: ARG001 - no chart to narrow
    """Say which options some weights could put first; nothing while the order is withheld or one option is left."""
    if not appraisal.potential or len(appraisal.values.options) == 1:
        return []
    return [
        Heading("Could it come first at all, with other weights?", 3),
        Bullets(tuple(sentences(appraisal))),
        potential_table(appraisal),
        Paragraph(NOTE, "note"),
    ]


def title(appraisal: Appraisal) -> str:
    """Count the options that some weights put first."""
    every = appraisal.values.options
    able = sum(_can(appraisal, "any", option) for option in every)
    if able == len(every):
        return "Each option could come first with some weights or other"
    return f"Weights alone could put {able} of the {len(every)} options first" if able else "No weights alone put any option first"


def sentences(appraisal: Appraisal) -> list[str]:
    """Say who could come first on the likely figures, with which proof who could not, and what the ranges change."""
    every = appraisal.values.options
    said = [_ahead(appraisal)]
    said += [_never(appraisal, appraisal.potential["any"][option, "likely"]) for option in every if not _can(appraisal, "any", option)]
    said.append(_if_kept(appraisal))
    lost = [option for option in every if not _can(appraisal, "any", option, "best")]
    if lost:
        names = _either(appraisal, lost)
        said.append(f"Even with its own judgements at their best and all others' at their worst, no weights put {names} ahead.")
    sure = [option for option in every if _can(appraisal, "any", option, "surely")]
    if sure:
        said.append(f"Some weights put {_each(appraisal, sure)} ahead wherever in their ranges the judgements lie.")
    else:
        said.append("No weights put any option ahead wherever in their ranges the judgements lie: the ranges overlap.")
    return [one for one in said if one]


def _can(appraisal: Appraisal, allowed: Allowed, option: str, figures: Figures = "likely") -> bool:
    return appraisal.potential[allowed][option, figures].ahead


def _ahead(appraisal: Appraisal) -> str:
    every = appraisal.values.options
    able = [option for option in every if _can(appraisal, "any", option)]
    if len(able) == len(every):
        return f"Some weights or other put each of the {len(every)} options ahead, on the likely figures."
    if not able:
        return "No weights put any option ahead of all others, on the likely figures."
    others = [option for option in every if option not in able]
    return f"Some weights put {_each(appraisal, able)} ahead, on the likely figures; none put {_either(appraisal, others)} ahead."


def _if_kept(appraisal: Appraisal) -> str:
    """Say whom the order of importance rules out of those that some weights put ahead."""
    able = [option for option in appraisal.values.options if _can(appraisal, "any", option)]
    lost = [option for option in able if not _can(appraisal, "order", option)]
    if not lost:
        return "Keeping the order of importance rules out none of them." if able else ""
    return f"If the order of importance is kept, no weights put {_either(appraisal, lost)} ahead, on the likely figures."


def _each(appraisal: Appraisal, options: Sequence[str]) -> str:
    names = words.labels(appraisal.problem, options)
    return names if len(options) == 1 else f"each of {names}"


def _either(appraisal: Appraisal, options: Sequence[str]) -> str:
    *rest, last = [words.labels(appraisal.problem, [option]) for option in options]
    return f"{', '.join(rest)} or {last}" if rest else last


def _never(appraisal: Appraisal, one: Potential) -> str:
    """Give the mix of others that is ahead whatever the weights."""
    name = words.labels(appraisal.problem, [one.option])
    if one.level:
        return f"{phrases.capital(name)} could at most draw level, whatever the weights."
    by = _at_least(one.behind)
    if len(one.mix) == 1:
        return f"{phrases.capital(name)} is behind {words.labels(appraisal.problem, one.mix)} on every criterion, by {by}."
    parts = _largest(whole_parts({option: 100 * share for option, share in one.mix.items()}).items())
    mixed = words.labels(appraisal.problem, (option for option, _ in parts))
    ratio = " to ".join(str(count) for _, count in parts)
    return f"Whatever the weights, something is ahead of {name}: {mixed}, averaged {ratio}, have {by} more on every criterion."


def _largest(parts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(parts, key=lambda pair: -pair[1])


def _at_least(points: float) -> str:
    least = math.floor(points + 1e-6)
    return f"at least {phrases.counted(least, 'point')}" if least >= 1 else "less than 1 point"


def potential_table(appraisal: Appraisal) -> Table:
    """Give yes, level at most or no. Columns: Option, three readings of the judgements for any weights and for the order, and weights."""
    columns = ("Option", *(f"{head}: {how}" for head in ALLOWED.values() for how in FIGURES.values()), SUITED)
    rows = []
    for option in appraisal.values.options:
        answers = [_answer(appraisal.potential[allowed][option, figures]) for allowed in ALLOWED for figures in FIGURES]
        rows.append((words.label_of(appraisal.problem, option), *answers, _suited(appraisal, appraisal.potential["any"][option, "likely"])))
    return Table("Whether some weights put each option ahead of all others", columns, tuple(rows))


def _answer(one: Potential) -> str:
    return "yes" if one.ahead else "level at most" if one.level else "no"


def _suited(appraisal: Appraisal, one: Potential) -> str:
    """Name the criteria that carry at least 1 of 100 at the weights that put it furthest ahead."""
    if not one.ahead:
        return ""
    parts = whole_parts({name: 100 * share for name, share in one.weights.items()})
    return phrases.capital(
        phrases.listed(f"{appraisal.problem.criteria[name].label.lower()} {count}" for name, count in _largest(parts.items()) if count)
    )


def data(appraisal: Appraisal) -> dict[str, Any]:
    """Give the margins, weights and mixes as plain numbers, by the weights allowed and by option."""
    return {
        allowed: {option: {figures: _data(found[option, figures]) for figures in FIGURES} for option in appraisal.values.options}
        for allowed, found in appraisal.potential.items()
    }


def _data(one: Potential) -> dict[str, Any]:
    return {
        "margin": number(one.margin),
        "weights": {name: number(share) for name, share in one.weights.items()},
        "mix": {name: number(share) for name, share in one.mix.items()} or None,
        "behind": number(one.behind) if one.mix else None,
    }
