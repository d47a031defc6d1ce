"""The question set of a consultation: all that a person is asked, frozen when the consultation is opened."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from partnership_model.knowledge.consultation.case_words import CaseWords
from partnership_model.knowledge.consultation.class_sheets import LearnerQuestion, usual_questions
from partnership_model.knowledge.consultation.plan import Also, ConsultedGroup, Language, Once
from partnership_model.knowledge.schema import Day, Flag, ShortText, Strict, Text

if TYPE_CHECKING:
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.cases import Case
    from partnership_model.knowledge.consultation.plan import ConsultationPlan

VERSION: Literal[1] = 1


class AskedCriterion(Strict):
    """A criterion as it is asked: it matters how far one comes `from` its worst `to` its best."""

    key: ShortText
    label: Text
    worst: Text
    best: Text


class AskedOption(Strict):
    """An option as it is asked about.

    Attributes:
        plain: what it is, from the knowledge base; None in question sets that were frozen before they said so.
    """

    key: ShortText
    label: Text
    in_a_sentence: Text
    plain: Text | None = None


class QuestionSet(Strict):
    """What every form, sheet of paper and survey of one consultation asks; it never changes once the first was handed out.

    Attributes:
        decides: who decides in the end, in the case's words; it stands on every form.
        keep_until: the day on which the ballots are deleted.
        options: those that people may support or not; none where that is not asked.
    """

    version: Literal[1] = VERSION
    case: ShortText
    title: ShortText
    asks: Text
    about: Text | None
    decides: Text
    criteria: tuple[AskedCriterion, ...]
    options: tuple[AskedOption, ...]
    groups: tuple[ConsultedGroup, ...]
    schools: tuple[ShortText, ...]
    also: tuple[Also, ...]
    languages: tuple[Language, ...]
    once: Once
    option_order: Flag
    keep_until: Day
    illustrative: Flag
    notice: Text | None = None
    translations: dict[Language, CaseWords] = Field(default_factory=dict)
    learner_questions: tuple[LearnerQuestion, ...] = ()

    @property
    def text(self) -> str:
        """Give it as text, the same for the same questions."""
        # What nobody set is left out, so that a question set of before keeps its hash when later ones can say more.
        return json.dumps(self.model_dump(mode="json", exclude_defaults=True), sort_keys=True, ensure_ascii=False)

    @property
    def digest(self) -> str:
        """Give the hash by which every form says which questions it asked."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def adults(self) -> tuple[ConsultedGroup, ...]:
        """Give the groups whose members fill in a form themselves."""
        return tuple(one for one in self.groups if not one.learners)

    @property
    def learners(self) -> tuple[ConsultedGroup, ...]:
        """Give the groups for whom an adult enters what a class or a school council said."""
        return tuple(one for one in self.groups if one.learners)


def question_set(case: Case, plan: ConsultationPlan, base: KnowledgeBase, opened: dt.date) -> QuestionSet:
    """Freeze what a case asks on the day on which it is opened; nothing in it is for governors only, for the whole hall reads it."""
    asked = plan.criteria or case.file.criteria
    options = case.options if "support" in plan.also else ()
    return QuestionSet(
        case=case.name,
        title=case.file.title,
        asks=plan.asks,
        about=plan.about,
        decides=case.file.decides,
        criteria=tuple(
            AskedCriterion(key=name, label=about.label, worst=about.worst, best=about.best)
            for name, about in ((name, base.criteria[name]) for name in asked)
        ),
        options=tuple(
            AskedOption(
                key=one.option,
                label=one.label or base.options[one.option].label,
                in_a_sentence=one.in_a_sentence or base.options[one.option].in_a_sentence,
                plain=base.options[one.option].plain,
            )
            for one in options
        ),
        groups=plan.groups,
        schools=tuple(one.name for one in case.file.schools),
        also=plan.also,
        languages=plan.languages,
        once=plan.once,
        option_order=plan.option_order,
        keep_until=opened + dt.timedelta(days=plan.keep_days),
        illustrative=case.file.illustrative,
        notice=plan.notice,
        translations=plan.translations,
        learner_questions=plan.learner_questions or (usual_questions() if any(one.learners for one in plan.groups) else ()),
    )


def read_question_set(text: str) -> QuestionSet:
    """Read what `text` wrote."""
    return QuestionSet.model_validate_json(text)
