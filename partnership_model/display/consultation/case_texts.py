"""The case's own texts in the language of a form; what nobody translated stays English, and is marked as such."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from partnership_model.knowledge.consultation.case_words import CaseWords
from partnership_model.knowledge.consultation.form_words import ENGLISH, form_words
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from partnership_model.knowledge.consultation.question_set import AskedCriterion, AskedOption, QuestionSet

ISOLATED, END_OF_ISOLATED = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"  # where no element can stand
ENGLISH_MARK = Markup(' lang="en" dir="ltr"')


@dataclass(frozen=True)
class CaseText:
    """A text, and the attribute that says which language it is in where it is not the page's."""

    says: str
    mark: Markup = field(default_factory=Markup)

    def __str__(self) -> str:
        """Give the text alone."""
        return self.says


class CaseTexts:
    """The texts of one question set in one language."""

    def __init__(self, questions: QuestionSet, language: str) -> None:
        """Take the language that the page is in."""
        self.language = language
        self._words = questions.translations.get(language, CaseWords())
        self.title = self._text(self._words.title, questions.title)
        self.asks = self._text(self._words.asks, questions.asks)
        self.about = self._text(self._words.about, questions.about or "")
        self.decides = self._text(self._words.decides, questions.decides)
        self.notice = self._text(self._words.notice, questions.notice or "")
        self._labels = {one.label: self.label(one).says for one in (*questions.criteria, *questions.options)}

    def _text(self, own: str | None, english: str) -> CaseText:
        if own is not None:
            return CaseText(own)
        return self.english(english)

    def english(self, text: str) -> CaseText:
        """Give a text that stays as it is in every language, such as the name of a school."""
        return CaseText(text, Markup() if self.language == ENGLISH else ENGLISH_MARK)

    def label(self, asked: AskedCriterion | AskedOption) -> CaseText:
        """Name a criterion or an option."""
        criterion = self._words.criteria.get(asked.key)
        return self._text(criterion.label if criterion else self._words.options.get(asked.key), asked.label)

    def plain(self, asked: AskedOption) -> CaseText:
        """Say what an option is."""
        return self._text(self._words.plain.get(asked.key), asked.plain or "")

    def ends(self, asked: AskedCriterion) -> tuple[CaseText, CaseText]:
        """Give the worst and the best of a criterion."""
        own = self._words.criteria.get(asked.key)
        return self._text(own.worst if own else None, asked.worst), self._text(own.best if own else None, asked.best)

    def group(self, name: str) -> CaseText:
        """Name a group; what is stored is the English name."""
        return self._text(self._words.groups.get(name), name)

    def about_faults(self, about: Mapping[str, str]) -> dict[str, str]:
        """Put the labels that a message names into the page's language."""
        found = dict(about)
        rtl = form_words(self.language).direction == "rtl"
        for english, own in self._labels.items():
            said = f"{ISOLATED}{own}{END_OF_ISOLATED}" if rtl and own == english else own
            found = {key: value.replace(english, said) for key, value in found.items()}
        return found

    def day(self, day: dt.date) -> str:
        """Write a day: in words where they are English, else in figures as on forms in England."""
        return plain_day(day) if self.language == ENGLISH else f"{day:%d/%m/%Y}"


def untranslated(questions: QuestionSet) -> list[str]:
    """Say for each language how many criteria and options the form has in English all the same."""
    found = []
    for code in questions.languages:
        own = questions.translations.get(code, CaseWords())
        asked = {"criteria": (questions.criteria, own.criteria), "options": (questions.options, own.options)}
        said = [
            f"{missing} of {len(all_)} {kind}"
            for kind, (all_, there) in asked.items()
            if code != ENGLISH and (missing := sum(one.key not in there for one in all_))
        ]
        if said:
            found.append(f"{form_words(code).language}: {', '.join(said)} are in English.")
    return found
