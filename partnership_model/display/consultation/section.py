"""What a consultation says, as the blocks of a report: who answered, what matters to whom, how far people agree, what they think."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from partnership_model.display import phrases
from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph, Stamp, Table
from partnership_model.display.consultation import words
from partnership_model.display.consultation.at_schools import at_each_school
from partnership_model.display.consultation.frames import themes_frame
from partnership_model.display.consultation.support_parts import support_for_options
from partnership_model.display.consultation.what_matters_parts import how_far_people_agree, what_matters, who_counts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.analysis.consultation.response import Response
    from partnership_model.analysis.consultation.results import ConsultationResults

NO_VOTE = (
    "This was no vote. {decides} What is written here is evidence for a consultation that the law may ask for; it is not that "
    "consultation itself. Those who answered chose to: they are no random sample of those who were asked."
)
NOT_SHOWN = "not shown"
BY_A_PERSON = "A person read each comment and said what it is about. Comments that were put under no theme are not among these."


def consultation_section(
    results: ConsultationResults, theme_labels: Mapping[str, str] | None = None, *, narrow: bool = False
) -> list[Block]:
    """Give the whole section.

    Args:
        results: what the consultation says.
        theme_labels: the name of each theme by its key.
        narrow: draw for the width of a telephone.
    """
    blocks: list[Block] = [Heading("What people told us", 2, "consultation")]
    if results.questions.illustrative:
        blocks.append(Stamp("illustrative"))
    blocks += [
        Paragraph(words.everybody(results), "lead"),
        Paragraph(f"They were asked: {results.questions.asks}"),
        Paragraph(NO_VOTE.format(decides=results.questions.decides), "note"),
        *who_answered(results),
    ]
    if words.who_says(results):
        blocks += [
            *what_matters(results, narrow=narrow),
            *at_each_school(results),
            *how_far_people_agree(results, narrow=narrow),
            *who_counts(results),
        ]
    if results.questions.options:
        blocks += support_for_options(results, narrow=narrow)
    return [*blocks, *comments(results, theme_labels or {})]


def who_answered(results: ConsultationResults) -> list[Block]:
    """Give how many of each group and each school answered, and name those of whom nothing is shown."""
    blocks: list[Block] = [Heading("Who answered", 3), Bullets(tuple(words.response(one) for one in results.groups))]
    if len(results.schools) > 1:
        blocks.append(Table.of_rows("How many answered, by school", [_school(results, one) for one in results.schools]))
    if absent := words.absent(results):
        blocks.append(Paragraph(absent, "missing"))
    if came := words.channels(results):
        blocks.append(Paragraph(came))
    return blocks


def _school(results: ConsultationResults, one: Response) -> dict[str, str]:
    asked = [group.name for group in results.groups]
    return {
        "School": one.name,
        "Groups counted": "all" if list(one.counted) == asked else phrases.listed(one.counted),
        "Answered": f"{NOT_SHOWN}: {words.SHORT_WHY[one.why or 'few']}" if one.answered is None else str(one.answered),
        "Invited": words.invited_at(results, one),
        "In 100 invited": words.rate(one),
    }


def comments(results: ConsultationResults, labels: Mapping[str, str]) -> list[Block]:
    """Give what comments are about."""
    frame = themes_frame(results)
    if frame.empty:
        return []
    wide = frame.pivot_table(index="theme", columns="group", values="comments", aggfunc="first", sort=False, dropna=False)
    groups = [name for name in wide.columns if name != words.ALL]
    rows = [
        {
            "Theme": labels.get(key, key),
            "Comments": words.FEW if pd.isna(row[words.ALL]) else str(int(row[words.ALL])),
            **{name: NOT_SHOWN if pd.isna(row[name]) else str(int(row[name])) for name in groups},
        }
        for key, row in wide.iterrows()
    ]
    return [
        Heading(words.commonest(results, labels), 3),
        Table.of_rows(f"What comments are about, of {words.coded(results)}; one may be about several things", rows),
        Paragraph(f"{BY_A_PERSON} {words.NO_FEW}.", "note"),
    ]
