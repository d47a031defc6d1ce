"""Themes that comments may be about, and the words by which one is suggested to the facilitator who codes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from partnership_model.knowledge.schema import Key, ShortText, Strict, Text, parse
from partnership_model.knowledge.shipped import shipped
from partnership_model.knowledge.yaml_file import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

Word = Annotated[str, Field(pattern=r"^[a-z][a-z' -]*\*?$", max_length=40)]


class CommentTheme(Strict):
    """One theme.

    Attributes:
        about: what belongs to it, for whoever codes.
        words: in small letters; one that ends in `*` stands for all that begin so.
    """

    label: ShortText
    about: Text
    words: tuple[Word, ...] = Field(min_length=1, max_length=60)

    def fits(self, comment: str) -> bool:
        """Say whether one of the words stands in a comment, as a whole word.

        >>> CommentTheme(label="Getting there", about="Roads and buses.", words=("bus", "travel*")).fits("Long travelling, busy roads")
        True
        >>> CommentTheme(label="Getting there", about="Roads and buses.", words=("bus",)).fits("busy roads")
        False
        """
        text = comment.casefold().replace("\u2019", "'")
        return any(re.search(_pattern(word), text) for word in self.words)


class CommentThemes(Strict):
    """What `comment_themes.yaml` holds."""

    themes: dict[Key, CommentTheme] = Field(min_length=1)

    def suggested(self, comment: str) -> tuple[str, ...]:
        """Give the themes whose words stand in a comment, in the order of the file: a person decides."""
        return tuple(key for key, theme in self.themes.items() if theme.fits(comment))


def _pattern(word: str) -> str:
    return rf"\b{re.escape(word.rstrip('*'))}" + ("" if word.endswith("*") else r"\b")


def read_comment_themes(path: Path | None = None) -> CommentThemes:
    """Read the themes that ship, or those of a file.

    Raises:
        FaultsError: everything that is wrong with it, each with file and line.
    """
    return parse(CommentThemes, read_yaml(path or shipped("data", "comment_themes.yaml")))
