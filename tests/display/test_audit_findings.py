"""What an audit says: each finding in one or two sentences, with its grade and its cells."""

from __future__ import annotations

import pytest

from partnership_model.display.audit_findings import assumed, findings
from partnership_model.display.audit_words import Finding, headline
from tests.table_making import audited

EXAMPLE = (
    "Option,Cost,Teaching,Local say,Way out,Total,Rank\nweight,30,40,20,10,100,\nStay,7,4,8,9,6.2,3\nJoin,5,7,4,2,5.3,5\n"
    "Federate,6,7,6,6,6.4,2\nTrust,6,5,,5,4.3,6\nNew,6,6,6,3,6.7,1\nUmbrella,6,5,8,5,5.9,3\n"
)


def said(text: str, kind: str) -> list[Finding]:
    return [one for one in findings(audited(text)) if one.kind == kind]


def one(text: str, kind: str) -> Finding:
    (found,) = said(text, kind)
    return found


def test_the_headline_says_whether_sums_are_right_and_whether_that_decides() -> None:
    assert headline(audited(EXAMPLE)) == "1 of 6 totals does not add up, and put right it changes who comes first."
    assert headline(audited("Option,X,Total\nA,1,1\nB,2,2\n")) == "All 2 totals add up."
    assert headline(audited("Option,X,Total,Rank\nA,1,1,1\nB,2,2,1\nC,3,3,1\n")) == "All 3 totals add up, but 2 ranks are wrong."
    assert headline(audited("Option,X,Total\nA,1,11\nB,2,2\n")) == "No rule that we know reproduces the stated totals."
    assert headline(audited("Option,X,Rank\nA,1,1\nB,2,2\n")) == (
        'The table states no totals; by a plain sum "B" comes first. 2 stated ranks cannot be right.'
    )


def test_the_headline_of_several_sets_of_weights_counts_them_all() -> None:
    text = "Option,X,Y,total: P,total: Q\nweight: P,1,0,,\nweight: Q,0,1,,\nA,3,4,3,4\nB,1,2,{b},2\nC,5,5,5,5\n"
    assert headline(audited(text.format(b=1))) == "All totals of the 2 sets of weights add up."
    assert headline(audited(text.format(b=9))) == "1 total of 2 sets of weights does not add up."


def test_a_wrong_total_is_said_with_its_cell_the_right_one_and_the_difference() -> None:
    found = one(EXAMPLE, "adding_error")
    assert (found.grade, found.cells, found.options) == ("wrong", ("F7",), ("New",))
    assert found.says == 'The total of "New" is given as 6.7; the rule gives 5.7: 1 too high.'


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("7,4,2,11", 'It would be right if "Y" (C3) had been left out, or if "Z" (D3) had been left out.'),
        ("7,4,2,22", 'It would be right if "X" (B3) had been counted twice.'),
        ("7,4,2,51", "It would be right if two neighbouring figures of the total were swapped."),
    ],
)
def test_what_would_explain_it_is_said(row: str, says: str) -> None:
    text = f"Option,X,Y,Z,Total\nweight,1,1,2,\nA,{row}\nB,5,5,1,12\nC,6,6,3,18\nD,8,6,4,22\n"
    assert one(text, "adding_error").says.endswith(says)


def test_the_cell_that_one_digit_would_mend_is_said() -> None:
    text = "Option,X,Y,Total\nA,0.250,0.900,1.250\nB,0.111,0.120,0.231\nC,0.500,0.105,0.605\nD,0.355,0.505,0.860\n"
    assert one(text, "adding_error").says.endswith('It would be right if B2 ("X") were 0.35 instead of 0.250.')


def test_the_rule_is_said_in_plain_words() -> None:
    assert one(EXAMPLE, "rule").says == (
        "The rule that gives 5 of 6 totals: each score times its weight, divided by the sum of the weights; blanks counted as 0. "
        "A weighted sum, weights in percent gives the same here."
    )
    assert one("Option,X\nA,1\nB,2\n", "rule").says == "No totals are stated. What follows takes the scores added up, without weights."


def test_an_unknown_rule_is_said_with_what_was_tried_and_how_far_off_it_is() -> None:
    found = one("Option,X,Total\nA,1,11\nB,2,2\n", "rule_unknown")
    assert (found.grade, found.cells) == ("wrong", ("C2",))
    assert "Tried: plain sum and plain mean; none gives more than half" in found.says
    assert 'off by up to 10 ("A")' in found.says


