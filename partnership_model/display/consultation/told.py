"""The section "What people told us" of a report: what a closed consultation left in the case, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.analysis.consultation.effect import effect_of_asking
from partnership_model.analysis.consultation.recording import results_again
from partnership_model.display import phrases, words
from partnership_model.display.blocks import Block, Heading, Paragraph
from partnership_model.display.consultation.how_asked import how_asked, seal
from partnership_model.display.consultation.law_on_asking import law_on_asking
from partnership_model.display.consultation.own_weights import own_weights
from partnership_model.display.consultation.own_words import quoted
from partnership_model.display.consultation.section import consultation_section
from partnership_model.display.consultation.theme_answers import answers_of, theme_answers
from partnership_model.display.consultation.withheld_words import not_shown
from partnership_model.knowledge.consultation.consulted_weights import elicited_from
from partnership_model.knowledge.consultation.record_file import record_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case
    from partnership_model.knowledge.consultation.record import ConsultationRecord
    from partnership_model.model.problem import DecisionProblem


def told_us(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay) -> list[Block]:
    """Give the section; nothing where no consultation was closed."""
    record = case.consulted
    if record is None:
        return []
    labels = {one.theme: one.label for one in record.comments.themes}
    return [
        *consultation_section(results_again(record, appraisal.problem), labels),
        *_in_the_ranking(case, record, appraisal),
        *theme_answers(case, record),
        *quoted(record.comments.quotations, labels),
        *how_asked(record),
        *law_on_asking(case, appraisal.problem, knowledge),
        *seal(record),
    ]


def _in_the_ranking(case: Case, record: ConsultationRecord, appraisal: Appraisal) -> list[Block]:
    """Say whether the weights that people gave count here, and whether they change which option leads."""
    found = effect_of_asking(case, appraisal)
    said = in_the_ranking(case, record)
    if found is None:
        return [Heading("What the ranking makes of it", 3), Paragraph(said)]
    first, other = (_lead(appraisal.problem, one) for one in (found.with_it, found.without))
    whose = phrases.listed(map(phrases.uncapital, found.others))
    title = "What people told us changes which option leads" if found.changes else "What people told us does not change which option leads"
    without = f"By the weights of {whose} alone, {other}." if found.changes else f"So it is by the weights of {whose} alone."
    return [Heading(title, 3), Paragraph(f"{said} {phrases.capital(first)} on the likely figures. {without}")]


def _lead(problem: DecisionProblem, options: Sequence[str]) -> str:
    return f"{words.labels(problem, options)} {'tie for first place' if len(options) > 1 else 'leads'}"


def in_the_ranking(case: Case, record: ConsultationRecord) -> str:
    """Say what the ranking makes of the weights that people gave."""
    file = case.file
    if file.weights_in_use is not None:
        return "The ranking in this report does not use these weights: the case says that others are used, and which."
    if file.who_counts == "school":
        return "The ranking in this report uses these weights alone, with one voice for each school."
    counted = [one.group for one in file.weights if elicited_from(record, one)]
    own = " ".join(own_weights(file, record, "above"))
    if not counted:
        return f"The ranking in this report uses none of these weights. {own}".strip()
    others = [one.group for one in file.weights if one.group not in counted]
    beside = f", beside those of {phrases.listed(map(phrases.uncapital, others))}" if others else ""
    voice = f", with one voice for each {file.who_counts}" if len(file.weights) > 1 else ""
    whose = phrases.listed(map(phrases.uncapital, counted))
    return f"The ranking in this report uses the weights of {whose}{beside}{voice}. {own}".strip()


def data(case: Case) -> dict[str, Any] | None:
    """Give what a closed consultation left, for `result.json`; None where there is none."""
    record = case.consulted
    if record is None:
        return None
    given = answers_of(case)
    return {
        "sha256": record_hash(record),
        "opened": record.opened.isoformat(),
        "closed": record.closed.isoformat(),
        "answered": record.response.everybody.answered,
        "groups": [
            {
                "group": one.name,
                "answered": one.answered,
                "invited": one.invited,
                "unit": one.unit,
                "weights": {point.criterion: point.weight for point in record.by_group[one.name].points}
                if one.name in record.by_group
                else None,
            }
            for one in record.response.groups
        ],
        "withheld": list(not_shown(record)),
        "themes": [
            {
                "theme": one.theme,
                "label": one.label,
                "comments": one.comments,
                "response": given[one.theme].response if one.theme in given else None,
                "why": given[one.theme].why if one.theme in given else None,
                "changed": given[one.theme].changed if one.theme in given else None,
            }
            for one in record.comments.themes
        ],
    }
