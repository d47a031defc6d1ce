"""What people told us in a few lines, for the paper of the governors' meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import phrases
from partnership_model.display.consultation.theme_answers import answers_of
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.knowledge.cases import Case
    from partnership_model.knowledge.consultation.record import ConsultationRecord, RecordedResponse, RecordedWeights

NOT_SHOWN = "{group}: too few answered for anything to be shown, or it would give others away."


def in_short(case: Case) -> Iterator[str]:
    """Say how many answered, what matters to each group, and how many themes are answered; nothing without a record."""
    record = case.consulted
    if record is None:
        return
    answered = record.response.everybody.answered
    many = "Fewer than five answers" if answered is None else phrases.counted(answered, "answer")
    yield f"{many} in the consultation that closed on {plain_day(record.closed)}. It was no vote."
    yield from (_group(record, one) for one in record.response.groups)
    themes = record.comments.themes
    if themes:
        given = answers_of(case)
        yield f"Themes of the comments that have an answer: {sum(one.theme in given for one in themes)} of {len(themes)}."


def _group(record: ConsultationRecord, one: RecordedResponse) -> str:
    said = record.by_group.get(one.name)
    if said is None:
        return NOT_SHOWN.format(group=one.name)
    if one.with_others or one.unit != "people":
        invited = f"; {one.invited} {one.unit} were invited" if one.invited else ""
        of = f"{phrases.counted(one.answered or said.counted, 'answer')}{invited}"
    else:
        of = f"{said.counted} people" if not one.invited or one.answered is None else f"{one.answered} of {one.invited} people"
    return f"{one.name} ({of}): {_first_two(record, said)}."


def _first_two(record: ConsultationRecord, said: RecordedWeights) -> str:
    labels = {one.key: phrases.uncapital(one.label) for one in record.questions.criteria}
    first, *rest = sorted(said.points, key=lambda point: -point.weight)
    most = f"{labels[first.criterion]} matters most ({first.weight} of 100)"
    if not rest:
        return most
    level = [first, *(one for one in rest if one.weight == first.weight)]
    if len(level) > 1:
        return f"{phrases.listed(labels[one.criterion] for one in level)} matter most, level ({first.weight} of 100 each)"
    return f"{most}, then {labels[rest[0].criterion]} ({rest[0].weight})"
