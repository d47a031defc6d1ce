"""The twenty items of a full appraisal: what a case does not give is named one by one, and what it gives is not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel

from partnership_model.analysis.appraisal import appraise, withheld
from partnership_model.display import checklist
from partnership_model.display.annex_section import GIVES_ALL, what_is_missing
from partnership_model.display.blocks import Bullets, Heading
from partnership_model.display.checklist_items import ITEMS, SECTIONS, Seen
from partnership_model.knowledge.appraisal_record import AppraisalRecord
from partnership_model.knowledge.cases import Case, Recommendation
from partnership_model.knowledge.editions import public_edition
from partnership_model.model.problem import build_problem
from tests.display.complete_case import COMPLETE, changed, record, run_of
from tests.display.section_reading import strings, text_of
from tests.display.test_blocks import squeezed
from tests.display.test_notebook import BASE, DAY, blocks_of, ember
from tests.display.test_notebook import SECTIONS as METHODS

if TYPE_CHECKING:
    from collections.abc import Callable

CANNOT = {"11.scores"}
ALWAYS = {
    *("1.asked", "1.decides", "1.status", "3.schools", "4.options", "5.same_sheet", "5.sources", "6.wording", "7.matrix", "8.swing"),
    *("11.places", "11.gains", "11.vetoes", "12.cash", "12.once", "12.discounted", "12.sensitivity", "12.break_even", "16.way_out"),
    *("16.map", "19.method", "19.version", "19.data_log", "19.again", "20.summary", "20.tables"),
}
ORDERED = {"9.contributions", "9.totals", "10.switching", "10.shares", "10.judgements", "10.without_criterion", "10.without_option"}
ORDERED |= {"10.without_group", "12.against_score"}


def without_field(key: str, field: str) -> Case:
    """Give the complete case with one field of the last entry of a key left out."""
    entries = getattr(COMPLETE.file.appraisal, key)
    return record(**{key: (*entries[:-1], entries[-1].model_copy(update={field: None}))})


def unset(key: str) -> Case:
    """Give the complete case as if a key with a default had not been written."""
    file = type(COMPLETE.file).model_validate(COMPLETE.file.model_dump(exclude={key}, exclude_unset=True))
    return replace(COMPLETE, file=file)


def advice(**keys: Any) -> Case:  # noqa: ANN401
    """Give the complete case with another recommendation."""
    assert COMPLETE.file.recommendation
    return changed(recommendation=COMPLETE.file.recommendation.model_copy(update=keys))


# What is taken away, and the parts that are missing then.
TAKEN: dict[str, tuple[Callable[[], Case], set[str]]] = {
    **{
        key: (lambda key=key: record(**{key: None}), parts)  # type: ignore[misc]
        for key, parts in {
            "decide_by": {"1.by_when"},
            "took_part": {"2.roles", "2.interests"},
            "absent": {"2.absent"},
            "conflicts": {"2.conflicts"},
            "trend": {"3.trend"},
            "long_list": {"4.long_list"},
            "shortlist": {"4.shortlist"},
            "criteria_left_out": {"6.left_out"},
            "overlaps_checked": {"6.overlaps"},
            "risks": {"13.risks", "13.of_each"},
            "equality": {"14.looked_at", "14.signed"},
            "consultation": {"15.asked", "15.answers", "15.changed"},
            "policy_scenarios": {"16.policy"},
            "triggers": {"18.triggers"},
            "expires": {"18.expires"},
            "assumptions": {"19.assumptions"},
            "decisions": {"19.decisions"},
            "assurance": {"19.assurance"},
        }.items()
    },
    "interests of one role": (lambda: without_field("took_part", "interests"), {"2.interests"}),
    "how many answered": (lambda: without_field("consultation", "answered"), {"15.answers"}),
    "what one group changed": (lambda: without_field("consultation", "changed"), {"15.changed"}),
    "the signature": (
        lambda: record(equality=COMPLETE.file.appraisal.equality.model_copy(update={"signed": None, "on": None})),  # type: ignore[union-attr]
        {"14.signed"},
    ),
    "the risk of all options": (lambda: record(risks=(COMPLETE.file.appraisal.risks or ())[1:]), {"13.of_each"}),
    "why": (lambda: changed(why=()), {"3.why"}),
    "aims": (lambda: changed(aims=()), {"3.aims"}),
    "next steps": (lambda: changed(next_steps=()), {"18.next_steps"}),
    "must-haves": (lambda: unset("non_negotiables"), {"4.gates"}),
    "who counts": (lambda: unset("who_counts"), {"8.who_counts"}),
    "an uplift": (lambda: changed(money=COMPLETE.file.money.model_copy(update={"optimism_bias": None})), {"12.optimism_bias"}),
    "recommendation": (lambda: changed(recommendation=None), {"17.dissent", "18.says", "18.conditions"}),
    "dissent": (lambda: advice(dissent=None), {"17.dissent"}),
    "conditions": (lambda: advice(conditions=None), {"18.conditions"}),
    "one group": (lambda: changed(weights=COMPLETE.file.weights[:1]), {"8.by_group", "8.agreement", "10.without_group"}),
    "weights": (lambda: changed(weights=()), {"8.method", "8.by_group", "8.agreement", *ORDERED}),
    "judgements": (lambda: replace(COMPLETE, judgements=()), {"7.looked_at", *ORDERED}),
}


def seen(case: Case) -> Seen:
    """Look at a case on its own day."""
    problem = build_problem(case, BASE.on(DAY))
    return Seen(case, problem, withheld(problem))


def lacking(case: Case) -> set[str]:
    """Name the parts that a case lacks."""
    return {one.name for one in checklist.missing(seen(case))}


# What is missing is named


def test_a_complete_case_lacks_nothing_but_what_the_workbook_cannot_do() -> None:
    assert lacking(COMPLETE) == CANNOT


@pytest.mark.parametrize("taken", TAKEN)
def test_what_is_taken_from_a_complete_case_is_named_and_nothing_else(taken: str) -> None:
    take, parts = TAKEN[taken]
    assert lacking(take()) == CANNOT | parts


def test_every_part_that_can_be_missing_was_taken_once() -> None:
    every = {f"{item.number}.{part.name}" for item in ITEMS for part in item.parts}
    assert every == ALWAYS | CANNOT | set[str]().union(*(parts for _, parts in TAKEN.values()))
    assert [item.number for item in ITEMS] == list(range(1, 21))


@pytest.mark.parametrize("taken", TAKEN)
def test_each_part_that_is_missing_is_named_in_the_report_with_the_key_to_fill_in(taken: str) -> None:
    case = TAKEN[taken][0]()
    appraisal = appraise(build_problem(case, BASE.on(DAY)), 1)
    blocks = what_is_missing(case, appraisal)
    assert blocks[0] == Heading("What this appraisal does not give", 3)
    said = [item for block in blocks if isinstance(block, Bullets) for item in block.items]
    found = checklist.missing(seen(case))
    assert said == [one.sentence for one in found]
    assert all(f"Fill in `{one.fill_in.partition(',')[0]}`" in one.sentence for one in found if one.state == "not_given")
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("taken", TAKEN)
def test_each_part_that_is_missing_is_named_for_machines_with_the_same_sentence(taken: str) -> None:
    case = TAKEN[taken][0]()
    data = checklist.data(seen(case))
    named = {f"{one['item']}.{one['part']}": one["missing"] for one in data if one["state"] != "given"}
    assert named == {one.name: one.sentence for one in checklist.missing(seen(case))}
    assert all((one["missing"] is None) == (one["state"] == "given") for one in data)
    assert all((one["fill_in"] is not None) == (one["state"] == "not_given") for one in data)


def test_the_result_and_the_annex_carry_the_checklist() -> None:
    run = ember()
    found = checklist.missing(Seen(run.case, run.appraisal.problem, run.appraisal.withheld))
    assert len(found) > 20
    text = text_of(blocks_of(run, "annex"))
    assert all(squeezed(one.sentence) in text for one in found)
    data = run.result().data["checklist"]
    assert [one["missing"] for one in data if one["missing"]] == [one.sentence for one in found]


@pytest.mark.parametrize("key", sorted({part.fill_in(seen(ember().case)) for item in ITEMS for part in item.parts} - {""}))
def test_every_key_to_fill_in_is_one_that_a_case_can_have(key: str) -> None:
    first, _, more = key.partition(",")[0].partition(".")
    if first == "judgements":
        assert more == "csv"
        return
    assert first in type(COMPLETE.file).model_fields
    assert not more or more in AppraisalRecord.model_fields


def test_what_is_none_is_given_once_the_case_says_so() -> None:
    none = advice(conditions=(), dissent=())
    assert lacking(none) == CANNOT
    assert "17.dissent" in lacking(changed(recommendation=Recommendation(says="Wait.")))


def test_where_nothing_is_missing_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checklist, "ITEMS", tuple(item for item in ITEMS if item.number != 11))
    appraisal = appraise(build_problem(COMPLETE, BASE.on(DAY)), 1)
    text = text_of(what_is_missing(COMPLETE, appraisal))
    assert GIVES_ALL in text
    assert "All 68 parts of a full appraisal are given." in text


# Where each part stands


def test_every_section_that_the_mapping_names_is_a_section_of_the_report_under_this_title() -> None:
    headings = {block.anchor: block.text for block in blocks_of(run_of()) if isinstance(block, Heading) and block.anchor}
    named = {part.section for item in ITEMS for part in item.parts}
    assert named <= set(headings)
    assert named <= set(SECTIONS)
    assert {key: headings[key] for key in named - {"summary"}} == {key: SECTIONS[key] for key in named - {"summary"}}


# The keys of the record, and the part of the mapping that says where each stands.
STANDS = {
    "took_part": "2.roles", "absent": "2.absent", "conflicts": "2.conflicts", "trend": "3.trend", "long_list": "4.long_list",
    "criteria_left_out": "6.left_out", "overlaps_checked": "6.overlaps", "risks": "13.risks", "equality": "14.looked_at",
    "consultation": "15.asked", "policy_scenarios": "16.policy", "triggers": "18.triggers", "assumptions": "19.assumptions",
    "decisions": "19.decisions", "assurance": "19.assurance",
}  # fmt: skip


def test_every_word_of_a_record_stands_in_the_section_that_the_mapping_names() -> None:
    run = run_of()
    texts = {blocks_of(run, name)[0].anchor if name != "summary" else name: text_of(blocks_of(run, name)) for name in METHODS}  # type: ignore[union-attr]
    sections = {f"{item.number}.{part.name}": part.section for item in ITEMS for part in item.parts}
    said = [(key, text) for key in STANDS for text in strings([getattr(COMPLETE.file.appraisal, key)])]
    assert [(key, text) for key, text in said if text not in texts[sections[STANDS[key]]]] == []
    assert len(said) > 40
    assert "1 July 2016" in texts["summary"]
    assert "15 April 2017" in texts["next"]


# The public edition


def test_of_a_public_edition_nobody_learns_whether_the_case_gives_a_part() -> None:
    given = record(
        audience="governors", assurance=tuple(one.model_copy(update={"audience": None}) for one in COMPLETE.file.appraisal.assurance or ())
    )
    absent = record(audience="governors", **dict.fromkeys(STANDS, None))
    public = [checklist.data(seen(public_edition(case))) for case in (given, absent)]
    assert public[0] == public[1]
    states = {f"{one['item']}.{one['part']}": one["state"] for one in public[0]}
    assert {states[part] for part in STANDS.values()} == {"not_public"}
    assert states["1.by_when"] == states["18.expires"] == "given"


def test_what_is_public_is_given_in_the_public_edition_too() -> None:
    assert lacking(public_edition(COMPLETE)) == CANNOT


SECRET = "Tell-Nobody"  # noqa: S105 - a word to look for


def hidden(value: Any) -> Any:  # noqa: ANN401 - an entry, or some of them
    """Put a secret before every text of more than one word of a record, and take every mark of what is public away."""
    if isinstance(value, BaseModel):
        kept = {name: hidden(getattr(value, name)) for name in type(value).model_fields if name != "audience"}
        return value.model_copy(update={**kept, **({"audience": None} if "audience" in type(value).model_fields else {})})
    if isinstance(value, tuple):
        return tuple(hidden(one) for one in value)
    return f"{SECRET} {value}" if isinstance(value, str) and " " in value else value


def test_what_is_for_governors_stands_in_no_section_and_no_result_of_the_public_edition() -> None:
    case = changed(appraisal=hidden(COMPLETE.file.appraisal))
    assert text_of(blocks_of(run_of(case))).count(SECRET) > 40
    run = run_of(public_edition(case))
    assert SECRET not in text_of(blocks_of(run))
    assert SECRET not in str(run.result().data)
