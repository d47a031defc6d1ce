"""The pages of facts: what differs, one question asked, what changes for whom, and what research shows; nothing of it is in order."""

from __future__ import annotations

import re
from dataclasses import replace

from partnership_model.display import fact_words, words
from partnership_model.display.exploration import after
from partnership_model.display.pages import page_of
from tests.display.exploring import START, moved
from tests.display.page_reading import ELEMENTS, compared, page, part, read, text_of
from tests.display.test_blocks import harmless
from tests.display.test_notebook import BASE


def test_only_what_differs_is_shown_until_somebody_asks_for_more() -> None:
    state = replace(START, compared=("collaboration",))
    few, same, everything = (
        read(replace(state, **more), "facts") for more in ({}, {"show_same": True}, {"show_same": True, "show_all": True})
    )
    counts = [len(compared(reader)) - 1 for reader in (few, same, everything)]
    assert counts[0] < counts[1] < counts[2]
    assert few.texts("h1") == [f"Of {counts[1]} key answers, {counts[0]} would change with a collaborative partnership"]
    assert everything.texts("h1")[0].startswith(f"Of {counts[2]} answers, ")
    policy = {one.question for one in BASE.attributes.values() if one.topic == "policy"}
    assert policy
    assert policy <= {row[0] for row in compared(everything)}


def test_the_heading_of_the_facts_counts_the_answers_that_change_for_each_option() -> None:
    reader = read(replace(START, show_same=True), "facts")
    rows = compared(reader)[1:]
    trust, mat = (sum(" changes In words" in row[column] for row in rows) for column in (2, 3))
    assert trust != mat
    with_each = f"{trust} would change with a co-operative trust and {mat} with joining an established multi-academy trust"
    assert reader.texts("h1") == [f"Of {len(rows)} key answers, {with_each}"]


def test_staying_stands_beside_the_options_that_were_chosen() -> None:
    reader = read(START, "facts")
    assert compared(reader)[0] == [
        "Question",
        "Stay as we are",
        "Co-operative trust",
        "Join an established multi-academy trust",
    ]
    checked = [about["data-option"] for about in reader.of("input") if "checked" in about]
    assert checked == ["co_operative_trust", "established_mat"]
    assert len([about for about in reader.of("input") if about.get("data-on-change") == "compare"]) == 6


def test_every_answer_carries_its_mark_as_a_word_and_says_whom_to_ask_where_it_is_not_sourced() -> None:
    reader = read(replace(START, show_same=True, show_all=True), "facts")
    cells = [row[1:] for row in compared(reader)[1:]]
    for cell in (cell for row in cells for cell in row):
        mark = next(word for word in cell.split() if word in words.MARK)
        assert mark == "sourced" or re.search(rf"\b{mark} (?:(?:{'|'.join(fact_words.STATUS.values())}) )?ask \w", cell), cell


def test_what_changes_against_staying_is_a_word() -> None:
    rows = compared(read(START, "facts"))[1:]
    assert all("changes" in " ".join(row[2:]) for row in rows)
    assert not any(" changes In words" in row[1] for row in rows)


def test_the_same_short_answer_in_other_words_says_so() -> None:
    state = replace(START, show_same=True, show_all=True)
    attributes = {one.question: name for name, one in BASE.attributes.items()}
    seen = set()
    for row in compared(read(state, "facts"))[1:]:
        stay, *others = (state.knowledge.fact(attributes[row[0]], key, "community") for key in ("stay", *state.compared))
        assert "see the words" not in row[1]
        for cell, fact in zip(row[2:], others, strict=True):
            same, differs = fact_words.told(fact) == fact_words.told(stay), fact.says != stay.says
            assert (" see the words In words" in cell) == (same and differs), cell
            seen.add((same, differs))
    assert {(True, True), (True, False)} <= seen


def test_the_facts_are_those_of_the_school_that_looks() -> None:
    community, aided = (text_of(moved({"do": "school", "value": name}), "facts") for name in ("Infant A", "Primary E"))
    assert f"For Infant A, a {BASE.categories['community'].label}." in community
    assert f"For Primary E, a {BASE.categories['voluntary_aided'].label}." in aided
    assert community != aided


def test_without_an_option_to_compare_the_page_asks_for_one() -> None:
    reader = read(replace(START, compared=()), "facts")
    assert reader.texts("h1") == ["Choose an option to put beside staying as you are"]
    assert "No answer differs between the options chosen." in reader.text
    assert (
        part(page(replace(START, compared=()), "facts").html, "part-role").text.count("Choose an option to put beside staying as you are.")
        == 1
    )


def test_a_fourth_option_is_refused_beside_the_choice() -> None:
    full = moved({"do": "compare", "option": "federation", "on": True}, {"do": "go", "step": "facts"})
    refused = after(full, {"do": "compare", "option": "new_mat", "on": True})
    reader = harmless(page_of(refused).html, ELEMENTS)
    assert "3 options at a time can stand beside staying. Take one away first." in reader.text
    assert len(compared(reader)[0]) == 5
