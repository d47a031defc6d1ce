"""More weighing or more evidence, as a part of "How sure": what would settle who comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from partnership_model.analysis.overall import whole_parts
from partnership_model.display import phrases, weight_set_words
from partnership_model.display.blocks import Bullets, Figure, Heading, Paragraph, Table
from partnership_model.display.charts import _dots, axis_names
from partnership_model.display.drawing import Drawing, Rows
from partnership_model.display.rounding import number

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.uncertainty_split import Share, UncertaintySplit
    from partnership_model.display.blocks import Block

HEADING = "More weighing or more evidence?"
CLEARLY = 0.1  # of the doubt: one part of ten
TOO_ROUGH = 0.05  # standard error of a share: half a part of ten
NOTHING_LEFT = (
    "Every way of weighing and judging that was drawn puts the same first, so neither more weighing nor more evidence is needed for that."
)
COLUMNS = ["What would have to be settled", "Of ten parts of the doubt", "Pairs that would still differ"]
SETTLED = ("The weights alone", "The judgements alone", "Only both together")
NOT_CHANCES = (
    "Pairs of ways of weighing and judging that count as plausible, not chances: {weights}, and judgements anywhere in their ranges, "
    "each independent of the others."
)


def part(appraisal: Appraisal, *, narrow: bool = False) -> list[Block]:
    """Say whether weighing or evidence would settle more; nothing while the order is withheld or one option is left."""
    if appraisal.robustness is None or len(appraisal.problem.ranked_options) == 1:
        return []
    found = appraisal.uncertainty
    if found is None:
        return [Heading(HEADING, 3), Paragraph(NOTHING_LEFT), Paragraph(_not_chances(appraisal), "note")]
    blocks: list[Block] = [Heading(HEADING, 3), Bullets(tuple(findings(found)))]
    if clear(found):
        blocks += [Figure.of(title(found), chart(found, narrow=narrow)), Table.of("What would settle who comes first", split_table(found))]
    return [
        *blocks,
        Paragraph(f"{_not_chances(appraisal)} {found.samples:,} pairs of each kind were drawn.", "note"),
    ]


def _not_chances(appraisal: Appraisal) -> str:
    return NOT_CHANCES.format(weights=weight_set_words.weights(appraisal.problem, appraisal.problem.set_in_use))


def clear(found: UncertaintySplit) -> bool:
    """Whether enough pairs differ for the shares to be told in parts of ten."""
    return max(one.error for one in (found.weights, found.judgements, found.both)) <= TOO_ROUGH


def findings(found: UncertaintySplit) -> list[str]:
    """Say how often two ways differ, how often they would if weights or judgements were settled, and what follows."""
    doubt, weights, judgements = (phrases.of_hundred(one.share) for one in (found.doubt, found.same_weights, found.same_judgements))
    differ = f"Take two ways of weighing and judging at random: in {doubt} pairs they put different options first"
    if not clear(found):
        return [f"{differ}. That is too seldom to say whether weights or judgements are behind it."]
    parts = of_ten(found)
    first = (
        f"{differ}. With the weights settled and the judgements still open it would be {weights}; with the judgements settled and the "
        f"weights still open, {judgements}."
    )
    gone = [_gone(part, one) for part, one in zip(parts, (found.weights, found.judgements, found.both), strict=True)]
    second = (
        f"Of ten parts of that doubt, {gone[0]} with the weights alone, {gone[1]} with the judgements alone, and {gone[2]} only with both."
    )
    return [first, second]


def _gone(parts: int, one: Share) -> str:
    if parts == 0:
        return "none goes" if one.share == 0 else "hardly any goes"
    return "1 goes" if parts == 1 else f"{parts} go"


def of_ten(found: UncertaintySplit) -> tuple[int, int, int]:
    """Give the parts of ten of the doubt that go with the weights, with the judgements, and only with both; together ten."""
    shares = (found.weights, found.judgements, found.both)
    parts = whole_parts({name: 10 * one.share for name, one in zip(SETTLED, shares, strict=True)})
    weights, judgements, both = parts.values()
    return weights, judgements, both


def title(found: UncertaintySplit) -> str:
    """Say whether weighing or evidence would settle more."""
    more = found.judgements.share - found.weights.share
    if abs(more) < CLEARLY:
        return "More weighing and more evidence would settle about as much"
    one, other = ("evidence", "weighing") if more > 0 else ("weighing", "evidence")
    return f"More {one} would settle more than more {other}"


def chart(found: UncertaintySplit, *, narrow: bool = False) -> Drawing:
    """Draw ten dots for what goes with the weights, with the judgements, and only with both: ten are filled in all."""
    rows: Rows = []
    for row, (name, parts) in enumerate(zip(SETTLED, of_ten(found), strict=True)):
        said = f"{parts} of 10 parts"
        rows += [{"row": row, "name": name, "dot": dot, "filled": dot < parts, "said": said if dot == 0 else ""} for dot in range(10)]
    return Drawing(_dots(narrow=narrow), rows, alternative(found), axis_names(SETTLED, narrow=narrow))


def alternative(found: UncertaintySplit) -> str:
    """Say in words what the dots show."""
    parts = [f"{name}: {count} of 10 parts" for name, count in zip(SETTLED, of_ten(found), strict=True)]
    return f"What would have to be settled for the doubt about who comes first to go. {'. '.join(parts)}."


def split_table(found: UncertaintySplit) -> pd.DataFrame:
    """Give what would settle who comes first. Columns: What would have to be settled, Of ten parts of the doubt, Pairs that differ."""
    still = (phrases.of_hundred(found.same_weights.share), phrases.of_hundred(found.same_judgements.share), "none")
    return pd.DataFrame(list(zip(SETTLED, of_ten(found), still, strict=True)), columns=COLUMNS)


def data(appraisal: Appraisal) -> dict[str, Any] | None:
    """Give the split of the doubt as plain numbers, with standard errors; None where there is no doubt or no ranking."""
    found = appraisal.uncertainty
    if found is None:
        return None
    names = ("doubt", "same_weights", "same_judgements", "weights", "judgements", "both")
    return {name: _share(getattr(found, name)) for name in names} | {"samples": found.samples}


def _share(one: Share) -> dict[str, float]:
    return {"share": number(one.share), "error": number(one.error)}
