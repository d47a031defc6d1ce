"""What stands beside the ballots of a consultation, as the record keeps it: meetings, letters, classes, and possible repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.class_hands import hands_of, hands_shown
from partnership_model.analysis.consultation.small_counts import FEWEST_SHOWN
from partnership_model.knowledge.consultation.recorded_apart import RecordedClasses, RecordedMeeting, RecordedQuestion, RecordedRepeats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.consultation.channels import Channels
    from partnership_model.knowledge.consultation.class_sheets import ClassSheet, LearnerQuestion
    from partnership_model.knowledge.consultation.meetings import Meeting
    from partnership_model.knowledge.consultation.question_set import QuestionSet


def recorded_meetings(meetings: Sequence[Meeting]) -> tuple[RecordedMeeting, ...]:
    """Keep meetings and letters; how many people there were only where they were five or more."""
    return tuple(
        RecordedMeeting(
            kind=one.kind,
            title=one.title,
            group=one.group,
            school=one.school,
            held=one.held,
            unit=one.unit,
            number=one.number if one.unit == "organisations" else _shown(one.number),
            themes=one.themes,
        )
        for one in meetings
    )


def recorded_classes(sheets: Sequence[ClassSheet], questions: QuestionSet) -> tuple[RecordedClasses, ...]:
    """Add up the sheets of each group of learners: no class alone is shown, and no hands by which a child's could be told."""
    found = []
    for group in questions.learners:
        own = [one for one in sheets if one.group == group.group]
        if own:
            asked = tuple(_question(one, at, own) for at, one in enumerate(questions.learner_questions))
            found.append(RecordedClasses(group=group.group, sheets=len(own), learners=sum(one.learners for one in own), questions=asked))
    return tuple(found)


def _question(asked: LearnerQuestion, at: int, sheets: Sequence[ClassSheet]) -> RecordedQuestion:
    answers = [(one.answers[at], one.learners) for one in sheets if at < len(one.answers) and one.answers[at]]
    if asked.answer == "words":
        said = tuple(str(line) for answer, _ in answers for line in answer)
        return RecordedQuestion(asks=asked.asks, hands={}, said=said)
    hands = [hands_of([int(one) for one in answer], learners) for answer, learners in answers]
    return RecordedQuestion.model_validate({"asks": asked.asks, "hands": hands_shown(hands) if hands else {}, "said": ()})


def recorded_repeats(found: Channels) -> RecordedRepeats:
    """Keep how many people may have answered twice; None for fewer than five."""
    return RecordedRepeats(
        channels=len(found.answered),
        compared=_shown(found.compared),
        lower=_shown(found.lower),
        upper=_shown(found.upper),
        over_invited=_shown(found.over_invited),
        most=_shown(found.most),
    )


def _shown(count: int) -> int | None:
    return count if count == 0 or count >= FEWEST_SHOWN else None
