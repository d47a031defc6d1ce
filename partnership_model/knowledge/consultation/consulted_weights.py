"""The weights that a closed consultation gives to its case: of each group, or with one voice for each school."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.knowledge.consultation.record_file import SHORT, record_hash
from partnership_model.knowledge.schema import plain_day
from partnership_model.knowledge.weighings import Elicited, GroupWeights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from partnership_model.errors import Fault
    from partnership_model.knowledge.cases import CaseFile
    from partnership_model.knowledge.consultation.record import ConsultationRecord, RecordedResponse
    from partnership_model.knowledge.files import Document


def consulted_weights(record: ConsultationRecord, criteria: Sequence[str]) -> tuple[GroupWeights, ...]:
    """Give what each group said as weights of the case's criteria; one that was not asked about has none."""
    found = {one.name: one for one in record.response.groups}
    return tuple(
        GroupWeights(
            group=name,
            method="points",
            values=_of_all({point.criterion: point.weight for point in said.points}, criteria),
            elicited=Elicited(on=record.closed, how=_how(record, said.counted, found.get(name)), people=said.counted),
        )
        for name, said in record.by_group.items()
    )


def weights_by_school(record: ConsultationRecord, criteria: Sequence[str]) -> GroupWeights | None:
    """Give the weights with one voice for each school; None where fewer than two schools may be shown."""
    found = record.counted_by("school")
    if found is None:
        return None
    said = f"{found.voices} schools in the consultation, one voice for each school"
    elicited = Elicited(on=record.closed, how=_how(record, None, None), people=found.voices)
    return GroupWeights(group=said, method="points", values=_of_all(found.points, criteria), elicited=elicited)


def elicited_from(record: ConsultationRecord, weights: GroupWeights) -> bool:
    """Say whether weights are those of the record, and no entry of the case's own."""
    said = record.by_group.get(weights.group)
    return said is not None and weights.elicited.how.endswith(_by_record(record)) and weights.elicited.people == said.counted


def own_beside(file: CaseFile, record: ConsultationRecord | None, groups: Iterable[str]) -> tuple[GroupWeights, ...]:
    """Give the case's own weights of groups that a consultation asks as well; they count, and not what the consultation says."""
    asked = frozenset(groups)
    return tuple(one for one in file.weights if one.group in asked and not (record and elicited_from(record, one)))


def with_consulted(file: CaseFile, record: ConsultationRecord | None) -> CaseFile:
    """Put what the consultation says beside the case's own weights, which count where a group has both."""
    if record is None:
        return file
    own = {one.group for one in file.weights}
    more = tuple(one for one in consulted_weights(record, file.criteria) if one.group not in own)
    return file.model_copy(update={"weights": (*file.weights, *more)})


def consulted_faults(document: Document, file: CaseFile, record: ConsultationRecord | None) -> Iterator[Fault]:
    """Find what a case says of a consultation that its record, or the lack of one, does not bear."""
    themes = file.consultation.themes if file.consultation else ()
    if record is None:
        if file.who_counts == "school":
            says = "`school` needs a closed consultation, whose record `consultation.json` says what each school's people said"
            yield document.fault(("who_counts",), f"{says}; use group or person")
        if themes:
            yield document.fault(("consultation", "themes"), "no closed consultation lies beside this case, so there is nothing to answer")
        return
    if file.who_counts == "school":
        own = [one.group for one in file.weights]
        if own:
            says = f"of {', '.join(own)} nobody knows the school; use group or person, or leave these weights out"
            yield document.fault(("who_counts",), says)
        elif record.counted_by("school") is None:
            says = "fewer than two schools of the consultation may be shown; use group or person"
            yield document.fault(("who_counts",), says)
    known = [one.theme for one in record.comments.themes]
    for index, one in enumerate(themes):
        if one.theme not in known:
            listed = ", ".join(known) or "none"
            yield document.fault(("consultation", "themes", index, "theme"), f'"{one.theme}" is not a theme of the consultation: {listed}')


def _of_all(said: Mapping[str, int], criteria: Sequence[str]) -> dict[str, float]:
    return {name: float(said.get(name, 0)) for name in criteria}


def _how(record: ConsultationRecord, counted: int | None, response: RecordedResponse | None) -> str:
    """Say how the weights were taken, of how many, and by which record."""
    days = plain_day(record.opened) if record.opened == record.closed else f"{plain_day(record.opened)} to {plain_day(record.closed)}"
    answers = f"; {_answers(response, counted)}" if response and counted is not None else ""
    few = "; a few who named another group, or none, are counted with them" if response and response.name == record.takes_in else ""
    return f"the consultation of {days}, which asked from the worst to the best of each criterion{answers}{few}{_by_record(record)}"


def _by_record(record: ConsultationRecord) -> str:
    return f"; the record {record_hash(record)[:SHORT]}"


def _answers(response: RecordedResponse, counted: int) -> str:
    unit = response.unit or "people"
    if response.with_others or unit != "people":  # a household may send several ballots
        invited = f"{response.invited} {unit} were invited" if response.invited else "nobody counted how many were invited"
        answered = f"{response.answered} answers, " if response.answered not in (None, counted) else ""
        return f"{answered}{counted} of what matters; {invited}" if answered else f"{counted} answers; {invited}"
    if response.answered is None:
        return f"{counted} {unit} said what matters"
    of = (
        f"{response.answered} of {response.invited} {unit} who were invited answered"
        if response.invited
        else (f"{response.answered} {unit} answered, and nobody counted how many were invited")
    )
    return of if counted == response.answered else f"{of}, and {counted} said what matters"
