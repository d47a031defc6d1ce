"""The answer of those who decide to each theme of the comments: in their own words, and said to be missing where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import phrases
from partnership_model.display.blocks import Block, Heading, Paragraph, Table

if TYPE_CHECKING:
    from partnership_model.knowledge.cases import Case
    from partnership_model.knowledge.consultation.plan import ThemeAnswer
    from partnership_model.knowledge.consultation.record import ConsultationRecord, RecordedTheme

RESPONSES = {"accepted": "Accepted", "partly": "Accepted in part", "not_accepted": "Not accepted"}
NOT_ANSWERED = "Not answered yet"
FEW = "fewer than 5"
MEND = "Fill in `consultation.themes`"


def theme_answers(case: Case, record: ConsultationRecord) -> list[Block]:
    """Give each theme with its answer, and name those without one."""
    themes = record.comments.themes
    if not themes:
        return [
            Heading("The answer to what people said", 3),
            Paragraph("Nobody put a comment under a theme, so there is no theme to answer.", "missing"),
        ]
    given = answers_of(case)
    many = sum(one.theme in given for one in themes)
    changed = sum(one.theme in given and bool(given[one.theme].changed) for one in themes)
    answered = (
        "Every theme has an answer" if many == len(themes) else f"{many or 'None'} of {phrases.counted(len(themes), 'theme')} answered"
    )
    title = f"{answered}, and something was changed because of {changed}" if changed else answered
    blocks: list[Block] = [
        Heading(title, 3),
        Table.of_rows("What was said, and what those who decide answer", [_row(one, given) for one in themes]),
    ]
    open_ = unanswered(case)
    if open_:
        has = phrases.counted(len(open_), "theme has", "themes have")
        names = "; ".join(one.label for one in open_)
        yet = f"{has} no answer yet: {names}. {MEND}." if case.edition == "governors" else f"{has} no public answer: {names}."
        blocks.append(Paragraph(yet, "missing"))
    if not changed:
        blocks.append(Paragraph("The case does not say that anything was changed because of what people said.", "missing"))
    return blocks


def answers_of(case: Case) -> dict[str, ThemeAnswer]:
    """Give the answers of a case by theme."""
    return {one.theme: one for one in case.file.consultation.themes} if case.file.consultation else {}


def unanswered(case: Case) -> list[RecordedTheme]:
    """Give the themes of the record to which the case answers nothing."""
    given = answers_of(case)
    return [one for one in case.consulted.comments.themes if one.theme not in given] if case.consulted else []


def _row(theme: RecordedTheme, given: dict[str, ThemeAnswer]) -> dict[str, str]:
    answer = given.get(theme.theme)
    return {
        "Theme": theme.label,
        "Comments": FEW if theme.comments is None else str(theme.comments),
        "Answer": RESPONSES[answer.response] if answer else NOT_ANSWERED,
        "Why": answer.why if answer else "",
        "What changed": (answer.changed or "Nothing is said to have changed") if answer else "",
    }
