"""The page of facts: what differs, what is not known, what the options are, and the law, policy and fact sheets of the day."""

from __future__ import annotations

import re
from dataclasses import replace

from partnership_model.display import fact_words, words
from partnership_model.display.exploration import Exploration, after
from partnership_model.display.pages import page_of
from tests.display.exploring import START, moved, opened
from tests.display.facts_made import LONG_AGO, make_sheet, unknown
from tests.display.page_reading import ELEMENTS, asked, compared, page, part, read, text_of
from tests.display.test_blocks import harmless, squeezed
from tests.display.test_notebook import BASE, DAY, EMBER, LATER


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
            assert (" see the words In words" in cell) == (same and differs and fact.code != "not_open"), cell
            assert "another one than today" not in cell
            seen.add((same, differs))
    assert {(True, True), (True, False)} <= seen


def test_another_body_of_the_same_kind_is_said_to_be_another_one() -> None:
    """Who goes from one trust to another keeps the words of the answer and nothing else."""
    school = EMBER.file.schools[0].model_copy(update={"category": "academy", "form": "in_mat"})
    state = replace(opened(schools=(school, *EMBER.file.schools[1:])), compared=("established_mat",), show_same=True)
    (row,) = [row for row in compared(read(state, "facts")) if row[0] == BASE.attributes["employer"].question]
    assert row[1].startswith("The academy trust ")
    assert row[2].startswith("The academy trust ")
    assert "another one than today" in row[2]
    assert "another one than today" not in row[1]


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


def test_nothing_is_open_until_somebody_opens_it() -> None:
    for state in (START, replace(START, compared=()), asked("Who chooses our next head?"), replace(START, show_all=True)):
        assert not any("open" in about for about in read(state, "facts").of("details"))
        assert not any("open" in about for about in read(state, "research").of("details"))


def test_without_an_option_to_compare_a_question_is_answered_for_staying_alone() -> None:
    state = replace(asked("Who chooses our next head?"), compared=())
    answers = part(page(state, "facts").html, "answers")
    assert answers.rows("Answers to: Who would choose our next head?")[0] == ["Fact", "Stay as we are"]
    about = part(page(state, "facts").html, "about")
    assert about.texts("dt") == ["Stay as we are"]


def test_a_source_is_linked_to_the_passage_or_else_to_its_own_address() -> None:
    links = {}
    for name in BASE.attributes:
        for one in START.knowledge.fact(name, "stay", "community").references:
            links[one.href or BASE.sources[one.source].href] = bool(one.href)
    shown = {about["href"] for about in read(replace(START, show_all=True, show_same=True), "facts").of("a")}
    assert {href for href in links if href} <= shown
    assert set(links.values()) == {True, False}


def test_how_many_answers_are_not_known_is_said_for_each_option_of_the_case() -> None:
    def counts(state: Exploration) -> dict[str, tuple[int, int]]:
        said = re.search(r"Not known for this school: ([^.]+)\.", part(page(state, "facts").html, "part-2").text)
        assert said
        parts = [re.fullmatch(r"(.+) (\d+) of (\d+)", one) for one in said[1].split("; ")]
        return {one[1]: (int(one[2]), int(one[3])) for one in parts if one}

    before = counts(START)
    assert set(before) == {option.label for option in START.problem.options}
    assert {every for _, every in before.values()} == {len(BASE.attributes)}
    after_ = counts(replace(START, knowledge=unknown("employer").on(DAY)))
    assert {label: count for label, (count, _) in after_.items()} == {label: count + 1 for label, (count, _) in before.items()}


# What the options are, and what none of them changes


def test_each_option_that_is_compared_says_what_it_is_and_how_one_joins_it() -> None:
    reader = part(page(replace(START, compared=("federation", "collaboration")), "facts").html, "about")
    assert reader.texts("dt") == [BASE.options[key].label for key in ("stay", "federation", "collaboration")]
    for key in ("federation", "collaboration"):
        option = BASE.options[key]
        lines = [option.plain, *([f"Joining one that exists: {option.joining}"] if option.joining else [])]
        lines += [f"A variant: {plain}" for plain in option.variants.values()]
        assert set(map(squeezed, lines)) <= set(reader.texts("dd"))
    assert any(line.startswith("Joining one that exists: ") for line in reader.texts("dd"))
    assert any(line.startswith("A variant: ") for line in reader.texts("dd"))