def test_totals_that_only_rounding_explains_are_named() -> None:
    text = "Option,X,Y,Total\nweight,0.5,0.5,\nA,0.76,0.58,0.674\nB,0.1,0.2,0.150\nC,0.3,0.4,0.350\n"
    assert (
        "Right only if scores or weights were rounded when they were printed: D3 (0.674; from the printed figures 0.67)."
        in one(text, "rule").says
    )


def test_weights_that_do_not_add_up_or_are_not_used_are_said() -> None:
    assert (
        one("Option,X,Y,Total\nweight,30,65,100\nA,1,2,\nB,2,1,\n", "weights_sum").says
        == "The weights add up to 95, not to the stated 100."
    )
    assert said("Option,X,Y,Total\nweight,3,1,\nA,7,4,11\nB,5,9,14\n", "weights_unused")
    assert not said("Option,X,Y,Total\nweight,1,1,\nA,7,4,11\nB,5,9,14\n", "weights_unused")


def test_costs_that_are_added_as_if_more_were_better_are_said() -> None:
    text = "Option,X,Price,Total\ndirection,,lower,\nA,7,4,{a}\nB,5,9,{b}\nC,1,1,{c}\n"
    assert one(text.format(a=11, b=14, c=2), "added_the_wrong_way").criteria == ("Price",)
    assert not said(text.format(a=3, b=-4, c=0), "added_the_wrong_way")
    assert "taken away" in one(text.format(a=3, b=-4, c=0), "rule").says


def test_wrong_ranks_and_changed_places_are_said() -> None:
    found = one(EXAMPLE, "wrong_rank")
    assert (found.cells, found.says) == (("G8",), '"Umbrella" is ranked 3; by the stated totals it comes at 4.')
    assert one(EXAMPLE, "other_first_place").says == 'With right sums "Federate" comes first, not "New".'
    text = "Option,X,Y,Total\nA,9,4,13\nB,5,5,10\nC,6,3,11\nD,1,2,3\n"
    assert one(text, "other_places").says == 'With right sums places change: "B" from 3 to 2 and "C" from 2 to 3.' or not said(
        text, "adding_error"
    )


def test_a_tie_is_called_a_tie_and_ranks_that_hide_one_are_said() -> None:
    level = "Option,X,Y,Total,Rank\nA,20,3,23/30,1\nB,15,8,23/30,1\nC,10,9,19/30,3\n"
    assert one(level, "level_first").says == '"A" and "B" are level in first place: the table cannot tell them apart.'
    assert not said(level, "ranked_apart")
    apart = one(level.replace("23/30,1\nC", "23/30,2\nC"), "ranked_apart")
    assert (apart.grade, apart.cells) == ("misleading", ("E2", "E3"))
    assert apart.says == '"A" and "B" print the same total, 23/30, and are ranked apart: a reader cannot see why.'


def test_a_false_tie_and_a_false_difference_are_said() -> None:
    tie = one("Option,X,Y,Total\nweight,1,1,\nA,5.9,6.0,6.0\nB,6,6,6.0\nC,2,3,2.5\n", "false_tie")
    assert tie.says == '"A" and "B" both print as 6.0; behind that stand 5.95 and 6, a difference of 0.05.'
    assert tie.cells == ("D3", "D4")
    apart = one("Option,X,Y,Total\nweight,1,1,\nA,6.00,6.01,6.00\nB,6.02,5.99,6.01\nC,2,3,2.50\n", "false_difference")
    assert apart.says == '"A" and "B" print as 6.00 and 6.01, and are level: the rule gives 6.005 for both.'


def test_a_wrong_total_makes_no_false_tie_as_well() -> None:
    text = "Option,X,Y,Total\nA,4,4,8\nB,5,3,9\nC,1,2,3\nD,2,2,4\n"
    assert said(text, "adding_error")
    assert not said(text, "false_difference")


def test_digits_that_say_too_much_and_a_lead_of_one_step_are_said() -> None:
    assert 'by 0.3 at least ("X")' in one("Option,X,Y,Total\nweight,30,70,\nA,7,4,4.90\nB,5,9,7.80\nC,6,2,3.20\n", "false_precision").says
    (first, *_) = said(EXAMPLE, "within_one_step")
    assert first.grade == "misleading"
    assert first.says.endswith('(on "Cost", "Teaching" and "Local say"). So who comes first hangs on one step of one score.')


