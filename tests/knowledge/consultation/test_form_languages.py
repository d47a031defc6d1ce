"""Every language has the words and gaps of English, and a case says in which languages it asks."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from partnership_model.delivery.case_warnings import case_warnings
from partnership_model.errors import FaultsError
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.consultation.form_words import ENGLISH, form_words, known_languages
from partnership_model.knowledge.consultation.question_set import question_set, read_question_set
from partnership_model.knowledge.shipped import shipped
from tests.delivery.consultation.hall_serving import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase

OWN = """
  languages: [en, pl]
  translations:
    pl:
      asks: Co jest dla Was najważniejsze?
      criteria:
        cost: {label: Koszty, worst: drożej, best: taniej}
      options:
        federation: Federacja
      groups:
        Staff: Pracownicy
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the example, which asks in English."""
    folder = tmp_path / "ember"
    shutil.copytree(shipped("data", "cases", "ember-2016"), folder)
    return folder


def write(case: Path, more: str) -> None:
    """Add to what the case says of its consultation."""
    file = case / "case.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("  keep_days: 365\n", f"  keep_days: 365{more}"), encoding="utf-8")


@pytest.mark.parametrize("code", [one for one in known_languages() if one != ENGLISH])
def test_a_language_has_every_word_and_says_that_nobody_has_read_it(code: str) -> None:
    """Reading it compares keys and gaps; here that nothing was left in English, and that it is marked."""
    words, english = form_words(code), form_words(ENGLISH)
    assert words.words.keys() == english.words.keys()
    assert words.unchecked is not None
    assert not [key for key, says in words.words.items() if says == english.words[key]]


def test_four_languages_are_there_beside_english() -> None:
    assert set(known_languages()) >= {"en", "pl", "ro", "ur", "ar"}
    assert [form_words(code).direction for code in ("pl", "ur", "ar")] == ["ltr", "rtl", "rtl"]


def test_check_says_which_forms_nobody_has_read(case: Path, base: KnowledgeBase) -> None:
    write(case, OWN)
    said = "\n".join(case_warnings(read_case(case, base), base, TODAY))
    assert "The form of the consultation in Polski: No speaker of Polish has read this translation yet." in said
    assert "English: " not in said


def test_the_own_texts_of_a_case_are_frozen_with_its_questions(case: Path, base: KnowledgeBase) -> None:
    write(case, OWN)
    found = read_case(case, base)
    asked = question_set(found, found.file.consultation, base, TODAY)
    assert asked.translations["pl"].criteria["cost"].best == "taniej"
    assert read_question_set(asked.text) == asked
    assert read_question_set(asked.text).digest == asked.digest


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("\n  languages: [en, xx]\n", 'no form is written in "xx" yet'),
        ("\n  translations: {pl: {asks: Co?}}\n", '"pl" is not among the `languages` of the form'),
        ("\n  languages: [en, pl]\n  translations: {en: {asks: What?}}\n", "English is what stands in the case itself"),
        (OWN.replace("cost:", "costt:"), '"costt" is none of the criteria that are asked. Did you mean'),
        (OWN.replace("Staff:", "Stuff:"), '"Stuff" is none of the groups that are asked'),
        (OWN.replace("federation:", "federal:"), '"federal" is none of the options that are asked'),
        (OWN.replace("options:", "plain:").replace("federation:", "federal:"), '"federal" is none of the options that are asked'),
    ],
)
def test_a_translation_of_what_is_not_asked_is_a_fault(case: Path, base: KnowledgeBase, more: str, says: str) -> None:
    write(case, more)
    with pytest.raises(FaultsError, match=re.escape(says)):
        read_case(case, base)
