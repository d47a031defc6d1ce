"""Themes of comments: what is suggested, and what the file may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.errors import FaultsError
from partnership_model.knowledge.consultation.comment_themes import CommentTheme, read_comment_themes
from tests.making import pure

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("comment", "themes"),
    [
        ("I don't want our village school to be run from a head office.", ("who_decides", "character")),
        ("Will the teachers lose their pensions?", ("staff",)),
        ("It feels like a DONE DEAL", ("consultation",)),
        ("No way back once we have signed.", ("leaving",)),
        ("What about the children\u2019s happiness", ("pupils",)),
        ("Yes.", ()),
        ("", ()),
    ],
)
def test_themes_are_suggested_by_whole_words(comment: str, themes: tuple[str, ...]) -> None:
    assert read_comment_themes().suggested(comment) == themes


def test_a_word_inside_another_suggests_nothing() -> None:
    theme = CommentTheme(label="Getting there", about="Roads.", words=("bus", "travel*"))
    assert not theme.fits("business as usual")
    assert theme.fits("Buses? A BUS!")
    assert theme.fits("travelling")


def test_every_theme_that_ships_fits_its_own_words_and_none_stands_twice() -> None:
    themes = read_comment_themes().themes
    for theme in themes.values():
        assert all(theme.fits(f"So much {word.rstrip('*')}!") for word in theme.words)
        assert len(set(theme.words)) == len(theme.words)
    assert len({theme.label for theme in themes.values()}) == len(themes)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("themes: {}\n", "at least 1"),
        ("themes:\n  travel: {label: Travel, about: Roads., words: [Bus]}\n", "Bus"),
        ("themes:\n  travel: {label: Travel, about: Roads., words: []}\n", "words"),
        ("themes:\n  travel: {label: Travel, about: Roads., wordz: [bus]}\n", "wordz"),
    ],
)
def test_a_file_of_themes_with_a_fault_is_refused_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "comment_themes.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultsError, match=rf"comment_themes\.yaml:\d+.*{says}"):
        read_comment_themes(path)


@pure(100)
@given(st.text(max_size=2000))
def test_any_text_can_be_looked_at(comment: str) -> None:
    assert set(read_comment_themes().suggested(comment)) <= set(read_comment_themes().themes)
