"""The section "What people told us": what it says of a record, what it says is missing, and that nothing is invented."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from partnership_model.analysis.consultation.effect import effect_of_asking
from partnership_model.analysis.mistakes.weighing import ways_of_counting
from partnership_model.analysis.run_comparison import compare
from partnership_model.delivery.case_warnings import case_warnings
from partnership_model.display import elicitation
from partnership_model.display.blocks import Table, html
from partnership_model.display.checklist import checklist
from partnership_model.display.checklist_items import Seen
from partnership_model.display.comparison_text import text as said_apart
from partnership_model.display.consultation.how_asked import languages
from partnership_model.display.consultation.own_weights import MEND, NONE_USED, at_closing, before_closing
from partnership_model.display.notebook import AppraisalRun, open_appraisal
from partnership_model.knowledge.cases import CaseJudgement, read_case
from partnership_model.knowledge.consultation.form_words import form_words
from partnership_model.knowledge.consultation.record import Quotation
from partnership_model.knowledge.consultation.record_file import record_text, sealed
from partnership_model.knowledge.editions import case_key, left_out, public_edition
from partnership_model.knowledge.run_result import run_result
from partnership_model.knowledge.schema import Range, plain_day
from tests.consulting import EXAMPLE, PARENTS, STAFF
from tests.display.section_reading import text_of
from tests.display.test_notebook import BASE, as_json, ember
from tests.display.test_result import faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.cases import Case


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., AppraisalRun]:
    """Open the example with changes of its `case.yaml`."""

    def run(*changes: tuple[str, str], edition: str = "governors") -> AppraisalRun:
        folder = tmp_path / "elm-hill"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(EXAMPLE, folder)
        text = (folder / "case.yaml").read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (folder / "case.yaml").write_text(text, encoding="utf-8")
        return open_appraisal(str(folder), samples=1, edition=edition)

    return run


def told(run: AppraisalRun) -> str:
    return text_of(run.told_us().blocks)


def test_a_case_without_a_record_has_no_such_section() -> None:
    assert ember().told_us().blocks == []
    assert ember().result().data["consultation"] is None


def test_the_section_says_what_was_asked_of_whom_when_and_who_is_absent(opened: Callable[..., AppraisalRun]) -> None:
    text = told(opened())
    for part in (
        "What people told us",
        "illustrative",
        "78 answers came in",
        "What should matter most when the schools choose how to work together?",
        "Staff: 23 of 42 people",
        "Without a picture of their own: Neighbours",
        "From 2 November 2026 to 20 November 2026",
        "Staff meeting, on paper",
        "This was no vote",
        "Each governing body decides for its own school",
    ):
        assert part in text, part


def test_it_says_that_a_session_is_not_the_consultation_that_the_law_asks_for_and_cites_that_law(
    opened: Callable[..., AppraisalRun],
) -> None:
    text = told(opened())
    assert "is evidence for a consultation that the law asks for. It is not that consultation itself" in text
    assert "Academies Act 2010, s.5(1)" in text
    assert "At least six weeks" in text


def test_each_theme_has_its_answer_in_the_words_of_the_case_or_is_said_to_have_none(opened: Callable[..., AppraisalRun]) -> None:
    run = opened()
    record = run.case.consulted
    assert record
    first, second, *others = record.comments.themes
    text = told(run)
    assert (
        f"{first.label} {first.comments} Accepted The governing bodies agree that this matters. A condition was put into the plan." in text
    )
    assert f"{second.label} {second.comments} Not accepted The council decides on this. Nothing is said to have changed" in text
    assert len(others) == 2
    assert "2 themes have no answer yet" in text
    for one in others:
        assert f"{one.label} {one.comments} Not answered yet" in text


def test_an_answer_that_is_for_governors_is_not_in_the_public_edition(opened: Callable[..., AppraisalRun]) -> None:
    hidden = ("why: The governing bodies agree that this matters.", "why: Tell-Nobody why\n      for: governors")
    with_all = opened(hidden)
    assert "Tell-Nobody" in told(with_all)
    assert "answers to what people said: 1 of 2" in left_out(with_all.case)
    public = opened(hidden, edition="public")
    assert "Tell-Nobody" not in told(public) + as_json(public)
    assert "3 themes have no public answer" in told(public)
    assert "Fill in" not in told(public)


def test_the_public_edition_has_the_record_whole_and_its_name_changes_with_it(opened: Callable[..., AppraisalRun]) -> None:
    case = opened().case
    public = public_edition(case)
    assert public.consulted == case.consulted
    assert [one.group for one in public.file.weights] == ["Governors", PARENTS, STAFF]
    assert case.consulted
    other = sealed(case.consulted.model_copy(update={"takes_in": ""}))
    assert case_key(case) == case_key(public)
    assert case_key(case) != case_key(type(case)(**{**vars(case), "consulted": other}))


def test_the_result_holds_the_consultation_as_its_schema_says(opened: Callable[..., AppraisalRun]) -> None:
    run = opened()
    data = run.result().data
    assert faults(data) == []
    found = data["consultation"]
    assert found["answered"] == 78
    assert [one["group"] for one in found["groups"] if one["weights"]] == [PARENTS, STAFF]
    assert [one["response"] for one in found["themes"]] == ["accepted", "not_accepted", None, None]


def test_the_checklist_reads_the_record(opened: Callable[..., AppraisalRun]) -> None:
    def state(run: AppraisalRun) -> dict[str, tuple[str, str, str]]:
        seen = Seen(run.case, run.appraisal.problem, run.appraisal.withheld)
        return {one.part.name: (one.state, one.section, one.fill_in) for one in checklist(seen) if one.item.number == 15}

    run = opened()
    assert state(run) == {
        "asked": ("given", "consultation", ""),
        "answers": ("given", "consultation", ""),
        "changed": ("not_given", "consultation", "consultation.themes"),
    }
    record = run.case.consulted
    assert record
    more = "".join(f"    - {{theme: {one.theme}, response: partly, why: In part.}}\n" for one in record.comments.themes[2:])
    assert state(opened(("  themes:\n", f"  themes:\n{more}")))["changed"] == ("given", "consultation", "")
    assert {one[1] for one in state(ember()).values()} == {"shortlist"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            ("- group: Governors", f"- group: {STAFF}"),
            f"{STAFF} stands in `weights` and in the consultation: the entry of the case counts.",
        ),
        (("who_counts: group", "who_counts: group\nweights_in_use: nobody"), "the ranking uses none of the weights that people gave"),
        (("title: Elm Hill schools", "title: Oak Hill schools"), "is it the right record?"),
        (("who_counts: group", "who_counts: person"), "Not answered yet, in `consultation.themes`: Getting there"),
    ],
)
def test_check_says_what_counts_and_what_is_missing(
    opened: Callable[..., AppraisalRun], base: KnowledgeBase, change: tuple[str, str], says: str
) -> None:
    run = opened(change)
    lines = list(case_warnings(run.case, base, run.knowledge.day))
    assert any(line.strip().startswith("The consultation that closed on 20 November 2026: 78 answers, record") for line in lines)
    assert any(says in line for line in lines), lines


def test_check_says_nothing_of_a_consultation_where_none_was_closed(base: KnowledgeBase) -> None:
    run = ember()
    assert not any("onsultation that closed" in line for line in case_warnings(run.case, base, run.knowledge.day))


def test_the_way_of_counting_is_said_with_the_weights(opened: Callable[..., AppraisalRun]) -> None:
    assert "uses the weights of parents and carers and staff, beside those of governors, with one voice for each group." in told(opened())
    other = opened(("who_counts: group", "who_counts: group\nweights_in_use: nobody"))
    assert "The ranking in this report does not use these weights" in told(other)


def test_where_a_group_has_weights_in_the_case_too_it_is_said_that_those_count(opened: Callable[..., AppraisalRun]) -> None:
    run = opened(("- group: Governors", f"- group: {STAFF}"))
    record, own = run.case.consulted, run.case.file.weights[0].elicited
    assert record
    says = f"For {STAFF} the ranking uses what the case itself says ({own.people} people, {plain_day(own.on)}), not the 23 answers above."
    assert f"uses the weights of parents and carers, beside those of staff, with one voice for each group. {says}" in told(run)
    assert at_closing(run.case.file, record) == [says.replace("above", "of the consultation"), MEND]
    assert before_closing(run.case.file, None, record.questions)[0].endswith("), not what they answer in the consultation.")
    assert "what the case itself says" not in told(opened())
    assert at_closing(opened().case.file, record) == []
    other = opened(("who_counts: group", "who_counts: group\nweights_in_use: nobody")).case
    assert at_closing(other.file, record) == before_closing(other.file, record, record.questions) == [NONE_USED]


def test_the_comparison_of_the_shortlist_leads_to_the_consultation_and_says_what_it_changed(opened: Callable[..., AppraisalRun]) -> None:
    text = text_of(opened().shortlist().blocks)
    assert "See “What people told us”. What it changed: A condition was put into the plan." in text
    assert "does not say what was asked" not in text
    unsaid = text_of(opened(("      changed: A condition was put into the plan.\n", "")).shortlist().blocks)
    assert "See “What people told us”. What it changed is not said yet." in unsaid


def test_weights_of_ballots_say_answers_and_how_they_were_taken_and_no_table_says_that_somebody_said_them(
    opened: Callable[..., AppraisalRun],
) -> None:
    run = opened()
    record = run.case.consulted
    assert record
    blocks = elicitation.part(run.case, run.appraisal)
    assert f"{STAFF}: 23 answers, 20 November 2026, by orders (the consultation of" in text_of(blocks)
    assert [one.caption for one in blocks if isinstance(one, Table)] == ["What governors said, beside the weights"]
    group = next(one for one in run.case.file.weights if one.group == STAFF)
    points = record.questions.model_copy(update={"also": ("points",)})
    together = record.together.model_copy(update={"by_points": 24})  # type: ignore[union-attr]
    some = record.model_copy(update={"questions": points, "together": together})
    assert f"by orders and points (24 of all {together.counted} shared out points) (" in elicitation.by_ballots(group, some)


def test_the_languages_of_the_forms_are_said_and_that_nobody_checked_them(opened: Callable[..., AppraisalRun]) -> None:
    record = opened().case.consulted
    assert record
    assert "The forms were in English." in told(opened())
    more = record.model_copy(update={"questions": record.questions.model_copy(update={"languages": ("en", "pl", "ur")})})
    names = f"{form_words('pl').language} and {form_words('ur').language}"
    said = languages(more)
    assert said.startswith(
        f"The forms were in English. They were also in {names}, translated by the program, with the case's own words in English."
    )
    assert said.endswith(f"Nobody who speaks them has checked the program's words in {names}.")
    assert "What was asked, in English" in told(opened())


def test_a_diff_names_a_record_that_was_changed(opened: Callable[..., AppraisalRun], base: KnowledgeBase) -> None:
    one = opened()
    before = run_result(as_json(one), "before")
    record = one.case.consulted
    assert record
    (one.case.folder / "consultation.json").write_text(record_text(sealed(record.model_copy(update={"withheld": ()}))), encoding="utf-8")
    after = run_result(as_json(open_appraisal(str(one.case.folder), samples=1)), "after")
    found = compare(before, after, base)
    assert [change.place for change in found.of("record")] == [("consultation_record",)]
    assert "Record of what people told us" in said_apart(found, base, 200)
    assert read_case(one.case.folder, base).digest != one.case.digest


def test_what_people_wrote_is_text_and_nothing_else(opened: Callable[..., AppraisalRun]) -> None:
    run = opened()
    record = run.case.consulted
    assert record
    hostile = ("<script>alert(1)</script>", "=cmd|' /C calc'!A0", "</p>{{ 7*7 }}")
    quoted = tuple(Quotation(themes=(), says=one) for one in hostile)
    comments = record.comments.model_copy(update={"quotations": quoted})
    text = record_text(sealed(record.model_copy(update={"comments": comments})))
    (run.case.folder / "consultation.json").write_text(text, encoding="utf-8")
    shown = open_appraisal(str(run.case.folder), samples=1).told_us().blocks
    page = html(shown, dict.fromkeys(range(len(shown)), "<svg></svg>"))
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "49" not in page[page.index("In people&#39;s own words") : page.index("How and when")]


def test_where_all_weights_are_of_the_consultation_each_school_can_have_one_voice(opened: Callable[..., AppraisalRun]) -> None:
    text = (EXAMPLE / "case.yaml").read_text(encoding="utf-8")
    own = text[text.index("weights:") : text.index("consultation:")]
    looked = appraisal_looked_at(opened((own, "")))
    voices = {one.counted: one.leaders for one in ways_of_counting(*looked)}
    assert voices["school"]
    assert {one.counted: one.leaders for one in ways_of_counting(*appraisal_looked_at(opened()))}["school"] is None


def test_whether_what_people_said_changes_which_option_leads_is_the_title(opened: Callable[..., AppraisalRun]) -> None:
    """Staying is best on one criterion and the trust on another, so that whoever weighs decides; the figures are made up by the test."""
    titles = set()
    for own in ("community_voice: 10, autonomy: 20", "community_voice: 30, autonomy: 0"):
        case, _ = appraisal_looked_at(opened(("community_voice: 10, autonomy: 20", own)))
        scores = {"community_voice": {"stay": 100.0, "federation": 0.0, "new_mat": 0.0}, "autonomy": {"stay": 0.0, "federation": 85.0}}
        made = tuple(
            CaseJudgement(one.option, one.criterion, Range(low=best, likely=best, high=best), "B", "Made up.")
            for one in case.judgements
            if one.criterion != "cost"
            for best in [scores.get(one.criterion, {}).get(one.option, 50.0)]
        )
        rest = tuple(one for one in case.judgements if one.criterion == "cost")
        run = AppraisalRun(replace(case, judgements=(*made, *rest)), BASE.on(case.file.as_of), 1, 1)  # type: ignore[arg-type]
        effect = effect_of_asking(run.case, run.appraisal)
        assert effect
        text = told(run)
        assert effect.others == ("Governors",)
        assert ("What people told us changes which option leads" in text) == effect.changes
        assert ("What people told us does not change which option leads" in text) == (not effect.changes)
        titles.add(effect.changes)
    assert titles == {True, False}


def appraisal_looked_at(run: AppraisalRun) -> tuple[Case, Appraisal]:
    """Confirm every judgement, so that options are put in order."""
    cells = [one for one in run.appraisal.problem.judgements.values() if not one.confirmed]
    looked = tuple(CaseJudgement(one.option, one.criterion, None, one.grade or "D", "Looked at.") for one in cells)
    case = replace(run.case, judgements=looked)
    return case, AppraisalRun(case, run.knowledge, 1, 1).appraisal


def test_what_was_asked_stands_word_for_word_and_that_no_picture_was_shown(opened: Callable[..., AppraisalRun]) -> None:
    run = opened()
    text, questions = told(run), run.case.consulted.questions
    for one in questions.criteria:
        assert one.worst in text
        assert one.best in text
    for one in questions.options:
        assert one.plain in text
    assert "They could also say what they think of each option and write a comment." in text
    assert "No picture of the answers was shown to the hall while people could answer." in text
    assert "2 of 4 themes answered, and something was changed because of 1" in text
