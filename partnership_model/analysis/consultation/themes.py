"""What comments are about: how many of each group's comments a facilitator put under each theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.small_counts import FEWEST_SHOWN, rest_of, safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


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
        by_group: how many of each group's; nothing where one of the numbers, or what is left of all, is too small to be shown.
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
    found = []
    for theme in themes:
        about = [one.group for one in comments if theme in one.themes]
        if about:
            found.append((len(about), _shown(theme, about, groups)))
    # Those that are too few to be counted aloud keep the order of the themes, which says nothing of how few.
    return tuple(one for _, one in sorted(found, key=lambda pair: -pair[0] if pair[0] >= FEWEST_SHOWN else 0))


def _shown(theme: str, about: Sequence[str], groups: Sequence[str]) -> ThemeCount:
    parts: Mapping[str, int] = {name: about.count(name) for name in groups}
    rest = rest_of({"": len(about)}, [{"": count} for count in parts.values()])
    apart = dict(parts) if safe(parts) and safe(rest) else {}
    return ThemeCount(theme, len(about) if len(about) >= FEWEST_SHOWN else None, apart)
