"""Comments in people's own words: by theme, each once, escaped, and on the wall a few at a time."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from partnership_model.display.blocks import Bullets, html
from partnership_model.display.consultation.own_words import MOST_AT_ONCE, MOST_QUOTED, ROOM, by_theme, few_at_a_time, quoted, said_html
from partnership_model.knowledge.consultation.comment_themes import read_comment_themes
from partnership_model.knowledge.consultation.record import Quotation

LABELS = {key: one.label for key, one in read_comment_themes().themes.items()}
FIRST, SECOND = list(LABELS)[:2]


def of(says: str, *themes: str) -> Quotation:
    return Quotation(themes=themes, says=says)


def test_comments_stand_under_their_first_theme_in_the_order_of_the_themes_and_each_text_once() -> None:
    these = [of("No theme"), of("Both", SECOND, FIRST), of("One", FIRST), of("One  ", FIRST)]
    assert by_theme(these, LABELS) == [(LABELS[FIRST], ("One",)), (LABELS[SECOND], ("Both",)), ("Other things", ("No theme",))]


def test_the_same_words_stand_once_under_the_first_theme_that_any_of_them_has_and_that_is_said() -> None:
    these = [of("Twice"), of("Twice", SECOND), of("Twice", FIRST), of("Once")]
    assert by_theme(these, LABELS) == [(LABELS[FIRST], ("Twice",)), ("Other things", ("Once",))]
    assert "the same words of several people stand once" in html(quoted(these, LABELS))


def test_a_report_quotes_them_by_theme_names_nobody_and_escapes_what_they_wrote() -> None:
    page = html(quoted([of("<script>alert(1)</script> & more", FIRST)], LABELS))
    assert "“&lt;script&gt;alert(1)&lt;/script&gt; &amp; more”" in page
    assert LABELS[FIRST] in page
    assert "Neither a name nor a group stands beside it" in page
    assert quoted([], LABELS) == []


def test_a_report_quotes_so_many_and_says_where_the_others_are() -> None:
    blocks = quoted([of(f"Comment {at}", FIRST if at % 2 else SECOND) for at in range(MOST_QUOTED + 7)], LABELS)
    assert sum(len(one.items) for one in blocks if isinstance(one, Bullets)) == MOST_QUOTED
    assert "7 more stand in the record of the consultation." in html(blocks)


@given(
    st.lists(st.builds(of, st.text(min_size=1, max_size=2000).filter(str.strip), st.sampled_from([FIRST, SECOND, "unknown"])), max_size=12)
)
def test_every_comment_comes_on_the_wall_once_and_never_more_than_can_be_read_at_once(these: list[Quotation]) -> None:
    few = few_at_a_time(these)
    assert sorted(one for part in few for one in part.said) == sorted(one for _, said in by_theme(these, LABELS) for one in said)
    for part in few:
        assert len(part.said) <= MOST_AT_ONCE
        assert len(part.said) == 1 or sum(map(len, part.said)) <= ROOM


def test_the_wall_goes_round_and_escapes_what_they_wrote() -> None:
    few = few_at_a_time([of("<b>Loud</b>", FIRST), of("x" * 900, SECOND)])
    assert "&lt;b&gt;Loud&lt;/b&gt;" in said_html(few, 2)
    assert "Part 2 of 2" in said_html(few, 1)
    assert [one.size for one in few] == ["large", "small"]
    assert "No comment is approved" in said_html([], 0)
    assert not re.search("blockquote", said_html([], 0))
