"""Which items of a case are public and which are for governors only, and the edition of a case that holds only public items."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.knowledge.appraisal_record import AppraisalRecord
    from partnership_model.knowledge.cases import Case, CaseFile, CaseJudgement, Recommendation, Said, School
    from partnership_model.knowledge.consultation.plan import ConsultationPlan, ThemeAnswer
    from partnership_model.knowledge.record_entries import Entry
    from partnership_model.knowledge.resolutions import Resolution
    from partnership_model.knowledge.weighings import GroupWeights

Edition = Literal["public", "governors"]
EDITIONS: tuple[Edition, ...] = ("public", "governors")
FEWEST_PEOPLE = 5  # in a group whose weights are public of themselves: of fewer, each could be guessed
REASON_KEPT = "The group's reason is not public."
SAID: dict[str, str] = {"why": "why", "aims": "aims", "claims": "claims", "next_steps": "next steps"}


def of_said(said: Said) -> Edition:
    """Say for whom something said is: what a published source says is public, a remark of the group's own is for governors."""
    return said.audience or ("public" if said.source else "governors")


def of_weights(weights: GroupWeights) -> Edition:
    """Say for whom a group's weights are: public, unless so few people weighed that each could be guessed."""
    few = any(one.elicited.people < FEWEST_PEOPLE for one in weights.weighings)
    return weights.audience or ("governors" if few else "public")


def of_balance(school: School) -> Edition:
    """Say for whom a school's balance is: governors, whether it is a deficit or not, so that leaving it out tells nothing."""
    return school.balance_audience or "governors"


def of_reason(judgement: CaseJudgement) -> Edition:
    """Say for whom the reason of a judgement is: it is a comment, so for governors."""
    return judgement.audience or "governors"


def of_recommendation(recommendation: Recommendation) -> Edition:
    """Say for whom a recommendation is, whole with its conditions and its dissent."""
    return recommendation.audience or "governors"


def of_resolution(resolution: Resolution) -> Edition:
    """Say for whom a resolution is: governors, until its minutes are public."""
    return resolution.audience or "governors"


def of_answer(answer: ThemeAnswer) -> Edition:
    """Say for whom the answer to a theme is: public, since it answers what people said."""
    return answer.audience or "public"


def _public_plan(plan: ConsultationPlan | None) -> ConsultationPlan | None:
    return plan.model_copy(update={"themes": tuple(one for one in plan.themes if of_answer(one) == "public")}) if plan else None


def of_entry(entry: Entry, record: AppraisalRecord) -> Edition:
    """Say for whom an entry of how the case was appraised is: a published source's is public, the rest as the record says."""
    return entry.audience or ("public" if entry.source else record.audience or "governors")


def public_record(record: AppraisalRecord) -> AppraisalRecord:
    """Give a record with its public entries alone; of a key without any, nobody learns whether it held one.

    The days and the shortlist decide what is shown, so they are public.
    """
    return record.keeping(lambda entry: of_entry(entry, record) == "public", said_of_none=record.audience == "public")


def public_edition(case: Case) -> Case:
    """Give a case that holds only public items, and from which the same numbers follow.

    The figures of a judgement stay, for without them nobody could check the result; its reason goes unless it is public.
    Where a group's weights are left out, what is made of all groups' weights is made of the others'. What a closed consultation
    left stays whole: nothing stands in it that may not be shown to everybody.
    """
    file = case.file
    weights = tuple(one for one in file.weights if of_weights(one) == "public")
    asked = file.plausible_weights
    lonely = asked.named == "groups" and len(weights) < 2 <= len(file.weights)  # noqa: PLR2004 - one group alone is no mixture
    advice = file.recommendation
    kept = {
        **{key: tuple(one for one in getattr(file, key) if of_said(one) == "public") for key in SAID},
        "schools": tuple(one if of_balance(one) == "public" else one.model_copy(update={"balance": None}) for one in file.schools),
        "weights": weights,
        "weights_in_use": "nobody" if _own(file) else file.weights_in_use,
        "plausible_weights": asked.model_copy(update={"named": None}) if lonely else asked,
        "recommendation": advice if advice and of_recommendation(advice) == "public" else None,
        "resolutions": tuple(one for one in file.resolutions if of_resolution(one) == "public"),
        "appraisal": public_record(file.appraisal),
        "consultation": _public_plan(file.consultation),
    }
    judgements = tuple(one if of_reason(one) == "public" else replace(one, note=REASON_KEPT) for one in case.judgements)
    return replace(case, file=file.model_copy(update=kept), judgements=judgements, edition="public", texts={}, changes=None)


def _own(file: CaseFile) -> bool:
    """Say whether the weights that are used in place of the groups' own are for governors; without them nobody has weighed."""
    in_use = file.weights_in_use
    return in_use is not None and in_use != "nobody" and of_weights(in_use) == "governors"


def case_key(case: Case) -> str:
    """Name a case by its public items, so that another case, and this one with other figures, have other names.

    What is for governors only is no part of the name: whoever knows the rest could try out guesses at it.
    """
    public = public_edition(case)
    parts = [public.file.model_dump(mode="json"), [repr(one) for one in public.judgements]]
    said = json.dumps([*parts, public.consulted.sealed] if public.consulted else parts, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _answers_left_out(plan: ConsultationPlan | None) -> Iterator[str]:
    answers = plan.themes if plan else ()
    kept = sum(of_answer(one) == "governors" for one in answers)
    if kept:
        yield f"answers to what people said: {kept} of {len(answers)}"


def left_out(case: Case) -> tuple[str, ...]:
    """Name what the public edition of a case leaves out, for whoever makes it."""
    return tuple(_left_out(case))


def _left_out(case: Case) -> Iterator[str]:
    for key, name in SAID.items():
        said = getattr(case.file, key)
        count = sum(of_said(one) == "governors" for one in said)
        if count:
            yield f"{name}: {count} of {len(said)}"
    balances = [one for one in case.file.schools if one.balance is not None]
    kept = sum(of_balance(one) == "governors" for one in balances)
    if kept:
        yield f"balances of schools: {kept} of {len(balances)}"
    yield from (f"the weights of {one.group}" for one in case.file.weighings if of_weights(one) == "governors")
    reasons = sum(of_reason(one) == "governors" for one in case.judgements)
    if reasons:
        yield f"reasons of judgements: {reasons} of {len(case.judgements)} (their figures are in it)"
    if case.file.recommendation and of_recommendation(case.file.recommendation) == "governors":
        yield "the recommendation, its conditions and its dissent"
    resolutions = sum(of_resolution(one) == "governors" for one in case.file.resolutions)
    if resolutions:
        yield f"resolutions: {resolutions} of {len(case.file.resolutions)}"
    yield from _answers_left_out(case.file.consultation)
    record = case.file.appraisal
    counted: dict[str, list[Edition]] = {}
    for key, one in record.entries:
        counted.setdefault(key, []).append(of_entry(one, record))
    for key, found in counted.items():
        if "governors" in found:
            yield f"{key.replace('_', ' ')} (`appraisal`): {found.count('governors')} of {len(found)}"
