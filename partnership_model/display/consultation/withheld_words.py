"""What of a consultation is not shown, and why, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import phrases

if TYPE_CHECKING:
    from partnership_model.analysis.consultation.release import Release
    from partnership_model.knowledge.consultation.record import ConsultationRecord

FEW = "{name}: too few answered, or nobody, so what they said is not shown."
OTHERS = "{name}: not shown, because with it the answers of a few others could be computed."
TAKES_IN = "The answers of a few who named another group, or none, are counted with {name}, so that nobody can compute them."
AT_SCHOOL = "{school}: without {groups}, of whom too few {said} there, or nobody, or with whom the answers of a few could be computed."
NOBODY = "Fewer than five answered, so nothing is shown."


def withheld_words(released: Release) -> tuple[str, ...]:
    """Say what is withheld; nothing where everything is shown."""
    if released.together is None:
        return (NOBODY,)
    kept = (*released.withheld_groups, *released.withheld_schools)
    said = tuple((FEW if one.why == "few" else OTHERS).format(name=one.name) for one in kept)
    return (*said, TAKES_IN.format(name=released.takes_in)) if released.takes_in else said


def not_shown(record: ConsultationRecord) -> tuple[str, ...]:
    """Say all that is not shown: what was withheld, and which groups are left out at schools that are shown."""
    return (*record.withheld, *_left_out(record))


def _left_out(record: ConsultationRecord) -> tuple[str, ...]:
    answered = {one.name: one.counted for one in record.response.schools if one.answered is not None}
    weighed = {name: one.groups for name, one in record.by_school.items()}
    found = []
    for said, counted in (("answered", answered), ("said what matters to them", weighed)):
        for school, here in counted.items():
            missing = [phrases.uncapital(one.group) for one in record.questions.adults if one.group not in here]
            if missing and not (said != "answered" and answered.get(school) == here):
                found.append(AT_SCHOOL.format(school=school, groups=phrases.listed(missing), said=said))
    return tuple(found)