def test_an_option_is_said_to_go_with_those_that_exist_on_the_day_and_with_no_others() -> None:
    trust = BASE.options["established_mat"].model_copy(update={"combines_with": ("federation", "la_trust")})
    knowledge = replace(BASE, options={**BASE.options, "established_mat": trust}).on(DAY)
    assert "la_trust" not in knowledge.options
    said = part(page(replace(START, knowledge=knowledge), "facts").html, "about").texts("dd")
    assert f"The same schools may also have: {BASE.options['federation'].in_a_sentence}." in said


def test_the_law_and_the_policy_are_those_of_the_day() -> None:
    april, june = (part(page(replace(START, knowledge=BASE.on(day)), "facts").html, "part-policy") for day in (DAY, LATER))
    assert april.texts("h2") == ["Law and policy on 15 April 2016"]
    assert june.texts("h2") == ["Law and policy on 1 June 2016"]
    assert april.texts("dd") != june.texts("dd")
    subjects = ("policy", "inspection", "law")
    rules = [name for name, one in BASE.parameters.items() if one.subject in subjects and BASE.on(DAY).parameter(name)]
    assert april.texts("dt") == [squeezed(BASE.parameters[name].question) for name in rules]
    assert april.texts("summary") == [f"{len(rules)} rules that no option changes"]


def test_facts_that_nobody_checked_since_they_went_stale_are_named() -> None:
    """What counts is when somebody reads the page, not the day that the case asks about."""
    assert "stale" not in part(page(START, "facts").html, "part-policy").text
    old = BASE.attributes["land"].model_copy(update={"stale_after": DAY})
    state = replace(START, knowledge=replace(BASE, attributes={**BASE.attributes, "land": old}).on(DAY))
    said = part(page(state, "facts").html, "part-policy").text
    assert "Not checked since they went stale: land. Ask before you rely on them." in said


# Fact sheets


def test_a_fact_sheet_says_what_held_on_the_day() -> None:
    sheet = make_sheet(
        ("Who decides?", LONG_AGO, "The old rule."),
        ("Who decides?", LATER, "The new rule."),
        ("Who paid?", LONG_AGO, "The council."),
        ("Who paid?", DAY, None),
        ("And then?", LATER, "Something else."),
    )
    base = replace(BASE, fact_sheets={"one": sheet})
    april, june = (part(page(replace(START, knowledge=base.on(day)), "facts").html, "part-routes") for day in (DAY, LATER))
    assert april.texts("dt") == ["Who decides?"]
    assert april.texts("dd") == ["The old rule. memory ask the council"]
    assert june.texts("dt") == ["Who decides?", "And then?"]
    assert june.texts("dd")[0] == "The new rule. memory ask the council"


def test_a_fact_sheet_with_nothing_to_say_on_the_day_is_left_out() -> None:
    sheets = {"one": make_sheet(("Who decides?", LATER, "The new rule."), label="Later"), "two": make_sheet(("Who?", LONG_AGO, "We."))}
    reader = part(page(replace(START, knowledge=replace(BASE, fact_sheets=sheets).on(DAY)), "facts").html, "part-routes")
    assert reader.texts("summary") == ["A route"]
    nothing = replace(BASE, fact_sheets={"one": sheets["one"]}).on(DAY)
    assert "part-routes" not in page(replace(START, knowledge=nothing), "facts").html


def test_what_is_not_in_force_yet_says_so_on_a_fact_sheet() -> None:
    sheet = make_sheet(("Who decides?", LONG_AGO, "The new rule."))
    sheet = sheet.model_copy(update={"facts": (sheet.facts[0].model_copy(update={"status": "enacted"}),)})
    state = replace(START, knowledge=replace(BASE, fact_sheets={"one": sheet}).on(DAY))
    said = part(page(state, "facts").html, "part-routes").texts("dd")
    assert said == ["The new rule. memory passed, not yet in force ask the council"]


def test_the_fact_sheets_of_the_knowledge_base_are_all_there() -> None:
    reader = part(page(START, "facts").html, "part-routes")
    assert reader.texts("summary") == [one.label for one in BASE.fact_sheets.values() if one.on(DAY)]
    assert "These are facts only; nothing here is scored." in reader.text
