"""Where a group has weights of the case's own and answers in the consultation as well: which of the two the ranking uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import phrases
from partnership_model.knowledge.consultation.consulted_weights import own_beside
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from partnership_model.knowledge.cases import CaseFile
    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from partnership_model.knowledge.consultation.record import ConsultationRecord
    from partnership_model.knowledge.weighings import GroupWeights

MEND = "To use what the consultation says, take the entry out of `weights` in case.yaml."
NONE_USED = "The case says with `weights_in_use` which weights the ranking uses, so it uses none of these."


def own_weights(file: CaseFile, record: ConsultationRecord, where: str) -> list[str]:
    """Say for which groups the ranking does not use what they answered, as it stands in some place."""
    own = own_beside(file, record, record.by_group)
    return [f"{_uses(one)}, not the {phrases.counted(record.by_group[one.group].counted, 'answer')} {where}." for one in own]


def at_closing(file: CaseFile, record: ConsultationRecord) -> list[str]:
    """Say once a consultation is closed what its weights do not do in the ranking."""
    if file.weights_in_use is not None:
        return [NONE_USED]
    said = own_weights(file, record, "of the consultation")
    return [*said, MEND] if said else []


def before_closing(file: CaseFile, record: ConsultationRecord | None, questions: QuestionSet) -> list[str]:
    """Say the same before it is closed, when nobody may know yet how many of a group answered."""
    if file.weights_in_use is not None:
        return [NONE_USED]
    own = own_beside(file, record, (one.group for one in questions.adults))
    return [*(f"{_uses(one)}, not what they answer in the consultation." for one in own), *([MEND] if own else [])]


def _uses(one: GroupWeights) -> str:
    """Name the weights that count, by when they were taken and of how many."""
    taken = one.elicited
    said = f"{phrases.counted(taken.people, 'person', 'people')}, {plain_day(taken.on)}"
    return f"For {one.group} the ranking uses what the case itself says ({said})"
