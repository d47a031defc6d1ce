"""What a facilitator sees of comments before anybody else does, and what becomes of a decision that was refused."""

from __future__ import annotations

from dataclasses import dataclass

from partnership_model.display.consultation.comments_page import Refused, comments_page
from partnership_model.knowledge.consultation.comment_themes import read_comment_themes
from tests.consultation_making import questions


@dataclass(frozen=True)
class Comment:
    """A comment as the page takes it."""

    id: str
    group: str
    written: str
    state: str = "waiting"
    shown: str = ""
    reason: str = ""
    themes: tuple[str, ...] = ()


FOUND = (Comment("1", "Staff", "The bus is late"), Comment("2", "Parents", "Ask Mrs Oak"))


def written(*, refused: Refused | None = None, closed: bool = False, named: frozenset[str] = frozenset({"Parents"})) -> str:
    return comments_page(questions(), FOUND, named=named, closed=closed, xsrf="x", refused=refused)


def test_a_group_stands_beside_a_comment_only_where_it_may() -> None:
    page = written()
    assert "Waits for you: Parents" in page
    assert "Waits for you: Staff" not in page
    assert "Waits for you: " not in written(named=frozenset())


def test_a_refused_decision_keeps_what_was_typed_and_leads_to_the_field() -> None:
    page = written(refused=Refused("2", "reason", "Say why", "Ask the head", "", ("the_head",)))
    assert '<a href="#reason-2">Say why</a>' in page
    assert '<input id="reason-2" name="reason" value="" maxlength="500" aria-invalid="true" aria-describedby="error-reason">' in page
    assert ">Ask the head</textarea>" in page
    assert page.count("<details open>") == 1
    assert page.count(">The bus is late</textarea>") == 1
    assert "<title>Error: " in page


def test_an_edit_of_a_comment_that_is_gone_is_still_on_the_page() -> None:
    page = written(refused=Refused("9", "", "It was taken back", "My edit", "", ()))
    assert "What you had typed" in page
    assert "My edit" in page


def test_what_is_suggested_is_ticked_and_a_theme_that_was_unticked_stays_so() -> None:
    ticked = '<input type="checkbox" name="theme" value="travel" checked>'
    assert written().count(ticked) == 1
    assert "(suggested: Getting there and admissions; ticked, so untick what does not fit)" in written()
    assert ticked not in written(refused=Refused("1", "reason", "Say why", "The bus is late", "", ()))
    assert ticked not in written(closed=True)


def test_a_name_is_shown_only_to_whoever_ticks_that_it_is_meant() -> None:
    assert 'name="sure"' not in written()
    page = written(refused=Refused("2", "sure", "It looks like a name", "Ask Mrs Oak", "", ()))
    assert '<a href="#sure-2">It looks like a name</a>' in page
    assert '<input type="checkbox" id="sure-2" name="sure" value="yes" aria-invalid="true" aria-describedby="error-sure">' in page


def test_elected_places_are_no_places_at_a_school() -> None:
    themes = read_comment_themes()
    assert themes.suggested("Parents need elected places.") == ("who_decides",)
    assert themes.suggested("There are too few school places.") == ("travel",)


def test_after_the_closing_there_is_nothing_to_decide() -> None:
    assert "<form" in written()
    page = written(closed=True)
    assert "<form" not in page
    assert "nothing is decided on a comment any more" in page
    assert "<h1>Nobody decided on 2 comments</h1>" in page
    assert "for you" not in page
