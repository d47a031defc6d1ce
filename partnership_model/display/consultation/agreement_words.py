"""How far people agree on what matters, in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.concordance import MODERATE, STRONG, WEAK
from partnership_model.analysis.overall import whole
from partnership_model.display import phrases
from partnership_model.display.consultation import words

if TYPE_CHECKING:
    from partnership_model.analysis.consultation.results import ConsultationResults

# Of a mean rank correlation, from above; the words are ours.
ALIKE = (
    (0.7, "put things in much the same order"),
    (0.5, "agree in part"),
    (0.3, "agree on little"),
    (-0.2, "have no order in common"),
    (-0.6, "put things in different orders, in part the other way round"),
    (-1.0, "put things in opposite orders"),
)


def alike(likeness: float) -> str:
    """Say how alike orders are by their mean rank correlation, and give that.

    >>> alike(-0.04)
    'have no order in common (mean rank correlation 0.0: 1 is the same order, 0 nothing in common, -1 the opposite)'
    """
    rounded = round(likeness, 1) + 0.0
    says = next(says for least, says in ALIKE if rounded >= least)
    return f"{says} (mean rank correlation {rounded:.1f}: 1 is the same order, 0 nothing in common, -1 the opposite)"


def strength(w: float) -> str:
    """Say how strong an agreement is."""
    steps = ((STRONG, "strong"), (MODERATE, "moderate"), (WEAK, "weak"))
    return next((name for least, name in steps if w >= least), "hardly any")


def agreement(results: ConsultationResults) -> str:
    """Say how far people agree: the title of the agreement."""
    found = results.agreement
    if found.opposed:
        pair = found.opposed[0]
        both = f"{pair.one} and {phrases.uncapital(pair.other)}"
        return f"{both} each agree among themselves, and put things in {'opposite' if pair.alike <= -STRONG else 'largely opposite'} orders"
    if found.together is None:
        return "There is nothing to agree on yet" if found.likeness is None else f"The groups {alike(found.likeness).partition(' (')[0]}"
    return {
        "strong": "People agree strongly on what matters",
        "moderate": "People agree in the main on what matters",
        "weak": "People agree a little on what matters",
        "hardly any": "People hardly agree on what matters",
    }[strength(found.together)]


def agreement_findings(results: ConsultationResults) -> list[str]:
    """Say what stands behind that: within, between and together, and on what opinions are most divided."""
    found, said = results.agreement, []
    if found.opposed and found.together is not None:
        pairs = [f"{one.one} and {phrases.uncapital(one.other)}" for one in found.opposed]
        more = [f"and {len(pairs) - words.MOST_PARTS} more pairs"] if len(pairs) > words.MOST_PARTS else []
        names = "; ".join([*pairs[: words.MOST_PARTS], *more])
        said.append(
            f"Over everybody the agreement is {strength(found.together)} ({_of_100(found.together)}). That is not because nobody agrees: "
            f"groups agree each among themselves and oppose each other ({names})."
        )
    if found.likeness is not None:
        said.append(f"The groups, each with one voice, {alike(found.likeness)}.")
    if results.together:
        even = even_spread(len(results.together.points))
        apart = sorted((one for one in results.together.points if one.polarisation > even), key=lambda one: -one.polarisation)
        for one in apart[:2]:
            name = phrases.uncapital(words.criterion(results, one.criterion))
            said.append(f"Opinions are divided on {name}: many put it near the top and many near the bottom.")
    return said


def even_spread(things: int) -> float:
    """Give the polarisation of ranks that were each given equally often: further apart, opinions gather at the ends.

    >>> round(even_spread(8), 2), even_spread(2)
    (0.43, 1.0)
    """
    return (things + 1) / (3 * (things - 1)) if things > 1 else 1.0


def _of_100(value: float) -> str:
    return f"{whole(100 * value)} of 100"


def among(kind: str, who: str) -> str:
    """Name those among whom there is an agreement."""
    return {"within a group": f"Within: {who}", "between groups": "Between the groups"}.get(kind, who)
