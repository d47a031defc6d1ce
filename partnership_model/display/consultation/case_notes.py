"""What `partnership check` says of a case that has the record of a consultation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import phrases
from partnership_model.display.consultation.theme_answers import unanswered
from partnership_model.knowledge.consultation.consulted_weights import elicited_from
from partnership_model.knowledge.consultation.record_file import SHORT, record_hash
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.knowledge.cases import Case


def case_notes(case: Case) -> Iterator[str]:
    """Say which record was read, whose weights count, and what has no answer yet; nothing without a record."""
    record = case.consulted
    if record is None:
        return
    answered = record.response.everybody.answered
    many = "fewer than five answers" if answered is None else phrases.counted(answered, "answer")
    yield f"The consultation that closed on {plain_day(record.closed)}: {many}, record {record_hash(record)[:SHORT]}."
    for one in case.file.weights:
        if one.group in record.by_group and not elicited_from(record, one):
            yield (
                f"{one.group} stands in `weights` and in the consultation: the entry of the case counts. To use what the consultation "
                "says, take the entry out of `weights`."
            )
    if case.file.weights_in_use is not None:
        yield "`weights_in_use` is given, so the ranking uses none of the weights that people gave. Take it out to use them."
    asked = {one.key for one in record.questions.criteria}
    if missing := [name for name in case.file.criteria if name not in asked]:
        yield f"People were not asked about {phrases.listed(missing)}, so that has no weight in what they say."
    if record.questions.title != case.file.title:
        yield f"The consultation was on “{record.questions.title}”, and the case is called “{case.file.title}”: is it the right record?"
    if open_ := unanswered(case):
        yield f"Not answered yet, in `consultation.themes`: {phrases.listed(f'{one.label} ({one.theme})' for one in open_)}."
