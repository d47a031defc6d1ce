"""Words in a case that give something away: a mind that is made up, money by the point, weights without ranges."""

from __future__ import annotations

import re

_OPEN = re.compile(
    r"\b(if|whether|would|could|should|might|(?-i:may)|unless|once|subject to|not|no|nothing|nobody|after|until|before)\b", re.IGNORECASE
)
_US = r"(?:we|governors|the governing (?:body|bodies)|the governors|trustees|the trustees|the trust|the schools?|all schools|our schools?)"
_MADE_UP = re.compile(
    rf"\b(?:{_US} (?:has|have|had) (?:already )?(?:decided|agreed|resolved|chosen|made up)"
    r"|(?:has|have) (?:already )?been (?:decided|chosen)"
    r"|(?:the )?decision (?:has been|is|was) (?:made|taken|final)"
    r"|foregone conclusion|no alternative|the only (?:viable |realistic |possible )?option"
    rf"|{_US} (?:will|shall) (?:become|join|convert|federate|form|move to|set up)"
    r"|our decision to (?:become|join|convert|federate|form|set up))\b",
    re.IGNORECASE,
)
_PREFERRED = re.compile(r"\b(?:our|the|governors'|trust's|boards?'s?) preferred (?:option|model|way|choice|route|partner)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?;]+[.!?;]?")
_PER_POINT = re.compile(
    r"(?:£|\bpounds?\b|\bcosts?\b|\bmoney\b)[^.!?]{0,60}?(?:\bper|\bfor (?:each|every)|/) ?(?:benefit |weighted )?points?\b"
    r"|£[\d,.]+ a point\b",
    re.IGNORECASE,
)
_IMPORTANCE = re.compile(r"\bimportan(?:t|ce)\b", re.IGNORECASE)
# The dashboard shows both ends of every lift, and writes that it was asked there.
_RANGES = re.compile(r"\b(?:dashboard|swings?|lifts?|ranges?|worst|best|from\b.+\bto)\b", re.IGNORECASE)


def made_up_mind(text: str, *, preferred: bool) -> str:
    """Give the first sentence that speaks as if it were decided, "" where none does.

    A sentence with a condition in it, such as "if the governors agree", is none.

    Args:
        preferred: whether to call an option the preferred one counts too.

    >>> made_up_mind("We met. The schools will become academies in May.", preferred=True)
    'The schools will become academies in May.'
    >>> made_up_mind("If they agree, the schools will become academies.", preferred=True)
    ''
    """
    for found in _SENTENCE.finditer(text):
        sentence = found.group().strip()
        said = _MADE_UP.search(sentence)
        if said is not None and not _OPEN.search(_MADE_UP.sub("", sentence)):
            return sentence
        if preferred and _PREFERRED.search(sentence):
            return sentence
    return ""


def money_per_point(text: str) -> str:
    """Give the first sentence that divides money by points, "" where none does.

    >>> money_per_point("It costs £40 per point.")
    'It costs £40 per point.'
    """
    return next((one for found in _SENTENCE.finditer(text) if _PER_POINT.search(one := found.group().strip())), "")


def speaks_of_importance(text: str) -> bool:
    """Say whether weights were asked for as importance, and not as lifts.

    >>> speaks_of_importance("each rated for importance from 1 to 10"), speaks_of_importance("swing cards")
    (True, False)
    """
    return bool(_IMPORTANCE.search(text)) and not re.search(r"\b(?:swings?|lifts?|worst)\b", text, re.IGNORECASE)


def speaks_of_ranges(text: str) -> bool:
    """Say whether the lifts from worst to best were in front of those who weighed.

    >>> speaks_of_ranges("a hundred points over the lifts from worst to best")
    True
    """
    return bool(_RANGES.search(text))
