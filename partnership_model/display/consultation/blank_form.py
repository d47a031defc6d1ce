"""Forms in which nothing is typed yet: they differ in three hidden fields alone, so that the rest is written once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display.consultation.form_page import form_page

if TYPE_CHECKING:
    from partnership_model.knowledge.consultation.question_set import QuestionSet

GAPS = {"participant": "gap-of-the-participant", "proof": "gap-of-the-proof", "sitting": "gap-of-the-sitting"}


class BlankForms:
    """The blank forms of one question set, by the address and the language."""

    def __init__(self, questions: QuestionSet) -> None:
        """Take what is asked."""
        self._questions = questions
        self._made: dict[tuple[str, str], str] = {}

    def page(self, address: str, language: str, **filled: str) -> str:
        """Give one; what fills the gaps is made by this program, of letters and figures alone."""
        key = (address, language)
        if key not in self._made:
            self._made[key] = form_page(self._questions, address, language, **GAPS, typed={}, fresh=True)
        page = self._made[key]
        for name, gap in GAPS.items():
            page = page.replace(gap, filled[name])
        return page
