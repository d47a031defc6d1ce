"""Lints what ships for judging: criteria, starting assumptions, and the evidence they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnership_model.knowledge.base import KnowledgeBase

MOST_WORDS = 45
LEAST_WIDTH = {"A": 0, "B": 20, "C": 30, "D": 40}  # of an interval, in hundredths of the scale, by grade of evidence


def test_every_ranked_option_has_a_starting_assumption_on_every_judged_criterion(base: KnowledgeBase) -> None:
    judged = {name for name, criterion in base.criteria.items() if criterion.default and not criterion.derived}
    ranked = {key for key, option in base.options.items() if option.ranked}
    assert len(judged) == 6
    assert {(option, name) for option in ranked for name in judged} <= set(base.assumptions)
    assert {option for option, _ in base.assumptions} == ranked


def test_thin_evidence_has_a_wide_interval(base: KnowledgeBase) -> None:
    narrow = {}
    for key, one in base.assumptions.items():
        scale = base.criteria[one.criterion].scale
        width = 100 * (one.amount.high - one.amount.low) / abs(scale.best - scale.worst)
        if width < LEAST_WIDTH[one.grade]:
            narrow[key] = (one.grade, width)
    assert narrow == {}


def test_an_assumption_is_reasoned_in_one_sentence_of_at_most_forty_five_words(base: KnowledgeBase) -> None:
    wrong = [
        key
        for key, one in base.assumptions.items()
        if len(one.reasoning.split()) > MOST_WORDS or not one.reasoning.endswith(".") or ". " in one.reasoning
    ]
    assert wrong == []


def test_the_default_criteria_are_the_eight_of_the_design(base: KnowledgeBase) -> None:
    assert [name for name, criterion in base.criteria.items() if criterion.default] == [
        "autonomy", "cost", "reversibility", "school_improvement", "staff", "community_voice", "resilience",
        "effort_of_change",
    ]  # fmt: skip
    assert {name: one.derived for name, one in base.criteria.items() if one.derived} == {
        "cost": "money",
        "reversibility": "exit",
    }


def test_there_are_about_thirty_criteria_to_choose_from(base: KnowledgeBase) -> None:
    assert 27 <= len(base.criteria) <= 36


def test_criteria_that_overlap_say_so_of_each_other(base: KnowledgeBase) -> None:
    one_way = [(name, other) for name, one in base.criteria.items() for other in one.overlaps if name not in base.criteria[other].overlaps]
    assert one_way == []
    assert [name for name, one in base.criteria.items() if name in one.overlaps or len(set(one.overlaps)) < len(one.overlaps)] == []


# Evidence


def test_every_study_says_what_it_does_not_show_and_how_far_results_lay_apart(base: KnowledgeBase) -> None:
    """Or that it was not seen how far they lay apart."""
    studies = base.evidence.evidence
    assert len(studies) > 20
    assert [key for key, one in studies.items() if len(one.caution.split()) < 4 or not one.caution.endswith(".")] == []
    assert [key for key, one in studies.items() if len(one.spread.split()) < 2 or not one.spread.endswith(".")] == []


def test_a_percentage_that_cannot_be_is_warned_of_in_the_same_breath(base: KnowledgeBase) -> None:
    """Lincolnshire's 96% is impossible of 20 partnerships, which nobody can be sure were the base."""
    impossible = {key: one.impossible for key, one in base.evidence.evidence.items() if one.impossible}
    assert list(impossible) == ["lincolnshire_2014"]
    for key, percentages in impossible.items():
        assert all(f"{one.percent:g}%" in base.evidence.evidence[key].caution for one in percentages)
