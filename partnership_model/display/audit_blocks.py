"""An audit as the blocks of a page: what was found first, then the recomputed table, then ways of weighing and how it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import phrases
from partnership_model.display.audit_charts import MOST_COLUMNS, chart_first_places, chart_parts, parts
from partnership_model.display.audit_criteria import share
from partnership_model.display.audit_findings import assumed, findings
from partnership_model.display.audit_words import NOT_CHANCES, figure, headline, named, rule
from partnership_model.display.blocks import Block, Bullets, Figure, Heading, Paragraph, Table

if TYPE_CHECKING:
    from partnership_model.analysis.audit.audit import Audit, SchemeAudit
    from partnership_model.analysis.audit.rules import Fits
    from partnership_model.analysis.audit.weightings import FirstPlaces
    from partnership_model.display.audit_words import Finding, Grade

GRADES: dict[Grade, tuple[str, str, str]] = {
    "wrong": ("wrong", "1 thing is wrong by the table's own rule", "{} things are wrong by the table's own rule"),
    "misleading": ("misleading", "1 thing misleads as it stands", "{} things mislead as they stand"),
    "weak": ("questions", "1 thing is worth a question", "{} things are worth a question"),
}
MOST_SUMMED_UP = 4
SUMMED_UP = ("rule", "sets_disagree", "first_places", "first_places_in_order")
FITS: dict[Fits, str] = {
    "agrees": "agrees",
    "within_rounding": "agrees if scores were rounded",
    "differs": "does not agree",
    "not_stated": "no total is stated",
}
LIMITS = (
    "The audit takes scores and weights as they stand. Whether they are right, who gave them, and what was left out, it cannot say. It "
    "supports a decision and makes none."
)


def blocks(audit: Audit, *, narrow: bool = False) -> list[Block]:
    """Give the page, with its charts for a wide screen or for a telephone."""
    table, found = audit.table, findings(audit)
    made: list[Block] = [
        Heading(headline(audit), 1, "summary"),
        Paragraph(f"An audit of {table.where}: {_size(audit)}.", "lead"),
        *_summary(found),
    ]
    for grade, (anchor, _, _) in GRADES.items():
        of_grade = [one for one in found if one.grade == grade]
        if of_grade:
            made += [Heading(_counted(grade, found), 2, anchor), _list(of_grade, "Each with the cells in which it can be seen")]
    others = [one for one in found if one.grade == "fact" and one.kind not in SUMMED_UP]
    if others:
        made += [Heading("For information", 2, "information"), _list(others, "What else is worth knowing")]
    for number, one in enumerate(audit.schemes, 1):
        made += _recomputed(audit, one, f"sums-{number}", narrow=narrow)
    made += _weightings(audit, narrow=narrow)
    made += [
        Heading("How the table was read", 2, "read"),
        Bullets(assumed(audit)),
        Paragraph(LIMITS, "note"),
    ]
    return made


def _size(audit: Audit) -> str:
    criteria = phrases.counted(len(audit.table.criteria), "criterion", "criteria")
    return f"{phrases.counted(len(audit.table.options), 'option')}, {criteria}"


def _summary(found: tuple[Finding, ...]) -> list[Block]:
    wrong = [one.says for one in found if one.grade == "wrong"]
    said = wrong if len(wrong) <= MOST_SUMMED_UP else [f"{_counted('wrong', found)}."]
    said += [f"{_counted(grade, found)}." for grade in ("misleading", "weak") if any(one.grade == grade for one in found)]
    facts = [one.says if not one.scheme else f"{one.scheme}: {one.says}" for one in found if one.kind in SUMMED_UP]
    return [Bullets((*(said or ["Nothing was found that is wrong or misleading."]), *facts))]


def _counted(grade: Grade, found: tuple[Finding, ...]) -> str:
    count = sum(one.grade == grade for one in found)
    _, one, many = GRADES[grade]
    return one if count == 1 else many.format(count)


def _list(found: list[Finding], caption: str) -> Table:
    several = any(one.scheme for one in found)
    rows = [
        {
            "Where": ", ".join(one.cells) or phrases.listed(one.criteria or one.options),
            **({"Set": one.scheme} if several else {}),
            "What": one.says,
        }
        for one in found
    ]
    return Table.of_rows(caption, rows)


def _recomputed(audit: Audit, one: SchemeAudit, anchor: str, *, narrow: bool) -> list[Block]:
    table, best = audit.table, one.reproduction.best
    name = f" ({one.scheme.name})" if one.scheme.name else ""
    rows: list[dict[str, str | int]] = []
    for row, option in zip(best.rows, table.options, strict=True):
        rank = one.scheme.ranks[row.option] if one.scheme.ranks else None
        rows.append(
            {
                "Option": option,
                "Stated total": row.stated.shown if row.stated else "none",
                "Recomputed": "none" if row.total is None else figure(row.total),
                "Difference": figure(row.off) if row.stated and row.fits == "differs" else "none",
                "Verdict": FITS[row.fits],
                "Stated rank": rank.shown if rank else "none",
            }
        )
    made: list[Block] = [
        Heading(f"Every total recomputed{name}", 2, anchor),
        Paragraph(f"The rule: {rule(best.rule, table)}."),
        Table.of_rows(f"Stated and recomputed totals{name}", rows),
    ]
    if len(table.criteria) <= MOST_COLUMNS:
        first = named(table.options[row] for row in one.right_first)
        made.append(Figure.of(f"What each criterion adds: {first} comes first by this rule", chart_parts(audit, one, narrow=narrow)))
    added = parts(audit, one)
    columns = ("Option", *(criterion.label for criterion in table.criteria), "Total")
    cells = tuple(
        (
            option,
            *("blank" if part is None else figure(part) for part in added[row]),
            "none" if (total := best.rows[row].total) is None else figure(total),
        )
        for row, option in enumerate(table.options)
    )
    made.append(Table(f"What each criterion adds to each total{name}", columns, cells))
    return made


def _weightings(audit: Audit, *, narrow: bool) -> list[Block]:
    table, found = audit.table, audit.weightings
    counts = [("Of 100 possible weightings", found.every)]
    counts += [
        (f"Of 100 that keep the order of importance{f' of {scheme.name}' if scheme.name else ''}", kept)
        for scheme, kept in zip(table.schemes, found.in_order, strict=True)
        if kept is not None
    ]
    rows = [{"Option": option, **{head: share(of, row) for head, of in counts}} for row, option in enumerate(table.options)]
    return [
        Heading(_most_often(audit, found.every), 2, "weightings"),
        Figure.of("In how many of ten ways of weighing each option comes first", chart_first_places(audit, found.every, narrow=narrow)),
        Table.of_rows("How often each option comes first", rows),
        Paragraph(f"Every possible weighting counts once, whether or not anybody would choose it. {NOT_CHANCES}", "note"),
    ]


def _most_often(audit: Audit, found: FirstPlaces) -> str:
    """State the finding: who leads most often, or that it hangs on the weights."""
    never = [audit.table.options[row] for row in range(len(found.most)) if not found.most[row]]
    always = [audit.table.options[row] for row in range(len(found.shares)) if found.shares[row] >= 1]
    if always:
        return f"{named(always)} comes first whatever the weights"
    ahead = len(found.most) - len(never)
    return f"Who comes first hangs on the weights: {phrases.counted(ahead, 'option')} of {len(found.most)} can"
