"""What is shown of each group while ballots come in: the place of each criterion and a coarse share, as bars in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.display import phrases
from partnership_model.display.consultation import agreement_words, words
from partnership_model.display.consultation.form_page import PAGES
from partnership_model.knowledge.consultation.ballots import UNSAID
from partnership_model.knowledge.consultation.form_words import ENGLISH, form_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.analysis.consultation.live_pictures import LivePicture
    from partnership_model.knowledge.consultation.plan import ConsultedGroup
    from partnership_model.knowledge.consultation.question_set import QuestionSet

ORDINALS = ("1st", "2nd", "3rd")
FEWEST_SCHOOLS = 2  # of one alone, every answer is about it
TRAILS = (
    "A group's picture comes with its tenth answer, moves with every five more and leaves five to nine answers out, so that nobody's own "
    "answer can be read from it."
)
FOR_SHARES = 20  # answers in a picture: of fewer, a share would have to lie between bounds so wide that they say nothing


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
        by_group: how many of each group answered, and of those who named none, in fives.
        agreement: the mean rank correlation of the shown orders.
    """
    labels = {one.key: one.label for one in questions.criteria}
    order = [name for step in together.order for name in step] if together else []
    groups = [one.group for one in questions.adults if one.group in pictures]
    return PAGES.get_template("consultation/pictures.html.j2").render(
        say=form_words(ENGLISH).say,
        finding=finding(questions, pictures),
        agreement=_agreement(agreement, groups),
        groups=[{"name": group, "shares": pictures[group].at_least >= FOR_SHARES} for group in groups],
        rows=[{"label": labels[name], "cells": [_cell(group, pictures[group], name) for group in groups]} for name in order],
        shares=any(pictures[group].at_least >= FOR_SHARES for group in groups),
        for_shares=FOR_SHARES,
        trails=TRAILS,
        answered=[*(answered(one, by_group.get(one.group)) for one in questions.adults), *_unnamed(by_group)],
    )


def finding(questions: QuestionSet, pictures: Mapping[str, LivePicture]) -> str:
    """Say in one sentence what the pictures show."""
    labels = {one.key: one.label for one in questions.criteria}
    first: dict[str, list[str]] = {}
    for group in (one.group for one in questions.adults if one.group in pictures):
        first.setdefault(_level([labels[name] for name in pictures[group].order[0]]), []).append(group)
    if len(first) == 1 and len(pictures) > 1:
        return f"First for all groups shown: {next(iter(first))}"
    if len(first) > words.MOST_PARTS:
        every = phrases.unique(labels[name] for group in pictures.values() for name in group.order[0])
        return f"Groups differ in what comes first: {phrases.listed(map(phrases.uncapital, every))}"
    parts = [f"for {phrases.listed(map(phrases.uncapital, groups))}: {what}" for what, groups in first.items()]
    return f"First {'; '.join(parts)}" if parts else ""


def _level(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{phrases.listed(names)}, level"


def _agreement(value: float | None, groups: Sequence[str]) -> str:
    """Say how far the groups agree whose pictures are shown, and name them: others may see it otherwise."""
    if value is None:
        return ""
    return f"Of the groups shown, {phrases.listed(groups)} {agreement_words.alike(value)}."


def _cell(group: str, picture: LivePicture, name: str) -> dict[str, Any]:
    before = 0
    place = ""
    for step in picture.order:
        if name in step:
            number = before + 1
            place = f"{ORDINALS[number - 1] if number <= len(ORDINALS) else f'{number}th'}{' =' if len(step) > 1 else ''}"
            break
        before += len(step)
    share = picture.first[name] if picture.at_least >= FOR_SHARES else None
    return {"group": group, "place": place, "share": share}


def answered(group: ConsultedGroup, fives: int | None) -> str:
    """Say how many of a group answered, in fives, of how many; the one place where a wall says so."""
    total = sum(group.invited.values()) if group.invited else None
    count = f"at least {fives}" if fives else "fewer than 5"
    if total is None:
        return f"{group.group}: {count}; nobody counted who was invited"
    more = ", which is more than were invited" if fives is not None and fives > total else ""
    return f"{group.group}: {count} of {total:,} {group.unit}{more}"


def _unnamed(by_group: Mapping[str, int]) -> list[str]:
    """Say how many named no group, in fives: whoever adds up the groups would miss them."""
    return [f"Named no group: at least {by_group[UNSAID]}"] if by_group.get(UNSAID) else []


def answered_at(questions: QuestionSet, by_school: Mapping[str, int]) -> list[str]:
    """Say how many named each school, in fives, of how many who were invited there; nothing where only one school is asked about.

    Args:
        questions: what was asked.
        by_school: how many named each school, in fives.
    """
    if len(questions.schools) < FEWEST_SCHOOLS:
        return []
    units = sorted({one.unit for one in questions.adults})
    found = []
    for school in questions.schools:
        invited = [one.invited.get(school) for one in questions.adults]
        total = sum(one or 0 for one in invited)
        of = f" of {total:,} {units[0]}" if len(units) == 1 else "; groups were counted in different units"
        of = "; nobody counted all who were invited" if None in invited else of
        count = f"at least {by_school[school]}" if by_school.get(school) else "fewer than 5"
        found.append(f"{school}: {count}{of}")
    return found
