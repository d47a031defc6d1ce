"""What stands beside the ballots of a consultation, as the record keeps it: meetings, letters and classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.class_hands import hands_of, hands_shown
from partnership_model.analysis.consultation.small_counts import FEWEST_SHOWN
from partnership_model.knowledge.consultation.meetings import MEETING_UNITS
from partnership_model.knowledge.consultation.recorded_apart import RecordedClasses, RecordedMeeting, RecordedQuestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.knowledge.consultation.class_sheets import ClassSheet, LearnerQuestion
    from partnership_model.knowledge.consultation.meetings import Meeting
    from partnership_model.knowledge.consultation.question_set import QuestionSet


def recorded_meetings(meetings: Sequence[Meeting]) -> tuple[RecordedMeeting, ...]:
    """Keep meetings and letters; those of fewer than five people, or letters, are put together with what they are called left out.

    Of the letter of one person its group, school, day or name would say whose it is. Organisations are no people.
    """
    alone = [one for one in meetings if one.unit == "organisations" or one.number >= FEWEST_SHOWN]
    kept = tuple(
        RecordedMeeting(
            kind=one.kind,
            title=one.title,
            group=one.group,
            school=one.school,
            held=one.held,
            unit=one.unit,
            number=one.number,
            themes=one.themes,
        )
        for one in alone
    )
    few = [[one for one in meetings if one not in alone and one.unit == unit] for unit in MEETING_UNITS]
    return (*kept, *(_put_together(own) for own in few if own))


def _put_together(few: Sequence[Meeting]) -> RecordedMeeting:
    """Put a few together, in an order that says nothing of who said what; their number only where they make five."""
    number = sum(one.number for one in few)
    return RecordedMeeting(
        kind="other",
        title="",
        group="",
        school="",
        held=None,
        unit=few[0].unit,
        number=number if number >= FEWEST_SHOWN else None,
        themes=tuple(sorted({says for one in few for says in one.themes})),
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
        said = tuple(sorted(str(line) for answer, _ in answers for line in answer))  # as they came, neighbours would be of one class
        return RecordedQuestion(asks=asked.asks, hands={}, said=said)
    hands = [hands_of([int(one) for one in answer], learners) for answer, learners in answers]
    return RecordedQuestion.model_validate({"asks": asked.asks, "hands": hands_shown(hands) if hands else {}, "said": ()})
