"""What comments are about: how many of each group's comments a facilitator put under each theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.small_counts import FEWEST_SHOWN, rest_of, safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEAST_GROUPS = 2  # that a comment may be of: of one alone, the count would put that group beside every comment on its theme


@dataclass(frozen=True)
class CodedComment:
    """A comment that was read, without its words: who said it, and what it is about."""

    group: str
    themes: tuple[str, ...]


@dataclass(frozen=True)
class ThemeCount:
    """How many comments are about one theme.

    Attributes:
        theme: its key, as the facilitator coded it.
        comments: how many; None for fewer than five.
        by_group: how many of each group's; nothing where one of the numbers, or what is left of all, is too small to be shown, or
            where it would say which group a comment is of.
    """

    theme: str
    comments: int | None
    by_group: dict[str, int]


def theme_counts(comments: Sequence[CodedComment], groups: Sequence[str], themes: Sequence[str]) -> tuple[ThemeCount, ...]:
    """Count comments by theme, the commonest first; a comment on two themes counts under both.

    Args:
        comments: all that were coded.
        groups: those that are shown; comments of others count in the whole alone.
        themes: in the order in which equally common ones stand; what nobody spoke of is left out.
    """
    about = {theme: [one.group for one in comments if theme in one.themes] for theme in themes}
    apart = {theme: parts for theme, said in about.items() if (parts := _by_group(said, groups))}
    counted = [one for one in comments if not apart.keys().isdisjoint(one.themes)]
    telling = {theme for one in counted if len(_may_be_of(one, apart)) < LEAST_GROUPS for theme in one.themes}
    found = [
        (len(said), ThemeCount(theme, len(said) if len(said) >= FEWEST_SHOWN else None, {} if theme in telling else apart.get(theme, {})))
        for theme, said in about.items()
        if said
    ]
    # Those that are too few to be counted aloud keep the order of the themes, which says nothing of how few.
    return tuple(one for _, one in sorted(found, key=lambda pair: -pair[0] if pair[0] >= FEWEST_SHOWN else 0))


def _by_group(said: Sequence[str], groups: Sequence[str]) -> dict[str, int]:
    """Count a theme's comments by group; nothing where a count is too small, or where all groups but one said nothing of it."""
    parts = {name: said.count(name) for name in groups}
    rest = rest_of({"": len(said)}, [{"": count} for count in parts.values()])
    several = sum(count > 0 for count in parts.values()) >= LEAST_GROUPS
    return parts if several and safe(parts) and safe(rest) else {}


def _may_be_of(comment: CodedComment, apart: Mapping[str, Mapping[str, int]]) -> set[str]:
    """Give the groups that a comment may be of, for whoever reads under which themes it stands and the counts of these."""
    said = [{name for name, count in apart[theme].items() if count} for theme in comment.themes if theme in apart]
    return set.intersection(*said)
