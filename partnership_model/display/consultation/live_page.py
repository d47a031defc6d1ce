"""What is shown of each group while ballots come in: the place of each criterion and a coarse share, as bars in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.display.consultation.form_page import PAGES
from partnership_model.knowledge.consultation.form_words import ENGLISH, form_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.analysis.consultation.live_pictures import LivePicture
    from partnership_model.knowledge.consultation.plan import ConsultedGroup
    from partnership_model.knowledge.consultation.question_set import QuestionSet

# Of a mean rank correlation, from above; the words are ours.
AGREEMENT = (
    (0.7, "put things in much the same order"),
    (0.5, "agree in part"),
    (0.3, "agree on little"),
    (-0.2, "have no order in common"),
    (-1.0, "put things in opposite orders"),
)
ORDINALS = ("1st", "2nd", "3rd")


def pictures_html(
    questions: QuestionSet,
    pictures: Mapping[str, LivePicture],
    together: LivePicture | None,
    by_group: Mapping[str, int],
    agreement: float | None,
) -> str:
    """Write the pictures, and beside them who has answered of how many.

    Args:
        questions: what was asked.
        pictures: what is shown of each group.
        together: what is shown of them together; it gives the rows their order.
        by_group: how many of each group answered, in fives.
        agreement: the mean rank correlation of the shown orders.
    """
    labels = {one.key: one.label for one in questions.criteria}
    order = [name for step in together.order for name in step] if together else []
    groups = [one for one in questions.adults if one.group in pictures]
    return PAGES.get_template("consultation/pictures.html.j2").render(
        say=form_words(ENGLISH).say,
        finding=finding(questions, pictures),
        agreement=_agreement(agreement, [one.group for one in groups]),
        groups=[{"name": one.group, "counted": f"at least {pictures[one.group].at_least}{_of(one)}"} for one in groups],
        rows=[{"label": labels[name], "cells": [_cell(one.group, pictures[one.group], name) for one in groups]} for name in order],
        absent=[
            {"name": one.group, "answered": _answered(one, by_group.get(one.group)), "invited": _invited(one)} for one in questions.adults
        ],
    )


def finding(questions: QuestionSet, pictures: Mapping[str, LivePicture]) -> str:
    """Say in one sentence what the pictures show."""
    labels = {one.key: one.label for one in questions.criteria}
    first = {
        group: _listed([labels[name] for name in pictures[group].order[0]])
        for group in (one.group for one in questions.adults)
        if group in pictures
    }
    if not first:
        return ""
    if len(set(first.values())) == 1 and len(first) > 1:
        return f"All groups shown put {next(iter(first.values()))} first"
    return "; ".join(f"{group} put {what} first" for group, what in first.items())


def _listed(names: list[str]) -> str:
    quoted = [f"\N{LEFT DOUBLE QUOTATION MARK}{name}\N{RIGHT DOUBLE QUOTATION MARK}" for name in names]
    return quoted[0] if len(names) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}, level,"


def _agreement(value: float | None, groups: Sequence[str]) -> str:
    """Say how far the groups agree whose pictures are shown, and name them: others may see it otherwise."""
    if value is None:
        return ""
    rounded = round(value, 1) + 0.0
    says = next(says for least, says in AGREEMENT if rounded >= least)
    scale = "1 is the same order, 0 nothing in common, -1 the opposite"
    return f"Of the groups shown, {', '.join(groups[:-1])} and {groups[-1]} {says} (mean rank correlation {rounded:.1f}: {scale})."


def _cell(group: str, picture: LivePicture, name: str) -> dict[str, Any]:
    before = 0
    place = ""
    for step in picture.order:
        if name in step:
            number = before + 1
            place = f"{ORDINALS[number - 1] if number <= len(ORDINALS) else f'{number}th'}{' =' if len(step) > 1 else ''}"
            break
        before += len(step)
    return {"group": group, "place": place, "low": picture.first[name].low, "high": picture.first[name].high}


def _counted(fives: int | None) -> str:
    return f"at least {fives}" if fives else "fewer than 5"


def _answered(group: ConsultedGroup, fives: int | None) -> str:
    """Count in fives, and say so where more came than were invited."""
    total = _total(group)
    more = fives is not None and total is not None and fives > total
    return f"{_counted(fives)}, more than were invited" if more else _counted(fives)


def _total(group: ConsultedGroup) -> int | None:
    return sum(group.invited.values()) if group.invited else None


def _of(group: ConsultedGroup) -> str:
    total = _total(group)
    return f" of {total:,} {group.unit}" if total else ""


def _invited(group: ConsultedGroup) -> str:
    total = _total(group)
    return f"{total:,} {group.unit}" if total else "nobody counted them"
