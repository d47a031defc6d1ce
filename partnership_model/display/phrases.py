"""How figures, shares and lists of names are said in plain English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def listed(names: Iterable[str]) -> str:
    """Join names as people do.

    >>> listed(["A", "B", "C"])
    'A, B and C'
    """
    found = list(names)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}" if found else "none"


def those(named: Sequence[str], every: Sequence[str]) -> str:
    """Say for which of all something holds, as briefly as it can be said.

    >>> those(["A", "B", "C"], ["A", "B", "C"]), those(["A", "B", "C"], ["A", "B", "C", "D"]), those(["A"], ["A", "B"])
    ('all', 'all but D', 'A')
    """
    others = [name for name in every if name not in named]
    if not others:
        return "all"
    return f"all but {listed(others)}" if len(others) <= 2 and len(named) > len(others) else listed(named)


def counted(count: int, one: str, many: str | None = None) -> str:
    """Say how many of something there are.

    >>> counted(1, "school"), counted(2, "school")
    ('1 school', '2 schools')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


def pounds(amount: int) -> str:
    """Say a yearly cost or saving a pupil.

    >>> pounds(-3), pounds(0), pounds(1200)
    ('saves £3', '£0', 'costs £1,200')
    """
    return "£0" if amount == 0 else f"costs £{amount:,}" if amount > 0 else f"saves £{-amount:,}"


def share(part: float) -> str:
    """Say a share of the ways of weighing: of ten, or of a hundred near the ends.

    >>> share(0.42), share(0.004), share(0.97), share(0.0)
    ('4 of 10', 'fewer than 1 of 100', '97 of 100', 'never')
    """
    if part == 0:
        return "never"
    if part == 1:
        return "always"
    if part < 0.01:
        return "fewer than 1 of 100"
    if part > 0.99:
        return "more than 99 of 100"
    return f"{whole(part * 100)} of 100" if part <= 0.05 or part >= 0.95 else f"{whole(part * 10)} of 10"


def of_hundred(part: float) -> str:
    """Say a share in one unit, so that shares can be compared.

    >>> of_hundred(0.24), of_hundred(0.004), of_hundred(0.0)
    ('24 of 100', 'fewer than 1 of 100', 'never')
    """
    return share(part) if part in (0, 1) or not 0.01 <= part <= 0.99 else f"{whole(part * 100)} of 100"


def how_often(part: float) -> str:
    """Say in how many ways of weighing, inside a sentence.

    >>> how_often(0.42), how_often(1.0)
    ('in 4 of 10', 'in every one')
    """
    return {0: "in none", 1: "in every one"}.get(part, f"in {share(part)}")


def unique(texts: Iterable[str]) -> list[str]:
    """Keep the first of each text, in order."""
    return list(dict.fromkeys(texts))


def possessive(name: str) -> str:
    """Say whose something is, inside a sentence.

    >>> possessive("Governors"), possessive("Staff"), possessive("PTA")
    ("governors'", "staff's", "PTA's")
    """
    said = uncapital(name)
    return f"{said}'" if said.endswith("s") else f"{said}'s"


def uncapital(text: str) -> str:
    """Begin with a small letter, unless the text begins with an acronym such as MAT.

    >>> uncapital("The council"), uncapital("MATs decide")
    ('the council', 'MATs decide')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def one_of(kind: str) -> str:
    """Put the article before a kind of thing.

    >>> one_of("academy"), one_of("community school")
    ('an academy', 'a community school')
    """
    return f"an {kind}" if kind[:1].lower() in "aeiou" else f"a {kind}"


def capital(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]
