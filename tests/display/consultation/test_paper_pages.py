"""What is known of the numbers on paper: printed, entered, missing, and what is asked before one is taken that fits nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from partnership_model.display.consultation.paper_pages import Pile, ranges


@dataclass(frozen=True)
class Session:
    """A session as the page takes it."""

    id: str = "2"
    code: str = "KX4P7M"
    title: str = "Evening at Junior B"
    closed: object = None


PILE = Pile(frozenset(range(1, 11)), {11: Session()}, (1, 2, 57), frozenset({"http://192.168.1.20:8080"}))


def test_what_is_missing_and_what_was_never_printed_is_said() -> None:
    assert ranges(PILE.missing) == "3 to 10"
    assert PILE.unprinted == [57]
    assert PILE.next_number == 58


def test_a_number_that_was_printed_is_taken() -> None:
    assert PILE.wrong_number(3, sure=False) == {}


def test_a_number_that_was_never_printed_is_asked_about_once() -> None:
    assert "never printed for this session; printed were 1 to 10" in PILE.wrong_number(40, sure=False)["anyway"]
    assert PILE.wrong_number(40, sure=True) == {}
    assert "none was printed here yet" in Pile().wrong_number(40, sure=False)["anyway"]


def test_a_ballot_of_another_pile_is_refused_however_sure_somebody_is() -> None:
    assert "“Evening at Junior B”" in PILE.wrong_number(11, sure=True)["number"]
    assert "if it is KX4P7M" in PILE.wrong_number(11, sure=True)["number"]
    wrong = PILE.wrong_run(range(10, 13), only_here=False, closed=False, sure=True)
    assert "Begin with 58" in wrong["first"]


def test_what_is_printed_again_or_leads_nowhere_is_asked_about() -> None:
    assert PILE.wrong_run(range(58, 60), only_here=False, closed=False, sure=False) == {}
    assert "9 and 10 were printed before" in Pile(range(1, 11)).wrong_run(range(9, 13), only_here=False, closed=False, sure=False)["sure"]
    assert "on this computer alone" in PILE.wrong_run(range(58, 60), only_here=True, closed=False, sure=False)["sure"]
    assert "session is closed" in PILE.wrong_run(range(58, 60), only_here=False, closed=True, sure=False)["sure"]
    assert PILE.wrong_run(range(58, 60), only_here=True, closed=True, sure=True) == {}
