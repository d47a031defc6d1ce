"""The case's own texts in another language: how much of them is missing, and English set apart in right-to-left sentences."""

from __future__ import annotations

from partnership_model.display.consultation.case_texts import CaseTexts, untranslated
from partnership_model.knowledge.consultation.case_words import CaseWords, CriterionWords
from tests.consultation_making import questions

POLISH = CaseWords(criteria={"a": CriterionWords(label="Koszty", worst="więcej", best="mniej")}, options={"stay": "Bez zmian"})


def test_what_is_left_in_english_is_counted_for_each_other_language() -> None:
    asked = questions(("a", "b", "c"), ("stay", "federation")).model_copy(
        update={"languages": ("en", "pl"), "translations": {"pl": POLISH}}
    )
    assert untranslated(asked) == ["Polski: 2 of 3 criteria, 1 of 2 options are in English."]
    assert untranslated(asked.model_copy(update={"languages": ("en",)})) == []


def test_an_english_name_in_a_right_to_left_message_is_set_apart() -> None:
    asked = questions(("a", "b"))
    label = asked.criteria[0].label
    assert CaseTexts(asked, "ur").about_faults({"criterion": label}) == {
        "criterion": f"\N{FIRST STRONG ISOLATE}{label}\N{POP DIRECTIONAL ISOLATE}"
    }
    assert CaseTexts(asked, "pl").about_faults({"criterion": label}) == {"criterion": label}
