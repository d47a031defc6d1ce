"""Panels whose points were added up: how much of the say each had, and what each says alone."""

from __future__ import annotations

from fractions import Fraction

from tests.table_making import only

TEXT = "Option,Cost,Say,Cost,Say\npanel,Parents,Parents,Staff,Staff\npeople,30,30,10,10\nA,90,60,10,10\nB,60,60,30,30\nC,90,30,20,20\n"


def test_the_larger_panel_decides_where_points_are_added() -> None:
    found = only(TEXT).panels
    assert found is not None
    assert [(panel.name, panel.people, panel.first) for panel in found.panels] == [("Parents", 30, (0,)), ("Staff", 10, (1,))]
    assert [panel.points for panel in found.panels] == [Fraction(39, 51), Fraction(12, 51)]
    assert [panel.spread for panel in found.panels] == [Fraction(30, 70), Fraction(40, 70)]


def test_an_equal_say_and_points_by_person_are_worked_out() -> None:
    found = only("Option,P,S\npeople,100,10\nA,500,10\nB,400,60\n").panels
    assert found is not None
    assert (found.first, found.equal_say, found.each_person) == ((0,), (1,), (1,))


def test_without_panels_or_with_blanks_nothing_is_said() -> None:
    assert only("Option,X,Y\nA,1,2\nB,2,4\n").panels is None
    assert only("Option,X,Y\npanel,P,P\nA,1,2\nB,2,4\n").panels is None
    assert only("Option,X,Y\npanel,P,S\nA,1,\nB,2,4\n").panels is None
    assert only("Option,X,Y\npanel,P,S\nA,0,1\nB,0,4\n").panels is None


def test_panels_whose_people_do_not_agree_have_no_size() -> None:
    found = only("Option,X,Y,Z\npanel,P,P,S\npeople,3,4,5\nA,1,2,3\nB,2,4,1\n").panels
    assert found is not None
    assert [panel.people for panel in found.panels] == [None, 5]
    assert found.each_person is None
