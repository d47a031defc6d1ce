"""Whether other methods agree, as the annex shows it."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.other_methods import Reversal, TurnedPair
from partnership_model.display import other_methods_parts, other_methods_words
from partnership_model.display.blocks import Block, Bullets, Figure, Heading, Paragraph, Table
from tests.display.section_reading import EACH, NOT_RANKED, table, text_of
from tests.display.test_blocks import HOSTILE
from tests.display.test_notebook import blocks_of, ember
from tests.making import make_problem

if TYPE_CHECKING:
    from partnership_model.analysis.other_methods import OtherMethods
    from partnership_model.display.notebook import AppraisalRun

EXAMPLE = {"stay": [60, 40], "federation": [52, 50], "new_mat": [0, 60]}
LEFT_OUT = "A check by other methods: not made."


def example(table: Any = None, weights: Any = (60, 40)) -> Appraisal:  # noqa: ANN401 - what make_problem takes
    """Appraise the example of the documents, or another."""
    return appraise(make_problem(table or EXAMPLE, weights), 1)


def said(appraisal: Appraisal, **changes: Any) -> list[str]:  # noqa: ANN401 - fields
    """Give the sentences, with some of what was found changed."""
    found = appraisal.other_methods
    assert found is not None
    return other_methods_words.findings(appraisal, replace(found, **changes))


def of(appraisal: Appraisal) -> OtherMethods:
    """Give what the other methods say."""
    assert appraisal.other_methods is not None
    return appraisal.other_methods


def annex_part(run: AppraisalRun) -> list[Block]:
    """Give the blocks of the annex from the heading of this part to the next."""
    blocks = blocks_of(run, "annex")
    start = blocks.index(Heading(other_methods_parts.HEADING, 3))
    end = next(place for place in range(start + 1, len(blocks)) if isinstance(blocks[place], Heading))
    return blocks[start:end]


# In the annex


def test_the_annex_shows_the_part_after_the_method(runs: dict[str, AppraisalRun]) -> None:
    blocks = blocks_of(runs["ranked"], "annex")
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert "Method" in headings[: headings.index("Do other methods agree?")]
    assert "What this appraisal does not give" in headings[headings.index("Do other methods agree?") :]
    assert annex_part(runs["ranked"]) == other_methods_parts.part(runs["ranked"].appraisal)


@NOT_RANKED
def test_the_annex_shows_nothing_of_it_while_nothing_is_put_in_order(runs: dict[str, AppraisalRun], state: str) -> None:
    assert other_methods_parts.part(runs[state].appraisal) == []
    assert other_methods_parts.data(runs[state].appraisal) == {}
    assert "other methods agree" not in text_of(blocks_of(runs[state], "annex"))


@EACH
def test_a_check_that_was_made_or_cannot_be_made_yet_is_not_called_missing(runs: dict[str, AppraisalRun], state: str) -> None:
    """Where the package is not there it is: see below."""
    assert LEFT_OUT not in text_of(blocks_of(runs[state], "annex"))


def test_with_one_option_left_there_is_nothing_to_say() -> None:
    assert other_methods_parts.part(example({"stay": [60, 40]})) == []


def test_without_the_package_the_annex_says_so_and_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymcdm", None)
    run = ember()
    assert annex_part(run) == [Heading("Do other methods agree?", 3), Paragraph(other_methods_words.NOT_INSTALLED, "missing")]
    assert "pymcdm" in other_methods_words.NOT_INSTALLED
    assert "methods" in other_methods_words.NOT_INSTALLED
    assert LEFT_OUT in text_of(blocks_of(run, "annex"))
    assert other_methods_parts.data(run.appraisal) == {}


def test_the_part_has_findings_a_chart_with_its_table_and_ends_with_what_it_is_not() -> None:
    kinds = [type(block) for block in other_methods_parts.part(example())]
    assert kinds == [Heading, Bullets, Figure, Table, Table, Table, Paragraph]
    last = other_methods_parts.part(example())[-1]
    assert isinstance(last, Paragraph)
    assert last.style == "note"
    for name in ("Hwang and Yoon 1981", "Opricovic and Tzeng 2004", "v = 0.5", "Brans and Vincke 1985", "Bridgman 1922", "pymcdm"):
        assert name in last.text


def test_no_table_of_pairs_where_no_method_turns_one_round() -> None:
    captions = [
        block.caption for block in other_methods_parts.part(example({"stay": [90, 90], "federation": [40, 40]})) if isinstance(block, Table)
    ]
    assert captions == [other_methods_parts.PLACES, other_methods_parts.REVERSALS]


# Tables and chart


def test_places_are_whole_and_shared_ones_say_so() -> None:
    rows = table(other_methods_parts.part(example({"stay": [60, 40], "federation": [60, 40], "new_mat": [0, 60]})), "Place of each").rows
    assert rows == (("Stay", *["1="] * 5), ("Federation", *["1="] * 5), ("New mat", *["3"] * 5))


def test_the_table_of_places_is_that_of_the_documents() -> None:
    shown = table(other_methods_parts.part(example()), "Place of each")
    assert shown.columns == ("Option", "Here", "TOPSIS", "VIKOR", "PROMETHEE II", "Weighted product")
    assert shown.rows == (("Stay", "1", "2", "2", "1", "2"), ("Federation", "2", "1", "1", "2", "1"), ("New mat", *["3"] * 5))


def test_the_chart_has_a_mark_for_each_place_of_the_table(runs: dict[str, AppraisalRun]) -> None:
    appraisal = runs["ranked"].appraisal
    blocks = other_methods_parts.part(appraisal)
    figure = next(block for block in blocks if isinstance(block, Figure))
    shown = table(blocks, "Place of each")
    marks = {(row["line"], row["column"]): row["said"] for row in figure.spec["data"]["values"]}
    assert marks == {(line, column): place for line, row in enumerate(shown.rows) for column, place in enumerate(row[1:])}
    heads = {row["column"]: row["head"] for row in figure.spec["data"]["values"]}
    assert tuple(heads.values()) == shown.columns[1:]
    for column in heads:
        slots = sorted(row["row"] for row in figure.spec["data"]["values"] if row["column"] == column)
        assert slots == list(range(len(shown.rows)))
    for row in figure.spec["data"]["values"]:
        assert row["first"] == row["said"].startswith("1")
    for row in shown.rows:
        assert str(row[0]) in figure.alternative


def test_rows_of_the_chart_are_named_in_the_order_here(runs: dict[str, AppraisalRun]) -> None:
    blocks = other_methods_parts.part(runs["ranked"].appraisal)
    spec = next(block for block in blocks if isinstance(block, Figure)).spec
    said_of_all = spec["params"][0]["value"]
    names = [name.replace("\n", " ") for name in said_of_all.strip("\x1f").split("\x1f")]
    assert names == [str(row[0]) for row in table(blocks, "Place of each").rows]


def test_the_table_of_pairs_names_the_cause_of_each() -> None:
    rows = table(other_methods_parts.part(example()), "Pairs of options").rows
    assert [(row[0], row[1], row[2]) for row in rows] == [(name, "Stay", "Federation") for name in ("TOPSIS", "VIKOR", "Weighted product")]
    causes = other_methods_words.CAUSES
    assert [row[3] for row in rows] == [causes["both"], causes["normalisation"], causes["rule"]]


def test_the_table_of_reversals_counts_options() -> None:
    rows = table(other_methods_parts.part(example()), "How many options").rows
    assert rows[0] == ("Adding up values, 0 and 100 fixed (here)", "0 of 3", "0 of 3")
    assert rows[1] == ("Adding up values scaled from the worst to the best at hand", "1 of 3", "0 of 3")
    assert len(rows) == 7


@pytest.mark.parametrize("text", HOSTILE[:4])
def test_odd_names_are_text_and_nothing_else(text: str) -> None:
    problem = make_problem(EXAMPLE, (60, 40))
    options = tuple(replace(one, label=f"{text}{one.key}", in_a_sentence=text) for one in problem.options)
    blocks = other_methods_parts.part(appraise(replace(problem, options=options), 1))
    figure = next(block for block in blocks if isinstance(block, Figure))
    assert len(re.findall(r"<text", figure.svg())) >= 15
    assert "<script>" not in figure.svg()


# Sentences


def test_the_sentences_of_the_example() -> None:
    assert said(example()) == [
        "1 of 4 other methods puts first what comes first here: PROMETHEE II.",
        "TOPSIS, VIKOR and the weighted product put federation first.",
        (
            "TOPSIS puts 1 of the 3 pairs that stand in an order here the other way round; that comes from its normalisation and its own "
            "rule together, neither enough alone."
        ),
        (
            "VIKOR puts 1 of the 3 pairs that stand in an order here the other way round; that comes from its normalisation, which is "
            "scaling to the options at hand."
        ),
        "The weighted product puts 1 of the 3 pairs that stand in an order here the other way round; that comes from its own rule.",
        "PROMETHEE II puts no pair the other way round.",
        *[one for one in said(example()) if one.startswith("That pair cannot")],
        "By its own rule VIKOR leaves open which is first: stay and federation.",
        "New mat has 0 on a criterion that carries weight: its weighted product is nought, which is last, whatever else speaks for it.",
        "Here no two options change places because another one goes, or because one is on the list twice.",
        (
            "With adding up values scaled from the worst to the best at hand, 1 of the 3 options makes two others change places by going. "
            "Without new mat, for example, stay goes ahead of federation."
        ),
        (
            "With adding up values scaled to a sum of one, 1 of the 3 options makes two others change places by going. "
            "Without new mat, for example, federation goes ahead of stay."
        ),
        (
            "With TOPSIS, 1 of the 3 options makes two others change places by being on the list twice. "
            "With new mat on the list twice, for example, stay goes ahead of federation."
        ),
        (
            "With VIKOR, 1 of the 3 options makes two others change places by going. "
            "Without new mat, for example, stay goes ahead of federation."
        ),
        "With PROMETHEE II and the weighted product, none does that.",
    ]


def test_titles_count_the_methods() -> None:
    assert other_methods_words.title(of(example())) == "1 of 4 other methods puts first what comes first here"
    agree = example({"stay": [90, 90], "federation": [40, 40]})
    assert other_methods_words.title(of(agree)) == "All 4 other methods put first what comes first here"
    assert said(agree)[:2] == [
        "All 4 other methods put first what comes first here.",
        "TOPSIS, VIKOR, PROMETHEE II and the weighted product put no pair the other way round.",
    ]
    none = replace(of(agree), methods=tuple(replace(one, same_first=False) for one in of(agree).methods))
    assert other_methods_words.title(none) == "None of 4 other methods puts first what comes first here"


def test_a_tie_here_is_called_a_tie() -> None:
    tied = example({"stay": [60, 40], "federation": [60, 40], "new_mat": [0, 60]})
    assert said(tied)[0] == "All 4 other methods put first what comes first here (stay and federation tie for it)."


def test_a_shared_first_place_there_is_said() -> None:
    shared = example({"stay": [70, 30], "federation": [29, 69]}, (50, 50))
    assert "VIKOR and PROMETHEE II put stay and federation first together." in said(shared)


def test_several_causes_are_counted() -> None:
    appraisal = example()
    turned = (
        TurnedPair("stay", "federation", "rule"),
        TurnedPair("stay", "new_mat", "rule"),
        TurnedPair("federation", "new_mat", "normalisation"),
    )
    one, *rest = of(appraisal).methods
    sentences = said(appraisal, methods=(replace(one, turned=turned), *rest))
    assert (
        "TOPSIS puts 3 of the 3 pairs that stand in an order here the other way round; 2 come from its own rule and 1 comes from its "
        "normalisation, which is scaling to the options at hand."
    ) in sentences
    sentences = said(appraisal, methods=(replace(one, turned=turned[:2]), *rest))
    assert any(one.endswith("the other way round; all 2 come from its own rule.") for one in sentences)


def test_pairs_that_cannot_be_separated_here_either_are_counted(runs: dict[str, AppraisalRun]) -> None:
    appraisal = runs["ranked"].appraisal
    turned = {frozenset((pair.ahead_here, pair.ahead_there)) for one in of(appraisal).methods for pair in one.turned}
    open_here = turned & {frozenset(pair) for pair in appraisal.cannot_separate}
    assert len(turned) == len(open_here) == 3
    assert "All 3 pairs that any method turns round cannot be separated here either, by what we know." in said(appraisal)
    some = replace(appraisal, cannot_separate=tuple(tuple(pair) for pair in list(open_here)[:2]))
    assert any(one.startswith("2 of 3 pairs that any method") for one in other_methods_words.findings(some, of(appraisal)))
    without = replace(appraisal, cannot_separate=())
    assert not any("cannot be separated" in one for one in other_methods_words.findings(without, of(appraisal)))


def test_noughts_and_level_criteria_are_named() -> None:
    appraisal = example({"stay": [60, 0, 50], "federation": [0, 50, 50]}, (40, 40, 20))
    sentences = said(appraisal)
    assert (
        "Stay and federation have 0 on a criterion that carries weight: their weighted product is nought, which is last together, "
        "whatever else speaks for them."
    ) in sentences
    assert (
        "All options have the same value on a criterion. It is left out where a method would divide by nought; no order hangs on it."
        in sentences
    )


def test_going_and_a_second_copy_share_a_sentence() -> None:
    appraisal = example()
    here = Reversal("additive", {}, {})
    both = Reversal("topsis", {"stay": ("federation", "new_mat"), "new_mat": ("stay", "federation")}, {"stay": ("federation", "new_mat")})
    steady = Reversal("vikor", {}, {})
    assert said(appraisal, reversals=(here, both, steady))[-3:] == [
        "Here no two options change places because another one goes, or because one is on the list twice.",
        (
            "With TOPSIS, 2 of the 3 options make two others change places by going, and 1 by being on the list twice. "
            "Without stay, for example, new mat goes ahead of federation."
        ),
        "With VIKOR, none does that.",
    ]
    assert said(appraisal, reversals=(here, steady))[-1].startswith("Here no two options")
    assert not any(one.startswith("Here no two") for one in said(appraisal, reversals=(both, steady)))


def test_nothing_says_that_a_method_is_right_or_a_chance(runs: dict[str, AppraisalRun]) -> None:
    text = text_of(other_methods_parts.part(runs["ranked"].appraisal))
    assert not re.search(r"\b(chance|probab|likely to|confirm|prove|robust|significant)", text)
    assert not re.search(r"\d\.\d", text.replace("v = 0.5", ""))


# As data


def test_the_data_have_the_numbers_of_the_tables() -> None:
    found = other_methods_parts.data(example())
    assert [one["method"] for one in found["methods"]] == ["topsis", "vikor", "promethee_ii", "weighted_product"]
    assert found["methods"][1] == {
        "method": "vikor",
        "scores": {"stay": -0.4375, "federation": 0.0, "new_mat": -1.0},
        "order": [["federation"], ["stay"], ["new_mat"]],
        "same_first": False,
        "pairs_compared": 3,
        "turned": [{"ahead_here": "stay", "ahead_there": "federation", "cause": "normalisation"}],
        "unseparated": ["stay", "federation"],
    }
    assert found["reversals"][1] == {"method": "additive_by_range", "removed": {"new_mat": ["federation", "stay"]}, "copied": {}}
    assert (found["level_criteria"], found["naught_options"]) == ([], ["new_mat"])
