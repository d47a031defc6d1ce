"""Facts as sentences: figures in their units, sources with their day, sums or what they lack, studies with what is wrong with them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnership_model.display import fact_words
from partnership_model.knowledge.catalogue import Term
from partnership_model.knowledge.facts import Reference
from partnership_model.knowledge.schema import Range
from tests.display.test_blocks import HOSTILE
from tests.display.test_notebook import BASE, DAY, LATER
from tests.making import make_fact

# Facts


def test_an_amount_is_said_with_its_unit() -> None:
    fact = make_fact(None, "set_up_cost", amount=Range(low=2000, likely=5000, high=12000), unit="GBP_per_school")
    assert fact_words.told(fact) == "£2,000 to £12,000 a school, once, likely £5,000"
    assert (
        fact_words.told(replace(fact, attribute="top_slice", unit="percent_of_budget", amount=Range(low=4.5, likely=4.5, high=4.5)))
        == "4.5% of the budget"
    )
    assert (
        fact_words.told(replace(fact, attribute="set_up_months", unit="months", amount=Range(low=6, likely=9, high=18)))
        == "6 to 18 months, likely 9"
    )


def test_a_fact_without_a_short_answer_is_told_in_full() -> None:
    assert fact_words.told(make_fact(answer="", says="It takes two steps.")) == "It takes two steps."
    assert fact_words.told(make_fact(answer="Our own governing body")) == "Our own governing body"


@pytest.mark.parametrize("day", [DAY, LATER])
def test_every_fact_of_the_knowledge_base_can_be_told(day: object) -> None:
    """An amount in a unit that has no words would end a dashboard with an error."""
    knowledge = BASE.on(day)
    titles = {key: source.title for key, source in BASE.sources.items()}
    for attribute in BASE.attributes:
        for option in knowledge.options:
            for category in BASE.categories:
                fact = knowledge.fact(attribute, option, category)
                assert fact_words.told(fact).strip()
                note = fact_words.footnote(fact, titles)
                assert note.startswith(fact.mark)
                assert fact.ask is None or f"ask {fact.ask}" in note
                assert fact.mark == "sourced" or fact.ask, fact.key


def test_a_footnote_gives_place_day_of_the_text_and_whom_to_ask() -> None:
    reference = Reference.model_validate({"source": "act", "at": "s.1", "text_of": "2016-04-01", "copy": True})
    fact = make_fact(mark="named", references=(reference,), later_text=True)
    assert fact_words.footnote(fact, {"act": "The Act"}) == (
        "named: The Act, s.1 (text of 1 April 2016, read in a public copy); "
        "the text that was read is later than the day asked about; ask a solicitor."
    )
    assert fact_words.footnote(make_fact(mark="memory", ask=None), {}) == "memory."
    assert fact_words.footnote(replace(fact, references=(Reference(source="other"),), later_text=False, ask=None), {}) == "named: other."


# Terms


def terms(text: str) -> list[str]:
    """Name the terms that a text uses."""
    glossary = {key: Term(term=term, plain="In plain words.") for key, term in (("mat", "MAT"), ("la", "LA"), ("gate", "must-have"))}
    return [one.term for one in fact_words.terms_in(text, glossary)]


def test_terms_are_found_as_whole_words_in_both_numbers_and_cases_in_alphabetical_order() -> None:
    assert terms("Two MATs, the LA and a Must-have.") == ["LA", "MAT", "must-have"]
    assert terms("Falala, la la; a mat.") == []  # short forms count in capitals only
    assert terms("Later, a matter of plans; pre-MAT, must-haves-not") == []
    assert terms("") == []


@pytest.mark.parametrize("text", [*HOSTILE, "(", "[a-z]*MAT"])
def test_a_term_or_a_text_with_signs_of_its_own_does_no_harm(text: str) -> None:
    glossary = {"odd": Term.model_construct(term=text, plain=text)}
    assert [one.plain for one in fact_words.terms_in(f"so {text} said", glossary)] in ([], [text])
    assert fact_words.terms_in("nothing of the kind", glossary) == []
