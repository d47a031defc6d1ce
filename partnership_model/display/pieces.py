"""Pieces of a page that most moves leave as they are: they are sent apart from it, and only when they have changed."""

from __future__ import annotations

import re

# A piece is all that stands in an element which names it in `data-piece`, between two marks.
_PIECE = re.compile(r"<!--piece (\w+)-->(.*?)<!--/piece-->", re.DOTALL)


def cut(html: str) -> tuple[str, dict[str, str]]:
    """Take the pieces out of a page.

    Returns:
        The page without them, and each by its name.

    >>> cut('<ul data-piece="list"><!--piece list--><li>one</li><!--/piece--></ul>')
    ('<ul data-piece="list"></ul>', {'list': '<li>one</li>'})
    """
    return _PIECE.sub("", html), dict(_PIECE.findall(html))