def test_blanks_are_said_with_what_they_could_do() -> None:
    assert (
        one(EXAMPLE, "blank_as_zero").says == "1 score is blank, and counted as 0, as if 0 had been scored: not to know is not to score 0."
    )
    assert (
        one("Option,X,Y,Total\nweight,1,1,\nA,7,,7\nB,5,9,7\nC,6,2,4\n", "blank").says
        == "1 score is blank; taken here as left out, with their weights."
    )
    led = one("Option,X,Y,Total\nweight,1,1,\nA,7,,3.5\nB,5,9,7\nC,6,2,4\n", "blank_range")
    assert (led.grade, led.says.endswith("lies from 4.5 to 8. At its best it would come first.")) == ("misleading", True)
    fell = one("Option,X,Y,Total\nweight,1,1,\nA,9,,9\nB,5,9,7\nC,6,2,4\n", "blank_range")
    assert fell.says.endswith("At its worst it would no longer come first.")


def test_panels_are_said_with_their_share_and_what_each_would_choose() -> None:
    text = "Option,P,S\npeople,100,10\nA,500,10\nB,400,60\n"
    assert one(text, "panel_weights").says == (
        'Points of 2 panels are added up, so their sizes weigh. Of all points: "P" (100 people) 93 of 100 and "S" (10 people) 7 of 100; '
        'of the differences between options: "P" 67 and "S" 33. No stated weight says so.'
    )
    views = one(text, "panel_views")
    assert views.grade == "misleading"
    assert views.says == (
        'First by one panel alone: "A" (P) and "B" (S). If every panel had an equal say, "B" would come first. '
        'With points divided by people it would be "B".'
    )


def test_criteria_that_cannot_matter_or_say_the_same_are_said() -> None:
    assert (
        one("Option,X,Y\nA,5,7\nB,5,3\n", "criterion_all_equal").says == 'All options score the same on "X": that does not help to choose.'
    )
    assert one("Option,X,Y\nA,90,3\nB,50,1\nC,10,2\n", "criterion_too_small").cells == ("column C",)
    text = "Option,X,Y,Z\nweight,1,2,1\nA,1,2,5\nB,2,4,4\nC,3,6,1\nD,4,8,3\n"
    assert one(text, "double_counting").says == (
        '"X" and "Y" rise and fall together over the options (correlation 1.00): they may count the same thing twice. With 4 options that '
        'is weak evidence. Together they carry 75 of 100 of the weight. Without "Y" the same option comes first.'
    )


def test_what_holds_whatever_the_weights_is_said_and_no_share_is_a_chance() -> None:
    assert [found.options for found in said(EXAMPLE, "dominated")] == [("Join", "Federate"), ("New", "Federate")]
    assert said("Option,X,Y\nA,10,0\nB,0,10\nC,4,4\n", "never_first")[0].says.startswith('No weights put "C" first')
    found = one("Option,X,Y\nA,5,2\nB,1,3\nC,0,0\n", "first_places").says
    assert found == (
        'Of 100 possible weightings of the 2 criteria, first place goes to: "A" 80, "B" 20; 1 option never. Scores are weighed as they '
        "stand, on one scale. These are ways of weighing, not chances of success, and no vote."
    )


def test_what_was_assumed_is_said() -> None:
    assert assumed(audited("Option,X,Y\nA,5,2\nB,1,3\n"))[-1].startswith("More was taken to be better")
    assert assumed(audited("Option,X,Y\ndirection,lower,\nA,5,2\nB,1,3\n")) == ()
    turned = audited("Firm,P,Q,R,Total,Rank\nA,1,2,1,4,1\nB,2,1,3,6,2\nC,3,3,2,8,3\n")
    assert assumed(turned)[-1].startswith("The ranks put the lowest total first")


def test_sets_of_weights_that_put_different_options_first_are_said() -> None:
    text = "Option,X,Y,total: P,total: Q\nweight: P,1,0,,\nweight: Q,0,1,,\nA,3,1,3,1\nB,1,{y},1,{y}\n"
    assert one(text.format(y=2), "sets_disagree").says == (
        'The sets of weights disagree: "P" puts "A" first and "Q" puts "B" first. A mean of them would hide that.'
    )
    assert not said(text.format(y=0), "sets_disagree")


def test_findings_of_several_sets_of_weights_name_theirs() -> None:
    text = "Option,X,Y,total: P,total: Q\nweight: P,1,0,,\nweight: Q,0,1,,\nA,3,4,3,4\nB,1,2,1,2\n"
    assert [found.scheme for found in said(text, "rule")] == ["P", "Q"]
