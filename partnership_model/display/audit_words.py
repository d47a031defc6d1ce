"""The words of an audit: figures as they are printed, names of cells and rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from partnership_model.display import phrases
from partnership_model.knowledge.printed_numbers import shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from partnership_model.analysis.audit.audit import Audit, SchemeAudit
    from partnership_model.analysis.audit.rules import Rule
    from partnership_model.knowledge.scoring_table import ScoringTable

Grade = Literal["wrong", "misleading", "weak", "fact"]
MOST_DECIMALS = 5
MOST_NAMED = 6
ADDS = {
    "weighted_mean": "each score times its weight, divided by the sum of the weights",
    "weighted_sum": "each score times its weight, added up",
    "weighted_sum_of_percent": "each score times its weight in percent, added up",
    "sum": "the scores added up, without weights",
    "mean": "the mean of the scores, without weights",
}
SHORT = {
    "weighted_mean": "weighted mean",
    "weighted_sum": "weighted sum",
    "weighted_sum_of_percent": "weighted sum, weights in percent",
    "sum": "plain sum",
    "mean": "plain mean",
}
BLANKS = {"none": "", "zero": "blanks counted as 0", "left_out": "blanks left out, with their weights"}
NOT_CHANCES = "These are ways of weighing, not chances of success, and no vote."


@dataclass(frozen=True)
class Finding:
    """One thing that the audit found.

    Attributes:
        kind: a word for machines, such as `adding_error`.
        grade: `wrong` by the table's own rule, `misleading` as it is printed, `weak` and worth a question, or a plain `fact`.
        says: one or two sentences.
        cells: where it can be seen.
        scheme: the set of weights that it is about; "" where it is about the only one, or about all.
    """

    kind: str
    grade: Grade
    says: str
    cells: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    scheme: str = ""


def figure(value: Fraction, most: int = MOST_DECIMALS) -> str:
    """Print a figure with the decimals that it needs, and no more than so many.

    >>> from fractions import Fraction
    >>> figure(Fraction(119, 20)), figure(Fraction(16)), figure(Fraction(1, 3)), figure(Fraction(-1, 10))
    ('5.95', '16', '0.33333', '-0.1')
    """
    text = shown(value, most)
    return text.rstrip("0").rstrip(".") if "." in text else text


def quoted(name: str) -> str:
    """Put a name of the table between quotation marks."""
    return f'"{name}"'


def named(names: Iterable[str]) -> str:
    """List names of the table, or the first of many."""
    found = [quoted(name) for name in names]
    if len(found) > MOST_NAMED:
        return f"{', '.join(found[:MOST_NAMED])} and {len(found) - MOST_NAMED} more"
    return phrases.listed(found)


def options(table: ScoringTable, rows: Iterable[int]) -> str:
    """Name options."""
    return named(table.options[row] for row in rows)


def rule(of: Rule, table: ScoringTable) -> str:
    """Say a rule in plain words."""
    lower = [one.label for one in table.criteria if one.better == "lower"]
    parts = [ADDS[of.adds], BLANKS[of.blanks]]
    if of.subtracts:
        parts.append(f"{named(lower)} taken away")
    return "; ".join(filter(None, parts))


def short_rule(of: Rule) -> str:
    """Name a rule."""
    parts = [SHORT[of.adds], BLANKS[of.blanks].split(",")[0], "some scores taken away" if of.subtracts else ""]
    return ", ".join(filter(None, parts))


def headline(audit: Audit) -> str:
    """Say the main thing that was found, in one sentence."""
    said = [_of_scheme(audit, one) for one in audit.schemes]
    if len(said) == 1:
        return said[0]
    wrong = sum(len(one.errors) for one in audit.schemes)
    if wrong:
        return f"{phrases.counted(wrong, 'total')} of {len(said)} sets of weights {'does' if wrong == 1 else 'do'} not add up."
    known = all(one.reproduction.verdict == "all" for one in audit.schemes)
    return f"All totals of the {len(said)} sets of weights add up." if known else "Not all totals can be reproduced by a known rule."


def _of_scheme(audit: Audit, one: SchemeAudit) -> str:
    found, table = one.reproduction, audit.table
    stated = sum(total is not None for total in one.scheme.totals)
    if found.verdict == "none":
        return "No rule that we know reproduces the stated totals."
    if found.verdict == "not_stated":
        ranks = f" {phrases.counted(len(one.wrong_ranks), 'stated rank')} cannot be right." if one.wrong_ranks else ""
        return f"The table states no totals; by a {short_rule(found.best.rule)} {options(table, one.right_first)} comes first.{ranks}"
    if not one.errors:
        wrong = (
            f", but {phrases.counted(len(one.wrong_ranks), 'rank')} {'is' if len(one.wrong_ranks) == 1 else 'are'} wrong"
            if one.wrong_ranks
            else ""
        )
        return f"All {stated} totals add up{wrong}."
    many = len(one.errors)
    changed = f", and put right {'it changes' if many == 1 else 'they change'} who comes first"
    changes = changed if set(one.first) != set(one.right_first) else ""
    return f"{many} of {stated} totals {'does' if many == 1 else 'do'} not add up{changes}."
